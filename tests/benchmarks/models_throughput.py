"""How busy a server is kept: run by hand, `python tests/benchmarks/models_throughput.py [PAPERS]`.

50 papers are ingested with `--reader llm` from a scripted server that takes 200 ms for each request, 16 at once. Busy
is the share of the 16 places that hold a request, from the first request to the end of the last. The bar is 0.80.
The papers are made for it, each of the length of a letter (some 20 pieces).
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.ingest.models.reading_server import read  # noqa: E402
from tests.kg.llm.serving import model_server  # noqa: E402

PLACES, LATENCY, BAR = 16, 0.2, 0.80
OBJECTS = ("Electrons", "Muons", "Taus", "Photons", "Jets")
FILLER = "The trigger, the vertices and the quality of the data are as they were in the earlier searches. " * 20


def tex(paper: int, sections: int = 20) -> str:
    """A paper with one requirement in each of so many sections, and some 2,000 characters around each."""
    body = "\n\n".join(
        rf"\section{{Selection {n}}} {OBJECTS[n % 5]} must have $p_T > {paper + n}$ GeV. {FILLER}"
        for n in range(sections)
    )
    return rf"\documentclass{{article}}\title{{Paper {paper}}}\begin{{document}}{body}\end{{document}}"


def main(papers: int = 50) -> int:
    """0 if the bar is reached, else 1."""
    with tempfile.TemporaryDirectory() as name, model_server() as server:
        folder = Path(name)
        server.answer, server.latency = read, LATENCY
        for number in range(1, papers + 1):
            (folder / f"paper{number:02d}.tex").write_text(tex(number))
        environment = os.environ | {
            "PYTHONPATH": str(ROOT),
            "KG_STORE": f"sqlite:///{folder}/graph.sqlite",
            "KG_CACHE": str(folder / "cache"),
            "KG_LLM_URL": server.url,
            "KG_LLM_MODEL": "made",
            "KG_LLM_CONCURRENCY": str(PLACES),
            "KG_EMBEDDER": "none",
        }
        files = sorted(map(str, folder.glob("*.tex")))
        command = [sys.executable, "-c", "from ui.main import main; main()", "ingest", *files]
        began = time.monotonic()
        done = subprocess.run(
            [*command, "--reader", "llm", "--offline"], env=environment, stdout=subprocess.DEVNULL, check=False
        )
        elapsed = time.monotonic() - began
        busy = server.busy(PLACES)
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        print(
            f"{papers} papers, {len(server.asked)} requests, {elapsed:.1f} s, "
            f"{used.ru_utime + used.ru_stime:.1f} s of processor; at most {server.most_at_once()} at once; "
            f"busy {busy:.2f} {'ok' if busy >= BAR and done.returncode == 0 else 'MISSED'}"
        )
        return 0 if busy >= BAR and done.returncode == 0 else 1


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:2])))
