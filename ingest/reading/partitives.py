""" "The harder of the two leptons", "the more energetic one of the two": one of several, by its place among them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.reading.token import Token

_FIRST = re.compile(
    r"(?i)^(?:(?:the|a) )?(?:leading|harder|hardest|more energetic|higher(?:[- ]p_T)?|(?:larger|greater)[- ]p_T)"
    r"(?: one)?$"
)
_LAST = re.compile(
    r"(?i)^(?:(?:the|a) )?(?:subleading|softer|softest|less energetic|lower(?:[- ]p_T)?|smaller[- ]p_T)(?: one)?$"
)
_REACH = 5  # tokens of the longest such phrase
_PASSED = ("LIGHT", "NUMWORD", "COND", "WP", "DASH")


def with_one_of_several(tokens: Sequence[Token]) -> list[Token]:
    """The tokens, with "the harder one of the two leptons" as "the leading lepton"."""
    found = list(tokens)
    for at in range(len(found) - 1, 0, -1):
        if found[at].text.lower() != "of":
            continue
        thing = next((k for k in range(at + 1, len(found)) if found[k].kind not in _PASSED), at)
        if not found[thing : thing + 1] or found[thing].kind != "OBJ":
            continue
        both = _of_both(found, thing)
        if both or any(t.kind == "NUMWORD" for t in found[at:thing]):
            start, rank = _ranked(found, at)
            if rank:
                one = replace(found[start], kind="COND", name=rank, end=found[at - 1].end)
                found[start : both or thing] = [one, *([replace(found[thing], name="lepton")] if both else [])]
    return found


def _of_both(tokens: Sequence[Token], first: int) -> int:
    """Where "the electron and the muon" ends, of which one is meant; 0 for anything else."""
    named = [k for k in range(first, min(first + 5, len(tokens))) if tokens[k].kind == "OBJ"]
    if len(named) < 2 or {tokens[k].name for k in named[:2]} != {"electron", "muon"}:
        return 0
    between = [t.kind for t in tokens[first + 1 : named[1]] if t.kind != "LIGHT"]
    return named[1] + 1 if between == ["AND"] else 0


def _ranked(tokens: Sequence[Token], stop: int) -> tuple[int, str]:
    """Where a phrase of rank begins that ends before token `stop`, and the rank; "" for none."""
    for start in range(max(0, stop - _REACH), stop):
        said = " ".join(t.text for t in tokens[start:stop]).replace(" - ", "-")
        for words, rank in ((_FIRST, "leading"), (_LAST, "subleading")):
            if words.match(said):
                return start, rank
    return stop, ""


__all__ = ["with_one_of_several"]
