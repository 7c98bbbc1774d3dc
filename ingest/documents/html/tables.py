"""HTML tables, and LaTeXML's tables of spans, as cells with rows and columns."""

from __future__ import annotations

import re

from bs4.element import Tag

from ingest.documents.document import CellPieces
from ingest.documents.html.inline import InlineReader, classes

MAX_CELLS = 50_000
_MAX_SPAN = 200


def is_table(tag: Tag) -> bool:
    """Whether an element is a table of data: HTML's or LaTeXML's, but not one that only lays out an equation."""
    return "ltx_tabular" in classes(tag) or (tag.name == "table" and not is_equation(tag))


def is_equation(tag: Tag) -> bool:
    """Whether an element is a displayed equation or a group of them."""
    return not classes(tag).isdisjoint(("ltx_equation", "ltx_equationgroup", "ltx_eqn_table"))


def cells_of(table: Tag, reader: InlineReader) -> list[CellPieces]:
    """The cells of a table; one that spans rows or columns is given once, at its first row and column.

    Where the page marks no header, the first row is taken for one.
    """
    cells: list[CellPieces] = []
    taken: set[tuple[int, int]] = set()
    row = 0
    for line in _rows(table, table):
        column = 0
        found = [c for c in line.children if isinstance(c, Tag) and _is_cell(c)]
        for tag in found:
            while (row, column) in taken:
                column += 1
            down, across = _span(tag, "rowspan"), _span(tag, "colspan")
            taken |= {(row + i, column + j) for i in range(down) for j in range(across)}
            header = tag.name == "th" or "ltx_th" in classes(tag) or tag.find_parent("thead") is not None
            cells.append(CellPieces(tuple(reader.pieces(*tag.children)), row, column, down, across, header))
            column += across
            if len(cells) > MAX_CELLS:
                return cells
        row += bool(found)
    if row > 1 and not any(c.header for c in cells):
        cells = [
            CellPieces(c.pieces, c.row, c.column, c.rowspan, c.colspan, header=True) if c.row == 0 else c for c in cells
        ]
    return cells


def _rows(node: Tag, table: Tag) -> list[Tag]:
    """The rows of this table, not those of tables inside its cells."""
    rows: list[Tag] = []
    for child in node.children:
        if not isinstance(child, Tag):
            continue
        if child.name == "tr" or "ltx_tr" in classes(child):
            rows.append(child)
        elif child.name in ("thead", "tbody", "tfoot") or not classes(child).isdisjoint(
            ("ltx_thead", "ltx_tbody", "ltx_tfoot")
        ):
            rows += _rows(child, table)
    return rows


def _is_cell(tag: Tag) -> bool:
    return tag.name in ("td", "th") or "ltx_td" in classes(tag)


def _span(tag: Tag, name: str) -> int:
    """How many rows or columns a cell covers: HTML's attribute, or LaTeXML's class `ltx_colspan_3`."""
    value = tag.get(name)
    if not isinstance(value, str):
        value = next((c.rsplit("_", 1)[1] for c in classes(tag) if re.fullmatch(rf"ltx_{name}_\d+", c)), "1")
    return min(max(int(value), 1), _MAX_SPAN) if value.strip().isdecimal() else 1
