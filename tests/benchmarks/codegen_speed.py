"""How fast and how large generated programs are, beside what bounds them. All figures of the bar in one run.

    ROOT_PYTHON=PYTHON_WITH_ROOT python -m tests.benchmarks.codegen_speed [FILE...] [--folder DIR] [--rounds 5]

The program is that of the bundled 1806.00242. `--folder` keeps the simulated files (`codegen_samples`; without
ROOT_PYTHON no TTree and no RDataFrame); each FILE is measured as one of four-lepton events, too. Everything runs on
one core, in turns, so that a busy machine slows all alike; the least user time of the rounds counts, start-up and
writing included. Every program must select the events of the one written by hand.

`only reading` reads the same branches of all events with uproot, as many entries at a time. `by hand` is
`codegen_peer`, which reads all branches up front. `generated, all read` is the generated program told to skip no event.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.benchmarks.codegen_samples import make_samples

PAPER = "1806.00242"
HERE = Path(__file__).parent
LARGER = 4

_READING = """
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
_ALL_READ = """
import sys
sys.argv = sys.argv[1:]
text = open(sys.argv[0]).read().replace("\\nFEW = ", "\\nFEW = -", 1)
exec(compile(text, sys.argv[0], "exec"), {"__name__": "__main__", "__file__": sys.argv[0]})
"""


@dataclass(frozen=True)
class Used:
    """What a command took: seconds of user time, MB of memory at most."""

    seconds: float
    megabytes: float


_LAUNCH = """
import json, resource, subprocess, sys
code = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL).returncode
usage = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps([code, usage.ru_utime, usage.ru_maxrss / 1024]))
"""


def used(command: Sequence[str]) -> Used:
    """Runs a command on one core.

    It is started by a small process, since a process never counts less memory than the one that it was started by.
    """
    one_core = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    launch = [sys.executable, "-I", "-S", "-c", _LAUNCH, *command]
    done = subprocess.run(launch, check=True, capture_output=True, text=True, env=os.environ | one_core)
    code, seconds, megabytes = json.loads(done.stdout)
    if code:
        sys.exit(f"{' '.join(command[:3])} … failed: {done.stderr}")
    return Used(seconds, megabytes)


