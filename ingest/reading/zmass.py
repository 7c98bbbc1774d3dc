"""Distances of a mass from that of the Z boson: "within 15 GeV of m_Z", "±10 GeV around m_Z", "differs by less"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.reading.islands import Island
from ingest.reading.token import Token

_DIFFERS = {"differ", "differs", "differing", "deviate", "deviates", "difference", "distance", "away", "separated"}
_AGREES = {"agree", "agrees", "agreeing", "compatible", "consistent", "coincide", "coincides", "matches", "match"}
_CLOSEST = {"closest", "closer", "nearest", "nearer", "close", "near"}
_REACH = 10


_NEAR_Z = (91.0, 91.3)
_AROUND = ("of", "around", "about", "from", "near", "at")


def with_z_mass(tokens: Sequence[Token]) -> list[Token]:
    """The tokens, a number as the mass of the Z boson where it stands for it: "within 15 GeV of 91.1876 GeV"."""
    found: list[Token] = []
    index = 0
    while index < len(tokens):
        token, behind = tokens[index], tokens[index + 1 : index + 3]
        if token.kind == "ZMASS" and [t.text.lower().rstrip("s") for t in behind[:1]] == ["candidate"]:
            found += [replace(token, kind="VAR", name="mass"), replace(behind[0], kind="OBJ", name="dilepton")]
            index += 2  # "the mass of the Z boson candidate" is that of the pair
            continue
        if width := _that_of_the_z(tokens[index : index + 5], found):
            end = tokens[index + width - 1].end
            found.append(replace(token, kind="ZMASS", name="zmass", end=end))
            index += width
            continue
        valued = token.kind == "NUM" and token.number is not None and _NEAR_Z[0] <= token.number <= _NEAR_Z[1]
        in_gev = [t.name for t in behind[:1]] == ["GeV"]
        goes_on = any(t.kind in ("TO", "DASH") for t in behind[1:])
        if valued and in_gev and not goes_on and _stands_for_it(found):
            found.append(replace(token, kind="ZMASS", name="zmass", number=None, end=behind[0].end))
            index += 2
            continue
        found.append(token)
        index += 1
    return found


def _that_of_the_z(ahead: Sequence[Token], before: Sequence[Token]) -> int:
    """How many tokens "that of the Z boson" has behind a mass, 0 for none."""
    if not ahead or ahead[0].text[:4].lower() != "that":
        return 0
    match = re.match(r"(?i)that of the Z(?: boson)?(?!\S| candidate| pair)", " ".join(t.text for t in ahead))
    masses = [t.name == "mass" for t in before if t.kind == "VAR"]
    return len(match[0].split()) if match and masses and masses[-1] else 0


def _stands_for_it(before: Sequence[Token]) -> bool:
    """True behind "15 GeV of", "10 GeV around", "differs from", "m_ℓℓ -": what something is measured from."""
    said = [t for t in before if t.text.lower() not in ("the", "value", "a", "nominal", "mass", "z")]
    if not said:
        return False
    if said[-1].text.lower() in ("to", "with"):  # "closest in mass to 91.19 GeV", "agrees with 91.19 GeV within …"
        return any(set(t.text.lower().split()) & (_AGREES | _CLOSEST) for t in said[-6:-1])
    if said[-1].kind == "DASH":
        return said[-2:-1] != [] and said[-2].kind == "VAR" and said[-2].name == "mass"
    around = said[-1].text.lower().split()[-1:] or [""]
    near = said[-6:-1]
    measured = any(t.kind == "UNIT" for t in near) or any(set(t.text.lower().split()) & _DIFFERS for t in near)
    return around[0] in _AROUND and (measured or any("window" in t.text.lower() for t in near))


def is_from_z_mass(tokens: Sequence[Token], island: Island) -> bool:
    """True where the comparison is of the distance from the Z boson's mass."""
    behind = tokens[island.last : island.last + 5]
    taken_up = re.match(r"of (?:it|this|that)\b", " ".join(t.text.lower() for t in behind[:2])) is not None
    if taken_up and any(t.kind == "ZMASS" for t in tokens[: island.first]):
        return True
    return any(t.kind == "ZMASS" for t in behind) or differs_at(tokens, island) >= 0 or _agrees(tokens, island)


def _agrees(tokens: Sequence[Token], island: Island) -> bool:
    """True for "must agree with m_Z within 12 GeV", "compatible with the Z mass to within 10 GeV"."""
    before = tokens[max(0, island.first - _REACH) : island.first]
    at = next((k for k, t in enumerate(before) if set(t.text.lower().split()) & _AGREES), len(before))
    near = all(t.kind not in ("VAR", "OBJ", "NUM") for t in before[at + 1 :])
    return island.op[:1] == "<" and near and any(t.kind == "ZMASS" for t in before[at:])


def differs_at(tokens: Sequence[Token], island: Island) -> int:
    """Where "differs from m_Z by" begins before the comparison; -1 where it does not."""
    start = max(0, island.first - _REACH)
    before = tokens[start : island.first]
    if not any(t.kind == "ZMASS" for t in before):
        return -1
    said = _DIFFERS | _AGREES if island.op[:1] == "<" else _DIFFERS
    found = [start + k for k, t in enumerate(before) if set(t.text.lower().split()) & said]
    return found[-1] if found else -1


def is_window(tokens: Sequence[Token], island: Island) -> bool:
    """True for an amount with a sign before it: a distance from something, never a value of its own."""
    return any(t.text == "±" for t in tokens[island.first : island.last])


__all__ = ["differs_at", "is_from_z_mass", "is_window", "with_z_mass"]
