"""The provenance of the graph as W3C PROV-O (https://www.w3.org/TR/prov-o/) in JSON-LD, with its context inline.

* Entities: papers; passages, `prov:wasQuotedFrom` their paper; cuts, `prov:wasDerivedFrom` their passages,
  with the paper as `prov:hadPrimarySource`.
* Activities: each reading of a paper, which `prov:used` it and was associated with the reader; each review of a cut.
* Agents: readers are `prov:SoftwareAgent`, reviewers `prov:Person`; a cut is `prov:wasAttributedTo` its reader.

Lineage between cuts: SAME_AS is `prov:alternateOf`, REFINES `prov:specializationOf`, OVERRIDES and CONTRADICTS are
terms of our own. Passages carry the selectors of the W3C Web Annotation vocabulary (https://www.w3.org/TR/annotation-vocab/).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import quote

from kg.errors import InvalidIdentifier
from kg.export.graph import Graph, Line
from kg.identifiers import parse_paper_id
from kg.records import Json

CONTEXT: Mapping[str, Json] = {
    "prov": "http://www.w3.org/ns/prov#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "dcterms": "http://purl.org/dc/terms/",
    "oa": "http://www.w3.org/ns/oa#",
    "cg": "urn:cutgraph:terms:",
}
_LINEAGE = {
    "SAME_AS": "prov:alternateOf",
    "REFINES": "prov:specializationOf",
    "OVERRIDES": "cg:overrides",
    "CONTRADICTS": "cg:contradicts",
}
_BETWEEN = {
    "CITES": "dcterms:references",
    "REFERS_TO": "cg:refersTo",
    "DEFERS_TO": "cg:defersTo",
    "QUOTED_FROM": "prov:wasDerivedFrom",
} | _LINEAGE
_DATE_TIME = re.compile(r"-?\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?")

Node = dict[str, Json]


def prov_jsonld(graph: Graph) -> dict[str, Json]:
    """The JSON-LD document: `@context` and, sorted by `@id`, the nodes of `@graph`."""
    made = {node["@id"]: node for node in _nodes(graph)}
    readings = _readings(graph)
    for line in graph.nodes.values():
        reading = readings.get(line.get("paper", ""))
        if line["kind"] in ("Passage", "Cut") and reading is not None:
            made[iri(line["id"])]["prov:wasGeneratedBy"] = _ref(reading["@id"])
        if line["kind"] == "Cut" and reading is not None:
            made[iri(line["id"])]["prov:wasAttributedTo"] = reading["prov:wasAssociatedWith"]
    for edge in graph.edges:
        source, term = graph.nodes.get(edge["source"]), _BETWEEN.get(edge["relation"])
        if source is not None and term is not None and edge["target"] in graph.nodes:
            targets = made[node_iri(source)].setdefault(term, [])
            targets.append(_ref(node_iri(graph.nodes[edge["target"]])))
    for node in made.values():
        for term in _BETWEEN.values():
            if term in node:
                node[term] = sorted({ref["@id"]: ref for ref in node[term]}.values(), key=lambda ref: ref["@id"])
    made |= {reading["@id"]: reading for reading in readings.values()}
    return {"@context": dict(CONTEXT), "@graph": [node for _, node in sorted(made.items())]}


def iri(record_id: str) -> str:
    """The IRI of a record other than a paper.

    >>> iri("cut:84e4282c3174672c")
    'urn:cutgraph:cut:84e4282c3174672c'
    """
    return f"urn:cutgraph:{quote(record_id, safe=':-._~')}"


def paper_iri(paper_id: str) -> str:
    """The IRI of a paper: where people find it, if its identifier says so.

    >>> paper_iri("1806.00242"), paper_iri("doi:10.1007/jhep03(2018)095")
    ('https://arxiv.org/abs/1806.00242', 'https://doi.org/10.1007/jhep03%282018%29095')
    >>> paper_iri("local:a b:0f")
    'urn:cutgraph:paper:local:a%20b:0f'
    """
    try:
        named = parse_paper_id(paper_id)
    except InvalidIdentifier:
        return iri(f"paper:{paper_id}")
    value = quote(named.value, safe="/-._~")
    match named.scheme:
        case "arxiv":
            return f"https://arxiv.org/abs/{value}"
        case "doi":
            return f"https://doi.org/{value}"
        case "inspire":
            return f"https://inspirehep.net/literature/{value}"
        case _:
            return iri(f"paper:{paper_id}")


def node_iri(line: Line) -> str:
    """The IRI of a node of the graph. A restatement is an entity of its own and never stands for the paper."""
    if line["kind"] != "Paper":
        return iri(line["id"])
    return iri(f"restatement:{line['id']}") if line["edition"] == "restatement" else paper_iri(line["id"])


def _nodes(graph: Graph) -> Iterator[Node]:
    for line in graph.nodes.values():
        match line["kind"]:
            case "Paper":
                yield _paper(line)
            case "Passage":
                yield _passage(line, node_iri(graph.nodes[line["paper"]]))
            case "Cut":
                yield _cut(line, node_iri(graph.nodes[line["paper"]]))
            case "Activity":
                yield _reader(line)
            case "Review":
                yield from _review(line)


def _paper(line: Line) -> Node:
    return _node(
        node_iri(line),
        ["prov:Entity", "cg:Paper"],
        {"rdfs:label": line["title"], "dcterms:identifier": line["id"], "cg:edition": line["edition"]}
        | {f"cg:{name}": line[name] for name in ("version", "sha256", "source")}
        | ({"cg:restates": _ref(paper_iri(line["id"]))} if line["edition"] == "restatement" else {}),
    )


def _passage(line: Line, paper: str) -> Node:
    selectors = [
        {"@type": "oa:TextPositionSelector", "oa:start": line["start"], "oa:end": line["end"]},
        _without_empty(
            {
                "@type": "oa:TextQuoteSelector",
                "oa:exact": line["quote"],
                "oa:prefix": line["prefix"],
                "oa:suffix": line["suffix"],
            }
        ),
    ]
    return _node(
        iri(line["id"]),
        ["prov:Entity", "cg:Passage"],
        {
            "prov:value": line["quote"],
            "prov:wasQuotedFrom": _ref(paper),
            "cg:section": line["section"],
            "cg:page": line["page"],
            "oa:hasSelector": selectors,
        },
    )


def _cut(line: Line, paper: str) -> Node:
    value = line["value"]
    fields = ("object", "variable", "op", "unit", "applies_when", "veto", "status", "reason")
    return _node(
        iri(line["id"]),
        ["prov:Entity", "cg:Cut"],
        {f"cg:{name}": line[name] for name in fields}
        | {"cg:value": {"@list": value} if isinstance(value, list) else value}
        | {"prov:hadPrimarySource": _ref(paper)},
    )


def _reader(line: Line) -> Node:
    settings = "; ".join(f"{name}={value}" for name, value in line["settings"])
    return _node(
        iri(line["id"]),
        ["prov:Agent", "prov:SoftwareAgent"],
        {"rdfs:label": f"{line['reader']} reader {line['version']}", "cg:version": line["version"]}
        | {"cg:settings": settings},
    )


def _review(line: Line) -> Iterator[Node]:
    reviewer = iri(f"reviewer:{line['reviewer']}")
    yield _node(reviewer, ["prov:Agent", "prov:Person"], {"rdfs:label": line["reviewer"]})
    time: Json = line["time"]
    if _DATE_TIME.fullmatch(time):
        time = {"@value": time, "@type": "xsd:dateTime"}
    used = [line["cut"], line["replacement"]] if line["replacement"].startswith("cut:") else [line["cut"]]
    yield _node(
        iri(line["id"]),
        ["prov:Activity", "cg:Review"],
        {
            "prov:used": [_ref(iri(cut)) for cut in used],
            "prov:wasAssociatedWith": _ref(reviewer),
            "prov:endedAtTime": time,
            "cg:decision": line["decision"],
            "rdfs:comment": line["comment"],
        },
    )


def _readings(graph: Graph) -> dict[str, Node]:
    """For each paper that was read, the reading as an activity: one for each key, not one for each reader."""
    found: dict[str, Node] = {}
    for edge in graph.edges:
        paper = graph.nodes.get(edge["source"])
        if edge["relation"] == "WAS_GENERATED_BY" and paper is not None and paper["kind"] == "Paper":
            found[edge["source"]] = _node(
                iri(f"reading:{edge['properties'].get('key', edge['source'])}"),
                ["prov:Activity", "cg:Reading"],
                {"prov:used": _ref(node_iri(paper)), "prov:wasAssociatedWith": _ref(iri(edge["target"]))},
            )
    return found


def _node(node_id: str, types: Iterable[str], properties: Mapping[str, Json]) -> Node:
    return {"@id": node_id, "@type": list(types)} | _without_empty(properties)


def _without_empty(properties: Mapping[str, Json]) -> Node:
    return {name: value for name, value in properties.items() if value not in (None, "", [])}


def _ref(node_id: str) -> Node:
    return {"@id": node_id}


__all__ = ["CONTEXT", "iri", "node_iri", "paper_iri", "prov_jsonld"]
