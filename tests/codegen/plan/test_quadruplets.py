"""What a text says of quadruplets that holds for each of them: it is no further requirement, and no gap either."""

from __future__ import annotations

import math

from tests.codegen.handmade import lepton, write
from tests.codegen.selections_from_cuts import compiled, row, selected

BASE = [
    row("electron", "pt", ">", 7, "GeV"),
    row("muon", "pt", ">", 5, "GeV"),
    row("dilepton", "mass", "in", (50, 106), "GeV", "leading pair"),
    row("dilepton", "mass", "in", (12, 115), "GeV", "subleading pair"),
]


def unread(program):
    """The cuts that the program does not hold."""
    return [entry.stated.id for entry in program.report if entry.kind == "not understood"]


def test_the_charges_and_flavours_of_its_pairs_say_what_a_quadruplet_is():
    rows = [row("dilepton", "charge_relation", "is", "opposite_sign"), row("quadruplet", "count", ">=", 1)]
    assert not unread(compiled([*BASE, *rows]))


def test_pairs_of_the_same_charge_are_none_of_a_quadruplet():
    assert unread(compiled([*BASE, row("dilepton", "charge_relation", "is", "same_sign")]))


def pair(p, phi):
    """Two opposite leptons of p_T p: their mass is 2 p."""
    return [lepton(p, phi=phi), lepton(p, phi=phi + math.pi, charge=-1)]


def test_a_requirement_of_one_channel_is_not_asked_of_the_others(tmp_path):
    """Pairs of 91.2 and 20 GeV; crosswise, at right angles, leptons of 45.6 and 10 GeV make 30 GeV, too little."""
    hard, soft = pair(45.6, 0.0), pair(10.0, math.pi / 2)
    events = [{"muon": hard + soft}, {"electron": hard + soft}, {"electron": hard, "muon": soft}]
    path = write(tmp_path / "events.root", events)
    only = row("dilepton", "mass", ">", 25, "GeV", "subleading pair, 4e channel")
    assert selected(compiled([*BASE, only]), path, tmp_path) == [0, 2]
    mixed = row("dilepton", "mass", ">", 25, "GeV", "subleading pair, 2e2μ channel or 4μ channel")
    assert selected(compiled([*BASE, mixed]), path, tmp_path) == [1]
