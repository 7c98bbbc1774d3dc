"""From a PDF's pages to a `Document`."""

from __future__ import annotations

import hashlib
import re

from ingest.documents.document import At, BlockKind, CellPieces, Document, DocumentBuilder, Piece
from ingest.documents.pdf.bibliography import Entry, attach_links, entries_of, references_of
from ingest.documents.pdf.citing import cited
from ingest.documents.pdf.flow import Flow, blocks_of, style_of
from ingest.documents.pdf.front import Front, front_of
from ingest.documents.pdf.hyphens import Hyphens
from ingest.documents.pdf.layout import laid_out
from ingest.documents.pdf.lines import Line
from ingest.documents.pdf.page import Box, Page
from ingest.documents.pdf.pdfium import read_pages
from ingest.documents.pdf.spelling import spelt
from kg.errors import DocumentUnreadable

_REFERENCES = re.compile(r"(?:\d+\.?\s+|[IVX]+\.?\s+)?(?:references|bibliography)", re.I)


def read_in_process(data: bytes, name: str = "") -> Document:
    """Reads a PDF in this process; see `ingest.documents.pdf.read_pdf` for the guarded way."""
    pages, warnings = read_pages(data, name)
    warnings += [w for page in pages for w in page.warnings]
    _check_text(pages, name)
    items = laid_out(pages)
    lines = [[i for i in page if isinstance(i, Line)] for page in items]
    style = style_of(lines)
    front = front_of(lines[0] if lines else [], pages[0].rotated, style.size)
    blocks = blocks_of(items, style)
    writer = _Writer(pages, Hyphens(line.text for page in lines for line in page), front)
    writer.warnings = warnings
    return writer.document(blocks, hashlib.sha256(data).hexdigest())


def _check_text(pages: list[Page], name: str) -> None:
    letters = sum(len(p.glyphs) for p in pages)
    if letters >= 20 * max(1, len(pages)) or letters > 2000:
        return
    images = sum(p.images for p in pages)
    why = (
        f"its {len(pages)} pages are images without text (a scan?); text recognition is not done"
        if images
        else f"its {len(pages)} pages hold almost no text ({letters} characters)"
    )
    raise DocumentUnreadable("cannot read the PDF", where=name, why=why)


class _Writer:
    """Writes blocks into a `DocumentBuilder`, with citations and places."""

    def __init__(self, pages: list[Page], hyphens: Hyphens, front: Front) -> None:
        self.pages = {p.number: p for p in pages}
        self.hyphens = hyphens
        self.front = front
        self.warnings: list[str] = []
        self.known: set[str] = set()
        self.cite_links: dict[int, list[Box]] = {}

    def document(self, blocks: list[Flow], sha256: str) -> Document:
        front = self.front
        entries, kept = self._references(blocks)
        self._find_cite_links(entries)
        builder = DocumentBuilder("pdf", sha256)
        builder.collaboration, builder.arxiv_id, builder.doi = front.collaboration, front.arxiv_id, front.doi
        builder.report_number, builder.year = front.report_number, front.year
        builder.references = list(references_of(entries))
        builder.warnings = self.warnings
        self._write(builder, kept, entries)
        return builder.build()

    def _references(self, blocks: list[Flow]) -> tuple[list[Entry], list[Flow]]:
        """The entries of the reference list, and the blocks without it (its heading stays)."""
        starts = [i for i, b in enumerate(blocks) if b.kind == "heading" and _REFERENCES.fullmatch(b.text.strip())]
        if not starts:
            return [], blocks
        start = starts[-1] + 1
        stop = next(
            (i for i in range(start, len(blocks)) if blocks[i].kind == "heading" and blocks[i].level == 1), len(blocks)
        )
        lines = [line for b in blocks[start:stop] if b.kind not in ("table", "caption") for line in b.lines]
        entries = entries_of(lines, self.hyphens)
        attach_links(entries, list(self.pages.values()))
        self.known = {str(e.number) for e in entries}
        if not entries:
            return [], blocks
        floats = [b for b in blocks[start:stop] if b.kind in ("table", "caption")]
        marker = Flow("reference")
        return entries, [*blocks[:start], marker, *floats, *blocks[stop:]]

    def _find_cite_links(self, entries: list[Entry]) -> None:
        """Links whose target lies in the reference list are citations."""
        spots = [(e.lines[0].page, e.lines[0].y, e.number) for e in entries]
        first = min((s[0] for s in spots), default=0)
        last = max((s[0] for s in spots), default=-1)
        for page in self.pages.values():
            for link in page.links:
                if not link.uri and first <= link.page <= last:
                    near = [y for p, y, _ in spots if p == link.page and abs(link.y - y) < 30]
                    if near:
                        self.cite_links.setdefault(page.number, []).append(link.box)

    def _write(self, builder: DocumentBuilder, blocks: list[Flow], entries: list[Entry]) -> None:
        title = {id(line) for line in self.front.title}
        captions = _paired(blocks)
        in_abstract = False
        unheaded = None if any(_is_abstract(b) for b in blocks) else _unheaded_abstract(blocks, title)
        last: Flow | None = None
        for block in blocks:
            if block.kind == "reference":
                for entry in entries:
                    builder.block("reference", *self._pieces(entry.lines, cite=False))
            elif block.kind == "table":
                self._table(builder, block)
            elif id(block) in captions:
                continue
            elif any(id(line) in title for line in block.lines):
                if not builder.title:
                    builder.block("title", *self._pieces(list(self.front.title), cite=False))
                    builder.title = spelt(self._joined(list(self.front.title)))
                rest = [line for line in block.lines if id(line) not in title]
                builder.block("paragraph", *self._pieces(rest))
            elif block.kind == "heading":
                in_abstract = _is_abstract(block)
                builder.heading(block.level, *self._pieces(block.lines, cite=False), number=block.number)
            else:
                in_abstract = in_abstract and _goes_on(last, block)
                kind: BlockKind = (
                    "abstract" if block is unheaded or (in_abstract and block.kind == "paragraph") else block.kind
                )
                builder.block(kind, *self._pieces(block.lines))
            last = block

    def _table(self, builder: DocumentBuilder, block: Flow) -> None:
        cells = [
            CellPieces((spelt(cell.text),), cell.row, cell.column, cell.rowspan, cell.colspan, cell.header)
            for cell in block.cells
        ]
        if cells:
            cells.sort(key=lambda c: (c.row, c.column))
            first = cells[0]
            cells[0] = CellPieces(
                (At(block.page), *first.pieces), first.row, first.column, first.rowspan, first.colspan, first.header
            )
        caption = self._pieces(block.caption.lines) if block.caption else ()
        builder.table(cells, tuple(caption), block.label)

    def _joined(self, lines: list[Line]) -> str:
        text = ""
        for line in lines:
            text = self.hyphens.joined(text, line.text) + line.text if text else line.text
        return text

    def _pieces(self, lines: list[Line], cite: bool = True) -> list[Piece]:
        """The lines as pieces: a place before each line, citations where they stand."""
        text, marks, linked = "", [], []
        for line in lines:
            text = self.hyphens.joined(text, line.text) if text else ""
            marks.append((len(text), At(line.page, line=line.number)))
            linked += [(len(text) + a, len(text) + b) for a, b in self._linked(line)]
            text += line.text
        spans = cited(text, linked, self.known, bool(self.cite_links)) if cite else []
        pieces: list[Piece] = []
        position = 0
        events = sorted(
            [(at, 0, at, mark) for at, mark in marks] + [(start, 1, end, c) for start, end, c in spans],
            key=lambda e: (e[0], e[1]),
        )
        for start, _, end, piece in events:
            if start > position:
                pieces.append(spelt(text[position:start]))
            pieces.append(piece)
            position = max(position, start, end)
        pieces.append(spelt(text[position:]))
        return pieces

    def _linked(self, line: Line) -> list[tuple[int, int]]:
        """Spans of the line's text that lie under links to the reference list."""
        boxes = [b for b in self.cite_links.get(line.page, ()) if b.y0 - 2 <= line.y + 0.3 * line.size <= b.y1 + 2]
        if not boxes:
            return []
        spans, position = [], 0
        for word in line.words:
            written = word.written()
            start = line.text.find(written, position)
            if start < 0:
                continue
            position = start + len(written)
            if any(b.x0 < word.right and b.x1 > word.left for b in boxes):
                spans.append((start, position))
        return spans


