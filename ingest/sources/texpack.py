"""A TeX file of a folder, packed with the files it needs: one archive, the same bytes for the same contents."""

from __future__ import annotations

import io
import os
import re
import tarfile
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from kg.errors import PaperUnavailable

MAX_FILES = 500
MAX_BYTES = 50_000_000

_COMMENT = re.compile(rb"(?<!\\)%[^\n]*")
# command, the endings that TeX tries for its argument, and whether the argument is a list
_NEEDS: tuple[tuple[re.Pattern[bytes], tuple[str, ...]], ...] = (
    (re.compile(rb"\\(?:input|include|subfile|InputIfFileExists)\s*\{([^{}]+)\}"), ("", ".tex")),
    (re.compile(rb"\\input\s+([^\s{}\\%]+)"), ("", ".tex")),
    (re.compile(rb"\\(?:bibliography|addbibresource)\s*(?:\[[^\]]*\])?\{([^{}]+)\}"), ("", ".bib")),
    (re.compile(rb"\\(?:usepackage|RequirePackage)\s*(?:\[[^\]]*\])?\{([^{}]+)\}"), (".sty",)),
    (re.compile(rb"\\(?:documentclass|LoadClass)\s*(?:\[[^\]]*\])?\{([^{}]+)\}"), (".cls",)),
)
_IMPORT = re.compile(rb"\\(?:sub)?import\*?\s*\{([^{}]*)\}\s*\{([^{}]+)\}")


def pack_tex(path: Path) -> bytes:
    """A tar archive of a TeX file and the files of its tree that it inputs, with its `.bbl`.

    Only files at or below the folder of `path` are taken; links out of it and missing files are left out
    (the reader warns of what it does not find). Raises `PaperUnavailable` where they are too many or too large.
    """
    root = path.parent.resolve()
    files: dict[str, bytes] = {}
    waiting = [root / path.name]
    bbl = waiting[0].with_suffix(".bbl")
    if bbl.is_file():
        waiting.append(bbl)
    while waiting:
        file = waiting.pop()
        name = file.relative_to(root).as_posix()
        if name in files:
            continue
        try:
            files[name] = file.read_bytes()
        except OSError as error:
            raise PaperUnavailable(f"{file} cannot be read", why=error.strerror or str(error)) from error
        if len(files) > MAX_FILES or sum(map(len, files.values())) > MAX_BYTES:
            raise PaperUnavailable(
                f"{path} is not read", why=f"it inputs more than {MAX_FILES} files or {MAX_BYTES:,} bytes"
            )
        if file.suffix.lower() not in (".bib", ".bbl"):
            waiting += _needed(files[name], root, file.parent)
    return pack(files)


def pack(files: Mapping[str, bytes]) -> bytes:
    """A tar archive whose bytes depend on names and contents only: sorted, without times and owners."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=tarfile.GNU_FORMAT) as archive:
        for name in sorted(files):
            entry = tarfile.TarInfo(name)
            entry.size = len(files[name])
            entry.mtime = 0
            archive.addfile(entry, io.BytesIO(files[name]))
    return buffer.getvalue()


def _needed(text: bytes, root: Path, folder: Path) -> list[Path]:
    """The existing files below `root` that a TeX file asks for, looked for from `root` and from its own folder."""
    text = _COMMENT.sub(b"", text)
    names: list[tuple[str, tuple[str, ...]]] = []
    for pattern, endings in _NEEDS:
        for match in pattern.finditer(text):
            names += [(one.strip(), endings) for one in match[1].decode("utf-8", "replace").split(",")]
    for match in _IMPORT.finditer(text):
        below = PurePosixPath(match[1].decode("utf-8", "replace").strip() or ".")
        names.append((str(below / match[2].decode("utf-8", "replace").strip()), ("", ".tex")))
    found = []
    for name, endings in names:
        for base in dict.fromkeys((root, folder)):
            file = next((f for e in endings if (f := _inside(root, base, name + e)) is not None), None)
            if file is not None:
                found.append(file)
                break
    return found


def _inside(root: Path, base: Path, name: str) -> Path | None:
    """The file of that name if it exists and lies, as written and with links followed, below `root`."""
    try:
        file = Path(os.path.normpath(base / name))
        below = file.is_relative_to(root) and file.resolve().is_relative_to(root)
        return file if below and file.is_file() else None
    except (OSError, ValueError):
        return None
