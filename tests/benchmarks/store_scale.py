"""How the store bears 10,000 papers and 200,000 cuts: run by hand, `python tests/benchmarks/store_scale.py [PAPERS]`.

Every paper has 20 cuts, 25 passages, 30 references (about half to papers of the set, a third with a DOI only) and 2
referrals for details. Prints the cost per added paper by tenths, the ratio of the last tenth to the first (bar: 1.3;
a few milliseconds each, so other work on the machine shows), the size of the file, and the time of the questions that
the command line asks of one paper.
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from kg.effective import effective_cuts
from kg.listing import cut_rows
from kg.records import Activity, Cut, Paper, Passage, Reading, Reference, edge
from kg.store.sqlite import SqliteStore

OBJECTS = ("electron", "muon", "lepton", "jet", "bjet", "photon", "tau", "event")
VARIABLES = ("pt", "abs_eta", "mass", "delta_r", "d0_significance", "ptcone20_over_pt", "count", "met")
ACTIVITY = Activity("rules", "1", (("grammar", "benchmark"),))


def arxiv_id(number: int) -> str:
    """Invented ids, ten years of them, in no particular order, as a person ingests."""
    shuffled = number * 7919 % 100_000
    return f"{10 + shuffled // 10_000:02d}{shuffled // 1000 % 10 + 1:02d}.{shuffled:05d}"


def reading(number: int, papers: int) -> Reading:
    """One synthetic reading; the same for the same number."""
    draw = random.Random(number)
    paper_id = arxiv_id(number)
    references = []
    for label in range(1, 31):
        cited = draw.randrange(papers) if draw.random() < 0.5 else papers + draw.randrange(3 * papers)
        doi = f"10.1007/JHEP{cited % 12 + 1:02d}({cited})"
        has_id = draw.random() < 2 / 3
        title = f"Measurement number {cited} in proton-proton collisions"
        references.append(Reference(str(label), label, arxiv_id(cited) if has_id else "", doi, title=title))
    passages = [
        Passage(
            paper_id,
            200 * i,
            200 * i + 120,
            f"Selected objects {i} must have {draw.random()} GeV. " * 2,
            "Selection",
            i,
        )
        for i in range(25)
    ]
    cuts = [
        Cut(
            paper_id,
            draw.choice(OBJECTS),
            draw.choice(VARIABLES),
            ">",
            round(draw.uniform(1, 500), 3),
            "GeV",
            f"region {i}",
            status="verified",
            position=200 * i,
        )
        for i in range(20)
    ]
    edges = [edge(c.id, "QUOTED_FROM", p.id, role="quote") for c, p in zip(cuts, passages, strict=False)]
    edges += [edge(c.id, "WAS_GENERATED_BY", ACTIVITY.id) for c in cuts]
    for passage, objects in ((passages[3], ["muon"]), (passages[9], ["electron"])):
        target = arxiv_id(draw.randrange(papers))
        edges.append(edge(passage.id, "REFERS_TO", target, kind="details", objects=objects))
    paper = Paper(paper_id, "latex", title=f"Paper {number}", arxiv_id=paper_id, sha256="0" * 64)
    return Reading(paper, f"key{number}", ACTIVITY, tuple(references), tuple(passages), tuple(cuts), tuple(edges))


def timed(question: Callable[[str], object], papers: int) -> str:
    """Median and worst of 200 papers, in milliseconds."""
    draw = random.Random(1)
    taken = []
    for _ in range(200):
        paper_id = arxiv_id(draw.randrange(papers))
        start = time.perf_counter()
        question(paper_id)
        taken.append(1e3 * (time.perf_counter() - start))
    return f"median {statistics.median(taken):.2f} ms, worst {max(taken):.2f} ms"


def commit(store: SqliteStore, made: Reading, spent: list[float]) -> None:
    """Add the wall and processor time of one commit, in seconds, to `spent`."""
    start, processor = time.perf_counter(), time.process_time()
    store.commit(made)
    spent[0] += time.perf_counter() - start
    spent[1] += time.process_time() - processor


def main(papers: int = 10_000) -> None:
    """Build the store in a temporary folder and print the figures."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "graph.sqlite"
        store = SqliteStore(path)
        tenth = papers // 10
        tenths: list[list[float]] = []
        for number in range(papers):
            if number % tenth == 0:
                tenths.append([0.0, 0.0])
            commit(store, reading(number, papers), tenths[-1])
        print("wall per paper, by tenths [ms]:", " ".join(f"{1e3 * t[0] / tenth:.2f}" for t in tenths))
        print("processor per paper, by tenths [ms]:", " ".join(f"{1e3 * t[1] / tenth:.2f}" for t in tenths))
        wall, processor = (tenths[-1][i] / tenths[0][i] for i in (0, 1))
        print(f"last tenth / first tenth: wall {wall:.2f}, processor {processor:.2f} (bar 1.3)")
        store.close()
        print(f"file: {path.stat().st_size / 1e6:.0f} MB")
        with SqliteStore(path, read_only=True) as store:
            print("cuts(paper):", timed(store.cuts, papers))
            print("effective_cuts(paper):", timed(lambda p: effective_cuts(store, p), papers))
            print("cut_rows(effective):", timed(lambda p: cut_rows(store, effective_cuts(store, p)), papers))
            print("edges(target=paper):", timed(lambda p: store.edges(target=p), papers))
            print("resolve(doi):", timed(lambda p: store.resolve(p), papers))
            start = time.perf_counter()
            print("counts:", store.counts(), f"{time.perf_counter() - start:.2f} s")
            start = time.perf_counter()
            print(len(store.papers(unread=False)), f"papers listed in {time.perf_counter() - start:.2f} s")
            start = time.perf_counter()
            lines = sum(1 for _ in store.dump())
            print(lines, f"lines dumped in {time.perf_counter() - start:.1f} s")
            print(
                "re-commit of a stored reading:",
                timed(store.reading_key, papers),
            )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
