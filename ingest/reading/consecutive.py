"""Whole numbers that follow each other: "two, three or four jets" are two to four."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingest.reading.token import Token

_NUMBERS = ("NUM", "NUMWORD")


def with_consecutive(tokens: Sequence[Token]) -> list[Token]:
    """The tokens, "2, 3 or 4" as "between 2 and 4".

    >>> from ingest.reading.tokens import tokenise
    >>> [t.kind for t in tokenise("two, three or four jets")]
    ['BETWEEN', 'NUMWORD', 'AND', 'NUMWORD', 'OBJ']
    """
    found: list[Token] = []
    at = 0
    while at < len(tokens):
        last = _end_of_run(tokens, at)
        if last > at + 2:
            first = tokens[at]
            opens = replace(first, kind="BETWEEN", text="between", name="between", end=first.start, number=None)
            found += [opens, first, replace(tokens[at + 1], kind="AND", name="and"), tokens[last]]
            at = last + 1
            continue
        found.append(tokens[at])
        at += 1
    return found


def _end_of_run(tokens: Sequence[Token], at: int) -> int:
    """The index of the last of the numbers that are joined by commas and "or" from here on."""
    if tokens[at].kind not in _NUMBERS:
        return at
    last, joins = at, [""]
    while last + 2 < len(tokens) and _follows(tokens[last], tokens[last + 2]) and joins[-1] != "OR":
        if tokens[last + 1].kind not in ("COMMA", "OR"):
            break
        joins.append(tokens[last + 1].kind)
        last += 2
        if tokens[last + 1 : last + 2] and tokens[last + 1].kind == "COMMA" and _oxford(tokens, last):
            return last + 3
    return last if joins[-1] == "OR" else at


def _oxford(tokens: Sequence[Token], last: int) -> bool:
    """True before ", or four"."""
    behind = tokens[last + 2 : last + 4]
    return [t.kind for t in behind[:1]] == ["OR"] and len(behind) == 2 and _follows(tokens[last], behind[1])


def _follows(one: Token, other: Token) -> bool:
    whole = other.kind == one.kind and one.number is not None and other.number is not None
    return whole and one.number == int(one.number or 0) and other.number == (one.number or 0) + 1


__all__ = ["with_consecutive"]
