"""Ranges of pseudorapidity that a sentence takes up from the one before: "In the first range, a jet is also tested"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.reading.eta_cases import ranges_of
from ingest.reading.islands import find_islands, wordings
from ingest.reading.tokens import Token, tokenise

_WHICH = re.compile(
    r"(?i)^\W*(?:with)?in(?:side)? the (?:(?P<first>first|former|central|inner|lower)"
    r"|(?P<last>second|latter|last|forward|outer|upper)) "
    r"(?:of (?:these|the) (?:two )?)?(?:\|η\| |η |pseudorapidity )?(?:ranges?|regions?|intervals?|part)\b(?!,? \(?\|?η)"
)


def range_taken_up(text: str, previous: Sequence[str]) -> list[str]:
    """The range that the head of a sentence takes up, as conditions; [] for none.

    >>> range_taken_up("In the first range, …", ["Jets need 9 GeV for |η| < 2 and 8 GeV for 2 < |η| < 3."])
    ['|η| < 2']
    """
    match = _WHICH.match(text)
    if match is None or not previous:
        return []
    ranges = ranges_of(find_islands(tokenise(previous[0])))
    if not ranges:
        return []
    chosen = ranges[0] if match["first"] else ranges[-1]
    return wordings(chosen, chosen.variable)


def without_range_taken_up(tokens: Sequence[Token], text: str, start: int) -> list[Token]:
    """The tokens, the rank and the noun of such a head as light words: "first" is no rank of an object there."""
    match = _WHICH.match(text)
    if match is None:
        return list(tokens)
    end = start + match.end()
    return [replace(t, kind="LIGHT") if t.end <= end and t.kind in ("COND", "RANGE") else t for t in tokens]


__all__ = ["range_taken_up", "without_range_taken_up"]
