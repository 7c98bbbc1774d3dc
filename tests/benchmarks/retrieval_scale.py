"""How the search bears 10 thousand, 100 thousand and 1 million cuts.

Run by hand: `PYTHONPATH=. python tests/benchmarks/retrieval_scale.py [--sizes 10000 100000 1000000] [--keep DIR]`.
The graphs are those of `generated_cuts.py`; with --keep they stay in DIR and are made only where they are not there.
Each step runs in a process of its own, so that its peak of memory is its own.

The vectors of the cuts are a stand-in of the light model's dimension, sums of a random vector for each word: they are
there in the index and are compared as the model's would be, but are made in seconds. How long the model itself would
take is extrapolated from 2,000 of the texts, and every timed question is embedded by the model. Warm questions are
those of `data/evaluation/retrieval.toml` and 100 made-up ones, each asked once after ten others; `find` is the
ranking, `ask` the subgraph. A cold question is a process of `kg query`, start-up and printing included.

Bars: warm p95 under 50 ms at 100 thousand cuts, under 150 ms and 4 GB at 1 million; a cold answer under 2 s.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from kg.store.sqlite import SqliteStore
from retrieval.embedding.base import Vectors
from retrieval.embedding.minilm import DIMENSION, NAME, MiniLM
from retrieval.index.build import build_index, texts_of
from retrieval.searcher import Searcher
from tests.benchmarks.generated_cuts import CUTS_OF_PAPER, questions, readings

ROOT = Path(__file__).resolve().parents[2]
BARS_MS = {100_000: 50.0, 1_000_000: 150.0}
BAR_GB, COLD_BAR_S = 4.0, 2.0
_SAMPLE, _CHUNK, _COLD_RUNS, _WARMING = 2_000, 64, 5, 10


class StandIn:
    """An `Embedder` under the light model's name: of a text, the sum of a random vector for each of its words.

    With `model`, texts that come one at a time, which are questions, are embedded by it too, for the time it takes.
    """

    name, dimension = NAME, DIMENSION

    def __init__(self, model: MiniLM | None = None) -> None:
        self._model = model

    def embed(self, texts: Sequence[str]) -> Vectors:
        """See `Embedder.embed`."""
        if self._model is not None:
            self._model.embed(texts)
        made = np.stack([sum((_of_word(word) for word in text.split()), np.zeros(DIMENSION)) for text in texts])
        return np.asarray(made / np.maximum(np.linalg.norm(made, axis=1, keepdims=True), 1e-12), dtype=np.float32)


@cache
def _of_word(word: str) -> Vectors:
    return np.random.default_rng(zlib.crc32(word.encode())).standard_normal(DIMENSION)


def make_store(path: Path, papers: int) -> None:
    """Commit the readings, into a file that takes its name when it is whole."""
    part = path.with_suffix(".part")
    with SqliteStore(part) as store:
        for made in readings(papers):
            store.commit(made)
    part.rename(path)


def build(path: Path, with_vectors: bool) -> dict[str, Any]:
    """Make the index of the store; seconds and the peak of resident memory in bytes."""
    with SqliteStore(path, read_only=True) as store:
        start = time.perf_counter()
        build_index(store, StandIn() if with_vectors else None)
        return {"seconds": time.perf_counter() - start, "peak": memory("VmHWM")}


def model_rate(path: Path) -> float:
    """Distinct texts of the graph that the light model embeds in a second, in portions as the index is built."""
    texts: dict[str, None] = {}
    with SqliteStore(path, read_only=True) as store:
        for paper in store.reading_keys():
            cuts = store.cuts(paper)
            quoted = store.passages(cut.id for cut in cuts)
            for cut in cuts:
                found = texts_of(cut, quoted[cut.id])
                texts |= {found.description: None, found.sentence: None}
            if len(texts) >= _SAMPLE:
                break
    sample = list(texts)[:_SAMPLE]
    model = MiniLM()
    model.embed(sample[:_CHUNK])
    start = time.perf_counter()
    for first in range(0, len(sample), _CHUNK):
        model.embed(sample[first : first + _CHUNK])
    return len(sample) / (time.perf_counter() - start)


def warm(path: Path, papers: int) -> dict[str, Any]:
    """Milliseconds, wall and processor, of each warm question to `find` and `ask`, and memory in bytes."""
    asked = questions(papers)
    with SqliteStore(path, read_only=True) as store:
        searcher = Searcher(store, StandIn(MiniLM()))
        start = time.perf_counter()
        assert searcher.index.vectors is not None
        opening = time.perf_counter() - start
        opened = memory("VmRSS")
        start = time.perf_counter()
        searcher.find(asked[0])
        first = time.perf_counter() - start
        found = {"find": timed(searcher.find, asked), "ask": timed(searcher.ask, asked)}
        peak, own = memory("VmHWM"), memory("RssAnon")
    return {**found, "opening": opening, "first": first, "opened": opened, "peak": peak, "own": own}


def timed(question: Callable[[str], object], texts: Sequence[str]) -> list[tuple[float, float, str]]:
    """Wall and processor milliseconds of each text, the slowest last."""
    for text in texts[-_WARMING:]:
        question(text)
    taken = []
    for text in texts:
        start, processor = time.perf_counter(), time.process_time()
        question(text)
        taken.append((1e3 * (time.perf_counter() - start), 1e3 * (time.process_time() - processor), text))
    return sorted(taken)


def cold(path: Path) -> list[float]:
    """Seconds of runs of `kg query`, each a process of its own."""
    command = [sys.executable, "-c", "from ui.main import main; main()", "query", "muon isolation cuts"]
    environment = os.environ | {"PYTHONPATH": str(ROOT), "KG_STORE": f"sqlite:///{path}"}
    taken = []
    for _ in range(_COLD_RUNS):
        start = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=environment)
        taken.append(time.perf_counter() - start)
    return taken


def memory(name: str) -> int:
    """A line of the process's status in bytes: VmRSS, VmHWM (its peak), RssAnon (what is not mapped from files)."""
    line = next(x for x in Path("/proc/self/status").read_text().splitlines() if x.startswith(f"{name}:"))
    return 1024 * int(line.split()[1])


