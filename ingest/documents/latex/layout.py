r"""A document taken apart: the parts that pandoc shall read, and what was cut out of them and left marks.

Numbers of sections, tables, figures and equations are counted as LaTeX does, so that "Table~\ref{tab:cuts}" reads
"Table 3".
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from ingest.documents.latex import marks
from ingest.documents.latex.tables import SourceTable
from ingest.documents.tex.arguments import Tokens
from ingest.documents.tex.mathematics import math_text
from ingest.documents.tex.tokens import Token

LEVELS = {"part": 0, "chapter": 1, "section": 2, "subsection": 3, "subsubsection": 4, "paragraph": 5, "subparagraph": 6}


@dataclass
class Heading:
    """A heading: its level (0 part, 1 chapter, 2 section, …), printed number and place."""

    level: int
    number: str
    place: int


@dataclass
class CutTable:
    """A tabular with its cells and captions as parts for pandoc: numbers into `Layout.parts`."""

    table: SourceTable
    cells: list[int]


@dataclass
class Float:
    """A table or figure: captions (part numbers), what else stands in it (a part number), its printed label."""

    kind: str
    captions: list[int]
    content: int | None
    label: str
    tables: list[int] = field(default_factory=list)


@dataclass
class Layout:
    """The document taken apart. `parts[0]` is the body; marks in the parts are numbers into the other lists."""

    parts: list[str] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    formulas: list[str] = field(default_factory=list)
    equations: list[str] = field(default_factory=list)
    citations: list[tuple[str, ...]] = field(default_factory=list)
    references: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    tables: list[CutTable] = field(default_factory=list)
    floats: list[Float] = field(default_factory=list)
    abstracts: list[int] = field(default_factory=list)
    labels: dict[str, tuple[str, str]] = field(default_factory=dict)
    bibliographies: list[Tokens] = field(default_factory=list)
    title_page: list[Tokens] = field(default_factory=list)


class LayoutCounter:
    """A `Layout` in the making and its counters; `warn(token, text)` is told of what is left out."""

    def __init__(self, warn: Callable[[Token, str], None], *, chapters: bool) -> None:
        self.layout = Layout()
        self.warn = warn
        self.chapters = chapters
        self.counters = [0] * 7
        self.counts = {"table": 0, "figure": 0, "equation": 0, "algorithm": 0}
        self.appendix = False
        self.current: tuple[str, str] = ("section", "")
        self.open_floats: list[Float] = []
        self.unknown_commands: dict[str, Token] = {}
        self.on_title_page = False

    def formula(self, tokens: Tokens) -> str:
        """A mark for a formula in the line of text."""
        self.layout.formulas.append(math_text(tokens, self.unknown))
        return marks.mark(marks.FORMULA, len(self.layout.formulas) - 1)

    def literal(self, text: str) -> str:
        """A mark for text that is final."""
        self.layout.formulas.append(text)
        return marks.mark(marks.FORMULA, len(self.layout.formulas) - 1)

    def unknown(self, token: Token) -> None:
        """Note a command that nothing defines."""
        self.unknown_commands.setdefault(token.text, token)

    def number_section(self, name: str) -> str:
        """Step the counter of a sectioning command; the number as it prints."""
        level = LEVELS[name]
        self.counters[level] += 1
        for deeper in range(level + 1, 7):
            self.counters[deeper] = 0
        first = 1 if self.chapters else 2
        if level < first or level > 4:
            return ""
        digits = [str(n) for n in self.counters[first : level + 1]]
        if self.appendix:
            digits[0] = chr(64 + min(max(self.counters[first], 1), 26))
        return ".".join(digits)

    def number(self, kind: str) -> str:
        """Step the counter of tables, figures or equations; with chapters numbers restart in each."""
        self.counts[kind] += 1
        chapter = chr(64 + min(max(self.counters[1], 1), 26)) if self.appendix else str(self.counters[1])
        return f"{chapter}.{self.counts[kind]}" if self.chapters else str(self.counts[kind])
