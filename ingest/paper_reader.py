"""From bytes to a reading with one reader: document, references, record, cuts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import astuple, dataclass, field, replace
from threading import Lock

from ingest.cut_reader import CutReader, RulesReader
from ingest.documents.pdf.marker_choice import is_chosen
from ingest.paper_record import content_digest, paper_record
from ingest.references import complete
from ingest.sources.fetched import Fetched
from kg.errors import PaperUnavailable
from kg.identifiers import PaperId
from kg.records import Reading, Reference, content_id

KnownReferences = Callable[[PaperId], tuple[Reference, ...]]


@dataclass(frozen=True)
class DocumentPaperReader:
    """Reads a paper's document and lets a reader of cuts, by default the rules, find its cuts.

    `known_references` gives INSPIRE's reference list of a paper, or raises `PaperUnavailable`: then the
    document's own references stand as they are.
    """

    known_references: KnownReferences
    reader: CutReader = field(default_factory=RulesReader)
    _asking: Lock = field(default_factory=Lock, repr=False, compare=False)

    def key(self, fetched: Fetched) -> str:
        """The key of the reading of these bytes with this reader and what INSPIRE knows of the references."""
        return self._key(fetched, self._known(fetched))

    def read(self, fetched: Fetched) -> Reading:
        """The whole reading; raises `DocumentUnreadable`."""
        from ingest.documents.read import read_document  # pandoc and PDFium are loaded only for a paper to be read

        document = read_document(fetched)
        known = self._known(fetched)
        warnings = list(document.warnings)
        references = complete(document.references, known, warnings)
        paper = paper_record(fetched, replace(document, warnings=tuple(warnings)))
        return replace(self.reader.read(document, paper, references), key=self._key(fetched, known))

    def digest(self, fetched: Fetched) -> str:
        """The SHA-256 under which the paper of these bytes is recorded."""
        return content_digest(fetched)

    def _key(self, fetched: Fetched, known: tuple[Reference, ...]) -> str:
        by_marker = fetched.kind == "pdf" and is_chosen()
        key = self.reader.key(content_digest(fetched), f"{fetched.edition} by marker" if by_marker else fetched.edition)
        return content_id("reading", key, *(astuple(reference) for reference in known)) if known else key

    def _known(self, fetched: Fetched) -> tuple[Reference, ...]:
        """INSPIRE's list, () where it has none; a restatement has references of its own, which are not the paper's."""
        if fetched.id is None or fetched.edition == "restatement":
            return ()
        try:
            with self._asking:  # papers may be read side by side, but INSPIRE is asked by one at a time
                return self.known_references(fetched.id)
        except PaperUnavailable:
            return ()
