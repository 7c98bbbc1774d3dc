"""Momenta with given masses and angles, for generated events. GeV; (pt, eta, phi) of massless particles."""

from __future__ import annotations

import math

from numpy.random import Generator

Momentum = tuple[float, float, float]


class NoSolution(Exception):
    """These momenta cannot give what was asked for; the caller draws anew."""


def folded(angle: float) -> float:
    """An azimuth in (-pi, pi]."""
    return math.atan2(math.sin(angle), math.cos(angle))


def separation(a: Momentum, b: Momentum) -> float:
    """Delta R of two momenta."""
    return math.hypot(a[1] - b[1], folded(a[2] - b[2]))


def pair_mass(a: Momentum, b: Momentum) -> float:
    """Invariant mass of two momenta."""
    return math.sqrt(max(0.0, 2 * a[0] * b[0] * (math.cosh(a[1] - b[1]) - math.cos(a[2] - b[2]))))


def direction(rng: Generator, eta: tuple[float, float] = (0.0, 2.2)) -> tuple[float, float]:
    """A random (eta, phi) with |eta| in the given range."""
    side = 1.0 if rng.random() < 0.5 else -1.0
    return side * float(rng.uniform(*eta)), float(rng.uniform(-math.pi, math.pi))


def partner(rng: Generator, first: Momentum, mass: float, pt: float, max_eta: float = 2.2) -> Momentum:
    """A second momentum of the given pt that forms the mass with the first one.

    :raises NoSolution: if no pseudorapidity below `max_eta` was found
    """
    needed = mass * mass / (2 * first[0] * pt)
    for _ in range(30):
        delta_phi = float(rng.uniform(-math.pi, math.pi))
        cosh = needed + math.cos(delta_phi)
        if cosh < 1:
            continue
        side = 1.0 if rng.random() < 0.5 else -1.0
        eta = first[1] + side * math.acosh(cosh)
        if abs(eta) < max_eta:
            return pt, eta, folded(first[2] + delta_phi)
    raise NoSolution


def near(rng: Generator, other: Momentum, pt: float, distance: tuple[float, float]) -> Momentum:
    """A momentum at a Delta R in the given range from another one."""
    r, angle = float(rng.uniform(*distance)), float(rng.uniform(-math.pi, math.pi))
    return pt, other[1] + r * math.cos(angle), folded(other[2] + r * math.sin(angle))


def apart(
    rng: Generator,
    pt: float,
    others: list[Momentum],
    distance: float = 0.6,
    eta: tuple[float, float] = (0.0, 2.2),
) -> Momentum:
    """A momentum farther than `distance` from all others.

    :raises NoSolution: if a hundred directions were all too close
    """
    for _ in range(100):
        found = (pt, *direction(rng, eta))
        if all(separation(found, other) > distance for other in others):
            return found
    raise NoSolution
