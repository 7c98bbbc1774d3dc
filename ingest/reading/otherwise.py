"""The other sort: "ΔR > 0.1 for the same flavour and 0.2 otherwise", "15 GeV if calo-tagged, else 5 GeV"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.reading.conditions import kind_of
from ingest.reading.token import Token

OTHERWISE = {
    "same-flavour": "different-flavour",
    "different-flavour": "same-flavour",
    "barrel": "endcap",
    "endcap": "barrel",
    "same-sign": "opposite-sign",
    "opposite-sign": "same-sign",
}
_IF_NOT = re.compile(
    r",? ?(?:if|when|where) (?:(?:they|it|these|both|the two(?: leptons)?) (?:are|is|do|does|have|has) )?"
    r"not(?: so)?(?: ?[.,;:)]|$)"
)
_WORDS = ("otherwise", "else")


def says_otherwise(token: Token) -> bool:
    """True for the word by which what is left over is spoken of."""
    return token.text.lower() in _WORDS


def denies(behind: Sequence[Token]) -> bool:
    """True for the words "if they are not", "if not" right behind a comparison."""
    return _IF_NOT.match(" ".join(t.text.lower() for t in behind)) is not None


def other_sort(conditions: Sequence[str]) -> str:
    """What the last of some conditions leaves over: the other flavour, "not calo-tagged"; "" for nothing."""
    for name in reversed(conditions):
        if name in OTHERWISE:
            return OTHERWISE[name]
        if kind_of(name) == "type":
            return f"not {name}"
    return ""


def with_other_sorts(tokens: Sequence[Token]) -> list[Token]:
    """The tokens of a cell, such a word as the sort that it means."""
    found: list[Token] = []
    for token in tokens:
        sort = other_sort([t.name for t in found if t.kind == "COND"]) if says_otherwise(token) else ""
        if sort.startswith("not "):
            found.append(replace(token, kind="EXCEPT"))
        found.append(replace(token, kind="COND", name=sort.removeprefix("not ")) if sort else token)
    return found


__all__ = ["OTHERWISE", "denies", "other_sort", "says_otherwise", "with_other_sorts"]
