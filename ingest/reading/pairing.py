"""Variables of two: whose mass it is, and from what a separation is measured."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.reading.islands import Island
from ingest.reading.labels import both_flavours
from ingest.reading.mention import Mention
from ingest.reading.mentions import composite
from ingest.reading.scope import Scope
from ingest.reading.subject import Subject
from ingest.reading.tokens import Token
from kg import vocabulary

PAIR_VARIABLES = ("mass", "abs_mass_minus_mz")
_NO_SUBJECT = ("event", "vertex")
_ALIKE = ({"electron", "muon", "lepton", "tau"}, {"jet", "bjet", "fatjet"}, {"photon"})


class Pairing:
    """Finds the pair, or the other of two objects, that a comparison of a sentence speaks of."""

    def __init__(self, tokens: list[Token], islands: list[Island], mentions: list[Mention]) -> None:
        self.tokens, self.islands, self.mentions = tokens, islands, mentions

    def as_pair(self, subject: Subject, island: Island) -> Subject | None:
        """The mass of electrons is that of a pair of them; that of three leptons is that of all three."""
        if self._is_mixed(island):
            return None
        whole = self._of_several(subject, island) or composite(subject.object)
        if not whole:
            return None
        return replace(subject, object=whole, conditions=(*subject.conditions, *self._flavours(island)))

    def _is_mixed(self, island: Island) -> bool:
        """True for "the mass of the lepton and the closest b jet": no pair that has a name."""
        start = next((i for i in range(island.first - 1, -1, -1) if self.tokens[i].name in PAIR_VARIABLES), None)
        inside = [] if start is None else self.tokens[start : island.first]
        if not any(t.kind == "AND" for t in inside) or any(t.kind in ("COMMA", "SEMI", "NUM") for t in inside):
            return False
        named = {t.name for t in inside if t.kind == "OBJ"}
        return any(not group.isdisjoint(named) and named - group for group in _ALIKE)

    def _flavours(self, island: Island) -> list[str]:
        """The pair of "the mass of the electron and the muon"."""
        start = next((i for i in range(island.last - 1, -1, -1) if self.tokens[i].name in PAIR_VARIABLES), None)
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
        if any(t.kind == "PAIR" for t in before) or numbers[-2:-1] == [2.0]:
            return ""  # "all pairs of the three leptons", "any two of the three leptons"
        return {3.0: "trilepton", 4.0: "quadruplet"}.get(numbers[-1] or 0.0, "") if numbers else ""

    def separated(self, subject: Subject, island: Island) -> Subject:
        """A distance from another object is a cut on the first, "to" the second; in a pair, on its members."""
        members = vocabulary.objects()[subject.object].members
        if members and (first := self._first_of_between(subject, island)) is not None:
            return Subject(first.object, (*first.conditions, f"to {subject.object}"), first.parallel)
        if members:
            return replace(subject, object=members)
        others = [
            m.object
            for m in self.mentions
            if (m.relative or island.last <= m.index <= island.last + 5)
            and abs(m.index - island.last) <= 12
            and m.object not in (subject.object, *_NO_SUBJECT)
            and vocabulary.objects()[m.object].members != subject.object  # "the leptons of a quadruplet"
        ]
        if not others:
            others = [t.name for t in self.tokens if t.kind == "VAR" and t.name in ("met", "mht")]
        if not others and (others := self._joined_with(subject, island)):
            subject = replace(subject, parallel=())
        others = others or self._measured_before(island)
        return replace(subject, conditions=(*subject.conditions, f"to {others[0]}")) if others else subject

    def _first_of_between(self, subject: Subject, island: Island) -> Mention | None:
        """The jet of "the angle between the leading jet and the diphoton system": of a pair's own members none is."""
        before = [m for m in self.mentions if m.index < island.first and m.object not in _NO_SUBJECT]
        if len(before) < 2 or before[-1].object != subject.object or before[-2].object == subject.object:
            return None
        joined = [t.kind for t in self.tokens[before[-2].index + 1 : before[-1].index] if t.kind in ("AND", "COMMA")]
        ahead = self.tokens[max(0, before[-2].index - 7) : before[-2].index]
        between = any("between" in t.text.lower().split() for t in ahead)
        return before[-2] if between and joined == ["AND"] else None

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


def of_the_two(tokens: list[Token], island: Island, mentions: list[Mention], scope: Scope) -> Subject | None:
    """The pair of "their invariant mass", "the mass of the two" after a sentence on two leptons; None for neither."""
    near = [t.text.lower() for t in tokens[max(0, island.first - 8) : island.last]]
    words = " ".join(near if "it" not in near else [t.text.lower() for t in tokens[: island.last]])
    if not re.search(r"\btheir\b|\bit\b|\bof (?:the two|both|these two|the pair|them)\b", words):
        return None
    cases = [m.index for m in mentions if re.search(r"\bboth (?:leptons )?are\b", words)]
    if any(m.index < island.first and m.object not in _NO_SUBJECT and m.index not in cases for m in mentions):
        return None
    spoken = scope.inherited_mention(
        ("electron", "muon", "lepton", "photon", "jet", "bjet", "dilepton", "diphoton", "dijet")
    )
    whole = composite(spoken.object) if spoken is not None else ""
    return Subject(whole) if whole else None


__all__ = ["PAIR_VARIABLES", "Pairing", "of_the_two"]
