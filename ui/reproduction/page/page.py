"""The page: its head, which forbids it to load or run anything, and its sections in their order."""

from __future__ import annotations

from ui.reproduction.page.cuts import cuts
from ui.reproduction.page.listing import listing
from ui.reproduction.page.markup import Markup, bare, element
from ui.reproduction.page.outcome import outcome
from ui.reproduction.page.reading import reading
from ui.reproduction.page.running import own_version, repeating, running
from ui.reproduction.page.sources import sources
from ui.reproduction.page.style import STYLE
from ui.reproduction.page.told import Told
from ui.reproduction.page.top import top
from ui.reproduction.page.words import section

POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"

_CONTENTS = (
    ("result", "Result"), ("cuts", "Cuts"), ("reading", "Reading"), ("papers", "Papers"), ("run", "Run"),
    ("repeat", "Do it again"), ("code", "Code"),
)  # fmt: skip


def report_page(told: Told) -> str:
    """The report as one HTML page; the same values give the same page."""
    paper = told.paper
    title = f"Event selection of {paper['id']}" + (f": {paper['title']}" if paper["title"] else "")
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=POLICY),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        element("meta", name="referrer", content="no-referrer"),
        element("title", bare(title)),
        element("style", Markup(STYLE)),
    )
    links = [element("li", element("a", text, href=f"#{name}")) for name, text in _CONTENTS]
    body = element(
        "body",
        element("a", "Skip to the result", href="#result", class_="skip"),
        top(told),
        element("nav", element("ul", links), aria_label="Contents"),
        element(
            "main",
            outcome(told),
            cuts(told),
            reading(told),
            sources(told),
            running(told),
            repeating(told),
            _code(told),
        ),
        element(
            "footer", f"Written by CutGraph {own_version()}".rstrip(), ". This page holds no script and loads nothing."
        ),
    )
    return f"<!DOCTYPE html>\n{element('html', head, body, lang='en')}\n"


def _code(told: Told) -> Markup:
    titles = {row["id"]: f"{told.numbers[row['id']]} {row['label']}" for row in told.cuts["cuts"]}
    lines = {
        line: row["id"]
        for row in told.cuts["cuts"]
        for function in row["functions"]
        for line in (*range(function["lines"][0], function["lines"][1] + 1), *function["used"])
    }
    intro = "Lines with a bar at their side apply a cut; their numbers lead to it."
    return section("code", "Code", element("p", intro), listing(told.program, titles, lines))


__all__ = ["POLICY", "report_page"]
