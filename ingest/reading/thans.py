"""A comparison that is said once: "farther apart than 0.1 if they …, and than 0.2 if they …", or twice: "smaller than
a threshold of 5 GeV".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingest.reading.token import Token

_BETWEEN = ("LIGHT", "WORD", "DASH", "STOP")  # "smaller than a p_T-dependent threshold"
_REACH = 7
_JOINS = ("AND", "OR", "COMMA", "SEMI")


def with_thans(tokens: Sequence[Token]) -> list[Token]:
    """The tokens, a "than" behind "and" or a comma as the comparison with "than" before it."""
    found: list[Token] = []
    for token in tokens:
        said = [t for t in found if t.kind == "REL" and t.text.lower().endswith(" than")]
        if token.text.lower() == "than" and token.kind != "REL" and said and found[-1].kind in _JOINS:
            token = replace(token, kind="REL", name=said[-1].name)
        if token.kind == "THRESH" and (compared := _compared(found)):
            found[compared:] = [replace(t, kind="LIGHT") for t in found[compared:]]
            token = replace(token, kind="LIGHT")
        found.append(token)
    return found


def _compared(before: Sequence[Token]) -> int:
    """The index behind the comparison of "smaller than a threshold", which is one, whatever thresholds are by rule."""
    for at in range(len(before) - 1, max(-1, len(before) - _REACH), -1):
        if before[at].kind == "REL":
            return at + 1
        if before[at].kind not in _BETWEEN:
            return 0
    return 0


__all__ = ["with_thans"]
