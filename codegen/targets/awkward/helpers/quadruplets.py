"""Quadruplets: two disjoint same-flavour opposite-sign pairs of leptons.

The text of programs, which physicists read: without annotations, as analysis scripts are. A program holds the source of
the functions that it uses, and no others. Momenta, energies and masses are MeV, lengths mm, angles rad.
"""

# mypy: ignore-errors
from __future__ import annotations

import numpy as np

from codegen.targets.awkward.helpers.kinematics import mass_of, with_momenta
from codegen.targets.awkward.helpers.objects import number
from codegen.targets.awkward.helpers.pairs import Pairs, best, combinations, followers

Z_MASS = 91187.6  # a program has these among its constants


class Quadruplets:
    """All choices of two disjoint same-flavour opposite-sign pairs of leptons of the same event.

    `legs` are the places of the four leptons among `leptons`, a row for each quadruplet, those of one pair first; `six`
    are the places of its six pairs among `pairs`, all pairs of leptons. `m12` is the mass of the leading pair, `m34`
    that of the other, `m4l` that of all four leptons.
    """

    def __init__(self, leptons, pairs, **columns):
        self.leptons, self.pairs, self.columns, self.n_events = leptons, pairs, columns, leptons.n_events
        self.chosen = self.descending_pt = None  # found when they are asked for
        for name, values in columns.items():
            setattr(self, name, values)

    def __getitem__(self, which):
        return Quadruplets(self.leptons, self.pairs, **{name: c[which] for name, c in self.columns.items()})

    @property
    def m4l(self):
        return mass_of(np.sum(self.leptons.momentum[self.legs], axis=1))


def quadruplets(leptons, leading="nearest-to-mz"):
    """All quadruplets of the leptons of each event; `leading` says which of the two pairs is the leading one.

    "nearest-to-mz": the one whose mass is nearer to the Z boson's; "by-mass", "by-pair-pt": the one of higher mass or
    p_T; "by-lepton-pt": the one with the lepton of the highest p_T.
    """
    leptons = with_momenta(leptons[number(leptons)[leptons.event] >= 4])
    counts = number(leptons)
    i, j = combinations(counts)
    all_pairs = Pairs(leptons[i], leptons[j])
    kind = leptons.flavour * leptons.charge
    chosen = np.flatnonzero(kind[i] == -kind[j])
    i, j = i[chosen], j[chosen]
    mass = mass_of(leptons.momentum[i] + leptons.momentum[j])
    p, q = combinations(np.bincount(leptons.event[i], minlength=leptons.n_events))
    disjoint = (i[p] != i[q]) & (i[p] != j[q]) & (j[p] != i[q]) & (j[p] != j[q])
    p, q = p[disjoint], q[disjoint]
    a, b, c, d = i[p], j[p], i[q], j[q]
    legs = np.stack([a, b, c, d], axis=1)
    after = followers(counts)
    first = (
        np.cumsum(after) - after - np.arange(1, len(after) + 1)
    )  # of each lepton: pair (a, b) is the one at first[a] + b
    crossed = [first[np.minimum(x, y)] + np.maximum(x, y) for x, y in ((a, c), (a, d), (b, c), (b, d))]
    six = np.stack([chosen[p], *crossed, chosen[q]], axis=1)
    if leading == "nearest-to-mz":
        first_leads = np.abs(mass[p] - Z_MASS) <= np.abs(mass[q] - Z_MASS)
    elif leading == "by-mass":
        first_leads = mass[p] >= mass[q]
    else:
        pt = pt_of_pair if leading == "by-pair-pt" else higher_pt
        first_leads = pt(leptons, *legs.T[:2]) >= pt(leptons, *legs.T[2:])
    m12, m34 = np.where(first_leads, mass[p], mass[q]), np.where(first_leads, mass[q], mass[p])
    return Quadruplets(leptons, all_pairs, event=leptons.event[a], legs=legs, six=six, m12=m12, m34=m34)


def pt_of_pair(leptons, a, b):
    """The transverse momentum of the pair of the leptons at these places."""
    _, px, py, _ = (leptons.momentum[a] + leptons.momentum[b]).T
    return np.hypot(px, py)


def higher_pt(leptons, a, b):
    """The transverse momentum of the one of the leptons at these places that has the higher one."""
    return np.maximum(leptons.pt[a], leptons.pt[b])


def every_pair(found, test, relation=None):
    """Whether all six pairs of the leptons of a quadruplet pass, or those that fulfil the relation.

    Each pair of leptons of an event is tested once.
    """
    passes = np.ones(len(found.pairs.event), dtype=bool)
    tested = slice(None) if relation is None else np.flatnonzero(relation(found.pairs.a, found.pairs.b))
    pairs = found.pairs if relation is None else found.pairs[tested]
    passes[tested] = test(pairs.a, pairs.b)
    return np.all(passes[found.six], axis=1)


def ordered_pt(found, rank, quantity="pt"):
    """The p_T of the lepton of that rank in each quadruplet, the one of the highest "pt" or "energy" first."""
    if quantity == "pt":
        if found.descending_pt is None:
            found.descending_pt = np.sort(found.leptons.pt[found.legs], axis=1)[:, ::-1]
        return found.descending_pt[:, rank]
    order = np.argsort(-found.leptons.momentum[found.legs, 0], axis=1, kind="stable")
    return np.take_along_axis(found.leptons.pt[found.legs], order[:, rank : rank + 1], axis=1)[:, 0]


def all_of_flavour(found, flavour):
    """Whether the four leptons of a quadruplet are of that flavour."""
    return np.all((found.leptons.flavour == flavour)[found.legs], axis=1)


def nearest_to_mz(found):
    """The place of each event's quadruplet, of several the one with m12, then m34 nearest to m_Z; -1 for none."""
    return best(found, np.abs(found.m12 - Z_MASS), np.abs(found.m34 - Z_MASS))


def one_of_each_event(found):
    """The quadruplets without those that are not the one of their event."""
    places = nearest_to_mz(found)
    return found[places[places >= 0]]


def chosen_values(found, values):
    """For each event the value of its quadruplet."""
    if found.chosen is None:
        found.chosen = nearest_to_mz(found)
    return np.append(values, np.nan)[found.chosen]
