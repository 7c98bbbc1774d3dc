"""A quadruplet that the text chooses before it requires anything of it: no other one steps in where it fails."""

from __future__ import annotations

import math

import pytest

from codegen.plan.quadruplet_choice import chooses_first
from tests.codegen.handmade import lepton, write
from tests.codegen.selections_from_cuts import compiled, row, selected

FIRST = (
    ("The requirements below are imposed on this quadruplet only.",),
    ("If the chosen quadruplet fails one of them, the event is rejected.",),
    ("No other combination is tried in such an event.",),
    ("One candidate with the smallest distance is selected before the requirements on masses.",),
    ("The chosen quadruplet must then fulfil what follows.",),
    (
        "Z_1 is the pair of all in the event that is closest to the mass of the Z boson, 91.19 GeV.",
        "From the remaining leptons, the pair nearest to that mass becomes Z_2.",
    ),
)
ANY = (
    ("Of the quadruplets that pass, the one with m_12 closest to m_Z is chosen.",),
    ("If more than one quadruplet fulfils the requirements, the first is taken.",),
    ("Only one quadruplet of each event is kept.",),
    ("The leading pair is the one closer to m_Z; the remaining pair is the subleading one.",),
    (
        "The leading pair is the one with a mass nearest to 91.2 GeV.",
        "The remaining leptons with the nearest mass form the other pair.",
        "Where several quadruplets are left, that with the smallest mass difference is kept.",
    ),
)


def plain(sentences):
    return [" ".join(text.casefold().replace("-", " ").split()) for text in sentences]


@pytest.mark.parametrize("sentences", FIRST)
def test_a_choice_before_the_requirements(sentences):
    assert chooses_first(plain(sentences))


@pytest.mark.parametrize("sentences", ANY)
def test_a_choice_among_those_that_pass(sentences):
    assert not chooses_first(plain(sentences))


def test_the_event_fails_with_the_quadruplet_that_is_chosen(tmp_path):
    """Two opposite leptons of p_T p and q have the mass 2 √(p q): 91.2 for the electrons, 60 or 40 for the muons."""
    up, down = math.pi / 2, -math.pi / 2
    electrons = [lepton(45.6), lepton(45.6, phi=math.pi, charge=-1)]
    near, far = lepton(30, phi=down, charge=-1), lepton(40 / 3, phi=down, charge=-1)
    muon = lepton(30, phi=up)
    events = [
        {"electron": electrons, "muon": [muon, far]},
        {"electron": electrons, "muon": [muon, near]},
        {"electron": electrons, "muon": [muon, far, near]},
    ]
    path = write(tmp_path / "events.root", events)
    rows = [
        row("electron", "pt", ">", 7, "GeV"),
        row("muon", "pt", ">", 5, "GeV"),
        row("dilepton", "mass", "in", (12, 50), "GeV", "subleading pair"),
    ]
    assert selected(compiled(rows), path, tmp_path) == [0, 2]
    first = compiled(rows, ["All requirements are applied to this candidate only."])
    assert selected(first, path, tmp_path) == [0]
    assert any("before it requires anything" in text for text in first.readings)
