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

from codegen.plan.quantities import Quantity
from codegen.plan.requirements import Test


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
    `mass` GeV; "quadruplets": all choices of two disjoint same-flavour opposite-sign pairs. `one`: of these, the one
    with the smallest |m12 - m_Z|, then |m34 - m_Z|, is chosen before the steps are applied to it.
    """

    name: str
    form: Literal["leading", "closest", "quadruplets"]
    collection: str
    size: int = 2
    relation: tuple[str, ...] = ()
    mass: float = 91.1876
    rest: str = ""
    steps: tuple[Step, ...] = ()
    one: bool = False


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
