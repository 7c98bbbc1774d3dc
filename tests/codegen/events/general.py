"""A sample in which every cut of the selections in `tests/codegen/selections` decides some events."""

from __future__ import annotations

from collections.abc import Iterator

from numpy.random import Generator

from tests.codegen.events.background import few_leptons, soft_activity
from tests.codegen.events.electron_muon import TTBAR
from tests.codegen.events.hadronic import DIPHOTON, MULTIJET
from tests.codegen.events.kinematics import NoSolution
from tests.codegen.events.lepton_jets import LEPTON_JETS
from tests.codegen.events.particles import Event
from tests.codegen.events.recipes import Recipe
from tests.codegen.events.singles import SINGLE_LEPTON
from tests.codegen.events.three_leptons import TRILEPTON

TOPICS: dict[str, dict[str, Recipe]] = {
    "single lepton": SINGLE_LEPTON,
    "electron and muon": TTBAR,
    "multijet": MULTIJET,
    "lepton and jets": LEPTON_JETS,
    "three leptons": TRILEPTON,
    "two photons": DIPHOTON,
}
"""Recipes by what their events are about."""


def general_events(rng: Generator, count: int) -> Iterator[tuple[str, Event]]:
    """`count` events, each with the name of its recipe: all recipes in turn; one event in twenty has few leptons."""
    recipes = [(f"{topic}: {name}", recipe) for topic, table in TOPICS.items() for name, recipe in table.items()]
    order = [i % len(recipes) if i % 20 else -1 for i in range(count)]
    for place in (order[i] for i in rng.permutation(count)):
        name, recipe = recipes[place] if place >= 0 else ("few leptons", few_leptons)
        while True:
            event = Event(rng)
            try:
                recipe(rng, event)
            except NoSolution:
                continue
            break
        soft_activity(rng, event)
        yield name, event
