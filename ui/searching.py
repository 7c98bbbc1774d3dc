"""The search index of the store that a command line means, brought up to date with progress shown."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from kg.errors import KgError
from ui.guard import say

if TYPE_CHECKING:
    from kg.store.base import Store
    from kg.store.neo4j.store import Neo4jStore
    from retrieval.embedding.base import Embedder
    from retrieval.index.opened import Index
    from retrieval.neo4j.searcher import ServerSearcher


class NotNeo4j(KgError):
    """What only a Neo4j store has, asked of another."""


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


def neo4j_of(store: Store) -> Neo4jStore | None:
    """The Neo4j store that this is, None for another."""
    from kg.reviewed import as_read
    from kg.store.base import LooksAhead

    plain = as_read(store)
    if not isinstance(plain, LooksAhead):
        return None
    from kg.store.neo4j.store import Neo4jStore

    return plain if isinstance(plain, Neo4jStore) else None


def searcher_inside(store: Store, embedder: str | None = None, *, rebuild: bool = False) -> ServerSearcher:
    """Search by the indexes inside a Neo4j store, which `rebuild` makes anew first; says what is to be said of them.

    Raises `NotNeo4j`, and `StoreError` where the indexes are not there or not ready.
    """
    server = neo4j_of(store)
    if server is None:
        why = "only a Neo4j store has search indexes of its own; without --inside the index on this machine is used"
        raise NotNeo4j("the store has no search of its own", why=why, nearest=["--store neo4j://HOST"])
    from retrieval.neo4j import upkeep
    from retrieval.neo4j.searcher import ServerSearcher

    model = chosen_embedder(embedder)
    if rebuild:
        index_inside(store, model, rebuild=True)
    kept = upkeep.model_kept(server)
    if model is not None and kept not in (None, upkeep.model_name(model)):
        held = f"vectors of {kept}" if kept else "no vectors"
        say(f"kg: note: the store holds {held}, not of {upkeep.model_name(model)}: full text and vocabulary only")
        model = None
    if missing := upkeep.not_indexed(server):
        say(f"kg: note: {missing} cuts are not in the index inside the store yet; `kg query --inside --rebuild-index`")
    return ServerSearcher(server, model)


def index_inside(store: Store, model: Embedder | None, *, rebuild: bool = False) -> None:
    """Bring the indexes inside a Neo4j store up to date, with progress shown; nothing where it is another store."""
    from ui.progress import counted

    if (server := neo4j_of(store)) is None:
        return
    from retrieval.neo4j.upkeep import bring_up_to_date

    with counted() as progress:
        bring_up_to_date(server, model, progress, rebuild=rebuild)
