"""What SQLite complains of, in words that tell a person what to do."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.errors import StoreError

_CAUSES = {
    sqlite3.SQLITE_BUSY: (
        "the store is locked",
        "another program is writing to it; wait until it has finished, or end it, and try again",
    ),
    sqlite3.SQLITE_LOCKED: ("the store is locked", "another part of this program is writing to it; try again"),
    sqlite3.SQLITE_FULL: (
        "the disk is full",
        "what was being stored was taken back and the store is as before; free some space and run the command again",
    ),
    sqlite3.SQLITE_IOERR: ("the disk failed", "what was being stored was taken back; look at the disk and try again"),
    sqlite3.SQLITE_CORRUPT: (
        "the store is damaged",
        "the file was changed by something else; restore a backup, or move it away and ingest again",
    ),
    sqlite3.SQLITE_NOTADB: ("not a CutGraph store", "the file is no SQLite database; name another file"),
    sqlite3.SQLITE_READONLY: (
        "the store cannot be written",
        "the file or its folder is read-only for you; name another store with --store or KG_STORE",
    ),
    sqlite3.SQLITE_CANTOPEN: (
        "the store cannot be opened",
        "the file or its folder may not be read or written by you; name another store with --store or KG_STORE",
    ),
    sqlite3.SQLITE_PERM: ("the store cannot be opened", "you may not read and write the file"),
}


@contextmanager
def told_plainly(path: Path) -> Iterator[None]:
    """Turn an `sqlite3.Error` into a `StoreError` that names the file, the cause and what to do."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        what, why = _CAUSES.get(code, ("the store failed", "SQLite says"))
        raise StoreError(what, where=str(path), why=f"{why} ({error})") from error
