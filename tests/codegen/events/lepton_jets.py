"""Recipes of events with a lepton, jets and a missing momentum. Each is good but for one flaw."""

from __future__ import annotations

import math

from numpy.random import Generator

from tests.codegen.events.kinematics import NoSolution, apart, near
from tests.codegen.events.particles import Event
from tests.codegen.events.recipes import Changes, Recipe, central, drawn


def lepton_jets(
    lepton: str,
    change: Changes | None = None,
    jets: tuple[Changes, ...] = ({"pt": (70, 110)}, {}, {}),
    missing: tuple[float, float] = (45, 90),
    m_t: tuple[float, float] = (60, 140),
    extra: Changes | None = None,
) -> Recipe:
    """A lepton and jets with a missing momentum, of those objects that are above 27 GeV (lepton) and 30 GeV (jets),
    and a transverse mass in the given ranges. Redraws the jets until they give them."""

    def build(rng: Generator, event: Event) -> None:
        for _ in range(4000):
            values = drawn(rng, change or {})
            eta, phi = central(rng)
            side = 1 if eta > 0 else -1
            first = (values.pop("pt", float(rng.uniform(33, 60))), side * values.pop("at_eta", abs(eta)), phi)
            found, used, placed = [first], [first], []
            try:
                for given in jets:
                    jet = drawn(rng, given)
                    pt, r, band = jet.pop("pt", float(rng.uniform(33, 80))), jet.pop("r", None), jet.pop("at_eta", None)
                    low, high = (0.0, 2.2) if band is None else (band, band + 1e-6)
                    momentum = (
                        apart(rng, pt, found, 0.6, (low, high)) if r is None else near(rng, first, pt, (r, r + 1e-3))
                    )
                    found.append(momentum)
                    if pt > 30 and r is None and high < 2.5:
                        used.append(momentum)
                    placed.append((momentum, jet))
            except NoSolution:
                continue
            x, y = (-sum(p[0] * f(p[2]) for p in used) for f in (math.cos, math.sin))
            size = math.hypot(x, y)
            transverse = math.sqrt(2 * first[0] * size * (1 - math.cos(phi - math.atan2(y, x))))
            if missing[0] < size < missing[1] and m_t[0] < transverse < m_t[1]:
                break
        else:
            raise NoSolution
        (event.electron if lepton == "e" else event.muon)(first, int(rng.choice([-1, 1])), **values)
        for momentum, jet in placed:
            event.jet(momentum, **jet)
        if extra:
            values = drawn(rng, extra)
            add = event.electron if values.pop("kind") == "e" else event.muon
            add(apart(rng, values.pop("pt"), found, 0.6), int(rng.choice([-1, 1])), **values)

    return build


_SOFT_MISSING = {"missing": (10.0, 24.0), "m_t": (51.0, 75.0), "change": {"pt": (40, 60)}}
LEPTON_JETS: dict[str, Recipe] = {
    "e": lepton_jets("e"),
    "mu": lepton_jets("mu"),
    "e pt": lepton_jets("e", {"pt": (27.5, 29.8)}),
    "e pt on the threshold": lepton_jets("e", {"pt": 30.0}),
    "e eta": lepton_jets("e", {"at_eta": (2.48, 2.7)}),
    "e crack kept": lepton_jets("e", {"at_eta": (1.38, 1.51)}),
    "e Medium only": lepton_jets("e", {"level": 2}),
    "e not isolated": lepton_jets("e", {"calo_iso": (0.11, 0.4)}),
    "mu pt": lepton_jets("mu", {"pt": (20, 26.8)}),
    "mu below the electrons' limit": lepton_jets("mu", {"pt": (27.2, 29.8)}),
    "mu eta": lepton_jets("mu", {"at_eta": (2.51, 2.69)}),
    "mu Loose only": lepton_jets("mu", {"level": 2}),
    "mu not isolated": lepton_jets("mu", {"track_iso": (0.16, 0.4)}),
    "two leptons": lepton_jets("mu", extra={"kind": "e", "pt": (31, 50)}),
    "two muons": lepton_jets("mu", extra={"kind": "mu", "pt": (28, 50)}),
    "second lepton soft": lepton_jets("e", extra={"kind": "mu", "pt": (10, 26)}),
    "two jets": lepton_jets("e", jets=({"pt": (70, 110)}, {})),
    "third jet pt": lepton_jets("mu", jets=({"pt": (70, 110)}, {}, {"pt": (22, 29.8)})),
    "third jet pt on the threshold": lepton_jets("mu", jets=({"pt": (70, 110)}, {}, {"pt": 30.0})),
    "third jet eta": lepton_jets("mu", jets=({"pt": (70, 110)}, {}, {"at_eta": (2.51, 3.2)})),
    "third jet near lepton": lepton_jets("e", jets=({"pt": (70, 110)}, {}, {"r": (0.02, 0.38)})),
    "leading jet": lepton_jets("e", jets=({"pt": (40, 59)}, {"pt": (33, 50)}, {"pt": (33, 50)})),
    "missing momentum, e": lepton_jets("e", {"pt": (45, 70)}, missing=(22, 34), m_t=(52, 90)),
    "missing momentum, mu": lepton_jets("mu", {"pt": (45, 70)}, missing=(14, 24), m_t=(52, 90)),
    "missing momentum between, mu": lepton_jets("mu", {"pt": (45, 70)}, missing=(26, 34), m_t=(52, 90)),
    "m_T": lepton_jets("mu", missing=(30, 80), m_t=(5, 49)),
    "m_T, e": lepton_jets("e", missing=(38, 80), m_t=(5, 49)),
}
