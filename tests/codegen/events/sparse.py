"""Events as data and backgrounds have them: few leptons in nearly all, four or more in one of a thousand."""

from __future__ import annotations

from collections.abc import Iterator

from numpy.random import Generator

from tests.codegen.events.background import few_leptons, soft_activity
from tests.codegen.events.kinematics import NoSolution
from tests.codegen.events.particles import Event
from tests.codegen.events.quadruplets import good, many_leptons, random_quadruplet

FOUR_LEPTONS = (good, random_quadruplet, many_leptons)
ONE_IN = 1000


def sparse_events(rng: Generator, count: int) -> Iterator[tuple[str, Event]]:
    """`count` events, each with the name of its recipe; those with at least four leptons lie anywhere among them."""
    chosen = set(rng.choice(count, size=count // ONE_IN, replace=False).tolist())
    for place in range(count):
        recipe = FOUR_LEPTONS[int(rng.integers(len(FOUR_LEPTONS)))] if place in chosen else few_leptons
        while True:
            event = Event(rng)
            try:
                recipe(rng, event)
            except NoSolution:
                continue
            soft_activity(rng, event)
            leptons = len(event.electrons) + len(event.muons)
            if (leptons >= 4) == (place in chosen):
                break
        yield recipe.__name__, event
