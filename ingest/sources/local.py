"""A local file as a paper: `.tex` (with what it inputs), `.tar.gz`, `.pdf`, `.html`."""

from __future__ import annotations

import difflib
import os
import re
from pathlib import Path

from ingest.sources.fetched import Fetched, Kind
from ingest.sources.sniff import Content, sniff
from ingest.sources.texpack import pack_tex
from kg.datafiles import data_root
from kg.errors import InvalidIdentifier, PaperUnavailable
from kg.identifiers import PaperId, parse_paper_id
from kg.records import Edition

_MAX_BYTES = 200_000_000
_KINDS: dict[Content, Kind] = {"tar": "latex", "tex": "latex", "pdf": "pdf", "html": "html"}
# the first line of every file of the bundled library
_RESTATEMENT = b"Restatement by the CutGraph project"
_ENDING = re.compile(r"(?:\.tar\.gz|\.tgz|\.tar|\.tex\.gz|\.gz|\.tex|\.ltx|\.pdf|\.html?)$", re.I)


def looks_like_file(text: str) -> bool:
    """Whether the user means a file: it is written like one, or it exists and is no identifier.

    >>> looks_like_file("./paper.tex"), looks_like_file("hep-ex/0601001"), looks_like_file("1704.07323")
    (True, False, False)
    """
    if _ENDING.search(text) is not None:
        return not text.lower().startswith(("http:", "https:", "doi:", "10.")) or _is_file(Path(text))
    # a name without such an ending may also be an identifier, and identifiers come first
    return text.startswith(("/", "./", "../", "~")) or (_is_no_identifier(text) and _is_file(Path(text)))


def _is_no_identifier(text: str) -> bool:
    try:
        parse_paper_id(text)
    except InvalidIdentifier:
        return True
    return False


def read_local(path: Path) -> Fetched:
    """The file as a paper; its id is what its name says, None where that is no identifier.

    Raises `InvalidIdentifier` for a missing file, with the nearest names in its folder, and
    `PaperUnavailable` for a file that cannot be read or is none of the known formats.
    """
    try:
        path = path.expanduser()
    except RuntimeError as error:
        raise InvalidIdentifier(f"no file {path}", why=str(error)) from error
    if not _is_file(path):
        raise _missing(path)
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise PaperUnavailable(f"{path} is not read", why=f"it is larger than {_MAX_BYTES:,} bytes")
        data = path.read_bytes()
    except OSError as error:
        raise PaperUnavailable(f"{path} cannot be read", why=error.strerror or str(error)) from error
    content = sniff(data)
    if content in ("unknown", "stub") and path.suffix.lower() in (".tex", ".ltx"):
        # a TeX file need not begin with a command; its name says what it is
        content = "tex"
    kind = _KINDS.get(content)
    if kind is None and content == "unknown" and path.suffix.lower() in (".html", ".htm"):
        # a page may begin with anything, and be in UTF-16
        kind = "html"
    if kind is None:
        raise PaperUnavailable(
            f"{path} is no paper", why=_why_not(content), nearest=(".tex", ".tar.gz", ".pdf", ".html")
        )
    if content == "tex" and path.suffix.lower() in (".tex", ".ltx"):
        data = pack_tex(path)
    return Fetched(_id_in(path.name), kind, _edition(path, kind, data), data, _text(path.name), f"file {_text(path)}")


def _text(path: Path | str) -> str:
    """A path as text that can be stored: file names need not be UTF-8."""
    return os.fsencode(path).decode("utf-8", "replace")


def _edition(path: Path, kind: Kind, data: bytes) -> Edition:
    """The edition; a file of the bundled library, or a copy of one, stays a restatement however it was reached."""
    shipped = path.resolve().is_relative_to((data_root() / "library").resolve())
    return "restatement" if shipped or _RESTATEMENT in data[:4096] else kind


def _is_file(path: Path) -> bool:
    """Whether there is such a file; a name that no file can have is none."""
    try:
        return path.is_file()
    except OSError:
        return False


def _missing(path: Path) -> InvalidIdentifier:
    folder = path.parent
    try:
        if path.is_dir():
            return InvalidIdentifier(f"{path} is a folder", why="give a file, or the folder as --library")
        if not folder.is_dir():
            return InvalidIdentifier(f"no file {path}", why=f"there is no folder {folder}")
        names = [p.name for p in folder.iterdir() if _ENDING.search(p.name)]
        where = str(folder.resolve())
    except OSError as error:
        return InvalidIdentifier(f"no file {_text(path)[:200]}", why=error.strerror or str(error))
    return InvalidIdentifier(
        f"no file {_text(path.name)}",
        where=where,
        nearest=difflib.get_close_matches(path.name, sorted(names), n=3, cutoff=0.4),
    )


def _id_in(name: str) -> PaperId | None:
    """The identifier that a file name is, "_" standing for "/"; None for any other name."""
    bare = _ENDING.sub("", name)
    for text in (bare, re.sub(r"^([a-z-]+(?:\.[A-Z]{2})?)[_-]?(\d{7})(v\d+)?$", r"\1/\2\3", bare), _doi_of(bare)):
        try:
            return parse_paper_id(text)
        except InvalidIdentifier:
            continue
    return None


def _doi_of(bare: str) -> str:
    """A file name as DOI: its prefix tells, "_" after that is "/"."""
    return re.sub(r"^(10\.\d{4,9})_", r"\1/", bare)


def _why_not(content: Content) -> str:
    return {
        "empty": "it is empty, or a damaged gzip file",
        "postscript": "PostScript is not read; convert it to PDF",
        "stub": "it is a placeholder for a submission without source",
    }.get(content, "its content is neither TeX, a tar archive, PDF nor HTML")
