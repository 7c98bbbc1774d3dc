"""What every event has besides what it is about, and events that are about nothing."""

from __future__ import annotations

from numpy.random import Generator

from tests.codegen.events.kinematics import Momentum, NoSolution, apart, direction
from tests.codegen.events.particles import Event


def few_leptons(rng: Generator, event: Event) -> None:
    found: list[Momentum] = []
    for _ in range(int(rng.integers(0, 4))):
        found.append(apart(rng, float(rng.exponential(20)) + 4, found, 0.3))
        (event.electron if rng.random() < 0.5 else event.muon)(found[-1], int(rng.choice([-1, 1])))


def soft_activity(rng: Generator, event: Event) -> None:
    """Jets, photons and badly identified leptons that every event has, below what selections ask for."""
    leptons = [(o["pt"], o["eta"], o["phi"]) for o in event.electrons + event.muons]
    for _ in range(int(rng.integers(0, 3))):
        event.photon((float(rng.uniform(2, 9)), *direction(rng)), level=int(rng.integers(0, 2)))
    for _ in range(int(rng.integers(0, 4))):
        event.jet((float(rng.uniform(10, 24)), *direction(rng, (0, 4.4))), jvt=bool(rng.random() < 0.5))
    if rng.random() < 0.2 and len(leptons) < 6:
        try:
            event.electron(apart(rng, float(rng.uniform(4.5, 6.5)), leptons, 0.5), 1, level=0, calo_iso=0.5)
        except NoSolution:
            return
