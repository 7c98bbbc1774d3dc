"""Where the search index of a store lies, and which of its builds is the present one.

An index is derived from the store and can always be made anew. Builds are folders beside each other; the file
`current` names the present one and is replaced in one step, so that a reader sees an old build or a new one, whole.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import platformdirs

from kg.errors import StoreError
from kg.store.base import Store

FORMAT = 7
"""Raised whenever the files of an index change their meaning; an index of another format is made anew."""

_CURRENT = "current"
_META = "index.json"


def index_home(store: Store) -> Path:
    """The folder of the store's index: beside the store, or in the user's cache where nothing may be written there."""
    beside = store.derived_folder()
    if beside is not None:
        with contextlib.suppress(OSError):  # where it cannot be made, the cache has it
            beside.mkdir(parents=True, exist_ok=True)
            if os.access(beside, os.W_OK):
                return beside
    name = hashlib.sha256(str(beside and beside.absolute()).encode()).hexdigest()[:16]
    home = Path(platformdirs.user_cache_dir("cutgraph", appauthor=False)) / "search" / name
    try:
        home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError("the search index has no place", where=str(home), why=str(error.strerror)) from error
    return home


def present(home: Path) -> tuple[Path, dict[str, Any]] | None:
    """The present build and what it says of itself; None where there is none that can be read."""
    try:
        folder = home / (home / _CURRENT).read_text(encoding="utf-8").strip()
        meta = json.loads((folder / _META).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return (folder, meta) if isinstance(meta, dict) and folder.parent == home else None


def is_whole(folder: Path, meta: dict[str, Any]) -> bool:
    """Whether all files that a build was made of are there, each as long as it was."""
    files = meta.get("files")
    try:
        return isinstance(files, dict) and all((folder / name).stat().st_size == size for name, size in files.items())
    except (OSError, TypeError):
        return False


@contextmanager
def new_build(home: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    """A folder to build in and the description to fill; it becomes the present build if nothing is raised."""
    folder = Path(tempfile.mkdtemp(prefix="build-", dir=home))
    meta: dict[str, Any] = {"format": FORMAT}
    try:
        yield folder, meta
        meta["files"] = {str(p.relative_to(folder)): p.stat().st_size for p in sorted(folder.rglob("*")) if p.is_file()}
        (folder / _META).write_text(json.dumps(meta, sort_keys=True, ensure_ascii=False), encoding="utf-8")
        pointer = folder.with_name(f"{folder.name}.current")
        pointer.write_text(folder.name, encoding="utf-8")
        pointer.replace(home / _CURRENT)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    _clear(home, folder)


def _clear(home: Path, kept: Path) -> None:
    """Remove builds that are no longer present; one that another program still reads stays for it under POSIX."""
    for other in home.glob("build-*"):
        if other != kept and other.is_dir() and (other / _META).exists():
            shutil.rmtree(other, ignore_errors=True)


__all__ = ["FORMAT", "index_home", "is_whole", "new_build", "present"]
