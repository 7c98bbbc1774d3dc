"""From a draft to a proposal: the sense of a comparison (required or thrown away) and its conditions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from ingest.documents.document import Span
from ingest.reading import context
from ingest.reading.clearance import clear_of, nothing_near
from ingest.reading.conditions import joined, kind_of, parts
from ingest.reading.drafts import Draft, Drafts
from ingest.reading.excluded import is_crack, is_doubtful, is_left_out, of_calorimeter
from ingest.reading.flavours import PAIRS
from ingest.reading.forbidden import class_of_none, forbidden_by, is_of_pair
from ingest.reading.harder import counted_before
from ingest.reading.islands import Island, wording, wordings
from ingest.reading.isolations import meant, of_flavour
from ingest.reading.named_selection import named_selection
from ingest.reading.overlapping import denies, thrown_away, too_close
from ingest.reading.pairing import PAIR_VARIABLES
from ingest.reading.points import is_point, point_behind, point_condition
from ingest.reading.proposal import Proposal, Unread
from ingest.reading.restrictions import is_case_behind, is_trailing, opens_aside
from ingest.reading.spoken import Sentence
from ingest.reading.subject import Subject
from ingest.reading.tagged_places import is_of_forbidden
from ingest.reading.tokens import Token
from ingest.reading.vetoed import of_vetoed, rejects_events
from ingest.reading.working_points import begins_anew, nouns_of
from ingest.reading.zmass import differs_at, is_from_z_mass, is_window
from kg import units, vocabulary

_BINS = re.compile(r"(?i)\bbins?:|\b(?:define|divided|split)\b[^.]*\bbins?\b")
_CLASSIFIED = re.compile(r"\bas (signal|baseline|loose|veto)(?: \w+)? (?:if|when|provided)\b")
_USED_HERE = re.compile(r"(?i)\b(?:is|are) (?:used|chosen|adopted)\b")
# "electrons must satisfy the loose working point (p_T^cone30 < …)"
_SATISFIED = re.compile(
    r"(?i)\b(?:must|ha(?:ve|s) to|required to|needs? to)\s(?:\w+\s)?(?:satisfy|pass|fulfil+|meet)\b"
    r"[^.;,]*\b(?:points?|criteri\w+|requirements?|isolation|WP)\b"
)
_NO_TWO = re.compile(r"(?i)\b(?:no|neither) two\b(?![^.;]*\bnot\b)")
_NARROW = "a range as narrow as a gap between two calorimeters that seems to be asked for, not left out"
_NEAR = "objects that seem to be asked to be near others, as overlapping ones are thrown away"
_APART = ("electron", "muon", "lepton", "tau", "photon", "jet", "bjet")
OPPOSITE = {">": "<=", ">=": "<", "<": ">=", "<=": ">"}
_NEGATED = {**OPPOSITE, "in": "not_in", "not_in": "in"}


def _identifies(token: Token) -> bool:
    """True for the identification of "pass the Loose identification", which is no class of isolated objects."""
    return (token.kind == "VAR" and token.name == "identification") or token.text.lower().startswith(
        ("identif", "quality", "likelihood")
    )


_QUARTETS = {"N(muon) == 4": "4μ channel", "N(electron) == 4": "4e channel"}  # "if it consists of four muons"


class Comparisons:
    """Reads the comparisons of a sentence that are no counts."""

    def __init__(self, sentence: Sentence) -> None:
        self.sentence, self.drafts = sentence, Drafts(sentence)
        self.tokens, self.clauses = sentence.tokens, sentence.clauses

    def read(self, island: Island) -> Iterator[Proposal | Unread]:
        """The proposals of one comparison, or why it gives none."""
        for draft in self.drafts.of(island):
            draft, stated = self._as_defined(draft)
            made = self._proposal(draft)
            if isinstance(made, Proposal) and stated is not None:
                made = replace(made, headers=(*made.headers, stated))
            if isinstance(made, Proposal):
                yield from self._as_object_veto(made, island)
            else:
                yield made

    def _as_defined(self, draft: Draft) -> tuple[Draft, Span | None]:
        """The draft with "isolation" as the variable that another sentence says it is, and that sentence."""
        if draft.variable is None or draft.subject is None:
            return draft, None
        at = next((k for k, t in enumerate(self.tokens) if t is draft.variable), draft.island.last)
        start = max((i.last for i in self.sentence.islands if i.last <= at), default=0)
        label = " ".join(t.text for t in self.tokens[start : at + 1])
        value = draft.value[-1] if isinstance(draft.value, tuple) else draft.value
        known, unit = self.sentence.scope.isolations, draft.island.amount.unit
        if draft.island.variable is None:
            one = of_flavour(known, draft.variable, draft.subject.object, self.sentence.span)
            draft = replace(draft, variable=one)
        assert draft.variable is not None
        assert draft.subject is not None
        found = meant(known, draft.variable, label, draft.subject.object, unit, value)
        return (draft, None) if found is None else (replace(draft, variable=found[0]), found[1])

    def restricted(self, island: Island) -> list[str]:
        """The comparisons that say for which objects this one holds: "for jets with p_T < 60 GeV"."""
        first, stop = self.clauses.bounds(island.first)
        told = [r for r in self.sentence.restrictions if first <= r.first < stop and self._binds(r, island)]
        return [_QUARTETS.get(said, said) for island in told for said in self._wordings(island)]

    @staticmethod
    def _cases(variable: str, restricted: list[str], conditions: Sequence[str]) -> list[str]:
        """The restrictions, "two electrons" as the pair that they are where a comparison is on its mass."""
        if variable not in PAIR_VARIABLES:
            return restricted
        cases = {f"N({thing}) == 2": pair for thing, pair in PAIRS.items()}
        return [c for c in (cases.get(r, r) for r in restricted) if c not in conditions]

    def _binds(self, restriction: Island, island: Island) -> bool:
        """A condition binds what follows, and what is before it only by "for" or "if"; in parentheses the last."""
        islands, restrictions = self.sentence.islands, self.sentence.restrictions
        if restriction in self.sentence.exempt:
            return False
        if restriction in self.sentence.eta_cases:
            return island.first <= self.sentence.eta_cases[restriction] < island.last
        if opens_aside(self.tokens, restriction, self.sentence.islands):
            return island.first >= restriction.last
        if any(t.kind == "COLON" for t in self.tokens[restriction.last : island.first]) and self._of_every(island):
            return False  # "where two can be formed, the other must not be light, either: every pair must have …"
        if restriction.kind != "count" and self.clauses.begins_anew(restriction.last, island.last):
            return False  # "jets with p_T < 60 GeV must pass the JVT, and jets within ΔR = 0.3 of a muon are dropped"
        between = self.tokens[island.last : restriction.first]
        if is_trailing(self.tokens, restriction, islands, restrictions):
            if island.first >= restriction.last:
                return False
            first = next(k for k, i in enumerate(islands) if i.first >= island.last)
            inside = [i in restrictions for i in islands[first : islands.index(restriction)]]
            if any(one and not other for one, other in pairwise([*inside, True])):
                return False  # another restriction stands between, and what that one holds for
        if island.last <= restriction.first and not any(t.kind in ("FOR", "IF") for t in between):
            return False  # "… p_T > 30 GeV, and those with p_T < 120 GeV must …" speaks of the second only
        behind = island.kind == "count" and is_case_behind(between)
        if restriction.kind == "count" and not behind and any(t.kind in ("COMMA", "AND", "SEMI") for t in between):
            return False  # "… above 20 GeV and, for two electrons, …"
        opened = any(t.kind == "LPAR" for t in self.tokens[max(0, restriction.first - 4) : restriction.first])
        before = [
            i for i in self.sentence.islands if i.last <= restriction.first and i not in self.sentence.restrictions
        ]
        return not opened or not before or before[-1] == island

    def _of_every(self, island: Island) -> bool:
        """True for the mass of "…: every pair must have m > 11 GeV"."""
        colon = max((k for k in range(island.first) if self.tokens[k].kind == "COLON"), default=-1)
        return bool({"every", "each", "all", "any"} & {t.text.lower() for t in self.tokens[colon + 1 : colon + 3]})

    def _wordings(self, island: Island) -> list[str]:
        """The same, a range as two conditions that hold together."""
        if island.kind == "count" and island.upper is not None and island.thing is not None:
            low, high = island.amount.values[0], island.upper.values[0]
            return [f"N({island.thing.name}) >= {low:g}", f"N({island.thing.name}) <= {high:g}"]
        if island.kind == "count":
            return [self._wording(island)]
        return wordings(island, island.variable or self.drafts.variables.nearest(island))

    def _wording(self, island: Island) -> str:
        """A comparison as a condition, in one form: "p_T < 60 GeV"."""
        if island.kind == "count":
            assert island.thing is not None
            if island.upper is not None:
                return f"N({island.thing.name}) {island.op} [{island.amount.values[0]:g}, {island.upper.values[0]:g}]"
            return f"N({island.thing.name}) {island.op} {island.amount.values[0]:g}"
        return wording(island, island.variable or self.drafts.variables.nearest(island))

    def _proposal(self, draft: Draft) -> Proposal | Unread:
        island, span = draft.island, self.sentence.span_of(draft.island)
        if draft.variable is None:
            return Unread(span, "no variable that the comparison belongs to")
        variable, own = draft.variable.name, draft.variable.condition
        scored = variable == "btag" and draft.variable.object == "bjet"
        if variable in vocabulary.comparisons()["qualitative"]["variables"] and not scored:
            return Unread(span, f"a number compared with {variable}, which has none")
        if (
            units.dimension(island.amount.unit) != vocabulary.variables()[variable].dimension
            and variable != "delta_phi"
        ):
            return Unread(span, f"{variable} has no unit {island.amount.unit or 'missing'!r}")
        if island.op == "==" and vocabulary.variables()[variable].family not in ("multiplicity", "vertex"):
            return Unread(span, "an equality, which selects nothing")
        if draft.subject is None:
            return Unread(span, f"no object whose {variable} it is")
        if variable == "mass" and island.kind == "bound" and is_from_z_mass(self.tokens, island):
            variable = "abs_mass_minus_mz"
        if is_window(self.tokens, island) and variable != "abs_mass_minus_mz":
            return Unread(span, "a window around something else than the mass of the Z boson")
        op, veto = self._sense(draft)
        mentions = self.sentence.subjects.mentions
        separates = vocabulary.variables()[variable].family == "separation"
        close = too_close(self.tokens, mentions, self.sentence.islands, island) if separates else None
        thrown = close is not None and (
            self.clauses.thrown or self.clauses.rejections or denies(self.tokens, close, island)
        )
        if close is not None and thrown and island.op in ("<", "<=", "==", "in", "not_in"):
            op, veto = ("not_in", False) if island.upper is not None else (island.op, True)
            goes, to = close
            draft = replace(draft, subject=Subject(goes.object, (*goes.conditions, f"to {to.object}"), goes.parallel))
        elif separates and (veto or (island.op == "in" and op == "not_in")):
            draft = replace(draft, subject=thrown_away(self.tokens, self.clauses, mentions, island, draft.subject))
        spoken_of = self.sentence.scope.inherited_mention() if separates else None
        if separates and (clear := clear_of(self.tokens, self.clauses, mentions, island, spoken_of)):
            op, veto, draft = island.op, True, replace(draft, subject=clear)
        elif separates and nothing_near(self.tokens, mentions, island):
            return Unread(span, "what must not be near, without saying what is kept then")
        assert draft.subject is not None
        if separates:  # "the remaining jets" are those that are left, "no two of them" of any rank
            dropped = ("rest", "rank") if _NO_TWO.search(self.sentence.before(island)) else ("rest",)
            kept = tuple(c for c in draft.subject.conditions if kind_of(c) not in dropped)
            draft = replace(draft, subject=replace(draft.subject, conditions=kept))
        assert draft.subject is not None
        if separates and draft.variable is not None and f"to {draft.subject.object}" in parts(own):
            own = f"to {draft.variable.object}"  # the jets of "jets with ΔR(e, j) < 0.2"
        stated = (*draft.subject.conditions, *draft.conditions)
        assert draft.variable is not None
        if draft.variable.start < self.tokens[island.first].start and any(kind_of(c) == "rank" for c in stated):
            own = joined(c for c in parts(own) if kind_of(c) != "rank")  # "… > 0.6 (i = 1,2), and > 0.35 for the third"
        conditions = (*stated, *parts(own), *self.sentence.shared(span))
        restricted = self._cases(variable, self.restricted(island), conditions)
        if variable == "jvt" and not restricted:
            restricted = self.sentence.not_exempt or self.sentence.of_which_jets
        classed = any(kind_of(c) == "class" for c in conditions)
        point = [] if classed else self._defined_class(island)
        conditions = (*conditions, *restricted, *point, *self._alternatives(island))
        conditions = (*conditions, *self._placed(island))
        if forbidden_by(self.tokens, self.sentence.islands, island):
            conditions = (*conditions, *class_of_none(variable, conditions))
        thing = draft.subject.object
        if thing == "jet" and is_of_forbidden(self.tokens, island.first):
            thing, veto = "bjet", False
            conditions = (*(c for c in conditions if c != "veto"), "veto")
        unit = island.amount.unit
        doubt = _NARROW if is_doubtful(island, variable, op) else ""
        if separates and op[:1] == "<" and not veto and f"to {draft.subject.object}" not in conditions:
            apart = any(c.removeprefix("to ") in _APART for c in conditions if c.startswith("to "))
            doubt = _NEAR if apart and draft.subject.object in _APART else doubt
        return Proposal(
            of_calorimeter(island, variable, thing),
            variable,
            op,
            draft.value,
            unit,
            joined(conditions),
            veto,
            self.sentence.span,
            span,
            reason=draft.reason or doubt,
        )

    def _as_object_veto(self, proposal: Proposal, island: Island) -> list[Proposal]:
        """ "Reject events with taus of p_T > 20 GeV": the taus that count, and that there must be none."""
        of_objects = vocabulary.variables()[proposal.variable].family in ("kinematics", "isolation", "impact_parameter")
        if not proposal.veto or not of_objects or not rejects_events(self.tokens, self.clauses):
            return [proposal]
        if counted_before(self.tokens, self.sentence.islands, island):
            return [replace(proposal, veto=False)]  # "events with more than three jets with p_T > 50 GeV are rejected"
        counted = replace(proposal, veto=False, applies_when=of_vetoed(proposal.applies_when))
        none = replace(counted, variable="count", op="==", value=0.0, unit="", implied=True)
        return [counted, none]

    def _placed(self, island: Island) -> list[str]:
        """Which of several things the comparison describes: a bin, a class, "one" and "the other" of a pair."""
        found = ["bin"] if _BINS.search(self.sentence.text) else []
        start = self.tokens[island.first].start - self.sentence.span.start
        before = self.sentence.text[:start]
        if match := re.search(
            r"(?i)(?<!least )(?<!exactly )(?<!most )(?<!leading )(?<!hardest )(?<!second )(?<!third )"
            r"\b(?:(one)|the (other)) (?:with|satisfying|having) $",
            before,
        ):
            found.append("one of them" if match[1] else "the other")
        if classified := _CLASSIFIED.findall(before):
            found.append(classified[-1])
        if selection := named_selection(before):
            found.append(selection)
        if match := re.search(r"(?i)\bclassified as .*?\b([a-z-]+) \($", before):
            found.append(match[1])
        return found

    def _alternatives(self, island: Island) -> list[str]:
        """The other side of an "or": "either E_T^miss > 30 GeV or H_T > 500 GeV"."""
        islands = self.sentence.islands
        if island not in islands:
            return []
        index, found = islands.index(island), []
        for other in (*islands[max(0, index - 1) : index], *islands[index + 1 : index + 2]):
            first, second = sorted((island, other), key=lambda i: i.first)
            between = [t for t in self.tokens[first.last : second.first] if t.kind not in ("LIGHT", "COMMA")]
            names = {i.variable.name for i in (island, other) if i.variable is not None}
            if [t.kind for t in between] == ["OR"] and len(names) == 2:
                found.append(f"or {self._wording(other)}")
        return found

    def _defined_class(self, island: Island) -> list[str]:
        """The "loose" of "a loose isolation criterion is defined as I < 0.4", "to pass the loose working point, …"."""
        first, _ = self.clauses.bounds(island.first)
        before = self.tokens[first : island.first]
        variable = island.variable or self.drafts.variables.nearest(island)
        if variable is None or vocabulary.family_of(variable.name) not in ("isolation", "identification"):
            return []
        if behind := point_behind(self.tokens, island.last):
            return [point_condition(behind)]
        told = self.clauses.halves(island.first, island.last)[0]
        if _USED_HERE.search(self.clauses.around(island.first)) or _SATISFIED.search(told):
            return []  # "the loose working point is used, p_T^cone30 < …": it is that of all objects
        point = any(is_point(t) for t in self.tokens)
        graded = [
            point_condition(t.name) if point else t.name.lower()
            for i, t in enumerate(before)
            if t.kind == "WP"
            and not begins_anew([*before[i:], self.tokens[island.first]])
            and not any(n.kind == "OBJ" for n in before[i + 1 : i + 2])  # "loose leptons that are isolated, …"
            and not any(_identifies(b) for b in [*before[i + 1 : i + 4], *nouns_of(i, before)])
        ]
        return graded[-1:]

    def _sense(self, draft: Draft) -> tuple[str, bool]:
        """(op, veto): an excluded range is `not_in`, any other rejected predicate a veto."""
        island = draft.island
        op = island.op
        if op in ("in", "not_in"):
            return self._sense_of_range(island), False
        if self._negated(island) and op in _NEGATED:
            op = _NEGATED[op]
        none = forbidden_by(self.tokens, self.sentence.islands, island)
        thrown_away = none is not None and is_of_pair(none, draft.variable.name if draft.variable else "")
        return op, thrown_away or self.clauses.rejects(island.first)

    def _negated(self, island: Island) -> bool:
        """True for "must not be above", "must not differ from m_Z by more than", "no two may be closer than"."""
        at = differs_at(self.tokens, island)
        before = self.tokens[max(0, at - 3) : at] if at >= 0 else []
        if _NO_TWO.search(self.sentence.before(island)):
            return True
        return self.sentence.negated(island) or any("not" in t.text.lower().split() for t in before)

    def _sense_of_range(self, island: Island) -> str:
        """ "in" or "not_in": what is left out by any of the words around it is never asked for."""
        if is_crack(self.tokens, self.sentence.islands, island):
            return "not_in"
        if self.tokens[island.first].kind == "OUTSIDE" and context.rejection_words(self.tokens[island.first].text):
            return "not_in"  # "excluding 1.37–1.52" says it once, not twice
        left_out = is_left_out(self.tokens, self.sentence.islands, island)
        turned = left_out != self.clauses.rejects(island.first)
        return _NEGATED[island.op] if turned else island.op
