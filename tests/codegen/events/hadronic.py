"""Recipes of events with many jets, or two photons and a jet, each good but for one flaw, for the general sample."""

from __future__ import annotations

import math
from typing import Any

from numpy.random import Generator

from tests.codegen.events.kinematics import Momentum, NoSolution, apart, folded, near, partner
from tests.codegen.events.particles import Event
from tests.codegen.events.recipes import Changes, Range, Recipe, central, drawn

HARD: tuple[Range, ...] = ((180, 260), (130, 170), (75, 110), (60, 72))


def vector_sum(jets: list[Momentum]) -> tuple[float, float]:
    """The negative sum of the transverse momenta."""
    return -sum(p[0] * math.cos(p[2]) for p in jets), -sum(p[0] * math.sin(p[2]) for p in jets)


def multijet(
    pt: tuple[Range, ...] = HARD,
    missing: Range = (165, 400),
    h_t: Range = (465, 900),
    angles: tuple[Range, Range] = ((0.6, 3.2), (0.4, 3.2)),
    soft: tuple[Changes, ...] = (),
    lepton: Changes | None = None,
    last_eta: Range = (0.0, 2.3),
    hard_only: Range = (0.0, 2000.0),
    with_all: Range = (0.0, 2000.0),
) -> Recipe:
    """Jets whose p_T add up to `h_t` and whose vector sum (with the `soft` ones above 30 GeV and |η| below 4.5) is
    `missing`. `angles`: the smallest Δφ to it of jets 1, 2 and of jets 3, 4. `last_eta`: |η| of the last hard jet.
    `hard_only`, `with_all`: the vector sum of the hard jets alone, and of all jets wherever they are."""

    def build(rng: Generator, event: Event) -> None:
        for _ in range(6000):
            found: list[Momentum] = []
            try:
                for i, limits in enumerate(pt):
                    band = last_eta if i == len(pt) - 1 else (0.0, 2.3)
                    found.append(apart(rng, float(rng.uniform(*limits)), found, 0.6, band))
                extra: list[Momentum] = []
                for given in soft:
                    values = drawn(rng, given)
                    band = values.get("at_eta", float(rng.uniform(0, 2.3)))
                    extra.append(apart(rng, values["pt"], [*found, *extra], 0.6, (band, band + 1e-6)))
            except NoSolution:
                continue
            used = [p for p in found + extra if p[0] > 30 and abs(p[1]) < 4.5]
            central_jets = [p for p in found + extra if p[0] > 50 and abs(p[1]) < 2.5]
            x, y = vector_sum(used)
            sums = ((used, missing), (central_jets, hard_only), (found + extra, with_all))
            if not all(low < math.hypot(*vector_sum(jets)) < high for jets, (low, high) in sums):
                continue
            if not h_t[0] < sum(p[0] for p in central_jets) < h_t[1]:
                continue
            away = [abs(folded(p[2] - math.atan2(y, x))) for p in sorted(central_jets, reverse=True)]
            wanted = zip((min(away[:2], default=9.0), min(away[2:4], default=9.0)), angles, strict=True)
            if all(low < a < high or a == 9.0 for a, (low, high) in wanted):
                break
        else:
            raise NoSolution
        for p in found + extra:
            event.jet(p)
        if lepton:
            values = drawn(rng, lepton)
            add = event.electron if values.pop("kind") == "e" else event.muon
            band = values.pop("at_eta", None)
            eta = (0.2, 1.2) if band is None else (band, band + 1e-6)
            add(apart(rng, values.pop("pt"), found, 0.4, eta), int(rng.choice([-1, 1])), **values)

    return build


