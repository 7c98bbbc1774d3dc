"""A comparison that is said once: "farther apart than 0.1 if they …, and than 0.2 if they …", or twice: "smaller than
a threshold of 5 GeV"; and one whose "than" stands apart: "closer to a jet than ΔR = 0.4", "is limited, to 0.1";
and "does not reach 60 GeV".
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
    for at, token in enumerate(tokens):
        if token.text.lower() == "other than" and found and found[-1].text.lower() in ("each", "one an"):
            found.append(replace(token, kind="WORD", text=token.text[:5], name="other", end=token.start + 5))
            token = replace(token, kind="STOP", text=token.text[-4:], name="than", start=token.end - 4)
        if token.text.lower() == "than" and token.kind == "STOP" and (sign := _parted(found)):
            measured = tokens[at + 1 : at + 2]
            token = replace(token, kind="REL", name=sign) if measured and measured[0].kind in ("VAR", "NUM") else token
        if token.text.lower() in ("reach", "reaches") and _is_reached(tokens[at + 1 : at + 4]):
            denied = found[-1:] != [] and found[-1].text.lower().split()[-1:] == ["not"]
            again = found[-1:] != [] and found[-1].name == ">="  # "must at least reach 40 GeV"
            start = found.pop().start if denied or again else token.start
            token = replace(token, kind="REL", name="<" if denied else ">=", text="reach", start=start)
        if token.kind == "TO" and _limited(found) and [t.kind for t in tokens[at + 1 : at + 2]] == ["NUM"]:
            found[-2:] = [replace(t, kind="LIGHT") for t in found[-2:]]
            token = replace(token, kind="REL", name="<=")
        said = [t for t in found if t.kind == "REL" and t.text.lower().endswith(" than")]
        if token.text.lower() == "than" and token.kind != "REL" and said and found[-1].kind in _JOINS:
            token = replace(token, kind="REL", name=said[-1].name)
        if token.kind == "THRESH" and (compared := _compared(found)):
            found[compared:] = [replace(t, kind="LIGHT") for t in found[compared:]]
            token = replace(token, kind="LIGHT")
        found.append(token)
    return found


def _is_reached(behind: Sequence[Token]) -> bool:
    """True for "40 GeV", "p_T = 40 GeV": what a momentum reaches, no part of the detector."""
    kinds = [t.kind for t in behind]
    return kinds[:1] == ["NUM"] or (kinds == ["VAR", "REL", "NUM"] and behind[1].name == "==")


def _limited(before: Sequence[Token]) -> bool:
    """True for the words of "its energy is limited, to 10 GeV" that stand before the "to"."""
    return [t.text.lower() for t in before[-2:]] in (["limited", ","], ["restricted", ","])


_PARTED = {"closer": "<", "nearer": "<", "farther": ">", "further": ">"}
_OF_WHAT = ("LIGHT", "WORD", "COND", "OBJ", "WP", "NUMWORD", "RELATIVE", "TO", "FROM", "DASH")
_APART = 9


def _parted(before: Sequence[Token]) -> str:
    """The sign of the "closer" of "closer to a remaining jet than ΔR = 0.4", which its "than" stands apart from."""
    for token in reversed(before[-_APART:]):
        if token.text.lower() in _PARTED:
            return _PARTED[token.text.lower()] if token is not before[-1] else ""
        if token.kind not in _OF_WHAT and token.text.lower() not in ("any", "it", "other", "the other", "each"):
            return ""
    return ""


def _compared(before: Sequence[Token]) -> int:
    """The index behind the comparison of "smaller than a threshold", which is one, whatever thresholds are by rule."""
    for at in range(len(before) - 1, max(-1, len(before) - _REACH), -1):
        if before[at].kind == "REL":
            return at + 1
        if before[at].kind not in _BETWEEN:
            return 0
    return 0


__all__ = ["with_thans"]
