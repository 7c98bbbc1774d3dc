"""`--library DIR`: a folder of files named by arXiv id, DOI or report number."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from ingest.sources.fetched import Fetched
from ingest.sources.local import read_local
from kg.errors import KgError, PaperUnavailable
from kg.identifiers import PaperId

# LaTeX before HTML before PDF
ENDINGS = (".tar.gz", ".tgz", ".tar", ".tex.gz", ".gz", ".tex", ".html", ".htm", ".pdf")
_VERSION = re.compile(r"v(\d+)$", re.I)


@dataclass
class LibraryFolder:
    """A folder of the user's; its names are listed once."""

    folder: Path
    _names: list[str] | None = field(default=None, init=False)

    @property
    def name(self) -> str:
        return f"library {self.folder}"

    def fetch(self, paper: PaperId) -> Fetched:
        """The paper's file; of several the one that is read best, without version or of the highest.

        A file that is not what its name says is passed over for the next; raises `PaperUnavailable`.
        """
        failures: list[str] = []
        for name in matching_files(self._files(), paper):
            try:
                found = read_local(self.folder / name)
            except KgError as error:
                failures.append(str(error))
                continue
            version = version_of(name) if paper.scheme == "arxiv" else ""
            exact = PaperId(paper.scheme, paper.value, version)
            return replace(found, id=exact, origin=f"library {self.folder / name}")
        nearest = difflib.get_close_matches(file_key(paper), [stem(n) for n in self._files()], n=3)
        why = "; ".join(failures) or "no file of that name"
        raise PaperUnavailable(f"no {paper}", where=str(self.folder), why=why, nearest=nearest)

    def _files(self) -> list[str]:
        if self._names is None:
            if not self.folder.is_dir():
                raise PaperUnavailable(f"no folder {self.folder}", why="the library must be a folder of papers")
            try:
                self._names = sorted(p.name for p in self.folder.iterdir() if ending(p.name))
            except OSError as error:
                raise PaperUnavailable(f"{self.folder} cannot be listed", why=str(error.strerror)) from error
        return self._names


def ending(name: str) -> str:
    """The ending that says how a file is read, "" for one that is no paper."""
    return next((e for e in ENDINGS if name.lower().endswith(e)), "")


def stem(name: str) -> str:
    """The file's name without that ending."""
    return name[: len(name) - len(ending(name))]


def version_of(name: str) -> str:
    """The arXiv version in a file name: "v2" of "1704.07323v2.pdf", "" for none."""
    match = _VERSION.search(stem(name))
    return f"v{match[1]}" if match else ""


def file_key(paper: PaperId) -> str:
    """The identifier as the stem of a file name, with what file names cannot hold replaced.

    >>> file_key(PaperId("arxiv", "hep-ex/0601001"))
    'hep-ex_0601001'
    """
    return re.sub(r"[^\w.-]", "_", paper.value)


def matching_files(names: Iterable[str], paper: PaperId) -> list[str]:
    """The files that hold the paper, best first.

    >>> matching_files(["1704.07323.pdf", "1704.07323v1.tar.gz", "1605.03171.pdf"], PaperId("arxiv", "1704.07323"))
    ['1704.07323v1.tar.gz', '1704.07323.pdf']
    """
    is_arxiv = paper.scheme == "arxiv"

    def rank(name: str) -> tuple[int, int, str]:
        version = version_of(name) if is_arxiv else ""
        # without a version the file stands for the latest
        return (ENDINGS.index(ending(name)), -int(version[1:]) if version else -10_000, name)

    def fits(name: str) -> bool:
        text = stem(name)
        version = version_of(name) if is_arxiv else ""
        bare = _VERSION.sub("", text) if version else text
        bare = re.sub(r"^(?:arxiv|doi|report|inspire)[-_: ]", "", bare, flags=re.I)
        return _letters(bare) == _letters(paper.value) and (not paper.version or version in ("", paper.version))

    return sorted((n for n in names if ending(n) and fits(n)), key=rank)


def _letters(text: str) -> str:
    """What is left of an identifier when separators are written in any way or not at all."""
    return re.sub(r"[^a-z0-9]", "", text.lower())
