"""The answer to a question, as markup."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from ui.explorer.drawing.parts import Row, badge, cut_acts, notice, pick, related, requirement, restated, sentence
from ui.explorer.drawing.saving import save_buttons
from ui.explorer.drawing.spread import spread_plot
from ui.explorer.views.search import Answered
from ui.reproduction.page.markup import Markup, element
from ui.reproduction.page.notation import typeset


def answer(found: Answered, picked: Collection[str]) -> Markup:
    """The groups with their cuts and sentences, and the spreads of thresholds."""
    if not found.groups:
        return element("div", element("p", "Nothing was found. Try fewer words or filters."), _understood(found))
    return element(
        "div",
        _understood(found),
        restated(found.papers.values()),
        _spreads(found),
        element("p", f"{found.shown} of {found.total} cuts that fit", class_="quiet"),
        (_group(group, found, picked) for group in found.groups),
    )


def _understood(found: Answered) -> Markup:
    notes = (notice(note) for note in found.notes)
    return element("div", element("p", typeset(found.understood), class_="quiet"), notes)


def _spreads(found: Answered) -> Markup | None:
    if not found.spreads:
        return None
    plots = (
        element("div", spread_plot(spread, f"spread-{number}"), save_buttons(f"spread-{number}", "spread"))
        for number, spread in enumerate(found.spreads)
    )
    return element("section", element("h2", "How thresholds spread"), element("div", plots, class_="plots"))


def _group(group: Sequence[Row], found: Answered, picked: Collection[str]) -> Markup:
    first = group[0]
    papers = len({row["paper"] for row in group})
    count = element("span", f"{papers} papers", class_="quiet") if papers > 1 else None
    heading = element("h3", f"{first['object']} ", requirement(first))
    both = pick([row["id"] for row in group], picked, f"all {len(group)} of this kind", "basket, all")
    return element(
        "section",
        element("div", heading, count, both if len(group) > 1 else None, class_="head"),
        element("ul", (_cut(row, found, picked) for row in group), class_="found"),
        class_="group",
    )


def _cut(row: Row, found: Answered, picked: Collection[str]) -> Markup:
    paper = found.papers[row["paper"]]
    said = ", ".join(str(part) for part in (paper.collaboration, paper.year) if part)
    head = element(
        "div",
        element("strong", paper.id, class_="bidi"),
        element("span", said, class_="quiet"),
        badge(row["status"]),
        badge("restatement") if row["edition"] == "restatement" else None,
        element("span", "if: ", typeset(row["applies_when"]), class_="bidi") if row["applies_when"] else None,
        class_="head",
    )
    return element(
        "li", head, element("div", paper.title, class_="quiet bidi"), sentence(row), related(row), cut_acts(row, picked)
    )


__all__ = ["answer"]
