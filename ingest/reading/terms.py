"""Limits of several terms, such as E_T^cone40 < 2.45 GeV + 0.022 E_T: no number alone says what is required."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.reading.islands import Island
from ingest.reading.tokens import Token

_TERMS = "a limit of several terms, of which only one is read"
_SIGNS = ("+", "-", "−", "–", "plus", "minus")


def doubt_of_terms(tokens: Sequence[Token], island: Island) -> str:
    """Why the limit of a comparison is no number: something is added to it behind or in front; "" where nothing is."""
    behind = [t for t in tokens[island.last : island.last + 8] if t.kind != "LIGHT"]
    added = [t.kind for t in behind[1:2]] == ["NUM"] and behind[0].text.lower() in _SIGNS
    closes = added and [t.kind for t in behind[2:4]] in (["VAR", "SIGN"], ["VAR"], ["VAR", "COMMA"], ["VAR", "AND"])
    numbers = [t for t in tokens[island.first : island.last] if t.kind == "NUM"]
    share = bool(numbers) and numbers[-1].name == "share"
    divided = added and any(t.text == "/" for t in behind[2:4]) and any(t.kind == "VAR" for t in behind[3:5])
    named = any(t.kind == "VAR" for t in behind[2:4])
    told = added and (share or closes or divided or named or behind[1].text.endswith("%"))
    return _TERMS if told and island.kind == "bound" else ""


__all__ = ["doubt_of_terms"]
