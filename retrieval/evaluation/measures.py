"""How good a ranking is, by graded relevance.

nDCG@k: Järvelin and Kekäläinen, ACM TOIS 20 (2002) 422, with the gain 2^grade - 1 of Burges et al., ICML 2005.
Recall@k counts answers of grade 2 or more, as a share of those that k places can hold.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

RELEVANT = 2
"""The lowest grade that counts as an answer for recall and MRR."""


def dcg(grades: Iterable[int]) -> float:
    """The discounted cumulated gain of grades in the order of their ranks."""
    return sum((2.0**grade - 1) / math.log2(rank + 1) for rank, grade in enumerate(grades, 1))


def ndcg(ranked: Sequence[int], all_grades: Iterable[int], k: int = 10) -> float:
    """DCG of the first k as a share of that of the best possible order; 0 where there is no graded answer.

    >>> ndcg([3, 0], [3, 0])
    1.0
    >>> ndcg([0, 3], [3, 0]) < 1
    True
    """
    best = dcg(sorted(all_grades, reverse=True)[:k])
    return dcg(ranked[:k]) / best if best else 0.0


def recall(ranked: Sequence[int], all_grades: Iterable[int], k: int = 10) -> float:
    """Answers among the first k, as a share of all, or of k where there are more.

    >>> recall([3, 0, 2], [3, 2, 2, 0], k=3)
    0.6666666666666666
    """
    there = sum(grade >= RELEVANT for grade in all_grades)
    found = sum(grade >= RELEVANT for grade in ranked[:k])
    return found / min(k, there) if there else 0.0


def reciprocal_rank(ranked: Sequence[int]) -> float:
    """1 / the rank of the first answer, 0 where there is none.

    >>> reciprocal_rank([0, 1, 2])
    0.3333333333333333
    """
    return next((1 / rank for rank, grade in enumerate(ranked, 1) if grade >= RELEVANT), 0.0)


__all__ = ["RELEVANT", "dcg", "ndcg", "recall", "reciprocal_rank"]
