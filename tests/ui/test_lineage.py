"""`kg lineage`: from a cut back to the papers it comes from."""

from __future__ import annotations

import json
import re

import pytest

from kg.vocabulary import family_of


@pytest.fixture
def higgs(kg):
    """The bundled restatements of the mass measurement and what it builds on."""
    assert kg("ingest", "1806.00242", "--depth", "2", "--offline").code == 0
    return "1806.00242"


def cut_id(kg, paper, obj, variable):
    rows = json.loads(kg("cuts", paper, "--effective", "--format", "json").out)
    return next(row["id"] for row in rows if (row["object"], row["variable"]) == (obj, variable))


@pytest.mark.parametrize(
    ("obj", "variable", "threshold"),
    [
        ("muon", "ptcone30_over_pt", "0.15"),
        ("muon", "etcone20_over_pt", "0.30"),
        ("electron", "ptcone20_over_pt", "0.15"),
        ("electron", "etcone20_over_pt", "0.20"),
    ],
)
def test_the_isolation_of_the_mass_measurement_leads_to_the_coupling_paper(kg, higgs, obj, variable, threshold):
    name = cut_id(kg, higgs, obj, variable)
    answer = json.loads(kg("lineage", name, "--of", higgs, "--format", "json").out)
    (hop,) = answer["through"]
    assert (hop["paper"], hop["target"], hop["kind"]) == (higgs, "1708.02810", "details")
    assert "isolation" in hop["quote"]
    assert "[9, 10]" in hop["quote"]
    assert answer["cut"]["paper"] == "1708.02810"
    assert threshold in answer["cut"]["quote"]
    assert [use["paper"] for use in answer["taken_over_by"]] == [higgs]


def test_in_a_pipe_the_tree_is_drawn_with_plain_characters(kg, higgs):
    out = kg("lineage", cut_id(kg, higgs, "muon", "ptcone30_over_pt"), "--of", higgs).out
    lines = out.splitlines()
    assert lines[0] == "1806.00242 sends its reader to 1708.02810 [9]"
    assert any(line.startswith("`- muon ptcone30/p_T < 0.15") for line in lines)
    assert not re.search("[├└│\x1b]", out)
    assert max(map(len, lines)) <= 80


def test_a_beginning_of_the_id_will_do(kg, higgs):
    name = cut_id(kg, higgs, "muon", "ptcone30_over_pt")
    assert kg("lineage", name.removeprefix("cut:")[:8]).out == kg("lineage", name).out


def test_the_identification_and_isolation_of_the_dilepton_search_lead_to_the_earlier_one(kg, shared):
    papers = shared / "papers"
    if not (papers / "1704.07323.pdf").is_file():
        pytest.skip("the PDFs are not there")
    kg("ingest", "1704.07323", "--depth", "1", "--offline", "--library", str(papers))
    rows = json.loads(kg("blame", "1704.07323", "--format", "json").out)
    inherited = [row for row in rows if row["state"] == "inherited"]
    assert {row["paper"] for row in inherited} == {"1605.03171"}
    assert {family_of(row["variable"]) for row in inherited} == {"identification", "isolation"}
    for row in inherited:
        (hop,) = row["through"]
        assert "including the lepton identification and isolation requirements" in hop["quote"]
        assert hop["label"] == "24"
        assert row["quote"]


@pytest.mark.parametrize("name", ["cut:ffffffffffffffff", "zzzz", "", "cut:"])
def test_an_unknown_cut_is_an_error_that_names_others(kg, higgs, name):
    answer = kg("lineage", name)
    assert (answer.code, answer.out) == (1, "")
    assert "nearest: cut:" in answer.err or "no cut" in answer.err


def test_a_paper_without_the_cut_is_an_error_that_names_those_with_it(kg, higgs):
    answer = kg("lineage", cut_id(kg, higgs, "muon", "ptcone30_over_pt"), "--of", "1603.05598")
    assert answer.code == 1
    assert "nearest: 1806.00242" in answer.err
