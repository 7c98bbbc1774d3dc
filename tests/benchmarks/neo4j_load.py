"""How fast a Neo4j store takes 10,000 papers, 200,000 cuts and 400,000 edges, beside a bare loader written by hand.

Run by hand: `PYTHONPATH=. python tests/benchmarks/neo4j_load.py [PAPERS]`, on two servers that it starts (or on those
of `NEO4J_URI`, two URLs with a blank between, both empty).

Every paper has 20 cuts, 20 passages that state them, and 20 references, half of them to papers of the set. The edges
counted are QUOTED_FROM and CITES; what follows from the records (STATES, ON, OF, WAS_GENERATED_BY, the cited papers) is
written by both loaders and counted for neither. The bare loader knows nothing of readings, of readers who must not see
half a paper, or of identifiers that mean another paper: it creates nodes and relations, two thousand a statement, in a
transaction for each statement. Both get the same records, in turns of 500 papers; making the records is not timed.

Bar: at least 0.8 of the rate of the bare loader, in the same run; the memory of the client stays flat.
"""

from __future__ import annotations

import os
import random
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path
from typing import Any

from kg.records import Activity, Cut, Paper, Passage, Reading, Reference, edge
from kg.store.neo4j.address import address_of
from kg.store.neo4j.connection import Connection
from kg.store.neo4j.store import Neo4jStore
from tests.benchmarks.store_scale import OBJECTS, VARIABLES, arxiv_id
from tests.neo4j.server import Server

ACTIVITY = Activity("rules", "1", (("grammar", "benchmark"),))
TURN, CUTS, REFERENCES, ROWS = 500, 20, 20, 2000
BAR = 0.8


