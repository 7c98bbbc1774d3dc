"""Symbols of several signs that are one variable: "p_T^γ1/m_γγ", "p_T,1"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.reading.conditions import RANKS
from ingest.reading.token import Token

_MOMENTA = ("pt", "et")
_OF_EVENT = {(above, below): f"{above}_over_{below}" for above in ("met", "mht") for below in ("ht", "meff")}
_OF_ROOT = {("mht", "ht"): "mht_over_sqrt_ht", ("met", "ht"): "met_significance"}
_ROOT = re.compile(r"(?:√\s?\(?|(?:the )?(?:square )?root of(?: the)?)$")
_OVER = ("divided by", "over", "relative to", "with respect to", "normalised to", "normalized to")
_TIMES = {"×", "·", "*", "⋅", "times", "of", "%", "amount", "account", "for", "to", "make", "up"}
_GREATEST_SHARE = 2.0  # no requirement asks for more of a missing momentum than that times the sum


def with_ratios(tokens: Sequence[Token]) -> list[Token]:
    """The tokens, with a momentum and the number behind it as that of the leading, subleading, … object, and with a
    momentum over a mass as one variable, which keeps the object and the rank of the momentum. So are two sums of the
    event: "H_T^miss/H_T", "the ratio of H_T^miss to H_T", "H_T^miss > 0.3 H_T".
    """
    tokens = _of_event(tokens)
    found: list[Token] = []
    position = 0
    while position < len(tokens):
        token = tokens[position]
        if token.kind == "VAR" and token.name in _MOMENTA:
            token, position = _numbered(tokens, position)
            behind = tokens[position + 1 : position + 3]
            if [t.kind for t in behind] == ["SLASH", "VAR"] and behind[1].name == "mass":
                token = replace(token, end=behind[1].end, name="pt_over_mass", text=f"{token.text}/{behind[1].text}")
                position += 2
        found.append(token)
        position += 1
    return found


def _of_event(tokens: Sequence[Token]) -> list[Token]:
    """The tokens, with a missing momentum over a sum of momenta as one variable."""
    found = list(tokens)
    for at, token in enumerate(tokens):
        below = next((k for k in range(at + 1, min(at + 9, len(tokens))) if tokens[k].kind == "VAR"), at)
        between = tokens[at + 1 : below]
        root = _ROOT.search(" ".join(t.text.lower() for t in between))
        names = _OF_EVENT if root is None else _OF_ROOT
        name = names.get((token.name, tokens[below].name), "") if token.kind == "VAR" else ""
        if not name:
            continue
        if _divides(tokens[max(0, at - 4) : at], between):
            text = f"{token.text}/{'√' if root is not None else ''}{tokens[below].text}"
            below += root is not None and [t.kind for t in tokens[below + 1 : below + 2]] == ["RPAR"]
            whole = replace(token, end=tokens[below].end, name=name, text=text)
            return [*found[:at], whole, *_of_event(found[below + 1 :])]
        if root is not None:
            continue
        percent = any(t.text == "%" for t in between)
        compared = [_hundredth(t) if percent else t for t in between if t.kind in ("LIGHT", "REL", "NUM")]
        number = next((t.number for t in compared if t.number is not None), None)
        others = {t.text.lower() for t in between if t.kind not in ("LIGHT", "REL", "NUM")}
        if number is not None and number < _GREATEST_SHARE and others <= _TIMES:
            return [*found[:at], replace(token, name=name), *compared, *_of_event(found[below + 1 :])]
    return found


def _hundredth(token: Token) -> Token:
    return token if token.number is None else replace(token, number=round(token.number / 100, 12))


def _divides(before: Sequence[Token], between: Sequence[Token]) -> bool:
    """Whether the words around two variables make a ratio of them: "/", "divided by", "the ratio of … to …"."""
    said = _ROOT.sub("", " ".join(t.text.lower() for t in between)).strip().removesuffix(" the")
    announced = {"ratio", "quotient", "fraction"} & {t.text.lower() for t in before}
    return said in ("/", *_OVER) or (bool(announced) and said in ("and", "to"))


def _numbered(tokens: Sequence[Token], at: int) -> tuple[Token, int]:
    """The p_T of the first of "p_T,1", and the index of the last token of the symbol."""
    token, behind = tokens[at], tokens[at + 1 : at + 3]
    adjacent = len(behind) == 2 and behind[0].start == token.end and behind[1].start == behind[0].end
    if not adjacent or behind[0].kind != "COMMA" or behind[1].text not in ("1", "2", "3", "4") or token.condition:
        return token, at
    return replace(token, end=behind[1].end, condition=RANKS[int(behind[1].text) - 1]), at + 2


__all__ = ["with_ratios"]
