"""Which fields the objects of a program need, and from which branches they come."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from codegen.errors import NothingToCompile
from codegen.plan.nodes import Candidate, Collection, Plan
from codegen.plan.quantities import (
    Between,
    Count,
    Field,
    Formula,
    Leg,
    Missing,
    Nearest,
    Of,
    OfCandidate,
    Ranked,
    ScalarSum,
    Together,
)
from codegen.plan.requirements import Flag, FlagOf, PairTest, Relation, Within, Written
from kg.measures import measure_of

PLACE = ("eta", "phi")
MOMENTUM = ("pt", "eta", "phi", "mass")
DECISIONS = ("is_", "passes_")
"""How the names of fields begin that hold a decision, not a number."""


def field_name(field: Field) -> str:
    """What a program calls the field: `pt`, `is_medium`, `passes_jvt`.

    >>> field_name(Field("identification", "Very Loose")), field_name(Field("jvt", "pass")), field_name(Field("et"))
    ('is_very_loose', 'passes_jvt', 'et')
    """
    if not field.value:
        return field.variable
    word = re.sub(r"[^a-z0-9]+", "_", field.value.lower()).strip("_")
    if word in ("pass", "passed"):
        return f"passes_{field.variable}"
    return f"is_{word}"


def plural(kind: str) -> str:
    """What a program calls the objects of a kind together.

    >>> plural("electron"), plural("fatjet")
    ('electrons', 'large_r_jets')
    """
    return {"fatjet": "large_r_jets", "bjet": "b_jets"}.get(kind, f"{kind}s")


def measured_expression(kind: str, field: Field | Formula, release: str) -> str | None:
    """The measure of a field; None for what is a constant of the kind. Raises `NothingToCompile` for neither."""
    if isinstance(field, Formula):
        return field.expression
    if field.variable in ("mass", "flavour", "index"):
        return None
    found = measure_of(kind, field.variable, release, field.value)
    if found is not None:
        return found.expression
    if field.value or field.variable == "charge":
        return None  # of leptons of the other flavour: not of that type
    other = {"electron": "muon", "muon": "electron"}.get(kind, "")
    if other and measure_of(other, field.variable, release) is not None:
        return None  # only leptons of the other flavour are looked at, see codegen/plan/events.py
    raise NothingToCompile(f"no measure of {field.variable} for {kind}", where=f"release {release}")


class Needs:
    """The fields that each kind of object needs in a plan."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.fields: dict[str, dict[Field | Formula | Written, None]] = {}
        self.sorted: dict[str, None] = {}
        self.event: dict[str, None] = {}
        for step in (*plan.first, *plan.events):
            self._walk(step.test, "")
        for definition in plan.definitions:
            for step in definition.steps:
                self._walk(step.test, definition.collection if isinstance(definition, Candidate) else definition.name)
            if isinstance(definition, Collection) and definition.first:
                self.sorted[definition.parents[0]] = None
                self._add(definition.parents[0], "pt")
            if isinstance(definition, Candidate):
                self._add(definition.collection, *MOMENTUM, "charge", "flavour")
            else:
                self._kinds(definition.name)
        for _, quantity in plan.outputs:
            self._walk(quantity, "")
        for histogram in plan.histograms:
            if isinstance(histogram.quantity, Of) and isinstance(histogram.quantity.particle, Ranked):
                self._add(histogram.quantity.particle.collection, histogram.quantity.variable)
            else:
                self._walk(histogram.quantity, "")

    def kinds_of(self, name: str) -> tuple[str, ...]:
        """The kinds of containers of which a collection, or a candidate, is made up."""
        for definition in self.plan.definitions:
            if isinstance(definition, Candidate) and name in (definition.name, definition.rest):
                return self.kinds_of(definition.collection)
            if isinstance(definition, Collection) and definition.name == name:
                if not definition.parents:
                    return (definition.kind,)
                return tuple(dict.fromkeys(k for parent in definition.parents for k in self.kinds_of(parent)))
        return ()

    def _kinds(self, name: str) -> None:
        for kind in self.kinds_of(name):
            self.fields.setdefault(kind, {})

    def _add(self, collection: str, *names: str | Field | Formula | Written) -> None:
        for kind in self.kinds_of(collection):
            for name in names:
                self.fields.setdefault(kind, {})[Field(name) if isinstance(name, str) else name] = None

    def _walk(self, node: object, this: str) -> None:
        """Note what the node reads of `this`, the collection at hand, and of others."""
        match node:
            case Field() | Formula():
                self._add(this, node)
            case Flag(field):
                self._add(this, field)
                return
            case FlagOf(particle, field):
                for name in self._of(particle):
                    self._add(name, field)
                self._walk(particle, this)
                return
            case Written(kind=kind):
                if kind:
                    self._add(this, node)
                return
            case Nearest(_, others):
                self._add(this, *PLACE)
                self._add(others, *PLACE)
            case Of(particle, variable, value):
                for name in self._of(particle):
                    self._add(name, *MOMENTUM) if isinstance(particle, Together) else None
                    self._add(name, Field(variable, value)) if not isinstance(particle, Together) else None
            case Between(kind, first, second):
                for particle in (first, second):
                    for name in self._of(particle):
                        self._add(name, *(("pt", "phi") if kind == "transverse_mass" else PLACE))
                        if isinstance(particle, Together):
                            self._add(name, *MOMENTUM)
            case Ranked(collection, _):
                self.sorted[collection] = None
                self._add(collection, "pt")
            case Missing(collections):
                for name in collections:
                    self._add(name, "pt", "phi")
            case ScalarSum(collections):
                for name in collections:
                    self._add(name, "pt")
            case Count(collection):
                self._add(collection)
            case Relation(_, first, second):
                for particle in (first, second):
                    for name in self._of(particle):
                        self._add(name, "charge", "flavour")
            case PairTest(collection=collection):
                self._add(collection, *MOMENTUM, "charge", "flavour")
            case Within(counted=counted) if counted:
                for field in counted:
                    self._add(this, field)
            case _ if hasattr(node, "collection") and not isinstance(node, OfCandidate | Leg):
                self._add(node.collection, "charge", "flavour")
        for child in _children(node):
            self._walk(child, this)

    def _of(self, particle: object) -> Iterator[str]:
        """The collections of which a particle is one."""
        match particle:
            case Ranked(collection, _):
                yield collection
            case Leg(candidate, _):
                yield candidate
            case Together(particles):
                for one in particles:
                    yield from self._of(one)


def _children(node: object) -> Iterator[object]:
    if is_dataclass(node):
        for item in fields(node):
            value = getattr(node, item.name)
            for child in value if isinstance(value, tuple) else (value,):
                if is_dataclass(child):
                    yield child


__all__ = ["Needs", "field_name", "measured_expression", "plural"]
