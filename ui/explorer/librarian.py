"""The search index of a store, open in a thread of its own, for all who look at the store at once.

A store belongs to the thread that opened it, and an index takes seconds to make: here both are kept. While papers are
being added, questions are answered from the index as it was, and a new one is made beside it.
"""

from __future__ import annotations

import threading
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

from kg.records import Paper
from kg.store.base import Store
from kg.store.open import open_store
from retrieval.embedding.base import Embedder, EmbedderUnavailable
from retrieval.embedding.choice import chosen_name, embedder
from retrieval.index.opened import Index, open_index
from retrieval.search import Found, asked, search
from ui.explorer.lasting import keep_for_good


@dataclass(frozen=True)
class Shelf:
    """What is kept of one state of the store: the index, and the read papers by id."""

    index: Index
    model: Embedder | None
    papers: dict[str, Paper]
    note: str = ""


@dataclass(frozen=True)
class Answer:
    """What was found, and the shelf that it was found on."""

    found: Found
    shelf: Shelf


class Librarian:
    """Answers questions to the store at `url`; for any number of threads."""

    def __init__(self, url: str | None) -> None:
        self.url = url
        self._one_at_a_time = threading.Lock()
        self._pool = ThreadPoolExecutor(1, "search index")
        self._making: Future[Shelf] | None = None
        self._shelf: Shelf | None = None
        self._doing = ""

    def shelf(self, key: str, patience: float | None = None) -> Shelf | None:
        """The index of the store whose `content_key` that is, or the one before it while that is being made.

        The first one is waited for, at most `patience` seconds; None where it is not there by then.
        """
        with self._one_at_a_time:
            if self._making is not None and self._making.done():
                made, self._making = self._making, None
                if made.exception() is None:  # one that failed is tried again, for whoever asks now
                    self._shelf = made.result()
            if self._shelf is not None and self._shelf.index.key == key:
                return self._shelf
            if self._making is None:
                self._making = self._pool.submit(self._made)
            making, before = self._making, self._shelf
        if before is not None:
            return before
        try:
            return making.result(patience)
        except TimeoutError:
            return None

    @property
    def doing(self) -> str:
        """What is being done for the index, and how far it is."""
        return self._doing

    def prepare(self) -> None:
        """Begin to make the index, before anybody asks."""
        with self._one_at_a_time:
            if self._shelf is None and self._making is None:
                self._making = self._pool.submit(self._made)

    def is_making(self) -> bool:
        """Whether an index is being made."""
        making = self._making
        return making is not None and not making.done()

    def find(self, store: Store, shelf: Shelf, text: str, limit: int) -> Answer:
        """The best cuts for a question; raises `EmptyQuestion`."""
        return Answer(search(asked(text, shelf.index), shelf.index, store, shelf.model, limit), shelf)

    def _told(self, what: str, done: int, of: int) -> None:
        self._doing = f"{what}, {done:,} of {of:,}" if of else what

    def _made(self) -> Shelf:
        model, note = _model()
        with open_store(self.url, read_only=True) as store:
            papers = {paper.id: paper for paper in store.papers(unread=False)}
            index = open_index(store, model, progress=self._told)
        keep_for_good()
        return Shelf(index, model if index.vectors is not None else None, papers, note)


def _model() -> tuple[Embedder | None, str]:
    """The embedding model, None with the reason where it cannot be had."""
    try:
        return embedder(chosen_name(None)), ""
    except EmbedderUnavailable as error:
        return None, f"{error}; full text and vocabulary only"


__all__ = ["Answer", "Librarian", "Shelf"]
