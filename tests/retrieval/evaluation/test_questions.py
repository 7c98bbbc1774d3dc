"""Files of graded questions: those that CutGraph ships, and bad ones."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from kg.branches import branches
from kg.records import Passage
from kg.store.base import Store
from kg.vocabulary import objects, variables
from retrieval.evaluation.branches import InvalidBranchQuestions, measured_branches, read_branch_questions
from retrieval.evaluation.cuts import averages, grades_of, measured, ways
from retrieval.evaluation.questions import GradedQuestion, InvalidQuestions, read_questions
from retrieval.index.opened import open_index
from tests.kg.readings import cut
from tests.retrieval import graphs as g

PT = cut("2001.00001", "muon", "pt", ">", 20_000.0, "MeV", applies_when="leading")


def graded(*rules: dict[str, object]) -> GradedQuestion:
    return question("muon pT", *rules)


def question(text: str, *rules: dict[str, object]) -> GradedQuestion:
    return GradedQuestion(text=text, part="tune", kind="", worded=False, rules=rules)


def test_there_are_at_least_sixty_questions_in_two_parts() -> None:
    questions = read_questions()
    assert len(questions) >= 60
    assert len({question.text for question in questions}) == len(questions)
    parts = Counter(question.part for question in questions)
    assert set(parts) == {"tune", "held"}
    assert min(parts.values()) >= 30


def test_their_rules_name_what_the_vocabulary_has() -> None:
    for question in read_questions():
        for rule in question.rules:
            assert set(rule.get("objects", ())) <= set(objects()), question.text
            assert set(rule.get("variables", ())) <= set(variables()), question.text


def test_there_are_25_questions_on_branches_none_with_the_name_of_one() -> None:
    questions = read_branch_questions()
    assert len(questions) >= 25
    for question in questions:
        assert question.right, question.text
        assert set(question.right) & set(branches()), question.text
        words = set(question.text.casefold().split())
        for name in question.right:
            assert name.casefold() not in words
            assert name.rpartition(".")[2].casefold() not in words, question.text


@pytest.mark.parametrize(
    ("rule", "meets"),
    [
        ({"objects": ["muon"]}, True),
        ({"objects": ["electron", "muon"], "variables": ["pt"]}, True),
        ({"objects": ["muon"], "variables": ["eta"]}, False),
        ({"min_value": 20}, True),
        ({"min_value": 20.5}, False),
        ({"max_value": 20}, True),
        ({"max_value": 19}, False),
        ({"condition": ["LEADING"]}, True),
        ({"condition": ["subleading"]}, False),
        ({"papers": ["2001.00001"]}, True),
        ({"ops": ["<"]}, False),
        ({"units": ["MeV"]}, True),
        ({"veto": False}, True),
        ({"veto": True}, False),
        ({"quote": ["must have"]}, True),
        ({"quote": ["must not"]}, False),
        ({"section": ["muon"]}, True),
        ({"values": ["20"]}, False),
    ],
)
def test_rules_of_grades(rule: dict[str, object], meets: bool) -> None:
    quote = Passage("2001.00001", 0, 9, "Muons must have 20 GeV", "Muon selection")
    assert graded({"grade": 3, **rule}).grade(PT, quote) == (3 if meets else 0)


def test_the_first_rule_that_a_cut_meets_gives_its_grade() -> None:
    assert graded({"grade": 1, "objects": ["muon"]}, {"grade": 3, "variables": ["pt"]}).grade(PT, None) == 1
    assert graded({"grade": 0, "objects": ["muon"]}, {"grade": 3, "variables": ["pt"]}).grade(PT, None) == 0


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "question"),
        ("question = 3\n", "not iterable"),
        ("[[question]]\ntext = 'x'\nanswer = 'muon'\n", "tables of answers"),
        ("not toml [", "Expected"),
        ("\xff", "utf-8"),
        ("[[question]]\npart = 'tune'\n", "text"),
        ("[[question]]\ntext = 'x'\n", "answer"),
        ("[[question]]\ntext = 'x'\n[[question.answer]]\ngrade = 4\n", "grade 4"),
        ("[[question]]\ntext = 'x'\n[[question.answer]]\nobjects = ['muon']\n", "grade None"),
        ("[[question]]\ntext = 'x'\n[[question.answer]]\ngrade = 3\nobject = ['muon']\n", "objects"),
    ],
)
def test_bad_files_are_named_with_the_reason(tmp_path: Path, text: str, why: str) -> None:
    path = tmp_path / "questions.toml"
    path.write_bytes(text.encode("latin-1"))
    with pytest.raises(InvalidQuestions, match=why) as refused:
        read_questions(path)
    assert str(path) in str(refused.value)


@pytest.mark.parametrize(
    "text",
    [
        "[[question]]\ntext = 5\n[[question.answer]]\ngrade = 3\n",
        "[[question]]\ntext = 'x'\nanswer = [1]\n",
        "[[question]]\ntext = 'x'\n[[question.answer]]\ngrade = 3\nobjects = 'muon'\n",
        "[[question]]\ntext = 'x'\n[[question.answer]]\ngrade = 3\nmin_value = 'ten'\n",
    ],
)
def test_files_with_entries_of_another_type_are_named(tmp_path: Path, text: str) -> None:
    path = tmp_path / "questions.toml"
    path.write_text(text)
    with pytest.raises(InvalidQuestions) as refused:
        read_questions(path)
    assert str(path) in str(refused.value)


@pytest.mark.parametrize(
    "text", ["", "not toml [", "[[question]]\ntext = 'x'\n", "[[question]]\nright = ['x']\n", "question = 3"]
)
def test_bad_files_of_branch_questions_are_named(tmp_path: Path, text: str) -> None:
    path = tmp_path / "branches.toml"
    path.write_text(text)
    with pytest.raises(InvalidBranchQuestions) as refused:
        read_branch_questions(path)
    assert str(path) in str(refused.value)


def test_files_that_are_not_there(tmp_path: Path) -> None:
    with pytest.raises(InvalidQuestions, match="No such file"):
        read_questions(tmp_path / "none.toml")
    with pytest.raises(InvalidBranchQuestions, match="No such file"):
        read_branch_questions(tmp_path / "none.toml")


def test_a_question_with_one_answer_that_comes_first_has_full_marks(store: Store) -> None:
    answered = question("b-jet veto", {"grade": 3, "objects": ["bjet"]})
    nothing = question("photon pT", {"grade": 3, "objects": ["photon"]})
    assert grades_of(store, [answered, nothing]) == [{g.B_VETO.id: 3}, {}]
    rankings = ways(open_index(store, None), store, None)
    assert set(rankings) == {"vocabulary only", "full text only", "fused"}, "there are no vectors"
    scores = measured(store, [answered, nothing], rankings)
    assert {score.question.text for score in scores} == {"b-jet veto"}, "what nothing answers is left out"
    fused = averages(score for score in scores if score.way == "fused")
    assert fused == {"questions": 1, "ndcg": 1.0, "recall": 1.0, "mrr": 1.0}


def test_a_ranking_that_misses_has_the_marks_worked_out_by_hand(store: Store) -> None:
    asked = question("muon isolation", {"grade": 2, "variables": ["relative_isolation"]})
    (score,) = measured(store, [asked], {"made": lambda text: [g.MUON_PT.id, g.CMS_ISOLATION.id]})
    assert score.reciprocal_rank == 0.5
    assert score.recall == 1
    assert score.ndcg == pytest.approx(1 / 1.58496, abs=1e-4)


def test_only_verified_cuts_are_graded(store: Store) -> None:
    everything = graded({"grade": 1, "objects": ["jet"]})
    assert grades_of(store, [everything]) == [{g.JET_PT.id: 1}]


def test_branch_questions_are_measured_by_the_rank_of_the_first_right_one() -> None:
    scores = measured_branches(read_branch_questions()[:3], None)
    assert {score.way for score in scores} == {"vocabulary only", "full text only", "fused"}
    for score in scores:
        assert (score.rank == 1) == (score.first in score.question.right)
