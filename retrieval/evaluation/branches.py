"""The search for branches measured: how often the first branch is one that truly answers."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.datafiles import data_path
from kg.errors import KgError
from retrieval.branch_search import find_branches
from retrieval.embedding.base import Embedder

DEPTH = 10

WAYS: dict[str, tuple[str, ...]] = {
    "vocabulary only": ("vocabulary",),
    "full text only": ("full text",),
    "vectors only": ("vectors",),
    "fused": ("vocabulary", "full text", "vectors"),
}


class InvalidBranchQuestions(KgError):
    """A file of questions on branches that does not have its form."""


@dataclass(frozen=True, slots=True)
class BranchQuestion:
    """A question and the branches any of which, first, is right."""

    text: str
    part: str
    right: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BranchScore:
    """The rank of the first right branch by one way of searching, 0 where none is among the first ten."""

    question: BranchQuestion
    way: str
    rank: int
    first: str


def read_branch_questions(path: Path | None = None) -> list[BranchQuestion]:
    """The questions of the file, by default those that CutGraph ships; raises `InvalidBranchQuestions`."""
    path = path or data_path("evaluation", "branches.toml")
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        return [BranchQuestion(q["text"], q.get("part", ""), tuple(q["right"])) for q in table["question"]]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InvalidBranchQuestions("no questions can be read", where=str(path), why=str(error)) from error


def measured_branches(questions: Sequence[BranchQuestion], embedder: Embedder | None) -> list[BranchScore]:
    """Every question by every way that there is."""
    scores = []
    for way, channels in WAYS.items():
        if channels == ("vectors",) and embedder is None:
            continue
        for question in questions:
            hits = [hit.branch.name for hit in find_branches(question.text, embedder, DEPTH, channels)[1]]
            rank = next((number for number, name in enumerate(hits, 1) if name in question.right), 0)
            scores.append(BranchScore(question, way, rank, hits[0] if hits else ""))
    return scores


__all__ = ["BranchQuestion", "BranchScore", "InvalidBranchQuestions", "measured_branches", "read_branch_questions"]
