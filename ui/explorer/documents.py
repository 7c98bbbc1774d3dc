"""The text around a sentence, and the page of a PDF that it stands on, from bytes that are still to be had offline.

The store holds sentences, not documents. Where a source (`--library`, the cache, the bundled library) still has the
very bytes that were read, the document is read again: in a thread beside the page, since that takes seconds for a PDF.
What was read is kept in the cache folder by the bytes' digest.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from ingest.documents.read import read_document
from ingest.paper_record import content_digest
from ingest.sources.chain import PaperSources
from ingest.sources.fetched import Fetched
from ingest.sources.settings import SourceSettings, default_cache_dir
from kg.errors import KgError
from kg.records import Paper, Passage
from ui.explorer.pdf_page import rendered_page

_TEXT, _PAGE = 1, 2  # forms of what is kept
_SEPARATE = "\n\n"


@dataclass(frozen=True)
class Surroundings:
    """A sentence with the rest of its paragraph; `whole` where the document's text was to be had."""

    before: str
    quote: str
    after: str
    whole: bool


class Documents:
    """Texts and page images of papers; for any number of threads."""

    def __init__(self, library: Path | None = None, folder: Path | None = None) -> None:
        self._library = library
        self._folder = folder or default_cache_dir() / "explorer"
        self._pool = ThreadPoolExecutor(2, "documents")
        self._lock = threading.Lock()
        self._asked: dict[tuple[str, ...], Future[bytes | None]] = {}

    def text(self, paper: Paper, wait: float) -> str | None:
        """The document's normalised text, None while it is being read and where it cannot be had."""
        found = self._kept(("text", str(_TEXT), paper.sha256), lambda: self._read(paper), wait)
        return found.decode() if found else None

    def page(self, paper: Paper, passage: Passage, wait: float) -> bytes | None:
        """The page of the PDF as PNG, the sentence marked; None while it is being drawn and where it cannot be had."""
        if paper.edition != "pdf" or passage.page is None:
            return None
        key = ("page", str(_PAGE), paper.sha256, str(passage.page), passage.id.removeprefix("passage:"))
        return self._kept(key, lambda: self._drawn(paper, passage), wait) or None

    def busy(self, paper: Paper) -> bool:
        """Whether something of the paper is still being read."""
        with self._lock:
            return any(paper.sha256 in key and not future.done() for key, future in self._asked.items())

    def _kept(self, key: tuple[str, ...], make: Callable[[], bytes], wait: float) -> bytes | None:
        file = self._folder / "-".join(key)
        try:
            return file.read_bytes()
        except OSError:  # not kept yet, or out of reach: it is made anew
            pass
        with self._lock:
            if key not in self._asked:
                if len(self._asked) > 200:  # what is done is on the disk
                    self._asked = {name: future for name, future in self._asked.items() if not future.done()}
                self._asked[key] = self._pool.submit(_written, file, make)
            future = self._asked[key]
        try:
            return future.result(wait)
        except TimeoutError:
            return None

    def _fetched(self, paper: Paper) -> Fetched | None:
        """The bytes that were read, None where no source has exactly those."""
        sources = PaperSources(SourceSettings.from_environment(library=self._library, offline=True))
        try:
            fetched = sources.open(paper.id)
        except KgError:
            return None
        return fetched if content_digest(fetched) == paper.sha256 else None

    def _read(self, paper: Paper) -> bytes:
        fetched = self._fetched(paper)
        return read_document(fetched).text.encode() if fetched is not None else b""

    def _drawn(self, paper: Paper, passage: Passage) -> bytes:
        fetched = self._fetched(paper)
        return rendered_page(fetched.data, passage.page or 1, passage.quote) if fetched is not None else b""


def _written(file: Path, make: Callable[[], bytes]) -> bytes | None:
    """What was made, kept in the file; nothing where it cannot be made."""
    try:
        made = make()
    except KgError:
        made = b""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        new = file.with_name(f"{file.name}.{threading.get_ident()}.new")
        new.write_bytes(made)
        new.replace(file)
    except OSError:  # a cache that cannot be written only costs time
        pass
    return made


def surroundings(passage: Passage, text: str | None) -> Surroundings:
    """The sentence in its paragraph: from the document's text where it has the sentence at its place, else from the
    little that the store holds.
    """
    start, end = passage.start, passage.end
    if text is None or text[start:end] != passage.quote:
        before = passage.prefix.rsplit(_SEPARATE, 1)[-1]
        return Surroundings(before, passage.quote, passage.suffix.split(_SEPARATE, 1)[0], whole=False)
    first = text.rfind(_SEPARATE, 0, start)
    last = text.find(_SEPARATE, end)
    first = first + len(_SEPARATE) if first >= 0 else 0
    return Surroundings(text[first:start], passage.quote, text[end : last if last >= 0 else len(text)], whole=True)


__all__ = ["Documents", "Surroundings", "surroundings"]
