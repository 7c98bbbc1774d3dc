"""Numbers of objects that only say of whom something is required: "any two leptons", "the three leading leptons"."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.reading.conditions import kind_of
from ingest.reading.islands import Island
from ingest.reading.tokens import Token
from kg import vocabulary

_KNOWN = (
    "the",
    "these",
    "those",
    "their",
    "its",
    "whose",
    "each",
    "both",
    "all",
    "any",
    "every",
    "between",
    "among",
    "amongst",
)


def says_whom(tokens: Sequence[Token], count: Island) -> bool:
    """True for a bare number of objects that are known, or of any such: it does not say how many there must be.

    >>> from ingest.reading.islands import find_islands
    >>> from ingest.reading.tokens import tokenise
    >>> tokens = tokenise("ΔR > 0.1 for any two leptons")
    >>> says_whom(tokens, find_islands(tokens)[1])
    True
    """
    if count.word:
        return False
    inside, before = tokens[count.first : count.last], tokens[max(0, count.first - 1) : count.first]
    if any(t.text.lower() in ("are", "is") for t in inside):
        return False  # "if all four are muons"
    if any(t.kind == "LIGHT" and t.text.lower() == "of" for t in inside):
        return True  # "one of the two leptons"
    if any(t.kind == "COND" and kind_of(t.name) == "rank" for t in inside):
        return True
    ahead = next((t for t in reversed(tokens[: max(0, count.first - 1)]) if t.kind != "LIGHT"), None)
    if count.amount.values[0] == 2 and _says_how_far(tokens, count.last):
        return True
    opens = [t.text.lower() for t in before] == ["for"] and ahead is not None and ahead.kind in ("NUM", "UNIT", "RPAR")
    opens = opens and count.thing is not None and count.thing.name not in ("electron", "muon")  # "for two electrons"
    return opens or any(t.text.lower().split()[-1] in _KNOWN for t in before)


def _says_how_far(tokens: Sequence[Token], start: int) -> bool:
    """True for "two leptons of the same flavour (must be) at least ΔR = 0.1 apart": a distance has two ends."""
    said = [t for t in tokens[start : start + 8] if t.kind not in ("LIGHT", "COND", "AND", "STOP", "REL")]
    return bool(said) and said[0].kind == "VAR" and vocabulary.family_of(said[0].name) == "separation"


__all__ = ["says_whom"]
