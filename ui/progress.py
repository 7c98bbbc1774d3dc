"""Progress of long work on standard error: a live line on a terminal; of an ingest elsewhere one plain line a paper."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from ingest.report import Outcome, Progress, Watcher
from ui.plain import plain


@contextmanager
def shown_progress() -> Iterator[Watcher]:
    """A watcher for `ingest` that shows papers, passages and cuts as they come."""
    if not sys.stderr.isatty():
        yield _PlainLines().watch
        return
    from rich.console import Console

    console = Console(stderr=True, markup=False, highlight=False, emoji=False)
    with console.status("Looking for the first paper") as status:
        lines = _PlainLines()

        def watch(progress: Progress) -> None:
            if progress.outcome is None:
                status.update(f"Reading {plain(progress.errand.paper)}; {lines.totals()}, {progress.waiting} waiting")
            else:
                console.print(lines.line(progress.outcome), soft_wrap=True)

        yield watch


@contextmanager
def counted(name: str = "Search index") -> Iterator[Callable[[str, int, int], None]]:
    """A watcher of work that is counted, called with what is done, how much of it, and how much there is."""
    if not sys.stderr.isatty():
        yield lambda what, done, of: None
        return
    from rich.console import Console

    with Console(stderr=True, markup=False, highlight=False, emoji=False).status("") as status:
        yield lambda what, done, of: status.update(f"{name}: {what}, {done} of {of}")


class _PlainLines:
    """Counts what went by, and writes a line for each paper that is done."""

    def __init__(self) -> None:
        self.papers = self.passages = self.cuts = 0

    def watch(self, progress: Progress) -> None:
        if progress.outcome is not None:
            print(self.line(progress.outcome), file=sys.stderr, flush=True)

    def line(self, outcome: Outcome) -> str:
        name = plain(outcome.id)
        if outcome.state == "failed":
            return f"{name}: failed"
        self.papers += 1
        self.passages += outcome.passages
        self.cuts += outcome.cuts
        if outcome.state == "unchanged":
            return f"{name}: unchanged, {outcome.cuts} cuts"
        return f"{name}: read from {plain(outcome.origin)}, {outcome.passages} passages, {outcome.cuts} cuts"

    def totals(self) -> str:
        return f"{self.papers} papers, {self.passages} passages, {self.cuts} cuts so far"
