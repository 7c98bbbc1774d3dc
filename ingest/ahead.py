"""Papers read before it is their turn, so that a model never waits for a paper and a paper never for the model.

The graph stays that of reading one after the other: readings are taken and stored in the order of the planner.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from functools import partial
from typing import Protocol

from ingest.planner import Errand
from ingest.sources.fetched import Fetched
from kg.llm.pool import Pool
from kg.records import Reading


class _Sources(Protocol):
    def open(self, text: str) -> Fetched: ...


class _Reader(Protocol):
    def key(self, fetched: Fetched) -> str: ...

    def read(self, fetched: Fetched) -> Reading: ...


class ReadAhead:
    """A `PaperReader` that has up to `papers` readings under way for the errands that come next."""

    def __init__(self, reader: _Reader, sources: _Sources, papers: int) -> None:
        self._reader, self._sources, self._papers = reader, sources, papers
        self._pool = Pool(papers)
        self._coming: dict[str, Future[Reading]] = {}
        self._seen: set[str] = set()

    def key(self, fetched: Fetched) -> str:
        """See `PaperReader.key`."""
        return self._reader.key(fetched)

    def read(self, fetched: Fetched) -> Reading:
        """The reading that was begun before, else one made now; errors of either are raised here."""
        coming = self._coming.pop(self._reader.key(fetched), None)
        return coming.result() if coming is not None else self._reader.read(fetched)

    def begin(self, errands: Iterable[Errand], stored: Callable[[Fetched, str], str | None]) -> None:
        """Begin the next readings; what fails, or is `stored` already, is left until its turn comes."""
        for errand in errands:
            if len(self._coming) >= self._papers:
                return
            if errand.paper in self._seen or errand.paper.startswith("unidentified:"):
                continue
            self._seen.add(errand.paper)
            with contextlib.suppress(Exception):  # it is met again, and reported, when it is the paper's turn
                fetched = self._sources.open(errand.paper)
                key = self.key(fetched)
                if key not in self._coming and stored(fetched, key) is None:
                    self._coming[key] = self._pool.submit(partial(self._reader.read, fetched))


__all__ = ["ReadAhead"]
