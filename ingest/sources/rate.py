"""So many requests in so many seconds, counted over every process that shares the cache folder."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BufferedRandom
from pathlib import Path

if sys.platform != "win32":
    import fcntl


@dataclass
class RateLimit:
    """At most `count` requests start in any `seconds`.

    Start times are kept in `file`, locked while it is read and rewritten: a process that wants to send takes
    the next free slot, gives the lock back and sleeps until its slot comes. Where the file cannot be used, the
    times of this process alone are kept. `clock` is seconds since the epoch, so that processes agree on it.
    """

    count: int
    seconds: float
    file: Path
    clock: Callable[[], float] = time.time
    sleep: Callable[[float], None] = time.sleep
    _own: list[float] = field(default_factory=list)

    def wait(self) -> float:
        """Sleep until the next request may start; returns the seconds slept."""
        try:
            with self._locked() as file:
                slots = self._usable(_read_times(file))
                slot = self._next(slots)
                file.seek(0)
                file.truncate()
                file.write(json.dumps([*slots, slot][-self.count :]).encode())
        except OSError:
            slot = self._next(self._usable(self._own))
        self._own = [*self._own, slot][-self.count :]
        pause = max(0.0, slot - self.clock())
        if pause:
            self.sleep(pause)
        return pause

    def _next(self, slots: list[float]) -> float:
        now = self.clock()
        return now if len(slots) < self.count else max(now, slots[-self.count] + self.seconds)

    def _usable(self, times: list[float]) -> list[float]:
        """Times that may bind: one far in the future tells of a clock set back, not of a queue."""
        horizon = self.clock() + 3600
        return sorted(t for t in times if t < horizon)

    @contextmanager
    def _locked(self) -> Iterator[BufferedRandom]:
        self.file.parent.mkdir(parents=True, exist_ok=True)
        self.file.touch()
        with self.file.open("r+b") as file:
            if sys.platform != "win32":
                # the lock goes with the process, also after kill -9
                fcntl.flock(file, fcntl.LOCK_EX)
            yield file


def _read_times(file: BufferedRandom) -> list[float]:
    try:
        times = json.loads(file.read() or b"[]")
    except ValueError:
        return []
    return [float(t) for t in times if isinstance(t, int | float)] if isinstance(times, list) else []
