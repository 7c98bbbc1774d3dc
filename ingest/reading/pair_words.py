"""Pairs and their leptons under other names: "each combination of opposite charge", "the larger p_T in the pair"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingest.reading.conditions import kind_of
from ingest.reading.roles import OF_THE_PAIR
from ingest.reading.token import Token

_COMBINATIONS = ("combination", "combinations")
_LARGER = ("larger", "higher", "greater", "bigger", "largest", "highest")
_SMALLER = ("smaller", "lower", "lesser", "smallest", "lowest")
_OF_TWO = ("in", "of", "within", "among")
_Z_PAIR = ("pair", "Z", "dilepton", "candidate")


def with_pair_words(tokens: Sequence[Token]) -> list[Token]:
    """The tokens, combinations of two leptons as pairs, and the larger of the momenta in a pair as its leading one's.

    >>> from ingest.reading.tokens import tokenise
    >>> [t.kind for t in tokenise("each combination of opposite charge")][1]
    'PAIR'
    """
    found: list[Token] = []
    for at, token in enumerate(tokens):
        if token.text.lower() in _COMBINATIONS and _is_of_leptons(tokens, at):
            found.append(replace(token, kind="PAIR", name="pair"))
        elif token.kind == "VAR" and token.name in ("pt", "et") and not token.condition:
            found.append(_ranked(tokens, at))
        else:
            found.append(token)
    return found


def _is_of_leptons(tokens: Sequence[Token], at: int) -> bool:
    """True for "combination of the same flavour", "same-flavour combination", "combination of two leptons"."""
    if any(_sorts(t) for t in tokens[max(0, at - 2) : at]):
        return True
    if any(_sorts(t) for t in tokens[at + 1 : at + 2]):
        return True  # the "of" is part of "of the same flavour"
    if tokens[at + 1 : at + 2] and tokens[at + 1].text.lower().split()[:1] not in (["of"], ["with"]):
        return False
    behind = [t for t in tokens[at + 2 : at + 5] if t.kind != "LIGHT"]
    two = len(behind) > 1 and behind[0].number == 2 and behind[1].kind == "OBJ"
    return two or (bool(behind) and _sorts(behind[0]))


def _sorts(token: Token) -> bool:
    return token.kind == "COND" and kind_of(token.name) == "pair"


def _ranked(tokens: Sequence[Token], at: int) -> Token:
    """The p_T of "the larger p_T in the pair", "the lower p_T of the two leptons", as that of one of the leptons."""
    token, before = tokens[at], tokens[max(0, at - 2) : at]
    words = [w for t in before for w in t.text.lower().split()]
    said = words[-1] if words else ""
    rank = "leading" if said in _LARGER else "subleading" if said in _SMALLER else ""
    behind = [w for t in tokens[at + 1 : at + 5] for w in t.text.split()]
    if not rank or "the" not in words[-3:-1] or behind[:1] == [] or behind[0] not in _OF_TWO:
        return token
    rest = [w for w in behind[1:4] if w not in ("the", "this", "that", "two", "selected", "chosen")]
    if rest[:1] and rest[0] in _Z_PAIR:
        return replace(token, object="lepton", condition=f"{rank}, {OF_THE_PAIR}")
    return token


__all__ = ["with_pair_words"]
