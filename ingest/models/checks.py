"""What keeps a model's cut from being verified, beyond the gate that is there for every reader.

The gate asks whether the numbers stand in the quote. A model can also turn a comparison round, give it to another
variable, or take a luminosity for a cut. So the comparison itself is looked for with the grammar of the rules: the
text must compare this variable, in this sense, with this number, and must not be known for something else. Strictness
(> or ≥) is as the text has it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.documents.document import Document, Span, Table
from ingest.models.spans import overlap
from ingest.reading import context
from ingest.reading.islands import Island, find_islands
from ingest.reading.proposal import Proposal, Unread
from ingest.reading.scope import Scope
from ingest.reading.setaside import verdict_of
from ingest.reading.spoken import Sentence
from ingest.reading.tables import why_not_requirements
from ingest.reading.token import Token
from ingest.reading.tokens import tokenise
from kg import vocabulary
from kg.records import json_value
from kg.vocabulary import covers

_TURNED = {">": "<=", ">=": "<", "<": ">=", "<=": ">", "in": "not_in", "not_in": "in"}
SENSE = {">": "above", ">=": "above", "<": "below", "<=": "below"}
"""The side of a number that a comparison lets pass; strictness is the text's."""
_COUNTS = ("count", "n_tracks", "n_primary_vertices")
_GAP = re.compile(r"(?i)\b(?:crack|transition|gap)\b")
_NEAR = 3  # sentences before, in which the object may stand


@dataclass(frozen=True, slots=True)
class Stated:
    """A comparison of the text: its sense, its values, its variable (None where it names none), whether a veto."""

    op: str
    island: Island
    variable: Token | None
    veto: bool


class Checks:
    """Holds proposals against the text that they are quoted from, and what the rules read there and set aside."""

    def __init__(self, document: Document, proposals: Sequence[Proposal], unread: Sequence[Unread]) -> None:
        self.document, self.proposals = document, proposals
        self.no_requirements = [u for u in unread if verdict_of(u.reason) == "no_requirement"]

    def judged(self, proposal: Proposal) -> Proposal:
        """The proposal with the strictness that the text has, or with the reason why it is doubted."""
        table = next((t for t in self.document.tables if t.start <= proposal.quote.start < t.end), None)
        if known := self._known_for(proposal):
            return replace(proposal, reason=known)
        if table is not None and (why := why_not_requirements(self.document, table)):
            return replace(proposal, reason=why)
        if not self._object_is_near(proposal, table):
            return replace(proposal, reason=f"nothing near it speaks of a {proposal.object}")
        if missing := self._condition_missing(proposal):
            return replace(proposal, reason=f"the condition {missing!r} does not stand near it")
        if isinstance(proposal.value, str):
            return self._of_words(proposal, table)
        stated = list(self._in_table(proposal) if table else self._in_sentence(proposal))
        return self._of_numbers(proposal, stated)

    def _known_for(self, proposal: Proposal) -> str:
        """What the rules know the number for, if it is no requirement."""
        focus = proposal.focus
        return next((u.reason for u in self.no_requirements if overlap(u.span, focus)), "")

    def _of_numbers(self, proposal: Proposal, stated: Sequence[Stated]) -> Proposal:
        here = [s for s in stated if _holds(s.island, proposal)]
        if not here:
            return replace(proposal, reason=f"the text compares nothing with {json_value(proposal.value)}")
        for one in here:
            op = _agreed(proposal, one)
            if op and _on_variable(proposal, one):
                named = one.variable is not None or proposal.variable in _COUNTS or self._names(proposal)
                if named:
                    return replace(proposal, op=op)
        if any(_on_variable(proposal, one) for one in here):
            return replace(proposal, reason=f"the text does not compare with it by {proposal.op}")
        return replace(proposal, reason=f"the text does not compare {proposal.variable} with it")

    def _of_words(self, proposal: Proposal, table: Table | None) -> Proposal:
        """A requirement by name: stated in a sentence of requirement that throws nothing away."""
        text = self.document.quote(proposal.quote)
        if proposal.op != "is" or proposal.veto:
            return replace(proposal, reason="a name that must not be, which only a person can judge")
        if not self._names(proposal):
            return replace(proposal, reason=f"the text does not name {proposal.variable}")
        if table is not None:
            return proposal
        section = context.section_without_selection(self.document.section_path(proposal.quote.start))
        if section or not context.is_requirement(text):
            return replace(proposal, reason="no word of requirement in the sentence")
        why = "a veto" if context.rejection_words(text) else context.why_not_a_cut(text, text)
        return replace(proposal, reason=f"not a requirement: {why}") if why else proposal

    def _in_sentence(self, proposal: Proposal) -> Iterator[Stated]:
        cited = tuple(c for c in self.document.citations if overlap(c, proposal.quote))
        scope = Scope(self.document.section_path(proposal.quote.start), self._before(proposal.quote), cited)
        sentence = Sentence(self.document.text, proposal.quote, scope)
        if not (context.is_requirement(sentence.text) or sentence.is_definition or sentence.only_counts):
            return
        for island in sentence.islands:
            read = [p for p in self.proposals if overlap(p.focus, sentence.span_of(island))]
            if read:  # by the rules, which know in what sense a range or a rejection is meant
                yield from (Stated(p.op, island, island.variable, p.veto) for p in read)
            elif island.kind != "range" or not self._left_out(sentence):
                op = _TURNED.get(island.op, island.op) if sentence.negated(island) else island.op
                yield Stated(op, island, island.variable, sentence.clauses.rejects(island.first))

    def _left_out(self, sentence: Sentence) -> bool:
        """Whether a range of the sentence may be one that is thrown away."""
        words = any(t.kind in ("OUTSIDE", "EXCEPT", "NO", "NOTMEMBER") for t in sentence.tokens)
        return words or bool(context.rejection_words(sentence.text)) or _GAP.search(sentence.text) is not None

    def _in_table(self, proposal: Proposal) -> Iterator[Stated]:
        """Comparisons in the cell; a header may state their variable, and their sense beside a bare number."""
        cells = [c for t in self.document.tables for c in t.cells if overlap(c, proposal.focus)]
        for cell in cells[:1]:
            tokens = tokenise(self.document.text, cell.start, cell.end)
            islands = find_islands(tokens, bare_brackets=True)
            yield from (Stated(i.op, i, i.variable, False) for i in islands)
            if not islands:
                heads = [t for h in proposal.headers[:-1] or proposal.headers for t in self._tokens(h)]
                relations = [t for t in heads if t.kind == "REL"]
                numbers = [t for t in tokens if t.number is not None]
                if len(relations) == len(numbers) == 1:
                    joined = find_islands([relations[0], *tokens])
                    yield from (Stated(i.op, i, None, False) for i in joined)

    def _object_is_near(self, proposal: Proposal, table: Table | None) -> bool:
        """Whether the object, or one that it is part of or stands for, is named in the text around."""
        if proposal.object == "event":
            return True
        spans = [proposal.quote, *proposal.headers]
        texts = [self.document.quote(s) for s in spans]
        named = {name for text in texts for name in _objects(text)}
        if not any(_fits(proposal.object, name) for name in named):
            before = self._before(proposal.quote) if table is None else ()
            titles = self.document.section_path(proposal.quote.start)[-1:]
            named = {name for text in (*before, *titles) for name in _objects(text)}
        return any(_fits(proposal.object, name) for name in named)

    def _condition_missing(self, proposal: Proposal) -> str:
        """A condition that no text around states, "" if all are stated."""
        titles = self.document.section_path(proposal.quote.start)
        spans = [proposal.quote, *proposal.headers]
        around = [*map(self.document.quote, spans), *self._before(proposal.quote), *titles]
        text = " ".join(" ".join(around).lower().split())
        named = {t.name for part in around for t in tokenise(part) if t.kind == "COND"}
        for phrase in filter(None, proposal.applies_when.split(", ")):
            if any(p not in named and p.lower() not in text for p in phrase.split(" or ")):
                return phrase
        return ""

    def _names(self, proposal: Proposal) -> bool:
        """Whether the variable is named in the quote or its headers."""
        spans = (proposal.quote, *proposal.headers)
        return any(t.kind == "VAR" and t.name == proposal.variable for s in spans for t in self._tokens(s))

    def _before(self, quote: Span) -> tuple[str, ...]:
        """The sentences before in the same paragraph, the nearest first."""
        block = next((b for b in self.document.blocks if b.start <= quote.start < b.end), None)
        if block is None:
            return ()
        inside = [s for s in self.document.sentences if block.start <= s.start and s.end <= quote.start]
        return tuple(self.document.quote(s) for s in reversed(inside[-_NEAR:]))

    def _tokens(self, span: Span) -> list[Token]:
        return tokenise(self.document.text, span.start, span.end)


