"""Cells of a table without vertical rules that span columns: set in the middle of them, with nothing else below."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Protocol, TypeVar

_NEAR = 3.6  # points by which the middle of a text may miss that of its columns: 3 where the last has no margin
_BETTER = 4.0  # … and by which it must miss that of its own columns
_SAME, _SHIFTED = 0.8, 1.5  # points by which middles differ at most that are the same, at least that are not
_FULL = 3  # columns that a table must have for one of its cells to span some of them


class Placed(Protocol):
    """Text on one line of a table, from `x0` to `x1`."""

    @property
    def x0(self) -> float: ...

    @property
    def x1(self) -> float: ...


T = TypeVar("T", bound=Placed)


def spanning(lines: Sequence[Sequence[T]]) -> list[T]:
    """The texts that are centred over columns of which other lines have an entry each.

    The columns are those of the lines with the most entries, where these lie side by side.
    """
    most = max((len(line) for line in lines), default=0)
    full = [line for line in lines if len(line) == most]
    if most < _FULL or len(full) < 2:
        return []
    extents = [(min(c.x0 for c in entries), max(c.x1 for c in entries)) for entries in zip(*full, strict=True)]
    if any(left[1] >= right[0] for left, right in pairwise(extents)):
        return []
    return [c for line in lines if len(line) < most for c in line if _spans(c, extents)]


def _spans(text: Placed, extents: Sequence[tuple[float, float]]) -> bool:
    """Whether a text reaches into a gap between columns, in the middle of some of them."""
    gaps = [i for i in range(1, len(extents) - 1) if text.x0 < extents[i + 1][0] - 1 and text.x1 > extents[i][1] + 1]
    if not gaps:
        return False
    groups = [
        (i, j) for i in range(1, len(extents)) for j in range(i + 1, len(extents)) if i <= gaps[0] < gaps[-1] + 1 <= j
    ]
    return any(_miss(text, extents, i, j) < _NEAR for i, j in groups)


def widened(
    text: Placed, first: int, last: int, free: Sequence[int], extents: Sequence[tuple[float, float]]
) -> tuple[int, int]:
    """The columns that a text is centred over: its own, or more of the `free` ones beside them.

    `extents` are where the entries of each column lie.
    """
    low, high = first, last
    while low - 1 in free:
        low -= 1
    while high + 1 in free:
        high += 1
    own = _miss(text, extents, first, last)
    if (low, high) == (first, last) or (first == last and own < _BETTER):
        return first, last
    groups = [(i, j) for i in range(low, first + 1) for j in range(last, high + 1)]
    fitting = [g for g in groups if _miss(text, extents, *g) < _NEAR]
    if first < last:  # it stands on an edge, and so spans columns in any case: of several ways, as many as it can
        return max(fitting, key=lambda g: g[1] - g[0], default=(first, last))
    return min(fitting, key=lambda g: _miss(text, extents, *g), default=(first, last))


def is_set_as(text: Placed, other: Placed, column: tuple[float, float], dashed: bool) -> bool:
    """Whether a text alone in the middle of a row spans columns as that of another row does, set at the same place.

    Where the entries of its own `column` have the same middle, it does if dashes stand for entries that are not there.
    """
    middle = (text.x0 + text.x1) / 2
    same = abs(middle - (other.x0 + other.x1) / 2) < _SAME
    return same and (dashed or abs(middle - sum(column) / 2) > _SHIFTED)


def _miss(text: Placed, extents: Sequence[tuple[float, float]], first: int, last: int) -> float:
    return abs((text.x0 + text.x1) / 2 - (extents[first][0] + extents[last][1]) / 2)


__all__ = ["is_set_as", "spanning", "widened"]
