"""The search indexes inside Neo4j, brought up to date: the words and vectors of cuts that have none yet."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from kg.errors import StoreError
from kg.store.neo4j.rows import cut_of
from retrieval.describing import terms
from retrieval.embedding.base import Embedder
from retrieval.index.build import texts_of
from retrieval.neo4j import cypher

if TYPE_CHECKING:
    from kg.store.neo4j.store import Neo4jStore

_CUTS_AT_ONCE = 500


def bring_up_to_date(store: Neo4jStore, embedder: Embedder | None) -> int:
    """Index the cuts that are not; returns how many. Vectors of another model than `embedder` are all made anew.

    Raises `StoreError` where the store was opened for reading only.
    """
    if store.read_only:
        raise StoreError("the search index cannot be made", where=store.where, why="the store was opened for reading")
    connection = store.connection
    connection.schema(cypher.WORDS_INDEX)
    model = f"{embedder.name}/{embedder.dimension}" if embedder is not None else ""
    [row] = connection.ask(cypher.MODEL)
    if row["model"] != model:
        connection.ask(cypher.FORGET)
        connection.schema(cypher.DROP_VECTORS)
        connection.ask(cypher.SET_MODEL, model=model)
    if embedder is not None:
        connection.ask(cypher.VECTOR_INDEX, dimension=embedder.dimension)
    done = 0
    while found := [cut_of(row["c"]) for row in connection.ask(cypher.MISSING, limit=_CUTS_AT_ONCE)]:
        quoted = store.passages(cut.id for cut in found)
        texts = [texts_of(cut, quoted[cut.id]) for cut in found]
        vectors: list[list[float] | None] = [None] * len(found)
        if embedder is not None:
            made = embedder.embed([t.description for t in texts]) + embedder.embed([t.sentence for t in texts])
            vectors = [[float(x) for x in vector] for vector in made]
        rows = [
            {
                "id": cut.id,
                "words": " ".join([*terms(text.description), *terms(text.sentence), *terms(text.around)]),
                "vector": vector,
            }
            for cut, text, vector in zip(found, texts, vectors, strict=True)
        ]
        connection.write(lambda transaction, rows=rows: transaction.run(cypher.KEEP, rows=rows).consume())  # type: ignore[misc]
        done += len(rows)
    return done


def await_online(store: Neo4jStore, patience: float = 10.0) -> None:
    """Wait until the indexes answer; raises `StoreError`, with how far they are, where that takes longer."""
    until = time.monotonic() + patience
    while True:
        states = {row["name"]: (row["state"], row["percent"]) for row in store.connection.ask(cypher.STATES)}
        if "cutgraph_words" not in states:
            raise StoreError(
                "no search index", where=store.where, why="nobody has made it yet; open it for writing once"
            )
        waiting = [f"{name} {percent:.0f}%" for name, (state, percent) in sorted(states.items()) if state != "ONLINE"]
        if not waiting:
            return
        if time.monotonic() > until:
            why = f"the server is still making it ({', '.join(waiting)}); ask again in a while"
            raise StoreError("the search index is not ready", where=store.where, why=why)
        time.sleep(0.2)


__all__ = ["await_online", "bring_up_to_date"]
