"""The language of plans, its tests: what an object, a candidate or an event must fulfil."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from codegen.plan.quantities import Bound, Field, Particle, Quantity


@dataclass(frozen=True)
class Compare:
    """A quantity against a number or another quantity or, with "in" and "not_in", a range.

    The ends are as strict as `op` and `closed` say; `unit` is that of a number or range.
    """

    quantity: Quantity
    op: str
    bound: Bound | Quantity
    unit: str = ""
    closed: tuple[bool, bool] = (False, False)


@dataclass(frozen=True)
class Flag:
    """A measure that is a decision by itself, such as a working point."""

    field: Field


@dataclass(frozen=True)
class FlagOf:
    """A decision on a particle."""

    particle: Particle
    field: Field


@dataclass(frozen=True)
class Relation:
    """Whether two particles are "same_flavour", "different_flavour", "same_sign", "opposite_sign", all of them."""

    names: tuple[str, ...]
    first: Particle
    second: Particle


@dataclass(frozen=True)
class Not:
    test: Test


@dataclass(frozen=True)
class IfThere:
    """A test that is passed where the object of which it speaks is not there."""

    test: Test


@dataclass(frozen=True)
class AllOf:
    tests: tuple[Test, ...]


@dataclass(frozen=True)
class AnyOf:
    tests: tuple[Test, ...]


@dataclass(frozen=True)
class PairTest:
    """Whether any, or every, pair of the objects of a collection that fulfils the relation has a quantity in bounds.

    `quantity` "mass", "delta_r", "delta_phi", "delta_eta". `second`: pairs with one object of each of two collections.
    """

    quantifier: Literal["any", "every"]
    collection: str
    relation: tuple[str, ...]
    quantity: str
    op: str
    bound: Bound
    unit: str = ""
    closed: tuple[bool, bool] = (False, False)
    second: str = ""


@dataclass(frozen=True)
class PairCount:
    """How many pairs of the objects of a collection fulfil the relation."""

    collection: str
    relation: tuple[str, ...]
    op: str
    bound: Bound


@dataclass(frozen=True)
class Within:
    """A test of a quadruplet: of every pair of its leptons that fulfils the relation, its n-th lepton, their number.

    `counted` is what its counted leptons have one of, or none of if `counted_denied`, `counted_flavour` their flavour.
    """

    relation: tuple[str, ...] = ()
    quantity: str = ""
    op: str = ">"
    bound: Bound = 0.0
    unit: str = ""
    closed: tuple[bool, bool] = (False, False)
    rank: int | None = None
    counted: tuple[Field, ...] = ()
    counted_denied: bool = False
    counted_flavour: str = ""
    channel: str = ""


@dataclass(frozen=True)
class Written:
    """A test that a model wrote for a cut that no rule compiles: `source` is a function `mask(events)`, as text.

    It gives one truth value for each object of `kind` in its container or, where that is "", for each event. `branches`
    are what it reads; `model` wrote it, in so many `rounds`. `name` is what programs call it.
    """

    source: str
    branches: tuple[str, ...]
    kind: str
    model: str
    rounds: int
    name: str = ""


Test = Compare | Flag | FlagOf | Relation | Not | AllOf | AnyOf | PairTest | PairCount | Within | IfThere | Written
