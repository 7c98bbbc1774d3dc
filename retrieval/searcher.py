"""Questions to one store, again and again, in one process: the index is opened once and follows the store."""

from __future__ import annotations

from collections.abc import Sequence

from kg.store.base import Store
from kg.subgraph import Subgraph
from retrieval.embedding.base import Embedder
from retrieval.expansion import subgraph_of
from retrieval.index.opened import Index, open_index
from retrieval.search import CHANNELS, Channel, Found, asked, search


class Searcher:
    """Search over a store that stays open. Not for several threads at once, as the store is not.

    `embedder` None: full text and vocabulary only.
    """

    def __init__(self, store: Store, embedder: Embedder | None) -> None:
        self.store, self.embedder = store, embedder
        self._state: tuple[int, ...] | None = None
        self._index: Index | None = None

    @property
    def index(self) -> Index:
        """The index of the store as it is now; made anew where the store has changed since the last question."""
        state = self.store.state()
        if self._index is None or state != self._state:
            self._index = open_index(self.store, self.embedder)
            self._state = state
        return self._index

    def find(self, text: str, limit: int = 10, channels: Sequence[Channel] = CHANNELS) -> Found:
        """The best cuts for the question; raises `EmptyQuestion`."""
        index = self.index
        return search(asked(text, index), index, self.store, self.embedder, limit, channels)

    def ask(self, text: str, limit: int = 10) -> Subgraph:
        """The answer as a subgraph; raises `EmptyQuestion`."""
        return subgraph_of(self.store, self.find(text, limit))


__all__ = ["Searcher"]
