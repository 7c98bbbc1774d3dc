"""What recipes of events share. A recipe fills an event, by means of random numbers; it may raise `NoSolution`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from numpy.random import Generator

from tests.codegen.events.kinematics import direction
from tests.codegen.events.particles import Event

NAN = float("nan")
Range = tuple[float, float]
Changes = dict[str, Any]
"""What is different with an object; a pair of numbers is a range to draw from."""
Recipe = Callable[[Generator, Event], None]


def drawn(rng: Generator, changes: Changes) -> Changes:
    """Ranges replaced by a number from them."""
    return {k: float(rng.uniform(*v)) if isinstance(v, tuple) else v for k, v in changes.items()}


def central(rng: Generator) -> tuple[float, float]:
    """A direction (eta, phi) outside the calorimeters' transition region and within all limits."""
    while True:
        eta, phi = direction(rng, (0.15, 2.2))
        if not 1.3 < abs(eta) < 1.6:
            return eta, phi
