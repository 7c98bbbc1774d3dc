"""From a fresh process to a confined program: limits, walls, a try at each wall, and only then the program."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import resource
import socket
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NoReturn

from codegen.sandbox import gate, landlock, paths, seccomp, syscalls
from codegen.sandbox.levels import Wall, level_of
from codegen.sandbox.plan import Offers, Plan

# Descriptors of the program: what its interpreter notices; and, until it starts, what stands, and the gate for forks.
EVENTS, FACTS, GATE = 3, 4, 5


def start_program(
    plan: Plan,
    streams: tuple[int, int, int],
    facts: int,
    channel: int,
    *,
    tasks: int,
    own_proc: bool,
    in_namespace: bool,
) -> NoReturn:
    """Turn this process into the confined program; never returns.

    streams: descriptors for standard output, standard error and events. facts: a pipe that receives a line of JSON with
    "walls" and "mechanisms", or with "error" where a wall that the machine offered could not be put up; the program
    is not started then, nor if the level is not reached. channel: a socket for the gate of forks. tasks: how many
    threads this user runs already. own_proc: `/proc` shows the own namespace only.
    """
    os.setsid()
    _connect(streams, facts, channel)
    try:
        with contextlib.suppress(OSError):
            Path("/proc/self/oom_score_adj").write_text(
                "1000"
            )  # if the machine runs out of memory, this is to go first
        _limit(plan, tasks)
        os.chdir(plan.folder)
        mechanisms = ["resource limits"]
        if sys.platform.startswith("linux"):
            syscalls.drop_privileges()
            mechanisms += _walls(plan, own_proc=own_proc, in_namespace=in_namespace)
        if in_namespace:
            mechanisms.append("process, network and mount namespaces")
        elif plan.offers.landlock:
            mechanisms.append("no namespaces: /dev/shm is the machine's")
        walls = list(standing(plan, in_namespace=in_namespace))
        _say({"walls": [wall.name for wall in walls], "mechanisms": mechanisms})
        if level_of(walls) >= plan.minimum_level:
            os.execve(plan.command[0], plan.command, plan.environment)
    except Exception as error:
        _say({"error": f"{type(error).__name__}: {error}"})
    os._exit(125)


def _say(facts: dict[str, object]) -> None:
    os.write(FACTS, json.dumps(facts).encode() + b"\n")


def _connect(streams: tuple[int, int, int], facts: int, channel: int) -> None:
    """Standard input from nothing, output to the launcher's pipes, every other descriptor closed."""
    null = os.open(os.devnull, os.O_RDONLY)
    high = [fcntl.fcntl(one, fcntl.F_DUPFD_CLOEXEC, 100) for one in (null, *streams, facts, channel)]
    for number, one in enumerate(high):
        os.dup2(one, number, inheritable=number <= EVENTS)
    os.closerange(GATE + 1, min(resource.getrlimit(resource.RLIMIT_NOFILE)[0], 1 << 20))


def _limit(plan: Plan, tasks: int) -> None:
    limits = plan.limits
    cpu = int(limits.cpu_seconds) + 1
    wanted = {
        resource.RLIMIT_CPU: (cpu, cpu + 5),
        resource.RLIMIT_FSIZE: (int(limits.file_bytes),) * 2,
        resource.RLIMIT_DATA: (int(limits.memory_bytes),) * 2,
        resource.RLIMIT_CORE: (0, 0),
        resource.RLIMIT_NOFILE: (4096, 4096),
        # A second line only: the supervisor counts. The kernel counts all that the user runs, and for root nothing.
        resource.RLIMIT_NPROC: (2 * int(limits.processes) + tasks,) * 2,
    }
    for kind, (soft, hard) in wanted.items():
        highest = resource.getrlimit(kind)[1]
        if highest != resource.RLIM_INFINITY:
            soft, hard = min(soft, highest), min(hard, highest)
        resource.setrlimit(kind, (soft, hard))


