"""Questions and cuts to the PHYSLITE branches that answer them, without any embedding model."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.records import Cut
from retrieval.branch_search import branches_of_cut, find_branches, spelled
from tests.kg.readings import cut
from tests.retrieval.embedders import BagOfWords


def first(question: str) -> str:
    return find_branches(question, None, 1)[1][0].branch.name


@pytest.mark.parametrize(
    ("question", "right"),
    [
        ("muon pT", "AnalysisMuonsAuxDyn.pt"),
        ("transverse momentum of photons", "AnalysisPhotonsAuxDyn.pt"),
        ("muon ptcone30", "AnalysisMuonsAuxDyn.ptcone30"),
        ("ptcone20 of muons", "AnalysisMuonsAuxDyn.ptcone20"),
        ("medium likelihood identification of electrons", "AnalysisElectronsAuxDyn.DFCommonElectronsLHMedium"),
        ("mass of large radius jets", "AnalysisLargeRJetsAuxDyn.m"),
    ],
)
def test_the_first_branch_is_of_the_object_and_the_quantity(question: str, right: str) -> None:
    assert first(question) == right


def test_branches_that_differ_by_a_digit_are_not_exchanged() -> None:
    assert first("muon ptcone20") != first("muon ptcone30")


def test_scores_fall_and_each_branch_comes_once() -> None:
    hits = find_branches("isolation of muons", None, 50)[1]
    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)
    assert len({hit.branch.name for hit in hits}) == len(hits) == 50


@pytest.mark.parametrize(
    ("made", "names"),
    [
        (cut("p", "muon", "ptcone30_over_pt", "<", 0.15), {"AnalysisMuonsAuxDyn.ptcone30", "AnalysisMuonsAuxDyn.pt"}),
        (cut("p", "electron", "pt", ">", 7.0, "GeV"), {"AnalysisElectronsAuxDyn.pt"}),
        (
            cut("p", "electron", "identification", "is", "Medium"),
            {"AnalysisElectronsAuxDyn.DFCommonElectronsLHMedium"},
        ),
    ],
)
def test_the_branches_of_a_cut(made: Cut, names: set[str]) -> None:
    assert {record.name for _, records in branches_of_cut(made) for record in records} == names


def test_a_cut_without_measure_has_no_branches() -> None:
    assert branches_of_cut(cut("p", "event", "mt2", ">", 100.0, "GeV")) == []
    assert branches_of_cut(cut("p", "unicorn", "pt", ">", 1.0, "GeV")) == []


def test_names_are_spelt_out_as_words() -> None:
    assert spelled("AnalysisMuonsAuxDyn.ptvarcone30").split()[0] == "Muons"
    assert "Aux" not in spelled("AnalysisJetsAuxDyn.NNJvtPass")


def test_the_vectors_of_branches_are_made_once_and_kept(users_cache: Path) -> None:
    once, again = BagOfWords(), BagOfWords()
    made = find_branches("muon pT", once, 5)
    assert find_branches("muon pT", again, 5) == made
    assert again.asked == ["muon pT"]
    assert users_cache in next(users_cache.rglob("branches.sqlite")).parents


def test_kept_vectors_that_are_damaged_cost_no_answer(users_cache: Path) -> None:
    find_branches("muon pT", BagOfWords(), 1)
    for path in users_cache.rglob("branches.sqlite*"):
        path.write_bytes(b"no database " * 1000)
    assert find_branches("muon pT", BagOfWords(), 1)[1]


def test_a_cache_that_cannot_be_made_costs_no_answer(users_cache: Path) -> None:
    users_cache.write_text("a file is in the way")
    assert find_branches("muon pT", BagOfWords(), 1)[1]
