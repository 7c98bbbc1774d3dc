"""The two samples that tests run on, and how to make files of them.

    python -m tests.codegen.events.samples four_lepton OUT.root            1,200 events, RNTuple
    python -m tests.codegen.events.samples general OUT.root --events 2500
    python -m tests.codegen.events.samples four_lepton OUT.root --ttree    needs the wheel `root` and a C++ compiler
    python -m tests.codegen.events.samples four_lepton OUT.root --repeat 84   about 100,000 events, for measuring speed

The same name, number and seed give the same events on every machine that has the same numpy and C library.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from numpy.random import Generator

from tests.codegen.events.fourlepton import four_lepton_events
from tests.codegen.events.general import general_events
from tests.codegen.events.particles import Event
from tests.codegen.events.ttree import write_ttree
from tests.codegen.events.write import arrays, repeated, write_rntuple

Sample = Callable[[Generator, int], Iterator[tuple[str, Event]]]
SAMPLES: dict[str, tuple[Sample, int]] = {"four_lepton": (four_lepton_events, 1200), "general": (general_events, 2500)}
"""How a sample is made, and how many events it has by default."""


def make(
    name: str, path: Path, count: int | None = None, seed: int = 7, ttree: bool = False, repeat: int = 1
) -> list[str]:
    """Writes a sample to a file; returns what is special about each event, in the order of the file."""
    generate, default = SAMPLES[name]
    made = list(generate(np.random.default_rng(seed), count or default))
    events = arrays(event for _, event in made)
    if repeat > 1:
        events = repeated(events, repeat)
    if ttree:
        with tempfile.TemporaryDirectory() as scratch:
            write_ttree(events, path.resolve(), Path(scratch))
    else:
        write_rntuple(events, path)
    return [special for special, _ in made] * repeat


def main() -> None:
    parser = argparse.ArgumentParser(description="Makes a file of simulated events.")
    parser.add_argument("sample", choices=sorted(SAMPLES))
    parser.add_argument("path", type=Path)
    parser.add_argument("--events", type=int)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--ttree", action="store_true")
    parser.add_argument("--repeat", type=int, default=1)
    given = parser.parse_args()
    special = make(given.sample, given.path, given.events, given.seed, given.ttree, given.repeat)
    print(f"{given.path}: {len(special)} events")


if __name__ == "__main__":
    main()
