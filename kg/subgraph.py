"""A chosen part of the graph: what a question found and what hangs together with it, to be shown, saved and compiled.

The JSON form: `{"format": "cutgraph-subgraph", "version": 1, "question", "cuts", "nodes", "edges", "scores", "why"}`.
`cuts` are the ids of the cuts that were found, best first; `nodes` and `edges` have the form of `kg export`, with all
nodes that the edges and cuts name; `scores` and `why` are by node id.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kg.errors import InvalidRecord, KgError
from kg.export.graph import Graph
from kg.records import Cut, Edge, Json, Paper, Passage
from kg.store.lines import NODE_KINDS, check_values, edge_json, edge_of_json, node_of_json
from kg.store.rows import frozen

FORMAT, VERSION = "cutgraph-subgraph", 1

_DERIVED_KINDS = ("Object", "Variable", "Branch")


class InvalidSubgraph(KgError):
    """A file that should hold a subgraph and does not."""


@dataclass(frozen=True)
class Subgraph:
    """Cuts, by their ids in the order of their scores, with the nodes and edges that belong to them."""

    cuts: tuple[str, ...]
    nodes: Mapping[str, Mapping[str, Json]]
    edges: tuple[Edge, ...] = ()
    scores: Mapping[str, float] = field(default_factory=dict)
    why: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    question: Mapping[str, Json] = field(default_factory=dict)

    def to_json(self) -> dict[str, Json]:
        """The form in the head of this file, nodes and edges in the order of an export."""
        return {
            "format": FORMAT,
            "version": VERSION,
            "question": dict(self.question),
            "cuts": list(self.cuts),
            "nodes": [dict(self.nodes[name]) for name in self._ordered()],
            "edges": [edge_json(edge) for edge in self.edges],
            "scores": {name: self.scores[name] for name in sorted(self.scores)},
            "why": {name: list(self.why[name]) for name in sorted(self.why)},
        }

    def graph(self) -> Graph:
        """Nodes and edges as the exports take them, each node with its score and why it is there."""
        nodes: dict[str, Mapping[str, Json]] = {
            name: {**self.nodes[name], "score": self.scores.get(name, ""), "why": "; ".join(self.why.get(name, ()))}
            for name in self._ordered()
        }
        return Graph(nodes, tuple(edge_json(edge) for edge in self.edges))

    def records(self, kind: type[Cut] | type[Paper] | type[Passage]) -> Iterator[Cut | Paper | Passage]:
        """The nodes of that kind as records, by id."""
        for name in self._ordered():
            if self.nodes[name]["kind"] == kind.__name__:
                record = node_of_json(self.nodes[name])
                assert isinstance(record, kind)
                yield record

    def found(self) -> list[Cut]:
        """The cuts that were found, best first."""
        by_id = {cut.id: cut for cut in self.records(Cut) if isinstance(cut, Cut)}
        return [by_id[name] for name in self.cuts]

    def _ordered(self) -> list[str]:
        return sorted(self.nodes, key=lambda name: (NODE_KINDS.index(self.nodes[name]["kind"]), name))


def subgraph_of_json(data: Json, where: str = "") -> Subgraph:
    """The inverse of `Subgraph.to_json`, every record checked; raises `InvalidSubgraph`."""
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise InvalidSubgraph(
            "no subgraph", where=where, why=f'`kg query … -o FILE.json` writes one ("format": "{FORMAT}")'
        )
    if data.get("version") != VERSION:
        why = f"it is of version {data.get('version')!r}, and this CutGraph reads version {VERSION}"
        raise InvalidSubgraph("a subgraph that cannot be read", where=where, why=why)
    try:
        check_values(data)
        if not all(isinstance(data.get(name, {}), dict) for name in ("question", "scores", "why")):
            raise TypeError("question, scores and why are objects")
        nodes: dict[str, Json] = {}
        for line in data["nodes"]:
            if line["kind"] not in NODE_KINDS:
                raise InvalidRecord(f"no record kind {line['kind']!r}", nearest=NODE_KINDS)
            if line["kind"] in _DERIVED_KINDS:
                _check_derived(line)
            else:
                node_of_json(line)
            if line["id"] in nodes:
                raise InvalidRecord(f"{line['id']} twice")
            nodes[str(line["id"])] = line
        edges = tuple(_edge(line) for line in data["edges"])
        cuts = tuple(str(name) for name in data["cuts"])
        scores = {str(name): float(score) for name, score in data.get("scores", {}).items()}
        reasons = {str(name): tuple(map(str, said)) for name, said in data.get("why", {}).items()}
    except InvalidRecord as error:
        raise InvalidSubgraph(error.what, where=where, why=error.why, nearest=error.nearest) from error
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise InvalidSubgraph("a damaged subgraph", where=where, why=f"{type(error).__name__}: {error}") from error
    if len(set(cuts)) < len(cuts):
        raise InvalidSubgraph("a cut twice", where=where, why="each is found once")
    if lost := [name for name in cuts if name not in nodes or nodes[name]["kind"] != "Cut"]:
        raise InvalidSubgraph(f"no node {lost[0]}", where=where, why="it is listed among the cuts")
    ends = {end for made in edges for end in (made.source, made.target)}
    if loose := sorted((ends | set(scores) | set(reasons)) - set(nodes)):
        raise InvalidSubgraph(f"no node {loose[0]}", where=where, why="an edge, a score or a reason is about it")
    return Subgraph(cuts, nodes, edges, scores, reasons, data.get("question", {}))


def _check_derived(line: Mapping[str, Json]) -> None:
    """Raise `InvalidRecord` for an Object, Variable or Branch whose id and names disagree or are no texts."""
    if line["kind"] == "Branch":
        texts = [line[name] for name in ("container", "attribute", "unit", "meaning", "use")]
        expected = f"branch:{line['container']}.{line['attribute']}".rstrip(".")
    else:
        texts = [line["name"]]
        expected = f"{line['kind'].lower()}:{line['name']}"
    if not all(isinstance(text, str) for text in texts) or line["id"] != expected:
        raise InvalidRecord(f"{line['kind']} {line['id']}", why="its id and what it says of itself disagree")


def _edge(line: Mapping[str, Json]) -> Edge:
    """The edge of a line, its lists frozen as those of edges in a store are."""
    made = edge_of_json(line)
    return Edge(made.source, made.relation, made.target, tuple((name, frozen(v)) for name, v in made.properties))


def read_subgraph(path: Path) -> Subgraph:
    """The subgraph in a file that `kg query -o` wrote; raises `InvalidSubgraph`."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise InvalidSubgraph("no subgraph can be read", where=str(path), why=str(error)) from error
    return subgraph_of_json(data, str(path))


__all__ = ["FORMAT", "VERSION", "InvalidSubgraph", "Subgraph", "read_subgraph", "subgraph_of_json"]
