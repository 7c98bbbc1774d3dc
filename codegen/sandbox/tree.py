"""A process and all that came of it: found, measured, ended.

The supervisor is a child subreaper, so that a process whose parent has gone becomes its child and is found again,
however often it forked and whatever session it opened. Source: proc(5), of which `task/TID/children`, `stat` and
`status` are read.
"""
# ruff: noqa: PTH116, PTH208 - this runs many times a second, and Path objects would double its cost

from __future__ import annotations

import contextlib
import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

_SECONDS_PER_TICK = 1 / os.sysconf("SC_CLK_TCK")
_ON_LINUX = sys.platform.startswith("linux")


@dataclass(frozen=True)
class Usage:
    """What a tree of processes uses: threads counted like processes, bytes of memory that is its own, CPU seconds."""

    tasks: int = 0
    memory_bytes: int = 0
    cpu_seconds: float = 0.0


def descendants(process: int) -> list[int]:
    """All processes that came of this one and still run, parents before children."""
    found, todo = [], [process]
    children = _children if _ON_LINUX and Path(f"/proc/self/task/{os.getpid()}/children").exists() else _Listing()
    while todo:
        new = children(todo.pop())
        found += new
        todo += new
    return found


def _children(process: int) -> list[int]:
    found: list[int] = []
    with contextlib.suppress(OSError):
        for thread in os.listdir(f"/proc/{process}/task"):
            with contextlib.suppress(OSError):
                found += map(int, Path(f"/proc/{process}/task/{thread}/children").read_text().split())
    return found


class _Listing:
    """Stands where `_children` does, with one listing of all processes for all its calls."""

    def __init__(self) -> None:
        self._of: dict[int, list[int]] = {}
        for process, parent, *_ in listed():
            self._of.setdefault(int(parent), []).append(int(process))

    def __call__(self, process: int) -> list[int]:
        return self._of.get(process, [])


def listed() -> list[list[str]]:
    """All processes by `ps`, for systems without `/proc`: process, parent, resident KiB, CPU time as [[hh:]mm:]ss."""
    answer = subprocess.run(
        ["ps", "-A", "-o", "pid=,ppid=,rss=,time="], capture_output=True, text=True, timeout=10, check=False
    )
    return [line.split() for line in answer.stdout.splitlines()]


def usage(processes: Iterable[int], memory_limit: float) -> Usage:
    """What these processes use now; those that end meanwhile count nothing.

    Memory is anonymous and shared memory; pages of mapped files are not counted, since the kernel takes them back when
    it needs them. Only above `memory_limit` the pages that processes share are told apart, which costs more.
    """
    if not _ON_LINUX:
        return _usage_listed(set(processes))
    tasks, memory, cpu = 0, 0, 0.0
    alive = list(processes)
    for process in alive:
        with contextlib.suppress(OSError, ValueError, IndexError):
            fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
            cpu += sum(map(int, fields[11:15])) * _SECONDS_PER_TICK  # own, and that of children already gone
            tasks += int(fields[17])
            memory += _kibibytes(f"/proc/{process}/status", ("RssAnon:", "RssShmem:"))
    if memory > memory_limit:
        shared_once = 0
        for process in alive:
            with contextlib.suppress(OSError, ValueError):
                shared_once += _kibibytes(f"/proc/{process}/smaps_rollup", ("Pss_Anon:", "Pss_Shmem:"))
        memory = shared_once or memory
    return Usage(tasks, memory, cpu)


def _kibibytes(path: str, names: tuple[str, ...]) -> int:
    return sum(int(line.split()[1]) * 1024 for line in Path(path).read_text().splitlines() if line.startswith(names))


def _usage_listed(processes: set[int]) -> Usage:
    rows = [row for row in listed() if int(row[0]) in processes]
    cpu = 0.0
    for *_, clock in rows:
        days, _, rest = clock.rpartition("-")
        seconds = 0.0
        for part in rest.split(":"):
            seconds = 60 * seconds + float(part)
        cpu += seconds + 86400 * int(days or 0)
    return Usage(len(rows), sum(int(row[2]) * 1024 for row in rows), cpu)


def unlinked_bytes(processes: Iterable[int]) -> int:
    """Bytes in files that these processes hold open but that no folder shows any more; each file counted once."""
    sizes: dict[tuple[int, int], int] = {}
    for process in processes:
        with contextlib.suppress(OSError):
            for name in os.listdir(f"/proc/{process}/fd"):
                with contextlib.suppress(OSError):
                    held = os.stat(f"/proc/{process}/fd/{name}")
                    if stat.S_ISREG(held.st_mode) and held.st_nlink == 0:
                        sizes[held.st_dev, held.st_ino] = held.st_size
    return sum(sizes.values())


def end(process: int, seconds: float) -> bool:
    """Kill all that came of this process, the calling one, and reap it; False if some still run after `seconds`.

    Parents are stopped before anything is killed, so that a fork bomb cannot outgrow the killing.
    """
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        alive = descendants(process)
        for kind in (signal.SIGSTOP, signal.SIGKILL):
            for one in alive:
                with contextlib.suppress(OSError):
                    os.kill(one, kind)
        if not reap():
            return True
        if not alive:
            time.sleep(0.001)
    return False


def reap() -> bool:
    """Collect the children that have ended; whether there are others."""
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        return False
    return True
