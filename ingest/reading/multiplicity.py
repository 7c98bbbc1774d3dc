"""How many: "at least four leptons", "no b jets", "at least one of which is b tagged", "a lepton veto"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from ingest.documents.document import Span
from ingest.reading import context
from ingest.reading.comparison import OPPOSITE, Comparisons
from ingest.reading.conditions import joined, kind_of
from ingest.reading.islands import Island
from ingest.reading.mentions import both_flavours, find_mentions, sorts_in
from ingest.reading.proposal import Proposal, Unread
from ingest.reading.spoken import Sentence
from ingest.reading.tokens import Token, tokenise
from kg import vocabulary

_NUMBERED = ("table", "tab", "ref", "section", "sec", "fig", "figure", "eq", "equation")
_HOLDING = ("with", "containing", "having", "contain", "contains", "including", "have", "has")


class Multiplicities:
    """Reads the counts of a sentence."""

    def __init__(self, sentence: Sentence, comparisons: Comparisons) -> None:
        self.sentence, self.comparisons = sentence, comparisons
        self.tokens, self.clauses, self.subjects = sentence.tokens, sentence.clauses, sentence.subjects

    def _ends_a_list(self, island: Island) -> bool:
        """True for the "≥ 3 b tags" of "0, 1, 2, ≥ 3 b tags": together they require nothing."""
        if any(i.last in (island.first - 1, island.first - 2) for i in self.sentence.islands):
            return False  # the number before belongs to another comparison
        near = [t for t in self.tokens[max(0, island.first - 4) : island.first] if t.kind not in ("AND", "OR")]
        if any(t.text.lower().rstrip("s.") in _NUMBERED for t in near):
            return False  # "the requirements of Table 1, and at least three jets"
        return [t.kind for t in near][-2:] in (["NUM", "COMMA"], ["NUMWORD", "COMMA"])

    def _held_by_events(self, before: str, island: Island) -> bool:
        """True for "events have exactly three leptons": said of events, with a word of comparison."""
        return island.word and re.search(r"(?i)\bevents? (?:\w+ )?(?:have|has|contain\w*|hold)\s*$", before) is not None

    def _of_a_type(self, island: Island) -> list[str]:
        """The types of "at least three of the muons are combined muons": which of the objects are counted."""
        if not any(t.kind == "LIGHT" and t.text.lower() == "of" for t in self.tokens[island.first : island.last]):
            return []
        found = []
        for token in self.tokens[island.last : island.last + 6]:
            if token.kind == "COND" and kind_of(token.name) == "type":
                found.append(token.name)
            elif token.kind not in ("LIGHT", "OR", "COMMA"):
                break
        return found

    def _leaves_a_gap(self, island: Island) -> bool:
        """True for "one or three tracks": two is neither."""
        if island.upper is None or not any(t.kind == "OR" for t in self.tokens[island.first : island.last]):
            return False
        return island.upper.values[0] - island.amount.values[0] > 1

    def _counts_triggers(self, island: Island) -> bool:
        """True for "at least one of the single-lepton, dilepton and trilepton triggers"."""
        for token in self.tokens[island.last : island.last + 8]:
            if token.kind == "VAR" and token.name == "trigger":
                return True
            if token.kind not in ("OBJ", "COMMA", "AND", "OR", "COND", "WORD", "DASH"):
                return False
        return False

    def _is_definite(self, island: Island) -> bool:
        """True for "the three leading leptons", "one of the two leptons": known objects, not a requirement."""
        before = self.tokens[max(0, island.first - 1) : island.first]
        partitive = any(t.kind == "LIGHT" and t.text.lower() == "of" for t in self.tokens[island.first : island.last])
        ranked = partitive or any(
            kind_of(t.name) == "rank" for t in self.tokens[island.first : island.last] if t.kind == "COND"
        )
        last_words = [t.text.lower().split()[-1] for t in before]
        return ranked or any(w in ("the", "these", "those", "their", "each", "both", "all") for w in last_words)

    def read(self, island: Island) -> Proposal | Unread:
        """The proposal of one count, or why it is none."""
        assert island.thing is not None
        subject = self.subjects.counted(island)
        thing, variable = subject.object, "count"
        number, focus = island.value, self.sentence.span_of(island)
        if self._leaves_a_gap(island):
            return Unread(focus, "one number or another, which is no range")
        if self._ends_a_list(island):
            return Unread(focus, "the last of a list of multiplicities")
        inside = self.tokens[island.first : island.last]
        if thing == "jet" and any(t.kind == "WORD" and t.text.lower() == "tagged" for t in inside):
            return Unread(focus, "jets tagged as something that the vocabulary does not know")
        if self._counts_triggers(island):
            return Unread(focus, "a number of triggers, not of objects")
        if not island.word and self._is_definite(island):
            return Unread(focus, "a number of objects that the text has introduced before")
        types = self._of_a_type(island)
        before, behind = self.clauses.halves(island.first, island.last)
        listed = self.sentence.scope.listed and island.word
        governed = listed or self.sentence.only_counts or bool(types) or self._held_by_events(before, island)
        if not governed and not context.governs_count(before, behind):
            return Unread(focus, "a number of objects that is no requirement")
        if thing == "event":
            return Unread(focus, "a number of events")
        if thing == "vertex":
            thing, variable = "event", "n_primary_vertices"
        if thing == "track" and any(t.kind == "OBJ" and t.name == "vertex" for t in self.tokens[: island.first]):
            thing, variable = "vertex", "n_tracks"
        veto = self.clauses.rejects(island.first)
        negated = self.sentence.negated(island)
        _, stop = self.clauses.bounds(island.first)
        if veto and any(i.kind != "count" and island.last <= i.first < stop for i in self.sentence.islands):
            return Unread(focus, "part of what is rejected")
        conditions = (*subject.conditions, *types, *self.sentence.shared(focus), *self.comparisons.restricted(island))
        op = island.op if island.word or number == 0 else vocabulary.objects()[island.thing.name].bare_count
        if not island.word and self.sentence.speaks_of_trigger and op == "==" and number:
            op = ">="  # a trigger that requires two leptons fires on three
        op = OPPOSITE.get(op, op) if negated else op
        sorts = [*self._sorts_behind(island), *_of_such(self.sentence, thing, inside)]
        missing = veto and (op, number) == ("==", 0)
        if missing:  # "events without a pair are discarded": there must be one
            op, number, veto = ">=", 1.0, False
        text = joined([*conditions, *sorts])
        return Proposal(thing, variable, op, number, "", text, veto, self.sentence.span, focus, implied=missing)

    def _sorts_behind(self, island: Island) -> list[str]:
        """The sort of "one pair of leptons of the same flavour and opposite charge"."""
        assert island.thing is not None
        is_pair = island.paired or vocabulary.objects()[island.thing.name].is_pair
        return self.subjects.sorts_behind(island.last - 1, verbs=True) if is_pair else []


def find_wordy_counts(sentence: Sentence) -> Iterator[Proposal]:
    """Counts that are not written as a number of objects."""
    yield from _veto_nouns(sentence)
    yield from _vetoes_on(sentence)
    yield from _tagged_counts(sentence)
    yield from _vetoed_objects(sentence)


def _none_of(sentence: Sentence, thing: str, conditions: Iterable[str], focus: Span) -> Proposal:
    """That there must be none of the objects; "an additional veto lepton" is one of the veto leptons."""
    named = list(conditions)
    classed = any(c in ("veto", "loose") for c in named)
    text = joined([*(c for c in named if c != "additional" or not classed), *sentence.shared(focus)])
    return Proposal(thing, "count", "==", 0.0, "", text, False, sentence.span, focus, implied=True)


def _imposes_vetoes(sentence: Sentence) -> bool:
    return context.is_strong(sentence.text) or " applied" in sentence.text or " imposed" in sentence.text


def _veto_nouns(sentence: Sentence) -> Iterator[Proposal]:
    """ "A b-jet veto is applied": there must be none of the objects."""
    if not _imposes_vetoes(sentence):
        return
    for thing, token in pairwise(sentence.tokens):
        if thing.kind == "OBJ" and token.text.lower() == "veto" and thing.name not in ("event", "vertex"):
            yield _none_of(sentence, thing.name, (), Span(thing.start, token.end))


def _vetoes_on(sentence: Sentence) -> Iterator[Proposal]:
    """ "A veto on hadronic taus is applied": the same with the object behind."""
    if not _imposes_vetoes(sentence):
        return
    for index, token in enumerate(sentence.tokens[:-2]):
        if token.text.lower() != "veto" or sentence.tokens[index + 1].text.lower() != "on":
            continue
        near = [m for m in sentence.subjects.mentions if index < m.index <= index + 6]
        found = [m for m in near if m.object not in ("event", "vertex")]
        if found and not any(i.first > index for i in sentence.islands):
            focus = Span(token.start, sentence.tokens[found[0].index].end)
            yield _none_of(sentence, found[0].object, found[0].conditions, focus)


def _tagged_counts(sentence: Sentence) -> Iterator[Proposal]:
    """ "at least one of which is b tagged", "both jets to be tagged": how many of the jets are b jets."""
    tokens, clauses, span = sentence.tokens, sentence.clauses, sentence.span
    for index, token in enumerate(tokens):
        both = token.text.lower() == "both"
        if token.kind != "NUMWORD" and not both:
            continue
        behind = tokens[index + 1 : index + 8]
        around = [*behind[:3], *tokens[max(0, index - 4) : index]]
        pronoun = any(w in ("which", "them", "these") for t in around for w in t.text.lower().split())
        jets = any(t.kind == "OBJ" and t.name == "jet" for t in behind[:2])
        of = [t for t in behind[:1] if t.text.lower() == "of"]
        pronoun = pronoun or (bool(of) and any(t.kind == "OBJ" and t.name == "jet" for t in behind[:4]))
        tagged = next((t for t in behind if t.text.lower() == "tagged" or t.name == "btag"), None)
        if (
            tagged is None
            or not (pronoun or (both and jets))
            or not (sentence.scope.listed or context.is_strong(clauses.around(index)))
        ):
            continue
        relation = next((t.name for t in tokens[max(0, index - 1) : index] if t.kind == "REL"), "==" if both else ">=")
        number = 2.0 if both else token.number
        grade = [t.name.lower() for t in tokens[index : index + 16] if t.kind == "WP"][:1]
        if number is not None:
            focus = Span(token.start, tagged.end)
            yield Proposal(
                "bjet",
                "count",
                relation,
                number,
                "",
                joined([*grade, *sentence.shared(focus)]),
                False,
                span,
                focus,
                implied=both,
            )


def _vetoed_objects(sentence: Sentence) -> Iterator[Proposal]:
    """ "reject events where such a lepton is found": there must be none."""
    tokens, clauses = sentence.tokens, sentence.clauses
    for at, ahead in clauses.rejections:
        first, stop = clauses.bounds(at)
        near = [t for t in (tokens[max(0, at - 3) : at + 4] if ahead else tokens[first:at]) if t.kind == "OBJ"]
        if not any(t.name == "event" for t in (near if ahead else near[:1])):
            continue
        joins = [i + 2 for i in range(first, at - 2) if tokens[i].kind == "COMMA" and tokens[i + 1].kind == "AND"]
        first = max([first, *joins])
        reach = range(at, stop) if ahead else range(first, at)
        if any(i.first in reach for i in sentence.islands):
            continue  # a comparison says what is rejected
        found = [m for m in sentence.subjects.mentions if m.index in reach and m.object != "event" and not m.relative]
        if not found or not (ahead or any(t.text.lower() in _HOLDING for t in tokens[first:at])):
            continue
        mention = found[0]
        focus = Span(tokens[mention.index].start, tokens[mention.index].end)
        before = [t.text.lower() for t in tokens[max(0, mention.index - 2) : mention.index]]
        own = mention.conditions
        if any("veto" in m.conditions for m in found[1:]):
            own = (*(c for c in own if c != "additional"), "veto")  # "… that satisfies the criteria for veto leptons"
        if "such" in before:
            own = next((m.conditions for m in sentence.subjects.mentions if m.object == mention.object), own)
        for thing in both_flavours(tokens[mention.index]) or [mention.object]:
            yield _none_of(sentence, thing, own, focus)


def _of_such(sentence: Sentence, thing: str, inside: Iterable[Token]) -> list[str]:
    """The sort of pair that "such a pair" takes up from the sentences before."""
    if not any(t.text.lower() == "such" for t in inside):
        return []
    for earlier in sentence.scope.previous:
        tokens = tokenise(earlier)
        if any(m.object == thing for m in find_mentions(tokens)):
            return sorts_in(tokens)
    return []
