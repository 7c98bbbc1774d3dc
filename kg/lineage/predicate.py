"""A cut as the set of values that it lets pass: vetoes turned round, units converted, counts as whole numbers.

Two cuts on one variable are compared by their sets: |η| < 2.47 implies |η| < 2.5, "p_T > 20 GeV" is
"p_T > 20000 MeV", and "veto 1.37 < |η| < 1.52" is "outside 1.37–1.52". What is measured is never exactly at a
threshold, so `>` and `>=` are equal, except for counts, where "> 2" is ">= 3". Names (working points) are compared
as names; those of `scales.toml` stand in an order, so that Tight implies Loose. Limits that vary with the momentum are
compared term by term.
"""

from __future__ import annotations

import math
import tomllib
from functools import cache, lru_cache
from typing import Literal

from kg.datafiles import data_path
from kg.limits import comparable as comparable_limit
from kg.limits import limit_of, never_above
from kg.lineage.sets import EVERYTHING, Names, Numbers, Span, Varying, common, outside, union, within
from kg.records import Cut, Value
from kg.units import convert, dimension, units
from kg.vocabulary import family_of

Predicate = Numbers | Names | Varying
Comparison = Literal["same", "tighter", "looser", "different"]

_SIGNED = ("eta", "phi", "rapidity", "delta_eta", "delta_phi")
_FROM_ZERO = ("kinematics", "mass", "met", "activity", "impact_parameter", "multiplicity", "vertex", "separation")
"""Families of variables that are never negative, `_SIGNED` ones apart: a lower end of 0 says nothing."""


def predicate_of(cut: Cut) -> Predicate | None:
    """The set that the cut lets pass; None where comparison and value do not fit each other, or nothing passes.

    >>> predicate_of(Cut("x", "muon", "pt", "<", 7000.0, "MeV", veto=True))
    Numbers(dimension='energy', spans=((7.0, True, inf, False),), whole=False)
    >>> predicate_of(Cut("x", "jet", "count", ">", 2.0)).spans
    ((3.0, True, inf, False),)
    """
    return _predicate(cut.variable, cut.op, cut.value, cut.unit, cut.veto)


def is_whole(variable: str) -> bool:
    """Whether the variable counts something."""
    return variable == "count" or variable.startswith("n_")


def implies(a: Predicate | None, b: Predicate | None) -> bool:
    """Whether all that meets `a` meets `b`; False where the two cannot be compared."""
    if isinstance(a, Numbers) and isinstance(b, Numbers):
        return comparable(a, b) and all(within(span, b.spans) for span in a.spans)
    if isinstance(a, Names) and isinstance(b, Names):
        return _names_imply(a, b)
    if isinstance(a, Varying) and isinstance(b, Varying) and a.below == b.below:
        return never_above(a.limit, b.limit) if a.below else never_above(b.limit, a.limit)
    return False


def equal(a: Predicate | None, b: Predicate | None) -> bool:
    """Whether each implies the other."""
    return implies(a, b) and implies(b, a)


def disjoint(a: Predicate | None, b: Predicate | None) -> bool:
    """Whether nothing can meet both; False where the two cannot be compared."""
    if isinstance(a, Numbers) and isinstance(b, Numbers):
        if not comparable(a, b):
            return False
        single = any(span[0] == span[2] for span in (*a.spans, *b.spans))
        return not any(
            low < high or single or a.whole
            for low, _, high, _ in common(a.spans, b.spans, whole=a.whole)
        )  # fmt: skip
    if isinstance(a, Names) and isinstance(b, Names):
        if implies(a, b) or implies(b, a):
            return False
        if a.others or b.others:
            return (a.names <= b.names if b.others else b.names <= a.names) and a.others != b.others
        return not any(_tighter_or_same(x, y, a) or _tighter_or_same(y, x, a) for x in a.names for y in b.names)
    return False


def comparable(a: Predicate, b: Predicate) -> bool:
    """Whether the two are sets of the same sort of thing: names, counts, energies, …"""
    if isinstance(a, Numbers) and isinstance(b, Numbers):
        return a.dimension == b.dimension and a.whole == b.whole
    return type(a) is type(b)


