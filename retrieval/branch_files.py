"""Which of the documented branches a real PHYSLITE file has, in TTree and in RNTuple form, and what comes nearest to
those that it lacks. Nothing but the file's own description is read."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.branches import Branch, branches, releases
from kg.errors import KgError
from kg.records import Json

_TREES = ("CollectionTree", "EventData")
_NEAREST = 2


class NoPhysliteFile(KgError):
    """A file that is no ROOT file, is damaged, or holds no PHYSLITE tree."""


@dataclass(frozen=True, slots=True)
class FileBranches:
    """What a file has of the documented branches of its release.

    `form` is "TTree" or "RNTuple"; `there` are (branch, type in the file); `missing` are (branch, nearest names in
    the file); `other_type` are (branch, type in the file, documented type). Types of RNTuple files have their own
    spelling and are not compared.
    """

    path: str
    form: str
    tree: str
    entries: int
    total: int
    release: str
    there: tuple[tuple[str, str], ...]
    missing: tuple[tuple[str, tuple[str, ...]], ...]
    other_type: tuple[tuple[str, str, str], ...]

    @property
    def documented(self) -> int:
        """How many branches are documented for the release."""
        return len(self.there) + len(self.missing)

    @property
    def release_title(self) -> str:
        """The release in words."""
        return str(releases()[self.release]["title"]) if self.release else ""

    def to_json(self) -> dict[str, Json]:
        """All of it as JSON."""
        return {
            "file": self.path,
            "form": self.form,
            "tree": self.tree,
            "entries": self.entries,
            "branches": self.total,
            "release": self.release,
            "there": [{"branch": name, "type": kind} for name, kind in self.there],
            "missing": [{"branch": name, "nearest": list(near)} for name, near in self.missing],
            "other_type": [{"branch": n, "type": kind, "documented": wanted} for n, kind, wanted in self.other_type],
        }


def branches_in_file(path: Path) -> FileBranches:
    """What the file has; raises `NoPhysliteFile` where it cannot be read or holds no tree of PHYSLITE."""
    import uproot

    if path.is_dir():
        raise NoPhysliteFile(f"{path} is a folder", why="one file at a time", nearest=_roots_in(path)[:3])
    if not path.is_file():
        near = difflib.get_close_matches(path.name, _roots_in(path.parent), n=3, cutoff=0.5)
        raise NoPhysliteFile(f"no file {path}", why="it does not exist", nearest=near)
    try:
        with uproot.open(path) as file:
            name, tree = _tree(file, path)
            form = "TTree" if tree.classname.startswith("TTree") else "RNTuple"
            types = _types(tree, form)
            entries = int(tree.num_entries)
    except NoPhysliteFile:
        raise
    except Exception as error:  # what uproot meets in a damaged file may be of any kind
        why = (
            f"{type(error).__name__}: {str(error).strip().splitlines()[0] if str(error).strip() else 'no reason given'}"
        )
        raise NoPhysliteFile("the file cannot be read as ROOT", where=str(path), why=why) from error
    release = _release(types)
    wanted = {n: b for n, b in branches().items() if not release or release in dict(b.types)}
    there = {n: types[n] for n in wanted if n in types}
    return FileBranches(
        str(path),
        form,
        name,
        entries,
        len(types),
        release,
        tuple(sorted(there.items())),
        tuple((n, _nearest(n, types)) for n in sorted(wanted) if n not in types),
        tuple(_other_types(there, wanted, release)) if form == "TTree" else (),
    )


def _roots_in(folder: Path) -> list[str]:
    try:
        return sorted(p.name for p in folder.iterdir() if p.suffix == ".root")
    except OSError:
        return []


def _tree(file: Any, path: Path) -> tuple[str, Any]:
    """The first tree of PHYSLITE in the file, with its name."""
    for name in _TREES:
        if name in file:
            return name, file[name]
    names = sorted({key.partition(";")[0] for key in file.keys()})  # noqa: SIM118 - a ROOT directory is no dict
    raise NoPhysliteFile(
        "no tree of PHYSLITE", where=str(path), why=f"it has none of {', '.join(_TREES)}", nearest=names[:5]
    )


def _types(tree: Any, form: str) -> dict[str, str]:
    """The type of each branch by its name as TTree files have it."""
    if form == "TTree":
        found: dict[str, str] = {}
        for name, kind in tree.typenames(full_paths=True).items():
            found.setdefault(name.rpartition("/")[2], str(kind))  # the outer one of two that have one name
        return found
    types = {str(key): str(tree[key].typename) for key in tree.keys()}  # noqa: SIM118
    return {name.replace(":", "."): kind for name, kind in types.items()}


def _release(types: dict[str, str]) -> str:
    """The release whose marks the file has; the one with most of its branches where several or none fit."""
    fitting = [name for name, row in releases().items() if all(mark in types for mark in row["marks"])]
    if len(fitting) == 1:
        return fitting[0]
    counted = {
        name: sum(b.name in types and dict(b.types).get(name) == types[b.name] for b in branches().values())
        for name in fitting or releases()
    }
    best = max(sorted(counted), key=lambda name: counted[name])
    return best if counted[best] else ""


def _nearest(name: str, types: dict[str, str]) -> tuple[str, ...]:
    """The names in the file most like a missing one: of the same container first."""
    container, _, attribute = name.partition(".")
    own = {other.partition(".")[2]: other for other in sorted(types) if other.startswith(f"{container}.")}
    near = difflib.get_close_matches(attribute, [a for a in own if a], n=_NEAREST, cutoff=0.55)
    if near:
        return tuple(own[attribute] for attribute in near)
    same = sorted(other for other in types if other.partition(".")[2] == attribute and attribute)
    if same:
        return tuple(difflib.get_close_matches(name, same, n=_NEAREST, cutoff=0.0))
    return tuple(difflib.get_close_matches(name, sorted(types), n=1, cutoff=0.75))


def _other_types(there: dict[str, str], wanted: dict[str, Branch], release: str) -> list[tuple[str, str, str]]:
    if not release:
        return []
    documented = {name: dict(wanted[name].types)[release] for name in there}
    return [(n, kind, documented[n]) for n, kind in sorted(there.items()) if kind != documented[n]]


__all__ = ["FileBranches", "NoPhysliteFile", "branches_in_file"]
