"""Angles, distances, masses and sums of momenta.

The text of programs, which physicists read: without annotations, as analysis scripts are. A program holds the source of
the functions that it uses, and no others. Momenta, energies and masses are MeV, lengths mm, angles rad.
"""

# mypy: ignore-errors
from __future__ import annotations

import numpy as np

from codegen.targets.awkward.helpers.objects import Extended, Objects, number, starts


def delta_phi(a, b):
    """The angle between two objects in the transverse plane, in [0, pi]."""
    angle = np.abs(a.phi - b.phi)
    if np.any(angle > 2 * np.pi):
        angle %= 2 * np.pi
    return np.minimum(angle, 2 * np.pi - angle)


def delta_eta(a, b):
    """The distance of two objects in pseudorapidity."""
    return np.abs(a.eta - b.eta)


def delta_r(a, b):
    """The distance of two objects in pseudorapidity and azimuth."""
    return np.sqrt((a.eta - b.eta) ** 2 + delta_phi(a, b) ** 2)


def nearest(objects, others, distance):
    """The distance of each object to the nearest of the others in its event, infinite where there are none."""
    counts = number(others)[objects.event]
    first = np.repeat(np.arange(len(objects)), counts)
    within = np.arange(len(first)) - np.repeat(np.cumsum(counts) - counts, counts)
    second = np.repeat(starts(others)[objects.event], counts) + within
    result = np.full(len(objects), np.inf)
    np.minimum.at(result, first, distance(objects[first], others[second]))
    return result


def four_momentum(p):
    """E, px, py, pz of each object, a row for each."""
    if "momentum" in p.columns:
        return p.momentum
    px, py, pz = p.pt * np.cos(p.phi), p.pt * np.sin(p.phi), p.pt * np.sinh(p.eta)
    return np.stack([np.sqrt(px * px + py * py + pz * pz + p.mass * p.mass), px, py, pz], axis=1)


def mass_of(momentum):
    """The mass that goes with each row of E, px, py, pz."""
    e, px, py, pz = momentum.T
    return np.sqrt(np.maximum(e * e - px * px - py * py - pz * pz, 0.0))


def invariant_mass(*particles):
    """The invariant mass of some objects together."""
    return mass_of(sum(map(four_momentum, particles)))


def system(*particles):
    """Some objects together as one."""
    momentum = sum(map(four_momentum, particles))
    _, px, py, pz = momentum.T
    pt = np.sqrt(px * px + py * py)
    fields = {"pt": pt, "phi": np.arctan2(py, px), "eta": np.arcsinh(pz / pt), "mass": mass_of(momentum)}
    return Objects(particles[0].n_events, particles[0].event, fields)


def transverse_mass(a, b):
    """The transverse mass of two objects that are taken as massless."""
    return np.sqrt(2 * a.pt * b.pt * (1 - np.cos(delta_phi(a, b))))


def sum_of(objects, values):
    """The sum of the values of the objects of each event."""
    return np.bincount(objects.event, weights=values, minlength=objects.n_events)


def missing_momentum(*collections):
    """The negative vector sum of the transverse momenta of all objects of some collections."""
    px = -sum(sum_of(c, c.pt * np.cos(c.phi)) for c in collections)
    py = -sum(sum_of(c, c.pt * np.sin(c.phi)) for c in collections)
    n_events = collections[0].n_events
    return Objects(n_events, np.arange(n_events), {"pt": np.sqrt(px * px + py * py), "phi": np.arctan2(py, px)})


def scalar_sum(*collections):
    """The sum of the transverse momenta of all objects of some collections."""
    return sum(sum_of(c, c.pt) for c in collections)


def with_momenta(objects):
    """The same objects, with E, px, py, pz as one more field."""
    return Objects(objects.n_events, objects.event, Extended(objects, momentum=four_momentum(objects)))
