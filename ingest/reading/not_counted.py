"""Numbers that ask for none: "no lepton is used twice", "each with two leptons", "it is no further lepton"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.reading.forbidden import is_none
from ingest.reading.islands import Island
from ingest.reading.mention import Mention
from ingest.reading.tokens import Token

# "no lepton is used twice", "no lepton belongs to both": pairs are disjoint in any case
_SHARED_BY_BOTH = re.compile(
    r"(?i)^\s*(?:(?:is|are|may be|can be|must be|be|gets?)\s)?(?:used|shared|counted|taken|assigned|contained)\s"
    r"(?:twice|more than once|(?:in|by|for|to) (?:both|more than one|two))\b"
    r"|^\s*(?:(?:may|can|must|is allowed to)\s)?(?:belongs?|be(?:ing)? part|is part|occurs?|appears?)\s(?:to|of|in)?\s?"
    r"(?:both|twice|more than one)\b|^\s*in common\b"
)
_OF_EACH = re.compile(
    r"(?i)\b(?:pairs?|ones?|candidates?),? each "
    r"(?:with|of|made (?:up )?of|consist\w* of|contain\w*|form\w* (?:by|from|of)|compris\w*) $"
)
# "events with three or more jets are rejected; if the lepton is an electron, this is already done with two"
_DONE_ALREADY = re.compile(
    r"(?i)\b(?:this|that|the same|it) (?:is|happens|holds|applies)"
    r"(?: already| also| even)*(?: done| so| the case| true)?(?: already| also| even)* "
    r"(?:with|for|at|from|of)(?: (?:those|events))?(?: (?:with|of|that have))? $"
)


def why_not_counted(
    tokens: Sequence[Token], mentions: Sequence[Mention], island: Island, before: str, behind: str
) -> str:
    """Why a number of objects asks for none, or ""; `before` and `behind` are the sentence on either side of it."""
    none = is_none(tokens, island)
    if none and _SHARED_BY_BOTH.match(behind):
        return "a number of nothing: that no object is used twice"
    if _OF_EACH.search(before):
        return "a number of the members of a pair"
    if none and _is_predicate(tokens, mentions, island):
        return "a number of nothing: says what something is not"
    return ""


def done_already(before: str) -> bool:
    """Whether a number takes up what is thrown away before it: "this is already done with two jets"."""
    return _DONE_ALREADY.search(before) is not None


def _is_predicate(tokens: Sequence[Token], mentions: Sequence[Mention], island: Island) -> bool:
    """True for "… is mostly a photon and is no further lepton", of something spoken of before."""
    said = [t.text.lower() for t in tokens[max(0, island.first - 1) : island.first]]
    there = [t.text.lower() for t in tokens[max(0, island.first - 2) : island.first - 1]] == ["there"]
    before = [m for m in mentions if m.index < island.first and m.object not in ("event", "vertex")]
    single = island.thing is not None and not island.thing.text.lower().endswith("s")
    return said in (["is"], ["are"]) and not there and bool(before) and (single or said == ["are"])


__all__ = ["done_already", "why_not_counted"]
