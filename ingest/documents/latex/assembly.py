"""The last step: blocks, tables and citations put in place, in reading order, into a `Document`."""

from __future__ import annotations

import re
from collections.abc import Callable

from ingest.documents.bibliography.numbering import Numbering
from ingest.documents.document import At, CellPieces, Cite, DocumentBuilder, Piece
from ingest.documents.latex import marks
from ingest.documents.latex.flow import Flow, FlowBlock
from ingest.documents.latex.layout import CutTable, Float, Layout
from ingest.documents.latex.pandoc import Block

PlaceOf = Callable[[int], At]
_NAMES = {"table": "Table", "figure": "Figure", "section": "Section", "equation": "Eq.", "algorithm": "Algorithm"}


class Assembly:
    """Resolves marks; `place_of` turns a token's place into an `At`."""

    def __init__(
        self,
        layout: Layout,
        trees: list[list[Block]],
        numbering: Numbering,
        builder: DocumentBuilder,
        place_of: PlaceOf,
    ) -> None:
        self.layout, self.numbering, self.builder, self.place_of = layout, numbering, builder, place_of
        self.flows = [_flow(tree) for tree in trees]
        top = min((h.level for h in layout.headings if h.level > 0), default=2)
        self.top = top

    def text(self, part: int) -> str:
        """The text of a part in one piece, without marks; for titles and names."""
        return "".join(_text(p) for p in self.pieces(" ".join(b.text for b in self.flows[part].blocks))).strip()

    def body(self, part: int) -> None:
        """Append a part's blocks to the document."""
        for block in self.flows[part].blocks:
            self._block(block)

    def abstract(self, part: int) -> None:
        """Append a part's paragraphs as abstract."""
        for block in self.flows[part].blocks:
            if block.kind in ("paragraph", "list_item"):
                self.builder.block("abstract", *self.pieces(block.text))
            else:
                self._block(block)

    def _block(self, block: FlowBlock) -> None:
        pieces = list(marks.split_marks(block.text))
        alone = [p for p in pieces if isinstance(p, tuple) and p[0] in (marks.FLOAT, marks.TABLE, marks.HEADING)]
        if block.kind == "heading":
            self._heading(block, alone)
        elif alone and alone[0][0] == marks.FLOAT:
            self._float(self.layout.floats[alone[0][1]])
        elif alone and alone[0][0] == marks.TABLE:
            self._table(self.layout.tables[alone[0][1]], (), "")
        else:
            self.builder.block(block.kind, *self.pieces(block.text))

    def _heading(self, block: FlowBlock, found: list[tuple[str, int]]) -> None:
        headings = [n for kind, n in found if kind == marks.HEADING]
        if not headings:
            self.builder.block("paragraph", *self.pieces(block.text))
            return
        heading = self.layout.headings[headings[0]]
        level = max(1, heading.level - self.top + 1)
        self.builder.heading(level, self.place_of(heading.place), *self.pieces(block.text), number=heading.number)

    def _float(self, made: Float) -> None:
        caption: list[Piece] = []
        for part in made.captions:
            for block in self.flows[part].blocks:
                caption.extend((*self.pieces(block.text), " "))
        if caption and made.label:
            caption.insert(1 if isinstance(caption[0], At) else 0, f"{made.label}: ")
        tables = [self.layout.tables[n] for n in made.tables]
        if tables:
            self._table(tables[0], tuple(caption), made.label)
            for table in tables[1:]:
                self._table(table, (), made.label)
        elif caption:
            self.builder.block("caption", *caption)
        if made.content is not None:
            for block in self.flows[made.content].blocks:
                self._block(block)

    def _table(self, table: CutTable, caption: tuple[Piece, ...], label: str) -> None:
        cells: list[CellPieces] = []
        notes: list[FlowBlock] = []
        for cell, part in zip(table.table.cells, table.cells, strict=True):
            pieces: list[Piece] = []
            for block in self.flows[part].blocks:
                if block.kind == "footnote":
                    notes.append(block)
                    continue
                inner = [p for p in marks.split_marks(block.text) if isinstance(p, tuple) and p[0] == marks.TABLE]
                if inner:  # a tabular inside a cell stacks words: they are read in order
                    for number in (n for _, n in inner):
                        pieces.extend(self._stacked(self.layout.tables[number]))
                    continue
                pieces.extend((*self.pieces(block.text), " "))
            cells.append(CellPieces(tuple(pieces), cell.row, cell.column, cell.rowspan, cell.colspan, cell.header))
        self.builder.table(cells, caption, label)
        for note in notes:
            self.builder.block("footnote", *self.pieces(note.text))

    def _stacked(self, table: CutTable) -> list[Piece]:
        pieces: list[Piece] = []
        for part in table.cells:
            for block in self.flows[part].blocks:
                pieces.extend((*self.pieces(block.text), " "))
        return pieces

    def pieces(self, text: str) -> list[Piece]:
        """Text with marks as pieces for the builder; relations and commas at the seams of formulas set right."""
        pieces: list[Piece] = []
        for found in marks.split_marks(text):
            if isinstance(found, str):
                pieces.append(found)
                continue
            kind, number = found
            if kind == marks.PLACE:
                pieces.append(self.place_of(self.layout.places[number]))
            elif kind == marks.FORMULA:
                pieces.append(self.layout.formulas[number])
            elif kind == marks.EQUATION:
                pieces.append(self.layout.equations[number])
            elif kind == marks.CITATION:
                pieces.append(self._citation(self.layout.citations[number]))
            elif kind == marks.CROSS_REFERENCE:
                pieces.append(self._reference(*self.layout.references[number]))
        return _tidied(pieces)

    def _citation(self, keys: tuple[str, ...]) -> Cite:
        labels = tuple(dict.fromkeys(self.numbering.label(key) for key in keys if key != "*"))
        return Cite(f"[{', '.join(labels)}]", labels)

    def _reference(self, command: str, labels: tuple[str, ...]) -> str:
        shown: list[str] = []
        for label in labels:
            kind, number = self.layout.labels.get(label, ("", ""))
            number = number or label
            if command in ("\\autoref", "\\cref", "\\Cref", "\\vref", "\\fref", "\\tref", "\\sref") and kind:
                number = f"{_NAMES.get(kind, '')} {number}".strip()
            shown.append(f"({number})" if command == "\\eqref" else number)
        return ", ".join(shown)


