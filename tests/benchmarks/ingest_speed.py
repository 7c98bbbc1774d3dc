"""What a real PDF costs, from file to stored cuts: run by hand, `python tests/benchmarks/ingest_speed.py [FILE.pdf …]`.

Wall time and peak resident memory of the whole process `kg ingest FILE.pdf --depth 0` in an empty store. The bar is
that of a 30-page paper: 5 s and 600 MB on two cores. Without arguments: the papers in `../shared/papers`.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SECONDS, MEGABYTES = 5.0, 600.0


def cost(file: Path) -> tuple[float, float, str]:
    """Seconds, peak megabytes (of the process or its largest child) and the last line of progress of one ingest."""
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryFile("w+") as progress:
        environment = os.environ | {"PYTHONPATH": str(ROOT), "KG_STORE": f"sqlite:///{folder}/graph.sqlite"}
        command = [sys.executable, "-c", "from ui.main import main; main()", "ingest", str(file), "--offline"]
        begun = time.perf_counter()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=progress, env=environment)
        _, status, usage = os.wait4(process.pid, 0)
        elapsed = time.perf_counter() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
        progress.seek(0)
        told = progress.read().strip().splitlines()
    return elapsed, usage.ru_maxrss / 1024, told[-1] if told else ""


def main(files: list[Path]) -> int:
    """0 if every file is within the bars, else 1."""
    good = True
    for file in files:
        elapsed, peak, told = cost(file)
        within = elapsed < SECONDS and peak < MEGABYTES
        good &= within
        print(f"{file.name:20} {elapsed:5.2f} s {peak:5.0f} MB {'ok' if within else 'MISSED'}  {told}")
    return 0 if good else 1


if __name__ == "__main__":
    shared = Path(os.environ.get("KG_SHARED", ROOT.parent / "shared"))
    sys.exit(main([Path(name) for name in sys.argv[1:]] or sorted((shared / "papers").glob("*.pdf"))))
