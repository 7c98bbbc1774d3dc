"""Search inside Neo4j: its indexes, and what they find beside the index that every store has."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from kg.errors import StoreError
from retrieval.embedding.base import Vectors
from retrieval.neo4j import cypher
from retrieval.searcher import Searcher
from tests.kg.readings import cut, reading

pytest.importorskip("neo4j", reason="the extra neo4j is not installed")

from kg.store.neo4j.store import Neo4jStore
from retrieval.neo4j import searcher as inside
from retrieval.neo4j import upkeep


class WordVectors:
    """An `Embedder`: of a text, the sum of a random vector for each of its words."""

    name, dimension = "words", 16

    def embed(self, texts: Sequence[str]) -> Vectors:
        made = [
            sum(np.random.default_rng(zlib.crc32(w.encode())).standard_normal(16) for w in t.split()) for t in texts
        ]
        return np.asarray([np.ones(16) if isinstance(v, int) else v for v in made], dtype=np.float32)


@pytest.fixture
def filled(url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Neo4jStore:
    """Three papers; what is derived from the store lies in a folder of the test's own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    with Neo4jStore(url) as store:
        for n, variable in enumerate(("ptcone20_over_pt", "pt", "abs_eta")):
            paper = f"1001.0000{n}"
            store.commit(reading(paper, [cut(paper, o, variable, "<", 0.1 + n) for o in ("muon", "electron", "jet")]))
        upkeep.bring_up_to_date(store, WordVectors())
        yield store


def test_full_text_and_vectors_find_what_the_common_index_finds(filled: Neo4jStore) -> None:
    there, here = inside.ServerSearcher(filled, WordVectors()), Searcher(filled, WordVectors())
    for question in ("muon isolation", "electron pT", "jets in 1001.00002"):
        found, common = there.find(question), here.find(question)
        assert found.hits[0].cut == common.hits[0].cut
        assert {hit.cut for hit in found.hits} <= {hit.cut for hit in common.hits} | {c.id for c in all_cuts(filled)}
        assert dict(found.hits[0].parts).keys() == {"vocabulary", "full text", "vectors"}
    assert there.ask("muon isolation").cuts


def all_cuts(store: Neo4jStore) -> list:
    return store.cuts_of([paper.id for paper in store.papers(unread=False)])


def test_what_is_new_is_indexed_and_what_is_gone_is_not_found(filled: Neo4jStore) -> None:
    assert upkeep.bring_up_to_date(filled, WordVectors()) == 0
    paper = "1001.00000"
    filled.commit(reading(paper, [cut(paper, "tau", "pt", ">", 20.0, "GeV")], key="read again"))
    assert upkeep.bring_up_to_date(filled, WordVectors()) == 1
    found = inside.ServerSearcher(filled, WordVectors()).find("tau pT")
    assert filled.cut(found.hits[0].cut).object == "tau"
    [row] = filled.connection.ask("MATCH (n:Search) WHERE NOT (n)-[:FINDS]->(:Cut) RETURN count(n) AS n")
    assert row["n"] == 0


def test_an_export_knows_nothing_of_the_index(filled: Neo4jStore) -> None:
    lines = list(filled.dump())
    assert not any("words" in line or "vector" in line for line in lines)
    assert {line["kind"] for line in lines} >= {"Paper", "Cut"}
    assert len(filled.edges()) == sum(line["kind"] == "Edge" for line in lines)


def test_an_index_that_is_still_being_made_is_told(filled: Neo4jStore, monkeypatch: pytest.MonkeyPatch) -> None:
    """The server says POPULATING for seconds only where there is much; so here the answer is made up."""
    real = filled.connection.ask

    def populating(query: str, **values: object) -> list:
        rows = real(query, **values)  # type: ignore[arg-type]
        return [{**row, "state": "POPULATING", "percent": 42.0} for row in rows] if query == cypher.STATES else rows

    monkeypatch.setattr(filled.connection, "ask", populating)
    with pytest.raises(StoreError, match=r"not ready in .*still making it .*cutgraph_words 42%.*ask again"):
        upkeep.await_online(filled, patience=0.3)


def test_an_index_that_nobody_made(url: str) -> None:
    with Neo4jStore(url) as store:
        store.connection.schema("DROP INDEX cutgraph_words IF EXISTS")
        with pytest.raises(StoreError, match="nobody has made it yet"):
            inside.ServerSearcher(store, None)
        with Neo4jStore(url, read_only=True) as reader, pytest.raises(StoreError, match="opened for reading"):
            upkeep.bring_up_to_date(reader, None)
