"""The document model: one normalised text, and everything else as spans into it.

Every reader (LaTeX, PDF, HTML) builds a `Document` through `DocumentBuilder`; everything behind it (rules,
models, the gate) sees only this. Offsets count characters of `Document.text`, end exclusive.

Form of the text, the same for every edition:

* blocks are separated by a blank line; inside a block there are single spaces and no newlines, but
  in a table each row is a line and cells are separated by a tab;
* mathematics is plain Unicode: `p_T > 7 GeV`, `|η| < 2.47`, `E_T^miss`, `m_ℓℓ`, `ΔR`, `d_0/σ(d_0)`,
  `1.37 < |η| < 1.52`, `ptcone20/p_T`; subscripts with `_`, superscripts with `^`, no braces or dollars
  (from PDF in the order of the text layer, `p^sum_T`, except for `E_T^miss` and its like);
* ligatures are letters, line-end hyphenation is undone, minus signs are `-`, `∆` is `Δ`, `µ` is `μ`;
* a citation stays in place as it is printed ("[24]"), or as "[key, key]" where only keys are known.
"""

from __future__ import annotations

import bisect
from dataclasses import dataclass, field
from typing import Literal

from ingest.documents.sentences import split_sentences
from kg.records import Edition, Reference

BlockKind = Literal[
    "title",
    "abstract",
    "heading",
    "paragraph",
    "list_item",
    "equation",
    "caption",
    "table",
    "footnote",
    "reference",
]


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start` to `end` (exclusive) of the document's text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Block(Span):
    """A paragraph, heading, table, …"""

    kind: BlockKind


@dataclass(frozen=True, slots=True)
class Section(Span):
    """A section: its span runs from its heading to the next heading of the same or a higher level."""

    level: int
    number: str
    path: tuple[str, ...]

    @property
    def title(self) -> str:
        return self.path[-1]


@dataclass(frozen=True, slots=True)
class Cell(Span):
    """One table cell. A cell that spans rows or columns is stored once, at its first row and column."""

    row: int
    column: int
    rowspan: int = 1
    colspan: int = 1
    header: bool = False


@dataclass(frozen=True, slots=True)
class Table(Span):
    """A table of cells; `caption` is the span of its caption block, `label` what the text calls it ("Table 3")."""

    cells: tuple[Cell, ...]
    caption: Span | None = None
    label: str = ""


@dataclass(frozen=True, slots=True)
class Citation(Span):
    """A citation in place; `labels` are labels of `Document.references`."""

    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where the text from `start` on came from: PDF page and line, or source file and line (all from 1)."""

    start: int
    page: int | None = None
    file: str = ""
    line: int | None = None

    def __str__(self) -> str:
        if self.file:
            return f"{self.file}:{self.line}" if self.line else self.file
        return f"page {self.page}" + (f", line {self.line}" if self.line else "") if self.page else ""


@dataclass(frozen=True)
class Document:
    """A paper as it was read."""

    edition: Edition
    sha256: str
    text: str
    title: str = ""
    arxiv_id: str = ""
    doi: str = ""
    report_number: str = ""
    collaboration: str = ""
    year: int | None = None
    blocks: tuple[Block, ...] = ()
    sections: tuple[Section, ...] = ()
    sentences: tuple[Span, ...] = ()
    tables: tuple[Table, ...] = ()
    citations: tuple[Citation, ...] = ()
    references: tuple[Reference, ...] = ()
    places: tuple[Place, ...] = ()
    warnings: tuple[str, ...] = ()

    def quote(self, span: Span) -> str:
        """The verbatim text of a span."""
        return self.text[span.start : span.end]

    def place(self, offset: int) -> Place:
        """Where the character at `offset` came from."""
        index = bisect.bisect_right(self.places, offset, key=lambda p: p.start) - 1
        return self.places[index] if index >= 0 else Place(0)

    def section_path(self, offset: int) -> tuple[str, ...]:
        """Titles of the sections around `offset`, outermost first; () before the first heading."""
        around = [s for s in self.sections if s.start <= offset < s.end]
        return max(around, key=lambda s: len(s.path)).path if around else ()


@dataclass(frozen=True, slots=True)
class Cite:
    """A citation inside a block: the text that stands for it and the reference labels it means."""

    text: str
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class At:
    """Marks that the pieces after it come from this place."""

    page: int | None = None
    file: str = ""
    line: int | None = None


Piece = str | Cite | At


@dataclass(frozen=True, slots=True)
class CellPieces:
    """One table cell on its way into a document."""

    pieces: tuple[Piece, ...]
    row: int
    column: int
    rowspan: int = 1
    colspan: int = 1
    header: bool = False


@dataclass
class DocumentBuilder:
    """Collects blocks in reading order and makes the `Document`.

    The caller gives normalised text (see `ingest.documents.normal`); the builder sets blanks and offsets.
    """

    edition: Edition
    sha256: str
    title: str = ""
    arxiv_id: str = ""
    doi: str = ""
    report_number: str = ""
    collaboration: str = ""
    year: int | None = None
    references: list[Reference] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    _parts: list[str] = field(default_factory=list)
    _length: int = 0
    _blocks: list[Block] = field(default_factory=list)
    _headings: list[tuple[int, int, str, str]] = field(default_factory=list)
    _tables: list[Table] = field(default_factory=list)
    _citations: list[Citation] = field(default_factory=list)
    _places: list[Place] = field(default_factory=list)

    def block(self, kind: BlockKind, *pieces: Piece) -> Span | None:
        """Append a block; None (and nothing appended) where the pieces hold no text."""
        if not any(_text_of(p).strip() for p in pieces):
            return None
        span = self._append(pieces)
        self._blocks.append(Block(span.start, span.end, kind))
        self._write("\n\n")
        return span

    def heading(self, level: int, *pieces: Piece, number: str = "") -> None:
        """Append a heading of level 1 (section), 2 (subsection), … and open that section."""
        span = self.block("heading", *pieces)
        if span is not None:
            text = "".join(self._parts)[span.start : span.end]
            self._headings.append((span.start, level, number, text))

    def table(self, cells: list[CellPieces], caption: tuple[Piece, ...] = (), label: str = "") -> None:
        """Append a caption block and a table block; cells may come in any order."""
        caption_span = self.block("caption", *caption) if caption else None
        ordered = sorted(cells, key=lambda c: (c.row, c.column))
        if not any(_text_of(p).strip() for c in ordered for p in c.pieces):
            return
        start, placed, row = self._length, [], ordered[0].row
        for index, cell in enumerate(ordered):
            if index:
                self._write("\t" if cell.row == row else "\n")
            row = cell.row
            span = self._append(cell.pieces)
            placed.append(Cell(span.start, span.end, cell.row, cell.column, cell.rowspan, cell.colspan, cell.header))
        self._blocks.append(Block(start, self._length, "table"))
        self._tables.append(Table(start, self._length, tuple(placed), caption_span, label))
        self._write("\n\n")

    def build(self) -> Document:
        """The finished document, with sections closed and sentences split."""
        text = "".join(self._parts).rstrip("\n")
        return Document(
            edition=self.edition,
            sha256=self.sha256,
            text=text,
            title=self.title,
            arxiv_id=self.arxiv_id,
            doi=self.doi,
            report_number=self.report_number,
            collaboration=self.collaboration,
            year=self.year,
            blocks=tuple(self._blocks),
            sections=tuple(self._closed_sections(len(text))),
            sentences=tuple(
                Span(start, end)
                for b in self._blocks
                if b.kind not in ("table", "reference")
                for start, end in split_sentences(text, b.start, b.end)
            ),
            tables=tuple(self._tables),
            citations=tuple(self._citations),
            references=tuple(self.references),
            places=tuple(self._places),
            warnings=tuple(self.warnings),
        )

    def _closed_sections(self, length: int) -> list[Section]:
        sections: list[Section] = []
        path: list[tuple[int, str]] = []
        for index, (start, level, number, title) in enumerate(self._headings):
            path = [(lv, t) for lv, t in path if lv < level] + [(level, title)]
            end = next((s for s, lv, _, _ in self._headings[index + 1 :] if lv <= level), length)
            sections.append(Section(start, end, level, number, tuple(t for _, t in path)))
        return sections

    def _append(self, pieces: tuple[Piece, ...]) -> Span:
        """Write pieces with blanks folded; the span covers the text without blanks at its ends."""
        start = self._length
        for piece in pieces:
            if isinstance(piece, At):
                self._places.append(Place(self._length, piece.page, piece.file, piece.line))
                continue
            text = " ".join(_text_of(piece).split())
            raw = _text_of(piece)
            fresh = self._length == start or self._parts[-1].endswith((" ", "\n", "\t"))
            if raw[:1].isspace() and not fresh:
                self._write(" ")
            if text:
                if isinstance(piece, Cite):
                    self._citations.append(Citation(self._length, self._length + len(text), piece.labels))
                self._write(text)
                if raw[-1:].isspace():
                    self._write(" ")
        while self._length > start and self._parts[-1] == " ":
            self._parts.pop()
            self._length -= 1
        return Span(start, self._length)

    def _write(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)


def _text_of(piece: Piece) -> str:
    if isinstance(piece, At):
        return ""
    return piece.text if isinstance(piece, Cite) else piece
