"""Sets of numbers and of names: what a requirement leaves, so that requirements can be compared as sets."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from kg.limits import Limit

Span = tuple[float, bool, float, bool]
"""(low, low belongs to it, high, high belongs to it); the ends may be infinite."""

EVERYTHING: Span = (-math.inf, False, math.inf, False)


@dataclass(frozen=True, slots=True)
class Numbers:
    """A union of intervals in the base unit of a dimension, sorted and apart from each other.

    `whole` marks counts: their spans are closed and end on whole numbers.
    """

    dimension: str
    spans: tuple[Span, ...]
    whole: bool = False

    def contains(self, number: float) -> bool:
        """Whether the number belongs to the set, its ends taken as they are."""
        return any(_holds(span, number) for span in self.spans)


@dataclass(frozen=True, slots=True)
class Names:
    """The names of a set, or, if `others`, all names but these; `order` from the loosest, () for none."""

    names: frozenset[str]
    others: bool = False
    order: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Varying:
    """What lies below (or above) a limit that varies with the momentum, as `kg.limits.comparable` gives it."""

    limit: Limit
    below: bool


def union(spans: Iterable[Span], *, whole: bool = False) -> tuple[Span, ...]:
    """Spans sorted and joined where they touch; empty ones are left out.

    >>> union([(3, True, 5, False), (5, True, 7, True), (9, True, 8, True)])
    ((3, True, 7, True),)
    """
    joined: list[Span] = []
    for span in sorted((s for s in spans if not _empty(s)), key=lambda s: (s[0], not s[1], s[2], s[3])):
        if joined and _touch(joined[-1], span, whole):
            low, low_in, high, high_in = joined[-1]
            if (span[2], span[3]) > (high, high_in):
                high, high_in = span[2], span[3]
            joined[-1] = (low, low_in, high, high_in)
        else:
            joined.append(span)
    return tuple(joined)


def outside(spans: Iterable[Span], *, whole: bool = False) -> tuple[Span, ...]:
    """What the spans leave of all numbers (of all whole numbers).

    >>> outside([(76, False, 106, False)])
    ((-inf, False, 76, True), (106, True, inf, False))
    >>> outside([(1, True, 2, True)], whole=True)
    ((-inf, False, 0, True), (3, True, inf, False))
    """
    gaps: list[Span] = []
    low, low_in = -math.inf, False
    for span in union(spans, whole=whole):
        gaps.append((low, low_in, span[0] - 1, True) if whole else (low, low_in, span[0], not span[1]))
        low, low_in = (span[2] + 1, True) if whole else (span[2], not span[3])
    gaps.append((low, low_in, math.inf, False))
    return union(gaps, whole=whole)


def common(first: Iterable[Span], second: Iterable[Span], *, whole: bool = False) -> tuple[Span, ...]:
    """What belongs to both."""
    second = list(second)
    met = []
    for a in first:
        for b in second:
            low, low_out = max((a[0], not a[1]), (b[0], not b[1]))
            high, high_in = min((a[2], a[3]), (b[2], b[3]))
            met.append((low, not low_out, high, high_in))
    return union(met, whole=whole)


def within(inner: Span, outer: Iterable[Span]) -> bool:
    """Whether one of the outer spans holds the inner one. Ends do not count, unless it is a single number.

    A measured p_T is never exactly 20 GeV: "> 20" and ">= 20" leave the same events.
    """
    low, _, high, _ = inner
    if low == high:
        return any(_holds(span, low) for span in outer)
    return any(span[0] <= low and high <= span[2] for span in outer)


def _holds(span: Span, number: float) -> bool:
    low, low_in, high, high_in = span
    return (low < number or (low_in and low == number)) and (number < high or (high_in and number == high))


def _empty(span: Span) -> bool:
    low, low_in, high, high_in = span
    return low > high or (low == high and not (low_in and high_in))


def _touch(first: Span, second: Span, whole: bool) -> bool:
    """Whether the second span, which starts no earlier, begins where the first has not ended."""
    if whole:
        return second[0] <= first[2] + 1
    return second[0] < first[2] or (second[0] == first[2] and (second[1] or first[3]))


__all__ = ["EVERYTHING", "Names", "Numbers", "Span", "Varying", "common", "outside", "union", "within"]
