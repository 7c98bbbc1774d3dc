"""Recipes of events with a Z candidate and a third lepton. Each is good but for one flaw."""

from __future__ import annotations

import math

from numpy.random import Generator

from tests.codegen.events.kinematics import NoSolution, apart, direction, near, pair_mass, partner, separation
from tests.codegen.events.particles import Event
from tests.codegen.events.recipes import Changes, Recipe, drawn


def three_leptons(
    channel: str = "",
    changes: dict[int, Changes] | None = None,
    m_z: tuple[float, float] = (84, 98),
    pt: tuple[tuple[float, float], ...] = ((35, 60), (20, 34), (23, 40)),
    third: str = "apart",
    eta: dict[int, tuple[float, float]] | None = None,
    m_3l: tuple[float, float] = (112, 400),
    second_pair: tuple[float, float] | None = None,
) -> Recipe:
    """A Z candidate and a third lepton. `third`: "near" puts it beside the first; `second_pair`: the mass
    that the third lepton forms with the one of opposite charge."""

    def build(rng: Generator, event: Event) -> None:
        name = channel or str(rng.choice(["eee", "eem", "mme", "mmm"]))
        charge = int(rng.choice([-1, 1]))
        bands = eta or {}
        for _ in range(3000):
            try:
                start = 1 if 1 in bands else 0
                one = (float(rng.uniform(*pt[start])), *direction(rng, bands.get(start, (0.1, 2.2))))
                two = partner(rng, one, float(rng.uniform(*m_z)), float(rng.uniform(*pt[1 - start])))
                found = [one, two] if start == 0 else [two, one]
                pt3 = float(rng.uniform(*pt[2]))
                if third == "near":
                    found.append(near(rng, found[0], pt3, (0.08, 0.19)))
                elif second_pair:
                    found.append(partner(rng, found[1], float(rng.uniform(*second_pair)), pt3))
                else:
                    found.append(apart(rng, pt3, found, 0.5, bands.get(2, (0.1, 2.2))))
            except NoSolution:
                continue
            pairs = [(a, b) for i, a in enumerate(found) for b in found[:i]]
            total = math.sqrt(sum(pair_mass(a, b) ** 2 for a, b in pairs))
            wide = all(separation(a, b) > (0.25 if third != "near" else 0.05) for a, b in pairs)
            alternative = pair_mass(found[1], found[2])
            best = second_pair is not None or abs(alternative - 91.2) > max(abs(m - 91.2) for m in m_z) + 1
            if wide and best and m_3l[0] < total < m_3l[1] and (second_pair or alternative > 13):
                break
        else:
            raise NoSolution
        for i, momentum in enumerate(found):
            values = drawn(rng, (changes or {}).get(i, {}))
            sign = values.pop("charge", (charge, -charge, charge)[i])
            (event.electron if name[i] == "e" else event.muon)(momentum, int(sign), **values)

    return build


def fourth_lepton(rng: Generator, event: Event) -> None:
    three_leptons()(rng, event)
    found = [(o["pt"] / 1000, o["eta"], o["phi"]) for o in event.electrons + event.muons]
    (event.electron if rng.random() < 0.5 else event.muon)(apart(rng, float(rng.uniform(12, 30)), found, 0.5), 1)


TRILEPTON: dict[str, Recipe] = {
    "eee": three_leptons("eee"),
    "eem": three_leptons("eem"),
    "mme": three_leptons("mme"),
    "mmm": three_leptons("mmm"),
    "e pt": three_leptons("eem", pt=((40, 60), (7, 9.8), (23, 40)), changes={}),
    "e eta": three_leptons("eem", eta={0: (2.48, 2.7)}),
    "e crack kept": three_leptons("eem", eta={0: (1.38, 1.51)}),
    "e not Loose": three_leptons("eem", {1: {"level": 0}}),
    "e Loose only": three_leptons("eem", {1: {"level": 1}}),
    "e not isolated": three_leptons("eem", {0: {"calo_iso": (0.22, 0.4)}}),
    "e negative isolation": three_leptons("eem", {0: {"calo_iso": (-0.5, -0.25)}}),
    "e d0": three_leptons("eem", {0: {"d0": (0.11, 0.2), "sigma": 0.02}}),
    "e z0": three_leptons("eem", {0: {"z0": (0.55, 3)}}),
    "mu pt": three_leptons("mme", pt=((40, 60), (7, 9.8), (23, 40))),
    "mu eta": three_leptons("mme", eta={0: (2.51, 2.69)}),
    "mu VeryLoose": three_leptons("mme", {1: {"level": 3}}),
    "mu Loose": three_leptons("mme", {1: {"level": 2}}),
    "mu not isolated": three_leptons("mme", {0: {"calo_iso": (0.22, 0.4)}}),
    "mu d0": three_leptons("mme", {0: {"d0": (-0.095, -0.065), "sigma": 0.02}}),
    "mu z0": three_leptons("mme", {0: {"z0": (-3, -0.55)}}),
    "four": fourth_lepton,
    "leading": three_leptons(pt=((22, 26.5), (20.5, 22), (20.5, 26)), m_3l=(106, 400)),
    "near, same flavour": three_leptons("eee", third="near"),
    "near, different flavour": three_leptons("mme", third="near"),
    "same sign": three_leptons("mme", {1: {"charge": 1}, 0: {"charge": 1}}),
    "mass low": three_leptons(m_z=(70, 80.5)),
    "mass high": three_leptons(m_z=(102, 115)),
    "low-mass pair": three_leptons("mmm", second_pair=(6, 11.5)),
    "other pair nearer": three_leptons("eee", m_z=(72, 80), second_pair=(88, 94), pt=((40, 70), (25, 40), (23, 40))),
    "other pair nearer, third Loose": three_leptons(
        "mmm", {0: {"level": 2}}, m_z=(82, 87), second_pair=(90, 92.5), pt=((40, 70), (25, 40), (23, 40))
    ),
    "third pt": three_leptons(pt=((35, 60), (20, 34), (11, 19.5))),
    "third pt on the threshold": three_leptons(pt=((35, 60), (20, 34), (20, 20))),
    "third Medium": three_leptons("mme", {2: {"level": 2}}),
    "third Loose muon": three_leptons("eem", {2: {"level": 2}}),
    "m_3l": three_leptons(m_z=(82, 87), pt=((35, 60), (20, 34), (20.5, 24)), m_3l=(88, 104)),
}
