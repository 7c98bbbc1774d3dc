"""Subgraphs in files: written, read back, and refused where they are damaged or hostile."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.branches import branch_nodes, measured_by
from kg.export.graphml import graphml
from kg.records import Cut, Paper, edge
from kg.store.lines import node_json
from kg.subgraph import FORMAT, InvalidSubgraph, Subgraph, read_subgraph, subgraph_of_json
from tests.kg.readings import cut, reading

PAPER = "2001.00001"
PT, WINDOW = cut(PAPER, "muon", "pt", ">", 20.0, "GeV"), cut(PAPER, "dilepton", "mass", "in", (50.0, 106.0), "GeV")
MADE = reading(PAPER, [PT, WINDOW])


def made() -> Subgraph:
    cuts = {one.id: one for one in MADE.cuts}
    measured = measured_by({"pt"}, {"AnalysisMuonsAuxDyn.pt"})
    nodes: dict[str, Any] = {record.id: node_json(record) for record in (MADE.paper, *MADE.passages, *MADE.cuts)}
    nodes |= {node.id: node.to_json() for node in branch_nodes(measured)}
    nodes |= {"object:muon": {"kind": "Object", "id": "object:muon", "name": "muon"}}
    nodes |= {"variable:pt": {"kind": "Variable", "id": "variable:pt", "name": "pt"}}
    edges = [edge(PAPER, "STATES", name) for name in cuts] + [e for e in MADE.edges if e.relation == "QUOTED_FROM"]
    edges += [edge(PT_ID, "ON", "object:muon"), *measured]
    scores = dict.fromkeys(cuts, 0.9)
    why = dict.fromkeys(cuts, ("is what is asked in object",))
    return Subgraph(tuple(cuts), nodes, tuple(edges), scores, why, {"text": "muons", "total": 2})


PT_ID = MADE.cuts[0].id
WHOLE: dict[str, Any] = json.loads(json.dumps(made().to_json()))


def test_a_file_read_back_says_the_same(tmp_path: Path) -> None:
    path = tmp_path / "muons.json"
    path.write_text(json.dumps(made().to_json()))
    read = read_subgraph(path)
    assert read.to_json() == made().to_json()
    assert read.found() == list(MADE.cuts)
    assert list(read.records(Paper)) == [MADE.paper]
    assert {one.id for one in read.records(Cut)} == set(read.cuts)


def test_the_form_is_that_of_the_head_of_the_file() -> None:
    assert WHOLE["format"] == FORMAT
    assert WHOLE["version"] == 1
    assert set(WHOLE) == {"format", "version", "question", "cuts", "nodes", "edges", "scores", "why"}
    assert [node["kind"] for node in WHOLE["nodes"]][:1] == ["Paper"]


def test_fields_that_another_program_adds_do_no_harm() -> None:
    """What `kg query --format json` prints has rows and groups besides."""
    assert subgraph_of_json(WHOLE | {"rows": [], "groups": [{}]}).to_json() == WHOLE


def test_networkx_reads_its_graphml(tmp_path: Path) -> None:
    path = tmp_path / "muons.graphml"
    path.write_bytes(b"".join(graphml(made().graph())))
    read = nx.read_graphml(path, force_multigraph=True)
    assert set(read.nodes) == set(made().nodes)
    assert read.nodes[PT_ID]["score"] == "0.9"
    assert read.nodes[PT_ID]["why"] == "is what is asked in object"


def changed(**more: object) -> dict[str, Any]:
    return copy.deepcopy(WHOLE) | more


def node_changed(kind: str, **more: object) -> dict[str, Any]:
    data = copy.deepcopy(WHOLE)
    for node in data["nodes"]:
        if node["kind"] == kind:
            node |= more
            break
    return data


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ([], "no subgraph"),
        (None, "no subgraph"),
        ("muons", "no subgraph"),
        ({}, "kg query"),
        (changed(format="graph"), "no subgraph"),
        (changed(version=2), "version 2"),
        (changed(version="1"), "version '1'"),
        (changed(cuts=["cut:0000000000000000"]), "cut:0000000000000000"),
        (changed(cuts=[PAPER]), "listed among the cuts"),
        (changed(cuts=5), ""),
        (changed(nodes=5), ""),
        (changed(nodes=[5]), ""),
        (changed(nodes=[{}]), ""),
        (changed(nodes=[{"kind": "Paper"}]), ""),
        (changed(edges=5), ""),
        (changed(edges=[5]), ""),
        (changed(edges=[{"kind": "Edge"}]), ""),
        (changed(scores={PT_ID: "much"}), ""),
        (changed(scores={PT_ID: float("nan")}), ""),
        (changed(scores=5), ""),
        (changed(question=[1]), ""),
        (changed(question=None), ""),
        (
            changed(edges=[{"kind": "Edge", "source": PAPER, "relation": "OWNS", "target": PT_ID, "properties": {}}]),
            "OWNS",
        ),
        (changed(why={PT_ID: 5}), ""),
        (changed(why=5), ""),
        (changed(nodes=[{"kind": "Planet", "id": "earth"}, *WHOLE["nodes"]]), "Planet"),
        (node_changed("Cut", value=21), ""),
        (node_changed("Cut", value=float("inf")), ""),
        (node_changed("Cut", id="cut:0123456789abcdef"), ""),
        (node_changed("Cut", op="≈"), ""),
        (node_changed("Cut", surprise=1), ""),
        (node_changed("Cut", unit=None), ""),
        (node_changed("Passage", quote="Muons must have p_T > 1 GeV."), ""),
        (node_changed("Paper", title=["x"]), ""),
        (node_changed("Paper", title="\ud800"), ""),
    ],
)
def test_what_is_damaged_or_forged_is_refused(data: object, says: str) -> None:
    with pytest.raises(InvalidSubgraph) as refused:
        subgraph_of_json(data, "muons.json")
    assert says in str(refused.value)


@pytest.mark.parametrize(
    "data",
    [
        changed(edges=[{"kind": "Edge", "source": "x", "relation": "STATES", "target": "y", "properties": {}}]),
        changed(scores={"cut:0000000000000000": 1.0}),
        changed(cuts=[PT_ID, PT_ID]),
        changed(nodes=[*WHOLE["nodes"], WHOLE["nodes"][-1]]),
        node_changed("Branch", attribute="eta"),
        node_changed("Branch", unit=5),
        node_changed("Variable", name="eta"),
    ],
    ids=["edge-from-nowhere", "score-of-nothing", "cut-twice", "node-twice", "branch", "branch-unit", "variable"],
)  # fmt: skip
def test_what_does_not_hang_together_is_refused(data: dict[str, Any]) -> None:
    with pytest.raises(InvalidSubgraph):
        subgraph_of_json(data)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"null",
        b"[]",
        b"5",
        b'"x"',
        b"[" * 200_000,
        b'{"format": "cutgraph-subgraph"',
        b"\x00" * 100,
    ],
)
def test_files_that_hold_no_subgraph(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "muons.json"
    path.write_bytes(content)
    with pytest.raises(InvalidSubgraph) as refused:
        read_subgraph(path)
    assert str(path) in str(refused.value)


def test_every_file_cut_short_is_refused(tmp_path: Path) -> None:
    whole = json.dumps(WHOLE).encode()
    path = tmp_path / "muons.json"
    for length in range(0, len(whole) - 1, max(1, len(whole) // 60)):
        path.write_bytes(whole[:length])
        with pytest.raises(InvalidSubgraph):
            read_subgraph(path)


def test_a_file_that_is_not_there_or_is_a_folder(tmp_path: Path) -> None:
    for path in (tmp_path / "none.json", tmp_path):
        with pytest.raises(InvalidSubgraph, match="no subgraph can be read"):
            read_subgraph(path)


json_values = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5), st.just(PT_ID), st.just(PAPER)
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=4), inner, max_size=3)),
    max_leaves=6,
)


@st.composite
def mutations(draw: st.DrawFn) -> Any:
    """The whole file with one to three values somewhere in it exchanged, taken out or doubled."""
    data = copy.deepcopy(WHOLE)
    for _ in range(draw(st.integers(1, 3))):
        at: Any = data
        for _ in range(draw(st.integers(0, 4))):
            keys = list(at) if isinstance(at, dict) else list(range(len(at)))
            inner = [key for key in keys if isinstance(at[key], dict | list)]
            if not inner:
                break
            at = at[draw(st.sampled_from(inner))]
        keys = list(at) if isinstance(at, dict) else list(range(len(at)))
        if not keys:
            continue
        key = draw(st.sampled_from(keys))
        match draw(st.sampled_from(["other", "gone", "twice"])):
            case "other":
                at[key] = draw(json_values)
            case "gone":
                del at[key]
            case "twice" if isinstance(at, list):
                at.append(copy.deepcopy(at[key]))
    return data


@settings(max_examples=150, deadline=None)
@given(mutations())
def test_any_change_gives_a_subgraph_or_a_refusal(data: Any) -> None:
    try:
        read = subgraph_of_json(data)
    except InvalidSubgraph:
        return
    assert [one.id for one in read.found()] == list(read.cuts)
    json.dumps(read.to_json())


@settings(max_examples=60, deadline=None)
@given(json_values)
def test_any_json_is_a_subgraph_or_refused(data: Any) -> None:
    with pytest.raises(InvalidSubgraph):
        subgraph_of_json(data)
