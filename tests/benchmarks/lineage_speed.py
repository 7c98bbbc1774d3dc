"""How long the lineage of one cut takes among 10,000 papers and 200,000 cuts.

The graph is that of `store_scale.py` (30 references and 2 referrals for details a paper), once with thresholds and
conditions drawn at random and once with ten values and three conditions for each variable, so that nearly every cut has
relatives in most papers it is connected to. The bar: 20 ms at depth 5, the 95th percentile in process.
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from kg.lineage.origins import lineage
from kg.records import Reading
from kg.store.sqlite import SqliteStore
from tests.benchmarks.store_scale import arxiv_id, reading

DEPTH, ASKED, BAR_MS = 5, 400, 20.0


def crowded(made: Reading) -> Reading:
    """The reading with values and conditions that many papers share, in lower and upper thresholds."""
    draw = random.Random(made.paper.id)
    ids, cuts = {}, {}
    for cut in made.cuts:
        other = replace(
            cut,
            op=draw.choice("<>"),
            value=float(10 * draw.randrange(10)),
            applies_when=draw.choice(("", "barrel", "leading, barrel")),
        )
        ids[cut.id] = other.id
        cuts.setdefault(other.id, other)
    edges = {e.id: e for e in (replace(e, source=ids.get(e.source, e.source)) for e in made.edges)}
    return replace(made, cuts=tuple(cuts.values()), edges=tuple(edges.values()), key=f"crowded {made.key}")


def main(papers: int = 10_000) -> None:
    """Build both graphs in a temporary folder and print the figures."""
    for name in ("random", "crowded"):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "graph.sqlite"
            with SqliteStore(path) as store:
                for number in range(papers):
                    made = reading(number, papers)
                    store.commit(made if name == "random" else crowded(made))
            with SqliteStore(path, read_only=True) as store:
                measure(name, store, papers)


def measure(name: str, store: SqliteStore, papers: int) -> None:
    """Ask for the lineage of some cuts and print how long it took."""
    draw = random.Random(2)
    taken, processor, nodes = [], [], []
    for _ in range(ASKED):
        cut = draw.choice(store.cuts(arxiv_id(draw.randrange(papers))))
        start, cpu = time.perf_counter(), time.process_time()
        tree = lineage(store, cut, DEPTH)
        taken.append(1e3 * (time.perf_counter() - start))
        processor.append(1e3 * (time.process_time() - cpu))
        nodes.append(tree.size)
    taken.sort()
    processor.sort()
    p95 = taken[int(0.95 * ASKED)]
    print(
        f"{name}: median {statistics.median(taken):.2f} ms, p95 {p95:.2f} ms (bar {BAR_MS:g}: "
        f"{'met' if p95 < BAR_MS else 'MISSED'}), worst {taken[-1]:.2f} ms; "
        f"processor time: median {statistics.median(processor):.2f} ms, p95 {processor[int(0.95 * ASKED)]:.2f} ms; "
        f"cuts in a tree: median {statistics.median(nodes):g}, most {max(nodes)}"
    )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
