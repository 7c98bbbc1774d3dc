"""kill -9 at any moment: what was committed is there, nothing is half-written, and the work can be finished."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from pathlib import Path

from kg.store.sqlite import SqliteStore

ROOT = Path(__file__).resolve().parents[3]

INGEST = """
import sys
from pathlib import Path
from kg.store.sqlite import SqliteStore
from kg.records import Reference
from tests.kg.readings import cut, reading

def made(n):
    paper = f"1001.{n % 40:05d}"
    ids = [(f"10.1007/{(n * i) % 17}", f"0901.{i:05d}" if i % 2 else "") for i in range(8)]
    refs = [Reference(str(i), doi=doi, arxiv_id=arxiv_id) for i, (doi, arxiv_id) in enumerate(ids)]
    cuts = [cut(paper, "muon", "pt", ">", float(n + i), "GeV") for i in range(12)]
    return reading(paper, cuts, references=refs, key=f"key {n}", details=[(f"doi:10.1007/{n % 17}", (), ())])

with SqliteStore(Path(sys.argv[1])) as store:
    for n in range(80):  # the second forty read the first forty papers again
        if (store.reading_key(f"1001.{n % 40:05d}") or "key -1") >= f"key {n}" and n < 40:
            continue
        store.commit(made(n))
        print(n, flush=True)
"""


def ingest(path: Path) -> subprocess.Popen[str]:
    """A process that commits eighty readings and says so after each."""
    return subprocess.Popen([sys.executable, "-c", INGEST, str(path)], stdout=subprocess.PIPE, text=True, cwd=ROOT)


def dumped(path: Path) -> list[str]:
    with SqliteStore(path) as store:
        return [json.dumps(line) for line in store.dump()]


def test_killed_at_many_moments_and_finished_the_graph_is_that_of_an_undisturbed_run(tmp_path):
    undisturbed = tmp_path / "undisturbed.sqlite"
    ingest(undisturbed).communicate(timeout=60)
    expected = dumped(undisturbed)
    draw = random.Random(9)
    path = tmp_path / "killed.sqlite"
    for _ in range(12):
        process = ingest(path)
        process.stdout.readline()
        time.sleep(draw.uniform(0, 0.15))
        process.kill()
        said = process.stdout.read().split()
        process.communicate(timeout=60)
        with SqliteStore(path) as store:
            assert store._db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            if said:
                n = int(said[-1])
                assert store.reading_key(f"1001.{n % 40:05d}") is not None, "what was committed is there"
            for paper in store.papers(unread=False):
                cuts = store.cuts(paper.id)
                assert len(cuts) == 12
                assert all(quotes for quotes in store.passages(c.id for c in cuts).values())
    ingest(path).communicate(timeout=60)
    assert dumped(path) == expected


def test_killed_while_the_file_is_being_made(tmp_path):
    draw = random.Random(4)
    for n in range(6):
        path = tmp_path / f"{n}.sqlite"
        process = subprocess.Popen(
            [
                sys.executable,
                "-c",
                f"from kg.store.sqlite import SqliteStore as S, Path\nprint(1, flush=True)\nS(Path({str(path)!r}))",
            ],
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
        process.stdout.readline()
        time.sleep(draw.uniform(0, 0.02))
        process.kill()
        process.communicate(timeout=60)
        with SqliteStore(path) as store:
            assert store.papers() == []


def test_two_programs_at_once_into_one_new_store(tmp_path):
    path = tmp_path / "both.sqlite"
    processes = [ingest(path), ingest(path)]
    for process in processes:
        process.communicate(timeout=60)
        assert process.returncode == 0
    alone = tmp_path / "alone.sqlite"
    ingest(alone).communicate(timeout=60)
    assert dumped(path) == dumped(alone)
