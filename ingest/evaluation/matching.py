"""Which cut answers which cut of a key: a bipartite matching, then ranges against their two one-sided halves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.evaluation.agreement import Agreement, agreement, halves
from ingest.evaluation.claim import Row


@dataclass(frozen=True)
class Matching:
    """`found` gives, for each key cut that was found, the cuts that answer it; `right` all cuts that say what a key
    cut says, repeats included; `loose` the key cuts that only a loosely named object answers."""

    found: dict[int, tuple[int, ...]]
    right: frozenset[int]
    loose: tuple[int, ...]


def match_cuts(keys: Sequence[Row], cuts: Sequence[Row]) -> Matching:
    """Each key cut with at most one cut: exact agreements before loose ones, core cuts before details.

    A range in the key is found as its two one-sided cuts, and a range among the cuts finds two one-sided key cuts.
    """
    table = [[agreement(key, cut) for cut in cuts] for key in keys]
    found: dict[int, tuple[int, ...]] = {key: (cut,) for key, cut in _one_to_one(keys, table).items()}
    used = {cut for answers in found.values() for cut in answers}
    for number, key in enumerate(keys):
        if number in found:
            continue
        sides = [[j for j, cut in enumerate(cuts) if agreement(half, cut)] for half in halves(key)]
        if sides and all(sides):
            found[number] = tuple(side[0] for side in sides)
            used.update(j for side in sides for j in side)
    for j, cut in enumerate(cuts):
        sides = [] if j in used else [[i for i, k in enumerate(keys) if agreement(k, h)] for h in halves(cut)]
        if sides and all(sides):
            used.add(j)
            for side in sides:
                if (first := next((i for i in side if i not in found), None)) is not None:
                    found[first] = (j,)
    repeats = {j for j in range(len(cuts)) if any(row[j] for row in table)}
    loose = tuple(i for i, answers in sorted(found.items()) if table[i][answers[0]] == 1)
    return Matching(found, frozenset(used | repeats), loose)


def _one_to_one(keys: Sequence[Row], table: Sequence[Sequence[Agreement]]) -> dict[int, int]:
    """A matching in which no further key cut can be found without losing one that comes before it (Kuhn's method).

    Key cuts come in this order: exact and core, exact, loose and core, loose.
    """
    taken: dict[int, int] = {}  # cut -> key cut

    def place(key: int, least: int, tried: set[int]) -> bool:
        row = table[key]
        for cut in sorted(range(len(row)), key=lambda j: -row[j]):
            if row[cut] >= least and cut not in tried:
                tried.add(cut)
                if cut not in taken or place(taken[cut], least, tried):
                    taken[cut] = key
                    return True
        return False

    order = sorted(range(len(keys)), key=lambda i: keys[i].get("weight") != "core")
    for least in (2, 1):
        for key in order:
            if key not in taken.values():
                place(key, least, set())
    return {key: cut for cut, key in sorted(taken.items())}


__all__ = ["Matching", "match_cuts"]
