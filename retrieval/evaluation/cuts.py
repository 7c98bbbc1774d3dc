"""The search for cuts measured: each question by each channel alone and by all fused, over the graph of a store."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import mean

from kg.store.base import Store
from retrieval.embedding.base import Embedder
from retrieval.evaluation.measures import ndcg, recall, reciprocal_rank
from retrieval.evaluation.questions import GradedQuestion
from retrieval.index.opened import Index
from retrieval.search import CHANNELS, asked, search

K = 10
DEPTH = 50

Ranking = Callable[[str], Sequence[str]]
"""From the text of a question to cut ids, best first."""


@dataclass(frozen=True, slots=True)
class Score:
    """The measures of one question by one way of searching."""

    question: GradedQuestion
    way: str
    ndcg: float
    recall: float
    reciprocal_rank: float
    ranked: tuple[tuple[str, int], ...]


def grades_of(store: Store, questions: Sequence[GradedQuestion]) -> list[dict[str, int]]:
    """For each question the grades of all verified cuts in the store, by id, without those of grade 0."""
    cuts = [c for c in store.cuts_of(list(store.reading_keys())) if c.status == "verified"]
    quoted = store.passages(cut.id for cut in cuts)
    first = {c: next((p for p, role in found if role != "header"), None) for c, found in quoted.items()}
    return [
        {cut.id: grade for cut in cuts if (grade := question.grade(cut, first[cut.id])) > 0} for question in questions
    ]


def ways(index: Index, store: Store, embedder: Embedder | None) -> dict[str, Ranking]:
    """The ways of searching that are compared: each channel alone, and all fused."""

    def by(*channels: str) -> Ranking:
        def ranked(text: str) -> list[str]:
            chosen = [channel for channel in CHANNELS if channel in channels]
            return [hit.cut for hit in search(asked(text, index), index, store, embedder, DEPTH, chosen).hits]

        return ranked

    found = {
        f"{channel} only": by(channel) for channel in CHANNELS if channel != "vectors" or index.vectors is not None
    }
    return found | {"fused": by(*CHANNELS)}


def measured(store: Store, questions: Sequence[GradedQuestion], rankings: Mapping[str, Ranking]) -> list[Score]:
    """Every question by every way; questions that nothing in the store answers are left out."""
    scores: list[Score] = []
    for question, grades in zip(questions, grades_of(store, questions), strict=True):
        if not grades:
            continue
        for way, ranking in rankings.items():
            ranked = [(cut, grades.get(cut, 0)) for cut in ranking(question.text)]
            marks = [grade for _, grade in ranked]
            scores.append(
                Score(
                    question,
                    way,
                    ndcg(marks, grades.values(), K),
                    recall(marks, grades.values(), K),
                    reciprocal_rank(marks),
                    tuple(ranked[:K]),
                )
            )
    return scores


def averages(scores: Iterable[Score]) -> dict[str, float]:
    """The mean of each measure and the number of questions."""
    scores = list(scores)
    if not scores:
        return {"questions": 0, "ndcg": 0.0, "recall": 0.0, "mrr": 0.0}
    return {
        "questions": len(scores),
        "ndcg": mean(score.ndcg for score in scores),
        "recall": mean(score.recall for score in scores),
        "mrr": mean(score.reciprocal_rank for score in scores),
    }


__all__ = ["K", "Ranking", "Score", "averages", "grades_of", "measured", "ways"]
