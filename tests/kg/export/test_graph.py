"""The graph in other forms: whole, of one paper, and read back by the programs the forms are meant for."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import networkx as nx
import pytest

from kg.errors import NotInStore
from kg.export.graph import graph_of, paper_graph, paper_lines
from kg.export.graphml import graphml
from kg.export.prov import CONTEXT, prov_jsonld
from kg.listing import cut_rows
from kg.records import Reference, Review, edge
from kg.store.base import Store
from kg.store.sqlite import SqliteStore
from tests.kg.readings import cut, reading

HIGGS, MUONS = "1806.00242", "1603.05598"
PT = cut(HIGGS, "muon", "pt", ">", 5.0, "GeV")
WINDOW = cut(HIGGS, "dilepton", "mass", "in", (50.0, 106.0), "GeV", applies_when="leading pair")
EARLIER = cut(MUONS, "muon", "pt", ">", 4.0, "GeV")
HOSTILE = 'Muons <& "é" \u0001 \U0001d6c8 ]]>'


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Two papers, one of which cites and overrides the other, a paper only cited, and a review."""
    made = reading(
        HIGGS,
        [PT, WINDOW],
        references=[Reference("1", 1, arxiv_id=MUONS, title=HOSTILE), Reference("2", 2, doi="10.1007/X")],
        details=[(MUONS, ("muon",), ())],
    )
    lineage = edge(PT.id, "OVERRIDES", EARLIER.id)
    with SqliteStore(tmp_path / "graph.sqlite") as opened:
        opened.commit(replace(made, edges=(*made.edges, lineage)))
        earlier = reading(MUONS, [EARLIER])
        opened.commit(replace(earlier, paper=replace(earlier.paper, edition="restatement", title=HOSTILE)))
        opened.add_review(Review(PT.id, "approve", "Ada Lovelace", "2026-11-21T12:00:00Z", "seen on page 3"))
        yield opened


def test_the_lines_of_one_paper_make_a_store_that_has_that_paper(store: Store, tmp_path: Path) -> None:
    lines = [json.loads(json.dumps(line)) for line in paper_lines(store, HIGGS)]
    whole = [json.dumps(line, sort_keys=True) for line in store.dump()]
    unread = {MUONS}  # known here from the reference alone
    assert all(json.dumps(line, sort_keys=True) in whole for line in lines if line.get("id") not in unread)
    with SqliteStore(tmp_path / "alone.sqlite") as alone:
        alone.load(lines)
        assert alone.reading_key(HIGGS) == store.reading_key(HIGGS)
        assert alone.set_aside(HIGGS) == store.set_aside(HIGGS)
        assert alone.reviews() == store.reviews()
        mine, theirs = cut_rows(alone, alone.cuts(HIGGS)), cut_rows(store, store.cuts(HIGGS))
        assert [r | {"lineage": []} for r in mine] == [r | {"lineage": []} for r in theirs]
        assert alone.paper(MUONS).edition == "unread"


def test_a_paper_that_was_not_read_has_no_lines(store: Store) -> None:
    with pytest.raises(NotInStore, match="was not read"):
        paper_lines(store, "doi:10.1007/x")


def test_one_papers_graph_reaches_the_cuts_that_lineage_ties_to_it(store: Store) -> None:
    for paper in (HIGGS, MUONS):
        graph = paper_graph(store, paper)
        assert {PT.id, EARLIER.id} <= set(graph.nodes)
        assert graph.nodes[MUONS]["edition"] == "restatement"
        assert [e["relation"] for e in graph.edges if e["target"] == EARLIER.id and e["source"] == PT.id] == [
            "OVERRIDES"
        ]
    assert WINDOW.id not in paper_graph(store, MUONS).nodes


def test_networkx_reads_the_graphml_back(store: Store, tmp_path: Path) -> None:
    graph = graph_of(store.dump())
    path = tmp_path / "graph.graphml"
    path.write_bytes(b"".join(graphml(graph)))
    read = nx.read_graphml(path, force_multigraph=True)
    assert set(read.nodes) == set(graph.nodes)
    assert read.nodes[PT.id]["kind"] == "Cut"
    assert (read.nodes[PT.id]["value"], read.nodes[WINDOW.id]["value"]) == ("5", "[50,106]")
    assert read.nodes[MUONS]["title"] == HOSTILE.replace("\u0001", "\ufffd")
    assert all(isinstance(v, str) for _, attributes in read.nodes(data=True) for v in attributes.values())
    relations = {(s, d["relation"], t) for s, t, d in read.edges(data=True)}
    assert relations == {(e["source"], e["relation"], e["target"]) for e in graph.edges}
    assert read.number_of_edges() == len(graph.edges)


