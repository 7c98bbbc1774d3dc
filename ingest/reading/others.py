""" "No other lepton", "any other muon", "if there is another electron": further ones than those spoken of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingest.reading.tokens import Token

_BEFORE = ("any", "contain", "contains", "containing", "with", "no", "without")
_HOLDING = ("is", "are", "have", "has", "having", "exists", "if", "be")
_WEAKER = ("weaker", "looser", "secondary")
_MODIFIERS = ("COND", "WP", "WORD", "DASH")
_MEASURED = ("electron", "muon", "lepton", "tau", "photon", "jet", "bjet")


def with_others(tokens: Sequence[Token]) -> list[Token]:
    """The tokens, "other" before such an object as the condition that it is an additional one."""
    found = _with_denials(tokens)
    for index in range(1, len(found) - 1):
        before = found[index - 1].text.lower().split()[-1:]
        noun = next((t for t in found[index + 1 : index + 4] if t.kind not in _MODIFIERS), None)
        counted = noun is not None and noun.kind == "OBJ" and noun.name in _MEASURED
        if found[index].text.lower() == "other" and counted and before and before[0] in _BEFORE:
            found[index] = replace(found[index], kind="COND", name="additional")
        if found[index].text.lower() in _WEAKER and noun is not None and noun.name in ("lepton", "electron", "muon"):
            found[index] = replace(found[index], kind="COND", name="veto")  # "there is no weaker lepton"
        if found[index].text.lower() == "another" and counted and before and before[0] in (*_BEFORE, *_HOLDING):
            found[index] = replace(found[index], kind="COND", name="additional")
    return found


def _with_denials(tokens: Sequence[Token]) -> list[Token]:
    """The tokens, "any" of "must not contain any further electron … or any further muon" as another "no"."""
    found = list(tokens)
    for index in range(1, len(found) - 1):
        joined = found[index - 1].kind in ("OR", "COMMA") and found[index].text.lower() in ("any", "a", "an")
        start = max((k for k in range(index) if found[k].kind == "SEMI"), default=-1) + 1
        denied = [k for k in range(start, index) if found[k].kind == "NO" and "not" in found[k].text.lower().split()]
        noun = next((t for t in found[index + 1 : index + 4] if t.kind not in _MODIFIERS), None)
        if joined and denied and noun is not None and noun.kind == "OBJ" and noun.name in _MEASURED:
            found[index] = replace(found[index], kind="NO", name="no")
    return found


__all__ = ["with_others"]
