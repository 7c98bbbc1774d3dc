"""The schema of a Neo4j store, as functions that each take it one step further and are recorded in it by name.

Each gives the commands of its step, all of the kind that does nothing where it was done before, since Neo4j makes
indexes and writes data in different transactions, and two programs may open a new store at once.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import LiteralString

from kg.errors import NotInStore, StoreError
from kg.store.neo4j.connection import Connection, Row
from kg.store.neo4j.cypher import schema
from kg.store.neo4j.server import check_version


def m001_records() -> tuple[LiteralString, ...]:
    """One unique constraint for all records, and the look-ups that do not go by an id."""
    return schema.FIRST


def m002_text() -> tuple[LiteralString, ...]:
    """Full text over sentences, titles and cuts in words."""
    return (schema.TEXT,)


MIGRATIONS: tuple[Callable[[], tuple[LiteralString, ...]], ...] = (m001_records, m002_text)


def opened(connection: Connection) -> str:
    """Check that the store can be used, bring it up to date unless it is only read, and return its identity.

    Raises `StoreError` for a server too old, a database of another program, and a store of another version;
    `NotInStore` where there is none and it is to be read only.
    """
    where = connection.address.shown
    row = connection.open(schema.OPENED)[0]
    check_version(row["version"], where)
    names = [migration.__name__ for migration in MIGRATIONS]
    done = _applied(row, names, where)
    if len(done) == len(names):
        return str(row["identity"])
    if connection.read_only:
        if row["migrations"] is None:
            raise NotInStore("there is no store", where=where, why="nothing has been ingested into it yet")
        raise StoreError(
            "the store was made by an older version of CutGraph",
            where=where,
            why="opened for reading only it cannot be brought up to date; open it for writing once",
        )
    for migration in MIGRATIONS:
        if migration.__name__ not in done:
            for command in migration():
                connection.schema(command)
    connection.schema(schema.AWAIT)
    return str(connection.write(lambda t: t.run(schema.BEGIN, migrations=names).single(strict=True)["identity"]))


def _applied(row: Row, known: list[str], where: str) -> set[str]:
    """The names of the migrations that the store has; `StoreError` if it is not ours or newer than this program."""
    if row["migrations"] is None:
        if row["holds_something"]:
            raise StoreError(
                "not a CutGraph store",
                where=where,
                why="the database holds the graph of another program; name another server, or empty it first",
            )
        return set()
    if unknown := sorted(set(row["migrations"]) - set(known)):
        raise StoreError(
            "the store was made by a newer version of CutGraph",
            where=where,
            why=f"this version does not know its schema {unknown[-1]}; upgrade CutGraph, or name another store",
        )
    return set(row["migrations"])


__all__ = ["MIGRATIONS", "opened"]
