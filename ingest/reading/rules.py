"""The rules reader: a document's sentences and tables -> the cuts that they state."""

from __future__ import annotations

from ingest.documents.document import Block, Document
from ingest.reading.proposal import Proposal, Unread
from ingest.reading.scope import Scope
from ingest.reading.sentence import read_sentence
from ingest.reading.tables import read_tables

# The version is part of a reading's key: papers are read anew when the reader has changed.
VERSION = "1"

_BACK = 4  # sentences of a paragraph that are searched for the object a sentence leaves out
_PROSE = ("paragraph", "list_item", "footnote", "caption", "equation")


def read_rules(document: Document) -> tuple[list[Proposal], list[Unread]]:
    """All proposals of the rules reader and everything it set aside, in the order of the text."""
    proposals: list[Proposal] = []
    unread: list[Unread] = []
    sentences = list(document.sentences)
    position = 0
    for block in document.blocks:
        earlier: list[str] = []
        while position < len(sentences) and sentences[position].start < block.end:
            sentence = sentences[position]
            position += 1
            if sentence.start < block.start or block.kind not in _PROSE or _is_figure(document, block):
                continue
            cited = tuple(c for c in document.citations if sentence.start <= c.start < sentence.end)
            scope = Scope(_path(document, block), tuple(reversed(earlier[-_BACK:])), cited)
            found, left = read_sentence(document.text, sentence, scope)
            proposals += found
            unread += left
            earlier.append(document.quote(sentence))
    found, left = read_tables(document)
    return proposals + found, unread + left


def _is_figure(document: Document, block: Block) -> bool:
    """True for the caption of a figure: it describes what is drawn."""
    return block.kind == "caption" and document.quote(block).lstrip().lower().startswith(("fig", "figure"))


def _path(document: Document, block: Block) -> tuple[str, ...]:
    return document.section_path(block.start)
