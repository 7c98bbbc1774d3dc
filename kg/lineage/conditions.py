"""Conditions of cuts ("applies when") as sets of alternatives, so that one can be narrower than another.

The text is canonical: sorts of conditions joined by ", ", alternatives of one sort by " or ", negation "not ".
"combined, 4μ channel" is narrower than "4μ channel", which is narrower than no condition at all.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from kg.vocabulary import conditions as known_conditions

Clauses = frozenset[frozenset[str]]
"""All of the outer must hold, and of each inner set at least one."""

_EXCLUSIVE = ("type", "place", "rank")
"""Kinds of which an object or event has one at a time: a combined muon is not stand-alone."""

_INCLUDED = {"same-flavour opposite-sign": ("same-flavour", "opposite-sign")}
"""Conditions that hold with another."""


@lru_cache(maxsize=4096)
def clauses(text: str) -> Clauses:
    """The condition as clauses.

    >>> sorted(map(sorted, clauses("calo-tagged or segment-tagged, 4μ channel")))
    [['4μ channel'], ['calo-tagged', 'segment-tagged']]
    """
    parts = (part.strip() for part in text.split(","))
    return frozenset(frozenset(name.strip() for name in part.split(" or ")) for part in parts if part)


@lru_cache(maxsize=10_000)
def narrower_or_equal(condition: str, than: str) -> bool:
    """Whether wherever `condition` holds, `than` holds.

    >>> narrower_or_equal("calo-tagged", "calo-tagged or segment-tagged"), narrower_or_equal("", "leading")
    (True, False)
    >>> narrower_or_equal("combined", "not stand-alone")
    True
    """
    return all(any(_clause_implies(mine, theirs) for mine in clauses(condition)) for theirs in clauses(than))


def compared(condition: str, other: str) -> Literal["equal", "narrower", "wider", "different"]:
    """`condition` as seen from `other`."""
    mine, theirs = narrower_or_equal(condition, other), narrower_or_equal(other, condition)
    if mine and theirs:
        return "equal"
    if mine:
        return "narrower"
    return "wider" if theirs else "different"


def nested(condition: str, other: str) -> bool:
    """Whether one of the two holds wherever the other does."""
    return compared(condition, other) != "different"


def _clause_implies(mine: frozenset[str], theirs: frozenset[str]) -> bool:
    return all(any(_implies(name, other) for other in theirs) for name in mine)


def _implies(name: str, other: str) -> bool:
    if name == other or other in _INCLUDED.get(name, ()):
        return True
    if not other.startswith("not ") or name.startswith("not "):
        return False
    return _kind(name).removesuffix(" of pairs") in _EXCLUSIVE and _kind(name) == _kind(other[4:]) and name != other[4:]


def _kind(name: str) -> str:
    term = known_conditions().get(name)
    if term is None:
        return ""
    # "leading pair" orders pairs, "leading" objects: neither excludes the other
    return f"{term.kind} of pairs" if term.kind == "rank" and name.endswith(" pair") else term.kind


__all__ = ["Clauses", "clauses", "compared", "narrower_or_equal", "nested"]
