"""Leptons by what they come from: "the leptons of the Z candidate", ℓ_Z1 and ℓ_Z2, p_T(ℓ_W), p_T^ℓ_W."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.reading.conditions import RANKS
from ingest.reading.token import Token

OF_THE_PAIR = "of the Z pair"
"""The two leptons of the pair that is chosen by its mass; what it leaves over is "remaining"."""
_SYMBOL = re.compile(r"(?P<momentum>[pE]_?T)?\^?\{?[ℓl]_?\^?(?P<owner>W|Z)_?,?(?P<number>[12])?\}?")
_LEPTONS = ("lepton", "electron", "muon")
_PHRASE = re.compile(
    r"(?i)^(?:(?:that|which|who) )?(?:of|from|in|form|forms|forming|make up|making up|associated (?:with|to)"
    r"|assigned to|attributed to|belonging to|used for)"
    r"(?: the| a)?(?: decay of the| selected| reconstructed)? "
    r"Z(?: boson)?(?: candidate| pair| decay)?(?: decay)?(?= |$)"
)
_OF_THE_W = re.compile(r"(?i)(?:of|from|assigned to|ascribed to|attributed to) (?:the )?W\b")


def with_roles(tokens: Sequence[Token]) -> list[Token]:
    """The tokens, leptons of a Z boson as those of its pair, that of a W boson as what the pair leaves over.

    >>> from ingest.reading.tokens import tokenise
    >>> [t.name for t in tokenise("p_T^ℓ_Z2 > 10 GeV")][:1], tokenise("p_T^ℓ_Z2")[0].condition
    (['pt'], 'subleading, of the Z pair')
    """
    found: list[Token] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        symbol = _SYMBOL.fullmatch(token.text) if token.kind == "WORD" else None
        if symbol is not None:
            named = [t.kind for t in tokens[at + 1 : at + 2]] == ["OBJ"]
            found += _read(token, symbol, named)
        elif (thing := _lepton(token, found)) and (stop := _of_the_z(tokens, at)):
            mark = replace(token, kind="COND", name=OF_THE_PAIR, text=OF_THE_PAIR, end=token.start)
            found += [mark, replace(token, kind="OBJ", name=thing, end=tokens[stop - 1].end)]
            at = stop
            continue
        elif token.kind != "OBJ" and thing and _OF_THE_W.match(" ".join(t.text for t in tokens[at + 1 : at + 5])):
            found += [replace(token, kind="COND", name="remaining", end=token.start)]
            token = replace(token, kind="OBJ", name=thing)
        found.append(token) if symbol is None else None
        at += 1
    return found


def _read(token: Token, symbol: re.Match[str], named: bool) -> list[Token]:
    """A symbol as the conditions and the lepton that it stands for, or as the momentum of that lepton."""
    rank = [RANKS[int(symbol["number"]) - 1]] if symbol["number"] and symbol["owner"] == "Z" else []
    conditions = ["remaining"] if symbol["owner"] == "W" else [*rank, OF_THE_PAIR]
    if symbol["momentum"]:
        name = "et" if symbol["momentum"].startswith("E") else "pt"
        return [replace(token, kind="VAR", name=name, object="lepton", condition=", ".join(conditions))]
    marks = [replace(token, kind="COND", name=name) for name in conditions]
    return marks if named else [*marks, replace(token, kind="OBJ", name="lepton")]


def _lepton(token: Token, before: Sequence[Token]) -> str:
    """The lepton that a token is, also the "one" of "leptons from the Z boson …, the one from the W boson …"; or ""."""
    if token.kind == "OBJ":
        return token.name if token.name in _LEPTONS else ""
    said = [t.name for t in before if t.kind == "OBJ"] if token.text.lower() in ("one", "ones", "that", "those") else []
    return said[-1] if said and said[-1] in _LEPTONS else ""


def _of_the_z(tokens: Sequence[Token], at: int) -> int:
    """Where "of the Z candidate" ends behind a lepton; 0 where nothing of the kind follows."""
    text, ends = "", []
    for token in tokens[at + 1 : at + 10]:
        text += token.text + " "
        ends.append(len(text) - 1)
    match = _PHRASE.match(text)
    return at + 2 + ends.index(match.end()) if match is not None and match.end() in ends else 0


__all__ = ["OF_THE_PAIR", "with_roles"]
