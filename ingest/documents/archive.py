"""Unpacking what arXiv serves as a paper's source, in memory and without trusting it.

A source comes as one gzipped file or as a tar archive, gzipped or not; instead of a source arXiv may serve
a PDF, or an HTML page or note saying that the paper is withdrawn.
"""

from __future__ import annotations

import gzip
import io
import tarfile
import zlib
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from kg.errors import DocumentUnreadable

MAX_TOTAL_BYTES = 200_000_000
MAX_FILE_BYTES = 50_000_000
MAX_FILES = 5_000
MAX_RATIO = 300
"""Compressed TeX and vector figures shrink by 5 to 50; beyond 300 (of more than 10 MB) it is a bomb."""

_CHUNK = 1 << 20
_NO_TEXT = (".pdf", ".png", ".jpg", ".jpeg", ".gif", ".eps", ".ps", ".root", ".zip", ".gz", ".mp4", ".svg", ".tif")


@dataclass(frozen=True)
class SourceTree:
    """The text files of a paper's source by their path within it, what was refused, and the name it came under."""

    name: str
    files: dict[str, bytes] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()


def unpack(data: bytes, name: str = "") -> SourceTree:
    """The source tree that `data` holds: a `.tex` file, a gzipped one, or a tar archive, gzipped or not.

    Members that are no plain files, that point outside the tree, or that are too large are refused with a
    warning. Raises `DocumentUnreadable` for what holds no source at all, and for bombs.
    """
    where = name or "the source"
    if not data.strip():
        raise DocumentUnreadable("an empty file", where=where)
    warnings: list[str] = []
    gzipped = data[:2] == b"\x1f\x8b"
    plain = _gunzipped(data, where, warnings) if gzipped else data
    _refuse_other_formats(plain, where)
    if _is_tar(plain):
        files = _members(plain, where, warnings)
        if not files:
            raise DocumentUnreadable("an archive without any text file", where=where, why="; ".join(warnings[:3]))
        return SourceTree(name, files, tuple(warnings))
    stem = PurePosixPath(name).name
    for suffix in (".gz", ".tgz", ".tar"):
        stem = stem.removesuffix(suffix)
    return SourceTree(name, {stem or "main.tex": plain}, tuple(warnings))


def _refuse_other_formats(data: bytes, where: str) -> None:
    head = data[:2000].lstrip()
    if head.startswith(b"%PDF-"):
        raise DocumentUnreadable("no LaTeX source", where=where, why="it is a PDF: the authors submitted no source")
    if head[:15].lower().startswith((b"<!doctype html", b"<html")):
        raise DocumentUnreadable("no LaTeX source", where=where, why="it is an HTML page")
    if head.startswith(b"%!PS"):
        raise DocumentUnreadable("no LaTeX source", where=where, why="it is PostScript")
    if head.startswith((b"PK\x03\x04", b"BZh", b"\xfd7zXZ", b"Rar!", b"7z\xbc\xaf")):
        raise DocumentUnreadable("no LaTeX source", where=where, why="it is packed in a way that arXiv does not use")
    if len(data) < 5000 and b"withdrawn" in head.lower() and b"\\documentclass" not in data:
        raise DocumentUnreadable("no LaTeX source", where=where, why="the paper was withdrawn")


def _gunzipped(data: bytes, where: str, warnings: list[str]) -> bytes:
    """The uncompressed bytes, all members; what a truncated file still holds is kept with a warning."""
    parts: list[bytes] = []
    total, rest = 0, data
    while rest[:2] == b"\x1f\x8b":
        inflate = zlib.decompressobj(wbits=31)
        pending = rest
        while pending and not inflate.eof:
            try:
                part = inflate.decompress(pending, _CHUNK)
            except zlib.error as error:
                if not total:
                    raise DocumentUnreadable("a broken gzip file", where=where, why=str(error)) from error
                warnings.append(f"{where}: the gzip data are broken after {total} bytes: {error}")
                return b"".join(parts)
            pending = inflate.unconsumed_tail
            total += len(part)
            parts.append(part)
            if total > MAX_TOTAL_BYTES or (total > 10_000_000 and total > MAX_RATIO * len(data)):
                raise DocumentUnreadable(
                    "an archive that unpacks beyond measure", where=where, why=f"{len(data)} bytes give over {total}"
                )
            if not part and not pending:
                break
        if not inflate.eof:
            if not total:
                raise DocumentUnreadable("a truncated gzip file", where=where)
            warnings.append(f"{where}: the file is truncated; what came before the break is read")
            break
        rest = inflate.unused_data
    return b"".join(parts)


def _is_tar(data: bytes) -> bool:
    if data[257:262] == b"ustar":
        return True
    if len(data) < 512 or b"\0" not in data[:512]:
        return False
    try:
        tarfile.TarInfo.frombuf(data[:512], "utf-8", "surrogateescape")
    except tarfile.HeaderError:
        return False
    return True


def _members(data: bytes, where: str, warnings: list[str]) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    total = 0
    try:
        with tarfile.open(fileobj=io.BytesIO(data), mode="r:") as archive:
            for count, member in enumerate(archive):
                if count >= MAX_FILES:
                    warnings.append(f"{where}: more than {MAX_FILES} files; the rest is left out")
                    break
                path = _safe_path(member, where, warnings)
                if path is None:
                    continue
                if member.size > MAX_FILE_BYTES or total + member.size > MAX_TOTAL_BYTES:
                    warnings.append(f"{where}: {path} left out: {member.size} bytes are too many")
                    continue
                reader = archive.extractfile(member)
                content = reader.read(MAX_FILE_BYTES) if reader else b""
                total += len(content)
                if content.startswith(b"\x1f\x8b") and path.endswith((".tex.gz", ".bbl.gz")):
                    content, path = _gunzipped(content, path, warnings), path.removesuffix(".gz")
                files[path] = content
    except (tarfile.TarError, EOFError, ValueError, OSError, gzip.BadGzipFile) as error:
        if not files:
            raise DocumentUnreadable("a broken tar archive", where=where, why=str(error)) from error
        warnings.append(f"{where}: the archive breaks off: {error}")
    return files


def _safe_path(member: tarfile.TarInfo, where: str, warnings: list[str]) -> str | None:
    """The member's path within the tree, or None where it is a folder, a figure, or not to be trusted."""
    if member.isdir():
        return None
    if not member.isreg():
        warnings.append(f"{where}: {member.name!r} refused: a link or device, no file")
        return None
    path = PurePosixPath(member.name.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or "\0" in member.name or ":" in path.parts[0]:
        warnings.append(f"{where}: {member.name!r} refused: it points outside the archive")
        return None
    if path.suffix.lower() in _NO_TEXT and not member.name.endswith((".tex.gz", ".bbl.gz")):
        return None
    return str(path)
