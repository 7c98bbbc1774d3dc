"""The process between the launcher and the program: starts it behind its walls, watches its whole tree, ends it.

A process of its own, so that orphans of the program fall to it and to nobody else, and so that the program ends even
when the launcher is killed. Standard input is the launcher's lifeline: when it closes, the run is ended.
"""

from __future__ import annotations

import contextlib
import json
import os
import resource
import select
import shutil
import signal
import socket
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from codegen.sandbox import confine, folder, namespaces, paths, syscalls, tree
from codegen.sandbox.gate import Gate
from codegen.sandbox.plan import Plan

TICK = 0.025  # seconds between two looks at the tree: 100 MB or so can be filled in it
FOLDER_EVERY = 4  # looks at the tree for each look at the folders
_ON_LINUX = sys.platform.startswith("linux")


def main(arguments: list[str]) -> None:
    """Carry out a plan. Arguments: its file, then descriptors for the program's standard output, standard error and
    events, and one to which the report goes, as one JSON object.
    """
    stdout, stderr, events, report = map(int, arguments[1:])
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the launcher decides
    try:
        answer = _supervised(Plan.from_json(Path(arguments[0]).read_text("utf-8")), (stdout, stderr, events))
    except Exception as error:  # whatever it was, the launcher must hear of it
        answer = {"error": f"{type(error).__name__}: {error}"}
    os.write(report, json.dumps(answer).encode())


@dataclass
class _Watch:
    """What has been seen of the run so far."""

    plan: Plan
    started: float = field(default_factory=time.monotonic)
    looks: int = 0
    peak: int = 0
    cpu: float = 0.0
    shared_before: int = 0

    def passed(self) -> str:
        """The bound that the tree passes now, by its field in `Limits`; "" if none."""
        limits = self.plan.limits
        processes = tree.descendants(os.getpid())
        used = tree.usage(processes, limits.memory_bytes)
        gone = resource.getrusage(resource.RUSAGE_CHILDREN)
        self.cpu = max(self.cpu, used.cpu_seconds + gone.ru_utime + gone.ru_stime)
        shared, unlinked = 0, 0
        if self.looks % FOLDER_EVERY == 0:
            if not self.plan.offers.namespaces and _ON_LINUX:
                shared = self.shared_memory() - self.shared_before
            unlinked = tree.unlinked_bytes(processes) if _ON_LINUX else 0
        memory = used.memory_bytes + max(0, shared)
        self.peak = max(self.peak, memory)
        self.looks += 1
        if time.monotonic() - self.started > limits.wall_seconds:
            return "wall_seconds"
        if memory > limits.memory_bytes:
            return "memory_bytes"
        if used.tasks - bool(self.plan.offers.namespaces) > limits.processes:  # process 1 is not the program's
            return "processes"
        if self.cpu > limits.cpu_seconds:
            return "cpu_seconds"
        if self.looks % FOLDER_EVERY == 1:
            return self._folders(unlinked)
        return ""

    def tasks(self) -> int:
        """Processes and threads of the program now."""
        used = tree.usage(tree.descendants(os.getpid()), float("inf"))
        return used.tasks - bool(self.plan.offers.namespaces)  # process 1 is not the program's

    def _folders(self, unlinked: int) -> str:
        limits = self.plan.limits
        for one in (self.plan.folder, self.plan.scratch):
            size, count = folder.measure(Path(one), most_bytes=limits.result_bytes, most_files=limits.result_files)
            if size + unlinked > limits.result_bytes:
                return "result_bytes"
            if count > limits.result_files:
                return "result_files"
        return ""

    def shared_memory(self) -> int:
        """Bytes in the machine's folder of shared memory."""
        return folder.measure(Path(paths.SHARED_MEMORY), most_bytes=float("inf"), most_files=100_000)[0]


def _supervised(plan: Plan, streams: tuple[int, int, int]) -> dict[str, Any]:
    """Start the program, watch until it ends or must be ended; what happened, for the launcher."""
    if _ON_LINUX:
        syscalls.prctl("subreaper", syscalls.PR_SET_CHILD_SUBREAPER, 1)
    tasks = _tasks_of_user()
    if plan.offers.namespaces:
        namespaces.new_processes(as_user=plan.offers.namespaces == "user")
    facts, facts_out = os.pipe()
    channel, channel_out = (end.detach() for end in socket.socketpair())
    first = os.fork()
    if first == 0:
        os.close(facts)
        os.close(channel)
        _first_process(plan, streams, facts_out, channel_out, tasks)
    for descriptor in (facts_out, channel_out, *streams):
        os.close(descriptor)
    watch = _Watch(plan)
    watch.shared_before = watch.shared_memory() if _ON_LINUX else 0
    bound, status, said = _watched(watch, first, facts, channel)
    wall = time.monotonic() - watch.started
    if status is None:
        os.kill(first, signal.SIGKILL)  # process 1 of a namespace takes all others with it, at once
    all_ended = tree.end(os.getpid(), seconds=10)
    if (
        bound == "launcher"
    ):  # which can no longer clear up behind itself; and in a namespace that has ended none can fork
        with contextlib.suppress(RecursionError):
            shutil.rmtree(plan.base, ignore_errors=True)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return {
        **_said(said),
        "bound": bound,
        "status": status,
        "wall": wall,
        "cpu": max(watch.cpu, used.ru_utime + used.ru_stime),
        "peak": watch.peak,
        "all_ended": all_ended,
    }


