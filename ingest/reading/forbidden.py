"""What there must be none of: "no electron with p_T > 10 GeV", "no lepton pair may have a mass below 12 GeV"."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.reading.classes import OF_OBJECTS
from ingest.reading.conditions import kind_of
from ingest.reading.islands import Island
from ingest.reading.tokens import Token
from kg import vocabulary

_DESCRIBES = {"with", "having", "that", "which", "may", "must", "can", "has", "have", "is", "are", "within"}
_OF_PAIRS = ("mass", "abs_mass_minus_mz", "delta_r", "delta_phi")


def forbidden_by(tokens: Sequence[Token], islands: Sequence[Island], island: Island) -> Island | None:
    """The "no electron" whose electrons the comparison describes, None for none."""
    counts = [i for i in islands if i.last <= island.first and i.kind == "count"]
    if not counts or not is_none(tokens, counts[-1]):
        return None
    inside = {k for i in islands for k in range(i.first, i.last)}
    between = [t for k, t in enumerate(tokens[: island.first]) if k >= counts[-1].last and k not in inside]
    if any(t.kind in ("OBJ", "SEMI", "COLON", "PAIR") for t in between):
        return None
    if not between and island.word and island.op[:1] == ">" and counts[-1].last == island.first:
        return counts[-1]  # "no electron above 15 GeV"
    said = [t for t in between if t.kind not in ("COND", "LIGHT")]  # "… of the same flavour may have a mass below …"
    opened = said[0].text.lower().split() if said else []
    return counts[-1] if set(opened) & _DESCRIBES else None


def is_none(tokens: Sequence[Token], island: Island) -> bool:
    """True for "no electron", "without any jet"."""
    return island.kind == "count" and tokens[island.first].kind == "NO"


def is_of_pair(none: Island, variable: str) -> bool:
    """True where no pair may have such a mass or distance: it is the pair that the comparison throws away."""
    thing = none.thing.name if none.thing is not None else ""
    paired = none.paired or (thing != "" and vocabulary.objects()[thing].is_pair)
    return paired and variable in _OF_PAIRS


def described(tokens: Sequence[Token], islands: Sequence[Island], none: Island) -> list[Island]:
    """The comparisons that say which objects there must be none of."""
    return [i for i in islands if i.kind != "count" and forbidden_by(tokens, islands, i) == none]


def class_of_none(variable: str, conditions: Sequence[str]) -> tuple[str, ...]:
    """The class of objects that only a veto speaks of, where the text gives them none."""
    classed = any(kind_of(c) == "class" for c in conditions)
    return () if classed or vocabulary.family_of(variable) not in OF_OBJECTS else ("veto",)


__all__ = ["class_of_none", "described", "forbidden_by", "is_none", "is_of_pair"]
