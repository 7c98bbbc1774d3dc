"""The lines of one paper, and a graph as nodes and edges: what the other exports are made from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from heapq import merge

from kg.branches import branch_nodes, measured_by
from kg.errors import NotInStore
from kg.records import Json, Record
from kg.store.base import Store
from kg.store.checks import LINEAGE, TO_PAPER
from kg.store.identity import cited_reference, unread_paper
from kg.store.lines import NODE_KINDS, edge_json, node_json
from kg.store.rows import edge_order

Line = Mapping[str, Json]


@dataclass(frozen=True)
class Graph:
    """Nodes by id, each as its line of an export, and edges in the export's order."""

    nodes: dict[str, Line]
    edges: tuple[Line, ...]


def graph_of(lines: Iterable[Line]) -> Graph:
    """The graph that the lines of an export describe."""
    nodes: dict[str, Line] = {}
    edges: list[Line] = []
    for line in lines:
        if line["kind"] == "Edge":
            edges.append(line)
        else:
            nodes[line["id"]] = line
    return Graph(nodes, tuple(edges))


def paper_lines(store: Store, paper_id: str) -> list[Line]:
    """What the reading of one paper gave, in the form and order of `Store.dump`; a store can load it by itself.

    Papers that it cites stand as they are known from its own references, and lineage ends at cuts of other papers
    that are not among the lines. Raises `NotInStore` for a paper that was not read.
    """
    paper = store.paper(paper_id)
    if paper.edition == "unread":
        raise NotInStore(f"{paper.id} was not read", why="papers in the store cite it, but nothing is known of it")
    cuts = store.cuts(paper.id)
    quoted = store.passages([cut.id for cut in cuts])
    passages = {p.id: p for found in quoted.values() for p, _ in found}
    passages |= {p.id: p for p, _ in store.referrals(paper.id)}
    cut_ids = {cut.id for cut in cuts}
    reviews = [review for cut in cuts for review in store.reviews(cut.id)]
    edges = store.edges(source=[paper.id, *sorted(passages), *sorted(cut_ids), *(review.id for review in reviews)])
    records: list[Record] = [paper, *passages.values(), *cuts, *store.set_aside(paper.id), *reviews]
    records += [store.activity(e.target) for e in edges if e.relation == "WAS_GENERATED_BY" and e.source == paper.id]
    for target in {e.target for e in edges if e.relation in TO_PAPER} - {paper.id}:
        citing = [cited_reference(e) for e in edges if e.relation == "CITES" and e.target == target]
        records.append(unread_paper(target, citing))
    lines: dict[tuple[int, str], Line] = {}
    for record in records:
        lines[NODE_KINDS.index(type(record).__name__), record.id] = node_json(record)
    for kind, names in (("Object", {c.object for c in cuts}), ("Variable", {c.variable for c in cuts})):
        for name in names:
            node_id = f"{kind.lower()}:{name}"
            lines[NODE_KINDS.index(kind), node_id] = {"kind": kind, "id": node_id, "name": name}
    measured = measured_by(sorted({c.variable for c in cuts}))
    for branch in branch_nodes(measured):
        lines[NODE_KINDS.index("Branch"), branch.id] = branch.to_json()
    return [line for _, line in sorted(lines.items())] + [edge_json(e) for e in merge(edges, measured, key=edge_order)]


def paper_graph(store: Store, paper_id: str) -> Graph:
    """One paper's part of the graph: its own nodes, the papers it cites as the store knows them, and the cuts
    of other papers that lineage ties to its own, whichever way the edge goes."""
    own = graph_of(paper_lines(store, paper_id))
    nodes, edges = dict(own.nodes), list(own.edges)
    cuts = [node_id for node_id, line in own.nodes.items() if line["kind"] == "Cut"]
    edges += [edge_json(e) for e in store.edges(relation=sorted(LINEAGE), target=cuts) if e.source not in own.nodes]
    for line in edges:
        for end in (line["source"], line["target"]):
            if end.startswith("cut:") and end not in nodes:
                try:
                    cut = store.cut(end)
                except NotInStore:
                    continue  # its paper was read again since and does not state it any more
                nodes[end] = node_json(cut)
                nodes[cut.paper] = node_json(store.paper(cut.paper))
    for node_id, line in own.nodes.items():
        if line["kind"] == "Paper" and node_id != paper_id:
            nodes[node_id] = node_json(store.paper(node_id))
    kept = [e for e in edges if e["source"] in nodes and e["target"] in nodes]
    return Graph(
        dict(sorted(nodes.items(), key=lambda item: (NODE_KINDS.index(item[1]["kind"]), item[0]))),
        tuple(sorted(kept, key=lambda e: (e["source"], e["relation"], e["target"], str(e["properties"])))),
    )


__all__ = ["Graph", "Line", "graph_of", "paper_graph", "paper_lines"]
