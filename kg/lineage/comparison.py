"""Effective selections side by side: for each requirement of the first paper its counterpart in each of the others.

Counterparts are sought in four rounds:

1. cuts that say the same;
2. cuts in the same slot (object, variable, direction, condition), smaller thresholds first;
3. cuts on the same object and variable under the same condition whose directions differ but can be compared, such as
   "50 < m < 106 GeV" and "m > 12 GeV" (a lower and an upper threshold cannot);
4. cuts that differ in the object alone, one including the other, or in the condition alone, one narrower than the
   other, where only one is left for each object: a requirement on leptons may face those on electrons and on muons.

The verdict is about the other paper, as seen from the first: "tighter" lets less pass. A narrower condition lets more
pass: with a tighter threshold under a narrower condition, neither includes the other, which is "different".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from kg.effective import EffectiveCut, slot
from kg.lineage.conditions import clauses
from kg.lineage.conditions import compared as conditions_compared
from kg.lineage.neighbourhood import USABLE
from kg.lineage.predicate import compared, predicate_of
from kg.lineage.relations import same_as
from kg.records import Cut
from kg.vocabulary import conditions, covers

Verdict = Literal["same", "tighter", "looser", "different", "not there", "only there"]


@dataclass(frozen=True, slots=True)
class Row:
    """One requirement: the cut of each paper, None where it has none, and the verdict on each paper but the first."""

    cuts: tuple[EffectiveCut | None, ...]
    verdicts: tuple[Verdict, ...]

    @property
    def cut(self) -> Cut:
        """The first cut of the row."""
        return next(found.cut for found in self.cuts if found is not None)

    @property
    def of_one_region(self) -> bool:
        """Whether only one paper has it, under a condition that is the name of a region, such as SR1 or CR0b."""
        if sum(found is not None for found in self.cuts) > 1:
            return False
        names = {name for clause in clauses(self.cut.applies_when) for name in clause}
        own = (name.removeprefix("not ") for name in names)
        return any(name not in conditions() and ("region" in name or name != name.lower()) for name in own)


def compare(selections: Sequence[Sequence[EffectiveCut]]) -> list[Row]:
    """The rows, by object as the papers name them first, then by variable; cuts that are not verified are left out."""
    usable = [[found for found in selection if found.cut.status in USABLE] for selection in selections]
    first, others = usable[0], usable[1:]
    matched = [_counterparts(first, other) for other in others]
    rows = []
    for index, mine in enumerate(first):
        facing = [[other[j] for j in pairs.get(index, ())] for other, (pairs, _) in zip(others, matched, strict=True)]
        for number in range(max((len(found) for found in facing), default=0) or 1):
            theirs = [found[min(number, len(found) - 1)] if found else None for found in facing]
            verdicts = [_verdict(mine.cut, found.cut) if found else "not there" for found in theirs]
            rows.append(Row((mine, *theirs), tuple(verdicts)))
    left = [
        [found for i, found in enumerate(other) if i not in used]
        for other, (_, used) in zip(others, matched, strict=True)
    ]
    rows += _only_there(left)
    return _ordered(rows)


def _only_there(left: Sequence[Sequence[EffectiveCut]]) -> list[Row]:
    """Rows for what the first paper does not have; cuts of several others that say the same share one."""
    rows: list[Row] = []
    taken: set[tuple[int, int]] = set()
    for number, cuts in enumerate(left):
        for index, found in enumerate(cuts):
            if (number, index) in taken:
                continue
            cells: list[EffectiveCut | None] = [None] * (len(left) + 1)
            cells[number + 1] = found
            for later in range(number + 1, len(left)):
                for i, other in enumerate(left[later]):
                    if (later, i) not in taken and same_as(found.cut, other.cut):
                        taken.add((later, i))
                        cells[later + 1] = other
                        break
            verdicts: list[Verdict] = ["only there" if cell else "not there" for cell in cells[1:]]
            rows.append(Row(tuple(cells), tuple(verdicts)))
    return rows


def _counterparts(
    mine: Sequence[EffectiveCut], theirs: Sequence[EffectiveCut]
) -> tuple[dict[int, list[int]], set[int]]:
    """Which of `theirs` faces which of `mine`, by number, and all of `theirs` that face one."""
    pairs: dict[int, list[int]] = {}
    used: set[int] = set()

    def pair(fits: Callable[[Cut, Cut], bool]) -> None:
        for i in sorted(range(len(mine)), key=lambda i: _threshold(mine[i].cut)):
            if i in pairs:
                continue
            for j in sorted(range(len(theirs)), key=lambda j: _threshold(theirs[j].cut)):
                if j not in used and fits(mine[i].cut, theirs[j].cut):
                    pairs[i] = [j]
                    used.add(j)
                    break

    pair(same_as)
    pair(lambda a, b: slot(a) == slot(b))
    pair(_other_direction)
    left = [i for i in range(len(mine)) if i not in pairs]
    free = [j for j in range(len(theirs)) if j not in used]
    akin = {(i, j) for i in left for j in free if _akin(mine[i].cut, theirs[j].cut)}
    for i, j in sorted(akin):
        beside_i = {theirs[k].cut.object for a, k in akin if a == i}
        beside_j = {mine[k].cut.object for k, b in akin if b == j}
        alone = sum(a == i for a, _ in akin) == len(beside_i) and sum(b == j for _, b in akin) == len(beside_j)
        if alone:
            pairs.setdefault(i, []).append(j)
            used.add(j)
    return pairs, used


def _other_direction(a: Cut, b: Cut) -> bool:
    if (a.object, a.variable) != (b.object, b.variable):
        return False
    if conditions_compared(a.applies_when, b.applies_when) != "equal":
        return False
    return {slot(a)[2], slot(b)[2]} != {"lower", "upper"} and compared(predicate_of(b), predicate_of(a)) != "different"


def _akin(a: Cut, b: Cut) -> bool:
    """Whether the two differ in the object alone, or in the condition alone, and one includes the other."""
    if a.variable != b.variable or slot(a)[2] != slot(b)[2]:
        return False
    condition = conditions_compared(a.applies_when, b.applies_when)
    if a.object == b.object:
        return condition != "different"
    return condition == "equal" and (covers(a.object, b.object) or covers(b.object, a.object))


def _verdict(mine: Cut, other: Cut) -> Verdict:
    """The other threshold as seen from mine; a narrower condition lets more pass."""
    found = compared(predicate_of(other), predicate_of(mine))
    condition = conditions_compared(other.applies_when, mine.applies_when)
    scope = {"equal": "same", "narrower": "looser", "wider": "tighter", "different": "different"}[condition]
    if scope in ("same", found):
        return found
    if found == "same":
        return "looser" if scope == "looser" else "tighter"
    return "different"


def _threshold(cut: Cut) -> tuple[float, str]:
    value = cut.value[0] if isinstance(cut.value, tuple) else cut.value
    return (value, "") if isinstance(value, float) else (0.0, str(value))


def _ordered(rows: Iterable[Row]) -> list[Row]:
    rows = list(rows)
    objects = list(dict.fromkeys(row.cut.object for row in rows))
    variables = list(dict.fromkeys((row.cut.object, row.cut.variable) for row in rows))
    return sorted(
        rows, key=lambda row: (objects.index(row.cut.object), variables.index((row.cut.object, row.cut.variable)))
    )


__all__ = ["Row", "Verdict", "compare"]
