"""The SQLite schema, as functions that each take it one step further and are recorded in the database by name."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

from kg.errors import StoreError
from kg.store.sqlite_connection import roll_back

APPLICATION_ID = 0x63754772
"""Written into the file's header ("cuGr"), so that `file` and we can tell a store from any other SQLite database."""


def m001_papers_passages_cuts(db: sqlite3.Connection) -> None:
    """The first schema.

    Rows are appended, those of one paper together, and every index in another order costs a page of the file for each
    row; so only look-ups of a cut, an alias and a cited paper have one, which keeps the cost of adding a paper flat.
    There are so few objects and variables that reading all cuts is as quick, and a passage is asked for with its paper
    (where it is not, `passage_by_paper` is read through: 25 ms for 250,000).
    STATES, ON and OF follow from `cut` and are not stored twice. A claim is stored once, however many papers make it.
    """
    for statement in (
        """CREATE TABLE activity (
            id TEXT PRIMARY KEY, reader TEXT NOT NULL, version TEXT NOT NULL, settings TEXT NOT NULL) WITHOUT ROWID""",
        """CREATE TABLE paper (
            id TEXT PRIMARY KEY, reading_key TEXT NOT NULL, activity TEXT NOT NULL, record TEXT NOT NULL
        ) WITHOUT ROWID""",
        "CREATE INDEX paper_by_activity ON paper (activity)",
        "CREATE INDEX paper_by_key ON paper (reading_key, id)",
        """CREATE TABLE passage (
            paper TEXT NOT NULL, start INTEGER NOT NULL, id TEXT NOT NULL, "end" INTEGER NOT NULL, quote TEXT NOT NULL,
            section TEXT NOT NULL, page INTEGER, place TEXT NOT NULL, prefix TEXT NOT NULL, suffix TEXT NOT NULL)""",
        "CREATE UNIQUE INDEX passage_by_paper ON passage (paper, id)",
        """CREATE TABLE cut (
            paper TEXT NOT NULL, position INTEGER NOT NULL, id TEXT NOT NULL, object TEXT NOT NULL,
            variable TEXT NOT NULL, op TEXT NOT NULL, value TEXT NOT NULL, unit TEXT NOT NULL,
            applies_when TEXT NOT NULL, veto INTEGER NOT NULL, status TEXT NOT NULL, reason TEXT NOT NULL)""",
        "CREATE INDEX cut_by_paper ON cut (paper)",
        "CREATE UNIQUE INDEX cut_by_id ON cut (id)",
        """CREATE TABLE edge (
            paper TEXT NOT NULL, relation TEXT NOT NULL, source TEXT NOT NULL,
            target TEXT NOT NULL, properties TEXT NOT NULL)""",
        "CREATE INDEX edge_by_paper ON edge (paper, relation)",
        """CREATE INDEX edge_by_target ON edge (target)
            WHERE relation NOT IN ('QUOTED_FROM', 'WAS_GENERATED_BY')""",
        """CREATE TABLE claim (
            alias TEXT NOT NULL, rank INTEGER NOT NULL, target TEXT NOT NULL,
            PRIMARY KEY (alias, rank, target)) WITHOUT ROWID""",
        """CREATE TABLE review (
            id TEXT PRIMARY KEY, cut TEXT NOT NULL, decision TEXT NOT NULL, reviewer TEXT NOT NULL, time TEXT NOT NULL,
            comment TEXT NOT NULL, replacement TEXT NOT NULL) WITHOUT ROWID""",
        "CREATE INDEX review_by_cut ON review (cut)",
    ):
        db.execute(statement)


def m002_set_aside(db: sqlite3.Connection) -> None:
    """What readers took no cut from; appended and asked for with its paper, as passages are."""
    db.execute(
        """CREATE TABLE set_aside (
            paper TEXT NOT NULL, start INTEGER NOT NULL, id TEXT NOT NULL, "end" INTEGER NOT NULL, text TEXT NOT NULL,
            reason TEXT NOT NULL, verdict TEXT NOT NULL, sentence TEXT NOT NULL, section TEXT NOT NULL, page INTEGER)"""
    )
    db.execute("CREATE UNIQUE INDEX set_aside_by_paper ON set_aside (paper, id)")


MIGRATIONS: tuple[Callable[[sqlite3.Connection], None], ...] = (m001_papers_passages_cuts, m002_set_aside)


def applied(db: sqlite3.Connection, where: str) -> set[str]:
    """The names of the migrations in the database; `StoreError` if it is not ours or newer than this program.

    An empty database is ours, with none.
    """
    tables = {name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if not tables:
        return set()
    (number,) = db.execute("PRAGMA application_id").fetchone()
    if number != APPLICATION_ID or "migration" not in tables:
        raise StoreError(
            "not a CutGraph store", where=where, why="it is an SQLite database of another program; name another file"
        )
    names = {name for (name,) in db.execute("SELECT name FROM migration")}
    if unknown := sorted(names - {m.__name__ for m in MIGRATIONS}):
        raise StoreError(
            "the store was made by a newer version of CutGraph",
            where=where,
            why=f"this version does not know its schema {unknown[-1]}; upgrade CutGraph, or name another store",
        )
    return names


def migrate(db: sqlite3.Connection, where: str) -> None:
    """Take the database to the present schema, in one transaction; safe when two programs do it at once."""
    if len(applied(db, where)) == len(MIGRATIONS):
        return
    db.execute("BEGIN IMMEDIATE")
    try:
        done = applied(db, where)
        if not done:
            db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            db.execute("CREATE TABLE migration (name TEXT PRIMARY KEY) WITHOUT ROWID")
        for migration in MIGRATIONS:
            if migration.__name__ not in done:
                migration(db)
                db.execute("INSERT INTO migration VALUES (?)", (migration.__name__,))
        db.execute("COMMIT")
    except BaseException:
        roll_back(db)
        raise


__all__ = ["APPLICATION_ID", "MIGRATIONS", "applied", "migrate"]
