"""Limits that vary with the momentum of the object: "0.022 p_T + 2.45 GeV", "min(0.4, 0.04 + 10 GeV/p_T)".

Such a limit is the value of a cut as text, in the one form that `Limit.text` writes; `limit_of` reads it. A limit is a
sum of terms, each a share of the momentum, a constant, or an energy over the momentum; or the least ("min") or the
greatest ("max") of several sums. All sums of a limit are energies, or all are plain numbers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from kg.records import Cut, json_number
from kg.units import convert, dimension, spellings, units
from kg.vocabulary import variables

MOMENTA = ("pt", "et")
_BASE = "GeV"
_TERM = re.compile(
    r"\s*(?P<number>\d+(?:\.\d+)?(?:e[+-]?\d+)?)\s*"
    r"(?:(?P<times>[*×·]?)\s*(?P<share>p_?T|E_?T|pt|et)|(?P<unit>[A-Za-z]+)?\s*(?:(?P<over>/)\s*(?P<below>p_?T|E_?T|pt|et))?)\s*"
)
_OF_SEVERAL = re.compile(r"\s*(min|max)\s*\((.*)\)\s*", re.S)


@dataclass(frozen=True, slots=True)
class Term:
    """A number, in `unit`, times the object's `momentum` to the `power` 1 or -1; a constant has no momentum."""

    number: float
    unit: str = ""
    momentum: str = ""
    power: int = 0

    @property
    def text(self) -> str:
        """`0.022 p_T`, `2.45 GeV`, `10 GeV/p_T`."""
        said = f"{json_number(self.number)!r}{' ' + self.unit if self.unit else ''}"
        if not self.momentum:
            return said
        symbol = variables()[self.momentum].display
        return f"{said} {symbol}" if self.power > 0 else f"{said}/{symbol}"

    @property
    def dimension(self) -> str:
        """ "energy" or "none"; "?" for what is neither."""
        own = dimension(self.unit)
        if not self.momentum:
            return own if own in ("energy", "none") else "?"
        return {("none", 1): "energy", ("energy", -1): "none"}.get((own, self.power), "?")


Sum = tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Limit:
    """A sum, or several of which the least or the greatest is the limit; see `limit` for how one is made."""

    sums: tuple[Sum, ...]
    choose: Literal["", "min", "max"] = ""

    @property
    def text(self) -> str:
        """The limit as the value of a cut: `0.022 p_T + 2.45 GeV`."""
        written = [" + ".join(term.text for term in terms) for terms in self.sums]
        return f"{self.choose}({', '.join(written)})" if self.choose else written[0]

    @property
    def dimension(self) -> str:
        """ "energy" or "none"."""
        return self.sums[0][0].dimension

    @property
    def numbers(self) -> tuple[float, ...]:
        """Every number of it, as its terms have them."""
        return tuple(term.number for terms in self.sums for term in terms)


def limit(sums: tuple[Sum, ...], choose: Literal["", "min", "max"] = "") -> Limit | None:
    """The limit with its terms in order; None where it is none: no momentum in it, or terms that do not add up.

    >>> limit(((Term(2.45, "GeV"), Term(0.022, "", "pt", 1)),)).text
    '0.022 p_T + 2.45 GeV'
    """
    terms = [term for terms in sums for term in terms]
    varies = any(term.momentum for term in terms)
    if not varies or len({term.dimension for term in terms}) != 1 or terms[0].dimension == "?":
        return None
    if bool(choose) != (len(sums) > 1) or any(len({t.power for t in s}) != len(s) for s in sums):
        return None
    ordered = tuple(tuple(sorted(s, key=lambda t: -t.power)) for s in sums)
    return Limit(tuple(sorted(ordered, key=len)), choose)


def limit_of(value: object) -> Limit | None:
    """The limit that a cut's value writes, None for any other value.

    >>> limit_of("min(0.4, 0.04 + 10 GeV/p_T)").numbers
    (0.4, 0.04, 10.0)
    >>> limit_of("0.022*pt + 2.45 GeV").text, limit_of("Tight"), limit_of(2.45)
    ('0.022 p_T + 2.45 GeV', None, None)
    """
    return _read(value) if isinstance(value, str) else None


@lru_cache(maxsize=4096)
def _read(value: str) -> Limit | None:
    several = _OF_SEVERAL.fullmatch(value)
    parts = several[2].split(",") if several else [value]
    sums = [_sum(part) for part in parts]
    if any(not terms for terms in sums):
        return None
    choose: Literal["", "min", "max"] = "" if several is None else "min" if several[1] == "min" else "max"
    return limit(tuple(sums), choose)


def named(cut: Cut) -> str:
    """The name, such as a working point, that is the value of a cut; "" for numbers and limits."""
    return cut.value if isinstance(cut.value, str) and limit_of(cut.value) is None else ""


def comparable(of: Limit) -> Limit:
    """The limit in GeV and in p_T, so that equal limits are equal: E_T is the p_T of what has no mass to speak of."""
    return replace(of, sums=tuple(tuple(map(_comparable, terms)) for terms in of.sums))


def never_above(first: Limit, second: Limit) -> bool:
    """Whether the first is below or equal to the second whatever the momentum; both as `comparable` gives them."""
    if first.dimension != second.dimension:
        return False
    some = {"": all, "min": any, "max": all}[first.choose]
    every = {"": all, "min": all, "max": any}[second.choose]
    return every(some(_sum_below(a, b) for a in first.sums) for b in second.sums)


def _sum_below(first: Sum, second: Sum) -> bool:
    """Whether each term of the first is at most that of the second."""
    for power in (1, 0, -1):
        one, other = (sum(t.number for t in terms if t.power == power) for terms in (first, second))
        if one > other:
            return False
    return True


def _comparable(term: Term) -> Term:
    number = float(f"{convert(term.number, term.unit, _BASE):.9g}") if term.unit else term.number
    return Term(number, _BASE if term.unit else "", "pt" if term.momentum else "", term.power)


def _sum(text: str) -> Sum:
    """The terms of "0.04 + 10 GeV/p_T"; () for anything else."""
    terms: list[Term] = []
    for part in re.split(r"(?<![eE])\+", text):
        found = _TERM.fullmatch(part)
        unit = spellings().get(found["unit"], "") if found and found["unit"] else ""
        if found is None or (found["unit"] and unit not in units()):
            return ()
        symbol = found["share"] or found["below"] or ""
        momentum = {"p": "pt", "e": "et"}[symbol[0].lower()] if symbol else ""
        terms.append(Term(float(found["number"]), unit, momentum, 1 if found["share"] else -1 if symbol else 0))
    return tuple(terms)


__all__ = ["MOMENTA", "Limit", "Sum", "Term", "comparable", "limit", "limit_of", "named", "never_above"]