def test_the_same_graph_gives_the_same_bytes(store: Store) -> None:
    for graph in (graph_of(store.dump()), paper_graph(store, HIGGS)):
        again = graph_of([*graph.nodes.values(), *graph.edges])
        assert list(graphml(graph)) == list(graphml(again))
        assert json.dumps(prov_jsonld(graph)) == json.dumps(prov_jsonld(again))


# https://www.w3.org/TR/prov-o/: the classes and properties of PROV-O, as far as anything of ours could use them
PROV_CLASSES = {
    "Entity",
    "Activity",
    "Agent",
    "SoftwareAgent",
    "Person",
    "Organization",
    "Plan",
    "Collection",
    "Bundle",
}
PROV_PROPERTIES = {
    "wasGeneratedBy", "wasDerivedFrom", "wasAttributedTo", "startedAtTime", "used", "wasInformedBy", "endedAtTime",
    "wasAssociatedWith", "actedOnBehalfOf", "alternateOf", "specializationOf", "generatedAtTime", "hadPrimarySource",
    "value", "wasQuotedFrom", "wasRevisionOf", "invalidatedAtTime", "wasInvalidatedBy", "hadMember", "wasStartedBy",
    "wasEndedBy", "atLocation", "wasInfluencedBy", "influenced", "qualifiedDerivation", "hadPlan",
}  # fmt: skip


def test_provenance_uses_the_terms_of_prov_o_alone_and_its_context_is_inline(store: Store) -> None:
    document = prov_jsonld(graph_of(store.dump()))
    assert document["@context"] == dict(CONTEXT)
    assert all(isinstance(v, str) for v in document["@context"].values()), "nothing to fetch"
    for node in document["@graph"]:
        assert {t.removeprefix("prov:") for t in node["@type"] if t.startswith("prov:")} <= PROV_CLASSES
        assert {t.removeprefix("prov:") for t in node if t.startswith("prov:")} <= PROV_PROPERTIES
    assert [node["@id"] for node in document["@graph"]] == sorted(node["@id"] for node in document["@graph"])


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
def test_an_rdf_library_follows_a_cut_to_its_sentence_its_paper_and_its_reader(store: Store) -> None:
    rdflib = pytest.importorskip("rdflib", reason="rdflib, a development dependency, is not installed")
    prov = rdflib.Namespace("http://www.w3.org/ns/prov#")
    terms = rdflib.Namespace("urn:cutgraph:terms:")
    triples = rdflib.Graph()
    triples.parse(data=json.dumps(prov_jsonld(graph_of(store.dump()))), format="json-ld")
    subject = rdflib.URIRef(f"urn:cutgraph:{PT.id}")
    higgs = rdflib.URIRef("https://arxiv.org/abs/1806.00242")
    [passage] = triples.objects(subject, prov.wasDerivedFrom)
    assert str(triples.value(passage, prov.value)) == "muon pt > 5.0 GeV"
    assert triples.value(passage, prov.wasQuotedFrom) == higgs
    assert triples.value(subject, prov.hadPrimarySource) == higgs
    reading_of_it = triples.value(subject, prov.wasGeneratedBy)
    assert (reading_of_it, prov.used, higgs) in triples
    agent = triples.value(subject, prov.wasAttributedTo)
    assert (reading_of_it, prov.wasAssociatedWith, agent) in triples
    assert (agent, rdflib.RDF.type, prov.SoftwareAgent) in triples
    assert (subject, terms.overrides, rdflib.URIRef(f"urn:cutgraph:{EARLIER.id}")) in triples
    [review] = triples.subjects(prov.used, subject)
    assert triples.value(review, prov.endedAtTime).datatype == rdflib.XSD.dateTime
    assert (triples.value(review, prov.wasAssociatedWith), rdflib.RDF.type, prov.Person) in triples
    ends = triples.value(rdflib.URIRef(f"urn:cutgraph:{WINDOW.id}"), terms.value)
    assert [n.toPython() for n in triples.items(ends)] == [50, 106]


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
def test_a_restatement_is_never_passed_off_as_the_paper(store: Store) -> None:
    document = prov_jsonld(graph_of(store.dump()))
    by_id = {node["@id"]: node for node in document["@graph"]}
    restatement = by_id[f"urn:cutgraph:restatement:{MUONS}"]
    assert restatement["cg:restates"] == {"@id": f"https://arxiv.org/abs/{MUONS}"}
    assert by_id[f"urn:cutgraph:{EARLIER.id}"]["prov:hadPrimarySource"] == {"@id": restatement["@id"]}
    assert f"https://arxiv.org/abs/{MUONS}" not in by_id
