"""What a store asks of a reading before it takes it: that it speaks of its own paper only and contradicts nothing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from kg.errors import InvalidRecord
from kg.records import Activity, Cut, Edge, Passage, Reading, SetAside

DERIVED = frozenset({"CITES", "STATES", "ON", "OF"})
"""Relations that follow from the references and cuts of a reading."""

LINEAGE = frozenset({"SAME_AS", "REFINES", "OVERRIDES", "CONTRADICTS"})
"""Relations between cuts of different papers."""

TO_PAPER = frozenset({"CITES", "REFERS_TO", "DEFERS_TO"})
"""Relations whose target is a paper, read or not."""

Node = TypeVar("Node", Cut, Passage, SetAside)


def checked(reading: Reading) -> Reading:
    """The reading with what it says twice said once; raises `InvalidRecord` where it contradicts itself."""
    where = f"the reading of {reading.paper.id}"
    if reading.paper.edition == "unread":
        raise InvalidRecord("a reading of an unread paper", where=where, why="its edition says what was read")
    if not reading.paper.id or not reading.key:
        raise InvalidRecord("a reading without a paper id or key", where=where)
    passages = _once(reading.passages, reading.paper.id, where)
    cuts = _once(reading.cuts, reading.paper.id, where)
    set_aside = _once(reading.set_aside, reading.paper.id, where)
    edges = tuple({edge.id: edge for edge in reading.edges}.values())
    own = {reading.paper.id, *(p.id for p in passages), *(c.id for c in cuts)}
    for edge in edges:
        _check_edge(edge, own, reading.activity, where)
    return Reading(reading.paper, reading.key, reading.activity, reading.references, passages, cuts, edges, set_aside)


def _once(nodes: Iterable[Node], paper_id: str, where: str) -> tuple[Node, ...]:
    found: dict[str, Node] = {}
    for node in nodes:
        if node.paper != paper_id:
            raise InvalidRecord(f"{node.id} of paper {node.paper}", where=where, why="it belongs to another paper")
        if found.setdefault(node.id, node) != node:
            raise InvalidRecord(f"{node.id} twice", where=where, why="the two differ in more than their identity")
    return tuple(found.values())


def _check_edge(edge: Edge, own: set[str], activity: Activity, where: str) -> None:
    def reject(why: str) -> InvalidRecord:
        return InvalidRecord(f"the edge {edge.source} {edge.relation} {edge.target}", where=where, why=why)

    if edge.relation in DERIVED:
        raise reject("this relation follows from the references and cuts and is not given")
    if edge.source not in own:
        raise reject("it starts at no passage or cut of this paper")
    if edge.relation == "QUOTED_FROM" and edge.target not in own:
        raise reject("the passage is not in the reading")
    if edge.relation == "WAS_GENERATED_BY" and edge.target != activity.id:
        raise reject(f"the reading's activity is {activity.id}")
    if edge.relation in LINEAGE and not edge.target.startswith("cut:"):
        raise reject("lineage goes from cut to cut")
    if not edge.target:
        raise reject("it ends nowhere")


__all__ = ["DERIVED", "LINEAGE", "TO_PAPER", "checked"]
