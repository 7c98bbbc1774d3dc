""" "No other lepton", "any other muon", "if there is another electron": further ones than those spoken of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingest.reading.tokens import Token

_BEFORE = ("any", "contain", "contains", "containing", "with", "no", "without")
_HOLDING = ("is", "are", "have", "has", "having", "exists", "if", "be")
_MODIFIERS = ("COND", "WP", "WORD", "DASH")
_MEASURED = ("electron", "muon", "lepton", "tau", "photon", "jet", "bjet")


def with_others(tokens: Sequence[Token]) -> list[Token]:
    """The tokens, "other" before such an object as the condition that it is an additional one."""
    found = list(tokens)
    for index in range(1, len(found) - 1):
        before = found[index - 1].text.lower().split()[-1:]
        noun = next((t for t in found[index + 1 : index + 4] if t.kind not in _MODIFIERS), None)
        counted = noun is not None and noun.kind == "OBJ" and noun.name in _MEASURED
        if found[index].text.lower() == "other" and counted and before and before[0] in _BEFORE:
            found[index] = replace(found[index], kind="COND", name="additional")
        if found[index].text.lower() == "another" and counted and before and before[0] in (*_BEFORE, *_HOLDING):
            found[index] = replace(found[index], kind="COND", name="additional")
    return found


__all__ = ["with_others"]
