"""The answer as a subgraph: what belongs to the found cuts, and why each node is in it."""

from __future__ import annotations

import json
from pathlib import Path

import networkx as nx
import pytest

from kg.export.graphml import graphml
from kg.records import Cut, Passage
from kg.store.base import Store
from kg.subgraph import read_subgraph, subgraph_of_json
from retrieval.grouping import grouped, spreads
from retrieval.searcher import Searcher
from tests.kg.readings import cut
from tests.retrieval import graphs as g

QUESTIONS = ["muon isolation cuts", "at least four leptons", "muon pT", "MET > 200", "b-jet veto", "unicorn"]


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_node_that_an_edge_or_a_cut_names_is_there(bundled: Store, store: Store, question: str) -> None:
    for graph in (Searcher(store, None).ask(question), Searcher(bundled, None).ask(question)):
        assert set(graph.cuts) <= set(graph.nodes)
        for edge in graph.edges:
            assert edge.source in graph.nodes
            assert edge.target in graph.nodes
        assert set(graph.scores) <= set(graph.nodes)
        assert set(graph.why) <= set(graph.nodes)


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_cut_has_a_score_a_reason_its_sentence_and_its_paper(bundled: Store, question: str) -> None:
    graph = Searcher(bundled, None).ask(question)
    stated = {(edge.source, edge.target) for edge in graph.edges if edge.relation == "STATES"}
    quoted = {edge.source for edge in graph.edges if edge.relation == "QUOTED_FROM"}
    for made in graph.records(Cut):
        assert isinstance(made, Cut)
        assert 0 < graph.scores[made.id] <= 1
        assert graph.why[made.id]
        assert (made.paper, made.id) in stated
        assert made.id in quoted
    assert all(graph.why[passage.id] for passage in graph.records(Passage))


def test_the_reason_says_what_of_the_question_a_cut_meets(store: Store) -> None:
    graph = Searcher(store, None).ask("electron pT threshold above 20 GeV", 3)
    first = " ".join(graph.why[g.ELECTRON_25.id])
    assert "object" in first
    assert "variable" in first


def test_lineage_brings_the_cuts_of_other_papers_with_its_reason(store: Store) -> None:
    """The four-lepton paper sends its reader to the other for muons and has a threshold of its own."""
    graph = Searcher(store, None).ask("muon pT in 1806.00242", 1)
    assert graph.cuts == (g.LEADING_PT.id,)
    assert g.MUON_PT.id in graph.nodes
    assert any(reason.startswith("lineage:") for reason in graph.why[g.MUON_PT.id])
    assert graph.scores[g.MUON_PT.id] < graph.scores[g.LEADING_PT.id]
    between = {e.relation for e in graph.edges if {e.source, e.target} == {g.LEADING_PT.id, g.MUON_PT.id}}
    assert between <= {"SAME_AS", "REFINES", "OVERRIDES", "CONTRADICTS"}
    assert between


def test_a_count_brings_the_definition_of_what_it_counts(store: Store) -> None:
    graph = Searcher(store, None).ask("at least four leptons", 1)
    assert graph.cuts == (g.TWO_PAIRS.id,)
    assert any(reason.startswith("definition:") for reason in graph.why[g.ELECTRON_7.id])


def test_citations_and_branches_are_edges_of_the_graph(store: Store) -> None:
    graph = Searcher(store, None).ask("muon pT", 10)
    found = {(e.source, e.relation, e.target) for e in graph.edges}
    assert (g.HIGGS, "CITES", g.ZJETS) in found
    assert any(s == "variable:pt" and r == "MEASURED_BY" and t.startswith("branch:AnalysisMuons") for s, r, t in found)


def test_the_same_question_gives_the_same_bytes(store: Store) -> None:
    first, again = (json.dumps(Searcher(store, None).ask("muon").to_json()) for _ in range(2))
    assert first == again


@pytest.mark.parametrize("question", QUESTIONS)
def test_networkx_reads_the_answer_with_scores_and_reasons(store: Store, tmp_path: Path, question: str) -> None:
    graph = Searcher(store, None).ask(question)
    path = tmp_path / "answer.graphml"
    path.write_bytes(b"".join(graphml(graph.graph())))
    read = nx.read_graphml(path, force_multigraph=True)
    assert set(read.nodes) == set(graph.nodes)
    assert read.number_of_edges() == len(graph.edges)
    for name in graph.cuts:
        assert float(read.nodes[name]["score"]) == pytest.approx(graph.scores[name])
        assert read.nodes[name]["why"]


def test_edges_read_back_are_the_edges_written(store: Store) -> None:
    graph = Searcher(store, None).ask("muon pT")
    assert set(subgraph_of_json(graph.to_json()).edges) == set(graph.edges)


@pytest.mark.parametrize("question", [*QUESTIONS, "muon\x00pt", "🙂 muon", "1 OR 1=1; DROP"])
def test_an_answer_read_back_is_the_answer(store: Store, tmp_path: Path, question: str) -> None:
    graph = Searcher(store, None).ask(question)
    path = tmp_path / "answer.json"
    path.write_text(json.dumps(graph.to_json()))
    read = read_subgraph(path)
    assert read.to_json() == graph.to_json()
    assert (read.cuts, read.scores, read.why) == (graph.cuts, graph.scores, graph.why)
    assert [made.id for made in read.found()] == list(graph.cuts)


def test_an_answer_to_a_question_with_a_broken_character_is_read_back(store: Store, tmp_path: Path) -> None:
    """A shell gives what is not UTF-8 as lone surrogates: $'muon pT \\xe9'."""
    path = tmp_path / "answer.json"
    path.write_text(json.dumps(Searcher(store, None).ask("muon pT \udce9").to_json()))
    read_subgraph(path)


def test_equal_requirements_of_several_papers_are_one_group() -> None:
    first, same = cut("a", "muon", "pt", ">", 20.0, "GeV"), cut("b", "muon", "pt", ">", 20_000.0, "MeV")
    other = cut("c", "muon", "pt", ">", 25.0, "GeV")
    groups = grouped([first, other, same])
    assert [group.cuts for group in groups] == [(first, same), (other,)]
    assert groups[0].papers == ("a", "b")


def test_upper_and_lower_thresholds_and_other_objects_spread_apart() -> None:
    made = spreads(
        [
            cut("a", "muon", "pt", ">", 20.0, "GeV"),
            cut("b", "muon", "pt", ">", 25_000.0, "MeV"),
            cut("c", "muon", "pt", ">", 20.0, "GeV"),
            cut("c", "muon", "pt", "<", 90.0, "GeV"),
            cut("c", "electron", "pt", ">", 7.0, "GeV"),
            cut("c", "muon", "identification", "is", "Tight"),
        ]
    )
    (spread,) = made
    assert (spread.object, spread.variable, spread.direction, spread.unit) == ("muon", "pt", "lower", "GeV")
    assert spread.values == ((20.0, ("a", "c")), (25.0, ("b",)))
