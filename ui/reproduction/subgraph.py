"""The effective selection of a paper as a subgraph: its cuts, their sentences and papers, what ties them together."""

from __future__ import annotations

from collections.abc import Sequence

from kg.effective import EffectiveCut
from kg.records import Edge, Json
from kg.store.base import Store
from kg.store.lines import node_json
from kg.store.rows import edge_order
from kg.subgraph import Subgraph

_AMONG = ("CITES", "STATES", "ON", "OF", "QUOTED_FROM", "SAME_AS", "REFINES", "OVERRIDES", "CONTRADICTS")


def subgraph_of(store: Store, paper_id: str, selection: Sequence[EffectiveCut]) -> Subgraph:
    """The subgraph, its cuts in the order of the selection; the same graph gives the same subgraph."""
    cuts = [found.cut for found in selection]
    nodes: dict[str, dict[str, Json]] = {cut.id: node_json(cut) for cut in cuts}
    why: dict[str, tuple[str, ...]] = {}
    for found in selection:
        chain = f"inherited through {', '.join(found.via)}" if found.via else "the paper's own"
        why[found.cut.id] = (chain,)
    for cut in cuts:
        for kind, name in (("Object", cut.object), ("Variable", cut.variable)):
            node = f"{kind.lower()}:{name}"
            nodes[node] = {"kind": kind, "id": node, "name": name}
    passages = {p.id: p for quoted in store.passages([cut.id for cut in cuts]).values() for p, _ in quoted}
    papers = sorted({paper_id, *(cut.paper for cut in cuts), *(name for found in selection for name in found.via)})
    sent: list[Edge] = []
    for name in papers:
        nodes[name] = node_json(store.paper(name))
        for passage, edge in store.referrals(name):
            # sentences that send the reader on are part of the selection; other citations of the paper are not
            if edge.target in papers and edge.get("kind") == "details":
                passages[passage.id] = passage
                sent.append(edge)
    nodes |= {name: node_json(passage) for name, passage in passages.items()}
    sent += store.edges(source=[cut.id for cut in cuts], relation="DEFERS_TO", target=papers)
    among = store.edges(source=[*(cut.id for cut in cuts), *papers], relation=_AMONG, target=list(nodes))
    edges = tuple(sorted({*among, *sent}, key=edge_order))
    return Subgraph(tuple(cut.id for cut in cuts), nodes, edges, why=why, question={"effective": paper_id})


__all__ = ["subgraph_of"]
