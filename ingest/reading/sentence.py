"""One sentence -> the cuts that it states.

The islands of comparison (`islands`) get their variable, object and conditions here; whether the sentence states
requirements at all is judged by `context`; charges, working points and words such as "trigger" are read by
`statements`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.documents.document import Span
from ingest.reading import context
from ingest.reading.clauses import Clauses
from ingest.reading.conditions import joined, kind_of
from ingest.reading.islands import Amount, Island, find_islands
from ingest.reading.mentions import both_flavours, find_lists, find_pairs
from ingest.reading.proposal import Proposal, Unread
from ingest.reading.restrictions import find_restrictions
from ingest.reading.scope import Scope, region_in
from ingest.reading.statements import find_statements
from ingest.reading.subjects import Subject, Subjects
from ingest.reading.tokens import Token, tokenise
from kg import units, vocabulary

_RANKS = ("leading", "subleading", "third", "fourth")


@dataclass(frozen=True, slots=True)
class Draft:
    """An island with what has been found out about it."""

    island: Island
    value: float | tuple[float, float]
    variable: Token | None
    subject: Subject | None
    conditions: tuple[str, ...] = ()
    reason: str = ""


def read_sentence(text: str, span: Span, scope: Scope) -> tuple[list[Proposal], list[Unread]]:
    """The cuts that `text[span]` states, and what in it looks like one but was not understood."""
    return SentenceReader(text, span, scope).read()


class SentenceReader:
    """Reads one sentence; holds its tokens, islands and clauses."""

    def __init__(self, text: str, span: Span, scope: Scope) -> None:
        self.text, self.span, self.scope = text, span, scope
        self.sentence = text[span.start : span.end]
        self.tokens = tokenise(text, span.start, span.end, scope.citations)
        self.islands = find_islands(self.tokens)
        self.clauses = Clauses(text, span, self.tokens)
        self.subjects = Subjects(self.tokens, self.islands, scope)
        self.pairs = find_pairs(self.tokens)
        self.restrictions = find_restrictions(self.tokens, self.islands)

    def read(self) -> tuple[list[Proposal], list[Unread]]:
        """All proposals in the order of the text, and the islands that gave none, each with its reason."""
        if not context.is_requirement(self.sentence) and not self._is_definition():
            return [], [Unread(self._island_span(i), "no word of requirement in the sentence") for i in self.islands]
        proposals: list[Proposal] = []
        unread: list[Unread] = []
        islands = [*self.islands, *self._ellipses()]
        for island in sorted(islands, key=lambda i: i.first):
            reason = self._why_not(island) or self._why_condition(island)
            made = [] if reason else [self._proposal(d) for d in self._drafts(island)]
            stated = [q for p in made if isinstance(p, Proposal) for q in self._as_object_veto(p)]
            proposals += [replace(p, order=k) for k, p in enumerate(stated)]
            unread += [u for u in made if isinstance(u, Unread)]
            if reason:
                unread.append(Unread(self._island_span(island), reason))
        proposals += find_statements(
            self.text, self.span, self.tokens, self.islands, self.subjects, self.clauses, self._shared()
        )
        return proposals, unread

    def _is_definition(self) -> bool:
        """True for a bare list of comparisons that follows a label: "R1 (CR): m_T ≤ 140 GeV, M_J > 400 GeV"."""
        inside = {i for island in self.islands for i in range(island.first, island.last)}
        outside = [t for i, t in enumerate(self.tokens) if i not in inside and t.kind in ("WORD", "STOP", "LIGHT")]
        spoken = [i for i in self.islands if i.variable is not None]
        return len(spoken) >= 1 and len(outside) <= 2 * len(spoken) + 3

    def _island_span(self, island: Island) -> Span:
        return Span(self.tokens[island.first].start, self.tokens[island.last - 1].end)

    def _why_not(self, island: Island) -> str:
        section = context.section_without_selection(self.scope.section)
        clause = self.clauses.around(island.first)
        if section and not (context.is_strong(clause) and section.lower() not in ("introduction", "abstract")):
            return f"the section {section!r} describes no selection"
        defines = self._is_definition() or self._defines_region()
        reason = context.why_not_a_cut(self.sentence, clause, defines)
        if reason:
            return f"not a requirement: {reason}"
        if self._speaks_of_trigger() and not context.is_strong(clause):
            return "a trigger threshold that the analysis does not apply"
        following = self.tokens[island.last : island.last + 1]
        if following and following[0].text in ("%", "±", "fb", "pb", "ns", "s"):
            return f"a number in {following[0].text}"
        return ""

    def _why_condition(self, island: Island) -> str:
        return "says for which objects or events the requirement holds" if island in self.restrictions else ""

    def _defines_region(self) -> bool:
        named = region_in(self.sentence)
        return bool(named) and context.defines(self.sentence)

    def _speaks_of_trigger(self) -> bool:
        return any(t.kind == "VAR" and t.name == "trigger" for t in self.tokens)

    # -- from an island to drafts -------------------------------------------------------------------------

    def _drafts(self, island: Island) -> Iterator[Draft]:
        """One draft for each value that the island gives: alternatives in parentheses and lists give several."""
        variable = island.variable or self._variable_for(island)
        amount, upper = island.amount, island.upper
        if island.kind == "range" and upper is not None:
            yield from self._with_alternative(island, variable, amount, upper)
        elif amount.alternative is not None:
            yield from self._with_alternative(island, variable, amount, None)
        elif len(amount.values) > 1 and variable is not None and variable.name == "count" and self._has_or(island):
            yield self._either(island, variable)
        elif len(amount.values) > 1 and variable is not None and variable.name == "count":
            return
        elif len(amount.values) > 1:
            yield from self._listed(island, variable)
        else:
            draft = Draft(island, amount.values[0], variable, self.subjects.of(island, variable))
            yield self._respectively(draft)

    def _with_alternative(
        self, island: Island, variable: Token | None, amount: Amount, upper: Amount | None
    ) -> Iterator[Draft]:
        first: float | tuple[float, float] = amount.values[0]
        second: float | tuple[float, float] | None = amount.alternative
        if upper is not None:
            first = (amount.values[0], upper.values[0])
            alternatives = (amount.alternative, upper.alternative)
            second = None
            if any(a is not None for a in alternatives):
                second = tuple(  # type: ignore[assignment]
                    a if a is not None else b for a, b in zip(alternatives, first, strict=True)
                )
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
            if token.kind == "OBJ":
                yield replace(draft, subject=self.subjects.named(token, draft.subject))
            elif token.kind == "VAR":
                yield replace(draft, variable=token, subject=self.subjects.of(island, token))
            else:
                others = {self.tokens[pair.first].name, self.tokens[pair.second].name}
                kept = tuple(c for c in (draft.subject.conditions if draft.subject else ()) if c not in others)
                trimmed = replace(draft.subject, conditions=kept) if draft.subject else None
                yield replace(draft, subject=trimmed, conditions=(*draft.conditions, token.name))

    def _pair_for(self, island: Island):  # type: ignore[no-untyped-def]
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

    def _variable_for(self, island: Island) -> Token | None:
        """The variable of a bare "above 7 GeV": the nearest before it of the same dimension, else just behind it."""
        if island.kind == "count":
            return None
        if self._unknown_symbol_before(island):
            return None
        dimension = units.dimension(island.amount.unit)
        before = [t for t in self.tokens[: island.first] if t.kind == "VAR" and self._fits(t, dimension)]
        if before:
            return before[-1]
        behind = [t for t in self.tokens[island.last : island.last + 4] if t.kind == "VAR" and self._fits(t, dimension)]
        return behind[0] if behind else None

    def _unknown_symbol_before(self, island: Island) -> bool:
        """True for "Q_X > 300 GeV" with a symbol that the vocabulary does not know: nobody else's threshold."""
        before = next((t for t in reversed(self.tokens[: island.first]) if t.kind != "LIGHT"), None)
        if before is None or before.kind != "WORD" or self.tokens[island.first].kind != "REL":
            return False
        signed = not self.tokens[island.first].text[0].isalpha()
        return signed or any(c in before.text for c in "_^")

    @staticmethod
    def _fits(token: Token, dimension: str) -> bool:
        term = vocabulary.variables()[token.name]
        return term.dimension == dimension and term.name not in vocabulary.comparisons()["qualitative"]["variables"]

    def _ellipses(self) -> Iterator[Island]:
        """ "p_T > 7 GeV for electrons and 5 GeV for muons": the second amount shares the comparison of the first."""
        for i in range(1, len(self.tokens) - 3):
            number, unit, follows = self.tokens[i : i + 3]
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
                variable = follows if follows.kind == "VAR" else model.variable or self._variable_for(model)
                yield replace(model, first=i, last=i + 2, amount=amount, variable=variable)

    # -- from a draft to a proposal -----------------------------------------------------------------------

    def _shared(self) -> tuple[str, ...]:
        """Conditions that hold for the whole sentence: the region it describes, the trigger."""
        found = [region_in(self.sentence)]
        if self._speaks_of_trigger() or self.scope.continues_trigger(self.sentence):
            found.append("trigger level")
        return tuple(c for c in found if c)

    def _restricted(self, island: Island) -> list[str]:
        """The comparisons that say for which objects this one holds: "for jets with p_T < 60 GeV"."""
        first, stop = self.clauses.bounds(island.first)
        return [self._wording(r) for r in self.restrictions if first <= r.first < stop]

    def _wording(self, island: Island) -> str:
        """A comparison as a condition, in one form: "p_T < 60 GeV"."""
        if island.kind == "count":
            assert island.thing is not None
            return f"N({island.thing.name}) {island.op} {island.amount.values[0]:g}"
        variable = island.variable or self._variable_for(island)
        name = vocabulary.symbol_of(variable.name) if variable else "value"
        unit = f" {island.amount.unit}" if island.amount.unit else ""
        if island.upper is not None:
            word = "in" if island.op == "in" else "not in"
            return f"{name} {word} [{island.amount.values[0]:g}, {island.upper.values[0]:g}]{unit}"
        return f"{name} {island.op} {island.amount.values[0]:g}{unit}"

    def _proposal(self, draft: Draft) -> Proposal | Unread:
        island, span = draft.island, self._island_span(draft.island)
        if island.kind == "count":
            return self._count(draft)
        if draft.variable is None:
            return Unread(span, "no variable that the comparison belongs to")
        variable = draft.variable.name
        if variable in vocabulary.comparisons()["qualitative"]["variables"]:
            return Unread(span, f"a number compared with {variable}, which has none")
        if (
            units.dimension(island.amount.unit) != vocabulary.variables()[variable].dimension
            and variable != "delta_phi"
        ):
            return Unread(span, f"{variable} has no unit {island.amount.unit or 'missing'!r}")
        if island.op == "==" and units.dimension(island.amount.unit) != "none":
            return Unread(span, "an equality, which selects nothing")
        if draft.subject is None:
            return Unread(span, f"no object whose {variable} it is")
        if variable == "mass" and island.kind == "bound" and self._from_z_mass(island):
            variable = "abs_mass_minus_mz"
        op, veto = self._sense(draft)
        conditions = (*draft.subject.conditions, *draft.conditions, draft.variable.condition, *self._shared())
        conditions = (*conditions, *self._restricted(island))
        unit = island.amount.unit
        return Proposal(
            draft.subject.object,
            variable,
            op,
            draft.value,
            unit,
            joined(conditions),
            veto,
            self.span,
            span,
            reason=draft.reason,
        )

    def _as_object_veto(self, proposal: Proposal) -> list[Proposal]:
        """ "Reject events with taus of p_T > 20 GeV": the taus that count, and that there must be none."""
        of_objects = vocabulary.variables()[proposal.variable].family in ("kinematics", "isolation", "impact_parameter")
        if not proposal.veto or not of_objects or not self._rejects_events():
            return [proposal]
        conditions = proposal.applies_when or "veto"
        counted = replace(proposal, veto=False, applies_when=conditions)
        none = replace(counted, variable="count", op="==", value=0.0, unit="", implied=True)
        return [counted, none]

    def _rejects_events(self) -> bool:
        return any(
            t.kind == "OBJ" and t.name == "event"
            for i, _ in self.clauses.rejections
            for t in self.tokens[max(0, i - 3) : i + 4]
        )

    def _from_z_mass(self, island: Island) -> bool:
        """True for "within 15 GeV of the Z boson mass"."""
        return any(t.kind == "ZMASS" for t in self.tokens[island.last : island.last + 5])

    def _sense(self, draft: Draft) -> tuple[str, bool]:
        """(op, veto): an excluded range is `not_in`, any other rejected predicate a veto."""
        island = draft.island
        op = island.op
        if not self.clauses.rejects(island.first):
            return op, False
        if op in ("in", "not_in"):
            return ("not_in" if op == "in" else "in"), False
        return op, True

    def _ends_a_list(self, island: Island) -> bool:
        """True for the "≥ 3 b tags" of "0, 1, 2, ≥ 3 b tags": together they require nothing."""
        before = [t.kind for t in self.tokens[max(0, island.first - 3) : island.first] if t.kind not in ("AND", "OR")]
        return before[-2:] in (["NUM", "COMMA"], ["NUMWORD", "COMMA"])

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
        return ranked or any(t.text.lower() in ("the", "these", "those", "their", "each", "both") for t in before)

    def _count(self, draft: Draft) -> Proposal | Unread:
        island = draft.island
        assert island.thing is not None
        subject = self.subjects.counted(island)
        thing, variable = subject.object, "count"
        number: float | tuple[float, float] = island.amount.values[0]
        if island.upper is not None:
            number = (island.amount.values[0], island.upper.values[0])
        if self._ends_a_list(island):
            return Unread(self._island_span(island), "the last of a list of multiplicities")
        if self._counts_triggers(island):
            return Unread(self._island_span(island), "a number of triggers, not of objects")
        if not island.word and self._is_definite(island):
            return Unread(self._island_span(island), "a number of objects that the text has introduced before")
        if not context.governs_count(*self.clauses.halves(island.first, island.last)):
            return Unread(self._island_span(island), "a number of objects that is no requirement")
        if thing == "event":
            return Unread(self._island_span(island), "a number of events")
        if thing == "vertex":
            thing, variable = "event", "n_primary_vertices"
        if thing == "track" and any(t.kind == "OBJ" and t.name == "vertex" for t in self.tokens):
            thing, variable = "vertex", "n_tracks"
        veto = self.clauses.rejects(island.first)
        conditions = (*subject.conditions, *self._shared(), *self._restricted(island))
        op = island.op if island.word or number == 0 else vocabulary.objects()[island.thing.name].bare_count
        focus = self._island_span(island)
        return Proposal(thing, variable, op, number, "", joined(conditions), veto, self.span, focus)
