"""Of which objects a missing momentum is computed, as sentences say it; and where they do not."""

from __future__ import annotations

import pytest

from codegen.errors import Undetermined
from tests.codegen.selections_from_cuts import compiled, row

ROWS = [
    row("muon", "pt", ">", 25.0, "GeV"),
    row("jet", "pt", ">", 30.0, "GeV"),
    row("muon", "count", "==", 1.0),
    row("jet", "count", ">=", 2.0),
    row("event", "met", ">", 40.0, "GeV", said="E_T^miss > 40 GeV"),
]


def mask(program):
    return program.text.split("def event_met(")[1].split("\n\n")[0]


@pytest.mark.parametrize(
    "sentence",
    [
        "The missing transverse momentum is the negative vector sum of the p_T of the selected muon and jets.",
        "E_T^miss is the magnitude of minus the sum of the momenta of the muon and all jets in the transverse plane.",
        "The missing transverse momentum balances the transverse momenta of the selected muon and the selected jets.",
        "The missing momentum is computed from the transverse momentum vectors of muon and jets; no soft term enters.",
        "E_T^miss denotes the imbalance of the transverse momenta of muons and jets, without tracks.",
    ],
)
def test_objects_that_the_text_names(sentence):
    text = mask(compiled(ROWS, background=[sentence]))
    assert "muons" in text or "leptons" in text
    assert "jets" in text


@pytest.mark.parametrize(
    "sentence",
    [
        "The missing transverse momentum is the negative vector sum of the p_T of all particle-flow candidates.",
        "E_T^miss is the negative vector sum of the p_T of muons and jets and of a soft term of unassociated tracks.",
        "The momentum of a jet is the vectorial sum of the momenta of all candidates in the jet.",
        "The missing transverse momentum is calibrated.",
    ],
)
def test_what_no_object_of_the_file_is_asked_for(sentence):
    with pytest.raises(Undetermined, match="missing_momentum=selected-objects"):
        compiled(ROWS, background=[sentence])


def test_one_same_sign_pair_stated_once_is_one_requirement():
    said = "at least one same-sign lepton pair is required"
    rows = [
        row("electron", "pt", ">", 15.0, "GeV"),
        row("muon", "pt", ">", 10.0, "GeV"),
        row("dilepton", "count", ">=", 1.0, when="same-sign", said=said),
        row("dilepton", "charge_relation", "is", "same_sign", said=said),
    ]
    text = compiled(rows).text
    assert text.count("number(pairs(leptons, same_sign)) >= 1") == 2
    assert "nth(leptons, 0)" not in text.split("def select(")[0]
