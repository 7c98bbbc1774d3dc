"""Clauses that say why something is required: "…, because triggers with p_T > 18 GeV are used" requires nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.reading import context
from ingest.reading.token import Token

GIVES_A_REASON = "says why something is required"
_WHY = ("because", "since")
# "The lower bound on the mass …, which holds for all pairs, rejects …", "This removes …": what a requirement does
_EFFECT = re.compile(
    r"(?i)^\W*(?:(?:this|these|the|such|that|both|all|each|an?)\s(?:(?!and\b|veto)[\w-]+\s){0,4}?"
    r"(?:requirements?|criteri\w+|cuts?|bounds?|thresholds?|conditions?|windows?|limits?)\b[^;:]*?|(?:this|these)\s"
    r"(?:also\s|further\s|\w+ly\s)?)(?P<verb>rejects?|removes?|suppress(?:es)?|reduces?|eliminates?)\b"
)

# "loose leptons serve to reject events with …": what something is used for, as far as the number of objects
_FOR_REJECTION = re.compile(
    r"(?i)(?<!required )(?<!have )(?<!has )\b(?:to|for|of) (?:[\w-]+ and )?"
    r"(?:reject|remov|suppress|veto|reduc|eliminat|exclud|discard|identify|avoid|find|drop)(?:e|p?ing)?"
    r"(?: the)?(?: [\w-]+){0,2} events? (?:with|that (?:contain|have|hold)|containing|having)\s$"
)


def tells_purpose(before: str) -> bool:
    """Whether a number of objects is that of the events which something serves to reject, by the text before it.

    >>> tells_purpose("Loose leptons serve to reject events with "), tells_purpose("We reject events with ")
    (True, False)
    """
    return _FOR_REJECTION.search(before) is not None


def tells_effect(text: str, at: int) -> bool:
    """Whether what stands at the offset is what a requirement that was stated before rejects.

    >>> tells_effect("The upper bound on the mass removes events in which a photon converts.", 50)
    True
    """
    match = _EFFECT.match(text)
    return match is not None and match.start("verb") < at


def gives_reason(text: str, start: int, tokens: Sequence[Token], index: int) -> bool:
    """Whether token `index` stands in such a clause of the sentence `text`, which begins at the offset `start`.

    A clause that requires something itself ("since at least two jets are required") counts as a requirement.
    """
    for at in range(index - 1, -1, -1):
        if tokens[at].kind == "SEMI" or _goes_on(tokens, at):
            return False
        if tokens[at].text.lower().split()[:1] and tokens[at].text.lower().split()[0] in _WHY:
            stop = next((k for k in range(at, len(tokens)) if _ends(tokens, k, at)), len(tokens) - 1)
            clause = text[tokens[at].start - start : tokens[stop].end - start]
            return index < stop and not context.is_strong(clause)
    return False


def _ends(tokens: Sequence[Token], at: int, begin: int) -> bool:
    """Whether the clause that begins at `begin` ends here: at the comma of one that opens the sentence."""
    opens = begin == 0 and tokens[at].kind == "COMMA"
    return opens or tokens[at].kind == "SEMI" or _goes_on(tokens, at) or at == len(tokens) - 1


def _goes_on(tokens: Sequence[Token], at: int) -> bool:
    """True for the comma of "…, and muons must have …"."""
    return tokens[at].kind == "COMMA" and [t.kind for t in tokens[at + 1 : at + 2]] == ["AND"]


__all__ = ["GIVES_A_REASON", "gives_reason", "tells_effect", "tells_purpose"]
