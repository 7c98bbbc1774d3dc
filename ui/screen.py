"""Writing to standard output: rich text on a terminal, plain lines without padding or colours in a pipe."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from kg.records import Json
from ui.plain import escaped_json, plain


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
    """Print a value as indented JSON."""
    sys.stdout.write(escaped_json(json.dumps(value, ensure_ascii=False, indent=2)) + "\n")


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
    grid = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold", show_header=bool(headings))
    for heading in headings or ["", ""]:
        grid.add_column(heading, overflow="fold", justify="right" if heading in right else "left")
    for row in rows:
        grid.add_row(*(words(cell) for cell in row))
    return grid
