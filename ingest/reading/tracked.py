"""Muons told by their track: "muons that have a track in the inner detector" are all but stand-alone ones."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.reading.token import Token

_INNER = r"(?:inner[ -]detector|inner[ -]tracker|inner tracking detector|tracking detector|ID|tracker|silicon)"
_TRACK = re.compile(
    r"(?i)^(?:(?:that|which|who) (?:do |also )?(?:have|has|possess|own|leave|left)|with|having|possessing|leaving)"
    rf" (?:(?:an?|the|their|its|own|good|associated|matched|matching|reconstructed) )*"
    rf"(?:{_INNER}[ -]tracks?|tracks? (?:(?:that (?:is|was) )?(?:reconstructed|found|measured) )?(?:in|of|from|inside)"
    rf" (?:the )?{_INNER})\b"
)
_LONGEST = 14  # tokens of such a phrase


def with_tracked_muons(tokens: Sequence[Token]) -> list[Token]:
    """The tokens, such words behind muons as the exception of stand-alone ones.

    Not where more is told of them: "muons with a track in the inner detector and a segment in the spectrometer".
    """
    found = list(tokens)
    for at in range(len(found) - 1, -1, -1):
        if found[at].kind != "OBJ" or found[at].name != "muon":
            continue
        last = _end(found, at + 1)
        if not last or [t.kind for t in found[last : last + 1]] == ["AND"]:
            continue
        first = found[at + 1]
        excepted = replace(first, kind="EXCEPT", name="except")
        type_ = replace(found[at + 2], kind="COND", name="stand-alone", end=found[last - 1].end, number=None)
        found[at + 1 : last] = [excepted, type_]
    return found


def _end(tokens: Sequence[Token], start: int) -> int:
    """Where the phrase that starts at a token ends; 0 where none does."""
    ends, text = [], ""
    for token in tokens[start : start + _LONGEST]:
        text += ("" if token.kind == "DASH" or text.endswith("-") else " ") + (
            "-" if token.kind == "DASH" else token.text
        )
        ends.append(len(text.strip()))
    match = _TRACK.match(text.strip())
    return 0 if match is None else start + 1 + next(k for k, end in enumerate(ends) if end >= match.end())


__all__ = ["with_tracked_muons"]
