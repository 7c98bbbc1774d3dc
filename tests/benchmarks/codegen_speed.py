"""How fast a generated awkward program is, beside a script that only reads its branches.

    python -m tests.benchmarks.codegen_speed [FILE] [--program h4l.py] [--rounds 5]

FILE is by default 100,800 simulated four-lepton events, RNTuple, made in a temporary folder; the program is by
default that of the bundled 1806.00242. Everything runs on one core, in turns, so that a busy machine slows all alike;
the smallest user time of the rounds counts. Figures: the whole program, start-up and writing included, over a script
that imports the same libraries and reads the same branches in chunks of the same size; and the selection alone in
events per second. Bars: 1.25 and 300,000.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from types import ModuleType
from typing import Any

PAPER = "1806.00242"
RATIO_BAR, RATE_BAR = 1.25, 300_000

_ONLY_READING = """
import sys
import awkward, numpy, uproot
tree = uproot.open(sys.argv[1])[sys.argv[2]]
step, names = int(sys.argv[3]), sys.argv[4:]
for start in range(0, tree.num_entries, step):
    for name in names:
        parent, _, member = name.rpartition(".")
        if member in ("m_persKey", "m_persIndex") and ":" in name:
            tree[parent].array(entry_start=start, entry_stop=start + step)[member]
        else:
            tree[name].array(entry_start=start, entry_stop=start + step)
"""


def program_of(paper: str, folder: Path) -> Path:
    """The program of a bundled paper, written into the folder."""
    from codegen.generate import generate
    from kg.store.open import open_store
    from ui.main import run as kg

    url = f"sqlite:///{folder / 'graph.sqlite'}"
    assert kg(["--store", url, "ingest", paper, "--offline", "--depth", "2"]) == 0
    path = folder / "program.py"
    path.write_text(generate(open_store(url, read_only=True), paper).text, encoding="utf-8")
    return path


def imported(path: Path) -> ModuleType:
    """The program as a module."""
    spec = importlib.util.spec_from_file_location("measured_program", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def user_time(command: list[str]) -> float:
    """Seconds of user time of a command."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=os.environ | {"OMP_NUM_THREADS": "1"})
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before


def select_time(module: Any, path: Path) -> tuple[float, int]:
    """Seconds of the selection alone, on branches that are in memory, and the number of events."""
    seconds, events = 0.0, 0
    for _, chunk in module.chunks([path], None, []):
        for branch in module.BRANCHES:
            chunk[branch]
        start = time.process_time()
        with module.np.errstate(divide="ignore", invalid="ignore"):
            module.select(chunk, module.Flow(chunk))
        seconds += time.process_time() - start
        events += len(chunk)
    return seconds, events


def measure(program: Path, path: Path, rounds: int, folder: Path) -> None:
    """Print the figures."""
    module = imported(program)
    tree, names = module.open_tree(path)
    keys = [names[branch] for branch in module.BRANCHES]
    step = str(module.entries_at_a_time(tree, names))
    reading = [sys.executable, "-c", _ONLY_READING, str(path), tree.name, step, *keys]
    running = [sys.executable, str(program), str(path), "-o", str(folder / "out")]
    starting = [sys.executable, "-c", "import awkward, numpy, uproot"]
    best: dict[str, float] = {}
    events = 0
    for _ in range(rounds):
        select, events = select_time(module, path)
        taken = {"start": user_time(starting), "read": user_time(reading), "program": user_time(running)}
        for name, seconds in (taken | {"select": select}).items():
            best[name] = min(seconds, best.get(name, seconds))
    print(f"{events} events, {len(keys)} branches, {step} entries at a time; least user time of {rounds} rounds")
    print(f"  start-up                {best['start']:.2f} s")
    print(f"  only reading            {best['read']:.2f} s")
    print(f"  generated program       {best['program']:.2f} s")
    print(f"  ratio to only reading   {best['program'] / best['read']:.2f}  (bar {RATIO_BAR})")
    rate = events / best["select"]
    print(f"  selection alone         {best['select']:.2f} s, {rate:,.0f} events/s  (bar {RATE_BAR:,})")


def main() -> None:
    """Make what is not given, and measure."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("file", type=Path, nargs="?")
    parser.add_argument("--program", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = given.file
        if path is None:
            from tests.codegen.events.samples import make

            path = folder / "four_lepton.root"
            make("four_lepton", path, repeat=84)
        measure(given.program or program_of(PAPER, folder), path, given.rounds, folder)


if __name__ == "__main__":
    main()
