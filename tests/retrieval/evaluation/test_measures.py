"""Measures of a ranking, against numbers worked out by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.evaluation.measures import dcg, ndcg, recall, reciprocal_rank


def test_gains_are_discounted_by_the_logarithm_of_the_rank() -> None:
    # gains 2^g - 1 are 7, 3, 1; log2 of 2, 3, 4 is 1, 1.5850, 2: 7 + 3/1.5850 + 1/2
    assert dcg([3, 2, 1]) == pytest.approx(7 + 1.8928 + 0.5, abs=1e-4)
    assert dcg([]) == 0


def test_ndcg_of_a_ranking_turned_round() -> None:
    # DCG of 1, 2, 3: 1 + 3/1.5850 + 7/2 = 6.3928; the best is 9.3928
    assert ndcg([1, 2, 3], [3, 2, 1]) == pytest.approx(6.3928 / 9.3928, abs=1e-4)


def test_ndcg_counts_answers_that_were_not_found() -> None:
    # found: 7; best: 7 + 7/1.5850 = 11.4165
    assert ndcg([3], [3, 3]) == pytest.approx(7 / 11.4165, abs=1e-4)


def test_ndcg_looks_at_the_first_k_alone() -> None:
    assert ndcg([0, 3], [3], k=1) == 0
    assert ndcg([3, 0, 0], [3] * 30, k=1) == 1


def test_without_any_answer_there_is_nothing_to_measure() -> None:
    assert ndcg([0, 0], []) == recall([0], [1, 0]) == reciprocal_rank([1, 0]) == 0


def test_recall_counts_grades_of_two_and_more() -> None:
    assert recall([3, 1, 2, 0], [3, 2, 2, 1]) == pytest.approx(2 / 3)
    assert recall([2] * 10, [2] * 40, k=10) == 1, "ten places hold ten answers"


def test_the_reciprocal_rank_is_that_of_the_first_answer() -> None:
    assert reciprocal_rank([1, 0, 2, 3]) == pytest.approx(1 / 3)
    assert reciprocal_rank([3]) == 1


grades = st.lists(st.integers(0, 3), min_size=1, max_size=20)


@given(grades)
def test_the_best_order_has_ndcg_1_and_no_order_more(given_: list[int]) -> None:
    best = ndcg(sorted(given_, reverse=True), given_)
    assert best == (pytest.approx(1.0) if any(given_) else 0.0)
    assert -1e-9 <= ndcg(given_, given_) <= 1 + 1e-9
    assert 0 <= recall(given_, given_) <= 1


@given(grades, st.integers(0, 18))
def test_a_better_answer_one_place_up_never_lowers_ndcg(given_: list[int], place: int) -> None:
    if place + 1 >= len(given_) or given_[place] >= given_[place + 1]:
        return
    turned = list(given_)
    turned[place], turned[place + 1] = turned[place + 1], turned[place]
    assert ndcg(turned, given_, 20) >= ndcg(given_, given_, 20)
