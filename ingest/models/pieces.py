"""The pieces of a paper that a model is shown: paragraphs and tables of the sections that can hold a selection."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.documents.document import Block, Document, Span
from ingest.models.options import ReadingOptions
from ingest.reading import context
from kg.llm.usage import tokens_of
from kg.records import Json

_READ = ("abstract", "paragraph", "list_item", "equation", "caption", "table", "footnote")


@dataclass(frozen=True, slots=True)
class Piece:
    """Spans of a document that are shown together, under the title of their section.

    `noted` are words in them that the rules did not understand, each with the reason.
    """

    section: str
    spans: tuple[Span, ...]
    noted: tuple[tuple[str, str], ...] = ()

    def message(self, document: Document) -> str:
        """What the model is shown: JSON, in which no text of a paper can end the text or pose as something else."""
        text = "\n".join(document.quote(span) for span in self.spans)
        shown: dict[str, Json] = {"section": self.section, "text": text}
        if self.noted:
            shown["not_understood"] = [{"words": words, "why": why} for words, why in self.noted]
        return json.dumps(shown, ensure_ascii=False)


def pieces_of(document: Document, options: ReadingOptions, instructions: str = "") -> list[Piece]:
    """The pieces in the order of the text; none is longer than the options allow, unless one sentence is."""
    limit = options.piece
    if options.mode == "bulk":
        room = options.window - options.longest - tokens_of(instructions)
        limit = max(options.piece, 3 * room)  # `tokens_of` counts three characters a token
    made: list[Piece] = []
    group: list[Span] = []
    section = ""
    for title, span in _spans(document, options, limit):
        full = sum(s.end - s.start + 1 for s in group) + span.end - span.start > limit
        if group and (full or (options.mode == "chunked" and title != section)):
            made.append(Piece(section, tuple(group)))
            group = []
        if not group:
            section = title
        group.append(span)
    if group:
        made.append(Piece(section, tuple(group)))
    return made


def _spans(document: Document, options: ReadingOptions, limit: int) -> Iterator[tuple[str, Span]]:
    """What is read, block by block with the title of its section; what is longer than the limit in parts."""
    chosen = list(_chosen(document, options))
    for block in chosen:
        path = document.section_path(block.start)
        title = path[-1] if path else ""
        for span in _parts(document, block, limit):
            yield title, span


def _chosen(document: Document, options: ReadingOptions) -> Iterator[Block]:
    stating: dict[tuple[str, ...], bool] = {}
    blocks = [b for b in document.blocks if b.kind in _READ and not _is_figure(document, b)]
    for block in blocks:
        path = document.section_path(block.start)
        states = block.kind == "table" or context.is_requirement(document.quote(block))
        stating[path] = stating.get(path, False) or states
    for block in blocks:
        path = document.section_path(block.start)
        if options.all_sections or (
            stating[path] and block.kind != "abstract" and not context.section_without_selection(path)
        ):
            yield block


def _is_figure(document: Document, block: Block) -> bool:
    return block.kind == "caption" and document.quote(block).lstrip().lower().startswith("fig")


def _parts(document: Document, block: Block, limit: int) -> Iterator[Span]:
    """The block, or runs of its sentences or rows that keep to the limit."""
    if block.end - block.start <= limit:
        yield Span(block.start, block.end)
        return
    start, end = block.start, block.start
    for piece in _smallest(document, block):
        if piece.end - start > limit and end > start:
            yield Span(start, end)
            start = piece.start
        end = piece.end
    yield Span(start, end)


def _smallest(document: Document, block: Block) -> Sequence[Span]:
    """The sentences of a block, or the rows of a table."""
    inside = [s for s in document.sentences if block.start <= s.start and s.end <= block.end]
    if inside:
        return inside
    found, start = [], block.start
    for line in document.quote(block).splitlines(keepends=True):
        found.append(Span(start, start + len(line.rstrip("\n"))))
        start += len(line)
    return found


__all__ = ["Piece", "pieces_of"]
