"""What people decided, and what holds then: in selections, in listings and in generated code."""

from __future__ import annotations

import itertools
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from codegen.generate import generate
from kg.effective import effective_cuts
from kg.errors import InvalidRecord, NotInStore
from kg.lineage.relations import related_cuts
from kg.listing import cut_rows
from kg.records import Cut, Reference, Review
from kg.reviewed import as_read, original, reviewed
from kg.reviews import Decision, corrected, review_of, standing
from kg.store.sqlite import SqliteStore
from tests.kg.readings import cut, reading

A, B = "1001.00001", "1001.00002"
MUON = cut(A, "muon", "pt", ">", 5.0, "GeV")


def at(number: int) -> str:
    """Times one after the other."""
    return f"2026-11-21T10:00:{number:02d}.000000Z"


def said(*decisions: tuple[str, Decision]) -> list[Review]:
    """Decisions on one cut, one a second: (who, what)."""
    made = replace(MUON, value=6.0)
    return [
        review_of(MUON, what, who, time=at(second), made=made if what == "correct" else None)
        for second, (who, what) in enumerate(decisions)
    ]


@pytest.mark.parametrize(
    ("decisions", "stands"),
    [
        ([("Ada", "approve")], "approve"),
        ([("Ada", "approve"), ("Bob", "reject")], "reject"),
        ([("Ada", "approve"), ("Bob", "reject"), ("Bob", "undo")], "approve"),
        ([("Ada", "approve"), ("Bob", "reject"), ("Ada", "undo")], "reject"),
        ([("Ada", "approve"), ("Bob", "undo")], None),
        ([("Ada", "approve"), ("Ada", "undo"), ("Ada", "undo")], None),
        ([("Ada", "skip")], None),
        ([("Ada", "reject"), ("Bob", "skip")], "reject"),
        ([("Ada", "correct"), ("Ada", "reject"), ("Ada", "undo")], "correct"),
        ([("Ada", "undo"), ("Ada", "approve")], "approve"),
    ],
)
def test_the_newest_decision_that_nobody_withdrew_stands(decisions, stands):
    """Undo withdraws one's own newest decision, and another's only where one made none."""
    reviews = said(*decisions)
    for order in itertools.islice(itertools.permutations(reviews), 24):
        found = standing(order).get(MUON.id)
        assert (found.review.decision if found else None) == stands


def test_an_approved_cut_is_used_and_a_rejected_one_is_not(store):
    tau = cut(A, "tau", "pt", ">", 20.0, "GeV", status="unverified", reason="no such number in the quote")
    store.commit(reading(A, [MUON, tau]))
    store.add_review(review_of(tau, "approve", "Ada", comment="it is in the figure", time=at(1)))
    store.add_review(review_of(MUON, "reject", "Bob", time=at(2)))
    (kept,) = effective_cuts(store, A)
    assert (kept.cut.object, kept.cut.status) == ("tau", "approved")
    assert kept.cut.reason == ("approved by Ada on 2026-11-21: it is in the figure; no such number in the quote")
    assert [(c.object, c.status) for c in reviewed(store).cuts(A)] == [("muon", "rejected"), ("tau", "approved")]
    assert [c.status for c in as_read(reviewed(store)).cuts(A)] == ["verified", "unverified"]


def test_approval_is_all_that_lets_an_unverified_cut_into_code(store):
    guess = cut(A, "muon", "abs_eta", "<", 2.4, status="unverified")
    store.commit(reading(A, [MUON, guess]))
    assert {r.stated.cut.variable: r.kind for r in generate(store, A).report} == {
        "pt": "compiled",
        "abs_eta": "left out",
    }
    store.add_review(review_of(guess, "approve", "Ada", time=at(1)))
    program = generate(reviewed(store), A)
    assert {r.kind for r in program.report} == {"compiled"}
    assert "2.4" in program.text
    store.add_review(review_of(guess, "reject", "Bob", time=at(2)))
    assert "2.4" not in generate(reviewed(store), A).text


def test_a_correction_stands_beside_what_it_corrects_with_its_sentence_and_its_author(store):
    store.commit(reading(A, [MUON]))
    made = corrected(MUON, {"value": 6.0, "op": ">="})
    store.add_review(review_of(MUON, "correct", "Ada", made=made, comment="at least 6", time=at(1)))
    now = reviewed(store)
    (kept,) = effective_cuts(store, A)
    assert (kept.cut.op, kept.cut.value, kept.cut.status) == (">=", 6.0, "approved")
    assert "corrected by Ada on 2026-11-21: at least 6" in kept.cut.reason
    assert "the reader had muon pt > 5 GeV" in kept.cut.reason
    rows = cut_rows(now, now.cuts(A))
    assert sorted((row["value"], row["status"]) for row in rows) == [(5, "rejected"), (6, "approved")]
    assert len({row["quote"] for row in rows}) == 1
    assert rows[0]["quote"]
    assert original(now, now.cut(made.id)) == MUON.id
    assert now.cut(made.id.removeprefix("cut:")[:10]) == now.cut(made.id)
    assert [e.target for e in now.edges(source=made.id, relation="QUOTED_FROM")] == [
        e.target for e in now.edges(source=MUON.id, relation="QUOTED_FROM")
    ]
    assert [e.source for e in now.edges(target=made.id, relation="STATES")] == [A]
    program = generate(now, cuts=[made.id])
    assert ">= 6" in program.text.replace("6.0", "6") or "6000" in program.text


