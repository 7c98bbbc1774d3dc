"""The search index of the store that a command line means, brought up to date with progress shown."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ui.guard import say

if TYPE_CHECKING:
    from kg.store.base import Store
    from retrieval.embedding.base import Embedder
    from retrieval.index.opened import Index


def chosen_embedder(name: str | None) -> Embedder | None:
    """The embedding model that is wanted, None where it cannot be had, which is said once."""
    from retrieval.embedding.base import EmbedderUnavailable
    from retrieval.embedding.choice import chosen_name, embedder

    try:
        return embedder(chosen_name(name))
    except EmbedderUnavailable as error:
        say(f"kg: note: {error}; full text and vocabulary only")
        return None


@contextmanager
def opened_index(
    store: Store, embedder: str | None = None, *, rebuild: bool = False
) -> Iterator[tuple[Index, Embedder | None]]:
    """The index of the store and the model that questions to it are embedded by; says what is to be said of it."""
    from retrieval.index.opened import open_index
    from ui.progress import counted

    model = chosen_embedder(embedder)
    with counted() as progress:
        index = open_index(store, model, rebuild=rebuild, progress=progress)
    for note in index.notes:
        say(f"kg: note: {note}")
    yield index, model if index.vectors is not None else None
