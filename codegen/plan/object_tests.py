"""Tests of one object at a time: p_T, |η|, identification, isolation, impact parameters, with their conditions."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace

from codegen.plan.phrases import closed_ends
from codegen.plan.quantities import Field
from codegen.plan.report import Findings, NotReadable
from codegen.plan.requirements import AllOf, AnyOf, Compare, Flag, Not, Test
from codegen.plan.stated import Stated, kind_of
from codegen.plan.varying import bound_of
from kg.limits import MOMENTA, named
from kg.lineage.conditions import clauses
from kg.measures import Measure, measure_of, names_of
from kg.records import Cut
from kg.units import units
from kg.vocabulary import variables

KINDS = ("electron", "muon", "tau", "photon", "jet", "bjet", "fatjet")
"""Objects that a file has containers of; leptons are electrons and muons."""

_DYNAMIC = re.compile(r"^(?P<symbol>.+?)\s*(?P<op>[<>]=?|≤|≥)\s*(?P<number>[\d.]+)\s*(?P<unit>\w*)$")
_NEGATED = {"<": ">=", "<=": ">", ">": "<=", ">=": "<"}


def measured(cut: Cut, kind: str, release: str) -> Measure | None:
    """The measure that the cut, taken for objects of that kind, needs."""
    return measure_of(kind, cut.variable, release, named(cut))


def object_test(stated: Stated, kind: str, release: str, findings: Findings) -> Test:
    """The test that an object of that kind has to pass; raises `NotReadable`.

    A requirement under a condition is passed by what does not fulfil the condition.
    """
    cut = stated.cut
    name = named(cut)
    if " or " in name:  # "combined or segment-tagged"
        one_of = (replace(stated, cut=replace(cut, value=value)) for value in name.split(" or "))
        return AnyOf(tuple(object_test(each, kind, release, findings) for each in one_of))
    found = measured(cut, kind, release)
    if found is None:
        names = names_of(kind, cut.variable, release)
        known = f"; it knows {', '.join(names)}" if names and name else ""
        raise NotReadable(f"the file has no {cut.variable} {name}".rstrip() + known)
    findings.proxy(stated, found.proxy)
    field = Field(cut.variable, found.value)
    test = _decided(cut, field) if name else compared(stated, field)
    if cut.veto:
        test = Not(test)
    conditions = [
        condition_test(names, kind, release)
        for names in sorted(clauses(stated.applies_when), key=sorted)
        if not all(kind_of(name) in ("class", "rank", "region", "channel") for name in names)
    ]
    if conditions:
        findings.reading("condition")
        return AnyOf((*(Not(test_) for test_ in conditions), test))
    return test


def _decided(cut: Cut, field: Field) -> Test:
    return Flag(field) if cut.op in ("is", "==") else Not(Flag(field))


def compared(stated: Stated, quantity: Field) -> Compare:
    """The cut's comparison on that quantity."""
    cut = stated.cut
    return Compare(quantity, cut.op, bound_of(cut, quantity), cut.unit, closed_ends(stated))


def condition_test(names: frozenset[str], kind: str, release: str) -> Test:
    """Whether the object fulfils one of the conditions; raises `NotReadable`."""
    tests = tuple(_one_condition(name, kind, release) for name in sorted(names))
    return tests[0] if len(tests) == 1 else AnyOf(tests)


def _one_condition(name: str, kind: str, release: str) -> Test:
    if name.startswith("not "):
        return Not(_one_condition(name[4:], kind, release))
    if kind_of(name) == "type" and measure_of(kind, f"{kind}_type", release, name):
        return Flag(Field(f"{kind}_type", name))
    if found := measure_of(kind, "identification", release, name):
        return Flag(Field("identification", found.value))
    if kind_of(name) == "numeric":
        return dynamic_condition(name)
    raise NotReadable(f"the condition {name!r} is not understood")


def dynamic_condition(text: str) -> Compare:
    """A condition such as "p_T < 60 GeV" as a test; raises `NotReadable`.

    >>> dynamic_condition("p_T < 60 GeV")
    Compare(quantity=Field(variable='pt', value=''), op='<', bound=60.0, unit='GeV', closed=(False, False))
    """
    found = _DYNAMIC.match(text.strip())
    if found is None:
        raise NotReadable(f"the condition {text!r} is not understood")
    symbol, unit = found["symbol"].strip(), found["unit"]
    name = next((v.name for v in variables().values() if symbol in (v.display, v.name, *v.symbols)), None)
    if name is None or (unit and unit not in units()):
        raise NotReadable(f"the condition {text!r} is not understood")
    op = {"≤": "<=", "≥": ">="}.get(found["op"], found["op"])
    return Compare(Field(name), op, float(found["number"]), unit)


def typed_elsewhere(
    of_one_variable: list[Stated], kind: str, release: str, ranged: Collection[str] = ()
) -> Test | None:
    """The test that an object is of one of the types for which a variable has a requirement of its own.

    Where a paper gives the range of a variable type by type, an object of none of these types is not selected.
    None where at most one type is named, and where the variable has a requirement for all types besides: then those of
    some types come on top. A range of η decides in any case where which type is used: of `ranged`, the types that have
    one, those of which this variable requires nothing stay ("stand-alone muons | —").
    """
    if any(not s.of_kind("type") and s.cut.variable not in ("abs_eta", "eta") for s in of_one_variable):
        return None
    types = {
        name
        for stated in of_one_variable
        for clause in clauses(stated.applies_when)
        for name in clause
        if kind_of(name) == "type" and not name.startswith("not ")
    }
    types = {name for name in types if measure_of(kind, f"{kind}_type", release, name)}
    if len(types) < 2 or (types < set(ranged) and of_one_variable[0].cut.variable not in ("abs_eta", "eta")):
        return None
    return AnyOf(tuple(Flag(Field(f"{kind}_type", name)) for name in sorted(types)))


def placed_elsewhere(of_one_variable: list[Stated]) -> Test | None:
    """The test that an object lies in one of the ranges for which its momentum has a threshold of its own.

    "p_T > 25 GeV for |η| < 2.4 and p_T > 30 GeV for 2.4 < |η| < 4.4" leaves no jets beyond 4.4. None where the momentum
    has one threshold, one without such a range, or thresholds in ranges of several variables.
    """
    places: list[Test] = []
    symbols: set[str] = set()
    for stated in of_one_variable:
        numeric = [c for c in clauses(stated.applies_when) if any(kind_of(name) == "numeric" for name in c)]
        if stated.cut.variable not in MOMENTA or not numeric or any(len(c) > 1 for c in numeric):
            return None
        tests = [dynamic_condition(name) for name in sorted(name for c in numeric for name in c)]
        if not any(test.op.startswith("<") for test in tests):
            return None  # from there on, without an end
        symbols |= {test.quantity.variable for test in tests if isinstance(test.quantity, Field)}
        places.append(both(tuple(tests)))
    return AnyOf(tuple(dict.fromkeys(places))) if len(set(places)) > 1 and len(symbols) == 1 else None


def both(tests: tuple[Test, ...]) -> Test:
    """All of the tests as one."""
    return tests[0] if len(tests) == 1 else AllOf(tests)


__all__ = [
    "KINDS",
    "NotReadable",
    "both",
    "compared",
    "condition_test",
    "dynamic_condition",
    "measured",
    "object_test",
    "placed_elsewhere",
    "typed_elsewhere",
]
