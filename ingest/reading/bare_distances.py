"""Distances whose ΔR is left out: "jets within 0.3 of a muon", "closer than 0.4 to one of the photons"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingest.reading.token import Token

_NEAR = ("within", "inside", "closer than", "nearer than", "farther than", "further than", "farther away than")
_THINGS = ("electron", "muon", "lepton", "photon", "jet", "bjet", "tau")
_OF = (
    "of",
    "to",
    "from",
    "of a",
    "of an",
    "of the",
    "to the",
    "to a",
    "to an",
    "to any",
    "of any",
    "from the",
    "from any",
)
_BETWEEN = ("COND", "WP", "LIGHT", "NUMWORD", "RELATIVE", "TO", "FROM")
_LARGEST = 3.0


def with_bare_distances(tokens: Sequence[Token]) -> list[Token]:
    """The tokens, with ΔR where a number without a unit says how near one object is to another."""
    found: list[Token] = []
    for at, token in enumerate(tokens):
        found.append(token)
        number = tokens[at + 1] if at + 1 < len(tokens) else None
        if number is None or number.kind != "NUM" or token.kind != "REL" or token.text.lower() not in _NEAR:
            continue
        if at and tokens[at - 1].kind == "VAR" and tokens[at - 1].name == "delta_r":
            continue  # it was said of a distance already
        fraction = number.number is not None and number.number <= _LARGEST and "." in number.text and not number.name
        own = [t for t in tokens[:at] if t.kind == "OBJ" and t.name in _THINGS]
        if fraction and own and _is_to_object(tokens[at + 2 : at + 9]):
            found.append(replace(number, kind="VAR", name="delta_r", text="ΔR", end=number.start, number=None))
    return found


def _is_to_object(behind: Sequence[Token]) -> bool:
    """True for "of a muon", "to one of the two photons" right behind the number."""
    if not behind or behind[0].text.lower() not in _OF:
        return False
    thing = next((k for k, t in enumerate(behind) if t.kind == "OBJ"), 0)
    plain = all(t.kind in _BETWEEN or t.text.lower() in (*_OF, "one", "any") for t in behind[:thing])
    return thing > 0 and behind[thing].name in _THINGS and plain


__all__ = ["with_bare_distances"]
