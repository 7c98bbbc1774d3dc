"""From what the user typed to a list of files: globs, Open Data samples, duplicates, remote names, no files at all."""

from __future__ import annotations

import glob
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from codegen.running import opendata
from codegen.running.errors import Failure

WEB = ("https://", "http://")
XROOTD = ("root://", "xroot://", "roots://")


@dataclass(frozen=True)
class Input:
    """A file to run on: its name as given (or as the glob found it), and where its bytes are, absolute.

    path: None for a remote file that has not been fetched.
    """

    given: str
    path: Path | None


def listed(
    arguments: Sequence[str], called: Mapping[str, str] | None = None
) -> tuple[list[Input], list[Failure], list[str]]:
    """The inputs in the order given, each once; what is no file, and why; the names left out as duplicates.

    A glob's files come sorted by name, those of an Open Data sample as its catalogue lists them. A name that exists is
    that file, whatever signs it has in it. `called` gives a file another name than its path: that of an upload.
    """
    found: dict[str, Input] = {}
    failures: list[Failure] = []
    twice: list[str] = []
    for argument in arguments:
        try:
            names = _names(argument)
        except opendata.NoSample as error:
            failures.append(Failure(argument, str(error)))
            continue
        for place in names:
            given = (called or {}).get(place, place)
            if place.startswith(WEB + XROOTD):
                key, one = place, Input(given, None)
            else:
                path = Path(place)
                if why := _unfit(path, place):
                    failures.append(Failure(given, why))
                    continue
                key, one = str(path.resolve()), Input(given, path.resolve())
            if key in found:
                twice.append(given)
            else:
                found[key] = one
    return list(found.values()), failures, twice


def _names(argument: str) -> list[str]:
    if argument.startswith(opendata.SCHEME) and not Path(argument).exists():
        return opendata.urls(argument)
    if argument.startswith(WEB + XROOTD) or Path(argument).exists() or not glob.has_magic(argument):
        return [argument]
    return sorted(glob.glob(argument, recursive=True)) or [argument]  # noqa: PTH207 (names as the user writes them)


def _unfit(path: Path, given: str) -> str:
    """Why this cannot be an input; "" if it can."""
    try:
        if path.is_dir():
            return f"a folder; name its files: '{given.rstrip('/')}/*.root'"
        if path.is_file():
            with path.open("rb"):
                return ""
        if path.exists():
            return "not a regular file"
    except OSError as error:
        return error.strerror or str(error)
    return "no file fits this pattern" if glob.has_magic(given) else "no such file"
