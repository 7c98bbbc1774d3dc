"""What a text says of quadruplets that holds for each of them: it is no further requirement, and no gap either."""

from __future__ import annotations

from tests.codegen.selections_from_cuts import compiled, row

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
