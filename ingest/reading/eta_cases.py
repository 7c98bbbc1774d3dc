"""Limits that a sentence deals out by pseudorapidity: "32 GeV for |η| < 2.4 and 45 GeV for 2.4 ≤ |η| < 4.4".

No object lies in two ranges that exclude each other, so neither of them is a requirement: each says for which objects
the limit beside it holds, whatever word stands between ("for", "if", "at", "in the central region").
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, pairwise

from ingest.reading.islands import Island
from ingest.reading.tokens import Token
from kg import units

_ETA = ("abs_eta", "eta")
_MOMENTA = ("pt", "et")


def eta_cases(tokens: Sequence[Token], islands: Sequence[Island]) -> dict[Island, int]:
    """The ranges of pseudorapidity that are cases, each with the token at which the limit begins that it is one of."""
    ranges = ranges_of(islands)
    if not ranges:
        return {}
    limits = [k for k in _limits(tokens, islands) if not any(r.first <= k < r.last for r in ranges)]
    first, last = min(ranges[0].first, *limits, len(tokens)), max(ranges[-1].last, *limits, 0)
    if len(limits) != len(ranges) or _names_others(tokens[first:last]):
        return {}
    behind = [a < r.first for a, r in zip(limits, ranges, strict=True)]
    dealt = [*zip(limits, (r.first for r in ranges), strict=True)]
    in_turn = all(max(one) < min(other) for one, other in pairwise(dealt))
    same = len(set(behind)) == 1 and in_turn
    return dict(zip(ranges, limits, strict=True)) if same else {}


def ranges_of(islands: Sequence[Island]) -> list[Island]:
    """The ranges of pseudorapidity of a sentence, in its order, if there are several and they exclude each other."""
    ranges = [i for i in islands if i.kind != "count" and i.variable is not None and i.variable.name in _ETA]
    apart = len(ranges) > 1 and all(_exclude(a, b) for a, b in combinations(ranges, 2))
    return ranges if apart else []


def _limits(tokens: Sequence[Token], islands: Sequence[Island]) -> list[int]:
    """Where the lower limits on a momentum begin, also those that share the comparison of one before."""
    found = []
    for at in range(1, len(tokens)):
        inside = next((i for i in islands if i.first <= at < i.last), None)
        if inside is not None:
            energy = inside.kind == "bound" and units.dimension(inside.amount.unit) == "energy"
            named = inside.variable is None or inside.variable.name in _MOMENTA
            lower = inside.op in (">", ">=")
            found += [inside.first] if energy and named and lower and inside.first not in found else []
        elif tokens[at].kind == "NUM" and tokens[at + 1 : at + 2] and tokens[at + 1].kind == "UNIT" and found:
            found.append(at)
    return found


def _exclude(one: Island, other: Island) -> bool:
    """Whether no value lies in both: they touch at most."""
    (low, high), (other_low, other_high) = _ends(one), _ends(other)
    return one.op != "not_in" != other.op and (high <= other_low or other_high <= low)


def _ends(island: Island) -> tuple[float, float]:
    low = island.amount.values[0]
    if island.upper is not None:
        return low, island.upper.values[0]
    return (low, float("inf")) if island.op[:1] == ">" else (0.0, low)


def _names_others(between: Sequence[Token]) -> bool:
    """True where several sorts of objects are spoken of, which may each have a range of their own."""
    return len({t.name for t in between if t.kind == "OBJ"}) > 1 or any(t.kind == "SEMI" for t in between)


__all__ = ["eta_cases", "ranges_of"]
