"""Progress of a run on standard error: a live line on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from codegen.running.watching import Watcher
from ui.guard import say
from ui.plain import plain

_STEPS = 10  # plain lines for a stage of the run, about


class _Shown(Watcher):
    """Says each step through `live`, which replaces what it said before, or through lines that stay."""

    def __init__(self, live: Callable[[str], None] | None, line: Callable[[str], None]) -> None:
        self._live, self._line = live, line
        self._told: dict[str, int] = {}

    def fetched(self, file: str, size: int, of: int | None) -> None:
        whole = f" of {of / 1e6:.1f}" if of else ""
        if self._live:
            self._live(f"Fetching {plain(file)}: {size / 1e6:.1f}{whole} MB")

    def inspected(self, done: int, of: int) -> None:
        self._step("looked at", done, of, f"{done} of {of} files looked at")

    def ran(self, files: int, of: int, events: int) -> None:
        self._step("run", files, of, f"{files} of {of} files done, {events} events")

    def said(self, line: str) -> None:
        self._line(plain(line))

    def _step(self, stage: str, done: int, of: int, text: str) -> None:
        if self._live:
            self._live(text)
        elif done * _STEPS // of > self._told.get(stage, 0):
            self._told[stage] = done * _STEPS // of
            if of > 1:
                self._line(text)


@contextmanager
def run_progress() -> Iterator[Watcher]:
    """A watcher for `run_program`."""
    if not sys.stderr.isatty():
        yield _Shown(None, say)
        return
    from rich.console import Console

    console = Console(stderr=True, markup=False, highlight=False, emoji=False)
    with console.status("Looking at the files") as status:
        yield _Shown(status.update, lambda line: console.print(line, soft_wrap=True))
