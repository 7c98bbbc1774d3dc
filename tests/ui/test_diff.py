"""`kg diff`: selections side by side."""

from __future__ import annotations

import json

import pytest

SEARCH = r"""\documentclass{article}\title{A search}\begin{document}\maketitle
\section{Event selection}
Muons are required to have $p_{\mathrm{T}} > %s$ GeV and $|\eta| < %s$. %s
\end{document}
"""
JETS = r"Jets are required to have $p_{\mathrm{T}} > 30$ GeV."


@pytest.fixture
def versions(kg, tmp_path):
    """Two versions of one paper in a library."""
    library = tmp_path / "library"
    library.mkdir()
    (library / "2101.00001v1.tex").write_text(SEARCH % ("20", "2.4", ""))
    (library / "2101.00001v2.tex").write_text(SEARCH % ("25", "2.4", JETS))
    return library


def ingest(kg, library, *papers):
    return kg("ingest", *papers, "--offline", "--library", str(library))


@pytest.mark.parametrize("order", [("2101.00001v1", "2101.00001v2"), ("2101.00001v2", "2101.00001v1")])
def test_two_versions_of_a_paper_are_kept_and_compared(kg, versions, order):
    for paper in order:
        assert ingest(kg, versions, paper).code == 0
    rows = json.loads(kg("diff", "2101.00001v1", "2101.00001v2", "--format", "json").out)["rows"]
    assert [(row["object"], row["variable"], row["verdicts"]) for row in rows] == [
        ("muon", "pt", ["tighter"]),
        ("muon", "abs_eta", ["same"]),
        ("jet", "pt", ["only there"]),
    ]
    assert rows[2]["cuts"][0] is None
    assert rows[0]["cuts"][1]["paper"] == "2101.00001v2"
    current = json.loads(kg("cuts", "2101.00001", "--format", "json").out)
    assert {row["paper"] for row in current} == {"2101.00001v2"}


def test_asked_for_together_or_apart_the_graph_is_the_same(kg, versions, tmp_path, monkeypatch):
    ingest(kg, versions, "2101.00001v1", "2101.00001v2")
    together = kg("export").out
    monkeypatch.setenv("KG_STORE", f"sqlite:///{tmp_path}/other.sqlite")
    ingest(kg, versions, "2101.00001v2")
    ingest(kg, versions, "2101.00001v1")
    assert kg("export").out == together


def test_a_version_that_was_not_read_is_an_error(kg, versions):
    ingest(kg, versions, "2101.00001v1")
    answer = kg("diff", "2101.00001v1", "2101.00001v2")
    assert answer.code == 1
    assert "no paper 2101.00001v2" in answer.err


def test_the_table_counts_the_verdicts_and_only_chooses_rows(kg, versions):
    ingest(kg, versions, "2101.00001v1", "2101.00001v2")
    out = kg("diff", "2101.00001v1", "2101.00001v2").out
    assert "2101.00001v2 beside 2101.00001v1: 1 same, 1 tighter, 1 only there" in out
    few = kg("diff", "2101.00001v1", "2101.00001v2", "--only", "tighter").out
    assert "p_T > 25 GeV" in few
    assert "2.4" not in few


def test_markdown_is_one_table_whose_bars_are_escaped(kg, versions):
    ingest(kg, versions, "2101.00001v1", "2101.00001v2")
    lines = kg("diff", "2101.00001v1", "2101.00001v2", "--format", "markdown").out.splitlines()
    assert lines[:2] == ["| object | 2101.00001v1 | 2101.00001v2 | verdict |", "| --- | --- | --- | --- |"]
    assert "| muon | \\|η\\| < 2.4 | \\|η\\| < 2.4 | same |" in lines


def test_one_paper_is_too_few(kg, versions):
    ingest(kg, versions, "2101.00001v1")
    assert kg("diff", "2101.00001v1").code == 2


def test_three_papers_have_a_verdict_each(kg):
    kg("ingest", "1806.00242", "--depth", "2", "--offline")
    answer = json.loads(kg("diff", "1806.00242", "1708.02810", "1712.02304", "--format", "json").out)
    assert answer["papers"] == ["1806.00242", "1708.02810", "1712.02304"]
    assert all(len(row["verdicts"]) == 2 and len(row["cuts"]) == 3 for row in answer["rows"])


def test_the_two_searches_agree_and_differ_where_their_texts_do(kg, shared):
    """Read by hand in Table 1 and section 4 of the one, section 3.1 of the other."""
    papers = shared / "papers"
    if not (papers / "1706.09933.pdf").is_file():
        pytest.skip("the PDFs are not there")
    kg("ingest", "1704.07323", "1706.09933", "--depth", "1", "--offline", "--library", str(papers))
    rows = json.loads(kg("diff", "1704.07323", "1706.09933", "--format", "json").out)["rows"]
    both = {
        (row["object"], row["variable"]): (row["cuts"][0]["value"], row["cuts"][1]["value"], row["verdicts"][0])
        for row in rows
        if all(row["cuts"]) and not row["cuts"][0]["applies_when"] and not row["cuts"][1]["applies_when"]
    }
    expected = {
        ("electron", "pt"): (15, 30, "tighter"),
        ("electron", "abs_eta"): (2.5, 1.44, "tighter"),
        ("muon", "pt"): (10, 25, "tighter"),
        ("muon", "abs_eta"): (2.4, 2.1, "tighter"),
        ("jet", "pt"): (40, 30, "looser"),
        ("jet", "abs_eta"): (2.4, 2.4, "same"),
        ("event", "met"): (50, 125, "tighter"),
    }
    assert {key: both.get(key) for key in expected} == expected