def reading(number: int, papers: int) -> Reading:
    """One synthetic reading; the same for the same number."""
    draw = random.Random(number)
    paper = arxiv_id(number)
    cited = draw.sample(range(2 * papers), REFERENCES)
    references = [
        Reference(
            str(n), n, arxiv_id(c) if c < papers or c % 3 else "", f"10.1007/JHEP{c % 12 + 1:02d}({c})", title=f"On {c}"
        )
        for n, c in enumerate(cited, 1)
    ]
    cuts, passages = [], []
    for place in range(CUTS):
        value = round(draw.uniform(1, 500), 3)
        quote = f"Selected objects {place} must have more than {value} GeV in the region {place}."
        passages.append(Passage(paper, 200 * place, 200 * place + len(quote), quote, "Event selection", place // 4 + 1))
        cuts.append(
            Cut(paper, draw.choice(OBJECTS), draw.choice(VARIABLES), ">", value, "GeV", f"region {place}",
                status="verified", position=200 * place)
        )  # fmt: skip
    edges = [edge(c.id, "QUOTED_FROM", p.id, role="quote") for c, p in zip(cuts, passages, strict=True)]
    edges += [edge(c.id, "WAS_GENERATED_BY", ACTIVITY.id) for c in cuts]
    made = Paper(paper, "latex", title=f"Paper {number}", year=2010 + number % 15, arxiv_id=paper, sha256="0" * 64)
    return Reading(made, f"key{number}", ACTIVITY, tuple(references), tuple(passages), tuple(cuts), tuple(edges))


NODES = "UNWIND $rows AS row CREATE (n:Record:{label}) SET n = row"
MERGED = "UNWIND $rows AS row MERGE (n:Record {{id: row.id}}) SET n:{label}, n += row"
RELATIONS = """UNWIND $rows AS row
MATCH (s:Record {{id: row.source}}), (t:Record {{id: row.target}})
CREATE (s)-[e:{relation}]->(t) SET e = row.properties"""


def bare(connection: Connection, readings: list[Reading]) -> None:
    """The loader that a person would write by hand."""
    nodes: dict[str, list[dict[str, Any]]] = {"Paper": [], "Passage": [], "Cut": []}
    merged: dict[str, dict[str, dict[str, Any]]] = {"Paper": {}, "Object": {}, "Variable": {}, "Activity": {}}
    relations: dict[str, list[dict[str, Any]]] = {}

    def related(source: str, relation: str, target: str, **properties: Any) -> None:
        row = {"source": source, "target": target, "properties": properties}
        relations.setdefault(relation, []).append(row)

    for made in readings:
        merged["Paper"][made.paper.id] = plain(made.paper) | {"key": made.key}
        merged["Activity"][made.activity.id] = {"id": made.activity.id, "reader": made.activity.reader}
        related(made.paper.id, "WAS_GENERATED_BY", made.activity.id)
        nodes["Passage"] += map(plain, made.passages)
        for cut in made.cuts:
            nodes["Cut"].append(plain(cut))
            merged["Object"][cut.object] = {"id": f"object:{cut.object}", "name": cut.object}
            merged["Variable"][cut.variable] = {"id": f"variable:{cut.variable}", "name": cut.variable}
            related(made.paper.id, "STATES", cut.id)
            related(cut.id, "ON", f"object:{cut.object}")
            related(cut.id, "OF", f"variable:{cut.variable}")
        for given in made.edges:
            related(given.source, given.relation, given.target, **dict(given.properties))
        for reference in made.references:
            target = reference.arxiv_id or f"doi:{reference.doi}"
            merged["Paper"].setdefault(target, {"id": target})
            related(made.paper.id, "CITES", target, **{k: v for k, v in plain(reference).items() if v})
    for label, found in merged.items():
        written(connection, MERGED.format(label=label), list(found.values()))
    for label, rows in nodes.items():
        written(connection, NODES.format(label=label), rows)
    for relation, rows in relations.items():
        written(connection, RELATIONS.format(relation=relation), rows)


def plain(record: Any) -> dict[str, Any]:
    """The fields of a record that have a value."""
    values = {f.name: getattr(record, f.name) for f in fields(record)}
    named = {"id": record.id} if hasattr(record, "id") else {}
    return named | {k: list(v) if isinstance(v, tuple) else v for k, v in values.items() if v is not None}


def written(connection: Connection, query: Any, rows: list[dict[str, Any]]) -> None:
    """The statement for all rows."""
    for start in range(0, len(rows), ROWS):
        connection.write(lambda t, part=rows[start : start + ROWS]: t.run(query, rows=part).consume())


@contextmanager
def two_servers() -> Iterator[list[str]]:
    """The URLs of two empty servers."""
    if given := os.environ.get("NEO4J_URI", "").split():
        yield given
        return
    with tempfile.TemporaryDirectory() as folder:
        servers = [Server(Path(folder) / name, heap="1g") for name in ("store", "bare")]
        try:
            for server in servers:
                server.start()
            yield [server.url for server in servers]
        finally:
            for server in servers:
                server.stop()


def main(papers: int = 10_000) -> None:
    """Load both and print the figures."""
    with two_servers() as urls, Neo4jStore(urls[0]) as store:
        by_hand = Connection(address_of(urls[1]))
        by_hand.schema("CREATE CONSTRAINT record_id IF NOT EXISTS FOR (n:Record) REQUIRE n.id IS UNIQUE")
        for number in (-1, -2):  # plans are made, and the servers warm up, outside of the figures
            store.commit_all([reading(number, papers)])
            bare(by_hand, [reading(number, papers)])
        spent = {"store": 0.0, "bare": 0.0}
        first_memory = 0
        for turn, start in enumerate(range(0, papers, TURN)):
            made = [reading(number, papers) for number in range(start, min(start + TURN, papers))]
            loaders = [
                ("store", lambda made=made: store.commit_all(made)),
                ("bare", lambda made=made: bare(by_hand, made)),
            ]
            for name, load in loaders if turn % 2 else reversed(loaders):
                began = time.perf_counter()
                load()
                spent[name] += time.perf_counter() - began
            first_memory = first_memory or resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        last_memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        for name, seconds in spent.items():
            cuts, edges = papers * CUTS / seconds, papers * (CUTS + REFERENCES) / seconds
            print(f"{name}: {seconds:.1f} s, {cuts:,.0f} cuts/s with {edges:,.0f} edges/s")
        share = spent["bare"] / spent["store"]
        verdict = "met" if share >= BAR else "MISSED"
        print(f"rate of the store / that of the bare loader: {share:.2f} (bar {BAR}: {verdict})")
        print(f"memory of the client: {first_memory / 1e3:.0f} MB after a turn, {last_memory / 1e3:.0f} MB at the end")
        print("load of the machine:", " ".join(f"{value:.1f}" for value in os.getloadavg()))
        began = time.perf_counter()
        one_by_one = [reading(number, papers) for number in range(papers, papers + 200)]
        for made in one_by_one:
            store.commit(made)
        seconds = time.perf_counter() - began
        print(f"paper by paper, as `kg ingest` does: {200 / seconds:.0f} papers/s, {200 * CUTS / seconds:,.0f} cuts/s")
        by_hand.close()


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
