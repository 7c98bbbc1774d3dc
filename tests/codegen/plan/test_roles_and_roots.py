"""Leptons of the chosen pair by their rank, and a missing momentum over the root of a sum, on events made by hand."""

from __future__ import annotations

import math

from tests.codegen.handmade import lepton, write
from tests.codegen.selections_from_cuts import compiled, row, selected


def test_the_harder_and_the_softer_lepton_of_the_pair_have_thresholds_of_their_own(tmp_path):
    """Opposite leptons of p_T p and q have the mass 2 √(p q): here 91.2 GeV for the two electrons, whatever p is."""
    events = [
        {
            "electron": [lepton(45.6 * factor), lepton(45.6 / factor, phi=math.pi, charge=-1)],
            "muon": [lepton(100, phi=1.0)],
        }
        for factor in (1.0, 1.5, 3.0)
    ]
    path = write(tmp_path / "events.root", events)
    rows = [
        row("electron", "pt", ">", 7, "GeV"),
        row("muon", "pt", ">", 7, "GeV"),
        row("lepton", "count", "==", 3),
        row("dilepton", "abs_mass_minus_mz", "<", 10, "GeV"),
        row("lepton", "pt", ">", 50, "GeV", "leading, of the Z pair"),
        row("lepton", "pt", ">", 20, "GeV", "of the Z pair, subleading"),
    ]
    # harder 45.6, 68.4, 136.8 GeV; softer 45.6, 30.4, 15.2 GeV; the muon of 100 GeV is of no pair
    assert selected(compiled(rows), path, tmp_path) == [1]


def test_a_missing_momentum_over_the_root_of_a_sum_is_in_root_gev(tmp_path):
    """Two jets on one side: both H_T^miss and H_T are the sum p of their p_T, and the ratio is √p."""
    events = [{"jet": [lepton(p / 2), lepton(p / 2)]} for p in (64.0, 144.0)]
    path = write(tmp_path / "events.root", events)
    rows = [row("jet", "pt", ">", 20, "GeV"), row("event", "mht_over_sqrt_ht", ">", 10, "√GeV", said="H_T^miss/√H_T")]
    program = compiled(rows, ["H_T^miss is the magnitude of the negative vector sum of the p_T of all jets."])
    assert selected(program, path, tmp_path) == [1]  # √64 = 8, √144 = 12
