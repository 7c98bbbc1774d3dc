"""The result folder: how much lies in it, and nothing in it but regular files."""

from __future__ import annotations

import contextlib
import os
import stat
import subprocess
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path

DEEPEST = 64  # levels of folders; deeper ones serve only to break what walks them


def measure(folder: Path, *, most_bytes: float, most_files: float) -> tuple[int, int]:
    """Bytes and entries below a folder, links not followed; stops counting where either bound is passed.

    Folders below `DEEPEST` count as more entries than there may be.
    """
    size, count = 0, 0
    todo = [(str(folder), 0)]
    while todo and size <= most_bytes and count <= most_files:
        path, depth = todo.pop()
        if depth > DEEPEST:
            return size, int(most_files) + 1
        with contextlib.suppress(OSError), _entries(path) as entries:  # what goes meanwhile counts nothing
            for entry in entries:
                count += 1
                if entry.is_dir(follow_symlinks=False):
                    todo.append((entry.path, depth + 1))
                else:
                    with contextlib.suppress(OSError):
                        size += entry.stat(follow_symlinks=False).st_size
                if count > most_files:
                    break
    return size, count


def _entries(path: str) -> AbstractContextManager[Iterator[os.DirEntry[str]]]:
    """What lies in a folder, also in one made so that it cannot be listed, to hide what is in it."""
    try:
        return os.scandir(path)
    except PermissionError:
        Path(path).chmod(0o700)
        return os.scandir(path)


def snapshot(folder: Path) -> frozenset[tuple[str, int, int]]:
    """What lies in the folder: path, inode and mode of everything, so that what a run adds or replaces can be told."""
    return frozenset((path, facts.st_ino, facts.st_mode) for path, facts, _ in _walk(folder))


def cleaned(folder: Path, before: frozenset[tuple[str, int, int]]) -> list[str]:
    """Remove what a run may not leave, and say what it was, one line each.

    Those are symbolic links, files with a second name elsewhere (hard links), files that run as another user (set-uid),
    pipes, sockets and devices, and folders nested deeper than `DEEPEST`. What lay there before the run is left alone.
    To be called when all its processes are gone.
    """
    removed = []
    for path, facts, depth in list(_walk(folder)):
        if (path, facts.st_ino, facts.st_mode) in before:
            continue
        if what := _unwanted(path, facts, depth):
            remove(Path(path))
            removed.append(f"{os.path.relpath(path, folder)!r}: {what}")
    return sorted(removed)


def _unwanted(path: str, facts: os.stat_result, depth: int) -> str:
    """What is wrong with an entry, in words; "" if nothing is."""
    mode = facts.st_mode
    if stat.S_ISLNK(mode):
        return f"a symbolic link to {str(Path(path).readlink())!r}"
    if stat.S_ISDIR(mode):
        return "folders nested too deep" if depth >= DEEPEST else ""
    if not stat.S_ISREG(mode):
        return "a pipe, socket or device"
    if facts.st_nlink > 1:
        return "a file with a second name elsewhere"
    return "a file that would run as another user" if mode & (stat.S_ISUID | stat.S_ISGID) else ""


def _walk(folder: Path) -> Iterator[tuple[str, os.stat_result, int]]:
    """Everything down to `DEEPEST`: path, facts (of a link itself), depth."""
    todo = [(str(folder), 0)]
    while todo:
        path, depth = todo.pop()
        with contextlib.suppress(OSError), _entries(path) as entries:
            for entry in entries:
                facts = entry.stat(follow_symlinks=False)
                yield entry.path, facts, depth
                if stat.S_ISDIR(facts.st_mode) and depth < DEEPEST:
                    todo.append((entry.path, depth + 1))


def remove(path: Path) -> None:
    """Remove a file or a whole folder, by `rm`: Python's own way gives up on folders nested thousands deep."""
    for command in (["rm", "-rf"], ["chmod", "-R", "u+rwX"], ["rm", "-rf"]):
        subprocess.run([*command, "--", path], check=False, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        if not os.path.lexists(path):
            return
