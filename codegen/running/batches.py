"""Files dealt out to runs of the program, in their order."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from codegen.running.inspection import File

MOST_FILES = 50
MOST_BYTES = 2_000_000_000


@dataclass(frozen=True)
class Batch:
    """Consecutive files for one run of the program, and how many events of each it reads: all, but in the last file."""

    files: tuple[File, ...]
    reads: tuple[int, ...]

    @property
    def events(self) -> int:
        """The number of events that the program reads."""
        return sum(self.reads)

    @property
    def cut_short(self) -> bool:
        """Whether the last file is not read to its end."""
        return self.reads[-1] < self.files[-1].events

    def halves(self, at: int) -> list[Batch]:
        """The files before and from the one with that number."""
        return [Batch(self.files[:at], self.reads[:at]), Batch(self.files[at:], self.reads[at:])]

    def without(self, names: set[str]) -> Batch | None:
        """Less the files of these names; None if nothing is left."""
        kept = [(f, n) for f, n in zip(self.files, self.reads, strict=True) if f.given not in names]
        return Batch(tuple(f for f, _ in kept), tuple(n for _, n in kept)) if kept else None


def dealt(files: Sequence[File], events: int | None, jobs: int) -> list[Batch]:
    """The files up to the first `events` events of all, in batches: about as many events in each as there are jobs for.

    A batch has 50 files or 2 GB at most, if it has more than one file.
    """
    taken: list[tuple[File, int]] = []
    left = math.inf if events is None else events
    for file in files:
        if left <= 0:
            break
        taken.append((file, int(min(file.events, left))))
        left -= taken[-1][1]
    share = sum(reads for _, reads in taken) / max(jobs, 1)
    batches: list[list[tuple[File, int]]] = []
    for file, reads in taken:
        last = batches[-1] if batches else []
        full = (
            len(last) >= MOST_FILES
            or sum(f.size for f, _ in last) + file.size > MOST_BYTES
            or sum(n for _, n in last) + reads / 2 > share
        )
        if not last or full:
            batches.append([(file, reads)])
        else:
            last.append((file, reads))
    return [Batch(tuple(f for f, _ in batch), tuple(n for _, n in batch)) for batch in batches]
