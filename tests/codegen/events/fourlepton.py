"""Four-lepton events in which each requirement of the H→4ℓ benchmark, and each trap of PHYSLITE, decides some event.

A good event holds two pairs that pass everything with room to spare. A flawed one is such an event with one thing
wrong, or with one thing that looks wrong and is not. Events of many leptons and random masses come on top.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.random import Generator

from tests.codegen.events.background import few_leptons, soft_activity
from tests.codegen.events.kinematics import NoSolution
from tests.codegen.events.particles import UNSET, Event
from tests.codegen.events.quadruplets import (
    E0,
    E2,
    GOOD_PT,
    M0,
    M2,
    SOFT,
    SOFTER,
    best_pairing_fails,
    close_pair,
    good,
    lepton_flaw,
    low_mass_pair,
    low_pt,
    many_leptons,
    no_primary_vertex,
    primary_vertex_not_first,
    random_quadruplet,
    three_combined,
    two_quadruplets,
    wrong_charges,
    wrong_flavours,
)
from tests.codegen.events.recipes import NAN, Range, Recipe

F32 = {value: float(np.float32(value)) for value in (0.1, 2.4, 2.5, 2.7, 2.47)}
"""|η| thresholds as a file holds them: 0.1, 2.4, 2.47 and 2.7 lie a little above the number itself, 2.5 is exact."""


def exactly(value: float) -> Range:
    return value, value


FLAWS: dict[str, Recipe] = {
    "1.3 no primary vertex": no_primary_vertex,
    "1.3 primary vertex not first": primary_vertex_not_first,
    "2.1 not Loose": lepton_flaw(E0, 1, {"level": 0}),
    "2.1 Loose only": lepton_flaw(E2, 2, {"level": 1}),
    "2.2 E_T": lepton_flaw(E2, 3, {}, pt=SOFT),
    "2.2 E_T on the threshold": lepton_flaw(E2, 3, {}, pt=(*GOOD_PT[:3], exactly(7.0))),
    "2.3 eta": lepton_flaw(E0, 0, {}, eta={0: (2.48, 2.69)}, limit=2.45),
    "2.3 eta on the threshold": lepton_flaw(E0, 0, {}, eta={0: exactly(F32[2.47])}, limit=2.45),
    "2.3 crack kept": lepton_flaw(E0, 0, {}, eta={0: (1.38, 1.51)}),
    "2.4 track isolation": lepton_flaw(E2, 2, {"track_iso": (0.16, 0.5)}),
    "2.4 on the threshold": lepton_flaw(E2, 2, {"track_iso": 0.15}, pt=(*GOOD_PT[:2], exactly(20.0), GOOD_PT[3])),
    "2.5 calorimeter isolation": lepton_flaw(E0, 1, {"calo_iso": (0.22, 0.6)}),
    "2.5 negative": lepton_flaw(E0, 1, {"calo_iso": (-0.5, -0.25)}),
    "2.5 NaN": lepton_flaw(E0, 1, {"calo_iso": NAN}),
    "2.6 z0": lepton_flaw(E0, 0, {"z0": (0.6, 4)}),
    "2.6 z0 negative": lepton_flaw(E0, 0, {"z0": (-4, -0.6)}),
    "2.6 sin theta matters": lepton_flaw(E0, 0, {"z0": (0.3, 0.45)}, eta={0: (1.5, 2.3)}),
    "2.6 NaN": lepton_flaw(E2, 2, {"z0": NAN}),
    "2.6 link unset": lepton_flaw(E2, 3, {"links": [UNSET, "track"]}),
    "2.6 link missing": lepton_flaw(E2, 3, {"links": []}),
    "2.6 foreign link": lepton_flaw(E2, 3, {"links": ["foreign"]}),
    "2.6 link out of range": lepton_flaw(E0, 1, {"links": ["beyond"]}),
    "2.7 d0": lepton_flaw(E2, 2, {"d0": (0.11, 0.2), "sigma": 0.02}),
    "2.7 d0 negative": lepton_flaw(E2, 2, {"d0": (-0.2, -0.11), "sigma": 0.02}),
    "2.7 within electrons' limit": lepton_flaw(E2, 2, {"d0": (0.065, 0.095), "sigma": 0.02}),
    "2.7 sigma zero": lepton_flaw(E0, 0, {"d0": (0.01, 0.02), "sigma": 0.0}),
    "2.7 both zero": lepton_flaw(E0, 0, {"d0": 0.0, "sigma": 0.0}),
    "2.7 NaN": lepton_flaw(E0, 0, {"d0": NAN}),
    "3.1.1 segment-tagged": lepton_flaw(("em", "me"), 2, {"type": 2}),
    "3.1.1 calo-tagged": lepton_flaw(("me",), 0, {"type": 3}),
    "3.1.1 kept": lepton_flaw(("me",), 0, {"type": 3}, eta={0: (0.01, 0.09)}),
    "3.1.1 on the threshold": lepton_flaw(("em",), 2, {"type": 2}, eta={2: exactly(F32[0.1])}),
    "3.1.2 central": lepton_flaw(M0, 0, {}, eta={0: (0.0, 0.095)}),
    "3.1.2 forward": lepton_flaw(M0, 0, {}, eta={0: (2.51, 2.69)}),
    "3.1.2 on the lower end": lepton_flaw(M0, 0, {}, eta={0: exactly(F32[0.1])}),
    "3.1.2 on the upper end": lepton_flaw(M0, 0, {}, eta={0: exactly(2.5)}),
    "3.1.3 stand-alone, central": lepton_flaw(("me", "mm"), 1, {"type": 1}),
    "3.1.3 stand-alone, kept": lepton_flaw(("me", "mm"), 0, {"type": 1}, eta={0: (2.42, 2.68)}),
    "3.1.3 stand-alone, too far": lepton_flaw(("me", "mm"), 0, {"type": 1}, eta={0: (2.71, 2.9)}),
    "3.1.3 on the lower end": lepton_flaw(("me",), 0, {"type": 1}, eta={0: exactly(F32[2.4])}),
    "3.1.3 on the upper end": lepton_flaw(("me",), 0, {"type": 1}, eta={0: exactly(F32[2.7])}),
    "3.1.3 silicon-associated": lepton_flaw(("me", "mm"), 0, {"type": 4}, eta={0: (2.45, 2.68)}),
    "3.2 p_T": lepton_flaw(M2, 3, {}, pt=SOFTER),
    "3.2 kept below the electrons' threshold": lepton_flaw(M2, 3, {}, pt=SOFT),
    "3.2 on the threshold": lepton_flaw(M2, 3, {}, pt=(*GOOD_PT[:3], exactly(5.0))),
    "3.2.1 calo-tagged": lepton_flaw(M2, 3, {"type": 3}, eta={3: (0.01, 0.09)}),
    "3.2.1 on the threshold": lepton_flaw(M2, 3, {"type": 3}, eta={3: (0.01, 0.09)}, pt=(*GOOD_PT[:3], exactly(15.0))),
    "3.2.1 segment-tagged kept": lepton_flaw(M2, 3, {"type": 2}, eta={3: (0.01, 0.09)}),
    "3.3 track isolation": lepton_flaw(M2, 2, {"track_iso": (0.16, 0.5)}),
    "3.4 calorimeter isolation": lepton_flaw(M0, 1, {"calo_iso": (0.31, 0.6)}),
    "3.4 within the muons' limit": lepton_flaw(M0, 1, {"calo_iso": (0.21, 0.29)}),
    "3.4 on the threshold": lepton_flaw(M0, 1, {"calo_iso": 0.3}, pt=(GOOD_PT[0], exactly(30.0), *GOOD_PT[2:])),
    "3.4 negative": lepton_flaw(M0, 1, {"calo_iso": (-0.6, -0.35)}),
    "3.5 z0": lepton_flaw(M0, 0, {"z0": (0.6, 4)}),
    "3.5 NaN": lepton_flaw(M0, 0, {"z0": NAN}),
    "3.5 sin theta matters": lepton_flaw(M0, 0, {"z0": (-0.45, -0.3)}, eta={0: (1.5, 2.3)}),
    "3.5 link unset": lepton_flaw(M2, 2, {"links": [UNSET]}),
    "3.5 foreign link": lepton_flaw(M2, 2, {"links": ["foreign"]}),
    "3.5 link out of range": lepton_flaw(M2, 2, {"links": ["beyond"]}),
    "3.5 stand-alone without": lepton_flaw(("me",), 0, {"type": 1, "links": [UNSET]}, eta={0: (2.42, 2.68)}),
    "3.5 stand-alone exempt": lepton_flaw(
        ("me",), 0, {"type": 1, "z0": 3.0, "d0": 2.0, "links": ["track"]}, eta={0: (2.42, 2.68)}
    ),
    "3.6 d0 significance": lepton_flaw(M2, 2, {"d0": (0.065, 0.2), "sigma": 0.02}),
    "3.6 negative": lepton_flaw(M2, 2, {"d0": (-0.2, -0.065), "sigma": 0.02}),
    "3.6 sigma zero": lepton_flaw(M2, 2, {"d0": 0.0, "sigma": 0.0}),
    "3.7 d0": lepton_flaw(M0, 1, {"d0": (1.05, 2), "sigma": 1.0}),
    "3.7 negative": lepton_flaw(M0, 1, {"d0": (-2, -1.05), "sigma": 1.0}),
    "3.7 on the threshold": lepton_flaw(M0, 1, {"d0": 1.0, "sigma": 1.0}),
    "4.1 charges": wrong_charges,
    "4.1 flavours": wrong_flavours,
    "4.2 m12 low": lepton_flaw(("em", "me"), 0, {}, m12=(40, 49.5)),
    "4.2 m12 high": lepton_flaw(("em", "me"), 0, {}, m12=(106.5, 125)),
    "4.3 m34 low": lepton_flaw(("em", "me"), 0, {}, m34=(7.5, 11.8)),
    "4.3 m34 high": lepton_flaw(
        ("em", "me"), 0, {}, m34=(115.5, 150), pt=((40, 60), (26, 36), (40, 60), (26, 40)), limit=2.3
    ),
    "4.3 other pair nearer": lepton_flaw(
        ("em", "me"), 0, {}, m12=(30, 49), m34=(70, 104), pt=(*GOOD_PT[2:], *GOOD_PT[:2])
    ),
    "4.4 first": low_pt(1),
    "4.4 second": low_pt(2),
    "4.4 third": low_pt(3),
    "4.5 same flavour": close_pair(True, 1, (0.03, 0.095)),
    "4.5 different flavour": close_pair(False, 1, (0.11, 0.19)),
    "4.5 same flavour kept": close_pair(True, 1, (0.11, 0.19)),
    "4.6 low mass": low_mass_pair,
    "4.8 combined muons": three_combined,
    "best pairing fails": best_pairing_fails,
    "two quadruplets": two_quadruplets,
    "many leptons": many_leptons,
}
"""What can be wrong, or look wrong, with a four-lepton event, by the benchmark's number of the requirement."""

FREE: tuple[Recipe, ...] = (
    good,
    good,
    good,
    random_quadruplet,
    random_quadruplet,
    two_quadruplets,
    many_leptons,
    few_leptons,
)


def four_lepton_events(rng: Generator, count: int) -> Iterator[tuple[str, Event]]:
    """`count` events, each with the name of what is special with it: every flaw six times, then freely drawn ones."""
    names = list(FLAWS)
    order = [names[i % len(names)] if i < 6 * len(names) else "" for i in range(count)]
    for name in (order[i] for i in rng.permutation(count)):
        while True:
            event = Event(rng)
            recipe = FLAWS[name] if name else FREE[int(rng.integers(len(FREE)))]
            try:
                recipe(rng, event)
            except NoSolution:
                continue
            break
        soft_activity(rng, event)
        yield name or recipe.__name__, event
