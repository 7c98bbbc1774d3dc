"""Content hashes: by them a step knows whether what it was made from is still the same."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from kg.datafiles import data_root
from kg.records import Json, canonical_json

_ROOMS = Path(__file__).resolve().parents[2]
_PIECE = 1 << 20


def digest_of(value: Json) -> str:
    """The SHA-256 of a JSON value."""
    return hashlib.sha256(canonical_json(value).encode("utf-8", "surrogatepass")).hexdigest()


def digest_of_file(path: Path) -> str:
    """The SHA-256 of a file's bytes; raises `OSError`."""
    found = hashlib.sha256()
    with path.open("rb") as stream:
        while piece := stream.read(_PIECE):
            found.update(piece)
    return found.hexdigest()


@cache
def digest_of_rooms(*names: str) -> str:
    """The SHA-256 of the source files of some rooms, "data" among them: another CutGraph may give another result."""
    files = {name: data_root() if name == "data" else _ROOMS / name for name in names}
    return digest_of([[name, _sources(root)] for name, root in sorted(files.items())])


def _sources(root: Path) -> list[list[str]]:
    return [[str(path.relative_to(root)), digest_of_file(path)] for path in sorted(_files(root))]


def _files(root: Path) -> Iterable[Path]:
    return (path for path in root.rglob("*") if path.is_file() and "__pycache__" not in path.parts)


__all__ = ["digest_of", "digest_of_file", "digest_of_rooms"]
