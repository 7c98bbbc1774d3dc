"""Numbers of objects that a comparison describes: "events with more than three jets with p_T > 50 GeV are rejected"."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.reading.islands import Island
from ingest.reading.tokens import Token

_DESCRIBES = {"with", "having", "of", "that", "have", "above", "satisfying", "and", "within", "each"}
_OF_ONE = ("pt", "et", "eta", "abs_eta")


def says_how_many(tokens: Sequence[Token], count: Island, told: Sequence[Island]) -> bool:
    """Whether the number itself is rejected, of objects that all of the comparisons behind it only describe.

    False for "events with an electron with p_T > 10 GeV": there must be none of them.
    """
    number = count.amount.values[0]
    plain = not count.word or (count.op, number) in ((">=", 1), (">", 0), ("==", 0))
    return not plain and all(_describes(tokens, count, told, island) for island in told)


def counted_before(tokens: Sequence[Token], islands: Sequence[Island], island: Island) -> Island | None:
    """The "more than three jets" whose jets the comparison describes, None for none."""
    counts = [i for i in islands if i.kind == "count" and i.last <= island.first]
    told = [i for i in islands if i.kind != "count" and counts and counts[-1].last <= i.first <= island.first]
    return counts[-1] if counts and says_how_many(tokens, counts[-1], told) else None


def _describes(tokens: Sequence[Token], count: Island, told: Sequence[Island], island: Island) -> bool:
    if island.variable is not None and island.variable.name not in _OF_ONE:
        return False
    inside = {k for i in told for k in range(i.first, i.last)}
    between = [t for k, t in enumerate(tokens[: island.first]) if k >= count.last and k not in inside]
    return all(t.kind == "LIGHT" or t.text.lower() in _DESCRIBES or t.kind == "AND" for t in between)


__all__ = ["counted_before", "says_how_many"]
