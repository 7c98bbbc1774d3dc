"""Distances of a mass from that of the Z boson: "within 15 GeV of m_Z", "±10 GeV around m_Z", "differs by less"."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.reading.islands import Island
from ingest.reading.token import Token

_DIFFERS = {"differ", "differs", "differing", "deviate", "deviates", "difference", "distance", "away", "separated"}
_REACH = 10


def is_from_z_mass(tokens: Sequence[Token], island: Island) -> bool:
    """True where the comparison is of the distance from the Z boson's mass."""
    behind = tokens[island.last : island.last + 5]
    return any(t.kind == "ZMASS" for t in behind) or differs_at(tokens, island) >= 0


def differs_at(tokens: Sequence[Token], island: Island) -> int:
    """Where "differs from m_Z by" begins before the comparison; -1 where it does not."""
    start = max(0, island.first - _REACH)
    before = tokens[start : island.first]
    if not any(t.kind == "ZMASS" for t in before):
        return -1
    found = [start + k for k, t in enumerate(before) if set(t.text.lower().split()) & _DIFFERS]
    return found[-1] if found else -1


def is_window(tokens: Sequence[Token], island: Island) -> bool:
    """True for an amount with a sign before it: a distance from something, never a value of its own."""
    return any(t.text == "±" for t in tokens[island.first : island.last])


__all__ = ["differs_at", "is_from_z_mass", "is_window"]
