"""Answer keys and lists of cuts as files: JSON that people and other programs wrote, checked before it is used."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest.evaluation.claim import Row
from kg.errors import KgError

FIELDS = ("object", "variable", "op", "value", "unit", "quote")
"""What every cut of a key or a list must have; one of a list also names its paper."""


class InvalidKey(KgError):
    """An answer key, or a list of cuts to be held against one, is not what it should be."""


@dataclass(frozen=True)
class AnswerKey:
    """What a paper's selection is: its cuts, each of `weight` "core" or "detail", and numbers that are no cuts."""

    paper: str
    cuts: tuple[Row, ...]
    not_cuts: tuple[Row, ...] = ()
    source: str = ""


def read_key(path: Path) -> AnswerKey:
    """The key in a JSON file `{"paper", "cuts": […], "not_cuts": […]}`; raises `InvalidKey`."""
    data = _json(path)
    if not isinstance(data, dict):
        raise InvalidKey(f"{path} is no answer key", why="expected an object with paper and cuts")
    cuts = _rows(path, "cuts", data.get("cuts"), FIELDS)
    for number, cut in enumerate(cuts, 1):
        if not isinstance(alternatives := cut.get("alternatives") or [], list) or not all(
            isinstance(other, dict) for other in alternatives
        ):
            raise InvalidKey(f"cut {number} is no cut", where=str(path), why="alternatives must be a list of objects")
    not_cuts = _rows(path, "not_cuts", data.get("not_cuts", []), ("quote", "numbers"))
    for number, entry in enumerate(not_cuts, 1):
        if not isinstance(entry["numbers"], list):
            raise InvalidKey(f"not_cuts entry {number}", where=str(path), why="numbers must be a list")
    paper = data.get("paper")
    if paper is not None and not isinstance(paper, str):
        raise InvalidKey(f"{path} is no answer key", why=f"its paper is {paper!r}")
    return AnswerKey(paper or "", cuts, not_cuts, str(path))


def read_cuts(path: Path) -> tuple[Row, ...]:
    """A list of cuts as `kg cuts --format json` prints it; raises `InvalidKey`."""
    return _rows(path, "cuts", _json(path), ("paper", *FIELDS))


def _json(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InvalidKey(f"{path} cannot be read", why=error.strerror or str(error)) from error
    except (ValueError, RecursionError) as error:
        raise InvalidKey(f"{path} is not JSON", why=str(error)) from error


def _rows(path: Path, name: str, rows: Any, fields: Sequence[str]) -> tuple[Row, ...]:
    if not isinstance(rows, list):
        raise InvalidKey(f"{path} has no list of {name}", why=f"each needs {', '.join(fields)}")
    for number, row in enumerate(rows, 1):
        missing = [field for field in fields if not isinstance(row, dict) or field not in row]
        if missing:
            raise InvalidKey(f"entry {number} of {name}", where=str(path), why=f"it has no {', '.join(missing)}")
        if not isinstance(row["quote"], str):
            raise InvalidKey(f"entry {number} of {name}", where=str(path), why="its quote is no text")
    return tuple(rows)


__all__ = ["FIELDS", "AnswerKey", "InvalidKey", "read_cuts", "read_key"]