def best_of(rounds: int, commands: Mapping[str, Sequence[str]]) -> dict[str, Used]:
    """The least of each, over some rounds in which all take their turns."""
    found: dict[str, list[Used]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            found[name].append(used(command))
    return {name: Used(min(u.seconds for u in us), max(u.megabytes for u in us)) for name, us in found.items()}


def programs(folder: Path) -> dict[str, Path]:
    """The generated programs, by target."""
    from codegen.generate import generate
    from kg.store.open import open_store
    from ui.main import run as kg

    url = f"sqlite:///{folder / 'graph.sqlite'}"
    assert kg(["--store", url, "ingest", PAPER, "--offline", "--depth", "2"]) == 0
    found = {}
    for target in ("awkward", "rdataframe"):
        found[target] = folder / f"{target}_program.py"
        text = generate(open_store(url, read_only=True), PAPER, target=target).text
        found[target].write_text(text, encoding="utf-8")
    return found


def imported(path: Path) -> Any:
    """The program as a module."""
    spec = importlib.util.spec_from_file_location("measured_program", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def events_per_second(module: Any, path: Path, rounds: int) -> float:
    """How fast the selection alone is, on branches that are in memory."""
    chunks = [chunk for _, chunk in module.chunks([path], None, [])]
    for chunk in chunks:
        for branch in module.BRANCHES:
            chunk[branch]
    best = float("inf")
    for _ in range(rounds):
        start = resource.getrusage(resource.RUSAGE_SELF).ru_utime
        with module.np.errstate(divide="ignore", invalid="ignore"):
            for chunk in chunks:
                module.select(chunk, module.Flow(chunk))
        best = min(best, resource.getrusage(resource.RUSAGE_SELF).ru_utime - start)
    return float(sum(map(len, chunks)) / best)


def same_events(by_hand: Path, result: Path) -> int:
    """How many events a generated program selected; stops where they are not those of the program written by hand."""
    peer = json.loads(by_hand.read_text(encoding="utf-8"))
    rows = json.loads((result / "result.json").read_text(encoding="utf-8"))["selected"]
    mine = [(row["index"], row["event_number"]) for row in rows]
    masses = zip((row["m4l_GeV"] for row in rows), peer["m4l_GeV"], strict=False)
    apart = any(abs(here - there) > 1e-3 for here, there in masses)
    if mine != list(zip(peer["index"], peer["event_number"], strict=True)) or apart:
        sys.exit(f"{result} and {by_hand} do not hold the same events")
    return len(mine)


def commands(program: Path, module: Any, path: Path, folder: Path) -> dict[str, list[str]]:
    """What runs on a file, by name."""
    tree, names = module.open_tree(path)
    step = str(module.entries_at_a_time(tree, names))
    keys = [names[branch] for branch in module.BRANCHES]
    python = sys.executable
    return {
        "start-up": [python, "-c", "import awkward, numpy, uproot"],
        "only reading": [python, "-c", _READING, str(path), tree.name, step, *keys],
        "by hand": [python, str(HERE / "codegen_peer.py"), str(path), str(folder / "peer.json")],
        "generated": [python, str(program), str(path), "-o", str(folder / "out")],
        "generated, all read": [python, "-c", _ALL_READ, str(program), str(path), "-o", str(folder / "all")],
    }


def four_leptons(title: str, program: Path, path: Path, rounds: int, folder: Path) -> None:
    """The figures of a file of four-lepton events."""
    module = imported(program)
    every = commands(program, module, path, folder)
    best = best_of(rounds, {name: every[name] for name in ("start-up", "only reading", "by hand", "generated")})
    n_selected = same_events(folder / "peer.json", folder / "out")
    print(f"{title}: {n_selected} events selected, as by hand")
    for name, what in best.items():
        print(f"  {name:22}{what.seconds:6.2f} s {what.megabytes:6.0f} MB")
    mine = best["generated"].seconds
    print(f"  over by hand          {mine / best['by hand'].seconds:6.2f}  (bar 1.15)")
    print(f"  over only reading     {mine / best['only reading'].seconds:6.2f}  (bar 1.25)")
    rate = events_per_second(module, path, 3 * rounds)
    print(f"  selection alone    {rate:9,.0f} events/s  (bar 300,000)\n")


def few_leptons(title: str, program: Path, path: Path, rounds: int, folder: Path) -> None:
    """The figures of a file in which one event of a thousand has four leptons."""
    every = commands(program, imported(program), path, folder)
    best = best_of(rounds, {name: every[name] for name in ("by hand", "generated", "generated, all read")})
    n_selected = same_events(folder / "peer.json", folder / "out")
    same_events(folder / "peer.json", folder / "all")
    print(f"{title}: {n_selected} events selected, as by hand")
    for name, what in best.items():
        print(f"  {name:22}{what.seconds:6.2f} s {what.megabytes:6.0f} MB")
    for name in ("by hand", "generated, all read"):
        times = best[name].seconds / best["generated"].seconds
        print(f"  times as fast as {name:20}{times:6.2f}  (bar 2)")
    print()


def rdataframe(program: Path, path: Path, rounds: int, folder: Path) -> None:
    """The RDataFrame target beside a hand-written program."""
    python = [os.environ["ROOT_PYTHON"], "-W", "ignore"]
    best = best_of(
        rounds,
        {
            "by hand": [*python, str(HERE / "codegen_peer_rdf.py"), str(path), str(folder / "peer.json")],
            "generated": [*python, str(program), str(path), "-o", str(folder / "out")],
        },
    )
    same_events(folder / "peer.json", folder / "out")
    print("RDataFrame, RNTuple, compiling included")
    for name, what in best.items():
        print(f"  {name:22}{what.seconds:6.2f} s {what.megabytes:6.0f} MB")
    print(f"  over by hand          {best['generated'].seconds / best['by hand'].seconds:6.2f}  (bar 1.1)\n")


def memory(program: Path, folder: Path, samples: Path) -> None:
    """Memory on files several times larger."""
    for name, path in make_samples(samples, ("four_lepton",), LARGER).items():
        what = used([sys.executable, str(program), str(path), "-o", str(folder / "out")])
        print(f"{name}, {LARGER} times larger: {what.megabytes:.0f} MB  (bar 1000), {what.seconds:.2f} s")


def main() -> None:
    """Make what is not given, and measure."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("files", type=Path, nargs="*")
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        samples = given.folder or folder
        samples.mkdir(parents=True, exist_ok=True)
        made = make_samples(samples)
        written = programs(folder)
        program = written["awkward"]
        for title, path in made.items():
            measure = few_leptons if title.startswith("sparse") else four_leptons
            measure(title, program, path, given.rounds, folder)
        for path in given.files:
            four_leptons(path.name, program, path, given.rounds, folder)
        if "ROOT_PYTHON" in os.environ:
            rdataframe(written["rdataframe"], made["four_lepton, RNTuple"], given.rounds, folder)
        memory(program, folder, samples)


if __name__ == "__main__":
    main()
