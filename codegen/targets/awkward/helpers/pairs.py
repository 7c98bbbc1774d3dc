"""Pairs of objects: their flavours and charges, all of them, the one nearest to a mass.

The text of programs, which physicists read: without annotations, as analysis scripts are. A program holds the source of
the functions that it uses, and no others. Momenta, energies and masses are MeV, lengths mm, angles rad.
"""

# mypy: ignore-errors
from __future__ import annotations

import numpy as np

from codegen.targets.awkward.helpers.kinematics import invariant_mass
from codegen.targets.awkward.helpers.objects import number, one_each


def same_flavour(a, b):
    """Whether two leptons are of the same flavour."""
    return a.flavour == b.flavour


def different_flavour(a, b):
    """Whether two leptons are of different flavours."""
    return a.flavour + b.flavour == 24  # an electron, 11, and a muon, 13


def both_electrons(a, b):
    """Whether two leptons are electrons."""
    return (a.flavour == 11) & (b.flavour == 11)


def both_muons(a, b):
    """Whether two leptons are muons."""
    return (a.flavour == 13) & (b.flavour == 13)


def opposite_sign(a, b):
    """Whether the product of the charges is negative."""
    return a.charge * b.charge < 0


def same_sign(a, b):
    """Whether the product of the charges is positive."""
    return a.charge * b.charge > 0


class Pairs:
    """Pairs of objects of the same event: `a` and `b` are the objects, `event` the event."""

    def __init__(self, a, b):
        self.a, self.b, self.event, self.n_events = a, b, a.event, a.n_events

    def __getitem__(self, which):
        return Pairs(self.a[which], self.b[which])


def followers(counts):
    """For each of the things of all events, so many in each: how many of its event come after it."""
    return np.repeat(np.cumsum(counts), counts) - np.arange(np.sum(counts)) - 1


def combinations(counts):
    """All choices of two of so many things per event: their places among the things of all events."""
    after = followers(counts)
    first = np.repeat(np.arange(len(after)), after)
    begin = np.cumsum(after) - after
    return first, np.arange(len(first)) + np.repeat(np.arange(1, len(after) + 1) - begin, after)


def pairs(objects, relation=None):
    """All pairs of the objects of each event, or those that fulfil the relation."""
    i, j = combinations(number(objects))
    found = Pairs(objects[i], objects[j])
    return found if relation is None else found[relation(found.a, found.b)]


def best(candidates, *measures):
    """The place of each event's candidate with the smallest first measure, among equals the second; -1 for none."""
    order = np.lexsort((*reversed(measures), candidates.event))
    event = candidates.event[order]
    is_first = np.ones(len(event), dtype=bool)
    is_first[1:] = event[1:] != event[:-1]
    places = np.full(candidates.n_events, -1)
    places[event[is_first]] = order[is_first]
    return places


def closest_pair(objects, relation, mass):
    """The pair of each event that fulfils the relation and has the mass closest to the given one."""
    found = pairs(objects, relation)
    place = best(found, np.abs(invariant_mass(found.a, found.b) - mass))
    pair = Pairs(found.a, found.b)
    pair.a, pair.b = one_each(found.a, place), one_each(found.b, place)
    return pair
