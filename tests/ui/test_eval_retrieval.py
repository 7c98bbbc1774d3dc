"""`kg eval retrieval`: questions with graded answers, asked of the store."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kg.store.sqlite import SqliteStore
from tests.retrieval import graphs as g
from tests.ui.conftest import Kg

QUESTIONS = """
[[question]]
text = "b-jet veto"
part = "tune"
[[question.answer]]
grade = 3
objects = ["bjet"]

[[question]]
text = "muon isolation"
part = "held"
[[question.answer]]
grade = 3
variables = ["relative_isolation", "ptcone30_over_pt"]

[[question]]
text = "photon pT"
part = "held"
[[question.answer]]
grade = 3
objects = ["photon"]
"""


@pytest.fixture(autouse=True)
def surroundings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_EMBEDDER", "none")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "users-cache"))


@pytest.fixture
def graph(kg: Kg, tmp_path: Path) -> Kg:
    with SqliteStore(tmp_path / "graph.sqlite") as store:
        g.fill(store)
    return kg


@pytest.fixture
def questions(tmp_path: Path) -> str:
    path = tmp_path / "questions.toml"
    path.write_text(QUESTIONS)
    return str(path)


def measured(graph: Kg, *arguments: str) -> dict[str, Any]:
    answer = graph("eval", "retrieval", *arguments, "--format", "json")
    assert answer.code == 0, answer.err
    found: dict[str, Any] = json.loads(answer.out)
    return found


def test_each_way_of_searching_has_its_row(graph: Kg, questions: str) -> None:
    rows = measured(graph, "--questions", questions, "--no-branches")["cuts"]
    assert {row["way"] for row in rows} == {"vocabulary only", "full text only", "fused"}
    fused = [row for row in rows if row["way"] == "fused"][-1]
    assert fused["questions"] == 2, "the one that nothing answers is left out"
    assert (fused["ndcg"], fused["recall"], fused["mrr"]) == (1.0, 1.0, 1.0)


def test_one_part_alone(graph: Kg, questions: str) -> None:
    rows = measured(graph, "--questions", questions, "--no-branches", "--part", "held")["cuts"]
    assert {row["questions"] for row in rows} == {1}


def test_the_table_says_what_was_left_out(graph: Kg, questions: str) -> None:
    out = graph("eval", "retrieval", "--questions", questions, "--no-branches").out
    assert "nDCG@10" in out
    assert "fused" in out
    assert "1 questions are left out" in " ".join(out.split())


def test_the_worst_are_listed_but_none_that_is_held_back(graph: Kg, questions: str) -> None:
    out = graph("eval", "retrieval", "--questions", questions, "--no-branches", "--list").out
    assert "b-jet veto" in out
    assert "muon isolation" not in out


def test_a_store_that_answers_none_of_the_questions(graph: Kg, tmp_path: Path) -> None:
    path = tmp_path / "photons.toml"
    path.write_text(QUESTIONS[QUESTIONS.index('[[question]]\ntext = "photon') :])
    answer = graph("eval", "retrieval", "--questions", str(path), "--no-branches")
    assert answer.code == 1
    assert "no question has an answer in the store" in answer.err


@pytest.mark.parametrize("text", ["", "no toml [", "[[question]]\ntext = 'x'\n[[question.answer]]\ngrade = 9\n"])
def test_a_bad_file_of_questions_is_named(graph: Kg, tmp_path: Path, text: str) -> None:
    path = tmp_path / "bad.toml"
    path.write_text(text)
    answer = graph("eval", "retrieval", "--questions", str(path))
    assert (answer.code, answer.out) == (1, "")
    assert str(path) in answer.err


def test_a_file_that_is_not_there_is_wrong_use(graph: Kg, tmp_path: Path) -> None:
    assert graph("eval", "retrieval", "--questions", str(tmp_path / "none.toml")).code == 2


def test_a_folder_of_papers_makes_a_graph_of_its_own(kg: Kg, tmp_path: Path) -> None:
    """The bundled library is in it, so that muon isolation has its answer without any store."""
    folder = tmp_path / "papers"
    folder.mkdir()
    questions = tmp_path / "questions.toml"
    questions.write_text(QUESTIONS)
    rows = measured(kg, "--library", str(folder), "--questions", str(questions), "--no-branches")["cuts"]
    fused = [row for row in rows if row["way"] == "fused"][-1]
    assert fused["questions"] == 1
    assert fused["mrr"] == 1.0
    assert not (tmp_path / "graph.sqlite").exists(), "the user's store is left alone"
