"""Asides that require nothing: "be it the electron or the muon", "which includes Tight", "that is, the sum of both"."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.reading.token import Token

_OPENERS = (
    *(("be", one) for one in ("it", "they", "this")),
    *(("whether", one) for one in ("it", "they", "this", "these", "an", "a", "electron", "muon")),
    *((word, "") for word in ("whichever", "regardless", "irrespective", "independent", "independently", "whatever")),
    ("no", "matter"),
    *(("which", word) for word in ("includes", "include", "contains", "contain", "comprises", "encompasses")),
    *(("which", word) for word in ("can", "may")),
)
_LONGEST = 14
_UNCHANGED = {"unchanged", "same"}


def without_asides(tokens: Sequence[Token]) -> list[Token]:
    """The tokens without such an aside, which stands between two commas, in parentheses or at the end of the sentence.

    >>> from ingest.reading.tokens import tokenise
    >>> " ".join(t.text for t in without_asides(tokenise("The leading lepton, be it a muon or not, has p_T > 9 GeV")))
    'The leading lepton has p_T > 9 GeV'
    """
    kept: list[Token] = []
    at = 0
    while at < len(tokens):
        stop = _end(tokens, at) if tokens[at].kind in ("COMMA", "LPAR") else 0
        if not stop:
            kept.append(tokens[at])
        at = stop or at + 1
    return kept


def _end(tokens: Sequence[Token], at: int) -> int:
    """Behind the comma that closes an aside opened at `at`; 0 where none is."""
    words = [w for t in tokens[at + 1 : at + 4] for w in t.text.lower().split()]
    if words[:2] == ["that", "is"] and [t.kind for t in tokens[at + 3 : at + 4]] == ["COMMA"]:
        return _explained(tokens, at + 4)
    opened = any(words[:1] == [first] and second in ("", *words[1:2]) for first, second in _OPENERS)
    if not opened and words[:1] not in (["whereas"], ["while"]):
        return 0
    closes = ("RPAR",) if tokens[at].kind == "LPAR" else ("COMMA",)
    for stop in range(at + 2, min(at + _LONGEST, len(tokens))):
        if tokens[stop].kind in ("NUM", "REL", "SEMI"):
            return 0
        ends = tokens[stop].kind in closes
        if ends or (tokens[stop].text == "." and stop == len(tokens) - 1):
            return stop + ends if opened or _leaves(tokens[at + 1 : stop]) else 0
    return 0


def _explained(tokens: Sequence[Token], start: int) -> int:
    """Behind the comma that closes ", that is, from the vector sum of both,", where no number stands within."""
    for stop in range(start, min(start + _LONGEST, len(tokens))):
        if tokens[stop].kind in ("NUM", "REL", "SEMI", "UNIT"):
            return 0
        if tokens[stop].kind == "COMMA":
            return stop + 1
    return 0


def _leaves(tokens: Sequence[Token]) -> bool:
    """True for "whereas the higher one for calorimeter-tagged muons remains as it is": nothing new is required."""
    words = [w for t in tokens for w in t.text.lower().split()]
    verb = next((k for k, w in enumerate(words) if w in ("remains", "remain", "stays", "stay", "kept", "left")), -1)
    behind = words[verb + 1 :] if verb >= 0 else []
    return behind[:1] == ["as"] or bool(_UNCHANGED & set(behind))


__all__ = ["without_asides"]
