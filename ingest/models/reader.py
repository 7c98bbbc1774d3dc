"""A language model as a reader of cuts."""

from __future__ import annotations

import bisect
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ingest.documents.document import Document, Span
from ingest.models.asking import Asking, Heard
from ingest.models.checks import Checks
from ingest.models.pieces import Piece, pieces_of
from ingest.models.prompts import prompt
from ingest.models.proposals import Proposed, Proposing
from ingest.models.quotes import find_quote
from ingest.models.replies import SaidCut
from ingest.reading import rules
from ingest.reading.reading import assembled
from kg.llm.settings import ModelSettings
from kg.records import Activity, Paper, Reading, Reference, canonical_json

VERSION = "1"
"""What is made of a model's words; part of a reading's key, like the prompts' versions."""

_BEFORE = 2  # sentences before a quoted one that the rules read as well


def described(reader: str, asking: Asking, settings: ModelSettings, prompts: Iterable[str]) -> Activity:
    """The activity of a reading: the model, the prompts with their versions, and how it was asked."""
    told = {
        "model": asking.model.name,
        "prompt": ", ".join(prompt(name).label for name in prompts),
        "rules": rules.VERSION,
        "seed": "" if settings.seed is None else str(settings.seed),
        "temperature": f"{settings.temperature:g}",
        **dict(asking.options.settings()),
    }
    return Activity(reader, VERSION, tuple(sorted(told.items())))


def key_of(activity: Activity, sha256: str, edition: str) -> str:
    """What a reading depends on: the bytes, how they are read, and everything that its activity names."""
    parts = canonical_json([sha256, edition, activity.id, activity.settings])
    return hashlib.sha256(parts.encode()).hexdigest()


def with_warnings(paper: Paper, heard: Heard) -> Paper:
    """The paper with a warning for each piece on which the model said nothing that can be used."""
    told = [
        f"the model gave no usable reply on a part of section {piece.section!r}: {error.why}"
        for piece, error in heard.unusable
    ]
    return replace(paper, warnings=(*paper.warnings, *told))


@dataclass(frozen=True)
class ModelReader:
    """The model alone; a `CutReader`. Its cuts are held against the text, and go through the gate of all readers."""

    asking: Asking
    settings: ModelSettings

    @property
    def activity(self) -> Activity:
        """How this reader is recorded."""
        return described("llm", self.asking, self.settings, ["read_cuts"])

    def key(self, sha256: str, edition: str) -> str:
        """See `CutReader.key`."""
        return key_of(self.activity, sha256, edition)

    def read(self, document: Document, paper: Paper, references: tuple[Reference, ...] | None = None) -> Reading:
        """See `CutReader.read`; raises `ModelError`, also if no part of the paper had a usable reply."""
        return self.read_aloud(document, paper, references)[0]

    def read_aloud(
        self, document: Document, paper: Paper, references: tuple[Reference, ...] | None = None
    ) -> tuple[Reading, list[Proposed]]:
        """The reading, and all that the model said, before any gate."""
        proposed, heard = self._proposed(document)
        if heard.unusable and not heard.said:
            raise heard.unusable[0][1]
        key = self.key(paper.sha256, paper.edition)
        proposals = [one.proposal for one in proposed]
        shown = with_warnings(paper, heard)
        return assembled(document, shown, references, proposals, [], self.activity, key), proposed

    def _proposed(self, document: Document) -> tuple[list[Proposed], Heard]:
        """The model's cuts, each with what speaks against it, in the order of the text."""
        chosen = prompt("read_cuts")
        pieces = pieces_of(document, self.asking.options, chosen.instructions)
        heard = self.asking.ask(document, chosen, pieces)
        said = located(document, heard)
        places = [place for _, _, place in said if place is not None]
        proposing = Proposing(document, Checks(document, *rules.read_rules(_quoted(document, places))))
        return [proposing.of(piece, cut, place) for piece, cut, place in said], heard


def located(document: Document, heard: Heard) -> list[tuple[Piece, SaidCut, Span | None]]:
    """What the model said, each cut with the place of its quote in the piece that it was shown."""
    return [(piece, cut, find_quote(document, piece.spans, cut.quote)) for piece, said in heard.said for cut in said]


def _quoted(document: Document, places: Sequence[Span]) -> Document:
    """The document with no more than the sentences and tables that the model quotes, and those just before them.

    The rules need not read the rest, and a server must not wait for them.
    """
    starts = sorted({place.start for place in places})

    def quoted(span: Span) -> bool:
        at = bisect.bisect_left(starts, span.start)
        return at < len(starts) and starts[at] < span.end

    numbers = [number for number, sentence in enumerate(document.sentences) if quoted(sentence)]
    kept = sorted({n for number in numbers for n in range(max(0, number - _BEFORE), number + 1)})
    return replace(
        document,
        sentences=tuple(document.sentences[number] for number in kept),
        tables=tuple(table for table in document.tables if quoted(table)),
    )


__all__ = ["VERSION", "ModelReader", "described", "key_of", "located", "with_warnings"]
