"""A store by its URL, `sqlite:///path` or `neo4j://host`: the command line's, `KG_STORE`, or the user's data folder."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

from kg.errors import StoreError
from kg.store.base import Store
from kg.store.neo4j.address import is_neo4j, without_password
from kg.store.sqlite import SqliteStore

SCHEMES = ("sqlite:///PATH", "neo4j://HOST")


def default_path() -> Path:
    """Where the graph lies if nobody says otherwise: in the user's data folder."""
    return Path(platformdirs.user_data_dir("cutgraph", appauthor=False)) / "graph.sqlite"


def open_store(url: str | None = None, *, read_only: bool = False, patience: float | None = None) -> Store:
    """The store at `url`, else at `KG_STORE`, else in the user's data folder; close it, or use it as a context.

    `sqlite:///graph.sqlite` is relative to the working directory, `sqlite:////home/me/graph.sqlite` is not, and a
    bare path will do; a server is named as `kg.store.neo4j.address` says. `patience` is for how many seconds another
    writer, or a server that restarts, is waited for; None for as long as a command does. Raises `StoreError` where
    there is no such kind of store or it cannot be opened, `NotInStore` where it is to be read only and is not there.
    """
    url = url or os.environ.get("KG_STORE") or ""
    if not url:
        path = default_path()
        if not read_only:
            _make_folder(path.parent)
        return _sqlite_store(path, read_only, patience)
    if is_neo4j(url):
        return _neo4j_store(url, read_only, patience)
    return _sqlite_store(store_path(url), read_only, patience)


def _sqlite_store(path: Path, read_only: bool, patience: float | None) -> Store:
    if patience is None:
        return SqliteStore(path, read_only=read_only)
    return SqliteStore(path, read_only=read_only, patience=patience)


def _neo4j_store(url: str, read_only: bool, patience: float | None) -> Store:
    try:
        from kg.store.neo4j.store import Neo4jStore
    except ImportError as error:
        raise StoreError("no Neo4j driver", why="`pip install 'cutgraph[neo4j]'` brings it") from error
    if patience is None:
        return Neo4jStore(url, read_only=read_only)
    return Neo4jStore(url, read_only=read_only, patience=patience)


def store_path(url: str) -> Path:
    """The file that a store URL or bare path names; raises `StoreError`.

    >>> store_path("sqlite:///graphs/higgs.sqlite").as_posix()
    'graphs/higgs.sqlite'
    >>> store_path("sqlite:////srv/graph.sqlite").as_posix()
    '/srv/graph.sqlite'
    """
    scheme, separator, rest = url.partition("://")
    if not separator:
        if url.startswith("sqlite:"):
            raise StoreError(f"{url!r} names no store", why="a slash is missing", nearest=SCHEMES[:1])
        return Path(url).expanduser()
    if scheme != "sqlite":
        raise StoreError(f"no kind of store is called {scheme!r}", where=repr(without_password(url)), nearest=SCHEMES)
    if not rest.startswith("/") or not rest.strip("/"):
        raise StoreError(f"{url!r} names no file", why="three slashes, then a path", nearest=SCHEMES[:1])
    path = Path(rest[1:]).expanduser()
    if not path.parent.is_dir() and Path(rest).parent.is_dir():
        why = f"there is no folder {path.parent} here; four slashes begin a path at the root"
        raise StoreError(f"no folder for the store {url}", why=why, nearest=[f"sqlite:///{rest}"])
    return path


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        why = f"{error.strerror}; name another store with --store or KG_STORE"
        raise StoreError("the folder for the store cannot be made", where=str(folder), why=why) from error


__all__ = ["default_path", "open_store", "store_path"]