MULTIJET: dict[str, Recipe] = {
    "good": multijet(),
    "five jets": multijet((*HARD, (52, 58))),
    "three jets": multijet(((200, 300), (150, 200), (100, 140))),
    "fourth jet pt": multijet((*HARD[:2], (90, 130), (40, 49))),
    "fourth jet pt on the threshold": multijet((*HARD[:2], (90, 130), (50, 50))),
    "fourth jet eta": multijet((*HARD[:2], (90, 130), (60, 72)), last_eta=(2.55, 4.0)),
    "leading jet": multijet(((110, 119), (105, 110), (100, 105), (95, 100), (90, 95))),
    "leading jet on the threshold": multijet(((120, 120), (105, 110), (100, 105), (95, 100), (90, 95))),
    "second jet": multijet(((250, 350), (74, 79), (70, 74), (65, 70))),
    "H_T": multijet(((130, 150), (95, 110), (70, 80), (55, 65)), (160, 400), (300, 445)),
    "missing H_T": multijet(missing=(60, 145)),
    "soft jets lower it": multijet(
        missing=(60, 147), hard_only=(155, 2000), soft=({"pt": (35, 48)}, {"pt": (35, 48), "at_eta": (2.6, 4.3)})
    ),
    "soft jets raise it": multijet(
        missing=(155, 400), hard_only=(60, 147), soft=({"pt": (35, 48)}, {"pt": (35, 48), "at_eta": (2.6, 4.3)})
    ),
    "soft jets": multijet(soft=({"pt": (31, 48)}, {"pt": (31, 48), "at_eta": (2.6, 4.3)})),
    "softer jets do not count": multijet(
        missing=(152, 185), with_all=(80, 147), soft=({"pt": (22, 29.5)}, {"pt": (22, 29.5)}, {"pt": (25, 29.5)})
    ),
    "very forward jet does not count": multijet(
        missing=(152, 220), with_all=(60, 147), soft=({"pt": (40, 90), "at_eta": (4.55, 4.9)},)
    ),
    "close to leading": multijet(angles=((0.02, 0.48), (0.4, 3.2))),
    "close to third": multijet(angles=((0.6, 3.2), (0.02, 0.28))),
    "third between": multijet(angles=((0.6, 3.2), (0.32, 0.48))),
    "fifth jet close": multijet((*HARD, (52, 58)), angles=((0.6, 3.2), (0.4, 3.2))),
    "electron": multijet(lepton={"kind": "e", "pt": (12, 40), "level": 1}),
    "muon": multijet(lepton={"kind": "mu", "pt": (12, 40)}),
    "electron pt": multijet(lepton={"kind": "e", "pt": (5, 9.8)}),
    "electron pt on the threshold": multijet(lepton={"kind": "e", "pt": 10.0}),
    "electron eta": multijet(lepton={"kind": "e", "pt": (12, 40), "at_eta": (2.48, 2.7)}),
    "electron not Loose": multijet(lepton={"kind": "e", "pt": (12, 40), "level": 0}),
    "electron not isolated": multijet(lepton={"kind": "e", "pt": (12, 40), "calo_iso": (0.11, 0.5)}),
    "electron in the crack": multijet(lepton={"kind": "e", "pt": (12, 40), "at_eta": (1.38, 1.51)}),
    "muon pt": multijet(lepton={"kind": "mu", "pt": (5, 9.8)}),
    "muon eta": multijet(lepton={"kind": "mu", "pt": (12, 40), "at_eta": (2.42, 2.68)}),
    "muon Loose": multijet(lepton={"kind": "mu", "pt": (12, 40), "level": 2}),
    "muon not isolated": multijet(lepton={"kind": "mu", "pt": (12, 40), "calo_iso": (0.21, 0.5)}),
}


