"""Tests and quantities of a plan as C++ expressions on the objects of one event."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, fields, is_dataclass, replace
from typing import Literal

from codegen.errors import NothingToCompile
from codegen.plan.quantities import (
    Added,
    Between,
    Bound,
    Constant,
    Count,
    CountOfEvent,
    Distance,
    Extreme,
    Field,
    Formula,
    Leg,
    Missing,
    Nearest,
    Of,
    OfCandidate,
    OverRoot,
    Particle,
    Quantity,
    Ranked,
    Ratio,
    ScalarSum,
    Times,
    Together,
)
from codegen.plan.requirements import (
    AllOf,
    AnyOf,
    Compare,
    Flag,
    FlagOf,
    IfThere,
    Not,
    PairCount,
    PairTest,
    Relation,
    Test,
    Within,
    Written,
)
from codegen.targets.fields import field_name
from codegen.targets.thresholds import FLAVOURS, energy, number

OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "==", "in": "not_in", "not_in": "in"}
"""Of a range, the ends go with what is left."""
RELATIONS = ("same_flavour", "different_flavour", "both_electrons", "both_muons", "same_sign", "opposite_sign")
OF_PAIRS = {
    "mass": "invariant_mass(a, b)",
    "abs_mass_minus_mz": "std::abs(invariant_mass(a, b) - Z_MASS)",
    **{name: f"{name}(a, b)" for name in ("delta_r", "delta_phi", "delta_eta", "transverse_mass")},
}
OF_SYSTEM = ("pt", "eta", "phi", "mass")
TWO = "[](const Object &a, const Object &b)"


@dataclass
class MaskWriter:
    """Writes expressions; `this` is the object or candidate at hand.

    It notes the collections that it speaks of (`uses`), which become parameters of a function. What it cannot write
    raises `NothingToCompile`.
    """

    this: str = ""
    uses: dict[str, None] = field(default_factory=dict)

    def test(self, test: Test) -> str:
        """The test as an expression that is true or false; false where there is no such object."""
        match test:
            case Compare(quantity, op, bound, unit, closed):
                if not isinstance(bound, tuple | float | int):
                    return f"{self.quantity(quantity)} {op} {self.quantity(bound)}"
                return compared(self.quantity(quantity), op, bound, unit, closed)
            case Flag(named):
                return f"{self.this}.{field_name(named)}"
            case FlagOf(particle, named):
                self._must(not isinstance(particle, Together | Missing), test)
                return f"{self.particle(particle)}.{field_name(named)}"
            case Relation(names, first, second):
                self._must(set(names) <= set(RELATIONS), test)
                a, b = self.particle(first), self.particle(second)
                return " && ".join(f"{name}({a}, {b})" for name in names)
            case Not(inner):
                return self.negated(inner)
            case AllOf(tests):
                return " && ".join(self._bracketed(t) for t in tests)
            case AnyOf(tests):
                return " || ".join(self._bracketed(t) for t in tests)
            case PairTest():
                return self._pair_test(test)
            case PairCount(collection, relation, op, bound):
                found = f"number_of_pairs({self._use(collection)}, {relation_code(relation, test)}, any_two)"
                return compared(found, op, bound, "")
            case Within():
                return self._within(test)
            case IfThere(inner):
                particle = next(p for p in _particles(inner) if isinstance(p, Ranked))
                return f"!{self.particle(particle)}.there || ({self.test(inner)})"
            case Written():
                self._must(False, test)
                return ""

    def negated(self, test: Test) -> str:
        """The opposite; of a comparison by its sign, so that what is not a number fails both ways."""
        match test:
            case Compare(op=op):
                return self.test(replace(test, op=OPPOSITE[op]))
            case PairTest(quantifier=quantifier, op=op):
                turned: Literal["any", "every"] = "every" if quantifier == "any" else "any"
                return self.test(replace(test, quantifier=turned, op=OPPOSITE[op]))
            case Not(inner):
                return self.test(inner)
            case AnyOf(tests):
                return self.test(AllOf(tuple(Not(t) for t in tests)))
            case AllOf(tests):
                return self.test(AnyOf(tuple(Not(t) for t in tests)))
        return f"!{self._bracketed(test)}"

    def quantity(self, quantity: Quantity) -> str:
        """A number of the event, or of the object at hand."""
        match quantity:
            case Field():
                return f"{self.this}.{field_name(quantity)}"
            case Formula(_, name):
                return f"{self.this}.{name}"
            case Nearest(distance, others):
                self._must(distance in ("delta_r", "delta_phi", "delta_eta"), quantity)
                return f"nearest({self.this}, {self._use(others)}, {distance})"
            case Of(Together(particles), "mass", _):
                self._must(not any(isinstance(p, Missing) for p in particles), quantity)
                return f"invariant_mass({', '.join(map(self.particle, particles))})"
            case Of(particle, variable, value):
                known = {Together: OF_SYSTEM, Missing: ("pt", "phi")}.get(type(particle))
                self._must(known is None or (variable in known and not value), quantity)
                return f"{self.particle(particle)}.{field_name(Field(variable, value))}"
            case Between(kind, first, second):
                self._must(kind in OF_PAIRS and kind not in ("mass", "abs_mass_minus_mz"), quantity)
                missing = isinstance(first, Missing) or isinstance(second, Missing)
                self._must(not missing or kind in ("delta_phi", "transverse_mass"), quantity)
                return f"{kind}({self.particle(first)}, {self.particle(second)})"
            case Count(collection):
                return f"{self._use(collection)}.size()"
            case CountOfEvent(variable):
                self._must(variable == "n_primary_vertices", quantity)
                return self._use(variable)
            case ScalarSum(collections):
                return f"scalar_sum({', '.join(map(self._use, collections))})"
            case Added(terms):
                return " + ".join(map(self._term, terms))
            case Ratio(above, below):
                return f"{self._term(above)} / {self._term(below)}"
            case OverRoot(above, below):
                return f"{self._term(above)} / GeV / std::sqrt({self._term(below)} / GeV)"
            case Constant(value, unit):
                return number(value, unit)
            case Times(factor, inner):
                return f"{number(factor, '')} * {self._term(inner)}"
            case Extreme(kind, terms):
                return f"std::{kind}<double>({{{', '.join(map(self.quantity, terms))}}})"
            case Distance(inner, centre):
                return f"std::abs({self.quantity(inner)} - {energy(centre)})"
            case OfCandidate(name):
                self._must(name in ("m12", "m34", "m4l"), quantity)
                return f"{self.this}.{name}{'()' if name == 'm4l' else ''}"

    def particle(self, particle: Particle) -> str:
        """One object of the event."""
        match particle:
            case Ranked(collection, rank):
                return f"nth({self._use(collection)}, {rank})"
            case Leg(candidate, index):
                self._must(index in (0, 1), particle)
                return f"{self._use(candidate)}.{'ab'[index]}()"
            case Together(particles):
                self._must(not any(isinstance(p, Missing) for p in particles), particle)
                return f"system_of({', '.join(map(self.particle, particles))})"
            case Missing(collections):
                return f"missing_momentum({', '.join(map(self._use, collections))})"

    def _pair_test(self, test: PairTest) -> str:
        self._must(not test.second and test.quantity in OF_PAIRS, test)
        inner = compared(OF_PAIRS[test.quantity], test.op, test.bound, test.unit, test.closed)
        quantifier = "any_pair" if test.quantifier == "any" else "all_pairs"
        relation = relation_code(test.relation, test)
        return f"{quantifier}({self._use(test.collection)}, {relation}, {TWO} {{ return {inner}; }})"

    def _within(self, test: Within) -> str:
        this = self.this
        if test.counted or test.counted_flavour:
            flavoured = f"lepton.flavour == {FLAVOURS[test.counted_flavour]}" if test.counted_flavour else ""
            passes = " || ".join(f"lepton.{field_name(field)}" for field in test.counted) or flavoured
            passes = f"({passes})" if len(test.counted) > 1 else passes
            if test.counted_denied:
                passes = f"{flavoured} && !{passes}" if flavoured else f"!{passes}"
            text = f"number_of_legs({this}, [](const Object &lepton) {{ return {passes}; }})"
            number_in_bounds = compared(text, test.op, test.bound, test.unit)
            if test.channel:
                flavour = FLAVOURS[test.channel.removesuffix("s")]
                return f"!all_of_flavour({this}, {flavour}) || ({number_in_bounds})"
            return number_in_bounds
        if test.rank is not None:
            return compared(f"ordered_pt({this}, {test.rank})", test.op, test.bound, test.unit, test.closed)
        if not test.quantity:
            return f"{this}.m12 > 0"
        self._must(test.quantity in OF_PAIRS and set(test.relation) <= set(RELATIONS), test)
        inner = compared(OF_PAIRS[test.quantity], test.op, test.bound, test.unit, test.closed)
        if test.relation:
            relation = " && ".join(f"{name}(a, b)" for name in test.relation)
            relation = f"!({relation})" if len(test.relation) > 1 else f"!{relation}"
            inner = f"{relation} || ({inner})"
        return f"every_pair({this}, {TWO} {{ return {inner}; }})"

    def _use(self, collection: str) -> str:
        self.uses[collection] = None
        return collection

    def _term(self, quantity: Quantity) -> str:
        text = self.quantity(quantity)
        if isinstance(quantity, Count):
            return f"double({text})"  # whole numbers would be divided as such
        return f"({text})" if isinstance(quantity, Added | Ratio | OverRoot) else text

    def _bracketed(self, test: Test) -> str:
        text = self.test(test)
        return text if isinstance(test, Flag | FlagOf) else f"({text})"

    @staticmethod
    def _must(holds: bool, node: object) -> None:
        if not holds:
            raise NothingToCompile(
                f"the target rdataframe cannot write a requirement of the form {type(node).__name__}",
                why=repr(node),
                nearest=["the target awkward"],
            )


def compared(text: str, op: str, bound: Bound, unit: str, closed: tuple[bool, bool] = (False, False)) -> str:
    """The comparison; of a range, both of its ends as strict as they are written.

    >>> compared("m", "in", (66.0, 116.0), "GeV")
    '(m > 66 * GeV) && (m < 116 * GeV)'
    """
    if isinstance(bound, tuple):
        low, high = number(bound[0], unit), number(bound[1], unit)
        above, below = (">=" if closed[0] else ">"), ("<=" if closed[1] else "<")
        if op == "in":
            return f"({text} {above} {low}) && ({text} {below} {high})"
        return f"({text} {OPPOSITE[above]} {low}) || ({text} {OPPOSITE[below]} {high})"
    return f"{text} {op} {number(bound, unit)}"


def relation_code(relation: tuple[str, ...], node: object) -> str:
    """The relation as something that can be called."""
    MaskWriter._must(set(relation) <= set(RELATIONS), node)
    if not relation:
        return "any_two"
    if len(relation) == 1:
        return relation[0]
    return f"{TWO} {{ return {' && '.join(f'{name}(a, b)' for name in relation)}; }}"


def _particles(node: object) -> Iterator[object]:
    """The particles of which a test speaks, in its order."""
    if is_dataclass(node):
        if isinstance(node, Ranked | Leg | Together | Missing):
            yield node
        for item in fields(node):
            yield from _particles(getattr(node, item.name))
    elif isinstance(node, tuple):
        for one in node:
            yield from _particles(one)


__all__ = ["MaskWriter", "compared", "relation_code"]
