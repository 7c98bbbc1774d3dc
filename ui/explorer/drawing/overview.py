"""The store at a glance, as markup."""

from __future__ import annotations

from collections.abc import Iterable

from kg.records import Paper
from ui.explorer.drawing.parts import acting, paper_line
from ui.explorer.views.overview import EXAMPLES, Seen
from ui.notices import EDITIONS
from ui.reproduction.page.markup import Markup, element


def overview(seen: Seen) -> Markup:
    """Examples of questions, counts, and the newest papers."""
    examples = (element("li", acting(text, go="search", q=text)) for text in EXAMPLES)
    editions = ", ".join(f"{EDITIONS[kind]}: {number:,}" for kind, number in seen.editions.items())
    more = f", the newest {len(seen.papers)} of them" if seen.total > len(seen.papers) else ""
    return element(
        "div",
        element("h2", "Ask, for example"),
        element("ul", examples, class_="acts papers"),
        element("h2", "In this store"),
        element(
            "p",
            f"{seen.total:,} papers read ({editions}), {seen.cuts:,} cuts, {seen.decisions:,} decisions of people.",
        ),
        element("h3", f"Papers{more}"),
        listed(seen.papers),
    )


def listed(papers: Iterable[Paper]) -> Markup:
    """Papers one under the other, each of which opens."""
    return element("ul", (element("li", paper_line(paper)) for paper in papers), class_="papers")


__all__ = ["listed", "overview"]
