"""Symbols of several signs that are one variable: "p_T^γ1/m_γγ", "p_T,1"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingest.reading.conditions import RANKS
from ingest.reading.token import Token

_MOMENTA = ("pt", "et")


def with_ratios(tokens: Sequence[Token]) -> list[Token]:
    """The tokens, with a momentum and the number behind it as that of the leading, subleading, … object, and with a
    momentum over a mass as one variable, which keeps the object and the rank of the momentum.
    """
    found: list[Token] = []
    position = 0
    while position < len(tokens):
        token = tokens[position]
        if token.kind == "VAR" and token.name in _MOMENTA:
            token, position = _numbered(tokens, position)
            behind = tokens[position + 1 : position + 3]
            if [t.kind for t in behind] == ["SLASH", "VAR"] and behind[1].name == "mass":
                token = replace(token, end=behind[1].end, name="pt_over_mass", text=f"{token.text}/{behind[1].text}")
                position += 2
        found.append(token)
        position += 1
    return found


def _numbered(tokens: Sequence[Token], at: int) -> tuple[Token, int]:
    """The p_T of the first of "p_T,1", and the index of the last token of the symbol."""
    token, behind = tokens[at], tokens[at + 1 : at + 3]
    adjacent = len(behind) == 2 and behind[0].start == token.end and behind[1].start == behind[0].end
    if not adjacent or behind[0].kind != "COMMA" or behind[1].text not in ("1", "2", "3", "4") or token.condition:
        return token, at
    return replace(token, end=behind[1].end, condition=RANKS[int(behind[1].text) - 1]), at + 2


__all__ = ["with_ratios"]
