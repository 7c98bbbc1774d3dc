"""Limits that vary with the momentum of the object at hand, as quantities of the language of plans."""

from __future__ import annotations

from collections.abc import Callable

from codegen.plan.quantities import Added, Bound, Constant, Extreme, Field, Nearest, Of, Quantity, Ratio, Times
from codegen.plan.report import NotReadable
from kg.limits import Limit, Sum, Term, limit_of
from kg.records import Cut


def bound_of(cut: Cut, quantity: Quantity) -> Bound | Quantity:
    """What the quantity is compared with: the cut's numbers, or its limit of the momentum of the same object.

    Raises `NotReadable` for a name, and for a limit of what has no momentum.

    >>> bound_of(Cut("x", "photon", "topoetcone40", "<", "0.02 p_T + 2 GeV"), Field("topoetcone40"))
    Added(terms=(Times(factor=0.02, quantity=Field(variable='pt', value='')), Constant(value=2.0, unit='GeV')))
    """
    limit = limit_of(cut.value)
    if limit is not None:
        return _quantity(limit, _momentum_beside(quantity))
    if isinstance(cut.value, str):
        raise NotReadable(f"{cut.value!r} is no number")
    return cut.value


def _momentum_beside(quantity: Quantity) -> Callable[[str], Quantity]:
    """How the momentum is written of the object that has the quantity."""
    match quantity:
        case Of(particle):
            return lambda name: Of(particle, name)
        case Field() | Nearest():
            return Field
    raise NotReadable("a limit that varies with the momentum of an object, for what is no quantity of one object")


def _quantity(limit: Limit, momentum: Callable[[str], Quantity]) -> Quantity:
    sums = tuple(_sum(terms, momentum) for terms in limit.sums)
    return Extreme(limit.choose, sums) if limit.choose else sums[0]


def _sum(terms: Sum, momentum: Callable[[str], Quantity]) -> Quantity:
    written = tuple(_term(term, momentum) for term in terms)
    return written[0] if len(written) == 1 else Added(written)


def _term(term: Term, momentum: Callable[[str], Quantity]) -> Quantity:
    if not term.momentum:
        return Constant(term.number, term.unit)
    own = momentum(term.momentum)
    return Times(term.number, own) if term.power > 0 else Ratio(Constant(term.number, term.unit), own)


__all__ = ["bound_of"]
