"""Requirements of events in a case: "E_T^miss > 28 GeV if there is exactly one b jet" is passed by all other events."""

from __future__ import annotations

import re
from collections.abc import Callable

from codegen.plan.context import Context
from codegen.plan.object_tests import NotReadable, dynamic_condition
from codegen.plan.quantities import Count, Of, Quantity, Ranked
from codegen.plan.requirements import AllOf, AnyOf, Compare, Not, Test
from codegen.plan.stated import Stated, kind_of
from kg.lineage.conditions import clauses
from kg.vocabulary import variables

_NUMBER = re.compile(r"N\((?P<kind>\w+)\) (?P<op>[<>]=?|==) (?P<number>\d+)")
_OF_OBJECTS = ("kinematics", "isolation", "impact_parameter")

OfEvent = Callable[[str], Quantity]
"""The quantity of the event that a variable is; raises `NotReadable`."""


def in_case(stated: Stated, context: Context, test: Test, of_event: OfEvent) -> Test:
    """The test, which events that are not of the case pass; raises `NotReadable` for a case that has no reading."""
    cases = []
    for names in sorted(clauses(stated.applies_when), key=sorted):
        told = sorted(name for name in names if kind_of(name) == "numeric")
        if told:
            tests = tuple(_case(name, stated, context, of_event) for name in told)
            cases.append(tests[0] if len(tests) == 1 else AnyOf(tests))
    if not cases:
        return test
    context.findings.reading("condition")
    return AnyOf((Not(cases[0] if len(cases) == 1 else AllOf(tuple(cases))), test))


def _case(name: str, stated: Stated, context: Context, of_event: OfEvent) -> Test:
    """ "N(bjet) == 1", "H_T < 400 GeV", and of the one object that the cut is on "|η| < 1.37"."""
    if found := _NUMBER.fullmatch(name):
        kind = context.lepton_kind() if found["kind"] == "lepton" else found["kind"]
        return Compare(Count(context.shelf.collection(kind)), found["op"], float(found["number"]))
    compared = dynamic_condition(name)
    variable = compared.quantity.variable  # type: ignore[union-attr]
    if variables()[variable].object == "event":
        return Compare(of_event(variable), compared.op, compared.bound, compared.unit)
    particles = context.ranked(stated) if stated.of_kind("rank") else []
    if len(particles) != 1 or variables()[variable].family not in _OF_OBJECTS or not isinstance(particles[0], Ranked):
        raise NotReadable(f"no reading of the condition {name!r} of an event")
    return Compare(Of(particles[0], variable), compared.op, compared.bound, compared.unit)


__all__ = ["in_case"]
