"""The language of plans: what a selection is made of, typed, and without a word about how a target writes it.

Three levels. A *collection* is a list of objects for each event: those of a container, those of other collections
together, or those of another collection that pass further tests. A *candidate* is a choice of some objects: the two of
a pair, the same-flavour opposite-sign pair nearest to a mass, a quadruplet. An *event test* looks at the event: at
counts, at the n-th object, at candidates, at sums. Energies stand in the unit that the paper wrote.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Literal

Bound = float | tuple[float, float]

# --- quantities ------------------------------------------------------------------------------------------------------


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
class Distance:
    """The distance of a quantity from a fixed value, in GeV: |m - m_Z|."""

    quantity: Quantity
    centre: float


@dataclass(frozen=True)
class OfCandidate:
    """A quantity that the candidates of a kind have by name: m12, m34, m4l of quadruplets."""

    name: str


Quantity = (
    Field | Formula | Nearest | Of | Between | Count | CountOfEvent | ScalarSum | Added | Ratio | Distance | OfCandidate
)

# --- tests -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Compare:
    """A quantity against a number or, with "in" and "not_in", a range; ends as strict as `op` and `closed` say."""

    quantity: Quantity
    op: str
    bound: Bound
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
    """A test of a quadruplet: of every pair of its leptons that fulfils the relation, its n-th lepton, their number."""

    relation: tuple[str, ...] = ()
    quantity: str = ""
    op: str = ">"
    bound: Bound = 0.0
    unit: str = ""
    closed: tuple[bool, bool] = (False, False)
    rank: int | None = None
    counted: Field | None = None
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

# --- the plan --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Step:
    """A test that stands for a cut of the graph (`cut`: its id); `function` is what programs call it.

    `label` is given where the step says something else than the cut's own words.
    """

    cut: str
    function: str
    test: Test
    label: str = ""


@dataclass(frozen=True)
class Collection:
    """Objects of each event. With one parent: those of it that pass the steps; with several: all of these together.

    `kind` is the canonical object; a parent is a collection or, without any, the object's container. `needs` is how
    many objects of which kinds the event selection asks for at least: what a row of the cutflow counts; `asked_by` are
    the cuts that ask for these numbers, "" for the quadruplet. `without`: the objects of the parent that are not in
    that collection; `first`: so many of the parent's, by p_T.
    """

    name: str
    kind: str
    parents: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    needs: tuple[tuple[tuple[str, ...], int], ...] = ()
    without: str = ""
    first: int = 0
    asked_by: tuple[str, ...] = ()


@dataclass(frozen=True)
class Candidate:
    """A choice of objects from a collection.

    `form` "leading": the first `size` by p_T; "closest": the pair that fulfils the relation with the mass closest to
    `mass` GeV; "quadruplets": all choices of two disjoint same-flavour opposite-sign pairs.
    """

    name: str
    form: Literal["leading", "closest", "quadruplets"]
    collection: str
    size: int = 2
    relation: tuple[str, ...] = ()
    mass: float = 91.1876
    rest: str = ""
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True)
class Option:
    """An answer to an open question: `name` in programs, `text` for people.

    `why_not`: why no program can take it, "" where one can; `leaves_out`: cuts that do not hold where it is taken.
    """

    name: str
    text: str
    why_not: str = ""
    leaves_out: tuple[str, ...] = ()


@dataclass(frozen=True)
class OpenChoice:
    """A question that the text leaves open; `taken`: the option that a program starts with, `cuts`: what it changes.

    `default` is the option that the plan itself takes: a target without alternatives knows no other.
    """

    name: str
    question: str
    options: tuple[Option, ...]
    default: str
    taken: str
    cuts: tuple[str, ...] = ()

    @property
    def constant(self) -> str:
        """What programs call it: ENDS_OF_RANGE."""
        return self.name.upper()

    @property
    def offered(self) -> tuple[Option, ...]:
        """The options that a program can take."""
        return tuple(option for option in self.options if not option.why_not)


@dataclass(frozen=True)
class Histogram:
    """A quantity of selected events in `bins` bins from `low` to `high`; `cuts` are the requirements on it."""

    name: str
    label: str
    quantity: Quantity
    bins: int
    low: float
    high: float
    unit: str = ""
    cuts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Plan:
    """A selection, in the order in which it is applied."""

    release: str
    first: tuple[Step, ...] = ()
    definitions: tuple[Collection | Candidate, ...] = ()
    events: tuple[Step, ...] = ()
    outputs: tuple[tuple[str, Quantity], ...] = field(default=())
    histograms: tuple[Histogram, ...] = ()
    choices: tuple[OpenChoice, ...] = ()

    def collection(self, name: str) -> Collection:
        """The collection of that name."""
        return next(d for d in self.definitions if isinstance(d, Collection) and d.name == name)


def below(node: object) -> Iterator[object]:
    """The node, and all nodes of which it is made up."""
    if is_dataclass(node):
        yield node
        for item in fields(node):
            yield from below(getattr(node, item.name))
    elif isinstance(node, tuple):
        for one in node:
            yield from below(one)
