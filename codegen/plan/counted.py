"""Counts of some of the objects: "at least two jets with p_T > 25 GeV", where jets are defined with p_T > 20 GeV.

What such a sentence says of p_T holds for the objects that it counts, and is no second definition of them.
"""

from __future__ import annotations

from collections.abc import Sequence

from codegen.plan.context import Context
from codegen.plan.nodes import Collection
from codegen.plan.object_tests import KINDS
from codegen.plan.stated import Stated
from kg.lineage.relations import contradicts_within


def counted_parts(selection: Sequence[Stated]) -> dict[str, tuple[Stated, ...]]:
    """By count, the requirements on the objects that it counts alone; empty where these are all that is said of them.

    A requirement is such a one if it stands behind the count in its sentence and the paper states another value of the
    same outside of such sentences; of several in such sentences the loosest defines the objects.
    """
    counts = [s for s in selection if s.cut.variable == "count" and s.cut.object != "event"]
    found: dict[str, list[Stated]] = {}
    for stated in selection:
        count = _count_before(stated, counts)
        rivals = [s for s in selection if s.cut.paper == stated.cut.paper and contradicts_within(s.cut, stated.cut)]
        if count is None or not rivals:
            continue
        defining = [s for s in rivals if _count_before(s, counts) is None]
        if defining or any(_is_looser(s, stated) for s in rivals):
            found.setdefault(count.id, []).append(stated)
    return {count: tuple(parts) for count, parts in found.items()}


def _count_before(stated: Stated, counts: Sequence[Stated]) -> Stated | None:
    """The count that stands last before the requirement in its sentence, if it counts the same objects."""
    cut = stated.cut
    if (
        cut.object not in KINDS
        or cut.variable == "count"
        or isinstance(cut.value, str)
        or cut.veto
        or stated.of_kind("rank")
    ):
        return None
    same = [s for s in counts if s.start == stated.start and s.cut.paper == cut.paper]
    before = [s for s in same if s.cut.position < cut.position]
    last = max(before, key=lambda s: s.cut.position, default=None)
    return last if last is not None and last.cut.object == cut.object and last.sentences == stated.sentences else None


def _is_looser(one: Stated, other: Stated) -> bool:
    first, second = one.cut.value, other.cut.value
    if not isinstance(first, float | int) or not isinstance(second, float | int):
        return False
    return first < second if one.cut.op.startswith(">") else first > second


def counted_collection(count: Stated, parts: Sequence[Stated], base: str, context: Context) -> str:
    """The objects of a collection that pass the requirements of the count; the name of theirs."""
    kind = count.cut.object
    steps = context.shelf.steps(list(parts), kind, "counted")
    context.findings.reading("counted")
    return context.shelf.add(Collection(context.names.collection(kind, "counted"), kind, (base,), steps))


__all__ = ["counted_collection", "counted_parts"]
