"""Connections to a SQLite file: for reading only or for writing, in WAL mode, without implicit transactions."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path
from urllib.parse import quote

from kg.errors import StoreError

MAGIC = b"SQLite format 3\0"


def check_path(path: Path) -> None:
    """Raise `StoreError` where `path` can be no store; SQLite itself takes a tiny file for an empty database."""
    if not path.parent.is_dir():
        raise StoreError("no folder for the store", where=str(path), why=f"{path.parent} is no folder; make it first")
    if path.is_dir():
        raise StoreError("the store is a folder", where=str(path), why="name a file in it")
    if not path.exists():
        return
    try:
        with path.open("rb") as file:
            beginning = file.read(len(MAGIC))
    except OSError as error:
        raise StoreError("the store cannot be opened", where=str(path), why=str(error.strerror)) from error
    if beginning not in (b"", MAGIC):
        raise StoreError("not a CutGraph store", where=str(path), why="the file is no SQLite database; name another")


def connect(path: Path, *, read_only: bool, patience: float) -> sqlite3.Connection:
    """A connection without implicit transactions.

    A store in WAL mode keeps two files beside it; where the folder cannot be written and there are none,
    nobody can be writing, and SQLite may be told so.
    """
    uri = f"file:{quote(str(path.absolute()))}?mode={'ro' if read_only else 'rwc'}"
    db = _open(uri, patience)
    if read_only:
        try:
            db.execute("SELECT 1 FROM sqlite_master").fetchone()
        except sqlite3.OperationalError as error:
            db.close()
            if error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY):
                raise
            if Path(f"{path}-wal").exists():
                raise
            db = _open(f"{uri}&immutable=1", patience)
    return db


def _open(uri: str, patience: float) -> sqlite3.Connection:
    db = sqlite3.connect(uri, uri=True, timeout=patience, isolation_level=None)
    db.execute("PRAGMA cache_size = -98304")  # 96 MB: the indexes by hash stay in memory up to about 10,000 papers
    db.execute("PRAGMA synchronous = NORMAL")
    db.execute("PRAGMA wal_autocheckpoint = 20000")  # 80 MB: a page written often goes into the file once
    return db


def write_ahead(db: sqlite3.Connection, patience: float) -> None:
    """WAL mode; SQLite does not wait by itself when two programs ask for it at once."""
    until = time.monotonic() + patience
    while db.execute("PRAGMA journal_mode").fetchone() != ("wal",):
        try:
            db.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            time.sleep(0.02)


def roll_back(db: sqlite3.Connection) -> None:
    """End the transaction, if SQLite did not end it by itself."""
    if db.in_transaction:
        db.execute("ROLLBACK")


__all__ = ["connect", "roll_back", "write_ahead"]
