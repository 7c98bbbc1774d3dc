"""Quadruplets: two disjoint same-flavour opposite-sign pairs of leptons.

The text of programs, which physicists read: without annotations, as analysis scripts are. A program holds the source of
the functions that it uses, and no others. Momenta, energies and masses are MeV, lengths mm, angles rad.
"""

# mypy: ignore-errors
from __future__ import annotations

import functools

import numpy as np

from codegen.targets.awkward.helpers.kinematics import invariant_mass, with_momenta
from codegen.targets.awkward.helpers.objects import number, starts
from codegen.targets.awkward.helpers.pairs import Pairs, best, combinations

Z_MASS = 91187.6  # a program has these among its constants
SIX = [(0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3)]


class Quadruplets:
    """All choices of two disjoint same-flavour opposite-sign pairs of leptons of the same event.

    `legs` are the places of the four leptons among `leptons`, a row for each quadruplet, those of one pair first; `six`
    are the places of its six pairs among `pairs`, all pairs of leptons. `m12` is the mass of the leading pair, `m34`
    that of the other, `m4l` that of all four leptons.
    """

    def __init__(self, leptons, pairs, **columns):
        self.leptons, self.pairs, self.columns, self.n_events = leptons, pairs, columns, leptons.n_events
        self.chosen = None
        for name, values in columns.items():
            setattr(self, name, values)

    def __getitem__(self, which):
        return Quadruplets(self.leptons, self.pairs, **{name: c[which] for name, c in self.columns.items()})

    @property
    def m4l(self):
        return invariant_mass(*(self.leptons[leg] for leg in self.legs.T))


def quadruplets(leptons, leading="nearest-to-mz"):
    """All quadruplets of the leptons of each event; `leading` says which of the two pairs is the leading one.

    "nearest-to-mz": the one whose mass is nearer to the Z boson's; "by-mass", "by-pair-pt": the one of higher mass or
    p_T; "by-lepton-pt": the one with the lepton of the highest p_T.
    """
    leptons = with_momenta(leptons)
    counts = number(leptons)
    i, j = combinations(counts)
    all_pairs = Pairs(leptons[i], leptons[j])
    kind = leptons.flavour * leptons.charge
    chosen = np.flatnonzero(kind[i] == -kind[j])
    mass = invariant_mass(leptons[i[chosen]], leptons[j[chosen]])
    p, q = combinations(np.bincount(leptons.event[i[chosen]], minlength=leptons.n_events))
    a, b, c, d = i[chosen[p]], j[chosen[p]], i[chosen[q]], j[chosen[q]]
    disjoint = (a != c) & (a != d) & (b != c) & (b != d)
    p, q = p[disjoint], q[disjoint]
    legs = np.stack([leg[disjoint] for leg in (a, b, c, d)], axis=1)
    event = leptons.event[legs[:, 0]]
    n_pairs = counts * (counts - 1) // 2
    within, n = legs - starts(leptons)[event][:, None], counts[event]
    first = (np.cumsum(n_pairs) - n_pairs)[event]
    six = [first + place_of_pair(within[:, x], within[:, y], n) for x, y in SIX]
    if leading == "nearest-to-mz":
        first_leads = np.abs(mass[p] - Z_MASS) <= np.abs(mass[q] - Z_MASS)
    elif leading == "by-mass":
        first_leads = mass[p] >= mass[q]
    else:
        pt = pt_of_pair if leading == "by-pair-pt" else higher_pt
        first_leads = pt(leptons, *legs.T[:2]) >= pt(leptons, *legs.T[2:])
    m12, m34 = np.where(first_leads, mass[p], mass[q]), np.where(first_leads, mass[q], mass[p])
    return Quadruplets(leptons, all_pairs, event=event, legs=legs, six=np.stack(six, axis=1), m12=m12, m34=m34)


def pt_of_pair(leptons, a, b):
    """The transverse momentum of the pair of the leptons at these places."""
    return np.hypot(leptons.px[a] + leptons.px[b], leptons.py[a] + leptons.py[b])


def higher_pt(leptons, a, b):
    """The transverse momentum of the one of the leptons at these places that has the higher one."""
    return np.maximum(leptons.pt[a], leptons.pt[b])


def place_of_pair(a, b, n):
    """The place of the pair of objects a and b of n in the list of their pairs."""
    a, b = np.minimum(a, b), np.maximum(a, b)
    return a * n - a * (a + 1) // 2 + b - a - 1


def every_pair(found, test):
    """Whether all six pairs of the leptons of a quadruplet pass; each pair of leptons of an event is tested once."""
    passes = test(found.pairs.a, found.pairs.b)
    return functools.reduce(np.logical_and, (passes[place] for place in found.six.T))


def ordered_pt(found, rank, quantity="pt"):
    """The p_T of the lepton of that rank in each quadruplet, the one of the highest "pt" or "energy" first."""
    pt = found.leptons.pt[found.legs]
    if quantity == "pt":
        return np.partition(pt, 3 - rank, axis=1)[:, 3 - rank]
    order = np.argsort(-found.leptons.e[found.legs], axis=1, kind="stable")
    return np.take_along_axis(pt, order[:, rank : rank + 1], axis=1)[:, 0]


def all_of_flavour(found, flavour):
    """Whether the four leptons of a quadruplet are of that flavour."""
    return np.all((found.leptons.flavour == flavour)[found.legs], axis=1)


def chosen_values(found, values):
    """For each event the value of its quadruplet: of several the one with m12, then m34 nearest to the Z mass."""
    if found.chosen is None:
        found.chosen = best(found, np.abs(found.m12 - Z_MASS), np.abs(found.m34 - Z_MASS))
    return np.append(values, np.nan)[found.chosen]
