"""Phrases that several parts of the report share."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ui.notices import EDITIONS
from ui.reproduction.page.listing import anchor_of, line_anchor
from ui.reproduction.page.markup import Markup, element
from ui.reproduction.page.notation import typeset
from ui.reproduction.page.told import Row, Told

CLASSES = {
    "compiled": "applied",
    "proxy": "applied by a stand-in",
    "by a model": "written by a model",
    "not possible": "not possible on these files",
    "not understood": "not understood",
    "left out": "left out",
}
"""What each class of a cut is called."""

_ARXIV = re.compile(r"(?:\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?")
_DOI = re.compile(r"10\.\d{4,9}/[A-Za-z0-9./()_;:-]+")


def counted(number: int, one: str, more: str = "") -> str:
    """`1 cut`, `3 cuts`.

    >>> counted(1, "paper"), counted(0, "cut"), counted(2, "entry", "entries")
    ('1 paper', '0 cuts', '2 entries')
    """
    return f"{number:,} {one if number == 1 else more or one + 's'}".replace(",", "\u202f" if number > 9999 else "")


def listed(parts: Iterable[str]) -> str:
    """`a, b and c`."""
    *head, last = parts
    return f"{', '.join(head)} and {last}" if head else last


def badge(row: Row) -> Markup:
    """The class of a cut."""
    return element("span", CLASSES[row["class"]], class_=f"badge {row['class'].replace(' ', '-')}")


def cut_link(told: Told, cut_id: str) -> Markup:
    """A link to a cut by its number and words."""
    row = told.by_id[cut_id]
    return element("a", f"{told.numbers[cut_id]} ", typeset(row["label"]), href=f"#{anchor_of(cut_id)}")


def paper_link(told: Told, paper_id: str) -> Markup:
    """A link to what the report says of a paper, or its name where it says nothing."""
    if paper_id not in told.papers:
        return element("span", paper_id)
    return element("a", paper_id, href=f"#{paper_anchor(told, paper_id)}")


def paper_anchor(told: Told, paper_id: str) -> str:
    """The anchor of a paper on the page."""
    return f"paper-{list(told.papers).index(paper_id) + 1}"


def outside_link(row: Row) -> Markup | None:
    """A link to the paper at arXiv or by its DOI, where it has such a name; nothing is loaded from there."""
    if _ARXIV.fullmatch(row["arxiv_id"]):
        name = row["arxiv_id"]
        return element("a", f"arXiv:{name}", href=f"https://arxiv.org/abs/{name}", rel="noreferrer")
    if _DOI.fullmatch(row["doi"]):
        return element("a", f"doi:{row['doi']}", href=f"https://doi.org/{row['doi']}", rel="noreferrer")
    return None


def edition(row: Row) -> str:
    """What was read of the paper."""
    version = f", {row['version']}" if row.get("version") else ""
    return f"{EDITIONS.get(row['edition'], row['edition'])}{version}"


def where(row: Row) -> str:
    """`p. 5, Event selection › Leptons`."""
    section = str(row.get("section") or "").replace(" > ", " › ")
    return ", ".join(part for part in (f"p. {row['page']}" if row.get("page") else "", section) if part)


def lines_link(first: int, last: int) -> Markup:
    """A link to lines of the program."""
    return element("a", f"lines {first}–{last}" if last > first else f"line {first}", href=f"#{line_anchor(first)}")


def section(name: str, heading: str, *children: object) -> Markup:
    """A section of the report with its heading."""
    return element("section", element("h2", heading, id=name), *children, aria_labelledby=name)  # type: ignore[arg-type]


def table(
    caption: str, headings: Iterable[tuple[str, str]], rows: Iterable[Iterable[Markup | str]], foot: str = ""
) -> Markup:
    """A table that scrolls by itself where it is too wide. `headings`: (text, class of the column)."""
    columns = list(headings)
    head = element("tr", (element("th", typeset(name), scope="col", class_=style or None) for name, style in columns))
    body = []
    for row in rows:
        cells = [
            element("th", cell, scope="row", class_=style or None)
            if style.startswith("name")
            else element("td", cell, class_=style or None)
            for cell, (_, style) in zip(row, columns, strict=True)
        ]
        body.append(element("tr", cells))
    note = element("p", foot, class_="note") if foot else None
    grid = element("table", element("caption", caption), element("thead", head), element("tbody", body))
    return element("div", element("div", grid, class_="scroll", role="region", aria_label=caption, tabindex=0), note)


__all__ = [
    "CLASSES", "badge", "counted", "cut_link", "edition", "lines_link", "listed", "outside_link", "paper_anchor",
    "paper_link", "section", "table", "where",
]  # fmt: skip
