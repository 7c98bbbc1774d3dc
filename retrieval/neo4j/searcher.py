"""Questions answered inside Neo4j: full text and vectors find candidates there, in one round trip, and the candidates
are ranked by the same rules as everywhere (`retrieval.search`); nothing of the store is copied to this machine.

The ranking is that of the candidates with Lucene's scores, so it is near to that of `retrieval.searcher`, not equal.
`kg query` takes the latter, which gives one order on every store.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from kg.store.neo4j.rows import cut_of
from kg.subgraph import Subgraph
from retrieval.describing import terms
from retrieval.embedding.base import Embedder, Vectors
from retrieval.expansion import subgraph_of
from retrieval.index.columns import Array, Columns, columns_of
from retrieval.index.fulltext import FullText
from retrieval.index.opened import Index
from retrieval.neo4j import cypher
from retrieval.neo4j.upkeep import await_online
from retrieval.question import Question
from retrieval.search import Found, is_known, search
from retrieval.understanding import understood

if TYPE_CHECKING:
    from kg.store.neo4j.store import Neo4jStore

_CANDIDATES = 300


class ServerText(FullText):
    """The full-text scores that the server gave the candidates, for the texts that were asked."""

    def __init__(
        self, rows: int, having: Mapping[str, int], scores: Mapping[tuple[str, ...], Array], cuts: int
    ) -> None:
        super().__init__(None, rows)
        self._having, self._given, self._cuts = having, scores, cuts

    def knows(self, term: str) -> bool:
        """See `FullText.knows`."""
        return self._having.get(term, 0) > 0

    def rarity(self, term: str) -> float:
        """See `FullText.rarity`; a term that more than a thousand cuts have counts as one of a thousand."""
        having = self._having.get(term, 0)
        return (
            math.log(self._cuts / having) / math.log(self._cuts) if 0 < having < self._cuts and self._cuts > 1 else 0.0
        )

    def scores(self, terms: Sequence[str]) -> Array:
        """See `FullText.scores`."""
        return self._given.get(tuple(terms), np.zeros(self._rows, dtype=np.float32))


class ServerVectors:
    """The likeness that the server gave the candidates."""

    def __init__(self, likeness: Array) -> None:
        self._likeness = likeness

    def cosines(self, query: Vectors) -> Array:
        """See `RowVectors.cosines`."""
        return self._likeness


class ServerSearcher:
    """Search inside a Neo4j store that stays open; `embedder` must be the one that its vectors are of."""

    def __init__(self, store: Neo4jStore, embedder: Embedder | None) -> None:
        self.store, self.embedder = store, embedder
        self._state: tuple[int, ...] | None = None
        self._collaborations: tuple[str, ...] = ()
        self._conditions: dict[tuple[str, ...], str] = {}
        self._cuts = 0
        await_online(store)

    def find(self, text: str, limit: int = 10) -> Found:
        """The best cuts for the question; raises `EmptyQuestion`, and `StoreError` where an index is not ready."""
        self._names()
        asked = list(dict.fromkeys(terms(text)))
        having = self._having(asked)
        text_known = ServerText(0, having, {}, self._cuts)
        question = understood(
            text,
            collaborations=self._collaborations,
            conditions=self._conditions,
            is_known=partial(is_known, text_known),
        )
        index = self._index(question, having)
        return search(question, index, self.store, self.embedder, limit)

    def ask(self, text: str, limit: int = 10) -> Subgraph:
        """The answer as a subgraph."""
        return subgraph_of(self.store, self.find(text, limit))

    def _having(self, asked: Sequence[str]) -> dict[str, int]:
        """How many cuts have each term, up to a thousand."""
        rows = self.store.connection.ask(cypher.KNOWN, terms=[escaped(term) for term in asked]) if asked else []
        return {term: row["having"] for term, row in zip(asked, rows, strict=True)}

    def _names(self) -> None:
        """Collaborations and conditions, asked again only where the store has changed."""
        state = self.store.state()
        if state != self._state:
            [row] = self.store.connection.ask(cypher.NAMES)
            names = Columns({}, columns_of(()).names)
            names.names.update(_condition_names(row["conditions"]))
            self._collaborations = tuple(sorted(row["collaborations"]))
            self._conditions, self._cuts, self._state = names.conditions, row["cuts"], state

    def _index(self, question: Question, having: Mapping[str, int]) -> Index:
        """The candidates as a small index."""
        words, left = terms(question.text), terms(" ".join(question.words))
        vector = None if self.embedder is None else [float(x) for x in self.embedder.embed([question.text])[0]]
        rows = self.store.connection.ask(
            cypher.CANDIDATES,
            words=" ".join(map(escaped, words)) or "*:*",
            left=" ".join(map(escaped, left)),
            vector=vector,
            papers=self._scope(question),
            limit=_CANDIDATES,
        )
        rows.sort(key=lambda row: str(row["c"]["id"]))
        columns = columns_of([cut_of(row["c"]) for row in rows])
        of = {row["c"]["paper"]: row for row in rows}
        papers = columns.names["paper"]
        columns.names["collaboration"] = [of[paper]["collaboration"] or "" for paper in papers]
        given = {name: np.array([row[name] for row in rows], dtype=np.float32) for name in ("text", "left", "likeness")}
        scores = {tuple(left): given["left"], tuple(words): given["text"]}
        return Index(
            key="",
            columns=columns,
            full_text=ServerText(len(rows), having, scores, self._cuts),
            titles=FullText.build([terms(of[paper]["title"] or "") for paper in papers]),
            vectors=ServerVectors(given["likeness"]) if vector is not None else None,  # type: ignore[arg-type]
            collaborations=self._collaborations,
        )

    def _scope(self, question: Question) -> list[str]:
        papers = {paper for name in question.papers if (paper := self.store.resolve(name)) is not None}
        if question.with_cited and papers:
            papers |= {cited for _, cited in self.store.citations(citing=sorted(papers))}
        return sorted(papers)


def _condition_names(conditions: Sequence[str]) -> dict[str, list[str]]:
    from retrieval.index.columns import _atoms

    atoms = _atoms(conditions)
    return {"condition": list(conditions), "atom_words": list(atoms), "atoms": list(atoms.values())}


def escaped(term: str) -> str:
    r"""The term as a word of Lucene's query language.

    >>> escaped("a+b")
    'a\\+b'
    """
    return "".join(f"\\{c}" if c in '+-&|!(){}[]^"~*?:\\/' else c for c in term)


__all__ = ["ServerSearcher", "escaped"]
