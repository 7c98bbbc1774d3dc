"""Work for several threads, which end with the process: Ctrl-C need not wait for a server that hangs."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, TypeVar

Result = TypeVar("Result")


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


__all__ = ["Pool"]
