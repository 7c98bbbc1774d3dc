"""`kg show PAPER --choices`: what the text leaves open."""

from __future__ import annotations

import json


def test_the_pairing_of_the_four_leptons_is_open_in_the_mass_measurement(kg):
    kg("ingest", "1806.00242", "--depth", "2", "--offline")
    found = json.loads(kg("show", "1806.00242", "--choices", "--format", "json").out)
    by_name = {choice["choice"]: choice for choice in found}
    pairing = by_name["pair_assignment"]
    assert {cut["applies_when"] for cut in pairing["cuts"]} == {"leading pair", "subleading pair"}
    assert pairing["taken"] in pairing["options"]
    out = kg("show", "1806.00242", "--choices").out
    assert "Which of the lepton pairs is the leading one" in out
    assert out.count("->") == len(found)


def test_a_selection_that_leaves_nothing_open_says_so(kg, made_papers):
    from tests.ingest.made_papers import MadePaper

    made_papers["1001.00001"] = MadePaper("1001.00001", (6.0,))
    kg("ingest", "1001.00001")
    assert json.loads(kg("show", "1001.00001", "--choices", "--format", "json").out) == []
    assert "none of the choices open" in kg("show", "1001.00001", "--choices").out
