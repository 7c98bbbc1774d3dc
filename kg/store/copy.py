"""One store into another, paper by paper, so that a copy cut short goes on; and whether they are then equal."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from kg.errors import KgError
from kg.records import canonical_json
from kg.store.base import Store

Progress = Callable[[int, int], None]
"""Told how many papers were copied, and how many there are to copy."""

_PAPERS_AT_ONCE = 200


class NotCopied(KgError):
    """The target holds what the source does not, or the two differ after the copy."""


@dataclass(frozen=True, slots=True)
class Copied:
    """How many papers were copied, and how many were there already; what both stores now hold, and its hash."""

    papers: int
    there: int
    counts: dict[str, int]
    digest: str


def copy_store(source: Store, target: Store, progress: Progress = lambda done, of: None) -> Copied:
    """Copy all readings and reviews, then check that both stores count and export the same.

    Only papers that the target lacks are written, each whole; so the same call goes on where another was cut short.
    Raises `NotCopied` where the target has papers that the source has not, or the two differ at the end.
    """
    keys, held = source.reading_keys(), target.reading_keys()
    if foreign := sorted(held.keys() - keys.keys()):
        raise NotCopied(
            f"the target has {len(foreign)} papers that the source has not",
            why="a copy is for a new target, or one cut short; `kg export` and `kg import` bring graphs together",
            nearest=foreign[:3],
        )
    missing = [paper for paper, key in keys.items() if held.get(paper) != key]
    for done in range(0, len(missing), _PAPERS_AT_ONCE):
        progress(done, len(missing))
        target.commit_all(source.readings(missing[done : done + _PAPERS_AT_ONCE]))
    target.take_reviews(source.reviews())
    progress(len(missing), len(missing))
    counts, digest = source.counts(), export_digest(source)
    if target.counts() != counts:
        told = ", ".join(f"{n} {name}" for name, n in target.counts().items() if counts.get(name) != n)
        raise NotCopied(
            "the stores differ after the copy", why=f"the target counts {told}; was one of them written to?"
        )
    if export_digest(target) != digest:
        raise NotCopied("the stores differ after the copy", why="their exports do; was one of them written to?")
    return Copied(len(missing), len(keys) - len(missing), counts, digest)


def export_digest(store: Store) -> str:
    """The SHA-256 of the store's export as `kg export` writes it."""
    found = hashlib.sha256()
    for line in store.dump():
        found.update(f"{canonical_json(line)}\n".encode())
    return found.hexdigest()


__all__ = ["Copied", "NotCopied", "Progress", "copy_store", "export_digest"]
