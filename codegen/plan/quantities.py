"""The language of plans, its numbers: quantities of an object, a particle, a candidate or the event."""

from __future__ import annotations

from dataclasses import dataclass

Bound = float | tuple[float, float]


@dataclass(frozen=True)
class Field:
    """A variable of the object at hand, as `kg.measures` computes it; `value` for a working point or type."""

    variable: str
    value: str = ""


@dataclass(frozen=True)
class Formula:
    """An expression of `kg.measures`, stated by the text itself, such as the discriminant of a tagger."""

    expression: str
    name: str


@dataclass(frozen=True)
class Nearest:
    """The distance ("delta_r", "delta_phi", "delta_eta") of the object at hand to the nearest of a collection.

    `unremoved`: the same collection before any overlap was removed, where the text leaves open which one is meant.
    """

    distance: str
    others: str
    unremoved: str = ""


@dataclass(frozen=True)
class Ranked:
    """The object of a collection that has the n-th highest p_T, counted from 0."""

    collection: str
    rank: int


@dataclass(frozen=True)
class Leg:
    """One of the objects of a candidate: 0, 1, …"""

    candidate: str
    index: int


@dataclass(frozen=True)
class Together:
    """The system of some particles."""

    particles: tuple[Particle, ...]


@dataclass(frozen=True)
class Missing:
    """The negative vector sum of the transverse momenta of all objects of some collections."""

    collections: tuple[str, ...]


Particle = Ranked | Leg | Together | Missing


@dataclass(frozen=True)
class Of:
    """A variable of a particle: pt, abs_eta, mass, …"""

    particle: Particle
    variable: str
    value: str = ""


@dataclass(frozen=True)
class Between:
    """A quantity of two particles: delta_r, delta_phi, delta_eta, transverse_mass."""

    kind: str
    first: Particle
    second: Particle


@dataclass(frozen=True)
class Count:
    """How many objects a collection has."""

    collection: str


@dataclass(frozen=True)
class CountOfEvent:
    """A count that is a measure of the event: primary vertices."""

    variable: str


@dataclass(frozen=True)
class ScalarSum:
    """The sum of the p_T of all objects of some collections."""

    collections: tuple[str, ...]


@dataclass(frozen=True)
class Added:
    """The sum of quantities."""

    terms: tuple[Quantity, ...]


@dataclass(frozen=True)
class Ratio:
    """One quantity over another."""

    above: Quantity
    below: Quantity


@dataclass(frozen=True)
class OverRoot:
    """One energy over the square root of another, in √GeV: H_T^miss/√H_T."""

    above: Quantity
    below: Quantity


@dataclass(frozen=True)
class Constant:
    """A number with its unit, where a quantity is put together."""

    value: float
    unit: str = ""


@dataclass(frozen=True)
class Times:
    """A number times a quantity."""

    factor: float
    quantity: Quantity


@dataclass(frozen=True)
class Extreme:
    """The least ("min") or the greatest ("max") of several quantities."""

    kind: str
    terms: tuple[Quantity, ...]


@dataclass(frozen=True)
class Distance:
    """The distance of a quantity from a fixed value, in GeV: |m - m_Z|."""

    quantity: Quantity
    centre: float


@dataclass(frozen=True)
class OfCandidate:
    """A quantity that the candidates of a kind have by name: m12, m34, m4l of quadruplets."""

    name: str


Quantity = (
    Field
    | Formula
    | Nearest
    | Of
    | Between
    | Count
    | CountOfEvent
    | ScalarSum
    | Added
    | Ratio
    | OverRoot
    | Constant
    | Times
    | Extreme
    | Distance
    | OfCandidate
)
