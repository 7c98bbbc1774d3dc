"""Several confined runs at once, each in a worker process; all end when the caller is interrupted."""

from __future__ import annotations

import contextlib
import json
import queue
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from codegen import sandbox
from codegen.sandbox import Level, Limits, Offers
from kg.errors import KgError

_ROOT = str(Path(__file__).resolve().parent.parent.parent)
_START = "import sys; sys.path.insert(0, sys.argv[1]); from codegen.running.worker import main; main(sys.argv[2:])"
_PATIENCE = 40  # seconds for a run that was told to end


@dataclass(frozen=True)
class Order:
    """One run: the program, its arguments, the files it may read, the folder it starts in and may write."""

    program: Path
    arguments: tuple[str, ...]
    inputs: tuple[Path, ...]
    folder: Path


@dataclass(frozen=True)
class Confinement:
    """How runs are confined, the same for all of them."""

    minimum_level: Level
    limits: Limits
    offers: Offers


@dataclass(frozen=True)
class Line:
    """A line that the run of an order printed."""

    order: int
    text: str


@dataclass(frozen=True)
class Ended:
    """The end of the run of an order: what `Outcome.as_record` says, with the tail of `stderr`."""

    order: int
    outcome: dict[str, Any]


@dataclass(frozen=True)
class _Broken:
    order: int
    error: BaseException


def runs(orders: Sequence[Order], confinement: Confinement, jobs: int) -> Iterator[Line | Ended]:
    """Carry out orders, `jobs` at a time, begun in their order; yields as things happen.

    Raises what the sandbox raises (`LevelNotReached`, `RunImpossible`, `SandboxFailed`). However this is left, no run
    goes on.
    """
    waiting: queue.SimpleQueue[int] = queue.SimpleQueue()
    for number in range(len(orders)):
        waiting.put(number)
    told: queue.SimpleQueue[Line | Ended | _Broken] = queue.SimpleQueue()
    stop = _Stop()

    def work() -> None:
        while not stop.asked:
            try:
                number = waiting.get_nowait()
            except queue.Empty:
                return
            try:
                _carry_out(number, orders[number], confinement, told, stop)
            except BaseException as error:
                told.put(_Broken(number, error))
                return

    threads = [threading.Thread(target=work, daemon=True) for _ in range(min(jobs, len(orders)))]
    for thread in threads:
        thread.start()
    left = len(orders)
    try:
        while left:
            news = told.get()
            if isinstance(news, _Broken):
                raise news.error
            left -= isinstance(news, Ended)
            yield news
    finally:
        stop.all_runs()
        for thread in threads:
            thread.join(_PATIENCE)


class _Stop:
    """Ends the runs that are under way, and lets none begin."""

    def __init__(self) -> None:
        self.asked = False
        self._lock = threading.Lock()
        self._running: set[subprocess.Popen[bytes]] = set()

    def started(self, command: list[str]) -> subprocess.Popen[bytes]:
        with self._lock:
            if self.asked:
                raise InterruptedError
            process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
            )
            self._running.add(process)
            return process

    def ended(self, process: subprocess.Popen[bytes]) -> None:
        with self._lock:
            self._running.discard(process)

    def all_runs(self) -> None:
        with self._lock:
            self.asked = True
            for process in self._running:
                with contextlib.suppress(OSError):
                    if process.stdin is not None:
                        process.stdin.close()


def _carry_out(number: int, order: Order, confinement: Confinement, told: queue.SimpleQueue[Any], stop: _Stop) -> None:
    order.folder.mkdir(parents=True, exist_ok=True)
    written = order.folder.with_name(order.folder.name + ".order.json")
    written.write_text(
        json.dumps(
            {
                "program": str(order.program),
                "arguments": order.arguments,
                "inputs": [str(path) for path in order.inputs],
                "result_dir": str(order.folder),
                "limits": asdict(confinement.limits),
                "minimum_level": confinement.minimum_level.name,
                "offers": asdict(confinement.offers),
            }
        ),
        "utf-8",
    )
    last: dict[str, Any] = {}
    process = stop.started([sys.executable, "-I", "-B", "-c", _START, _ROOT, str(written)])
    try:
        assert process.stdout is not None
        assert process.stderr is not None
        for line in process.stdout:
            try:
                last = json.loads(line)
            except ValueError:  # the worker was killed while it wrote
                last = {}
            if "line" in last:
                told.put(Line(number, last["line"]))
        complaint = process.stderr.read().decode("utf-8", "replace").strip().splitlines()
        process.wait()
    finally:
        stop.ended(process)
        for stream in (process.stdin, process.stdout, process.stderr):
            if stream is not None:
                stream.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(_PATIENCE)
        if process.poll() is None:
            process.kill()
            process.wait()
    if "outcome" in last:
        told.put(Ended(number, last["outcome"]))
    elif "error" in last:
        raise _raised(last["error"])
    else:
        why = complaint[-1] if complaint else f"its process ended with {process.returncode}"
        raise sandbox.SandboxFailed("the program was not run", where="the sandbox", why=why)


def _raised(told: dict[str, Any]) -> KgError:
    kind = getattr(sandbox, told.pop("kind"), sandbox.SandboxFailed)
    assert issubclass(kind, KgError)
    return kind(told["what"], where=told["where"], why=told["why"], nearest=told["nearest"])
