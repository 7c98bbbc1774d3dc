"""The folder of a reproduction: whose it is, that one process at a time works in it, what a killed one left."""

from __future__ import annotations

import fcntl
import json
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.errors import KgError
from ui.reproduction.steps import STEPS, WRITER, Steps

CUTS, SUBGRAPH, PROGRAM, RUN, REPORT = "cuts.json", "subgraph.json", "selection.py", "run", "report.html"
VARIATIONS = "choices.json"

_NAMES = (STEPS, CUTS, SUBGRAPH, PROGRAM, RUN, REPORT, VARIATIONS)
# half-written files of `write_whole`, half-written folders of `kg run`: a dot, a name of ours, a random ending
_LEFT_BEHIND = re.compile(rf"\.(?:{'|'.join(map(re.escape, _NAMES))})-\w{{8}}")


class FolderTaken(KgError):
    """The folder holds something else than a reproduction, or another process works in it."""


def default_folder(paper: str) -> Path:
    """Where a reproduction goes that is given no folder: the same each time, so that it can be gone on with.

    >>> str(default_folder("1806.00242")), str(default_folder("notes/zee.tex"))
    ('reproduced-1806.00242', 'reproduced-zee.tex')
    """
    name = re.sub(r"[^A-Za-z0-9.+-]+", "-", Path(paper).name).strip("-.")
    return Path(f"reproduced-{name or 'paper'}")


@contextmanager
def working_folder(path: Path) -> Iterator[tuple[Path, Steps]]:
    """The folder, made if need be and locked, with the steps done in it; raises `FolderTaken`."""
    try:
        path.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    except OSError as error:
        raise FolderTaken("no folder for the result", where=str(path), why=error.strerror or str(error)) from error
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise FolderTaken("the folder is taken", where=str(path), why=f"another {WRITER} works in it") from error
        folder = path.resolve()
        for left in list(folder.iterdir()):
            if _LEFT_BEHIND.fullmatch(left.name):
                _remove(left)
        yield folder, _steps_in(folder, path)
    finally:
        os.close(handle)


def _steps_in(folder: Path, shown: Path) -> Steps:
    """The steps done, none in an empty folder, which is marked as ours before anything else is written."""
    found = sorted(path.name for path in folder.iterdir())
    if not found:
        steps = Steps(folder)
        steps.write()
        return steps
    try:
        told = json.loads((folder / STEPS).read_text("utf-8"))
        if told["written_by"] != WRITER:
            raise ValueError(STEPS)
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise FolderTaken(
            "the folder is taken", where=str(shown), why=f"it holds {found[0]!r} and is no earlier result of {WRITER}"
        ) from error
    return Steps.of_json(folder, told)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


__all__ = [
    "CUTS",
    "PROGRAM",
    "REPORT",
    "RUN",
    "SUBGRAPH",
    "VARIATIONS",
    "FolderTaken",
    "default_folder",
    "working_folder",
]
