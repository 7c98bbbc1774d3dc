"""Marker's blocks (HTML with formulae in LaTeX) -> the blocks of a `Document`, with numbers that the text layer has."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag

from ingest.documents.document import At, BlockKind, CellPieces, Document, DocumentBuilder, Piece
from ingest.documents.normal import normalise
from ingest.documents.pdf.citing import cited
from ingest.documents.tex.mathematics import math_text
from ingest.documents.tex.tokens import tokens_of

_KINDS: dict[str, BlockKind] = {
    "Text": "paragraph",
    "TextInlineMath": "paragraph",
    "ListItem": "list_item",
    "Equation": "equation",
    "Caption": "caption",
    "Footnote": "footnote",
}
_TABLES = ("Table", "TableOfContents", "Form")
_LEFT_OUT = ("PageHeader", "PageFooter", "Picture", "Figure", "Diagram", "Reference", "Bibliography", "Code")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_HEADING_NUMBER = re.compile(r"((?:\d+|[A-Z])(?:\.\d+)*)\.?\s")
UNKNOWN = "[?]"
"""What stands in place of a number that the text layer of its page does not have."""


def with_blocks(document: Document, pages: Sequence[Any]) -> Document:
    """The document of the text layer with marker's blocks in place of its own."""
    writer = _Writer(document)
    for number, page in enumerate(pages, 1):
        for block in _leaves(page):
            writer.write(block, number)
    return writer.finished()


def _leaves(block: Any) -> Iterator[Any]:
    """The blocks without children, in reading order."""
    children = block.get("children") or ()
    if not children or block["block_type"] in _TABLES:
        yield block
    else:
        for child in children:
            yield from _leaves(child)


class _Writer:
    """Writes marker's blocks into a `DocumentBuilder`."""

    def __init__(self, document: Document) -> None:
        self.layer = document
        self.builder = DocumentBuilder(
            "pdf",
            document.sha256,
            title=document.title,
            arxiv_id=document.arxiv_id,
            doi=document.doi,
            report_number=document.report_number,
            collaboration=document.collaboration,
            year=document.year,
            references=list(document.references),
            warnings=list(document.warnings),
        )
        self.labels = {reference.label for reference in document.references}
        self.numbers = _numbers_by_page(document)
        self.unknown: dict[int, list[str]] = {}
        self.caption: tuple[Piece, ...] = ()

    def write(self, block: Any, page: int) -> None:
        """One block of that page (from 1)."""
        kind, html = str(block["block_type"]), str(block["html"])
        if kind in _LEFT_OUT:
            return
        content = BeautifulSoup(html, "html.parser")
        if kind in _TABLES:
            cells = [self._cell(cell, page) for cell in _cells_of(content)]
            self.builder.table(cells, self.caption)
            self.caption = ()
            return
        self._flush()
        text = self._text(content, page)
        if kind == "SectionHeader":
            heading = content.find(re.compile(r"h[1-6]"))
            level = int(heading.name[1]) if isinstance(heading, Tag) else 1
            number = _HEADING_NUMBER.match(text)
            self.builder.heading(level, At(page=page), text, number=number[1] if number else "")
        elif kind == "Caption" and text.lower().startswith("tab"):
            self.caption = (At(page=page), *self._pieces(text))  # it goes with the table that follows, if one does
        else:
            self.builder.block(_KINDS.get(kind, "paragraph"), At(page=page), *self._pieces(text))

    def finished(self) -> Document:
        """The document, with a warning for each page with numbers that its text layer does not have."""
        self._flush()
        for page, numbers in sorted(self.unknown.items()):
            told = ", ".join(dict.fromkeys(numbers))
            self.builder.warnings.append(f"page {page}: marker reads {told}, which the text layer does not have")
        return replace(self.builder.build(), edition=self.layer.edition)

    def _flush(self) -> None:
        if self.caption:
            self.builder.block("caption", *self.caption)
            self.caption = ()

    def _cell(self, found: tuple[Tag, int, int], page: int) -> CellPieces:
        tag, row, column = found
        down, across = (_span(tag, name) for name in ("rowspan", "colspan"))
        text = self._text(tag, page)
        return CellPieces((At(page=page), *self._pieces(text)), row, column, down, across, tag.name == "th")

    def _text(self, content: Tag, page: int) -> str:
        """The words of a block, with formulae as plain text and only the numbers that are certain."""
        text = " ".join(normalise("".join(_words(content))).split())

        def checked(match: re.Match[str]) -> str:
            if float(match.group()) in self.numbers.get(page, frozenset()):
                return match.group()
            self.unknown.setdefault(page, []).append(match.group())
            return UNKNOWN

        return _NUMBER.sub(checked, text)

    def _pieces(self, text: str) -> list[Piece]:
        """The text with its citations."""
        pieces: list[Piece] = []
        at = 0
        for start, end, cite in cited(text, [], self.labels, False):
            pieces += [text[at:start], cite]
            at = end
        return [*pieces, text[at:]]


def _words(node: Tag) -> Iterator[str]:
    """The text of an element; formulae are LaTeX inside `math`."""
    for child in node.children:
        if isinstance(child, NavigableString):
            yield str(child)
        elif isinstance(child, Tag):
            if child.name == "math":
                yield f" {math_text(tokens_of(child.get_text()))} "
            elif child.name in ("sup", "sub"):
                yield ("^" if child.name == "sup" else "_") + "".join(_words(child))
            elif child.name in ("br", "p", "li", "div"):
                yield " "
                yield from _words(child)
                yield " "
            else:
                yield from _words(child)


def _cells_of(content: BeautifulSoup) -> Iterator[tuple[Tag, int, int]]:
    """The cells of a table with row and column; one that spans several is given once, at its first."""
    taken: set[tuple[int, int]] = set()
    for row, line in enumerate(content.find_all("tr")):
        column = 0
        for cell in line.find_all(["td", "th"], recursive=False):
            while (row, column) in taken:
                column += 1
            down, across = (_span(cell, name) for name in ("rowspan", "colspan"))
            taken |= {(row + i, column + j) for i in range(down) for j in range(across)}
            yield cell, row, column
            column += across


def _span(tag: Tag, name: str) -> int:
    value = str(tag.get(name, "1"))
    return min(int(value), 200) if value.isdigit() and int(value) > 0 else 1


def _numbers_by_page(document: Document) -> dict[int, frozenset[float]]:
    """The numbers that the text layer has on each page."""
    places = [p for p in document.places if p.page is not None]
    found: dict[int, set[float]] = {}
    for number, place in enumerate(places):
        end = places[number + 1].start if number + 1 < len(places) else len(document.text)
        if place.page is not None:
            text = document.text[place.start : end]
            found.setdefault(place.page, set()).update(map(float, _NUMBER.findall(text)))
    return {page: frozenset(numbers) for page, numbers in found.items()}


__all__ = ["UNKNOWN", "with_blocks"]