def apart(step: Callable[..., Any], *arguments: Any) -> Any:
    """The step's result, from a new process."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(step, *arguments).result()


def measure(folder: Path, cuts: int, slowest: int) -> None:
    """Print the figures of one size."""
    papers = cuts // CUTS_OF_PAPER
    path = folder / f"cuts_{cuts}.sqlite"
    say(f"\n== {cuts:,} cuts, {papers:,} papers; load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores ==")
    if not path.exists():
        start = time.perf_counter()
        apart(make_store, path, papers)
        say(f"store made in {time.perf_counter() - start:.0f} s")
    home = path.with_name(f"{path.name}.search")
    shutil.rmtree(home, ignore_errors=True)
    for name, with_vectors in (("without vectors", False), ("with stand-in vectors", True)):
        made = apart(build, path, with_vectors)
        megabytes = size(home / (home / "current").read_text(encoding="utf-8").strip())
        say(f"index {name}: {made['seconds']:.1f} s, {megabytes:.0f} MB, peak memory {made['peak'] / 1e9:.2f} GB")
    rate, texts = apart(model_rate, path), distinct_texts(home)
    say(
        f"light model: {rate:.0f} texts/s; {texts:,} distinct texts would take {texts / rate:.0f} s more (extrapolated)"
    )
    say(f"beside it: vectors of texts, kept, {size(home / 'texts.sqlite'):.0f} MB; the store {size(path):.0f} MB")
    found = apart(warm, path, papers)
    say(f"opened in {found['opening']:.2f} s, first question {1e3 * found['first']:.0f} ms")
    peak = f"{found['peak'] / 1e9:.2f} GB{verdict(found['peak'] / 1e9, BAR_GB if cuts >= 1_000_000 else None)}"
    say(
        f"memory: {found['opened'] / 1e9:.2f} GB opened, peak {peak}, {found['own'] / 1e9:.2f} GB not mapped from files"
    )
    for name in ("find", "ask"):
        print_latency(name, found[name], BARS_MS.get(cuts), slowest)
    runs = cold(path)
    median = statistics.median(runs)
    say(f"cold kg query: median {median:.2f} s{verdict(median, COLD_BAR_S)}, worst {max(runs):.2f} s")


def print_latency(name: str, taken: list[tuple[float, float, str]], bar: float | None, slowest: int) -> None:
    """A line of percentiles, and the slowest questions."""
    for kind, times in (("wall", [t[0] for t in taken]), ("processor", sorted(t[1] for t in taken))):
        p95 = percentile(times, 0.95)
        judged = verdict(p95, bar) if kind == "wall" else ""
        say(f"{name:4} {kind:9}: p50 {percentile(times, 0.5):.1f} ms, p95 {p95:.1f} ms{judged}, max {times[-1]:.1f} ms")
    for milliseconds, _, text in taken[len(taken) - slowest :]:
        say(f"      {milliseconds:8.1f} ms  {text[:100]}")


def say(line: str) -> None:
    """Print at once: a large size takes long."""
    print(line, flush=True)


def verdict(value: float, bar: float | None) -> str:
    """Whether the value is within its bar, where there is one."""
    return "" if bar is None else f" (bar {bar:g}: {'met' if value < bar else 'MISSED'})"


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which that share of the sorted values lies."""
    return values[min(int(share * len(values)), len(values) - 1)]


def distinct_texts(home: Path) -> int:
    """How many texts were embedded for the index."""
    with sqlite3.connect(home / "texts.sqlite") as memory_of_texts:
        return int(memory_of_texts.execute("SELECT count(*) FROM vector").fetchone()[0])


def size(path: Path) -> float:
    """Megabytes of a file, or of all files in a folder."""
    files = [path] if path.is_file() else [inner for inner in path.rglob("*") if inner.is_file()]
    return sum(file.stat().st_size for file in files) / 1e6


def main() -> None:
    """Measure each size in turn."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000, 1_000_000], metavar="CUTS")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="where graphs stay for the next run")
    parser.add_argument("--slowest", type=int, default=3, help="questions to list")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = (chosen.keep or Path(temporary)).resolve()
        folder.mkdir(parents=True, exist_ok=True)
        for cuts in chosen.sizes:
            measure(folder, cuts, chosen.slowest)


if __name__ == "__main__":
    main()
