"""The files on which the speed of generated programs is measured: about 100,000 simulated events each.

    python -m tests.benchmarks.codegen_samples FOLDER

`four_lepton`: nearly every event holds four leptons. `sparse`: one event of a thousand does, anywhere in the file.
Both as RNTuple (through uproot, one cluster) and, where ROOT_PYTHON names a Python with the wheel `root`, uproot and
awkward, as TTree: a flush every 1,000 events, as files of the release are written, and baskets of at most 128 kB. The
simulated events are some thousand, repeated; what a program does with one does not depend on the others.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

from tests.codegen.events.fourlepton import four_lepton_events
from tests.codegen.events.sparse import sparse_events
from tests.codegen.events.ttree import write_ttree
from tests.codegen.events.write import arrays, repeated, write_rntuple

SAMPLES = {"four_lepton": (four_lepton_events, 2000, 50), "sparse": (sparse_events, 10_000, 10)}
"""How events are made, how many are, and how often they are repeated."""
FLUSH = 1000
SEED = 7


def make_samples(folder: Path, names: tuple[str, ...] = tuple(SAMPLES), times: int = 1) -> dict[str, Path]:
    """Name and format ("sparse, TTree") to file; `times` makes the files so many times larger. Made files are kept."""
    found = {}
    for name in names:
        suffix = f"_x{times}" if times > 1 else ""
        path = folder / f"{name}{suffix}_rntuple.root"
        if not path.exists():
            generate, count, repeat = SAMPLES[name]
            events = arrays(event for _, event in generate(np.random.default_rng(SEED), count))
            write_rntuple(repeated(events, repeat * times), path)
        found[f"{name}, RNTuple"] = path
        path = folder / f"{name}{suffix}_ttree.root"
        if python := os.environ.get("ROOT_PYTHON"):
            if not path.exists():
                command = [python, "-W", "ignore", "-m", __spec__.name, "--ttree", name, str(times), str(path)]
                subprocess.run(command, check=True)
            found[f"{name}, TTree"] = path
    return found


def make_ttree(name: str, times: int, path: Path) -> None:
    """The TTree of a sample: written once, and its baskets copied as often as it is repeated."""
    import ROOT  # type: ignore[import-not-found]

    generate, count, repeat = SAMPLES[name]
    events = arrays(event for _, event in generate(np.random.default_rng(SEED), count))
    with tempfile.TemporaryDirectory() as scratch:
        once = Path(scratch) / "once.root"
        write_ttree(events, once, Path(scratch), flush=FLUSH)
        merger = ROOT.TFileMerger(False)
        merger.OutputFile(str(path.resolve()), "RECREATE", 101)
        merger.SetFastMethod(True)
        for i in range(repeat * times):
            copy = Path(scratch) / f"copy{i}.root"
            copy.symlink_to(once)
            merger.AddFile(str(copy), False)
        if not merger.Merge():
            sys.exit(f"cannot merge into {path}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--ttree", nargs=3, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.ttree:
        name, times, path = given.ttree
        make_ttree(name, int(times), Path(path))
        return
    given.folder.mkdir(parents=True, exist_ok=True)
    for name, path in make_samples(given.folder).items():
        print(f"{name}: {path}")


if __name__ == "__main__":
    main()
