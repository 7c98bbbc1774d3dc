"""The way back from a cut to the papers it comes from, and forward to those that take it over."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from kg.errors import NotInStore
from kg.lineage.answers import origin_json
from kg.lineage.explained import explained
from kg.lineage.origins import MAX_CUTS, MAX_STEPS, lineage, uses, way_to
from kg.records import Passage, Reference, edge
from tests.kg.readings import cut, reading

A, B, C = "1001.00001", "1001.00002", "1001.00003"
CITES_B = (Reference("11", 11, arxiv_id=B),)
CITES_C = (Reference("7", 7, arxiv_id=C),)


@pytest.fixture
def chain(store):
    """A sends its reader to B for the muon isolation, and B to C."""
    theirs = cut(C, "muon", "ptcone30_over_pt", "<", 0.15)
    store.commit(
        reading(
            A, [cut(A, "muon", "pt", ">", 6.0, "GeV")], references=CITES_B, details=[(B, ("muon",), ("isolation",))]
        )
    )
    store.commit(reading(B, [cut(B, "muon", "pt", ">", 5.0, "GeV")], references=CITES_C, details=[(C, ("muon",), ())]))
    store.commit(reading(C, [theirs]))
    return theirs


def test_an_inherited_cut_is_reached_through_the_referring_sentence_of_every_hop(store, chain):
    through = way_to(store, A, chain)
    assert [(hop.paper, hop.target, hop.kind, hop.label) for hop in through] == [
        (A, B, "details", "11"),
        (B, C, "details", "7"),
    ]
    assert all(hop.passage.quote.startswith("Details are in Ref") for hop in through)
    assert way_to(store, C, chain) == ()


def test_a_cut_tells_who_takes_it_over(store, chain):
    assert [use.paper for use in uses(store, chain)] == [B, A]


def test_a_cut_that_a_paper_has_not_is_not_led_to(store, chain):
    muon = store.cuts(B)[0]
    with pytest.raises(NotInStore, match=re.escape(A)):
        way_to(store, A, muon)


def test_the_tree_leads_back_to_the_origin(store):
    cuts = {p: cut(p, "muon", "pt", ">", v, "GeV") for p, v in ((A, 25.0), (B, 20.0), (C, 20.0))}
    store.commit(reading(A, [cuts[A]], references=CITES_B))
    store.commit(reading(B, [cuts[B]], references=CITES_C))
    store.commit(reading(C, [cuts[C]]))
    tree = lineage(store, cuts[A], 5)
    (first,) = tree.steps
    assert (first.relation, first.to.cut, [hop.label for hop in first.through]) == ("REFINES", cuts[B], ["11"])
    (second,) = first.to.steps
    assert (second.relation, second.to.cut) == ("SAME_AS", cuts[C])
    assert second.to.quotations[0][0].quote.startswith("muon pt >")
    assert lineage(store, cuts[A], 1).size == 2
    assert lineage(store, cuts[A], 0).steps == ()


def test_the_details_of_an_own_requirement_are_in_the_paper_it_refers_to(store):
    own = cut(A, "lepton", "identification", "is", "Tight")
    theirs = [cut(B, "electron", "identification", "is", "Loose"), cut(B, "electron", "pt", ">", 7.0, "GeV")]
    store.commit(reading(A, [own], references=CITES_B, details=[(B, ("lepton",), ("identification", "isolation"))]))
    store.commit(reading(B, theirs))
    (step,) = lineage(store, own).steps
    assert (step.relation, step.to.cut, step.through[0].kind) == ("DETAILS", theirs[0], "details")


def test_papers_that_cite_each_other_in_a_circle_end(store):
    cuts = {p: cut(p, "muon", "pt", ">", 20.0, "GeV") for p in (A, B, C)}
    for paper, cited in ((A, B), (B, C), (C, A)):
        store.commit(
            reading(paper, [cuts[paper]], references=(Reference("1", arxiv_id=cited),), details=[(cited, (), ())])
        )
    for made in cuts.values():
        tree = lineage(store, made, 10)
        assert tree.size == 3
        assert uses(store, made) == []


def test_a_paper_that_refers_to_itself_is_no_step(store):
    own = cut(A, "muon", "pt", ">", 20.0, "GeV")
    store.commit(reading(A, [own], references=(Reference("1", arxiv_id=A),), details=[(A, (), ())]))
    assert lineage(store, own, 5).size == 1
    assert [row.state for row in explained(store, A)] == ["own"]


def test_a_reference_to_a_paper_that_was_not_read_leads_nowhere(store):
    own = cut(A, "muon", "pt", ">", 20.0, "GeV")
    store.commit(reading(A, [own], references=CITES_B, details=[(B, (), ()), ("doi:10.1000/nowhere", (), ())]))
    assert lineage(store, own, 5).size == 1


def test_an_unverified_cut_has_its_sentence_and_no_relations(store):
    own = cut(A, "muon", "pt", ">", 20.0, "GeV", status="unverified")
    store.commit(reading(A, [own], references=CITES_B))
    store.commit(reading(B, [cut(B, "muon", "pt", ">", 20.0, "GeV")]))
    tree = lineage(store, own, 5)
    assert (tree.size, tree.quotations[0][1]) == (1, "quote")


def test_a_crowd_is_cut_short_and_says_so(store):
    papers = [f"1002.{n:05d}" for n in range(3 * MAX_STEPS)]
    own = cut(A, "muon", "pt", ">", 20.0, "GeV")
    store.commit(reading(A, [own], references=tuple(Reference(str(n), n, arxiv_id=p) for n, p in enumerate(papers))))
    for paper in papers:
        store.commit(reading(paper, [cut(paper, "muon", "pt", ">", 20.0, "GeV")]))
    tree = lineage(store, own, 5)
    assert (len(tree.steps), tree.left_out) == (MAX_STEPS, 2 * MAX_STEPS)
    assert tree.size <= MAX_CUTS
    assert origin_json(tree)["left_out"] == 2 * MAX_STEPS


def test_the_selection_is_explained_cut_by_cut(store):
    own, beaten = cut(A, "muon", "pt", ">", 6.0, "GeV"), cut(B, "muon", "pt", ">", 5.0, "GeV")
    theirs = cut(B, "muon", "abs_eta", "<", 2.7)
    store.commit(reading(A, [own], references=CITES_B, details=[(B, ("muon",), ())]))
    store.commit(reading(B, [beaten, theirs]))
    rows = {row.cut.id: row for row in explained(store, A)}
    assert [row.state for row in rows.values()] == ["own", "inherited", "overridden"]
    assert rows[own.id].through == ()
    assert [hop.label for hop in rows[theirs.id].through] == ["11"]
    assert (rows[beaten.id].by, [hop.label for hop in rows[beaten.id].through]) == ((replace(own, position=0),), ["11"])


def test_a_paper_overridden_by_a_nearer_one_is_not_led_to(store):
    """A defers to B and C; B has another value than C, to which it defers too."""
    near, far = cut(B, "muon", "pt", ">", 5.0, "GeV"), cut(C, "muon", "pt", ">", 4.0, "GeV")
    store.commit(reading(A, [], references=(*CITES_B, *CITES_C), details=[(C, (), ()), (B, (), ())]))
    store.commit(reading(B, [near], references=CITES_C, details=[(C, (), ())]))
    store.commit(reading(C, [far]))
    assert [row.cut.paper for row in explained(store, A) if row.state == "inherited"] == [B]
    assert uses(store, far) == []
    assert [use.paper for use in uses(store, near)] == [A]


def test_of_several_sentences_the_one_that_names_the_variable_is_shown(store):
    theirs = cut(B, "muon", "ptcone30_over_pt", "<", 0.15)
    made = reading(A, [], references=CITES_B, details=[(B, (), ())])
    isolation = Passage(A, 20_000, 20_030, "The isolation is that of [11].", "Selection", 5)
    named = edge(isolation.id, "REFERS_TO", B, kind="details", objects=["muon"], variables=["isolation"])
    store.commit(replace(made, passages=(*made.passages, isolation), edges=(*made.edges, named)))
    store.commit(reading(B, [theirs]))
    (hop,) = way_to(store, A, theirs)
    assert hop.passage == isolation