def _flow(tree: list[Block]) -> Flow:
    flow = Flow()
    flow.read(tree)
    return flow


def _text(piece: Piece) -> str:
    return "" if isinstance(piece, At) else piece.text if isinstance(piece, Cite) else piece


def _tidied(pieces: list[Piece]) -> list[Piece]:
    """Blanks where pieces meet: none before a comma or after a bracket, one between a number and its formula unit."""
    result: list[Piece] = []
    for piece in pieces:
        before = next((p for p in reversed(result) if not isinstance(p, At) and _text(p)), "")
        if isinstance(piece, Cite) and before and _text(before)[-1:].isalnum():
            result.append(" ")
        if isinstance(piece, str) and before:
            end = _text(before)
            if end[-1:] == " " and re.match(r"[,;)\]]|\.(?:\s|$)", piece):
                _strip_end(result)
            elif re.match(r"\s+[.,;](?:\s|$)", piece):
                piece = piece.lstrip()
            elif (re.match(_UNIT, piece) and end[-1:].isdecimal()) or (
                piece[:1] in "<>≤≥=≠" and re.search(r"[\w)|]$", end)
            ):
                piece = f" {piece}"
            elif end[-1:] in "([" and piece[:1] == " ":
                piece = piece.lstrip()
        result.append(piece)
    return result


_UNIT = r"(?:[kMGT]?eV|fb|pb|nb|[mcμ]m)\b"


def _strip_end(pieces: list[Piece]) -> None:
    for index in range(len(pieces) - 1, -1, -1):
        piece = pieces[index]
        if isinstance(piece, str) and piece:
            pieces[index] = piece.rstrip()
            return
