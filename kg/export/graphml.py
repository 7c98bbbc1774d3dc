"""The graph as GraphML, through networkx: for Gephi, yEd, Cytoscape, and networkx itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from tempfile import TemporaryFile

import networkx as nx

from kg.export.graph import Graph
from kg.records import Json, canonical_json, content_id

# what XML 1.0 cannot hold
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def graphml(graph: Graph) -> Iterator[bytes]:
    """The lines of a GraphML file in UTF-8; the same graph gives the same lines.

    Node ids are ours; every property is a string, what is none as JSON text. An edge's id is its content hash.
    """
    with TemporaryFile() as file:
        # with lxml networkx writes piece by piece; `generate_graphml` would hold the whole document twice over
        nx.write_graphml_lxml(networkx_graph(graph), file)
        file.seek(0)
        yield from file


def networkx_graph(graph: Graph) -> nx.MultiDiGraph[str]:
    """The graph as networkx has it: nodes with `kind`, edges with `relation`, all properties strings."""
    made: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node_id, line in graph.nodes.items():
        made.add_node(_text(node_id))
        made.nodes[_text(node_id)].update(_strings({k: v for k, v in line.items() if k != "id"}))
    for line in graph.edges:
        source, relation, target = line["source"], line["relation"], line["target"]
        if source in graph.nodes and target in graph.nodes:
            key = content_id("edge", source, relation, target, line["properties"])
            properties = _strings(line["properties"]) | {"relation": relation}
            made.add_edge(_text(source), _text(target), key)
            # not as arguments: a property may be called "key"
            made.edges[_text(source), _text(target), key].update(sorted(properties.items()))
    return made


def _strings(properties: Mapping[str, Json]) -> dict[str, str]:
    """The properties that say something, as text, sorted by name."""
    return {
        name: _text(value if isinstance(value, str) else canonical_json(value))
        for name, value in sorted(properties.items())
        if value not in (None, "", [])
    }


def _text(value: str) -> str:
    return _NO_XML.sub("\ufffd", value)


__all__ = ["graphml", "networkx_graph"]
