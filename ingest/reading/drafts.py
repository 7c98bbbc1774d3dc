"""From a comparison to drafts of cuts: its variable, its object, and one draft for each value that it gives."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.reading.conditions import RANKS, kind_of
from ingest.reading.cones import over_pt
from ingest.reading.flavours import PAIRS
from ingest.reading.islands import Island
from ingest.reading.labels import Pair, find_lists, find_pairs, labels_of, names_channels
from ingest.reading.mentions import graded_class
from ingest.reading.pairing import PAIR_VARIABLES
from ingest.reading.qualifiers import CHANNELS
from ingest.reading.roles import OF_THE_PAIR
from ingest.reading.spoken import Sentence
from ingest.reading.subject import Subject, subject_of
from ingest.reading.tokens import Token, tokenise
from ingest.reading.variables import Variables
from kg import units, vocabulary

_IN_ORDER = ("decreasing", "descending", "ordered", "sorted", "falling", "order")

_THE_ONE = ("one", "that", "with", "from", "of", "for", "using", "in")


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
        self.parallels, self.subjects = sentence.parallels, sentence.subjects
        self.variables, self.previous = Variables(sentence), sentence.scope.previous

    def of(self, island: Island) -> Iterator[Draft]:
        """One draft for each value that the island gives: alternatives in parentheses and lists give several."""
        variable = self.variables.of(island)
        amount = island.amount
        if island.kind == "range" or amount.alternative is not None:
            yield from self._with_alternative(island, variable)
        elif len(amount.values) > 1 and variable is not None and variable.name == "count":
            if self._has_or(island):
                yield self._either(island, variable)
        elif len(amount.values) > 1:
            yield from self._listed(island, variable)
        else:
            yield from self._parallel(Draft(island, amount.values[0], variable, self.subjects.of(island, variable)))
            for other in self._coordinated(island, variable):
                yield Draft(island, amount.values[0], other, self.subjects.of(island, other))

    def _parallel(self, draft: Draft) -> Iterator[Draft]:
        """One value: for its side of "electrons (muons)", or for both of them."""
        side = self.parallels.of(draft.island.first)
        if side is not None and side.pair is not None:
            yield self._for_label(draft, side.pair, side.label)
            return
        if side is not None and draft.subject is not None and len(each := draft.subject.each()) == 2:
            yield replace(draft, subject=each[side.label])
            return
        labelled = self._respectively(draft)
        if labelled is draft and (rank := self._in_order(draft)):
            yield self._labelled(draft, Token("COND", rank, 0, 0, rank))
        elif labelled is draft and draft.subject is not None:
            yield from (replace(draft, subject=each) for each in draft.subject.each())
        else:
            yield labelled

    def _coordinated(self, island: Island, variable: Token | None) -> Iterator[Token]:
        """The other of "both p_T^miss and m_T below 20 GeV": a variable joined to that of a bare comparison."""
        at = (
            None
            if variable is None
            else next((k for k, t in enumerate(self.tokens) if t.start == variable.start), None)
        )
        if variable is None or at is None or self.tokens[at].kind != "VAR":
            return
        between = ("LIGHT", "WORD", "DASH")  # "… and the calorimeter-based isolation E_T^cone20"
        near = self.tokens[max(0, at - 7) : at]
        before = [t for t in near if t.kind not in between and not (t.kind == "VAR" and t.name == "isolation")]
        before = [t for t in before if t.text.lower() not in _THE_ONE]  # "… and the one with the track momenta"
        if len(before) < 2 or before[-1].kind != "AND" or before[-2].kind != "VAR":
            return
        first = self.tokens.index(before[-2])
        both = any(t.text.lower() == "both" for t in self.tokens[max(0, first - 4) : first])
        around = self.tokens[at + 1 : island.last + 1]  # "… are both less than", "… below 0.15 each"
        both = both or any(w in ("both", "each") for t in around for w in t.text.lower().split())
        isolates = all(vocabulary.family_of(t.name) == "isolation" for t in (before[-2], variable))
        if island.variable is not None and not both and not isolates:
            return  # "both p_T^cone20 and E_T^cone20 must be below …"
        divided = over_pt(before[-2]) if self.tokens[at].name != variable.name else None  # both are shares of the p_T
        if self.variables.fits(divided or before[-2], vocabulary.variables()[variable.name].dimension):
            yield divided or before[-2]

    def _with_alternative(self, island: Island, variable: Token | None) -> Iterator[Draft]:
        """The value outside the parentheses and the one inside, each for what the sentence gives it to."""
        first, second = island.value, island.alternative
        subject = self.subjects.of(island, variable)
        if second is None:
            yield from self._parallel(Draft(island, first, variable, subject))
            return
        pair = self.parallels.pair_for(island.first, island.last)
        if pair is None and subject is not None and len(subject.each()) == 2:  # "They must have |η| < 2.47 (2.5)"
            yield from (Draft(island, v, variable, s) for v, s in zip((first, second), subject.each(), strict=True))
            return
        if pair is None:
            reason = "a second value in parentheses, and nothing in the sentence that it belongs to"
            yield Draft(island, first, variable, subject, reason=reason)
            yield Draft(island, second, variable, subject, reason=reason)
            return
        for label, value in enumerate((first, second)):
            yield self._near_label(self._for_label(Draft(island, value, variable, subject), pair, label), pair, label)

    def _for_label(self, draft: Draft, pair: Pair, label: int) -> Draft:
        """The draft as that of one of the two that "electrons (muons)", "the leading (subleading) jet" names."""
        draft, variable = self._respectively(draft), draft.variable
        token = self.tokens[pair.second if label else pair.first]
        of_event = variable is not None and vocabulary.variables()[variable.name].object
        if token.kind == "OBJ" and token.name in CHANNELS and (of_event or names_channels(self.tokens, pair)):
            rest = tuple(c for c in (draft.subject.conditions if draft.subject else ()) if c not in CHANNELS.values())
            trimmed = replace(draft.subject, conditions=rest) if draft.subject else None
            return replace(draft, subject=trimmed, conditions=(*draft.conditions, CHANNELS[token.name]))
        if token.kind == "OBJ" and draft.subject is not None and self._is_measured_from(pair):
            rest = tuple(c for c in draft.subject.conditions if not c.startswith("to "))
            return replace(draft, subject=replace(draft.subject, conditions=(*rest, f"to {token.name}")))
        if token.name in PAIRS and variable is not None and variable.name in PAIR_VARIABLES:
            kept = draft.subject.conditions if draft.subject else ()
            of_pair = (*(c for c in kept if c not in PAIRS.values()), PAIRS[token.name])
            return replace(draft, subject=Subject("dilepton", of_pair))
        if token.kind == "OBJ":
            named = self.subjects.named(token, draft.subject)
            head = next((m.conditions for m in self.subjects.mentions if m.index == pair.first), ())
            return replace(draft, subject=replace(named, conditions=(*named.conditions, *head)))
        if token.kind == "VAR":
            subject = self.subjects.of(draft.island, token)
            if subject is not None and len(subject.parallel) == 2:
                subject = replace(subject, object=subject.parallel[label], parallel=())
            return replace(draft, variable=token, subject=subject)
        if token.kind == "WP":
            token = replace(token, name=graded_class(token))
        others = {self.tokens[pair.first].name, self.tokens[pair.second].name}
        kept = tuple(c for c in (draft.subject.conditions if draft.subject else ()) if c not in others)
        trimmed = replace(draft.subject, conditions=kept) if draft.subject else None
        return replace(draft, subject=trimmed, conditions=(*draft.conditions, token.name))

    def _near_label(self, draft: Draft, own: Pair, label: int) -> Draft:
        """The draft as one to the electron in "an electron (jet) within ΔR = 0.1 (0.2) of a muon (electron)"."""
        for pair in find_pairs(self.tokens) if label and draft.subject is not None else ():
            first, second = self.tokens[pair.first], self.tokens[pair.second]
            told = draft.subject.conditions if draft.subject is not None else ()
            if pair == own or first.kind != "OBJ" or f"to {first.name}" not in told or not self._is_measured_from(pair):
                continue
            swapped = tuple(f"to {second.name}" if c == f"to {first.name}" else c for c in told)
            return replace(draft, subject=replace(draft.subject, conditions=swapped)) if draft.subject else draft
        return draft

    def _is_measured_from(self, pair: Pair) -> bool:
        """True for "separated from muons (jets)"."""
        return any(m.relative for m in self.subjects.mentions if m.index == pair.first)

    def _listed(self, island: Island, variable: Token | None) -> Iterator[Draft]:
        """ "20, 15 and 10 GeV": one value for each of a list in the sentence, else for the objects ordered in p_T."""
        values = island.amount.values
        subject = self.subjects.of(island, variable)
        for kind in ("COND", "OBJ"):
            runs = find_lists(self.tokens, kind, len(values))
            if runs:
                run = min(runs, key=lambda r: abs(r[0] - island.first))
                for value, label in zip(values, labels_of(self.tokens, run), strict=True):
                    yield self._labelled(Draft(island, value, variable, subject), label)
                return
        opens = self.tokens[island.first].kind == "VAR"  # "p_T^cone20 and E_T^cone20 below 10% and 12% of its p_T"
        told = self.tokens[: island.first + opens]
        if self._takes_up_ratios():  # "… are divided by its E_T. These ratios must be less than 0.065 and 0.05"
            told = [t for t in tokenise(self.previous[0]) if over_pt(t) is not None]
        named = [run for run in find_lists(told, "VAR", len(values)) if all(self._fits(told[i], island) for i in run)]
        own = [island.variable] if island.variable is not None else []
        symbols = [t for t in [*self.tokens[: island.first], *own] if t.kind == "VAR"]
        symbols = [t for t in symbols if variable is not None and t.name == variable.name]
        if len({t.condition for t in symbols} - {""}) == len(symbols) == len(values):  # "p_T^γ1 and p_T^γ2"
            for value, symbol in zip(values, symbols, strict=True):
                yield from self._parallel(Draft(island, value, symbol, self.subjects.of(island, symbol)))
            return
        if named and any(t.kind == "RESPECTIVELY" for t in self.tokens):
            for value, label in zip(values, labels_of(told, named[-1]), strict=True):
                divided = over_pt(label) or label
                yield from self._parallel(Draft(island, value, divided, self.subjects.of(island, divided)))
            return
        ranks = RANKS[: len(values)]  # "each of the three leading jets must exceed 0.5, 0.5 and 0.3"
        ranked = {c for c in subject.conditions if kind_of(c) == "rank"} if subject is not None else set()
        two = subject is not None and OF_THE_PAIR in subject.conditions and not ranked and len(values) == 2
        if subject is not None and (set(ranks) == ranked or two):
            rest = tuple(c for c in subject.conditions if c not in ranks)
            for value, rank in zip(values, ranks, strict=True):
                yield Draft(island, value, variable, replace(subject, conditions=rest), (rank,))
        elif any(t.kind == "RESPECTIVELY" for t in self.tokens) and not self._ranked(values, variable):
            reason = "several values, respectively, and nothing in the sentence that they belong to"
            yield Draft(island, values[0], variable, subject, reason=reason)
        elif len(values) <= len(RANKS) and self._ranked(values, variable):
            for value, rank in zip(values, RANKS, strict=False):
                draft = Draft(island, value, variable, subject)
                yield self._labelled(draft, Token("COND", rank, 0, 0, rank))

    def _takes_up_ratios(self) -> bool:
        """True for "these ratios must be …" after a sentence that divides isolations by a momentum."""
        opening = " ".join(t.text.lower() for t in self.tokens[:3])
        return (
            bool(self.previous)
            and re.match(r"(?:these|the|both) (?:two )?(?:ratios|quotients|fractions)\b", opening) is not None
        )

    def _fits(self, variable: Token, island: Island) -> bool:
        """Whether the number can be one of the variable, or of its ratio to p_T."""
        return self.variables.fits(over_pt(variable) or variable, units.dimension(island.amount.unit))

    def _has_or(self, island: Island) -> bool:
        return any(t.kind == "OR" for t in self.tokens[island.first : island.last])

    def _ranked(self, values: tuple[float, ...], variable: Token | None) -> bool:
        """True where falling values can only be those of the leading, subleading, … object."""
        falling = all(a > b for a, b in pairwise(values))
        ordered = any(t.kind == "THRESH" or (t.kind == "COND" and kind_of(t.name) == "rank") for t in self.tokens)
        ordered = ordered or any(t.text.lower() in _IN_ORDER for t in self.tokens)
        ordered = ordered or (variable is not None and variable.name == "pt_over_mass")
        counted = any(i.kind == "count" and i.amount.values[0] >= len(values) for i in self.islands)
        return falling and (ordered or counted)

    def _in_order(self, draft: Draft) -> str:
        """The "subleading" of "the two photons must have E_T > 31 GeV and E_T > 22 GeV"; "" if not in order."""
        run = [draft.island]
        if draft.subject is None or draft.island not in self.islands or not self._is_lower_momentum(draft.island):
            return ""
        at = self.islands.index(draft.island)
        for others, ahead in ((self.islands[at + 1 :], True), (self.islands[:at][::-1], False)):
            for other in others:
                left, right = (run[-1], other) if ahead else (other, run[0])
                joined = all(t.kind in ("AND", "COMMA", "LIGHT") for t in self.tokens[left.last : right.first])
                if not joined or not self._is_lower_momentum(other):
                    break
                run = [*run, other] if ahead else [other, *run]
        values = tuple(i.amount.values[0] for i in run)
        falling = len(run) > 1 and all(a > b for a, b in pairwise(values))
        told = OF_THE_PAIR in draft.subject.conditions or self._are(draft.subject.object, len(run))
        return RANKS[run.index(draft.island)] if falling and told else ""

    def _is_lower_momentum(self, island: Island) -> bool:
        """True for a single lower bound on a momentum."""
        variable = self.variables.of(island)
        single = island.kind == "bound" and len(island.amount.values) == 1 and island.alternative is None
        return single and island.op[:1] == ">" and variable is not None and variable.name in ("pt", "et")

    def _are(self, thing: str, number: int) -> bool:
        """True if the sentence speaks of that many of the objects: "the two photons"."""
        named = [(self.tokens, m.index) for m in self.subjects.mentions if m.object == thing]
        for tokens in [tokenise(text) for text in self.previous[:1]] if not named else []:
            named += [(tokens, i) for i, t in enumerate(tokens) if t.kind == "OBJ" and t.name == thing]
        return any(t.number == number for tokens, i in named for t in tokens[max(0, i - 3) : i])

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
            and self._named(i, draft.variable) == draft.variable.name
        ]
        alike = [i for i in self.islands if i.kind != "count"]
        alike = [i for i in alike if i.variable is None or self._named(i, draft.variable) == draft.variable.name]
        if len(alike) > len(same) and draft.island in alike and (runs := find_lists(self.tokens, "COND", len(alike))):
            return self._labelled(draft, labels_of(self.tokens, runs[0])[alike.index(draft.island)])
        run = self._in_a_row(draft.island, same)
        same = run if 1 < len(run) < len(same) else same
        if len(same) < 2 or draft.island not in same:
            return draft
        for kind in ("COND", "OBJ"):
            runs = find_lists(self.tokens, kind, len(same))
            if runs:
                return self._labelled(draft, labels_of(self.tokens, runs[0])[same.index(draft.island)])
        before = [m for m in self.subjects.mentions if m.index < same[0].first and not m.relative]
        spoken = [m for m in before if m not in self.subjects.trailing] or before
        last = {m.object: m for m in spoken}
        if len(last) == len(same):  # "electrons must have … and muons …, with |η| < 2.47 and |η| < 2.5, respectively"
            return replace(draft, subject=subject_of(list(last.values())[same.index(draft.island)]))
        return draft

    def _in_a_row(self, island: Island, same: list[Island]) -> list[Island]:
        """The comparisons around one that only "and" joins: "the second and third p_T > 60 GeV and p_T > 40 GeV"."""
        if island not in same:
            return []
        run: list[Island] = []
        for other in same:
            joined = run and all(t.kind in ("AND", "COMMA", "LIGHT") for t in self.tokens[run[-1].last : other.first])
            if not joined and island in run:
                break
            run = [*run, other] if joined else [other]
        return run

    def _named(self, island: Island, default: Token) -> str:
        """The variable that the comparison names itself: of "p_T > 0.35 m_γγ" the ratio of the two."""
        stated = self.variables.stated(island) if island.kind != "count" else island.variable
        return (stated or default).name

    def _labelled(self, draft: Draft, token: Token) -> Draft:
        if token.kind == "OBJ":
            return replace(draft, subject=self.subjects.named(token, draft.subject))
        subject = draft.subject
        if subject is not None:
            rivals = {t.name for t in self.tokens if t.kind == "COND"} | set(RANKS)
            subject = replace(subject, conditions=tuple(c for c in subject.conditions if c not in rivals))
        return replace(draft, subject=subject, conditions=(*draft.conditions, token.name))
