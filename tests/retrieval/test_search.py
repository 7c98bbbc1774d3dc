"""Questions to a graph of three papers: which cuts come first, and why."""

from __future__ import annotations

import pytest

from kg.records import Cut
from kg.store.base import Store
from retrieval.index.opened import open_index
from retrieval.search import CHANNELS, asked, search
from retrieval.searcher import Searcher
from tests.retrieval import graphs as g
from tests.retrieval.embedders import BagOfWords

BY_ID = g.cuts_by_id()


def found(store: Store, question: str, limit: int = 10) -> list[Cut]:
    return [BY_ID[hit.cut] for hit in Searcher(store, None).find(question, limit).hits]


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("muon isolation cuts", {g.MUON_ISOLATION, g.CMS_ISOLATION}),
        ("electron pT threshold above 20 GeV", {g.ELECTRON_25}),
        ("which analyses use d0 significance below 3", {g.MUON_D0}),
        ("b-jet veto", {g.B_VETO}),
        ("MET > 200", {g.MET_200}),
        ("dilepton mass window", {g.WINDOW}),
        ("Z mass between 50 and 106 GeV", {g.WINDOW}),
        ("d0 significance of electrons", {g.ELECTRON_D0}),
        ("muon isolation by CMS", {g.CMS_ISOLATION}),
        ("at least four leptons", {g.TWO_PAIRS}),
        ("leading muon pT", {g.LEADING_PT}),
        ("muon ptcone30/pT", {g.MUON_ISOLATION}),
        ("missing transverse energy below 50 GeV", {g.MET_SOFT}),
        ("missing momentum in the control region", {g.MET_SOFT}),
        ("jets above 0.03 TeV", {g.JET_PT}),
    ],
)
def test_the_first_answers(store: Store, question: str, first: set[Cut]) -> None:
    assert set(found(store, question)[: len(first)]) == first


@pytest.mark.parametrize(
    "spelling", ["electron $p_{\\rm T}$ > 20 GeV", "ELECTRON PT > 20000 MeV", "p_T of electrons ≥ 0.02 TeV"]
)
def test_spelling_does_not_change_the_first_answer(store: Store, spelling: str) -> None:
    assert found(store, spelling)[0] == g.ELECTRON_25


def test_a_question_bounded_to_papers_answers_from_these_alone(store: Store) -> None:
    assert {cut.paper for cut in found(store, "muon cuts in 1708.02810", 50)} == {g.ZJETS}
    assert {cut.paper for cut in found(store, "lepton cuts in 1806.00242 and what it cites", 50)} == {g.HIGGS, g.ZJETS}
    assert {cut.paper for cut in found(store, "pT cuts by CMS", 50)} == {g.SEARCH}
    assert {cut.paper for cut in found(store, "pT cuts by ATLAS in 1806.00242", 50)} == {g.HIGGS}
    assert found(store, "pT cuts by CMS in 1806.00242", 50) == []


def test_a_paper_that_the_store_does_not_have_is_told(store: Store) -> None:
    answer = Searcher(store, None).find("muon cuts in 1912.01234")
    assert answer.hits == ()
    assert any("1912.01234" in note for note in answer.notes)


def test_a_cut_that_was_rejected_is_no_answer_and_one_unverified_comes_after_its_like(store: Store) -> None:
    assert g.REJECTED not in found(store, "muon isolation cuts", 50)
    jets = found(store, "jet pT", 50)
    assert jets.index(g.JET_PT) < jets.index(g.GUESS)


def test_scores_fall_and_lie_between_0_and_1(store: Store) -> None:
    for question in ("muon isolation cuts", "MET > 200", "anything at all about leptons"):
        scores = [hit.score for hit in Searcher(store, None).find(question, 50).hits]
        assert scores == sorted(scores, reverse=True)
        assert all(0 < score <= 1 for score in scores)


def test_a_smaller_limit_gives_the_beginning_of_the_answer(store: Store) -> None:
    whole = [hit.cut for hit in Searcher(store, None).find("muon", 50).hits]
    for limit in (1, 2, 5):
        assert [hit.cut for hit in Searcher(store, None).find("muon", limit).hits] == whole[:limit]


@pytest.mark.parametrize("channel", CHANNELS)
def test_each_channel_answers_by_itself(store: Store, channel: str) -> None:
    embedder = BagOfWords(dimension=512)
    index = open_index(store, embedder)
    hits = search(asked("muon isolation ptcone30/p_T", index), index, store, embedder, 3, [channel]).hits  # type: ignore[list-item]
    assert BY_ID[hits[0].cut] == g.MUON_ISOLATION


def test_an_unknown_word_is_told_with_the_nearest_and_the_rest_is_answered(store: Store) -> None:
    answer = Searcher(store, None).find("elektron pT above 20 GeV")
    assert BY_ID[answer.hits[0].cut] == g.ELECTRON_25
    assert any("elektron" in note and "electron" in note for note in answer.notes)


def test_a_question_of_unknown_words_alone_says_what_is_known(store: Store) -> None:
    answer = Searcher(store, None).find("unicorn")
    assert any("unicorn" in note and "muon" in note for note in answer.notes)


def test_the_answer_says_how_many_cuts_fit(store: Store) -> None:
    answer = Searcher(store, None).find("muon", 2)
    assert len(answer.hits) == 2
    assert answer.total >= 5
