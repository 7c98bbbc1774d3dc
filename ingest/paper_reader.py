"""From bytes to a reading with one reader: document, references, record, cuts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import astuple, dataclass, replace

from ingest.paper_record import content_digest, paper_record
from ingest.references import complete
from ingest.sources.fetched import Fetched
from kg.errors import PaperUnavailable
from kg.identifiers import PaperId
from kg.records import Reading, Reference, content_id

KnownReferences = Callable[[PaperId], tuple[Reference, ...]]


@dataclass(frozen=True)
class DocumentPaperReader:
    """Reads a paper's document and lets the named reader ("rules") find its cuts.

    `known_references` gives INSPIRE's reference list of a paper, or raises `PaperUnavailable`: then the
    document's own references stand as they are.
    """

    known_references: KnownReferences
    reader: str = "rules"

    def key(self, fetched: Fetched) -> str:
        """The key of the reading of these bytes with this reader and what INSPIRE knows of the references."""
        return self._key(fetched, self._known(fetched))

    def read(self, fetched: Fetched) -> Reading:
        """The whole reading; raises `DocumentUnreadable`."""
        # pandoc, PDFium and the grammar are loaded only for a paper that has to be read
        from ingest.documents.read import read_document
        from ingest.reading.reading import read_paper

        document = read_document(fetched)
        known = self._known(fetched)
        warnings = list(document.warnings)
        references = complete(document.references, known, warnings)
        paper = paper_record(fetched, replace(document, warnings=tuple(warnings)))
        return replace(read_paper(document, paper, references).reading, key=self._key(fetched, known))

    def _key(self, fetched: Fetched, known: tuple[Reference, ...]) -> str:
        from ingest.reading.reading import reading_key

        key = reading_key(content_digest(fetched), fetched.edition, self.reader)
        return content_id("reading", key, *(astuple(reference) for reference in known)) if known else key

    def _known(self, fetched: Fetched) -> tuple[Reference, ...]:
        """INSPIRE's list, () where it has none; a restatement has references of its own, which are not the paper's."""
        if fetched.id is None or fetched.edition == "restatement":
            return ()
        try:
            return self.known_references(fetched.id)
        except PaperUnavailable:
            return ()
