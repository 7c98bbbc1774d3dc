"""A store made by an earlier version is brought up to date when it is opened for writing, and keeps what it has."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from kg.errors import StoreError
from kg.records import Paper
from kg.store import migrations
from kg.store.sqlite import SqliteStore
from tests.kg.readings import cut, reading

PAPER = "1806.00242"
READ = reading(PAPER, [cut(PAPER, "muon", "pt", ">", 5.0, "GeV")])


@pytest.fixture
def first_version(tmp_path: Path) -> Path:
    """A store of the first schema with one paper, written as that version wrote it: nothing is known of numbers set
    aside."""
    path = tmp_path / "graph.sqlite"
    with SqliteStore(path) as store:
        store.commit(replace(READ, set_aside=()))
    with sqlite3.connect(path) as db:
        for later in migrations.MIGRATIONS[1:]:
            db.execute("DELETE FROM migration WHERE name = ?", (later.__name__,))
        db.execute("DROP TABLE set_aside")
    db.close()
    return path


def test_the_first_schema_is_brought_up_to_date_and_loses_nothing(first_version: Path) -> None:
    with pytest.raises(StoreError, match="older version"):
        SqliteStore(first_version, read_only=True)
    with SqliteStore(first_version) as store:
        assert store.paper(PAPER) == Paper(PAPER, "latex", title=f"On {PAPER}", arxiv_id=PAPER, sha256="0" * 64)
        assert store.cuts(PAPER) == list(READ.cuts)
        assert store.set_aside(PAPER) == []
        assert store.commit(replace(READ, key="read again"))
        assert store.set_aside(PAPER) == list(READ.set_aside)
    with SqliteStore(first_version, read_only=True) as store:
        assert store.set_aside(PAPER) == list(READ.set_aside)


def test_migrations_are_recorded_by_name_in_their_order(tmp_path: Path) -> None:
    SqliteStore(tmp_path / "graph.sqlite").close()
    with sqlite3.connect(tmp_path / "graph.sqlite") as db:
        names = [name for (name,) in db.execute("SELECT name FROM migration ORDER BY name")]
    db.close()
    assert names == [migration.__name__ for migration in migrations.MIGRATIONS] == sorted(names)
