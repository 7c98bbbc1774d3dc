"""Sums of two variables: "E_T^miss + m_T", "the sum of the missing transverse momentum and the transverse mass"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingest.reading.token import Token

_SUMS = {frozenset(("met", "mt")): "met_plus_mt", frozenset(("mht", "mt")): "mht_plus_mt"}
_BETWEEN = ("AND", "LIGHT")


def with_added(tokens: Sequence[Token]) -> list[Token]:
    """The tokens with such sums as one variable; a sum that the vocabulary does not know is no variable."""
    kept: list[Token] = []
    position = 0
    while position < len(tokens):
        stop = _plus(tokens, position) or _sum_of(tokens, position)
        if stop:
            inside = [t for t in tokens[position:stop] if t.kind == "VAR"]
            name = _SUMS.get(frozenset(t.name for t in inside), "")
            text = "_+_".join(t.text for t in inside)
            first = replace(inside[0], start=tokens[position].start, end=tokens[stop - 1].end, text=text)
            kept.append(replace(first, name=name) if name else replace(first, kind="WORD", name=text.lower()))
            position = stop
            continue
        if taken_up := _their_sum(tokens, position, kept):
            kept.append(taken_up)
            position += 1
            continue
        kept.append(tokens[position])
        position += 1
    return kept


def _plus(tokens: Sequence[Token], at: int) -> int:
    """The end of "E_T^miss + m_T", of any length; 0 for none."""
    stop = at
    while [t.kind for t in tokens[stop : stop + 2]] == ["VAR", "SIGN"] and tokens[stop + 1].text == "+":
        stop += 2
    ends = stop > at and stop < len(tokens) and tokens[stop].kind == "VAR"
    return stop + 1 if ends else 0


def _sum_of(tokens: Sequence[Token], at: int) -> int:
    """The end of "sum of E_T^miss and m_T"; 0 for any other sum, such as that of the p_T of all jets."""
    if tokens[at].text.lower().split()[-1:] != ["sum"] or tokens[at].kind not in ("WORD", "LIGHT"):
        return 0
    behind = tokens[at + 1 : at + 9]
    stop = next((k for k, t in enumerate(behind) if t.kind not in ("VAR", *_BETWEEN)), len(behind))
    run = behind[:stop]
    names = [t.name for t in run if t.kind == "VAR"]
    last = max((k for k, t in enumerate(run) if t.kind == "VAR"), default=-1)
    return at + 1 + last + 1 if frozenset(names) in _SUMS and any(t.kind == "AND" for t in run) else 0


def _their_sum(tokens: Sequence[Token], at: int, before: Sequence[Token]) -> Token | None:
    """The "sum" of "E_T^miss > 30 GeV, m_T > 40 GeV, and their sum larger than 90 GeV"."""
    said = " ".join(t.text.lower() for t in tokens[max(0, at - 1) : at + 1]).split()[-2:]
    behind = [t.text.lower().split()[:1] for t in tokens[at + 1 : at + 2]]
    if said not in (["their", "sum"], ["the", "sum"]) or behind == [["of"]]:
        return None
    names = list(dict.fromkeys(t.name for t in before if t.kind == "VAR"))[-2:]
    name = _SUMS.get(frozenset(names), "")
    return replace(tokens[at], kind="VAR", name=name) if name else None


__all__ = ["with_added"]