def two_photons(
    changes: tuple[Changes, Changes] = ({}, {}),
    mass: Range = (110, 155),
    ratios: tuple[Range, Range] = ((0.38, 0.7), (0.28, 0.6)),
    jet: Changes | None = None,
    third: Changes | None = None,
) -> Recipe:
    """Two photons of the given mass, p_T being the given fractions of it, and a jet."""

    def build(rng: Generator, event: Event) -> None:
        one_values, two_values = (drawn(rng, c) for c in changes)
        for _ in range(300):
            m = float(rng.uniform(*mass))
            first, second = sorted(
                (float(rng.uniform(*ratios[0])) * m, float(rng.uniform(*ratios[1])) * m), reverse=True
            )
            eta, phi = central(rng)
            side = 1 if eta > 0 else -1
            one = (one_values.get("pt", first), side * one_values.get("at_eta", abs(eta)), phi)
            try:
                two = partner(rng, one, m, two_values.get("pt", second))
            except NoSolution:
                continue
            if not 1.3 < abs(two[1]) < 1.6 and one[0] >= two[0]:
                break
        else:
            raise NoSolution
        for momentum, values in ((one, one_values), (two, two_values)):
            event.photon(momentum, **{k: v for k, v in values.items() if k not in ("pt", "at_eta")})
        found = [one, two]
        if third:
            values = drawn(rng, third)
            found.append(apart(rng, values.pop("pt"), found, 0.6, (0.1, 1.2)))
            event.photon(found[-1], **values)
        given: Changes = {"pt": (35, 90)} if jet is None else jet
        if given:
            values = drawn(rng, given)
            pt, r, band = values["pt"], values.get("r"), values.get("at_eta", float(rng.uniform(0, 4.2)))
            event.jet(
                near(rng, two, pt, (r, r + 1e-3)) if r is not None else apart(rng, pt, found, 0.6, (band, band + 1e-6))
            )

    return build


def swapped(recipe: Recipe) -> Recipe:
    """The same event with the softer photon first in the list."""

    def build(rng: Generator, event: Event) -> None:
        recipe(rng, event)
        event.photons.reverse()

    return build


def changed(**change: Any) -> Recipe:
    return two_photons(({}, change))


DIPHOTON: dict[str, Recipe] = {
    "good": two_photons(),
    "good, swapped": swapped(two_photons()),
    "softer photon below the leading limit": two_photons(ratios=((0.5, 0.7), (0.28, 0.34))),
    "converted": two_photons(({"converted": True}, {"converted": True})),
    "photon pt": two_photons(({}, {"pt": (26.7, 27.8)}), (105.2, 106.2), ((0.5, 1.2), (0.2, 0.3))),
    "photon eta": two_photons(({"at_eta": (2.38, 2.6)}, {})),
    "photon in the crack": two_photons(({"at_eta": (1.38, 1.51)}, {})),
    "photon not Loose": changed(level=0),
    "photon Loose only": changed(level=1),
    "calorimeter isolation": changed(calo_iso=(0.07, 0.3)),
    "calorimeter isolation negative": changed(calo_iso=(-0.3, -0.1)),
    "track isolation": changed(track_iso=(0.055, 0.3)),
    "leading ratio": two_photons(ratios=((0.3, 0.345), (0.28, 0.34))),
    "subleading ratio": two_photons(mass=(125, 155), ratios=((0.5, 0.8), (0.205, 0.245))),
    "mass low": two_photons(mass=(85, 104)),
    "mass high": two_photons(mass=(161, 190)),
    "no jet": two_photons(jet={"pt": (10, 20)}),
    "jet pt": two_photons(jet={"pt": (20, 29.5)}),
    "jet pt on the threshold": two_photons(jet={"pt": 30.0}),
    "jet eta": two_photons(jet={"pt": (35, 60), "at_eta": (4.45, 4.8)}),
    "forward jet": two_photons(jet={"pt": (35, 60), "at_eta": (2.6, 4.3)}),
    "jet is a photon": two_photons(jet={"pt": (35, 60), "r": (0.01, 0.38)}),
    "third photon softer": two_photons(third={"pt": (10, 27)}),
    "harder photon Loose only": two_photons(third={"pt": (120, 160), "level": 1}),
    "harder photon fails Loose": two_photons(third={"pt": (120, 160), "level": 0}),
    "third photon between, Loose": two_photons(
        ratios=((0.6, 0.8), (0.28, 0.35)), mass=(115, 130), third={"pt": (50, 60), "level": 1}
    ),
}
