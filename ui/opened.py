"""The store that a command line means, and the papers in it that the user means."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from kg.errors import InvalidIdentifier, NotInStore
from kg.records import Paper
from kg.store.base import Store
from kg.store.nearest import nearest_ids


@contextmanager
def opened_store(*, read_only: bool = True) -> Iterator[Store]:
    """The store of `--store` or `KG_STORE` as people decided, closed at the end; raises `StoreError`."""
    from kg.reviewed import reviewed
    from kg.store.open import open_store

    url = click.get_current_context().find_root().obj
    with open_store(url, read_only=read_only) as store:
        yield reviewed(store)


def read_paper_in(store: Store, text: str) -> Paper:
    """The paper that was read and that `text` (identifier or file) means.

    Raises `NotInStore`, with the nearest ids and the command that would ingest it, where it was not read.
    """
    if looks_like_a_file(text):
        return _paper_of_file(store, Path(text).expanduser(), text)
    found = store.resolve(text)
    paper = store.paper(found) if found is not None else None
    if paper is not None and paper.edition != "unread":
        return paper
    if paper is None:
        _check_identifier(store, text)
        raise NotInStore(
            f"no paper {text} in the store",
            why=f"it was not ingested; `kg ingest {text}` reads it",
            nearest=_nearest(store, text),
        )
    raise NotInStore(
        f"{paper.id} was not read", why=f"papers in the store cite it, but only `kg ingest {paper.id}` reads it"
    )


def _nearest(store: Store, text: str) -> list[str]:
    """Ids of read papers that are spelt most like `text`; the first few where none is alike."""
    ids = [paper.id for paper in store.papers(unread=False)]
    return nearest_ids(text, ids) or ids[:3]


def looks_like_a_file(text: str) -> bool:
    """Whether the user means a file of their own rather than an identifier."""
    from ingest.sources.local import looks_like_file

    return looks_like_file(text)


def _paper_of_file(store: Store, path: Path, text: str) -> Paper:
    """The paper that was read from this file's content, whatever either is called."""
    from ingest.sources.local import read_local

    digest = hashlib.sha256(read_local(path).data).hexdigest()
    for paper in store.papers(unread=False):
        if paper.sha256 == digest:
            return paper
    raise NotInStore(
        f"nothing read from {text} is in the store",
        why=f"its content was not ingested; `kg ingest {text}` reads it",
        nearest=_nearest(store, path.name),
    )


def _check_identifier(store: Store, text: str) -> None:
    """Raise `InvalidIdentifier` for what is no identifier at all, with what it may have meant."""
    from kg.identifiers import parse_paper_id

    try:
        parse_paper_id(text)
    except InvalidIdentifier as error:
        if text.startswith("local:"):
            return
        raise InvalidIdentifier(error.what, why=error.why, nearest=_nearest(store, text)) from error
