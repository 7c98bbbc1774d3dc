"""What one visitor has at hand: the store, the address of the page, the basket, and where to go next."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from kg.errors import NotInStore
from kg.records import Paper
from kg.reviewed import reviewed
from kg.store.base import Store
from kg.store.neo4j.address import is_neo4j
from kg.store.open import default_path, open_store, store_path
from retrieval.index.build import content_key
from ui.explorer.librarian import Librarian, Shelf
from ui.explorer.settings import STORE

_PATIENCE_S = 10.0  # somebody is waiting: after that they are told what for

_LAST: dict[tuple[object, ...], str] = {}
_PAPERS: dict[str, Mapping[str, Paper]] = {}
_READ: dict[str, bool] = {}
_KEYS: WeakKeyDictionary[Store, str] = WeakKeyDictionary()


def store_url() -> str | None:
    """The store that is explored, None for the default."""
    return os.environ.get(STORE) or None


def store_file() -> Path | None:
    """The file that the store is; None where it is on a server."""
    url = store_url() or os.environ.get("KG_STORE") or ""
    if is_neo4j(url):
        return None
    return store_path(url) if url else default_path()


@contextmanager
def opened(*, read_only: bool = True) -> Iterator[Store]:
    """The store as people decided, opened for this one drawing of the page; raises `StoreError`, `NotInStore`.

    None is made where there is none: beside a file that somebody puts back, what is left of it would be taken for
    changes to that file.
    """
    path = store_file()
    if not read_only and path is not None and not path.exists():
        raise NotInStore("there is no store", where=str(path), why="it was there before: it was moved or deleted")
    with open_store(store_url(), read_only=read_only, patience=_PATIENCE_S) as store:
        yield reviewed(store)


def key_of(store: Store) -> str:
    """What everything shown depends on, as one text: the readings and the decisions; asked for once a drawing."""
    if store not in _KEYS:
        reviews = hashlib.sha256("".join(review.id for review in store.reviews()).encode()).hexdigest()
        _KEYS[store] = f"{_readings_key(store)} {reviews}"
    return _KEYS[store]


def _readings_key(store: Store) -> str:
    """The key of the readings; worked out anew only where the store has changed."""
    stamp = _stamp(store)
    key = _LAST.get(stamp)
    if key is None:
        key = content_key(store)
        _LAST.clear()
        _LAST[stamp] = key
    return key


def _stamp(store: Store) -> tuple[object, ...]:
    """Which state the store is in: that of a file by its files' times and sizes, that of a server as it says itself."""
    path = store_file()
    if path is None:
        return store.state()
    found: list[object] = [str(path)]
    for name in (path, Path(f"{path}-wal")):
        try:
            stat = name.stat()
        except OSError:
            found.append(None)
        else:
            found.append((stat.st_mtime_ns, stat.st_size, stat.st_ino))
    return tuple(found)


@cache
def librarian() -> Librarian:
    """The search index, shared by all visitors."""
    return Librarian(store_url())


def has_papers(store: Store) -> bool:
    """Whether anything was read into the store."""
    key = key_of(store)
    if key not in _READ:
        _READ.clear()
        _READ[key] = bool(store.reading_keys())
    st.session_state["seen"] = was_there() or _READ[key]
    return _READ[key]


def was_there() -> bool:
    """Whether this visitor has seen papers in the store."""
    return bool(st.session_state.get("seen"))


def shelf(store: Store, patience: float) -> Shelf | None:
    """The search index of the store, None where it is not there after so many seconds."""
    return librarian().shelf(key_of(store).split(" ")[0], patience)


def is_newest(store: Store, found: Shelf) -> bool:
    """Whether the search index is that of the store as it is now."""
    return found.index.key == key_of(store).split(" ")[0]


def papers(store: Store) -> Mapping[str, Paper]:
    """The papers that were read, by id; read from the store once for each state of it."""
    key = key_of(store).split(" ")[0]
    if key not in _PAPERS:
        found = {paper.id: paper for paper in store.papers(unread=False)}
        _PAPERS.clear()
        _PAPERS[key] = found
    return _PAPERS[key]


def asked_for(name: str, default: str = "") -> str:
    """What the address that the page is drawn for says under this name."""
    return str(st.session_state.get("address", {}).get(name, default))


def held(key: str, value: Any) -> str:
    """The key of a field that shows what the address says, whatever it showed before."""
    if st.session_state.get(key) != value:
        st.session_state[key] = value
    return key


def listed(name: str) -> list[str]:
    """The names, separated by commas, that the address gives under this name, each once."""
    return list(dict.fromkeys(part.strip() for part in asked_for(name).split(",") if part.strip()))


def begin() -> None:
    """Settle which address the page is drawn for; at the beginning of every drawing.

    It is the one that the last click led to: what the browser tells with a click, or by itself while a sentence is
    being looked up, may be the address before, and somebody who clicks twice in haste would be taken back. A visit
    begins, and goes on after the browser's Back and Forward, with what the browser says.
    """
    context = get_script_run_ctx()
    back = context is not None and context.is_history_navigation
    if "address" not in st.session_state or back:
        st.session_state["address"] = st.query_params.to_dict()
    elif st.query_params.to_dict() != st.session_state["address"]:
        st.query_params.from_dict(st.session_state["address"])


def set_address(**values: str | None) -> None:
    """Change the address that the page was drawn for; None and "" take a name out.

    A click means what it says where it was drawn. What the browser says its address is may be one change behind.
    """
    _go({**st.session_state.get("address", {}), **values})


def _go(address: Mapping[str, str | None]) -> None:
    wanted = {name: value for name, value in address.items() if value}
    st.session_state["address"] = wanted
    if st.query_params.to_dict() != wanted:
        st.query_params.from_dict(wanted)


def basket() -> list[str]:
    """The ids of the cuts that were picked, in that order."""
    found: list[str] = st.session_state.setdefault("basket", [])
    return found


def pick(names: Iterable[str], out: bool) -> None:
    """Put cuts into the basket or take them out."""
    chosen = set(names)
    kept = [name for name in basket() if name not in chosen]
    st.session_state["basket"] = kept if out else [*kept, *dict.fromkeys(names)]


def act(told: Mapping[str, Any]) -> None:
    """Do what can be clicked in every view: go to another, fill the basket."""
    if isinstance(told.get("pick"), list):
        pick([str(name) for name in told["pick"]], told.get("out") is True)
    elif "go" in told:
        _go(
            {
                "view": str(told["go"]),
                **{str(name): str(value) for name, value in told.items() if name != "go" and value},
            }
        )


__all__ = [
    "act",
    "asked_for",
    "basket",
    "begin",
    "has_papers",
    "held",
    "is_newest",
    "key_of",
    "librarian",
    "listed",
    "opened",
    "papers",
    "pick",
    "set_address",
    "shelf",
    "was_there",
]