def _watched(watch: _Watch, first: int, facts: int, channel: int) -> tuple[str, int | None, bytes]:
    """Until the first process ends or a bound is passed: that bound, the wait status, what the facts pipe said."""
    said = bytearray()
    gate = Gate(int(watch.plan.limits.processes), watch.tasks)
    listener: int | None = None
    waiting = select.poll()
    for descriptor in (0, facts, channel):
        waiting.register(descriptor, select.POLLIN)
    next_look = 0.0
    while True:
        for descriptor, events in waiting.poll(TICK * 1000):
            if descriptor == 0:
                return "launcher", None, bytes(said)
            if descriptor == listener and events & select.POLLIN:
                if not gate.admits(listener):
                    return "processes", None, bytes(said)
            elif descriptor == facts and (data := os.read(facts, 65536)):
                said += data
            else:
                waiting.unregister(descriptor)
                if descriptor == channel and (listener := Gate.received(channel)) is not None:
                    waiting.register(listener, select.POLLIN)
        ended, status = os.waitpid(first, os.WNOHANG)
        if ended:
            for data in _rest(facts):
                said += data
            return "", status, bytes(said)
        if time.monotonic() >= next_look:
            _reap_orphans(first)
            if bound := watch.passed():
                return bound, None, bytes(said)
            next_look = time.monotonic() + TICK


def _rest(facts: int) -> Iterator[bytes]:
    os.set_blocking(facts, False)
    with contextlib.suppress(BlockingIOError):
        while data := os.read(facts, 65536):
            yield data


def _reap_orphans(first: int) -> None:
    """Collect what fell to this process, but not the first, whose status is looked for elsewhere."""
    if not hasattr(os, "waitid"):
        return
    while True:
        ended = os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
        if ended is None or ended.si_pid == first:
            return
        os.waitpid(ended.si_pid, 0)


def _said(said: bytes) -> dict[str, Any]:
    """The facts and, from process 1 of a namespace, the program's own wait status, joined."""
    joined: dict[str, Any] = {}
    for line in said.splitlines():
        joined.update(json.loads(line))
    return joined


def _tasks_of_user() -> int:
    """Threads that run under this user, as RLIMIT_NPROC counts them; 0 where there is no `/proc`."""
    count, user = 0, os.getuid()
    for process in Path("/proc").iterdir() if _ON_LINUX else ():
        with contextlib.suppress(OSError):
            if process.name.isdigit() and process.stat().st_uid == user:
                count += len(list((process / "task").iterdir()))
    return count


def _first_process(plan: Plan, streams: tuple[int, int, int], facts: int, channel: int, tasks: int) -> None:
    """In the child: become the program, or process 1 of a namespace with the program as its child. Never returns."""
    parent = os.getppid()
    try:
        if not plan.offers.namespaces:
            _die_with_parent(parent)
            confine.start_program(plan, streams, facts, channel, tasks=tasks, own_proc=False, in_namespace=False)
        else:
            own_proc = namespaces.new_surroundings(max(64 * 1024**2, int(plan.limits.memory_bytes) // 4))
            if confine.file_tree_needed(plan.offers):
                namespaces.only_these_files(Path(plan.base) / "root", *confine.file_tree(plan, own_proc=own_proc))
            _die_with_parent(parent)
            program = os.fork()
            if program == 0:
                confine.start_program(plan, streams, facts, channel, tasks=tasks, own_proc=own_proc, in_namespace=True)
            else:
                _wait_for(program, facts)
    except BaseException as error:  # in a fork nothing may fall through to the parent's code
        with contextlib.suppress(OSError):
            os.write(facts, json.dumps({"error": f"{type(error).__name__}: {error}"}).encode() + b"\n")
    os._exit(125)


def _wait_for(program: int, facts: int) -> None:
    """As process 1: collect orphans until the program ends, then say how; the rest ends with this process."""
    os.closerange(0, facts)
    os.closerange(facts + 1, 256)
    while True:
        ended, status = os.wait()
        if ended == program:
            os.write(facts, json.dumps({"program_status": status}).encode() + b"\n")
            os._exit(0)


def _die_with_parent(parent: int) -> None:
    """End with the process `parent`; at once where it ended before this was asked for, which no signal tells."""
    if _ON_LINUX:
        syscalls.prctl("parent's death", syscalls.PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)
