"""Momenta in units of a mass, told in words: "the transverse momenta, relative to the diphoton mass, …"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.reading.token import Token

_MOMENTA = ("pt", "et")
_WHOSE = ("LIGHT", "OBJ", "COND", "STOP", "PAIR", "NUMWORD")
_RELATES = re.compile(
    r"(?i)(?:in (?:units|terms|fractions) of|relative to|relative|divided by|divided with|normali[sz]ed (?:to|by)"
    r"|with respect to|scaled (?:by|to|with)|over|as an? (?:fraction|share|multiple)s? of|expressed in(?: units of)?"
    r"|compared (?:to|with)|measured in(?: units of)?)(?: the| their| its)*$"
)
_RATIO = ("ratio", "ratios", "quotient", "quotients", "fraction", "fractions")
_REACH = 12  # tokens between the momentum and the mass


def with_mass_shares(tokens: list[Token]) -> list[Token]:
    """The tokens with a momentum that words divide by a mass as the ratio of the two, the words of the mass light."""
    for at, token in enumerate(tokens):
        if token.kind != "VAR" or token.name != "mass":
            continue
        first = at
        while first > 0 and tokens[first - 1].kind in _WHOSE and tokens[first - 1].text.lower() not in ("by", "to"):
            first -= 1
        opens = _connector(tokens, first, at)
        momentum = None if opens is None else _momentum(tokens, opens, at)
        if opens is None or momentum is None:
            continue
        stop = _end(tokens, at)
        for k in range(opens, stop):
            tokens = [*tokens[:k], replace(tokens[k], kind="LIGHT"), *tokens[k + 1 :]]
        shared = replace(tokens[momentum], name="pt_over_mass")
        tokens = [*tokens[:momentum], shared, *tokens[momentum + 1 :]]
    return tokens


def _connector(tokens: Sequence[Token], first: int, at: int) -> int | None:
    """Where "in units of" or the "to" of "the ratio of … to" begins in front of the mass; None for neither."""
    for stop in range(at, max(first - 2, 0), -1):
        for start in range(stop - 1, max(-1, stop - 5), -1):
            if _RELATES.fullmatch(" ".join(t.text for t in tokens[start:stop])):
                return start - 1 if start and tokens[start - 1].kind == "COMMA" else start
        words = tokens[stop - 1].text.lower().split()
        if words[0] in ("to", "and") and any(t.text.lower() in _RATIO for t in tokens[max(0, stop - 12) : stop]):
            return stop - 1
    return None


def _momentum(tokens: Sequence[Token], opens: int, at: int) -> int | None:
    """The momentum in front of the connector, else the one behind the mass."""
    for k in range(opens - 1, max(-1, opens - _REACH), -1):
        if tokens[k].kind == "VAR" and tokens[k].name in _MOMENTA:
            return k
        if tokens[k].kind in ("NUM", "REL", "SEMI", "UNIT", "VAR"):
            return None
    for k in range(at + 1, min(at + 7, len(tokens))):
        if tokens[k].kind == "VAR" and tokens[k].name in _MOMENTA:
            return k
        if tokens[k].kind in ("NUM", "REL", "SEMI", "UNIT", "VAR"):
            return None
    return None


def _end(tokens: Sequence[Token], at: int) -> int:
    """Where "the mass of the photon pair" ends."""
    behind = tokens[at + 1 : at + 7]
    if not behind or behind[0].text.lower().split()[0] != "of":
        return at + 1
    stop = next((k for k, t in enumerate(behind) if t.kind not in _WHOSE or "must" in t.text.split()), len(behind))
    named = [k for k, t in enumerate(behind[:stop]) if t.kind in ("OBJ", "PAIR")]
    return at + 1 + (named[-1] + 1 if named else 0)


__all__ = ["with_mass_shares"]