def test_a_correction_takes_part_in_lineage_and_what_it_corrects_does_not(store):
    store.commit(reading(A, [MUON], references=[Reference("1", 1, B)]))
    store.commit(reading(B, [cut(B, "muon", "pt", ">", 6.0, "GeV")]))
    made = corrected(MUON, {"value": 6.0})
    store.add_review(review_of(MUON, "correct", "Ada", made=made, time=at(1)))
    now = reviewed(store)
    found = related_cuts(now, now.cuts(A))
    assert [one.relation for one in found[made.id]] == ["SAME_AS"]
    assert found[MUON.id] == []


def test_a_correction_that_says_what_another_cut_says_stands_for_it(store):
    other = cut(A, "muon", "pt", ">", 6.0, "GeV", status="unverified")
    store.commit(reading(A, [MUON, other]))
    store.add_review(review_of(MUON, "correct", "Ada", made=corrected(MUON, {"value": 6.0}), time=at(1)))
    assert [(c.value, c.status) for c in reviewed(store).cuts(A)] == [(5.0, "rejected"), (6.0, "approved")]


def test_an_inherited_cut_that_was_rejected_is_not_inherited(store):
    store.commit(reading(A, [MUON], details=[(B, ("muon",), ())]))
    eta = cut(B, "muon", "abs_eta", "<", 2.5)
    store.commit(reading(B, [eta]))
    assert [f.cut.variable for f in effective_cuts(store, A)] == ["pt", "abs_eta"]
    store.add_review(review_of(eta, "reject", "Ada", time=at(1)))
    assert [f.cut.variable for f in effective_cuts(store, A)] == ["pt"]


def test_decisions_survive_another_reading_of_the_paper_and_those_on_vanished_cuts_are_harmless(store):
    store.commit(reading(A, [MUON]))
    gone = cut(A, "jet", "pt", ">", 30.0, "GeV")
    store.add_review(review_of(MUON, "correct", "Ada", made=corrected(MUON, {"value": 6.0}), time=at(1)))
    store.commit(replace(reading(A, [gone]), key="another"))
    assert [(c.object, c.status) for c in reviewed(store).cuts(A)] == [("jet", "verified")]
    store.commit(replace(reading(A, [MUON, gone]), key="a third"))
    assert [(c.object, c.value) for c in effective_values(store)] == [("muon", 6.0), ("jet", 30.0)]


def effective_values(store) -> list[Cut]:
    """The cuts of the effective selection of A."""
    return sorted((f.cut for f in effective_cuts(store, A)), key=lambda c: c.object, reverse=True)


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"colour": "red"}, "no correction"),
        ({"op": "~"}, "no comparison"),
        ({"value": "loose"}, "others numbers"),
        ({"op": "in"}, "two ends"),
        ({"op": "in", "value": [3, 2]}, "lower end"),
        ({"value": float("nan")}, "finite number"),
        ({"object": ""}, "without object"),
        ({"veto": "yes"}, "another kind"),
        ({}, "says what the cut says"),
    ],
)
def test_what_is_no_correction_is_refused(fields, why):
    with pytest.raises(InvalidRecord, match=why):
        corrected(MUON, fields)


def test_a_damaged_correction_rejects_and_adds_nothing(store):
    store.commit(reading(A, [MUON]))
    store.add_review(Review(MUON.id, "correct", "Ada", at(1), replacement='{"value": '))
    assert [c.status for c in reviewed(store).cuts(A)] == ["rejected"]
    assert effective_cuts(store, A) == []


@pytest.mark.parametrize("name", ["", "  \t"])
def test_nobody_decides_without_a_name(name):
    with pytest.raises(InvalidRecord, match="without a name"):
        review_of(MUON, "approve", name)


def test_a_correction_needs_what_the_cut_is_and_nothing_else_does():
    with pytest.raises(InvalidRecord):
        review_of(MUON, "correct", "Ada")
    with pytest.raises(InvalidRecord):
        review_of(MUON, "approve", "Ada", made=replace(MUON, value=6.0))


def test_a_decision_on_a_cut_that_is_not_there_is_refused(store):
    store.commit(reading(B, [cut(B, "jet", "pt", ">", 30.0, "GeV")]))
    with pytest.raises(NotInStore):
        store.add_review(review_of(MUON, "approve", "Ada", time=at(1)))


def test_a_store_without_decisions_is_the_store_itself(store):
    assert reviewed(store) is store
    store.commit(reading(A, [MUON]))
    store.add_review(review_of(MUON, "skip", "Ada", time=at(1)))
    assert reviewed(store) is store


def test_people_who_decide_at_the_same_time_lose_nothing(tmp_path: Path):
    path = tmp_path / "graph.sqlite"
    cuts = [cut(A, "muon", "pt", ">", float(value), "GeV") for value in range(1, 9)]
    with SqliteStore(path) as store:
        store.commit(reading(A, cuts))

    def decide(name: str) -> None:
        with SqliteStore(path) as mine:
            for one in cuts:
                mine.add_review(review_of(one, "approve" if name < "M" else "reject", name))

    people = [threading.Thread(target=decide, args=(name,)) for name in ("Ada", "Bob", "Nat", "Zoe")]
    for person in people:
        person.start()
    for person in people:
        person.join()
    with SqliteStore(path) as store:
        kept = store.reviews()
        assert len(kept) == 4 * len(cuts)
        newest = {one.id: max((r for r in kept if r.cut == one.id), key=lambda r: (r.time, r.id)) for one in cuts}
        assert {name: d.review.id for name, d in standing(kept).items()} == {n: r.id for n, r in newest.items()}
