"""How many objects an event must have before it is worth reading more of it: what every row of the cutflow asks for."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass

from codegen.plan.nodes import Candidate, Collection, Plan
from codegen.plan.quantities import Count, Leg, Ranked
from codegen.plan.requirements import AllOf, AnyOf, Compare, FlagOf, PairCount, PairTest, Relation, Test
from codegen.targets.fields import Needs
from kg.measures import containers

Numbers = dict[tuple[str, ...], int]
"""So many objects of these kinds together."""


@dataclass(frozen=True)
class Least:
    """An event with fewer than `number` objects of `kinds` in the file fails every row after the first ones.

    `because` are the cuts that ask for it: where one of them is left out, it need not hold.
    """

    kinds: tuple[str, ...]
    number: int
    because: tuple[str, ...]


def least_numbers(plan: Plan, needs: Needs) -> tuple[Least, ...]:
    """What each event must have in the file, so that any row of the cutflow can still be passed.

    Only what holds for all rows is given: the others count events that have nothing of it.
    """
    rows: list[Numbers] = []
    because: dict[str, None] = {}
    for definition in plan.definitions:
        if not definition.steps:
            continue
        if isinstance(definition, Collection):
            rows.append(dict(definition.needs))
            because.update(dict.fromkeys(cut for cut in definition.asked_by if cut))
        elif isinstance(definition, Candidate):
            rows.append({needs.kinds_of(definition.collection): definition.size})
    for step in plan.events:
        rows.append(_in_file(_wanted(step.test), plan, needs))
        because[step.cut] = None
    found: list[Least] = []
    for kinds in dict.fromkeys(kinds for row in rows for kinds in row):
        number = min(_least(row, kinds) for row in rows)
        if number > 0 and all(kind in containers() for kind in kinds):
            found.append(Least(kinds, number, tuple(because)))
    return tuple(found)


def _least(row: Numbers, kinds: tuple[str, ...]) -> int:
    """How many objects of these kinds a row cannot do without."""
    return max((n for asked, n in row.items() if set(asked) <= set(kinds)), default=0)


def _in_file(wanted: dict[str, int], plan: Plan, needs: Needs) -> Numbers:
    """The same of containers: a collection has no more objects than those that it is made of."""
    candidates = {d.name: d.collection for d in plan.definitions if isinstance(d, Candidate)}
    found: Numbers = {}
    for name, number in wanted.items():
        kinds = needs.kinds_of(candidates.get(name, name))
        if kinds:
            found[kinds] = max(number, found.get(kinds, 0))
    return found


def _wanted(test: Test) -> dict[str, int]:
    """How many objects collections must have for the test to be passed; what is not understood asks for none."""
    match test:
        case Compare(Count(name), op, float() | int() as bound):
            least = {">": math.floor(bound) + 1, ">=": math.ceil(bound), "==": math.ceil(bound)}.get(op, 0)
            return {name: least} if least > 0 else {}
        case Compare(Count(name), "in", (low, _)):
            return {name: math.ceil(low)} if low > 0 else {}
        case Compare(_, op, _) if op == "!=":
            return {}  # what is not a number differs from each
        case Compare(quantity):
            return _spoken_of(quantity)
        case FlagOf(particle):
            return _spoken_of(particle)
        case Relation(_, first, second):
            return _joined(_spoken_of(first), _spoken_of(second))
        case AllOf(tests):
            return _joined(*map(_wanted, tests))
        case AnyOf(tests):
            each = [_wanted(inner) for inner in tests]
            return {name: min(one.get(name, 0) for one in each) for name in each[0]} if each else {}
        case PairTest("any", collection, second=""):
            return {collection: 2}
        case PairCount(collection, _, op, bound) if op in (">", ">=", "==") and not isinstance(bound, tuple):
            return {collection: 2} if bound > 0 or op == ">" else {}
    return {}


def _spoken_of(node: object) -> dict[str, int]:
    """The objects without which a quantity is not a number."""
    if isinstance(node, Ranked):
        return {node.collection: node.rank + 1}
    if isinstance(node, Leg):
        return {node.candidate: 2}
    return _joined(*map(_spoken_of, _inside(node)))


def _inside(node: object) -> Iterator[object]:
    if is_dataclass(node):
        for item in fields(node):
            value = getattr(node, item.name)
            yield from value if isinstance(value, tuple) else (value,)


def _joined(*wanted: dict[str, int]) -> dict[str, int]:
    names = dict.fromkeys(name for one in wanted for name in one)
    return {name: max(one.get(name, 0) for one in wanted) for name in names}


__all__ = ["Least", "least_numbers"]
