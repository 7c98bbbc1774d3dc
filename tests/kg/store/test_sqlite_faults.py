"""What can go wrong with a file: a clear error that names it, and nothing lost or half-written."""

from __future__ import annotations

import os
import sqlite3
import stat
from pathlib import Path

import pytest

from kg.errors import NotInStore, StoreError
from kg.store.open import default_path, open_store, store_path
from kg.store.sqlite import SqliteStore
from tests.kg.readings import cut, reading


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "graph.sqlite"


def big(paper_id: str, cuts: int = 300):
    """A reading of many cuts."""
    return reading(paper_id, [cut(paper_id, "muon", "pt", ">", float(n), "GeV") for n in range(cuts)])


def test_a_store_locked_by_another_program_names_the_file_and_what_to_do(path):
    with SqliteStore(path, patience=0.05) as store:
        store.commit(big("1001.00001", 2))
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match=r"locked in .*graph\.sqlite: another program is writing.*try again"):
            store.commit(big("1001.00002", 2))
        assert len(store.cuts("1001.00001")) == 2, "readers work while a writer writes"
        other.execute("ROLLBACK")
        other.close()
        assert store.commit(big("1001.00002", 2))


def test_opening_a_store_that_another_program_holds_for_itself(path):
    SqliteStore(path).close()
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("PRAGMA locking_mode = EXCLUSIVE")
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(StoreError, match="locked"):
        SqliteStore(path, patience=0.05)
    other.close()


def test_a_store_of_a_newer_version_is_not_touched(path):
    with SqliteStore(path) as store:
        store.commit(big("1001.00001", 2))
    with sqlite3.connect(path) as db:
        db.execute("INSERT INTO migration VALUES ('m999_from_the_future')")
    db.close()
    before = path.read_bytes()
    for read_only in (False, True):
        with pytest.raises(StoreError, match=r"newer version of CutGraph in .*m999_from_the_future; upgrade"):
            SqliteStore(path, read_only=read_only)
    assert path.read_bytes() == before


def test_a_store_without_the_last_migration_is_not_read_without_it(path):
    SqliteStore(path).close()
    with sqlite3.connect(path) as db:
        db.execute("DELETE FROM migration")
    db.close()
    with pytest.raises(StoreError, match="older version"):
        SqliteStore(path, read_only=True)


@pytest.mark.parametrize("content", [b"%PDF-1.7 not a database at all" * 40, b"x"])
def test_a_file_that_is_no_database(path, content):
    path.write_bytes(content)
    with pytest.raises(StoreError, match=r"not a CutGraph store in .*graph\.sqlite"):
        SqliteStore(path)
    assert path.read_bytes() == content


def test_the_database_of_another_program_is_left_alone(path):
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE bookmarks (url TEXT)")
    db.close()
    before = path.read_bytes()
    with pytest.raises(StoreError, match="another program"):
        SqliteStore(path)
    assert path.read_bytes() == before


def test_a_damaged_file(path):
    with SqliteStore(path) as store:
        for n in range(1, 9):
            store.commit(big(f"1001.0000{n}", 100))
    content = bytearray(path.read_bytes())
    content[8192 : len(content) - 4096] = b"\xa5" * (len(content) - 12288)
    path.write_bytes(content)
    with pytest.raises(StoreError, match=r"damaged in .*restore a backup"), SqliteStore(path) as store:
        list(store.dump())


def test_a_full_disk_takes_the_paper_back_and_the_store_goes_on(path):
    with SqliteStore(path) as store:
        store.commit(big("1001.00001", 20))
        before = list(store.dump())
        (pages,) = store._db.execute("PRAGMA page_count").fetchone()
        store._db.execute(f"PRAGMA max_page_count = {pages + 3}")
        with pytest.raises(StoreError, match=r"disk is full in .*graph\.sqlite.*as before.*free some space"):
            store.commit(big("1001.00002"))
        assert list(store.dump()) == before
        store._db.execute("PRAGMA max_page_count = 100000")
        assert store.commit(big("1001.00002"))
    with SqliteStore(path) as store:
        assert len(store.cuts("1001.00002")) == 300


def test_an_interrupted_import_leaves_the_store_as_it_was(path, tmp_path):
    with SqliteStore(tmp_path / "other.sqlite") as other, SqliteStore(path) as store:
        other.commit(big("1001.00001", 20))
        store.commit(big("1001.00002", 2))
        before = list(store.dump())

        def interrupted():
            for n, line in enumerate(other.dump()):
                if n == 30:
                    raise KeyboardInterrupt
                yield line

        with pytest.raises(KeyboardInterrupt):
            store.load(interrupted())
        assert list(store.dump()) == before


def test_a_store_opened_for_reading_cannot_be_written(path):
    SqliteStore(path).close()
    with SqliteStore(path, read_only=True) as store:
        with pytest.raises(StoreError, match="opened for reading only"):
            store.commit(big("1001.00001", 1))
        assert store.papers() == []


def test_a_store_that_is_not_there_cannot_be_read(path):
    with pytest.raises(NotInStore, match=r"no store in .*graph\.sqlite: nothing has been ingested"):
        SqliteStore(path, read_only=True)
    assert not path.exists()


def test_folders_that_are_not_there_or_not_ours(tmp_path):
    with pytest.raises(StoreError, match="no folder for the store"):
        SqliteStore(tmp_path / "absent" / "graph.sqlite")
    with pytest.raises(StoreError, match="is a folder"):
        SqliteStore(tmp_path)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written(path):
    with SqliteStore(path) as store:
        store.commit(big("1001.00001", 2))
    path.chmod(stat.S_IRUSR)
    path.parent.chmod(stat.S_IRUSR | stat.S_IXUSR)
    try:
        with SqliteStore(path, read_only=True) as store:
            assert len(store.cuts("1001.00001")) == 2
        with pytest.raises(StoreError, match="cannot be"):
            SqliteStore(path)
        with pytest.raises(StoreError, match=r"cannot be opened in .*new\.sqlite.*--store or KG_STORE"):
            SqliteStore(path.parent / "new.sqlite")
    finally:
        path.parent.chmod(stat.S_IRWXU)


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="needs /proc, where nobody may make a file")
def test_a_file_system_that_takes_no_files():
    with pytest.raises(StoreError, match="cannot be opened"):
        SqliteStore(Path("/proc/graph.sqlite"))


def test_the_url_names_the_kind_and_place_of_the_store(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.delenv("KG_STORE", raising=False)
    with open_store(f"sqlite:///{tmp_path}/a.sqlite") as store:
        store.commit(big("1001.00001", 1))
    with open_store("sqlite:///a.sqlite", read_only=True) as store:
        assert store.reading_key("1001.00001")
    monkeypatch.setenv("KG_STORE", "a.sqlite")
    with open_store(read_only=True) as store:
        assert store.reading_key("1001.00001")
    monkeypatch.delenv("KG_STORE")
    with pytest.raises(NotInStore):
        open_store(read_only=True)
    open_store().close()
    assert default_path().exists()


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("mysql://host/db", r"'mysql'.*nearest: sqlite:///PATH, neo4j://HOST"),
        ("mysql://me:secret@host/db", r"'mysql'.*mysql://host/db"),
        ("sqlite://graph.sqlite", "three slashes"),
        ("sqlite:///", "names no file"),
        ("sqlite:graph.sqlite", "a slash is missing"),
        ("sqlite:///proc/graph.sqlite", r"four slashes.*nearest: sqlite:////proc/graph.sqlite"),
    ],
)
def test_urls_that_name_no_store(url, message, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(StoreError, match=message) as caught:
        store_path(url)
    assert "secret" not in str(caught.value)
