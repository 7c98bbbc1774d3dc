"""From a comparison to drafts of cuts: its variable, its object, and one draft for each value that it gives."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.reading.conditions import kind_of
from ingest.reading.islands import Amount, Island
from ingest.reading.mentions import Pair, both_flavours, find_lists
from ingest.reading.qualifiers import CHANNELS
from ingest.reading.spoken import Sentence
from ingest.reading.subjects import Subject
from ingest.reading.tokens import Token
from ingest.reading.variables import Variables
from kg import vocabulary

_RANKS = ("leading", "subleading", "third", "fourth")


@dataclass(frozen=True, slots=True)
class Draft:
    """A comparison with one value, its variable and its object. `reason` tells why the reader has doubts."""

    island: Island
    value: float | tuple[float, float]
    variable: Token | None
    subject: Subject | None
    conditions: tuple[str, ...] = ()
    reason: str = ""


class Drafts:
    """Makes the drafts of a sentence."""

    def __init__(self, sentence: Sentence) -> None:
        self.tokens, self.islands = sentence.tokens, sentence.islands
        self.pairs, self.subjects = sentence.pairs, sentence.subjects
        self.variables = Variables(sentence)

    def of(self, island: Island) -> Iterator[Draft]:
        """One draft for each value that the island gives: alternatives in parentheses and lists give several."""
        variable = self.variables.stated(island) or self.variables.nearest(island)
        amount = island.amount
        if island.kind == "range" or amount.alternative is not None:
            yield from self._with_alternative(island, variable)
        elif len(amount.values) > 1 and variable is not None and variable.name == "count":
            if self._has_or(island):
                yield self._either(island, variable)
        elif len(amount.values) > 1:
            yield from self._listed(island, variable)
        else:
            draft = Draft(island, amount.values[0], variable, self.subjects.of(island, variable))
            for each in self._of_both(draft):
                yield self._respectively(each)
            for other in self._coordinated(island, variable):
                yield Draft(island, amount.values[0], other, self.subjects.of(island, other))

    def _of_both(self, draft: Draft) -> Iterator[Draft]:
        """A single value after "electrons (muons) must have", which is that of both."""
        subject = draft.subject
        pairs = [p for p in self.pairs if p.stop <= draft.island.first and self.tokens[p.first].kind == "OBJ"]
        others = any(i.alternative is not None for i in self.islands)
        if subject is not None and pairs and others and subject.object == self.tokens[pairs[-1].second].name:
            last = [m.index for m in self.subjects.mentions if m.index < draft.island.first and not m.relative]
            if last and last[-1] == pairs[-1].second:
                yield replace(draft, subject=self.subjects.named(self.tokens[pairs[-1].first], subject))
        yield draft

    def _coordinated(self, island: Island, variable: Token | None) -> Iterator[Token]:
        """The other of "both p_T^miss and m_T below 20 GeV": a variable joined to that of a bare comparison."""
        if variable is None or island.variable is not None or variable not in self.tokens:
            return
        index = self.tokens.index(variable)
        before = [t for t in self.tokens[max(0, index - 3) : index] if t.kind != "LIGHT"]
        dimension = vocabulary.variables()[variable.name].dimension
        if (
            len(before) >= 2
            and before[-1].kind == "AND"
            and before[-2].kind == "VAR"
            and self.variables.fits(before[-2], dimension)
        ):
            yield before[-2]

    def _with_alternative(self, island: Island, variable: Token | None) -> Iterator[Draft]:
        """The value outside the parentheses and the one inside, each for what the sentence gives it to."""
        first, second = island.value, island.alternative
        subject = self.subjects.of(island, variable)
        if second is None:
            yield self._respectively(Draft(island, first, variable, subject))
            return
        pair = self._pair_for(island)
        if pair is None:
            reason = "a second value in parentheses, and nothing in the sentence that it belongs to"
            yield Draft(island, first, variable, subject, reason=reason)
            yield Draft(island, second, variable, subject, reason=reason)
            return
        for value, token in ((first, self.tokens[pair.first]), (second, self.tokens[pair.second])):
            draft = self._respectively(Draft(island, value, variable, subject))
            of_event = variable is not None and vocabulary.variables()[variable.name].object
            if token.kind == "OBJ" and of_event and token.name in CHANNELS:
                yield replace(draft, conditions=(*draft.conditions, CHANNELS[token.name]))
            elif token.kind == "OBJ":
                named = self.subjects.named(token, draft.subject)
                head = next((m.conditions for m in self.subjects.mentions if m.index == pair.first), ())
                yield replace(draft, subject=replace(named, conditions=(*named.conditions, *head)))
            elif token.kind == "VAR":
                yield replace(draft, variable=token, subject=self.subjects.of(island, token))
            else:
                others = {self.tokens[pair.first].name, self.tokens[pair.second].name}
                kept = tuple(c for c in (draft.subject.conditions if draft.subject else ()) if c not in others)
                trimmed = replace(draft.subject, conditions=kept) if draft.subject else None
                yield replace(draft, subject=trimmed, conditions=(*draft.conditions, token.name))

    def _pair_for(self, island: Island) -> Pair | None:
        """The "X (Y)" that a value with an alternative belongs to: behind it after "for", else the last one before."""
        after = [p for p in self.pairs if island.last <= p.first <= island.last + 6]
        if after and any(t.kind == "FOR" for t in self.tokens[island.last : after[0].first + 1]):
            return after[0]
        before = [p for p in self.pairs if p.stop <= island.first + 1]
        later = [p for p in self.pairs if p.first >= island.last]
        return before[-1] if before else later[0] if later else None

    def _listed(self, island: Island, variable: Token | None) -> Iterator[Draft]:
        """ "20, 15 and 10 GeV": one value for each of a list in the sentence, else for the objects ordered in p_T."""
        values = island.amount.values
        subject = self.subjects.of(island, variable)
        for kind in ("COND", "OBJ"):
            runs = find_lists(self.tokens, kind, len(values))
            if runs:
                run = min(runs, key=lambda r: abs(r[0] - island.first))
                for value, label in zip(values, self._labels(run), strict=True):
                    yield self._labelled(Draft(island, value, variable, subject), label)
                return
        if any(t.kind == "RESPECTIVELY" for t in self.tokens) and not self._ranked(values):
            reason = "several values, respectively, and nothing in the sentence that they belong to"
            yield Draft(island, values[0], variable, subject, reason=reason)
        elif len(values) <= len(_RANKS) and self._ranked(values):
            for value, rank in zip(values, _RANKS, strict=False):
                draft = Draft(island, value, variable, subject)
                yield self._labelled(draft, Token("COND", rank, 0, 0, rank))

    def _has_or(self, island: Island) -> bool:
        return any(t.kind == "OR" for t in self.tokens[island.first : island.last])

    def _labels(self, run: list[int]) -> list[Token]:
        """The tokens of a run; "electrons and muons" is one token and two labels."""
        token = self.tokens[run[0]]
        if len(set(run)) == 1 and len(run) == 2:
            return [replace(token, name=name) for name in both_flavours(token)]
        return [self.tokens[i] for i in run]

    def _ranked(self, values: tuple[float, ...]) -> bool:
        """True where falling values can only be those of the leading, subleading, … object."""
        falling = all(a > b for a, b in pairwise(values))
        ordered = any(t.kind == "THRESH" or (t.kind == "COND" and kind_of(t.name) == "rank") for t in self.tokens)
        counted = any(i.kind == "count" and i.amount.values[0] >= len(values) for i in self.islands)
        return falling and (ordered or counted)

    def _either(self, island: Island, variable: Token) -> Draft:
        """ "N = 1 or 2": a range of whole numbers."""
        low, high = min(island.amount.values), max(island.amount.values)
        return Draft(replace(island, op="in"), (low, high), variable, self.subjects.of(island, variable))

    def _respectively(self, draft: Draft) -> Draft:
        """ "p_T > 23 GeV and p_T > 12 GeV, respectively": the n-th island of a variable takes the n-th of a list."""
        if not any(t.kind == "RESPECTIVELY" for t in self.tokens) or draft.variable is None:
            return draft
        same = [
            i
            for i in self.islands
            if i.kind == draft.island.kind
            and i.op == draft.island.op
            and (i.variable.name if i.variable else draft.variable.name) == draft.variable.name
        ]
        if len(same) < 2 or draft.island not in same:
            return draft
        for kind in ("COND", "OBJ"):
            runs = find_lists(self.tokens, kind, len(same))
            if runs:
                return self._labelled(draft, self._labels(runs[0])[same.index(draft.island)])
        return draft

    def _labelled(self, draft: Draft, token: Token) -> Draft:
        if token.kind == "OBJ":
            return replace(draft, subject=self.subjects.named(token, draft.subject))
        subject = draft.subject
        if subject is not None:
            rivals = {t.name for t in self.tokens if t.kind == "COND"} | set(_RANKS)
            subject = replace(subject, conditions=tuple(c for c in subject.conditions if c not in rivals))
        return replace(draft, subject=subject, conditions=(*draft.conditions, token.name))

    def _without_unit(self, index: int) -> Island | None:
        """The 0.16 of "below 0.12 for electrons and 0.16 for muons"."""
        number, opener, thing = self.tokens[index : index + 3]
        if number.kind != "NUM" or number.number is None or opener.kind != "FOR" or thing.kind != "OBJ":
            return None
        models = [m for m in self.islands if m.kind == "bound" and m.last <= index and not m.amount.unit]
        if not models or any(i.first <= index < i.last for i in self.islands):
            return None
        between = [t.kind for t in self.tokens[models[-1].last : index] if t.kind != "LIGHT"]
        if between[:2] != ["FOR", "OBJ"] or between[2:] not in (["AND"], ["COMMA", "AND"], ["OR"], ["COMMA"]):
            return None
        model = models[-1]
        amount = Amount((number.number,), "", None, number.start, number.end)
        variable = self.variables.stated(model) or self.variables.nearest(model)
        return replace(model, first=index, last=index + 1, amount=amount, variable=variable)

    def ellipses(self) -> Iterator[Island]:
        """ "p_T > 7 GeV for electrons and 5 GeV for muons": the second amount shares the comparison of the first."""
        for i in range(1, len(self.tokens) - 3):
            number, unit, follows = self.tokens[i : i + 3]
            if plain := self._without_unit(i):
                yield plain
                continue
            if (
                number.kind != "NUM"
                or unit.kind != "UNIT"
                or follows.kind not in ("FOR", "VAR")
                or number.number is None
            ):
                continue
            if any(island.first <= i < island.last for island in self.islands):
                continue
            models = [m for m in self.islands if m.kind == "bound" and m.last <= i and m.amount.unit == unit.name]
            if models and self.tokens[i - 1].kind in ("AND", "OR", "COMMA", "STOP", "LIGHT"):
                model = models[-1]
                amount = Amount((number.number,), unit.name, None, number.start, unit.end)
                variable = follows if follows.kind == "VAR" else model.variable or self.variables.nearest(model)
                yield replace(model, first=i, last=i + 2, amount=amount, variable=variable)
