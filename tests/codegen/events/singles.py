"""Recipes of events with one lepton, and perhaps a second one. Each is good but for one flaw."""

from __future__ import annotations

from numpy.random import Generator

from tests.codegen.events.kinematics import Momentum, NoSolution, apart, separation
from tests.codegen.events.particles import UNSET, Event
from tests.codegen.events.recipes import NAN, Changes, Recipe, central, drawn


def single_lepton(lepton: str, change: Changes | None = None, further: Changes | None = None) -> Recipe:
    """One lepton with a change (`pt`, `eta` and attributes), and perhaps a further one (`kind`, `pt`, …)."""

    def build(rng: Generator, event: Event) -> None:
        found: list[Momentum] = []
        for kind, given in ((lepton, change or {}), *(((further["kind"], further),) if further else ())):
            values = drawn(rng, given)
            values.pop("kind", None)
            eta, phi = central(rng)
            side = 1 if eta > 0 else -1
            momentum = (values.pop("pt", float(rng.uniform(31, 70))), side * values.pop("at_eta", abs(eta)), phi)
            if any(separation(momentum, other) < 0.5 for other in found):
                raise NoSolution
            found.append(momentum)
            (event.electron if kind == "e" else event.muon)(momentum, int(rng.choice([-1, 1])), **values)
        for _ in range(int(rng.integers(0, 3))):
            jet = apart(rng, float(rng.uniform(20, 60)), found, 0.6)
            found.append(jet)
            event.jet(jet)

    return build


SINGLE_LEPTON: dict[str, Recipe] = {
    "e": single_lepton("e"),
    "mu": single_lepton("mu"),
    "e pt": single_lepton("e", {"pt": (20, 27.5)}),
    "e pt on the threshold": single_lepton("e", {"pt": 28.0}),
    "e eta": single_lepton("e", {"at_eta": (2.48, 2.7)}),
    "e crack": single_lepton("e", {"at_eta": (1.38, 1.51)}),
    "e Medium only": single_lepton("e", {"level": 2}),
    "e not isolated": single_lepton("e", {"calo_iso": (0.065, 0.3)}),
    "e isolation on the threshold": single_lepton("e", {"pt": 50.0, "calo_iso": 0.06}),
    "e negative isolation": single_lepton("e", {"calo_iso": (-0.3, -0.07)}),
    "e d0": single_lepton("e", {"d0": (0.11, 0.2), "sigma": 0.02}),
    "e d0 negative": single_lepton("e", {"d0": (-0.2, -0.11), "sigma": 0.02}),
    "e z0": single_lepton("e", {"z0": (0.55, 3)}),
    "e z0, sin theta": single_lepton("e", {"z0": (-0.45, -0.3), "at_eta": (1.6, 2.3)}),
    "e link": single_lepton("e", {"links": [UNSET, "track"]}),
    "e foreign link": single_lepton("e", {"links": ["foreign"]}),
    "e NaN": single_lepton("e", {"calo_iso": NAN}),
    "mu pt": single_lepton("mu", {"pt": (20, 27.5)}),
    "mu eta": single_lepton("mu", {"at_eta": (2.41, 2.49)}),
    "mu Loose only": single_lepton("mu", {"level": 2}),
    "mu Tight": single_lepton("mu", {"level": 0}),
    "mu not isolated": single_lepton("mu", {"track_iso": (0.065, 0.3)}),
    "mu d0": single_lepton("mu", {"d0": (0.07, 0.095), "sigma": 0.02}),
    "mu far in z0": single_lepton("mu", {"z0": (-3, -0.55)}),
    "mu foreign link": single_lepton("mu", {"links": ["foreign"]}),
    "mu link out of range": single_lepton("mu", {"links": ["beyond"]}),
    "two electrons": single_lepton("e", {}, {"kind": "e", "pt": (29, 60)}),
    "electron and muon": single_lepton("e", {}, {"kind": "mu", "pt": (29, 60)}),
    "veto electron": single_lepton("mu", {}, {"kind": "e", "level": 1, "pt": (12, 25)}),
    "veto electron, not isolated": single_lepton("e", {}, {"kind": "e", "level": 1, "calo_iso": 0.4, "pt": (12, 40)}),
    "veto electron in the crack": single_lepton("e", {}, {"kind": "e", "at_eta": (1.38, 1.51), "pt": (12, 40)}),
    "veto electron pt": single_lepton("mu", {}, {"kind": "e", "level": 1, "pt": (6, 9.8)}),
    "veto electron eta": single_lepton("mu", {}, {"kind": "e", "level": 1, "pt": (12, 25), "at_eta": (2.48, 2.7)}),
    "veto electron not Loose": single_lepton("e", {}, {"kind": "e", "level": 0, "pt": (12, 25)}),
    "veto muon": single_lepton("e", {}, {"kind": "mu", "level": 2, "pt": (12, 25)}),
    "veto muon, forward": single_lepton("mu", {}, {"kind": "mu", "level": 2, "pt": (12, 60), "at_eta": (2.42, 2.68)}),
    "veto muon pt": single_lepton("e", {}, {"kind": "mu", "level": 2, "pt": (5, 9.8)}),
    "veto muon pt on the threshold": single_lepton("e", {}, {"kind": "mu", "level": 2, "pt": 10.0}),
    "veto muon eta": single_lepton("e", {}, {"kind": "mu", "level": 2, "pt": (12, 25), "at_eta": (2.71, 2.9)}),
    "veto muon VeryLoose": single_lepton("mu", {}, {"kind": "mu", "level": 3, "pt": (12, 25)}),
}


def no_vertex(rng: Generator, event: Event) -> None:
    """Pile-up vertices only; of muons no distance to a vertex is asked for, so nothing else is wrong."""
    event.vertex_types = [3, 3, 3, 0]
    single_lepton("mu")(rng, event)


SINGLE_LEPTON["no primary vertex"] = no_vertex