def _is_abstract(block: Flow) -> bool:
    return block.kind == "heading" and block.text.strip().lower().rstrip(".:") == "abstract"


def _unheaded_abstract(blocks: list[Flow], title: set[int]) -> Flow | None:
    """The long paragraph between the title and the first heading where none is called abstract."""
    seen = False
    for block in blocks:
        if block.kind == "heading" or block.page > 2:
            return None
        if any(id(line) in title for line in block.lines):
            seen = True
        elif seen and block.kind == "paragraph" and sum(len(line.text.split()) for line in block.lines) >= 30:
            return block
    return None


def _goes_on(last: Flow | None, block: Flow) -> bool:
    """Whether a block stands right under the one before it: what follows an abstract at a distance is no part of it."""
    if last is None or not last.lines or not block.lines:
        return False
    above, below = last.lines[-1], block.lines[0]
    near = 0 < above.y - below.y < 3.2 * above.size
    return near and (last.kind == "heading" or abs(above.size - below.size) < 0.06 * above.size)


def _width(table: Flow) -> int:
    return max((c.column + c.colspan for c in table.cells), default=0)


def _paired(blocks: list[Flow]) -> set[int]:
    """Gives each table the nearest table caption on its page, above it or below; the ids of captions given."""
    given: set[int] = set()
    captions = [b for b in blocks if b.kind == "caption" and b.label.startswith("Table")]
    before: Flow | None = None
    for table in (b for b in blocks if b.kind == "table"):
        near: list[tuple[float, Flow]] = []
        for caption in captions:
            if id(caption) in given or caption.page != table.page:
                continue
            left, right = min(line.x0 for line in caption.lines), max(line.x1 for line in caption.lines)
            if left > table.x1 or right < table.x0:
                continue
            above = caption.lines[-1].y - table.top
            below = table.bottom - caption.lines[0].y
            if -4 < above < 70:
                near.append((above, caption))
            elif 0 < below < 50:
                near.append((below + 5, caption))
        if near:
            table.caption = min(near, key=lambda n: n[0])[1]
            table.label = table.caption.label
            given.add(id(table.caption))
        elif before is not None and before.page == table.page - 1 and _width(before) == _width(table):
            table.label = before.label  # it goes on from the page before
        before = table
    return given


__all__ = ["read_in_process"]
