"""The rules of the table in `kg.lineage.relations`, one by one, and what holds for all of them."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest

from kg.effective import effective_cuts
from kg.lineage.neighbourhood import Neighbourhood
from kg.lineage.relations import SYMMETRIC, lineage_edges, refines, related, related_cuts
from kg.records import Reference
from tests.kg.readings import cut, reading

A, B, C, D = "1001.00001", "1001.00002", "1001.00003", "1001.00004"


def cites(*papers: str) -> tuple[Reference, ...]:
    return tuple(Reference(str(n), n, arxiv_id=paper) for n, paper in enumerate(papers, start=1))


def relations(store) -> set[tuple[str, str, str]]:
    return {(e.source, e.relation, e.target) for e in lineage_edges(store)}


def between(store, one, other) -> set[str]:
    return {relation for source, relation, target in relations(store) if {source, target} == {one.id, other.id}}


@pytest.mark.parametrize("citing", [A, B])
def test_same_as_holds_after_unit_conversion_whoever_cites(store, citing):
    mine, theirs = cut(A, "muon", "pt", ">", 25.0, "GeV"), cut(B, "muon", "pt", "<=", 25_000.0, "MeV", veto=True)
    store.commit(reading(A, [mine], references=cites(B) if citing == A else ()))
    store.commit(reading(B, [theirs], references=cites(A) if citing == B else ()))
    assert between(store, mine, theirs) == {"SAME_AS"}


def test_papers_that_do_not_cite_each_other_are_not_related(store):
    store.commit(reading(A, [cut(A, "muon", "pt", ">", 25.0, "GeV")], references=cites(C)))
    store.commit(reading(B, [cut(B, "muon", "pt", ">", 25.0, "GeV")], references=cites(C)))
    assert relations(store) == set()


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        (cut(A, "electron", "abs_eta", "<", 2.47), cut(B, "electron", "abs_eta", "<", 2.5)),
        (cut(A, "muon", "pt", ">", 15.0, "GeV", applies_when="calo-tagged"), cut(B, "muon", "pt", ">", 5.0, "GeV")),
        (cut(A, "muon", "pt", ">", 5.0, "GeV", applies_when="leading"), cut(B, "muon", "pt", ">", 5.0, "GeV")),
        (cut(A, "electron", "pt", ">", 10.0, "GeV"), cut(B, "lepton", "pt", ">", 10.0, "GeV")),
    ],
)
def test_refines_is_tighter_more_conditional_or_about_fewer_objects(store, mine, theirs):
    store.commit(reading(A, [mine], references=cites(B)))
    store.commit(reading(B, [theirs]))
    assert (mine.id, "REFINES", theirs.id) in relations(store)
    assert (theirs.id, "REFINES", mine.id) not in relations(store)


def test_an_older_paper_refines_the_summary_that_a_newer_one_gives(store):
    summary, details = cut(A, "electron", "abs_eta", "<", 2.5), cut(B, "electron", "abs_eta", "<", 2.47)
    store.commit(reading(A, [summary], references=cites(B)))
    store.commit(reading(B, [details]))
    assert (details.id, "REFINES", summary.id) in relations(store)


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        # looser under a narrower condition: an exception, not a refinement
        (cut(A, "muon", "pt", ">", 5.0, "GeV", applies_when="calo-tagged"), cut(B, "muon", "pt", ">", 15.0, "GeV")),
        (
            cut(A, "jet", "pt", ">", 5.0, "GeV", applies_when="SR1"),
            cut(B, "jet", "pt", ">", 7.0, "GeV", applies_when="SR2"),
        ),
        (cut(A, "muon", "ptcone20_over_pt", "<", 0.1), cut(B, "muon", "ptcone30_over_pt", "<", 0.1)),
        (cut(A, "muon", "pt", ">", 25.0, "GeV"), cut(B, "electron", "pt", ">", 20.0, "GeV")),
        (cut(A, "muon", "pt", ">", 25.0, "GeV"), cut(B, "muon", "pt", "<", 20.0, "GeV")),
    ],
)
def test_thresholds_with_other_conditions_objects_or_variables_are_not_related(store, mine, theirs):
    store.commit(reading(A, [mine], references=cites(B)))
    store.commit(reading(B, [theirs]))
    assert relations(store) == set()


def test_refines_has_no_circles():
    values = [
        cut(A, obj, "pt", op, value, "GeV", applies_when=condition)
        for obj in ("lepton", "electron")
        for op, value in ((">", 5.0), (">=", 5.0), (">", 7.0), ("in", (7.0, 9.0)), ("==", 8.0))
        for condition in ("", "leading", "leading, SR1", "not subleading")
    ]
    beneath = {c.id: [d.id for d in values if refines(c, d)] for c in values}
    done: set[str] = set()

    def visit(node: str, path: tuple[str, ...]) -> None:
        assert node not in path
        if node not in done:
            for following in beneath[node]:
                visit(following, (*path, node))
            done.add(node)

    for node in beneath:
        visit(node, ())


def test_overrides_leads_from_the_own_value_to_the_one_deferred_to(store):
    own, theirs = cut(A, "muon", "pt", ">", 4.0, "GeV"), cut(B, "muon", "pt", ">", 7.0, "GeV")
    store.commit(reading(A, [own], references=cites(B), details=[(B, ("muon",), ())]))
    store.commit(reading(B, [theirs]))
    assert relations(store) == {(own.id, "OVERRIDES", theirs.id)}


def test_overrides_takes_the_place_of_refines(store):
    own, theirs = cut(A, "muon", "pt", ">", 9.0, "GeV"), cut(B, "muon", "pt", ">", 7.0, "GeV")
    store.commit(reading(A, [own], references=cites(B), details=[(B, ("muon",), ())]))
    store.commit(reading(B, [theirs]))
    assert relations(store) == {(own.id, "OVERRIDES", theirs.id)}


def test_without_a_deferral_that_speaks_of_it_another_value_is_no_override(store):
    own, theirs = cut(A, "muon", "pt", ">", 4.0, "GeV"), cut(B, "muon", "pt", ">", 7.0, "GeV")
    store.commit(reading(A, [own], references=cites(B), details=[(B, ("muon",), ("isolation",)), (B, ("jet",), ())]))
    store.commit(reading(B, [theirs]))
    assert "OVERRIDES" not in between(store, own, theirs)


def test_overrides_reaches_through_a_paper_that_says_nothing_itself(store):
    own, theirs = cut(A, "muon", "pt", ">", 4.0, "GeV"), cut(C, "muon", "pt", ">", 7.0, "GeV")
    store.commit(reading(A, [own], references=cites(B), details=[(B, ("muon",), ())]))
    store.commit(reading(B, [], references=cites(C), details=[(C, ("muon",), ())]))
    store.commit(reading(C, [theirs]))
    assert relations(store) == {(own.id, "OVERRIDES", theirs.id)}


def test_a_paper_in_between_hides_what_lies_behind_it(store):
    own, middle, far = (cut(p, "muon", "pt", ">", v, "GeV") for p, v in ((A, 4.0), (B, 5.0), (C, 7.0)))
    store.commit(reading(A, [own], references=cites(B), details=[(B, ("muon",), ())]))
    store.commit(reading(B, [middle], references=cites(C), details=[(C, ("muon",), ())]))
    store.commit(reading(C, [far]))
    assert {(s, t) for s, r, t in relations(store) if r == "OVERRIDES"} == {(own.id, middle.id), (middle.id, far.id)}


def test_overrides_are_those_of_the_effective_selection(store):
    """In a small net of deferrals with a circle and a diamond."""
    papers = (A, B, C, D)
    net = {A: (B, C), B: (D, A), C: (D,), D: (B,)}
    for number, paper in enumerate(papers):
        own = [cut(paper, "muon", "pt", ">", float(number), "GeV")] if paper != B else []
        own += [cut(paper, "jet", "abs_eta", "<", 2.0 + number)] if paper in (A, D) else []
        details = [(target, (), ()) for target in net[paper]]
        store.commit(reading(paper, own, references=cites(*net[paper]), details=details))
    expected = {
        (found.cut.id, other.id)
        for paper in papers
        for found in effective_cuts(store, paper)
        if not found.via
        for other in found.overrides
    }
    assert {(s, t) for s, r, t in relations(store) if r == "OVERRIDES"} == expected
    assert expected


def test_statements_of_one_paper_that_nothing_can_meet_contradict(store):
    one, other = cut(A, "muon", "pt", ">", 25.0, "GeV"), cut(A, "muon", "pt", "<", 20.0, "GeV")
    store.commit(reading(A, [one, other]))
    assert between(store, one, other) == {"CONTRADICTS"}


def test_two_values_for_one_threshold_of_a_paper_contradict(store):
    one, other = cut(A, "muon", "pt", ">", 25.0, "GeV"), cut(A, "muon", "pt", ">", 20.0, "GeV")
    store.commit(reading(A, [one, other]))
    assert between(store, one, other) == {"CONTRADICTS"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (cut(A, "muon", "pt", ">", 25.0, "GeV"), cut(A, "muon", "pt", ">", 20.0, "GeV", applies_when="subleading")),
        (cut(A, "jet", "count", ">=", 2.0), cut(A, "jet", "count", "==", 1.0, applies_when="control region")),
        (cut(A, "muon", "pt", ">", 25.0, "GeV"), cut(A, "muon", "pt", "<", 200.0, "GeV")),
        (cut(A, "muon", "pt", ">", 25.0, "GeV"), cut(A, "muon", "pt", ">=", 25_000.0, "MeV")),
        (
            cut(A, "dilepton", "mass", "in", (76.0, 106.0), "GeV", veto=True),
            cut(A, "dilepton", "mass", "in", (8.0, 12.0), "GeV", veto=True),
        ),
        (cut(A, "muon", "muon_type", "is_not", "calo"), cut(A, "muon", "muon_type", "is_not", "segment")),
    ],
)
def test_statements_of_one_paper_that_can_all_be_meant_do_not_contradict(store, one, other):
    store.commit(reading(A, [one, other]))
    assert relations(store) == set()


def test_an_inherited_cut_that_leaves_nothing_of_the_own_selection_contradicts_it(store):
    own, theirs = cut(A, "muon", "pt", "<", 10.0, "GeV"), cut(B, "muon", "pt", ">", 20.0, "GeV")
    store.commit(reading(A, [own], references=cites(B), details=[(B, ("muon",), ())]))
    store.commit(reading(B, [theirs]))
    assert between(store, own, theirs) == {"CONTRADICTS"}


def test_papers_that_merely_cite_each_other_do_not_contradict(store):
    store.commit(reading(A, [cut(A, "muon", "pt", "<", 10.0, "GeV")], references=cites(B)))
    store.commit(reading(B, [cut(B, "muon", "pt", ">", 20.0, "GeV")]))
    assert relations(store) == set()


@pytest.mark.parametrize("status", ["unverified", "rejected"])
def test_what_is_not_verified_has_no_lineage(store, status):
    store.commit(reading(A, [cut(A, "muon", "pt", ">", 25.0, "GeV", status=status)], references=cites(B)))
    store.commit(reading(B, [cut(B, "muon", "pt", ">", 25.0, "GeV")]))
    assert relations(store) == set()


def test_each_end_of_a_relation_knows_of_it(store):
    own = [
        cut(A, "muon", "pt", ">", 4.0, "GeV"),
        cut(A, "electron", "abs_eta", "<", 2.47),
        cut(A, "jet", "pt", ">", 30.0, "GeV"),
    ]
    theirs = [
        cut(B, "muon", "pt", ">", 7.0, "GeV"),
        cut(B, "electron", "abs_eta", "<", 2.5),
        cut(B, "jet", "pt", ">", 30.0, "GeV"),
    ]
    store.commit(reading(A, own, references=cites(B), details=[(B, ("muon",), ())]))
    store.commit(reading(B, theirs))
    everything = (*own, *theirs)
    around = Neighbourhood(store)
    seen = {
        (other.cut.id, other.relation, c.id) if other.incoming else (c.id, other.relation, other.cut.id)
        for c in everything
        for other in related(around, c)
    }
    mutual = {(t, r, s) for s, r, t in seen if r in SYMMETRIC}
    assert seen == relations(store) | mutual
    assert related_cuts(store, everything) == {c.id: related(Neighbourhood(store), c) for c in everything}


def test_lineage_does_not_depend_on_the_order_of_reading(open_at, tmp_path):
    readings = [
        reading(A, [cut(A, "muon", "pt", ">", 4.0, "GeV")], references=cites(B, C), details=[(B, ("muon",), ())]),
        reading(B, [cut(B, "muon", "pt", ">", 7.0, "GeV")], references=cites(C)),
        reading(
            C, [cut(C, "muon", "pt", ">", 7.0, "GeV"), cut(C, "lepton", "pt", ">", 5.0, "GeV")], references=cites(A)
        ),
    ]
    found = set()
    for number, order in enumerate(itertools.permutations(readings)):
        folder = tmp_path / str(number)
        folder.mkdir()
        with open_at(folder) as store:
            for made in order:
                store.commit(made)
            found.add(tuple(lineage_edges(store)))
    assert len(found) == 1
    edges = list(found.pop())
    assert edges == sorted(edges, key=lambda e: (e.source, e.relation, e.target))
    assert {e.relation for e in edges} == {"OVERRIDES", "SAME_AS", "REFINES"}


def test_a_paper_cited_by_its_doi_is_the_same_paper(store):
    mine, theirs = cut(A, "muon", "pt", ">", 25.0, "GeV"), cut(B, "muon", "pt", ">", 25.0, "GeV")
    store.commit(reading(A, [mine], references=(Reference("1", doi="10.1000/B"),)))
    store.commit(reading(B, [theirs], doi="10.1000/b"))
    assert between(store, mine, theirs) == {"SAME_AS"}


def test_a_paper_that_cites_and_defers_to_itself(store):
    mine = cut(A, "muon", "pt", ">", 25.0, "GeV")
    made = reading(A, [mine], references=cites(A), details=[(A, (), ())])
    store.commit(replace(made))
    assert relations(store) == set()


def test_papers_that_defer_to_each_other_override_each_other(store):
    mine, theirs = cut(A, "muon", "pt", ">", 4.0, "GeV"), cut(B, "muon", "pt", ">", 7.0, "GeV")
    store.commit(reading(A, [mine], references=cites(B), details=[(B, (), ())]))
    store.commit(reading(B, [theirs], references=cites(A), details=[(A, (), ())]))
    assert relations(store) == {(mine.id, "OVERRIDES", theirs.id), (theirs.id, "OVERRIDES", mine.id)}
