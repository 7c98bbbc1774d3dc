"""The search indexes inside Neo4j, brought up to date: the words and vectors of cuts that have none yet."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from kg.errors import StoreError
from kg.store.neo4j.rows import cut_of
from retrieval.describing import terms
from retrieval.embedding.base import Embedder
from retrieval.index.build import Progress, Texts, texts_of
from retrieval.index.place import index_home
from retrieval.index.vectors import VectorMemory
from retrieval.neo4j import cypher

if TYPE_CHECKING:
    from kg.store.neo4j.store import Neo4jStore

_CUTS_AT_ONCE = 500


def bring_up_to_date(
    store: Neo4jStore,
    embedder: Embedder | None,
    progress: Progress = lambda what, done, of: None,
    *,
    rebuild: bool = False,
) -> int:
    """Index the cuts that are not, or with `rebuild` all; returns how many.

    Vectors of another model than `embedder` are all made anew. Texts that this machine embedded before are not
    embedded again. Raises `StoreError` where the store was opened for reading only.
    """
    if store.read_only:
        raise StoreError("the search index cannot be made", where=store.where, why="the store was opened for reading")
    connection = store.connection
    connection.schema(cypher.WORDS_INDEX)
    model = model_name(embedder)
    if rebuild or model_kept(store) != model:
        connection.ask(cypher.FORGET)
        connection.schema(cypher.DROP_VECTORS)
        connection.ask(cypher.SET_MODEL, model=model)
    if embedder is not None:
        connection.ask(cypher.VECTOR_INDEX, dimension=embedder.dimension)
    done, missing = 0, not_indexed(store)
    home = index_home(store)
    home.mkdir(parents=True, exist_ok=True)
    memory = VectorMemory(home / "texts.sqlite")
    try:
        while found := [cut_of(row["c"]) for row in connection.ask(cypher.MISSING, limit=_CUTS_AT_ONCE)]:
            quoted = store.passages(cut.id for cut in found)
            texts = [texts_of(cut, quoted[cut.id]) for cut in found]
            vectors = [None] * len(found) if embedder is None else _vectors(texts, embedder, memory)
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
            progress("indexing inside Neo4j", min(done, missing), missing)
    finally:
        memory.close()
    return done


def model_name(embedder: Embedder | None) -> str:
    """What the store keeps of the model that its vectors are of; "" for none."""
    return f"{embedder.name}/{embedder.dimension}" if embedder is not None else ""


def model_kept(store: Neo4jStore) -> str | None:
    """`model_name` of the model that the vectors in the store are of, None where nobody has made the index."""
    [row] = store.connection.ask(cypher.MODEL)
    kept: str | None = row["model"]
    return kept


def not_indexed(store: Neo4jStore) -> int:
    """How many cuts the index inside the store does not have yet."""
    [row] = store.connection.ask(cypher.COUNT_MISSING)
    return int(row["missing"])


def _vectors(texts: Sequence[Texts], embedder: Embedder, memory: VectorMemory) -> list[list[float] | None]:
    """The sum of the vectors of each cut's description and sentence."""
    known = memory.embedded((part for text in texts for part in (text.description, text.sentence) if part), embedder)
    zero = np.zeros(embedder.dimension, dtype=np.float16)
    return [[float(x) for x in known.get(text.description, zero) + known.get(text.sentence, zero)] for text in texts]


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


__all__ = ["await_online", "bring_up_to_date", "model_kept", "model_name", "not_indexed"]
