"""Questions that no physicist asks: an answer or a refusal, never anything else."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.store.base import Store
from retrieval.branch_search import find_branches
from retrieval.searcher import Searcher
from retrieval.understanding import EmptyQuestion

WITHOUT_A_WORD = ["", " ", "\t\n", "?!…", "'\"", "*", "(((", "--", "\x00", "\ud800", "🙂", "\u202e"]
ABSURD = [
    '"a" AND NOT *', "NEAR(", "muon NEAR/3 pt", "text:muon", "^muon*", "a* OR b*", "'; DROP TABLE cut; --",
    "1 OR 1=1", "MATCH (n) DETACH DELETE n", "CALL db.labels()", "%s %d {} {0}", "../../etc/passwd", "$(reboot)",
    "x" * 10_000, "muon " * 2_000, "1." * 5_000, "1806.00242 " * 900, "10.1234/" + "a" * 9_990, "a" + "((((" * 2_500,
    "Schnitte auf die Isolation von Myonen", "ミューオンの孤立", "изоляция мюонов", "عزل الميون", "\u202emuon\u202c",
    "muon\x00pt", "\x07\x1b[31mmuon\x1b[0m", "muon \udfff pt", "🙂 muon 🙂", "٣ muons", "pT > ٢٠", "½ muon", "pT > ²",
    "between", "between 20 and", "> > >", "20 < < 30", "GeV", "== 5", "-1", "no", "what it cites", "one two three",
    "local:", "inspire:0", "1806.00242v99999999999999999999", "exactly 1e300 leptons", "İ", "ß" * 300, "ﬁ",
]  # fmt: skip
ENDLESS = ["9" * 10_000, "pT > 1e400", "at least 1e999 jets"]


@pytest.mark.parametrize("text", WITHOUT_A_WORD)
def test_questions_without_a_word_are_refused(store: Store, text: str) -> None:
    with pytest.raises(EmptyQuestion):
        Searcher(store, None).ask(text)
    with pytest.raises(EmptyQuestion):
        find_branches(text, None, 5)


def test_absurd_questions_are_answered_all_the_same(store: Store) -> None:
    searcher = Searcher(store, None)
    for text in ABSURD:
        graph = searcher.ask(text, 3)
        assert set(graph.cuts) <= set(graph.nodes)
        find_branches(text, None, 3)


@pytest.mark.parametrize("text", ENDLESS)
def test_endless_numbers(store: Store, text: str) -> None:
    Searcher(store, None).ask(text)


def test_a_question_changes_nothing_in_the_store(store: Store) -> None:
    before = list(store.dump())
    searcher = Searcher(store, None)
    for text in ("'; DROP TABLE cut; --", "MATCH (n) DETACH DELETE n"):
        searcher.ask(text)
    assert list(store.dump()) == before


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=60))
def test_any_text_is_answered_or_refused(store: Store, text: str) -> None:
    with contextlib.suppress(EmptyQuestion):
        assert len(Searcher(store, None).ask(text, 2).cuts) <= 2