def _walls(plan: Plan, *, own_proc: bool, in_namespace: bool) -> Iterator[str]:
    """Put up what the machine offers; yield what was put up, in words."""
    offers = plan.offers
    # Listed now: once Landlock stands, /proc can no longer be read.
    protected = _processes() if offers.seccomp and not in_namespace and offers.landlock < landlock.SIGNAL_ABI else []
    if offers.landlock:
        landlock.restrict(offers.landlock, list(_allowed(plan, own_proc=own_proc)))
        yield f"Landlock (version {offers.landlock})"
    elif file_tree_needed(offers):
        yield "a file tree of its own"
    if offers.seccomp:
        yield "seccomp" + (" (signals only to processes that started later)" if protected else "")
        yield from _filter(offers, protected)


def _filter(offers: Offers, protected: list[int]) -> Iterator[str]:
    """Install the filter, with forks counted if this kernel can announce them."""

    def filtered(*, gate: bool) -> list[seccomp.Instruction]:
        return seccomp.program(
            syscalls.machine(),
            guard_truncation=0 < offers.landlock < landlock.TRUNCATE_ABI,
            protected=protected,
            group=os.getpid(),
            gate=gate,
        )

    try:
        listener = seccomp.install(filtered(gate=True), gate=True)
        yield "forks counted one by one"
    except OSError:
        listener = seccomp.install(filtered(gate=False))
    gate.hand_over(GATE, listener)


def file_tree_needed(offers: Offers) -> bool:
    """Whether mounts must stand in for Landlock."""
    return bool(offers.mounts and offers.namespaces and not offers.landlock)


def _allowed(plan: Plan, *, own_proc: bool) -> Iterator[tuple[Path, int]]:
    for path in plan.readable:
        yield Path(path), landlock.RUN
    for path in (*plan.inputs, *paths.SYSTEM_SETTINGS, *(["/proc"] if own_proc else paths.PROC_OF_THE_MACHINE)):
        yield Path(path), landlock.READ
    for path in paths.DEVICES:
        yield Path(path), landlock.READ | landlock.WRITE_FILE
    for path in (plan.folder, plan.scratch, paths.SHARED_MEMORY):
        yield Path(path), landlock.WRITE


def file_tree(plan: Plan, *, own_proc: bool) -> tuple[list[Path], list[Path]]:
    """What a file tree of the program's own shows: paths to read, paths to write."""
    written = {plan.folder, plan.scratch, paths.SHARED_MEMORY}
    shown = [path for path, _ in _allowed(plan, own_proc=own_proc)]
    return [path for path in shown if str(path) not in written], [Path(path) for path in sorted(written)]


def _processes() -> list[int]:
    """All other processes, those that this one descends from first."""
    above, process = [os.getppid()], os.getppid()
    while process > 1:
        process = int(Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[1])
        above.append(process)
    others = [int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit()]
    return [process for process in dict.fromkeys([*above, *others]) if process not in (0, os.getpid())]


def standing(plan: Plan, *, in_namespace: bool) -> Iterator[Wall]:
    """The walls that hold, each found out by running into it from within this process."""
    if all(
        map(_fails, (lambda: _read(plan.outside), lambda: _write(plan.outside), lambda: os.truncate(plan.outside, 0)))
    ):
        yield Wall.FILES
    if _fails(socket.socket) and _fails(lambda: socket.socket(socket.AF_UNIX)):
        yield Wall.NETWORK
    # In a namespace of processes, numbers from outside mean nothing; process 2 of it is this one.
    if os.getpid() == 2 if in_namespace else _fails(lambda: os.kill(plan.launcher, 0)):
        yield Wall.SIGNALS


def _fails(attempt: Callable[[], object]) -> bool:
    try:
        attempt()
    except OSError:
        return True
    return False


def _read(path: Path) -> None:
    os.close(os.open(path, os.O_RDONLY))


def _write(path: Path) -> None:
    os.close(os.open(path.with_name("written"), os.O_WRONLY | os.O_CREAT))
