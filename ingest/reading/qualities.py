"""One working point of two qualities: "the Loose working points of both the identification and the isolation"."""

from __future__ import annotations

import re

from ingest.reading.token import Token

_QUALITY = r"(?:identification|isolation)"
_BOTH = re.compile(
    rf"(?i)\b{_QUALITY}s?\b(?: (?:working points?|criteri\w+|requirements?))?,? (?:and|as well as|and also) "
    rf"(?:(?:for|of|in|the|their|its|to) ){{0,3}}{_QUALITY}\b"
)


def point_of_both(text: str, tokens: list[Token]) -> int | None:
    """The index of the one working point of a sentence which names both qualities in a row; None for anything else.

    >>> from ingest.reading.tokens import tokenise
    >>> said = "For identification and isolation, electrons satisfy the Loose working points."
    >>> point_of_both(said, tokenise(said))
    8
    """
    points = [at for at, token in enumerate(tokens) if token.kind == "WP"]
    if len(points) != 1 or not _BOTH.search(text):
        return None
    behind = [t.name for t in tokens[points[0] + 1 : points[0] + 5] if t.kind == "VAR"]
    return points[0] if len(behind) != 1 else None  # "…, both of which satisfy the Tight identification"


__all__ = ["point_of_both"]