def compared(a: Predicate | None, b: Predicate | None) -> Comparison:
    """`a` as seen from `b`: "tighter" if it lets less pass, "different" where neither implies the other."""
    narrower, wider = implies(a, b), implies(b, a)
    if narrower and wider:
        return "same"
    if narrower:
        return "tighter"
    return "looser" if wider else "different"


@lru_cache(maxsize=65536)
def _predicate(variable: str, op: str, value: Value, unit: str, veto: bool) -> Predicate | None:
    if (limit := limit_of(value)) is not None:
        below = op[:1] == "<"
        return Varying(comparable_limit(limit), below != veto) if op in ("<", "<=", ">", ">=") else None
    if isinstance(value, str):
        if op not in ("is", "is_not", "==", "!="):
            return None
        return Names(frozenset({_name(value)}), (op in ("is_not", "!=")) != veto, _order(variable))
    whole = is_whole(variable)
    spans = _spans(op, value, unit, whole)
    if spans is None:
        return None
    if veto:
        spans = outside(spans, whole=whole)
    domain = [EVERYTHING]
    if whole or (family_of(variable) in _FROM_ZERO and variable not in _SIGNED):
        domain = [(0.0, True, math.inf, False)]
    spans = common(spans, domain, whole=whole)
    return Numbers(dimension(unit), spans, whole) if spans else None


def _spans(op: str, value: float | tuple[float, float], unit: str, whole: bool) -> tuple[Span, ...] | None:
    numbers = value if isinstance(value, tuple) else (value,)
    if not all(map(math.isfinite, numbers)) or (len(numbers) == 2) != (op in ("in", "not_in")):
        return None
    ends = [_in_base_unit(number, unit) for number in numbers]
    if op in ("in", "not_in"):
        inside = [_span(ends[0], whole, ends[1], whole, whole)]
        return union(inside, whole=whole) if op == "in" else outside(inside, whole=whole)
    end = ends[0]
    if op in ("<", "<="):
        return union([_span(-math.inf, False, end, op == "<=", whole)], whole=whole)
    if op in (">", ">="):
        return union([_span(end, op == ">=", math.inf, False, whole)], whole=whole)
    at = union([_span(end, True, end, True, whole)], whole=whole)
    if op in ("==", "is"):
        return at
    return outside(at, whole=whole) if op in ("!=", "is_not") else None


def _span(low: float, low_in: bool, high: float, high_in: bool, whole: bool) -> Span:
    """A span; of whole numbers, drawn in to the first and last that belong to it."""
    if not whole:
        return (low, low_in, high, high_in)
    if math.isfinite(low):
        low = math.ceil(low) if low_in or low != int(low) else low + 1
    if math.isfinite(high):
        high = math.floor(high) if high_in or high != int(high) else high - 1
    return (float(low), math.isfinite(low), float(high), math.isfinite(high))


def _in_base_unit(number: float, unit: str) -> float:
    """The number in GeV, mm or rad, to nine digits, so that 0.5 cm equals 5 mm."""
    known = units()
    if unit not in known:
        return number
    base = next(u.name for u in known.values() if u.dimension == known[unit].dimension and u.factor == 1.0)
    return float(f"{convert(number, unit, base):.9g}")


def _name(text: str) -> str:
    return " ".join(text.split()).casefold()


@cache
def _scales() -> tuple[tuple[frozenset[str], tuple[str, ...]], ...]:
    tables = tomllib.loads(data_path("vocabulary", "scales.toml").read_text(encoding="utf-8")).values()
    return tuple((frozenset(t["families"]), tuple(t["order"])) for t in tables)


def _order(variable: str) -> tuple[str, ...]:
    family = family_of(variable)
    return next((order for families, order in _scales() if family in families), ())


def _names_imply(a: Names, b: Names) -> bool:
    if a.others:
        return b.others and b.names <= a.names
    if b.others:
        return not a.names & b.names and not any(_tighter_or_same(x, y, a) for x in a.names for y in b.names)
    return all(any(_tighter_or_same(x, y, a) for y in b.names) for x in a.names)


def _tighter_or_same(name: str, than: str, scale: Names) -> bool:
    """Whether what meets `name` meets `than`."""
    if name == than:
        return True
    order = scale.order
    return name in order and than in order and order.index(name) > order.index(than)


__all__ = [
    "Comparison",
    "Predicate",
    "comparable",
    "compared",
    "disjoint",
    "equal",
    "implies",
    "is_whole",
    "predicate_of",
]
