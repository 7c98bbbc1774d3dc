"""Events near the thresholds of a paper: changed at random, and kept if some requirement decides them.

python -m tests.codegen.wordings.near FOLDER OUT.root [--tries N] [--seed N]
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import awkward as ak
import numpy as np
from numpy.random import Generator

from tests.codegen.events.background import soft_activity
from tests.codegen.events.electron_muon import TTBAR
from tests.codegen.events.fourlepton import FLAWS, FREE
from tests.codegen.events.hadronic import DIPHOTON, MULTIJET
from tests.codegen.events.kinematics import NoSolution, apart, direction, near, partner
from tests.codegen.events.lepton_jets import LEPTON_JETS
from tests.codegen.events.particles import E_TRACK_ISOLATION, Event
from tests.codegen.events.recipes import Recipe
from tests.codegen.events.singles import SINGLE_LEPTON
from tests.codegen.events.three_leptons import TRILEPTON
from tests.codegen.events.write import arrays, write_rntuple
from tests.codegen.wordings import lists


def dilepton(rng: Generator, event: Event) -> None:
    """Two to four leptons of any charges, a pair of them near the Z mass or below, and jets, some near a lepton."""
    for _ in range(100):
        try:
            one = (float(rng.uniform(12, 60)), *direction(rng, (0.05, 2.4)))
            mass = float(rng.choice([rng.uniform(3, 20), rng.uniform(55, 125), rng.uniform(80, 102)]))
            found = [one, partner(rng, one, mass, float(rng.uniform(12, 60)), 2.4)]
            if rng.random() < 0.3:  # a soft lepton that is a Z candidate with the first
                found.append(partner(rng, one, float(rng.uniform(70, 110)), float(rng.uniform(6, 25)), 2.6))
            for _ in range(int(rng.choice([0, 0, 0, 1, 2]))):
                found.append(apart(rng, float(rng.uniform(6, 40)), found, 0.3))
        except NoSolution:
            continue
        break
    else:
        raise NoSolution
    kind, charge = rng.choice(["e", "mu"]), int(rng.choice([-1, 1]))
    if rng.random() < 0.35:
        same_sign_and_soft(rng, event, str(kind), charge)
        return
    for i, momentum in enumerate(found):
        same = rng.random() < 0.75
        flavour = kind if same else rng.choice(["e", "mu"])
        sign = charge * int(rng.choice([-1, 1])) if i else charge
        level = {"level": int(rng.integers(0, 4))} if i > 1 else {}
        (event.electron if flavour == "e" else event.muon)(momentum, sign, **level)
    for _ in range(int(rng.integers(0, 5))):
        pt = float(rng.uniform(18, 90))
        beside = found[int(rng.integers(len(found)))]
        event.jet(
            near(rng, beside, pt, (0.02, 0.6)) if rng.random() < 0.15 else apart(rng, pt, found, 0.4, (0, 3.2)),
            b=rng.random() < 0.3,
        )


def same_sign_and_soft(rng: Generator, event: Event, kind: str, charge: int) -> None:
    """Two leptons of the same charge, jets, and a soft lepton that is a Z candidate with the first one."""
    one = (float(rng.uniform(28, 60)), *direction(rng, (0.05, 1.2)))
    two = apart(rng, float(rng.uniform(27, 50)), [one], 0.5)
    soft = partner(rng, one, float(rng.uniform(78, 104)), float(rng.uniform(7, 14)), 2.45)
    event.electron(one, charge) if kind == "e" else event.muon(one, charge)
    other = kind if rng.random() < 0.7 else {"e": "mu", "mu": "e"}[kind]
    event.electron(two, charge) if other == "e" else event.muon(two, charge)
    event.electron(soft, -charge) if kind == "e" else event.muon(soft, -charge)
    found = [one, two, soft]
    for _ in range(int(rng.integers(2, 4))):
        found.append(apart(rng, float(rng.uniform(26, 80)), found, 0.6))
        event.jet(found[-1])


KINDS: dict[str, list[Recipe]] = {
    "single_lepton": list(SINGLE_LEPTON.values()),
    "ttbar_emu": list(TTBAR.values()),
    "multijet": list(MULTIJET.values()),
    "lepton_jets": list(LEPTON_JETS.values()),
    "trilepton": list(TRILEPTON.values()),
    "diphoton": list(DIPHOTON.values()),
    "h4l": [*FLAWS.values(), *FREE],
    "zee": [dilepton],
    "same_sign": [dilepton],
}
"""Recipes by the beginning of a paper's name."""


