"""Whole readings out of a Neo4j store and into it, and through them the export and the import.

An export goes through a temporary SQLite store, which takes the readings and writes them out: both kinds of store
export by the same code, and what is written was all there at one moment, although a Neo4j transaction that reads may
see what others commit meanwhile. An import comes the same way in: it is checked whole before anything is stored.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from itertools import islice
from pathlib import Path

from kg.errors import StoreError
from kg.records import Edge, Json, Paper, Passage, Reading, Review, SetAside
from kg.store.checks import TO_PAPER
from kg.store.identity import cited_reference
from kg.store.neo4j.connection import Connection, Row
from kg.store.neo4j.cypher import questions as ask
from kg.store.neo4j.cypher import whole as cypher
from kg.store.neo4j.rows import activity_of, cut_of, edge_of, record_of
from kg.store.neo4j.writing import put, put_reviews
from kg.store.sqlite import SqliteStore

_PAPERS_AT_ONCE = 25
_RECORDS_AT_ONCE = 5_000
_ATTEMPTS = 20


def readings(connection: Connection, papers: Iterable[str]) -> Iterator[Reading]:
    """The stored readings of these papers, by portions; those that were not read are left out."""
    waiting = iter(papers)
    while portion := list(islice(waiting, _PAPERS_AT_ONCE)):
        rows = {row["p"]["id"]: row for row in connection.ask(cypher.READINGS, ids=portion)}
        yield from (_reading(rows[paper]) for paper in portion if paper in rows)


def _reading(row: Row) -> Reading:
    paper = record_of(Paper, row["p"])
    cited = (cited_reference(edge_of(paper.id, "CITES", "", citation)) for citation in row["citations"])
    return Reading(
        paper,
        row["p"]["reading_key"],
        activity_of(row["a"]),
        tuple(sorted(cited, key=lambda r: (r.number or 0, repr(r)))),
        tuple(sorted((record_of(Passage, n) for n in row["passages"]), key=lambda p: (p.start, p.id))),
        tuple(sorted(map(cut_of, row["cuts"]), key=lambda c: (c.position, c.id))),
        tuple(sorted((_given(*found) for found in row["edges"]), key=lambda e: (e.source, e.relation, e.target, e.id))),
        tuple(sorted((record_of(SetAside, n) for n in row["set_aside"]), key=lambda s: (s.start, s.id))),
    )


def _given(source: str, relation: str, target: str, properties: Mapping[str, Json]) -> Edge:
    """The edge as the reading gave it: to the identifier that it names, whatever paper is meant."""
    found = edge_of(source, relation, target, properties)
    named = found.get("cited_as") if relation in TO_PAPER else None
    if named is None:
        return found
    return Edge(source, relation, str(named), tuple(p for p in found.properties if p[0] != "cited_as"))


def portions(readings: Iterable[Reading]) -> Iterator[list[Reading]]:
    """Readings of different papers that together make up one transaction; each is whole in its own."""
    portion: dict[str, Reading] = {}
    records = 0
    for reading in readings:
        if portion and (records >= _RECORDS_AT_ONCE or reading.paper.id in portion):
            yield list(portion.values())
            portion, records = {}, 0
        portion[reading.paper.id] = reading
        records += len(reading.references) + len(reading.passages) + len(reading.cuts) + len(reading.edges) + 1
    if portion:
        yield list(portion.values())


def dump(connection: Connection) -> Iterator[dict[str, Json]]:
    """The lines of `Store.dump`."""
    with _aside() as copy:
        _copy(connection, copy)
        yield from copy.dump()


def _copy(connection: Connection, copy: SqliteStore) -> None:
    """Bring the copy to what the store holds at one moment: what was committed meanwhile is read too."""
    for _ in range(_ATTEMPTS):
        before = connection.ask(ask.COMMITS)
        keys = {row["id"]: row["key"] for row in connection.ask(ask.READING_KEYS)}
        held = copy.reading_keys()
        missing = sorted(paper for paper, key in keys.items() if held.get(paper) != key)
        for reading in readings(connection, missing):
            if reading.key == keys[reading.paper.id]:  # else it was read again just now, and comes the next time
                copy.commit(reading)
        copy.take_reviews(record_of(Review, row["r"]) for row in connection.ask(ask.REVIEWS))
        if connection.ask(ask.COMMITS) == before:
            return
    raise StoreError(
        "the graph does not stand still", where=connection.address.shown, why="others keep writing; try again later"
    )


def load(connection: Connection, lines: Iterable[Mapping[str, Json]]) -> dict[str, int]:
    """See `kg.store.neo4j.store.Neo4jStore.load`."""
    with _aside() as checked:
        counts = checked.load(lines)
        for portion in portions(checked.readings(checked.reading_keys())):
            connection.write(partial(put, readings=portion, again=True))
        if reviews := checked.reviews():
            connection.write(partial(put_reviews, reviews=reviews))
    return counts


@contextmanager
def _aside() -> Iterator[SqliteStore]:
    """An SQLite store that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="cutgraph-") as folder, SqliteStore(Path(folder) / "aside.sqlite") as store:
        yield store


__all__ = ["dump", "load", "portions", "readings"]
