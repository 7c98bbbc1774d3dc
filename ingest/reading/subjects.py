"""Whose p_T is it: the object that a comparison speaks of, with the modifiers it carries."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ingest.reading.conditions import kind_of
from ingest.reading.islands import Island
from ingest.reading.mentions import (
    Mention,
    both_flavours,
    composite,
    find_mentions,
    is_case,
    members_of_pair,
    own_conditions,
    sorts_in,
)
from ingest.reading.qualifiers import Qualifiers
from ingest.reading.scope import Scope
from ingest.reading.tokens import Token
from kg import vocabulary

_PAIR_VARIABLES = ("mass", "abs_mass_minus_mz")
_SEPARATIONS = ("separation",)
_IMPOSED = ("imposed", "applied", "required", "placed")
_OF_PAIR = {"leading": "leading pair", "subleading": "subleading pair"}
_NO_SUBJECT = ("event", "vertex")
_HAVING = ("with", "having", "that", "have", "has", "of", "the", "a", "an")
_ISOLATED = ("electron", "muon", "lepton", "tau", "photon")


def _is_summed(tokens: list[Token], index: int) -> bool:
    """True for the tracks of "the sum of the transverse momenta of tracks", "the momentum of all tracks"."""
    before = [w for t in tokens[max(0, index - 8) : index] for w in t.text.lower().split()]
    return "of" in before and any(w in before for w in ("sum", "momenta", "momentum"))


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
        self.qualifiers = Qualifiers(tokens, islands)

    def of(self, island: Island, variable: Token | None) -> Subject | None:
        """The object that the island's variable belongs to; None where nothing says which."""
        if variable is None:
            return None
        term = vocabulary.variables()[variable.name]
        extra = self.qualifiers.around(island)
        if term.object:
            vetoed = [m for m in self.mentions if m.index < island.first and "veto" in m.conditions]
            vetoed = [m for m in vetoed if not any(t.kind == "COMMA" for t in self.tokens[m.index : island.first])]
            channels = (
                self.qualifiers.channel_of_flavour(island) if not any(kind_of(c) == "channel" for c in extra) else []
            )
            extra = (*extra, *channels)
            return Subject(term.object, (*extra, "veto") if vetoed else extra)
        if variable.object:
            near = self._mention_near(island, variable.object)
            sorts = self.sorts_behind(near.index) if near and variable.name in _PAIR_VARIABLES else []
            told = [
                _OF_PAIR.get(c, c) if variable.object == "dilepton" else c for c in (near.conditions if near else ())
            ]
            return Subject(variable.object, (*told, *sorts, *extra))
        found = self._named_behind(island) or self._before(island, term) or self._behind(island)
        if found is None and variable.name == "abs_mass_minus_mz":
            found = Subject("dilepton")
        if found is None and term.family in _SEPARATIONS:
            found = self._between()
        if found is None and term.family == "isolation":
            found = self._around(island)
        if found is None and (inherited := self._inherited(pair=variable.name in _PAIR_VARIABLES)):
            found = inherited
        if found is None:
            return None
        ranks = self.qualifiers.rank_of_one(island)
        if found.object == "dilepton":  # "the subleading one" of two pairs
            found = replace(found, conditions=tuple(_OF_PAIR.get(c, c) for c in found.conditions))
            ranks = [_OF_PAIR.get(c, c) for c in ranks]
            found = replace(
                found, conditions=tuple(c for c in found.conditions if not ranks or c not in _OF_PAIR.values())
            )
        if ranks:
            found = replace(found, conditions=(*(c for c in found.conditions if kind_of(c) != "rank"), *ranks))
        subject = replace(found, conditions=(*found.conditions, *extra))
        if subject.object == "jet" and self._tags_jets():
            subject = replace(subject, object="bjet")
        if variable.name in _PAIR_VARIABLES:
            return self._as_pair(subject, island)
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
        return Subject(thing, (*ranked, *self.qualifiers.around(island)))

    # -- where an object can stand ------------------------------------------------------------------------

    def _named_behind(self, island: Island) -> Subject | None:
        """ "… > 7 GeV for electrons": the object named after "for", before the next comparison."""
        stop = self.qualifiers.next_island(island)
        for i in range(island.last, min(stop, island.last + 4)):
            token = self.tokens[i]
            if token.kind == "FOR" and token.text.lower().startswith(("for", "in case", "in the case")):
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

    def as_defined(self, mention: Mention) -> Mention:
        """The first electrons of "loose electrons are electrons with p_T > 7 GeV": they carry the class."""
        before = [m for m in self.mentions if m.index < mention.index and m.object == mention.object and not m.relative]
        if mention.conditions or not before or not before[-1].conditions:
            return mention
        between = " ".join(t.text.lower() for t in self.tokens[before[-1].index + 1 : mention.index])
        defined = re.fullmatch(r"(?:are|is|as)(?: defined as| those| an?| the)*", between) is not None
        return replace(mention, conditions=before[-1].conditions) if defined else mention

    def sorts_behind(self, index: int, verbs: bool = False) -> list[str]:
        """The sort of pair that the words right behind an object state: "leptons of the same flavour".

        With `verbs`, also "one pair must have the same flavour".
        """
        run = []
        for token in self.tokens[index + 1 : index + 8]:
            sorted_ = token.kind == "COND" and kind_of(token.name) == "pair"
            joins = (verbs and token.kind == "LIGHT") or token.kind in ("AND", "COMMA") or token.text.lower() in _HAVING
            if not sorted_ and not joins:
                break
            run.append(token)
        return sorts_in(run)

    def _before(self, island: Island, term: vocabulary.VariableTerm) -> Subject | None:
        """The nearest object before the island that is not only a point of reference."""
        before = [m for m in self.mentions if m.index < island.first and not m.relative]
        before = [m for m in before if not is_case(self.tokens, m.index)]
        fitting = [m for m in before if m.object not in _NO_SUBJECT]
        if term.family == "isolation":  # what is summed up around a lepton is not what is isolated
            fitting = [m for m in fitting if m.object != "track" or not _is_summed(self.tokens, m.index)]
        fitting = [m for m in fitting if not m.container] or fitting
        if not fitting:
            return None
        best = self.as_defined(fitting[-1])
        if ranks := self._ranks_behind(best):
            best = replace(best, conditions=(*best.conditions, *ranks))
        if term.name in _PAIR_VARIABLES:
            pairs = [m for m in fitting if vocabulary.objects()[m.object].is_pair]
            best = pairs[-1] if pairs else best
        if term.family in ("kinematics", "isolation") and not best.conditions:
            return Subject(best.object, tuple(members_of_pair(self.tokens, best.object)))
        if term.name in _PAIR_VARIABLES or term.family in _SEPARATIONS:
            return Subject(best.object, (*best.conditions, *self.sorts_behind(best.index)))
        return Subject(best.object, best.conditions)

    def _behind(self, island: Island) -> Subject | None:
        """ "p_T > 20 GeV jets", "within |η| < 2.5 for all tracks"."""
        stop = self._end_of_run(island)
        for mention in self.mentions:
            if is_case(self.tokens, mention.index):
                continue
            if island.last <= mention.index < stop + 8 and mention.object not in _NO_SUBJECT:
                return Subject(mention.object, mention.conditions) if not mention.relative else None
        return None

    def _between(self) -> Subject | None:
        """The first of two objects that a separation lies between."""
        things = [m for m in self.mentions if m.object not in _NO_SUBJECT]
        return Subject(things[0].object, things[0].conditions) if things else None

    def _around(self, island: Island) -> Subject | None:
        """The electron of "the energy in a cone around the electron": the only object there is."""
        near = [m for m in self.mentions if m.index < island.last and m.object in _ISOLATED]
        return Subject(near[-1].object, near[-1].conditions) if near else None

    def _ranks_behind(self, mention: Mention) -> list[str]:
        """The "leading" of "the lepton with the highest p_T"."""
        behind = self.tokens[mention.index + 1 : mention.index + 4]
        for k, token in enumerate(behind):
            if token.kind == "COND" and token.name == "leading" and "highest" in token.text.lower() and k:
                return [] if self.tokens[mention.index].text.endswith("s") else ["leading"]
            if token.text.lower() not in ("with", "of", "the", "having"):
                break
        return []

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

    def _mention_near(self, island: Island, thing: str) -> Mention | None:
        """The mention of an object that a symbol names by its letter, for the modifiers it has there."""
        same = [m for m in self.mentions if m.index < island.first and m.object == thing and not m.relative]
        return same[-1] if same else None

    # -- what else belongs to it --------------------------------------------------------------------------

    def _tags_jets(self) -> bool:
        """True for "jets with … are considered as b-tagged if …": the requirements are those of b jets."""
        for i, token in enumerate(self.tokens):
            if token.kind == "VAR" and token.name == "btag":
                before = {t.text.lower() for t in self.tokens[max(0, i - 3) : i]}
                if before & {"as", "considered", "identified", "called", "tagged", "labelled", "classified"}:
                    return True
        return False

    def _as_pair(self, subject: Subject, island: Island) -> Subject | None:
        """The mass of electrons is that of a pair of them; that of three leptons is that of all three."""
        whole = self._of_several(subject, island) or composite(subject.object)
        if not whole:
            return None
        return replace(subject, object=whole, conditions=(*subject.conditions, *self._flavours(island)))

    def _flavours(self, island: Island) -> list[str]:
        """The pair of "the mass of the electron and the muon"."""
        start = next((i for i in range(island.last - 1, -1, -1) if self.tokens[i].name in _PAIR_VARIABLES), None)
        named = [] if start is None else [t for t in self.tokens[start : island.first] if t.kind == "OBJ"]
        flavours = {name for t in named for name in both_flavours(t) or [t.name]}
        single = not any(t.text.lower().endswith("s") for t in named)
        return ["eμ pair"] if flavours == {"electron", "muon"} and single else []

    def _of_several(self, subject: Subject, island: Island) -> str:
        """The "trilepton" of "the mass of the three leptons", "the three-lepton mass"; "quadruplet" of four."""
        if subject.object not in ("lepton", "electron", "muon"):
            return ""
        named = [m.index for m in self.mentions if m.object == subject.object and m.index < island.last]
        before = [t for i in named[-1:] for t in self.tokens[max(0, i - 4) : i]]
        numbers = [t.number for t in before if t.kind in ("NUM", "NUMWORD")]
        return {3.0: "trilepton", 4.0: "quadruplet"}.get(numbers[-1] or 0.0, "") if numbers else ""

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
        if not others:
            others = [t.name for t in self.tokens if t.kind == "VAR" and t.name in ("met", "mht")]
        others = others or self._joined_with(subject, island) or self._measured_before(island)
        return replace(subject, conditions=(*subject.conditions, f"to {others[0]}")) if others else subject

    def _measured_before(self, island: Island) -> list[str]:
        """The H_T^miss of "Δφ(j, H_T^miss) > 0.5 for the leading and Δφ > 0.3 for the third jet"."""
        known = [i.variable for i in self.islands if i.first < island.first and i.variable is not None]
        same = [v for v in known if island.variable is not None and v.name == island.variable.name]
        told = [c for v in same for c in v.condition.split(", ") if c.startswith("to ")]
        return [c.removeprefix("to ") for c in told[-1:]] if island.variable and not island.variable.object else []

    def _joined_with(self, subject: Subject, island: Island) -> list[str]:
        """The electron of "if an electron and a jet are closer than 0.2": the other of two that are close."""
        before = [m for m in self.mentions if m.index < island.first and m.object not in _NO_SUBJECT]
        if len(before) < 2 or before[-1].object != subject.object or before[-2].object == subject.object:
            return []
        between = [t.kind for t in self.tokens[before[-2].index + 1 : before[-1].index] if t.kind != "LIGHT"]
        return [before[-2].object] if between and between[0] == "AND" and "COMMA" not in between else []
