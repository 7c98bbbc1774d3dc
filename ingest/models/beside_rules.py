"""Rules and model together: the rules first, then the model, also on what the rules did not understand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.documents.document import Document, Span
from ingest.models.asking import Asking, Heard
from ingest.models.checks import Checks
from ingest.models.comparing import Comparison, compared
from ingest.models.pieces import Piece, pieces_of
from ingest.models.prompts import prompt
from ingest.models.proposals import Proposed, Proposing
from ingest.models.reader import described, key_of, located, with_warnings
from ingest.models.spans import overlap
from ingest.reading import rules
from ingest.reading.gate import objection
from ingest.reading.merge import Merged
from ingest.reading.proposal import Proposal, Unread
from ingest.reading.reading import assembled
from ingest.reading.setaside import find_set_aside
from kg.llm.settings import ModelSettings
from kg.records import Activity, Json, Paper, Reading, Reference, SetAside


@dataclass(frozen=True)
class BothReaders:
    """A `CutReader`: every cut of the rules stays as it is; the model may agree, disagree, or add."""

    asking: Asking
    settings: ModelSettings

    @property
    def activity(self) -> Activity:
        """How this reader is recorded."""
        return described("both", self.asking, self.settings, ["read_cuts", "look_again"])

    def key(self, sha256: str, edition: str) -> str:
        """See `CutReader.key`."""
        return key_of(self.activity, sha256, edition)

    def read(self, document: Document, paper: Paper, references: tuple[Reference, ...] | None = None) -> Reading:
        """See `CutReader.read`; raises `ModelError`."""
        return self.read_aloud(document, paper, references)[0]

    def read_aloud(
        self, document: Document, paper: Paper, references: tuple[Reference, ...] | None = None
    ) -> tuple[Reading, list[Proposed]]:
        """The reading, and all that the model said, before any gate."""
        proposals, unread = rules.read_rules(document)
        proposed, heard = self._proposed(document, proposals, unread, paper.id)
        found = compared(proposals, proposed)
        read = [span for piece, _ in heard.said for span in piece.spans]
        answered = [p.focus for p in found.added if not objection(document, p)]
        left = [u for u in unread if not any(overlap(u.span, span) for span in answered)]
        notes = _Notes(proposals, found, read)
        key = self.key(paper.sha256, paper.edition)
        shown = with_warnings(paper, heard)
        all_of_them = [*proposals, *found.added]
        reading = assembled(document, shown, references, all_of_them, left, self.activity, key, notes.of_group)
        return reading, proposed

    def _proposed(
        self, document: Document, proposals: Sequence[Proposal], unread: Sequence[Unread], paper: str
    ) -> tuple[list[Proposed], Heard]:
        """What the model says on the paper, and on the places that the rules did not understand."""
        first, again = prompt("read_cuts"), prompt("look_again")
        pieces = pieces_of(document, self.asking.options, first.instructions)
        set_aside = find_set_aside(document, paper, proposals, unread, [])
        puzzles = list(puzzling(document, set_aside, self.asking.options.piece))
        heard = [self.asking.ask(document, first, pieces), self.asking.ask(document, again, puzzles)]
        proposing = Proposing(document, Checks(document, proposals, unread))
        made = [proposing.of(*said) for one in heard for said in located(document, one)]
        return made, Heard(heard[0].said + heard[1].said, heard[0].unusable + heard[1].unusable)


def puzzling(document: Document, set_aside: Sequence[SetAside], limit: int) -> Iterator[Piece]:
    """The places that the rules did not understand, each in its sentence, with the words and the reason."""
    group: list[Span] = []
    noted: list[tuple[str, str]] = []
    section = ""
    for one in set_aside:
        if one.verdict != "not_understood":
            continue
        around = _around(document, one)
        title = one.section.rpartition(" > ")[2]
        size = sum(s.end - s.start for s in group) + around.end - around.start
        if group and (title != section or size > limit):
            yield Piece(section, tuple(group), tuple(noted))
            group, noted = [], []
        section = title
        if around not in group:
            group.append(around)
        noted.append((one.text, one.reason))
    if group:
        yield Piece(section, tuple(group), tuple(noted))


def _around(document: Document, one: SetAside) -> Span:
    if not one.sentence:
        return Span(one.start, one.end)
    start = document.text.rfind(one.sentence, 0, one.start + len(one.sentence))
    return Span(start, start + len(one.sentence)) if start >= 0 else Span(one.start, one.end)


class _Notes:
    """What is recorded on a cut: who read it, and what the model says of a cut of the rules."""

    def __init__(self, proposals: Sequence[Proposal], found: Comparison, read: Sequence[Span]) -> None:
        self.numbers = {id(proposal): number for number, proposal in enumerate(proposals)}
        self.found, self.read = found, read

    def of_group(self, group: Merged) -> dict[str, Json]:
        """The properties of the edge from the cut to the activity."""
        numbers = [self.numbers[id(p)] for p, _ in group.stated if id(p) in self.numbers]
        if not numbers:
            return {"by": "model"}
        against = list(dict.fromkeys(w for n in numbers for w in self.found.disputed.get(n, ())))
        agrees = any(n in self.found.agreed for n in numbers) or len(numbers) < len(group.stated)
        shown = any(overlap(span, p.quote) for p, _ in group.stated for span in self.read)
        says = "agrees" if agrees else "disagrees" if against else "silent" if shown else "not shown"
        return {"by": "rules and model" if agrees else "rules", "model": says, "model_reads": tuple(against)}


__all__ = ["BothReaders", "puzzling"]
