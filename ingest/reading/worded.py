"""Cells of a table that say in words what prose would say: "opposite charges", "same flavour", "no further lepton"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ingest.documents.document import Document, Span
from ingest.reading.charges import find_charges, find_flavours
from ingest.reading.conditions import joined, kind_of, parts
from ingest.reading.headers import Headers
from ingest.reading.proposal import Proposal
from ingest.reading.scope import Scope
from ingest.reading.spoken import Sentence
from ingest.reading.unnumbered import find_wordy_counts


def read_worded(document: Document, headers: Headers, quote: Span) -> Iterator[Proposal]:
    """The charges, flavours and counts that the words of the cell state, as an item of a list would.

    `quote` is the row that the cell stands in. What the headers say beside it holds for it as well.
    """
    cell = headers.place.cell
    beside = tuple(document.quote(c) for c in headers.cells)
    scope = Scope(document.section_path(cell.start), beside, (), beside, listed=True)
    sentence = Sentence(document.text, Span(cell.start, cell.end), scope)
    if not sentence.tokens:
        return
    around = [c for c in headers.conditions(headers.own) if kind_of(c) != "pair"]
    for made in (*find_charges(sentence), *find_flavours(sentence), *find_wordy_counts(sentence)):
        conditions = dict.fromkeys([*parts(made.applies_when), *around])
        yield replace(
            made,
            quote=quote,
            focus=Span(cell.start, cell.end) if made.focus == sentence.span else made.focus,
            headers=headers.spans(quote),
            applies_when=joined(conditions),
        )


__all__ = ["read_worded"]