def _holds(island: Island, proposal: Proposal) -> bool:
    """Whether the comparison has the proposal's numbers and unit, and is at the place that was quoted."""
    amounts = [a for a in (island.amount, island.upper) if a is not None]
    numbers = {n for a in amounts for n in (*a.values, a.alternative) if n is not None}
    values = proposal.value if isinstance(proposal.value, tuple) else (proposal.value,)
    unit = next((a.unit for a in reversed(amounts) if a.unit), "")
    start, end = min(a.start for a in amounts), max(a.end for a in amounts)
    here = start < proposal.focus.end and proposal.focus.start < end
    return here and all(v in numbers for v in values) and (not unit or unit == proposal.unit)


def _agreed(proposal: Proposal, stated: Stated) -> str:
    """The comparison as the text has it, if that is the sense in which the proposal compares; else ""."""
    op, wanted = stated.op, proposal.op
    senses = [(op, stated.veto)] + ([(_TURNED.get(op, op), False)] if stated.veto else [])
    for sense, veto in senses:
        if veto != proposal.veto:
            continue
        if sense == wanted or (sense in SENSE and SENSE[sense] == SENSE.get(wanted)):
            return sense
        upper = stated.island.upper
        if sense == "in" and upper is not None and not isinstance(proposal.value, tuple):
            if wanted in (">", ">=") and proposal.value == stated.island.amount.values[0]:
                return wanted
            if wanted in ("<", "<=") and proposal.value == upper.values[0]:
                return wanted
    return ""


def _on_variable(proposal: Proposal, stated: Stated) -> bool:
    """Whether the comparison is on that variable, as far as it names one."""
    if stated.island.kind == "count":
        thing = stated.island.thing
        return proposal.variable == "count" and thing is not None and _fits(proposal.object, thing.name)
    return proposal.variable != "count" and (stated.variable is None or stated.variable.name == proposal.variable)


def _objects(text: str) -> set[str]:
    tokens = tokenise(text)
    return {t.name for t in tokens if t.kind == "OBJ"} | {t.object for t in tokens if t.kind == "VAR" and t.object}


def _fits(thing: str, named: str) -> bool:
    members = vocabulary.objects()[thing].members if thing in vocabulary.objects() else ""
    return covers(named, thing) or (bool(members) and covers(named, members))


__all__ = ["SENSE", "Checks"]
