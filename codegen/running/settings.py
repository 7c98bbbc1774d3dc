"""How a program is to be run: all that `kg run` takes besides the program, its inputs and the folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from codegen import sandbox
from codegen.running.pool import Confinement
from codegen.sandbox import MIB, Level, Limits, Offers


@dataclass(frozen=True)
class Settings:
    """How to run: the first `events` events of all inputs (None: all), in `jobs` processes, confined at least so far.

    seconds, memory: what each process of the program may use at most, on the clock and in bytes. weights: simulation
    weights are added up, too. options: "NAME=OPTION" for open choices. vary: every other option of the open choices is
    run as well. scheduler: the address of a Dask scheduler, "" for this machine; what runs on a cluster is confined by
    nothing, so that `minimum_level` must be LIMITS at most then.
    """

    events: int | None = None
    jobs: int = 1
    nminus1: bool = False
    minimum_level: Level = Level.CONFINED
    seconds: float = 3600.0
    memory: int = 4096 * MIB
    good_runs: tuple[Path, ...] = ()
    weights: bool = False
    options: tuple[str, ...] = ()
    vary: bool = False
    scheduler: str = ""

    def confinement(self) -> Confinement:
        """The sandbox's limits; raises `InvalidLimits`."""
        limits = Limits(
            wall_seconds=self.seconds,
            cpu_seconds=4 * self.seconds,
            memory_bytes=self.memory,
            file_bytes=512 * MIB,
            result_bytes=512 * MIB,
        )
        offers = Offers() if self.scheduler else sandbox.offers()
        return Confinement(self.minimum_level, limits, offers)


__all__ = ["Settings"]
