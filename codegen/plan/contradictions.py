"""Requirements that exclude each other, or say different things of the same, named before any code is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from codegen.errors import Contradiction
from codegen.plan.phrases import quantifier_of, relation_of
from codegen.plan.report import Findings
from codegen.plan.stated import Stated
from kg.lineage.predicate import disjoint, predicate_of
from kg.lineage.relations import contradicts_within


def check(selection: Sequence[Stated]) -> None:
    """Raises `Contradiction` for two cuts on one variable of one object, in one condition, that exclude each other."""
    slots: dict[tuple[str, str, str], list[Stated]] = {}
    for stated in selection:
        cut = stated.cut
        slots.setdefault((cut.object, cut.variable, cut.applies_when), []).append(stated)
    for (thing, variable, _), cuts in slots.items():
        if variable in ("delta_r", "delta_phi"):
            continue  # distances to different things
        for i, one in enumerate(cuts):
            for other in cuts[i + 1 :]:
                if disjoint(predicate_of(one.cut), predicate_of(other.cut)):
                    raise Contradiction(
                        f"“{one.label}” and “{other.label}” exclude each other",
                        where=f"the requirements on {variable} of {thing} ({one.id}, {other.id})",
                        why="leave one out with --without, or take the cuts of one region",
                        cuts=(one.id, other.id),
                    )


def rivals(cuts: Sequence[Stated], findings: Findings, choices: Mapping[str, str], what: str) -> None:
    """Asks which of several values holds that one paper gives for the same requirement; `what` names the objects.

    Papers may give different values for different things that their cuts do not tell apart: nobody but the reader of
    the paper knows. The option `ALL` takes them all as required.
    """
    for i, one in enumerate(cuts):
        for other in cuts[i + 1 :]:
            if one.cut.paper != other.cut.paper or not contradicts_within(one.cut, other.cut):
                continue
            if relation_of(one) != relation_of(other) or quantifier_of(one) != quantifier_of(other):
                continue  # pairs of different sorts
            name = f"{what}_{one.cut.variable}"
            if choices.get(name) == ALL:
                continue
            question = (
                f"The text gives different values for {one.cut.variable} of {what.replace('_', ' ')}: which holds?"
            )
            for stated in (one, other):
                findings.ask(name, question, stated, (ALL,))


ALL = "all-required"
"""The option by which the tightest of several values decides."""

__all__ = ["ALL", "check", "rivals"]