def changed(rng: Generator, event: Event) -> None:
    """Small changes to the event: momenta, directions, identification, isolation, tracks."""
    for o in event.photons:
        o["topoetcone40"] = float(rng.uniform(-0.03, 0.02)) * o["pt"]
    for o in event.muons:
        o["ptcone20"] = float(rng.uniform(0, 0.03)) * o["pt"]
    if rng.random() < 0.3:
        return
    size = float(rng.choice([0.05, 0.2, 0.5]))
    everything = [event.electrons, event.muons, event.photons, event.jets]
    for e in event.electrons:
        if rng.random() < 0.08:
            e[E_TRACK_ISOLATION] = float(rng.uniform(0, 0.3)) * e["pt"]
    for found in everything:
        for o in found:
            if rng.random() < 0.35:
                scale = float(np.exp(rng.normal(0, size)))
                for name in ("pt", "topoetcone20", "topoetcone40", "ptcone20", "ptcone30", E_TRACK_ISOLATION):
                    if name in o:
                        o[name] *= scale
            if rng.random() < 0.04:
                o["pt"] = float(round(o["pt"] / 1000)) * 1000
            if rng.random() < 0.05:
                o["eta"] = float(
                    rng.choice([-1, 1])
                    * rng.choice(
                        [rng.uniform(1.36, 1.53), rng.uniform(2.3, 2.75), rng.uniform(2.4, 4.7), rng.uniform(4.2, 5.3)]
                    )
                )
            if rng.random() < 0.05:
                o["phi"] += float(rng.normal(0, 0.6))
            if rng.random() < 0.08 and "topoetcone20" in o:
                o["topoetcone20"] = float(rng.uniform(0, 0.4)) * o["pt"]
            if rng.random() < 0.08 and "ptcone20" in o:
                o["ptcone20"] = float(rng.uniform(0, 0.2)) * o["pt"]
            if rng.random() < 0.08 and "topoetcone40" in o:
                o["topoetcone40"] = float(rng.uniform(0, 0.3)) * o["pt"]
            if rng.random() < 0.08 and "ptcone30" in o:
                o["ptcone30"] = float(rng.uniform(0, 0.3)) * o["pt"]
            if rng.random() < 0.05 and "charge" in o:
                o["charge"] = -o["charge"]
            if rng.random() < 0.06 and "track" in o:
                o["track"]["d0"] = float(rng.normal(0, 5)) * o["track"]["sigma"]
            if rng.random() < 0.06 and "track" in o:
                o["track"]["z"] = float(rng.normal(0, 0.8))
            if rng.random() < 0.06 and "NNJvtPass" in o:
                o["NNJvtPass"] = 1 - o["NNJvtPass"]
    for e in event.electrons:
        if rng.random() < 0.08:
            level = int(rng.integers(0, 4))
            for i, name in enumerate(("Loose", "Medium", "Tight"), 1):
                e[f"DFCommonElectronsLH{name}"] = int(level >= i)
    for m in event.muons:
        if rng.random() < 0.08:
            m["quality"] = int(m["quality"] & 0xFC) | int(rng.integers(0, 4))
    for p in event.photons:
        if rng.random() < 0.06:
            level = int(rng.integers(0, 3))
            p["DFCommonPhotonsIsEMLoose"], p["DFCommonPhotonsIsEMTight"] = int(level >= 1), int(level >= 2)
    if rng.random() < 0.1:
        others = [(o["pt"], o["eta"], o["phi"]) for found in everything for o in found]
        momentum = (float(rng.uniform(6, 45)), *direction(rng))
        if others and rng.random() < 0.4:
            momentum = near(rng, others[int(rng.integers(len(others)))], momentum[0], (0.02, 0.5))
        add = [event.electron, event.muon][int(rng.integers(2))]
        add(momentum, int(rng.choice([-1, 1])), level=int(rng.integers(0, 3)))
    if rng.random() < 0.25:
        others = [(o["pt"], o["eta"], o["phi"]) for found in everything[:3] for o in found]
        momentum = (float(rng.uniform(15, 80)), *direction(rng, (0, 5.4)))
        if others and rng.random() < 0.5:
            momentum = near(rng, others[int(rng.integers(len(others)))], momentum[0], (0.02, 0.6))
        event.jet(momentum, b=bool(rng.random() < 0.4), jvt=bool(rng.random() < 0.7))
    if rng.random() < 0.02:
        event.vertex_types = [3, 3, 0]


