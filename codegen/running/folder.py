"""The result folder: where it lies, what may be replaced, and that it appears whole or not at all."""

from __future__ import annotations

import itertools
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from codegen.running.errors import ResultFolderTaken

WRITER = "kg run"
INPUTS = "inputs.json"  # lists the folder's own files, by which an earlier result is known
RESULT = "result.json"


def chosen_folder(output: Path | None, program: Path) -> Path:
    """The folder that the result is to have: `output`, or `PROGRAM-run`, `-run-2`, … in the working directory.

    Raises `ResultFolderTaken` where it holds anything else than an earlier result.
    """
    if output is None:
        names = (f"{program.stem}-run" + (f"-{n}" if n > 1 else "") for n in itertools.count(1))
        return next(path for path in map(Path, names) if not os.path.lexists(path))
    if output.exists() and (foreign := _foreign(output)):
        raise ResultFolderTaken("the result folder is taken", where=str(output), why=foreign)
    return output


@contextmanager
def made_whole(target: Path) -> Iterator[Path]:
    """A new folder beside `target` to write into; moved there at the end, removed if anything fails before."""
    target = target.resolve()
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        new = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    except OSError as error:
        raise ResultFolderTaken("no result folder", where=str(target), why=error.strerror or str(error)) from error
    try:
        yield new
        new.chmod(0o777 & ~_umask())
        _move(new, target)
    finally:
        shutil.rmtree(new, ignore_errors=True)


def listed(folder: Path) -> list[str]:
    """The files below a folder, by their paths in it."""
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_symlink() or not path.is_dir())


def _move(new: Path, target: Path) -> None:
    if not os.path.lexists(target):
        new.rename(target)
        return
    if foreign := _foreign(target):  # what came there meanwhile
        raise ResultFolderTaken("the result folder is taken", where=str(target), why=foreign)
    # The folder itself stays: it may be somebody's working directory. `result.json` goes first and comes last.
    (target / RESULT).unlink(missing_ok=True)
    kept = set(listed(new))
    for name in listed(target):
        if name not in kept:
            (target / name).unlink()
    for name in sorted(kept, key=lambda name: name == RESULT):
        (target / name).parent.mkdir(exist_ok=True)
        (new / name).replace(target / name)
    for folder in [path for path in target.iterdir() if path.is_dir() and not any(path.iterdir())]:
        folder.rmdir()


def _foreign(folder: Path) -> str:
    """What in it is not of an earlier result, in words; "" if nothing is."""
    if not folder.is_dir():
        return "it is not a folder"
    found = listed(folder)
    if not found:
        return ""
    try:
        told = json.loads((folder / INPUTS).read_text("utf-8"))
        own = set(told["files"]) if told["written_by"] == WRITER else set()
    except (OSError, ValueError, KeyError, TypeError):
        return f"it holds {found[0]!r} and is no earlier result of {WRITER}"
    other = [name for name in found if name not in own]
    return f"besides an earlier result it holds {other[0]!r}" if other else ""


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
