"""Recipes of four-lepton events: good ones, and ones with something wrong."""

from __future__ import annotations

from typing import Any

from numpy.random import Generator

from tests.codegen.events.kinematics import Momentum, NoSolution, apart, direction, near, pair_mass, partner, separation
from tests.codegen.events.particles import Event, Object
from tests.codegen.events.recipes import Range, Recipe, drawn

GOOD_PT: tuple[Range, ...] = ((36, 60), (26, 36), (18, 25), (11, 16))
CHANNELS = ("ee", "em", "me", "mm")
"""Flavours of the pair near the Z mass and of the other one."""


def momenta(
    rng: Generator,
    m12: Range = (82, 99),
    m34: Range = (24, 55),
    pt: tuple[Range, ...] = GOOD_PT,
    eta: dict[int, Range] | None = None,
    limit: float = 2.2,
) -> list[Momentum]:
    """Two pairs with masses in the given ranges, all far apart. `eta`: |η| of the lepton of that number (0–3)."""
    eta = eta or {}
    for _ in range(2000):
        try:
            found: list[Momentum] = []
            for first, mass in ((0, m12), (2, m34)):
                drawn = first + 1 if first + 1 in eta else first
                other = 2 * first + 1 - drawn
                one = (float(rng.uniform(*pt[drawn])), *direction(rng, eta.get(drawn, (0.15, limit))))
                two = partner(rng, one, float(rng.uniform(*mass)), float(rng.uniform(*pt[other])), limit)
                found += [one, two] if drawn == first else [two, one]
        except NoSolution:
            continue
        pairs = [(a, b) for i, a in enumerate(found) for b in found[:i]]
        wide = all(separation(a, b) > 0.3 for a, b in pairs) and all(pair_mass(a, b) > 7 for a, b in pairs)
        if wide and all(abs(p[1]) > 0.12 for i, p in enumerate(found) if i not in eta):
            return found
    raise NoSolution


