"""Rules, model and both on the four keyed papers: run by hand, `python tests/benchmarks/models_real.py MODEL.gguf`.

Serves the GGUF file with xllamacpp on the loopback device (two threads, six places) and reads the papers three times at
temperature 0.7, the three seeds at once, as one request alone leaves the processor idle between tokens. Replies are
kept in WORK (by default `models_real/` here), so that a run that was stopped goes on. Two cores and Qwen2.5-Coder 1.5B:
about two hours. Times are those of a seed while the others run.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
KEYED = ("1605.03171", "1704.07323", "1705.04673", "1706.09933")
PORT, PLACES, THREADS, TOKENS = 8399, 6, 2, 32768
SERVE = """
import sys, time
import xllamacpp
p = xllamacpp.CommonParams()
p.model.path, p.hostnames, p.port, p.verbosity = sys.argv[1], ["127.0.0.1"], int(sys.argv[2]), -1
p.n_ctx, p.n_parallel = int(sys.argv[3]), int(sys.argv[4])
p.cpuparams.n_threads = p.cpuparams_batch.n_threads = int(sys.argv[5])
server = xllamacpp.Server(p)
print("serving", flush=True)
while True:
    time.sleep(60)
"""


def command(reader: str, seed: int) -> list[str]:
    """`kg eval extraction` for a reader and a seed."""
    keys = [str(SHARED / "benchmark" / "keys" / f"{paper}.json") for paper in KEYED]
    kg = [sys.executable, "-c", "from ui.main import main; main()", "eval", "extraction", *keys]
    library = ["--library", str(SHARED / "papers"), "--reader", reader, "--format", "json"]
    return [*kg, *library, *([] if reader == "rules" else ["--seeds", str(seed), "--temperature", "0.7"])]


def row(text: str) -> dict[str, float]:
    """What a run found in all papers together."""
    runs: list[dict[str, Any]] = json.loads(text)["runs"]
    found: dict[str, float] = {"seconds": sum(run["seconds"] for run in runs)}
    for part in ("proposed", "verified"):
        for what in ("core", "detail"):
            found[f"{what} {part}"] = sum(int(run[part][f"{what}_found"].split(" of ")[0]) for run in runs)
        found[f"hallucinated {part}"] = sum(len(run[part]["hallucinated"]) for run in runs)
    return found


def main(model: str, work: str = "models_real") -> None:
    """Prints a row for each reader: medians over the seeds, lowest to highest behind."""
    environment = os.environ | {
        "PYTHONPATH": str(ROOT),
        "KG_LLM_URL": f"http://127.0.0.1:{PORT}/v1",
        "KG_LLM_MODEL": Path(model).stem,
        "KG_LLM_CONCURRENCY": "2",
        "KG_LLM_TIMEOUT": "3000",
        "KG_CACHE": str(Path(work).resolve()),
    }
    arguments = [model, *map(str, (PORT, TOKENS, PLACES, THREADS))]
    server = subprocess.Popen([sys.executable, "-c", SERVE, *arguments], stdout=subprocess.PIPE)
    try:
        assert server.stdout is not None
        server.stdout.readline()
        for reader in ("rules", "llm", "both"):
            runs = [
                subprocess.Popen(command(reader, seed), env=environment, stdout=subprocess.PIPE, text=True)
                for seed in ((1,) if reader == "rules" else (1, 2, 3))
            ]
            rows = [row(run.communicate()[0]) for run in runs]
            values = {name: sorted(one[name] for one in rows) for name in rows[0]}
            print(reader, *(f"{n}: {median(v):g} ({v[0]:g}–{v[-1]:g})" for n, v in values.items()), sep="\n  ")
    finally:
        server.terminate()


if __name__ == "__main__":
    main(*sys.argv[1:3])
