"""How fast a Neo4j store answers: lineage, and search inside it, beside SQLite on the same graph in the same run.

Run by hand: `PYTHONPATH=. python tests/benchmarks/neo4j_query.py [PAPERS]`, on a server that it starts (or the first of
`NEO4J_URI`, which must be empty). The graph is that of `store_scale.py`, 20 cuts a paper; vectors are stand-ins of the
light model's dimension. Every question is asked in one process, after others that warmed the server up.

Bars: lineage at depth 5, 95th percentile under 20 ms; search inside Neo4j under 100 ms at 100,000 cuts.
"""

from __future__ import annotations

import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from kg.lineage.origins import lineage
from kg.store.neo4j.store import Neo4jStore
from kg.store.sqlite import SqliteStore
from retrieval.describing import terms
from retrieval.neo4j.searcher import ServerSearcher
from retrieval.neo4j.upkeep import bring_up_to_date
from tests.benchmarks.retrieval_scale import StandIn
from tests.benchmarks.store_scale import arxiv_id, reading
from tests.neo4j.server import Server

ASKED, WARMING, DEPTH = 200, 150, 5
QUESTIONS = (
    "muon isolation cuts", "electron pT threshold above 20 GeV", "missing transverse energy", "jet mass window",
    "tau pT", "photon isolation in region 3", "b-jet count", "d0 significance of muons",
)  # fmt: skip


def measured(name: str, question: Callable[[int], object], bar: float | None = None) -> None:
    """Ask so many times, and print the median and the 95th percentile in milliseconds."""
    for number in range(WARMING):
        question(10_000 + number)
    taken = []
    for number in range(ASKED):
        start = time.perf_counter()
        question(number)
        taken.append(1e3 * (time.perf_counter() - start))
    taken.sort()
    p95 = taken[int(0.95 * ASKED)]
    verdict = "" if bar is None else f" (bar {bar:g}: {'met' if p95 < bar else 'MISSED'})"
    print(f"{name}: median {statistics.median(taken):.1f} ms, p95 {p95:.1f} ms{verdict}", flush=True)


def main(papers: int = 5_000) -> None:
    """Build both stores and print the figures."""
    with tempfile.TemporaryDirectory() as folder:
        given = os.environ.get("NEO4J_URI", "").split()
        server = None if given else Server(Path(folder) / "server", heap="2g")
        try:
            if server is not None:
                server.start()
            url = server.url if server is not None else given[0]
            with SqliteStore(Path(folder) / "g.sqlite") as small, Neo4jStore(url) as store:
                run(small, store, papers)
        finally:
            if server is not None:
                server.stop()


def run(small: SqliteStore, store: Neo4jStore, papers: int) -> None:
    """Fill both stores and ask them."""
    made = [reading(number, papers) for number in range(papers)]
    small.commit_all(made)
    store.commit_all(made)
    draw = random.Random(2)
    cuts = [draw.choice(draw.choice(made).cuts) for _ in range(ASKED)]
    print(f"{papers} papers, {sum(len(r.cuts) for r in made)} cuts; load of the machine {os.getloadavg()[0]:.1f}")
    measured("lineage, SQLite", lambda n: lineage(small, cuts[n % ASKED], DEPTH))
    measured("lineage, Neo4j", lambda n: lineage(store, cuts[n % ASKED], DEPTH), bar=20)
    measured("cuts of a paper, Neo4j", lambda n: store.cuts(arxiv_id(n % papers)))
    model = StandIn()
    start = time.perf_counter()
    print(f"{bring_up_to_date(store, model)} cuts indexed inside Neo4j in {time.perf_counter() - start:.0f} s")
    inside = ServerSearcher(store, model)
    asked = [QUESTIONS[n % len(QUESTIONS)] for n in range(ASKED)]
    words = [" ".join(terms(text)) for text in asked]
    vectors = [[float(x) for x in model.embed([text])[0]] for text in asked]
    text_only = (
        "CALL db.index.fulltext.queryNodes('cutgraph_words', $words, {limit: 100}) YIELD node RETURN count(node)"
    )
    vectors_only = "CALL db.index.vector.queryNodes('cutgraph_vectors', 100, $vector) YIELD node RETURN count(node)"
    measured("full text alone", lambda n: store.connection.ask(text_only, words=words[n % ASKED]))
    measured("vectors alone", lambda n: store.connection.ask(vectors_only, vector=vectors[n % ASKED]))
    measured("search inside Neo4j", lambda n: inside.find(asked[n % ASKED]), bar=100)
    measured("search and subgraph", lambda n: inside.ask(asked[n % ASKED]))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
