"""A table as SVG, for a figure: columns as wide as what stands in them, long texts over several lines."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from functools import lru_cache

from ui.explorer.views.sheets import Cells, Sheet
from ui.reproduction.page.markup import Markup, bare, element
from ui.reproduction.page.notation import typeset_svg

_SIGN, _LINE, _PAD, _EDGE, _GAP = 7.4, 18, 7, 14, 20
"""Pixels: width of a sign, enough for most fonts; height of a line; room around rows, table and columns."""

_NARROWEST, _WIDEST, _SIGNS = 8, 60, 150  # signs that a column has room for, and all of them together
_MOST_LINES = 12  # of a cell


@lru_cache(16)  # a page is drawn again at every click, mostly with the same table
def sheet_figure(sheet: Sheet, name: str) -> Markup:
    """The table under its title and notes; `name` is what the drawing is saved by."""
    rows = [row for _, group in sheet.groups for row in group]
    widths = _widths([sheet.headings, *rows])
    table = _Table(widths)
    for text, kind in [(sheet.title, "head"), *((note, "count") for note in sheet.notes)]:
        table.row((text,), [table.signs], kind, room=0)
    table.row(sheet.headings, widths, "head", room=_PAD, rule="axis")
    for heading, group in sheet.groups:
        if heading:
            table.row((heading,), [table.signs], "head", room=2 * _PAD, rule="rule")
        for row in group:
            table.row(row, widths, None, room=_PAD, rule="rule")
    box = f"0 0 {table.width} {table.height}"
    return element(
        "svg", table.drawn, viewBox=box, role="img", aria_label=bare(sheet.title), data_plot=name, data_whole=box
    )


class _Table:
    """The drawing as it grows, row by row."""

    def __init__(self, widths: Sequence[int]) -> None:
        self.drawn: list[Markup] = []
        self._left = [_EDGE + _SIGN * sum(widths[:number]) + _GAP * number for number in range(len(widths))]
        self.width = round(self._left[-1] + _SIGN * widths[-1] + _EDGE)
        self._y = float(_EDGE)

    @property
    def height(self) -> int:
        """Of all that was drawn so far, with the room below it."""
        return round(self._y + _EDGE)

    @property
    def signs(self) -> int:
        """How many fit beside each other in all columns together."""
        return int((self.width - 2 * _EDGE) / _SIGN)

    def row(self, cells: Cells, widths: Sequence[int], kind: str | None, *, room: float, rule: str = "") -> None:
        """Cells side by side, `room` pixels below what is above, with a line beneath."""
        wrapped = [list(_wrapped(cell, width)) for cell, width in zip(cells, widths, strict=True)]
        top = self._y + room
        for lines, x in zip(wrapped, self._left, strict=False):
            for number, line in enumerate(lines):
                y = f"{top + _LINE * (number + 0.75):.1f}"
                self.drawn.append(element("text", typeset_svg(line), x=f"{x:.1f}", y=y, class_=kind))
        self._y = top + _LINE * max(map(len, wrapped))
        if rule:
            self._y += _PAD / 2
            self.drawn.append(element("line", x1=_EDGE, x2=self.width - _EDGE, y1=self._y, y2=self._y, class_=rule))


def _widths(rows: Sequence[Cells]) -> list[int]:
    """Signs of each column: as many as its longest text has, less for the widest where all together are too many."""
    widths = [
        min(max(_NARROWEST, *(len(bare(cell)) for cell in column)), _WIDEST) for column in zip(*rows, strict=True)
    ]
    while sum(widths) > _SIGNS and max(widths) > _NARROWEST:
        widths[widths.index(max(widths))] -= 1
    return widths


def _wrapped(text: str, width: int) -> Iterator[str]:
    """The text in lines of so many signs; what is longer than a cell may be ends with dots."""
    lines = textwrap.wrap(bare(" ".join(text.split())), width, break_on_hyphens=False) or [""]
    yield from lines[:_MOST_LINES]
    if len(lines) > _MOST_LINES:
        yield "…"


__all__ = ["sheet_figure"]
