"""Papers side by side, as markup."""

from __future__ import annotations

import json
from collections.abc import Sequence

from kg.effective import EffectiveCut
from kg.lineage.answers import quote_of
from kg.lineage.comparison import Row
from ui.explorer.drawing.parts import acting, badge, paper_line, restated
from ui.explorer.views.compare import Compared
from ui.lineage_text import quoted
from ui.reproduction.page.markup import Markup, element
from ui.reproduction.page.notation import typeset

_FEW = 4  # papers that have columns of the same width, in all tables alike


def chosen(found: Compared) -> Markup:
    """The papers compared, each with what takes it out, and how the others differ from the first."""
    items = []
    for number, paper in enumerate(found.papers):
        left = ",".join(other.id for other in found.papers if other != paper)
        said = ", ".join(f"{count} {verdict}" for verdict, count in found.counted(number).items()) if number else ""
        items.append(
            element(
                "li",
                paper_line(paper),
                " ",
                acting("take out", f"Take {paper.id} out of the comparison", papers=left),
                element("div", said or "neither has a requirement", class_="quiet")
                if number
                else element("div", "the others are seen from this one", class_="quiet"),
            )
        )
    return element("div", element("ul", items, class_="papers"), restated(found.papers))


def side_by_side(found: Compared, opened: str) -> Markup:
    """A table for each object; beneath the opened row stand the sentences."""
    if not found.shown:
        return element("p", "No requirement to show with this choice of verdicts.")
    objects = dict.fromkeys(row.cut.object for row in found.shown)
    return element("div", (_table(name, found, opened) for name in objects))


def _table(name: str, found: Compared, opened: str) -> Markup:
    papers = [paper.id for paper in found.papers]
    verdicts = ["verdict"] if len(papers) == 2 else [f"verdict on {paper}" for paper in papers[1:]]
    head = element("tr", (element("th", word, scope="col", class_="bidi") for word in (*papers, *verdicts)))
    body: list[Markup] = []
    for row in found.shown:
        if row.cut.object != name:
            continue
        body.append(_row(row, found, opened, verdicts))
        if row.cut.id == opened:
            body.append(
                element("tr", element("td", _sentences(row, found), colspan=len(papers) * 2 - 1, class_="detail"))
            )
    table = element(
        "table",
        element("caption", name),
        element("thead", head),
        element("tbody", body),
        class_=f"stacked compared{' few' if len(papers) <= _FEW else ''}",
    )
    return element("div", table, class_="scroll", role="region", aria_label=f"Requirements on {name}", tabindex=0)


def _row(row: Row, found: Compared, opened: str, verdicts: Sequence[str]) -> Markup:
    is_open = row.cut.id == opened
    told = json.dumps({"show": "" if is_open else row.cut.id})
    cells = []
    for paper, said in zip(found.papers, found.cells(row), strict=True):
        button = element(
            "button", typeset(said), type="button", class_="say", data_act=told,
            aria_label=f"{paper.id}: {said}, {'hide' if is_open else 'show'} the sentences",
            aria_expanded="true" if is_open else "false",
        ) if said else element("span", "–", class_="quiet")  # fmt: skip
        cells.append(element("td", button, data_label=paper.id))
    judged = (element("td", badge(said), data_label=name) for name, said in zip(verdicts, row.verdicts, strict=True))
    return element("tr", cells, judged)


def _sentences(row: Row, found: Compared) -> Markup:
    return element(
        "ul", (element("li", _sentence(one, found), class_="bidi") for one in row.cuts if one), class_="papers"
    )


def _sentence(one: EffectiveCut, found: Compared) -> str:
    return f"{one.cut.paper}: {quoted(quote_of(found.quoted[one.cut.id]))}"


__all__ = ["chosen", "side_by_side"]