def made(rng: Generator, recipes: list[Recipe], count: int) -> Iterator[Event]:
    for i in range(count):
        while True:
            event = Event(rng)
            try:
                recipes[i % len(recipes)](rng, event)
                soft_activity(rng, event)
                changed(rng, event)
            except NoSolution:
                continue
            break
        yield event


def _remembering() -> Any:
    """A `Need` that remembers what failed: leaving out anything else changes nothing."""

    class Remembering(lists.loops.Need):  # type: ignore[name-defined, misc]
        def __init__(self) -> None:
            super().__init__()
            self.failed: set[str] = set()

        def __call__(self, name: str, condition: bool) -> bool:
            self.names[name] = None
            if not condition:
                self.failed.add(name)
            return condition

    return Remembering()


def make(folder: Path, path: Path, tries: int = 6000, seed: int = 11, most: int = 40) -> dict[str, int]:
    """Writes the file; returns how many of its events each requirement decides, and how many are selected."""
    loops, reference = lists.loops, lists.reference(folder)
    kind = next(k for k in KINDS if folder.name.startswith(k))
    everything = arrays(made(np.random.default_rng(seed), KINDS[kind], tries))
    write_rntuple(everything, path)
    events = loops.read(path, [*lists.NEEDED, loops.NUMBER])
    whole, failed, names = [], [], {}
    for event in events:
        need = _remembering()
        whole.append(all(reference.select(event, need)))
        failed.append(need.failed)
        names |= need.names
    tally: dict[str, int] = dict.fromkeys(names, 0) | {"selected": sum(whole)}
    keep: set[int] = {i for i in range(len(events)) if i % max(1, tries // 600) == 0}
    keep |= set([i for i, good in enumerate(whole) if good][:400])
    for name in names:
        without = loops.Need([name])
        differ = [
            i
            for i, event in enumerate(events)
            if name in failed[i] and all(reference.select(event, without)) != whole[i]
        ]
        tally[name] = len(differ)
        keep |= set(differ[:most])
    chosen = sorted(keep)
    write_rntuple({name: ak.Array(array[chosen]) for name, array in everything.items()}, path)
    return tally


def main() -> int:
    parser = argparse.ArgumentParser(description="Makes events near the thresholds of a paper.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("path", type=Path)
    parser.add_argument("--tries", type=int, default=6000)
    parser.add_argument("--seed", type=int, default=11)
    given = parser.parse_args()
    for name, count in make(given.folder, given.path, given.tries, given.seed).items():
        print(f"{count:6} {name}" + ("   FEW" if count < 3 else ""))
    return 0


if __name__ == "__main__":
    sys.exit(main())
