"""Writing to standard output: rich text on a terminal, plain lines without padding or colours in a pipe."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from typing import Literal

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from kg.records import Json
from ui.plain import escaped_json, plain

_GAP = 2


def show(*renderables: RenderableType) -> None:
    """Print to standard output. Markup is never interpreted: what papers say is data."""
    console = Console(markup=False, highlight=False, emoji=False, soft_wrap=False)
    if console.is_terminal:
        console.print(*renderables, sep="\n")
        return
    with console.capture() as capture:
        console.print(*renderables, sep="\n")
    sys.stdout.write("".join(f"{line.rstrip()}\n" for line in capture.get().splitlines()))


def show_json(value: Json) -> None:
    """Print a value as indented JSON, in ASCII where the output's encoding is not UTF-8."""
    ascii_only = sys.stdout.encoding.lower().replace("-", "") != "utf8"
    sys.stdout.write(escaped_json(json.dumps(value, ensure_ascii=ascii_only, indent=2)) + "\n")


def words(text: str, style: str = "") -> Text:
    """Text from anywhere as one paragraph that wraps, and breaks overlong words, but loses nothing."""
    return Text(plain(text), style=style, overflow="fold")


def indented(text: RenderableType, columns: int) -> Padding:
    """Something set in by some columns."""
    return Padding(text, (0, 0, 0, columns))


def table(headings: Iterable[str], rows: Iterable[Iterable[str]], right: Iterable[str] = ()) -> Table:
    """A table whose cells wrap and are never cut short; columns named in `right` are set to the right.

    Without headings it has two columns: a name, and what there is of it.
    """
    headings, right = list(headings), set(right)
    cells = [[words(cell) for cell in row] for row in rows]
    lines = [[words(heading, "bold") for heading in headings], *cells] if headings else cells
    widths = _widths([max(cell.cell_len for cell in column) for column in zip(*lines, strict=True)], Console().width)
    grid = Table(box=None, pad_edge=False, padding=(0, _GAP, 0, 0), header_style="bold", show_header=bool(headings))
    for width, heading in zip(widths, headings or ["", ""], strict=True):
        justify: Literal["left", "right"] = "right" if heading in right else "left"
        grid.add_column(heading, overflow="fold", justify=justify, width=width)
    for row in cells:
        grid.add_row(*row)
    return grid


def _widths(natural: list[int], available: int) -> list[int]:
    """Widths of columns that fit: the widest give way first, a name in the first column last.

    rich itself would cut columns off where their words do not fit.

    >>> _widths([26, 4, 90], 60)
    [26, 4, 26]
    """
    widths = [max(width, 1) for width in natural]
    while sum(widths) + _GAP * (len(widths) - 1) > available and max(widths) > 1:
        # the first column, as a name, is easier to copy in one piece: it gives way when the rest is half as wide
        claims = [width if number else width // 2 for number, width in enumerate(widths)]
        widths[claims.index(max(claims))] -= 1
    return widths
