"""How quickly the command line answers: run by hand, `python tests/benchmarks/cli_speed.py [PAPERS]`.

Wall time of `kg --help` (the bar: 0.3 s) and, in a store of 10,000 papers and 200,000 cuts (made by `store_scale`), of
`kg cuts` of one paper, plain and effective (the bar: 0.5 s), start-up included. Median and worst of ten runs.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from kg.store.sqlite import SqliteStore
from tests.benchmarks.store_scale import arxiv_id, reading

ROOT = Path(__file__).resolve().parents[2]
RUNS = 10


def seconds(*arguments: str, store: str = "") -> list[float]:
    """Wall times of runs of `kg` with these arguments, each a process of its own."""
    found = []
    command = [sys.executable, "-c", "from ui.main import main; main()", *arguments]
    environment = os.environ | {"PYTHONPATH": str(ROOT), "KG_STORE": store}
    for _ in range(RUNS):
        begun = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)
        found.append(time.perf_counter() - begun)
    return found


def tell(name: str, times: list[float], bar: float) -> bool:
    """Print a line for these runs; whether their median is within the bar."""
    median = statistics.median(times)
    print(
        f"{name:42} median {median:.3f} s, worst {max(times):.3f} s, bar {bar} s: {'ok' if median < bar else 'MISSED'}"
    )
    return median < bar


def main(papers: int) -> int:
    """0 if every median is within its bar, else 1."""
    good = [tell("kg --help", seconds("--help"), 0.3)]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "graph.sqlite"
        print(f"building a store of {papers} papers and {20 * papers} cuts")
        with SqliteStore(path) as store:
            for number in range(papers):
                store.commit(reading(number, papers))
        one = arxiv_id(papers // 2)
        for options in ([], ["--effective"], ["--format", "json"]):
            name = " ".join(["kg cuts", one, *options])
            good.append(tell(name, seconds("cuts", one, *options, store=f"sqlite:///{path}"), 0.5))
        good.append(tell(f"kg show {one}", seconds("show", one, store=f"sqlite:///{path}"), 0.5))
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000))
