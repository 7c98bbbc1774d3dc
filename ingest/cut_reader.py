"""What finds the cuts of a document: the rules, or a model."""

from __future__ import annotations

from typing import Protocol

from ingest.documents.document import Document
from kg.records import Paper, Reading, Reference


class CutReader(Protocol):
    """A reader of cuts. What it gives depends on nothing but its arguments and what `key` holds."""

    def key(self, sha256: str, edition: str) -> str:
        """The key of its reading of a file with that digest, found without reading."""

    def read(self, document: Document, paper: Paper, references: tuple[Reference, ...] | None = None) -> Reading:
        """The reading; `references` replaces the document's own list where another source has completed it."""


class RulesReader:
    """The rules."""

    def key(self, sha256: str, edition: str) -> str:
        """See `CutReader.key`."""
        from ingest.reading.reading import reading_key

        return reading_key(sha256, edition)

    def read(self, document: Document, paper: Paper, references: tuple[Reference, ...] | None = None) -> Reading:
        """See `CutReader.read`."""
        from ingest.reading.reading import read_paper  # the grammar is loaded only for a paper that has to be read

        return read_paper(document, paper, references).reading


__all__ = ["CutReader", "RulesReader"]
