"""`kg blame`: one line for each hop of a cut, or for each cut of a paper."""

from __future__ import annotations

import json

import pytest

HIGGS = "1806.00242"


@pytest.fixture
def higgs(kg):
    assert kg("ingest", HIGGS, "--depth", "2", "--offline").code == 0
    return HIGGS


def test_a_paper_has_one_line_for_each_cut_of_its_selection(kg, higgs):
    lines = kg("blame", higgs).out.splitlines()
    rows = json.loads(kg("cuts", higgs, "--effective", "--format", "json").out)
    assert len(lines) == len(rows)
    for line, row in zip(lines, rows, strict=True):
        inherited = row["paper"] != higgs
        assert line.startswith(("^" if inherited else "") + row["id"].removeprefix("cut:")[:8])
        assert row["paper"] in line
        assert (f"through {higgs} [" in line) == inherited


def test_a_cut_has_one_line_for_each_hop(kg, higgs):
    row = next(r for r in json.loads(kg("blame", higgs, "--format", "json").out) if r["variable"] == "ptcone30_over_pt")
    referral, statement = kg("blame", row["id"][4:12], "--of", higgs).out.splitlines()
    assert referral.startswith("--------")
    assert "1806.00242 sends its reader to 1708.02810 [9]" in referral
    assert statement.startswith(row["id"].removeprefix("cut:")[:8])
    assert "1708.02810" in statement
    assert "0.15" in statement


def test_what_is_overridden_names_the_own_cut(kg, made_papers):
    from tests.ingest.made_papers import MadePaper

    made_papers["1001.00001"] = MadePaper("1001.00001", (6.0,), (("1001.00002", "details", ("muon",)),))
    made_papers["1001.00002"] = MadePaper("1001.00002", (5.0,))
    kg("ingest", "1001.00001", "--depth", "1")
    own, overridden = json.loads(kg("blame", "1001.00001", "--format", "json").out)
    assert (own["state"], overridden["state"], overridden["overridden_by"]) == ("own", "overridden", [own["id"]])
    line = kg("blame", "1001.00001").out.splitlines()[1]
    assert line.startswith("~")
    assert "overridden by" in line
    assert "p_T > 6 GeV" in line


def test_of_goes_with_a_cut_only(kg, higgs):
    assert kg("blame", higgs, "--of", higgs).code == 2


def test_a_paper_that_was_not_read_is_an_error(kg, higgs):
    assert kg("blame", "1207.7214").code == 1
