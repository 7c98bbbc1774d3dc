"""Work for several threads, which end with the process: Ctrl-C need not wait for a server that hangs."""

from __future__ import annotations

import queue
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from typing import Any, TypeVar

Result = TypeVar("Result")

_TURN = 0.001
"""Seconds that a thread computes while another waits for its turn; Python's own 5 ms, met several times in each
request, keep a server idle for a tenth of the time (`tests/benchmarks/models_throughput.py`: 74% busy, then 83%)."""


@contextmanager
def quick_turns() -> Iterator[None]:
    """While it lasts, threads that compute give way sooner to those whose server has answered."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(min(before, _TURN))
    try:
        yield
    finally:
        sys.setswitchinterval(before)


class Pool:
    """At most `size` threads, started when there is work for them."""

    def __init__(self, size: int) -> None:
        self.size = size
        self._work: queue.SimpleQueue[tuple[Future[Any], Callable[[], Any]]] = queue.SimpleQueue()
        self._threads: list[threading.Thread] = []
        self._waiting = 0
        self._lock = threading.Lock()

    def submit(self, work: Callable[[], Result]) -> Future[Result]:
        """Have the work done; the future has its result or its error."""
        future: Future[Result] = Future()
        with self._lock:
            self._waiting += 1
            if len(self._threads) < min(self.size, self._waiting):
                thread = threading.Thread(target=self._run, daemon=True)
                self._threads.append(thread)
                thread.start()
        self._work.put((future, work))
        return future

    def _run(self) -> None:
        while True:
            future, work = self._work.get()
            if future.set_running_or_notify_cancel():
                try:
                    future.set_result(work())
                except BaseException as error:
                    future.set_exception(error)
            with self._lock:
                self._waiting -= 1


__all__ = ["Pool", "quick_turns"]
