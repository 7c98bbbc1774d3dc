"""Tests and quantities of a plan as Python expressions on awkward arrays."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, fields, is_dataclass, replace
from functools import reduce
from typing import Literal

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

NEGATED = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "=="}
ENDS = {"ends_of_range": (False, False), "ends_of_count": (True, True)}
"""Questions about the ends of ranges, with the ends of the ranges that they concern."""

CLUSTER = {"eta": "cluster_eta", "abs_eta": "cluster_abs_eta"}
"""Fields that take the place of an electron's own where η is that of its cluster."""

_BETWEEN = {
    "delta_r": "delta_r",
    "delta_phi": "delta_phi",
    "delta_eta": "delta_eta",
    "transverse_mass": "transverse_mass",
}


@dataclass
class Writer:
    """Writes expressions; notes the collections that they speak of (`uses`), which become parameters of a function.

    `open` are the names of the open choices that concern what is written.
    """

    this: str = ""
    open: frozenset[str] = frozenset()
    uses: dict[str, None] = field(default_factory=dict)

    def test(self, test: Test) -> str:
        """The test as an expression that is true, false or, where there is no such object, None."""
        match test:
            case Compare(quantity, op, bound, unit, closed):
                if not isinstance(bound, tuple | float | int):
                    return f"{self.quantity(quantity)} {op} {self.quantity(bound)}"
                return self.compared(self.quantity(quantity), op, bound, unit, closed)
            case Flag(named):
                return f"{self.this}.{field_name(named)}"
            case FlagOf(particle, named):
                return f"{self.particle(particle)}.{field_name(named)}"
            case Relation(names, first, second):
                a, b = self.particle(first), self.particle(second)
                return " & ".join(f"{name}({a}, {b})" for name in names)
            case Not(inner):
                return self.negated(inner)
            case AllOf(tests):
                return " & ".join(self._bracketed(t) for t in tests)
            case AnyOf(tests):
                return " | ".join(self._bracketed(t) for t in tests)
            case PairTest():
                return self._pair_test(test)
            case PairCount(collection, relation, op, bound):
                found = f"pairs({self._use(collection)}{_relation_argument(relation)})"
                return self.compared(f"number({found})", op, bound, "")
            case Within():
                return self._within(test)
            case IfThere(inner):
                return self._if_there(inner)
            case Written(kind=kind, name=name):
                return f"{self.this}.{name}" if kind else f"{name}({self._use('events')})"

    def negated(self, test: Test) -> str:
        """The opposite; of a comparison by its sign, so that what is not a number fails both ways."""
        match test:
            case Compare(quantity, op, bound, unit, closed):
                if op in NEGATED:
                    return self.test(Compare(quantity, NEGATED[op], bound, unit, closed))
                opposite = "not_in" if op == "in" else "in"  # of the same range: its ends go with what is left
                return self.test(Compare(quantity, opposite, bound, unit, closed))
            case PairTest(quantifier=quantifier, op=op):
                opposite = {"in": "not_in", "not_in": "in", **NEGATED}[op]
                other: Literal["any", "every"] = "every" if quantifier == "any" else "any"
                return self.test(replace(test, quantifier=other, op=opposite))
            case Not(inner):
                return self.test(inner)
            case AnyOf(tests):
                return self.test(AllOf(tuple(Not(t) for t in tests)))
            case AllOf(tests):
                return self.test(AnyOf(tuple(Not(t) for t in tests)))
        return f"~{self._bracketed(test)}"

    def quantity(self, quantity: Quantity) -> str:
        """A number for each event, or for each object at hand."""
        match quantity:
            case Field(variable) if variable in CLUSTER and "electron_eta" in self.open and self.this == "electrons":
                own, cluster = f"{self.this}.{variable}", f"{self.this}.{CLUSTER[variable]}"
                return f'({cluster} if ELECTRON_ETA == "cluster" else {own})'
            case Field():
                return f"{self.this}.{field_name(quantity)}"
            case Formula(_, name):
                return f"{self.this}.{name}"
            case Nearest(distance, others):
                return f"nearest({self.this}, {self._use(others)}, {distance})"
            case Of(Together(particles), "mass", _):
                return f"invariant_mass({', '.join(map(self.particle, particles))})"
            case Of(particle, variable, value):
                return f"{self.particle(particle)}.{field_name(Field(variable, value))}"
            case Between(kind, first, second):
                return f"{_BETWEEN[kind]}({self.particle(first)}, {self.particle(second)})"
            case Count(collection):
                return f"number({self._use(collection)})"
            case CountOfEvent(variable):
                return f"{variable}({self._use('events')})"
            case ScalarSum(collections):
                return f"scalar_sum({', '.join(map(self._use, collections))})"
            case Added(terms):
                return " + ".join(map(self.quantity, terms))
            case Ratio(above, below):
                return f"{self._term(above)} / {self._term(below)}"
            case OverRoot(above, below):
                return f"{self._term(above)} / GeV / np.sqrt({self._term(below)} / GeV)"
            case Constant(value, unit):
                return number(value, unit)
            case Times(factor, inner):
                return f"{number(factor, '')} * {self._term(inner)}"
            case Extreme(kind, terms):
                function = {"min": "np.minimum", "max": "np.maximum"}[kind]
                return reduce(lambda one, other: f"{function}({one}, {other})", map(self.quantity, terms))
            case Distance(inner, centre):
                return f"np.abs({self.quantity(inner)} - {energy(centre)})"
            case OfCandidate(name):
                return f"{self.this}.{name}"

    def _term(self, quantity: Quantity) -> str:
        text = self.quantity(quantity)
        return f"({text})" if isinstance(quantity, Added | Ratio | OverRoot) else text

    def particle(self, particle: Particle) -> str:
        """One object of each event."""
        match particle:
            case Ranked(collection, rank):
                return f"nth({self._use(collection)}, {rank})"
            case Leg(candidate, index):
                return f"{self._use(candidate)}.{'ab'[index]}"
            case Together(particles):
                return f"system({', '.join(map(self.particle, particles))})"
            case Missing(collections):
                return f"missing_momentum({', '.join(map(self._use, collections))})"

    def compared(self, text: str, op: str, bound: Bound, unit: str, closed: tuple[bool, bool] = (False, False)) -> str:
        """The comparison; of a range, both of its ends as strict as they are written."""
        if isinstance(bound, tuple):
            low, high = number(bound[0], unit), number(bound[1], unit)
            for name, default in ENDS.items():
                if name in self.open and closed == default:
                    function = "in_range" if op == "in" else "outside"
                    return f"{function}({text}, {low}, {high}, {name.upper()})"
            above, below = (">=" if closed[0] else ">"), ("<=" if closed[1] else "<")
            if op == "in":
                return f"({text} {above} {low}) & ({text} {below} {high})"
            return f"({text} {NEGATED[above]} {low}) | ({text} {NEGATED[below]} {high})"
        return f"{text} {op} {number(bound, unit)}"

    def _pair_test(self, test: PairTest) -> str:
        found = f"pairs({self._use(test.collection)}{_relation_argument(test.relation)})"
        values = {"mass": "invariant_mass(found.a, found.b)"}.get(test.quantity, f"{test.quantity}(found.a, found.b)")
        if test.quantity == "abs_mass_minus_mz":
            values = "np.abs(invariant_mass(found.a, found.b) - Z_MASS)"
        compared = self.compared("values", test.op, test.bound, test.unit, test.closed)
        quantifier = "any" if test.quantifier == "any" else "all"
        return f"found = {found}\nvalues = {values}\n{quantifier}_of(found, {compared})"

    def _within(self, test: Within) -> str:
        this = self.this
        if test.counted or test.counted_flavour:
            counted = []
            if test.counted:
                text = " | ".join(f"{this}.leptons.{field_name(field)}" for field in test.counted)
                text = f"({text})" if len(test.counted) > 1 else text
                counted.append(f"~{text}" if test.counted_denied else text)
            if test.counted_flavour and (not test.counted or test.counted_denied):
                counted.append(f"({this}.leptons.flavour == {FLAVOURS[test.counted_flavour]})")
            text = f"np.sum(({' & '.join(counted)})[{this}.legs], axis=1)"
            compared = self.compared(text, test.op, test.bound, test.unit)
            if test.channel:
                flavour = FLAVOURS[test.channel.removesuffix("s")]
                return f"~all_of_flavour({this}, {flavour}) | ({compared})"
            return compared
        if test.rank is not None:
            order = ", LEADING_BY" if "leading_by" in self.open else ""
            text = f"ordered_pt({this}, {test.rank}{order})"
            return self.compared(text, test.op, test.bound, test.unit, test.closed)
        if not test.quantity:
            return f"{this}.m12 > 0"
        values = "invariant_mass(a, b)" if test.quantity == "mass" else f"{test.quantity}(a, b)"
        compared = self.compared(values, test.op, test.bound, test.unit, test.closed)
        return f"every_pair({this}, lambda a, b: {compared}{_relation_argument(test.relation)})"

    def _use(self, collection: str) -> str:
        self.uses[collection] = None
        return collection

    def _if_there(self, test: Test) -> str:
        """A test of one object of each event, which events without it pass."""
        particle = next(p for p in _particles(test) if isinstance(p, Ranked))
        return f"~{self.particle(particle)}.there | ({self.test(test)})"

    def _bracketed(self, test: Test) -> str:
        text = self.test(test)
        return text if isinstance(test, Flag | FlagOf) and not isinstance(test, Not) else f"({text})"


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


def _relation_argument(relation: tuple[str, ...]) -> str:
    if not relation:
        return ""
    if len(relation) == 1:
        return f", {relation[0]}"
    return f", lambda a, b: {' & '.join(f'{name}(a, b)' for name in relation)}"


__all__ = ["CLUSTER", "Writer"]
