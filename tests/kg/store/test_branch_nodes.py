"""Branches and what they measure in the stored graph: in every export, and taken back by an import."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from kg.errors import InvalidRecord
from kg.export.graph import graph_of, paper_graph, paper_lines
from kg.records import canonical_json
from kg.store.base import Store
from kg.store.lines import NODE_KINDS
from tests.kg.conftest import StoreFactory
from tests.kg.readings import cut, reading

PAPER, OTHER = "2001.00001", "2001.00002"


@pytest.fixture
def filled(store: Store) -> Store:
    """A paper with a muon isolation, another with a variable that no branch measures."""
    store.commit(reading(PAPER, [cut(PAPER, "muon", "ptcone30_over_pt", "<", 0.15)]))
    store.commit(reading(OTHER, [cut(OTHER, "event", "mt2", ">", 100.0, "GeV")]))
    return store


def measured(lines: list[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return [line for line in lines if line["kind"] == "Edge" and line["relation"] == "MEASURED_BY"]


def test_an_export_has_the_branches_of_its_variables_and_no_others(filled: Store) -> None:
    lines = list(filled.dump())
    branches = {line["id"] for line in lines if line["kind"] == "Branch"}
    assert "branch:AnalysisMuonsAuxDyn.ptcone30" in branches
    assert "branch:AnalysisMuonsAuxDyn.d0" not in branches
    assert {line["source"] for line in measured(lines)} == {"variable:ptcone30_over_pt"}
    assert {line["target"] for line in measured(lines)} == branches


def test_an_export_stays_sorted_nodes_by_kind_then_edges(filled: Store) -> None:
    lines = list(filled.dump())
    nodes = [line for line in lines if line["kind"] != "Edge"]
    edges = [line for line in lines if line["kind"] == "Edge"]
    assert lines == nodes + edges
    assert nodes == sorted(nodes, key=lambda n: (NODE_KINDS.index(n["kind"]), n["id"]))
    key = [(e["source"], e["relation"], e["target"], canonical_json(e["properties"])) for e in edges]
    assert key == sorted(key)


def test_an_import_takes_them_back_and_exports_the_same(filled: Store, open_at: StoreFactory, tmp_path: Path) -> None:
    lines = list(filled.dump())
    (tmp_path / "copy").mkdir()
    with open_at(tmp_path / "copy") as copy:
        copy.load(lines)
        assert list(copy.dump()) == lines


def test_an_export_of_a_version_without_branches_is_taken_too(
    filled: Store, open_at: StoreFactory, tmp_path: Path
) -> None:
    lines = list(filled.dump())
    older = [line for line in lines if line["kind"] != "Branch" and line.get("relation") != "MEASURED_BY"]
    (tmp_path / "copy").mkdir()
    with open_at(tmp_path / "copy") as copy:
        copy.load(older)
        assert list(copy.dump()) == lines


def test_the_part_of_one_paper_has_its_branches(filled: Store) -> None:
    assert measured(list(paper_lines(filled, PAPER)))
    assert not measured(list(paper_lines(filled, OTHER)))
    graph = paper_graph(filled, PAPER)
    assert "branch:AnalysisMuonsAuxDyn.ptcone30" in graph.nodes


def test_no_edge_of_an_export_ends_nowhere(filled: Store) -> None:
    graph = graph_of(filled.dump())
    for edge in graph.edges:
        assert edge["source"] in graph.nodes
        assert edge["target"] in graph.nodes


def line(lines: list[dict[str, Any]], **wanted: str) -> dict[str, Any]:
    return next(entry for entry in lines if all(entry.get(name) == value for name, value in wanted.items()))


@pytest.mark.parametrize(
    ("kind", "change"),
    [
        ({"kind": "Branch"}, {"id": "branch:Other.pt"}),
        ({"kind": "Branch"}, {"attribute": "eta"}),
        ({"kind": "Branch"}, {"container": None}),
        ({"relation": "MEASURED_BY"}, {"source": "object:muon"}),
        ({"relation": "MEASURED_BY"}, {"target": "2001.00001"}),
        ({"relation": "MEASURED_BY"}, {"source": "2001.00001"}),
    ],
)
def test_forged_branches_and_edges_are_refused_and_nothing_changes(
    filled: Store, open_at: StoreFactory, tmp_path: Path, kind: dict[str, str], change: dict[str, Any]
) -> None:
    lines = [dict(entry) for entry in filled.dump()]
    line(lines, **kind).update(change)
    (tmp_path / "copy").mkdir()
    with open_at(tmp_path / "copy") as copy:
        with pytest.raises(InvalidRecord):
            copy.load(lines)
        assert copy.papers() == []


def test_a_branch_that_this_version_does_not_document_does_no_harm(
    filled: Store, open_at: StoreFactory, tmp_path: Path
) -> None:
    """An export of a later CutGraph documents more: its own documentation counts, and the papers are taken."""
    later = {"kind": "Branch", "id": "branch:NewAuxDyn.x", "container": "NewAuxDyn", "attribute": "x", "news": [1]}
    lines = [dict(entry) for entry in filled.dump()]
    at = next(n for n, entry in enumerate(lines) if entry["kind"] == "Branch")
    (tmp_path / "copy").mkdir()
    with open_at(tmp_path / "copy") as copy:
        copy.load([*lines[:at], later, *lines[at:]])
        assert list(copy.dump()) == list(filled.dump())
