"""Whose p_T is it: the object that a comparison speaks of, with the modifiers it carries."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ingest.reading.conditions import kind_of
from ingest.reading.islands import Island
from ingest.reading.mentions import Mention, composite, find_mentions, own_conditions
from ingest.reading.scope import Scope
from ingest.reading.tokens import Token
from kg import vocabulary

_PAIR_VARIABLES = ("mass", "abs_mass_minus_mz")
_SEPARATIONS = ("separation",)
_IMPOSED = ("imposed", "applied", "required", "placed")
_NO_SUBJECT = ("event", "vertex")


@dataclass(frozen=True, slots=True)
class Subject:
    """The object of a cut and the conditions that come with its mention."""

    object: str
    conditions: tuple[str, ...] = ()


class Subjects:
    """Finds the object of each island of a sentence."""

    def __init__(self, tokens: list[Token], islands: list[Island], scope: Scope) -> None:
        self.tokens, self.islands, self.scope = tokens, islands, scope
        self.mentions = find_mentions(tokens)

    def of(self, island: Island, variable: Token | None) -> Subject | None:
        """The object that the island's variable belongs to; None where nothing says which."""
        if variable is None:
            return None
        term = vocabulary.variables()[variable.name]
        extra = self._trailing(island)
        if term.object:
            vetoed = [m for m in self.mentions if m.index < island.first and "veto" in m.conditions]
            vetoed = [m for m in vetoed if not any(t.kind == "COMMA" for t in self.tokens[m.index : island.first])]
            return Subject(term.object, (*extra, "veto") if vetoed else extra)
        if variable.object:
            near = self._mention_near(island, variable.object)
            return Subject(variable.object, (*(near.conditions if near else ()), *extra))
        found = self._named_behind(island) or self._before(island, term) or self._behind(island)
        if found is None and variable.name == "abs_mass_minus_mz":
            found = Subject("dilepton")
        if found is None and term.family in _SEPARATIONS:
            found = self._between()
        found = found or self._inherited(pair=variable.name in _PAIR_VARIABLES)
        if found is None:
            return None
        subject = replace(found, conditions=(*found.conditions, *extra))
        if subject.object == "jet" and self._tags_jets():
            subject = replace(subject, object="bjet")
        if variable.name in _PAIR_VARIABLES:
            return self._as_pair(subject)
        if term.family in _SEPARATIONS:
            return self._separated(subject, island)
        return subject

    def named(self, token: Token, subject: Subject | None) -> Subject:
        """The subject with its object replaced by the one that a label names: the "muons" of "electrons (muons)"."""
        return Subject(token.name, (*own_conditions(token.text), *(subject.conditions if subject else ())))

    def counted(self, island: Island) -> Subject:
        """What a count counts: its object, and the conditions that select which of them count."""
        assert island.thing is not None
        inside = [t for t in self.tokens[island.first : island.last] if t.kind == "COND"]
        thing = island.thing.name
        conditions = (*own_conditions(island.thing.text), *(t.name for t in inside))
        if island.paired:
            thing = composite(thing) or thing
        ranked = tuple(c for c in conditions if kind_of(c) != "rank")
        return Subject(thing, (*ranked, *self._trailing(island)))

    # -- where an object can stand ------------------------------------------------------------------------

    def _named_behind(self, island: Island) -> Subject | None:
        """ "… > 7 GeV for electrons": the object named after "for", before the next comparison."""
        stop = self._next_island(island)
        for i in range(island.last, min(stop, island.last + 4)):
            token = self.tokens[i]
            if token.kind == "FOR" and token.text.lower().startswith("for"):
                for mention in self.mentions:
                    if i < mention.index < min(stop, i + 8) and not mention.relative and mention.object != "event":
                        return Subject(mention.object, mention.conditions)
            if token.text.lower() in ("on", "to") and i > island.last and self.tokens[i - 1].text.lower() in _IMPOSED:
                behind = [m for m in self.mentions if i < m.index < min(stop, i + 5) and m.object != "event"]
                return Subject(behind[0].object, behind[0].conditions) if behind else None
            if token.text.lower() == "on" and i == island.last:
                behind = [m for m in self.mentions if i < m.index < min(stop, i + 4) and m.object != "event"]
                return Subject(behind[0].object, behind[0].conditions) if behind else None
            if token.kind not in ("LIGHT", "FOR", "COMMA") and token.text.lower() not in _IMPOSED:
                break
        return None

    def _before(self, island: Island, term: vocabulary.VariableTerm) -> Subject | None:
        """The nearest object before the island that is not only a point of reference."""
        before = [m for m in self.mentions if m.index < island.first and not m.relative]
        fitting = [m for m in before if m.object not in _NO_SUBJECT]
        fitting = [m for m in fitting if not m.container] or fitting
        if not fitting:
            return None
        best = fitting[-1]
        if term.name in _PAIR_VARIABLES:
            pairs = [m for m in fitting if vocabulary.objects()[m.object].is_pair]
            best = pairs[-1] if pairs else best
        return Subject(best.object, best.conditions)

    def _behind(self, island: Island) -> Subject | None:
        """ "p_T > 20 GeV jets", "within |η| < 2.5 for all tracks"."""
        stop = self._end_of_run(island)
        for mention in self.mentions:
            if island.last <= mention.index < stop + 8 and mention.object not in _NO_SUBJECT:
                return Subject(mention.object, mention.conditions) if not mention.relative else None
        return None

    def _between(self) -> Subject | None:
        """The first of two objects that a separation lies between."""
        things = [m for m in self.mentions if m.object not in _NO_SUBJECT]
        return Subject(things[0].object, things[0].conditions) if things else None

    def _inherited(self, pair: bool) -> Subject | None:
        thing = self.scope.inherited_object()
        if pair and not (thing and vocabulary.objects()[thing].is_pair):
            return None  # "a mass of 100 GeV" after a sentence on leptons is nothing of theirs
        return Subject(thing) if thing and thing not in _NO_SUBJECT else None

    def _end_of_run(self, island: Island) -> int:
        """Where the last of the islands ends that follow this one with only "and" or a comma between."""
        end = island.last
        for later in sorted((i for i in self.islands if i.first >= island.last), key=lambda i: i.first):
            if any(t.kind not in ("AND", "COMMA", "LIGHT") for t in self.tokens[end : later.first]):
                return min(end, later.first - 8)
            end = later.last
        return end

    def _next_island(self, island: Island) -> int:
        later = [i.first for i in self.islands if i.first >= island.last]
        return min(later, default=len(self.tokens))

    def _mention_near(self, island: Island, thing: str) -> Mention | None:
        """The mention of an object that a symbol names by its letter, for the modifiers it has there."""
        same = [m for m in self.mentions if m.index < island.first and m.object == thing and not m.relative]
        return same[-1] if same else None

    # -- what else belongs to it --------------------------------------------------------------------------

    def _trailing(self, island: Island) -> tuple[str, ...]:
        """Conditions behind the island: "for same-flavour leptons", "if segment-tagged", "in the 4μ channel"."""
        stop = self._next_island(island)
        found: list[str] = []
        opened, prefix = False, ""
        for i in range(island.last, min(stop, island.last + 14)):
            token = self.tokens[i]
            if token.kind in ("FOR", "IF"):
                opened = True
            elif (token.kind in ("SEMI", "AND") and not (opened and self._continues(i))) or token.kind == "LPAR":
                break
            elif token.kind == "EXCEPT":
                opened, prefix = True, "not "
            elif token.kind == "COND" and (opened or self._predicated(i)):
                found.append(prefix + token.name)
        leading = self._leading_condition(island)
        return tuple(dict.fromkeys(found + leading))

    def _leading_condition(self, island: Island) -> list[str]:
        """ "In the 4μ channel, at least …", "If segment-tagged, muons must have …": at the head of the sentence."""
        if not self.tokens or self.tokens[0].kind not in ("FOR", "IF", "EXCEPT", "COND"):
            return []
        comma = next((i for i, t in enumerate(self.tokens) if t.kind == "COMMA"), 0)
        if not comma or comma > min(island.first, 9):
            return []
        prefix = "not " if self.tokens[0].kind == "EXCEPT" else ""
        return [prefix + t.name for t in self.tokens[:comma] if t.kind == "COND"]

    def _predicated(self, index: int) -> bool:
        """True for the type in "muons with |η| < 0.1 must be segment-tagged or calo-tagged"."""
        before = next((t for t in reversed(self.tokens[:index]) if t.kind not in ("COND", "OR", "COMMA")), None)
        return kind_of(self.tokens[index].name) == "type" and before is not None and before.text.endswith("be")

    def _continues(self, index: int) -> bool:
        around = self.tokens[max(0, index - 1) : index + 2]
        return len(around) == 3 and around[0].kind == around[2].kind == "COND"

    def _tags_jets(self) -> bool:
        """True for "jets with … are considered as b-tagged if …": the requirements are those of b jets."""
        for i, token in enumerate(self.tokens):
            if token.kind == "VAR" and token.name == "btag":
                before = {t.text.lower() for t in self.tokens[max(0, i - 3) : i]}
                if before & {"as", "considered", "identified", "called", "tagged", "labelled", "classified"}:
                    return True
        return False

    def _as_pair(self, subject: Subject) -> Subject | None:
        """The mass of electrons is that of a pair of them."""
        whole = composite(subject.object)
        if not whole:
            return None
        return replace(subject, object=whole)

    def _separated(self, subject: Subject, island: Island) -> Subject:
        """A distance from another object is a cut on the first, "to" the second; in a pair, on its members."""
        members = vocabulary.objects()[subject.object].members
        if members:
            return replace(subject, object=members)
        others = [
            m.object
            for m in self.mentions
            if (m.relative or island.last <= m.index <= island.last + 5)
            and abs(m.index - island.last) <= 12
            and m.object not in (subject.object, *_NO_SUBJECT)
        ]
        if not others and any(t.kind == "VAR" and t.name in ("met", "mht") for t in self.tokens):
            others = ["met"]
        return replace(subject, conditions=(*subject.conditions, f"to {others[0]}")) if others else subject
