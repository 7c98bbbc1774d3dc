"""A tree of paragraphs: with lines on a terminal, with plain characters in a pipe."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from rich.console import Console
from rich.text import Text

from ui.plain import plain
from ui.screen import show

_DRAWN = ("├─ ", "└─ ", "│  ", "   ")
_PLAIN = ("|- ", "`- ", "|  ", "   ")


@dataclass(slots=True)
class Branch:
    """A heading, paragraphs set in beneath it, and the branches that grow from it."""

    heading: str
    paragraphs: list[str] = field(default_factory=list)
    branches: list[Branch] = field(default_factory=list)


def show_tree(root: Branch) -> None:
    """Print the tree to standard output, as wide as the terminal."""
    console = Console()
    for line, heading in _lines(root, "", "", console.width, _DRAWN if console.is_terminal else _PLAIN):
        show(Text(line, style="bold" if heading else "", no_wrap=True, overflow="ignore"))


def _lines(branch: Branch, first: str, rest: str, width: int, signs: Sequence[str]) -> Iterator[tuple[str, bool]]:
    tee, last, bar, blank = signs
    for number, line in enumerate(_wrapped(branch.heading, width - len(first))):
        yield (rest if number else first) + line, not number
    beneath = rest + (bar if branch.branches else blank)
    for paragraph in branch.paragraphs:
        for line in _wrapped(paragraph, width - len(beneath)):
            yield beneath + line, False
    for number, child in enumerate(branch.branches):
        is_last = number == len(branch.branches) - 1
        yield from _lines(child, rest + (last if is_last else tee), rest + (blank if is_last else bar), width, signs)


def _wrapped(text: str, width: int) -> list[str]:
    """Lines of at most `width` characters, of at least 20 however deep the tree."""
    return textwrap.wrap(plain(text), max(width, 20), break_on_hyphens=False) or [""]


__all__ = ["Branch", "show_tree"]
