"""Numbers of objects that only say of whom something is required: "any two leptons", "the three leading leptons"."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.reading.conditions import kind_of
from ingest.reading.islands import Island
from ingest.reading.tokens import Token

_KNOWN = ("the", "these", "those", "their", "each", "both", "all", "any", "every", "between", "among", "amongst")


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
    if any(t.kind == "LIGHT" and t.text.lower() == "of" for t in inside):
        return True  # "one of the two leptons"
    if any(t.kind == "COND" and kind_of(t.name) == "rank" for t in inside):
        return True
    ahead = next((t for t in reversed(tokens[: max(0, count.first - 1)]) if t.kind != "LIGHT"), None)
    opens = [t.text.lower() for t in before] == ["for"] and ahead is not None and ahead.kind in ("NUM", "UNIT", "RPAR")
    return opens or any(t.text.lower().split()[-1] in _KNOWN for t in before)


__all__ = ["says_whom"]