def place(
    event: Event, channel: str, found: list[Momentum], changes: dict[int, dict[str, Any]] | None = None
) -> list[Object]:
    """Two pairs of opposite charges in the event; `changes` to the lepton of that number."""
    start = 1 if event.rng.random() < 0.5 else -1
    charges = [start, -start, start, -start]
    placed = []
    for i, momentum in enumerate(found):
        change = dict((changes or {}).get(i, {}))
        charge = change.pop("charge", charges[i])
        add = event.electron if channel[i // 2] == "e" else event.muon
        placed.append(add(momentum, charge, **change))
    return placed


def lepton_flaw(channels: tuple[str, ...], lepton: int, change: dict[str, Any], **kinematics: Any) -> Recipe:
    """A good quadruplet of which one lepton has another attribute or place."""

    def build(rng: Generator, event: Event) -> None:
        channel = channels[int(rng.integers(len(channels)))]
        place(event, channel, momenta(rng, **kinematics), {lepton: drawn(rng, change)})

    return build


E0, E2, M0, M2 = ("ee", "em"), ("ee", "me"), ("mm", "me"), ("mm", "em")
"""Channels whose first or second pair is of electrons or muons."""
SOFT: tuple[Range, ...] = (*GOOD_PT[:3], (5.2, 6.9))
SOFTER: tuple[Range, ...] = (*GOOD_PT[:3], (3.2, 4.9))


def no_primary_vertex(rng: Generator, event: Event) -> None:
    event.vertex_types = [3] * 6 + [0]
    place(event, CHANNELS[int(rng.integers(4))], momenta(rng))


def primary_vertex_not_first(rng: Generator, event: Event) -> None:
    event.vertex_types = [3, 1, 3, 1, 3, 0]
    place(event, CHANNELS[int(rng.integers(4))], momenta(rng))


def three_combined(rng: Generator, event: Event) -> None:
    count = int(rng.choice([1, 2, 2, 2]))
    tagged = {i: {"type": 2} for i in ((1, 3)[:count])}
    place(event, "mm", momenta(rng, eta=dict.fromkeys(tagged, (0.01, 0.09))), tagged)


def wrong_charges(rng: Generator, event: Event) -> None:
    channel = CHANNELS[int(rng.integers(4))]
    sign = int(rng.choice([-1, 1]))
    # e+ e+ mu- mu-: neutral, yet no pair
    charges = [sign, sign, -sign if channel[0] != channel[1] else sign, -sign]
    place(event, channel, momenta(rng), {i: {"charge": c} for i, c in enumerate(charges)})


def wrong_flavours(rng: Generator, event: Event) -> None:
    found = momenta(rng)
    sign = int(rng.choice([-1, 1]))
    for i, momentum in enumerate(found):  # three electrons and a muon, or the reverse
        minority = i == 3
        electron = minority if sign > 0 else not minority
        (event.electron if electron else event.muon)(momentum, sign * (-1) ** i)


def close_pair(same_flavour: bool, charge: int, distance: Range) -> Recipe:
    """One lepton of the second pair close to the first lepton, with the same (1) or the opposite (-1) charge."""

    def build(rng: Generator, event: Event) -> None:
        for _ in range(500):
            found = momenta(rng)
            found[2] = near(rng, found[0], found[2][0], distance)
            try:
                found[3] = partner(rng, found[2], float(rng.uniform(24, 50)), found[3][0])
            except NoSolution:
                continue
            pairs = [(a, b) for i, a in enumerate(found) for b in found[:i] if {a, b} != {found[0], found[2]}]
            if all(separation(a, b) > 0.3 and pair_mass(a, b) > 8 for a, b in pairs) and abs(found[2][1]) > 0.12:
                break
        channel = str(rng.choice(["ee", "mm"] if same_flavour else ["em", "me"]))
        first = int(rng.choice([-1, 1]))
        charges = [first, -first, first * charge, -first * charge]
        place(event, channel, found, {i: {"charge": c} for i, c in enumerate(charges)})

    return build


def low_mass_pair(rng: Generator, event: Event) -> None:
    """Opposite charges and ΔR above 0.1, but a mass below 5 GeV, in the pairing that is not the quadruplet's."""
    while True:
        build = Event(rng)
        close_pair(True, -1, (0.11, 0.19))(rng, build)
        leptons = build.electrons or build.muons
        moved: list[Momentum] = [(o["pt"] / 1000, o["eta"], o["phi"]) for o in leptons]
        if 1 < pair_mass(moved[0], moved[2]) < 4.9:
            event.electrons, event.muons = build.electrons, build.muons
            event.beam_z, event.primary_z = build.beam_z, build.primary_z
            return


def best_pairing_fails(rng: Generator, event: Event) -> None:
    """The pairing closest to the Z mass has an m34 below 12 GeV; the other pairing of the same leptons passes."""
    for _ in range(3000):
        try:
            a = momenta(rng, m12=(89, 93), m34=(6, 11.5))
        except NoSolution:
            continue
        other = sorted((pair_mass(a[0], a[3]), pair_mass(a[2], a[1])), key=lambda m: abs(m - 91.19))
        if 55 < other[0] < 86 and 14 < other[1] < 110:
            place(event, str(rng.choice(["ee", "mm"])), a)
            return
    raise NoSolution


def many_leptons(rng: Generator, event: Event) -> None:
    """Five or six leptons: several quadruplets, some of which fail."""
    found = momenta(rng, m34=(10, 60))
    channel = CHANNELS[int(rng.integers(4))]
    place(event, channel, found)
    for _ in range(int(rng.integers(1, 3))):
        try:
            extra = apart(rng, float(rng.uniform(8, 50)), found, 0.15)
        except NoSolution:
            continue
        found.append(extra)
        (event.electron if rng.random() < 0.5 else event.muon)(extra, int(rng.choice([-1, 1])))


def two_quadruplets(rng: Generator, event: Event) -> None:
    """Three pairs of muons or electrons: two quadruplets and more, of which the event's has to be chosen."""
    while True:
        found = momenta(rng, m12=(84, 98))
        try:
            one = apart(rng, float(rng.uniform(12, 30)), found, 0.4)
            found += [one, partner(rng, one, float(rng.uniform(16, 50)), float(rng.uniform(8, 20)))]
        except NoSolution:
            continue
        if all(separation(a, b) > 0.25 for i, a in enumerate(found) for b in found[:i]):
            break
    channel = CHANNELS[int(rng.integers(4))]
    place(event, channel, found[:4])
    add = event.electron if rng.random() < 0.5 else event.muon
    for charge, momentum in zip((1, -1), found[4:], strict=True):
        add(momentum, charge)


def random_quadruplet(rng: Generator, event: Event) -> None:
    """Masses and momenta that lie anywhere around the thresholds."""
    found = momenta(rng, m12=(42, 114), m34=(8, 125), pt=((15, 60), (11, 40), (7, 30), (4, 16)), limit=2.65)
    place(event, CHANNELS[int(rng.integers(4))], found)


def good(rng: Generator, event: Event) -> None:
    channel = CHANNELS[int(rng.integers(4))]
    changes: dict[int, dict[str, Any]] = {}
    if channel == "mm" and rng.random() < 0.3:  # one muon that is not combined is allowed
        changes = {3: {"type": 2}}
        place(event, channel, momenta(rng, eta={3: (0.01, 0.09)}), changes)
        return
    place(event, channel, momenta(rng), changes)


def low_pt(number: int) -> Recipe:
    """A quadruplet whose lepton of that rank is too soft, and whose pairs have the right masses all the same."""
    pt = {
        1: ((17, 19.8), (16, 17), (15.5, 16), (11, 15)),
        2: ((36, 60), (12, 14.8), (11.5, 12), (10.2, 11.5)),
        3: ((36, 60), (26, 36), (8, 9.8), (7.2, 8)),
    }[number]
    return lepton_flaw(CHANNELS, 0, {}, pt=pt, limit=2.3)
