"""A keyed paper read anew from a folder, for measuring: nothing is stored and no network is touched."""

from __future__ import annotations

import contextlib
import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.documents.document import Document
from ingest.documents.read import read_document
from ingest.evaluation.claim import Row
from ingest.paper_record import paper_record
from ingest.reading.reading import read_paper
from ingest.sources.fetched import Fetched
from ingest.sources.library import ENDINGS, LibraryFolder, ending, stem
from ingest.sources.local import read_local
from kg.errors import InvalidIdentifier, PaperUnavailable
from kg.identifiers import parse_paper_id
from kg.records import Paper, Passage, Reading, cut_fields

EDITIONS = {"latex": ENDINGS[:6], "html": ENDINGS[6:8], "pdf": ENDINGS[8:]}
"""The endings of the files of each edition."""


@dataclass(frozen=True)
class Extraction:
    """What the rules reader finds in a paper: its cuts as rows, the text that their quotes are of, and its file."""

    rows: tuple[Row, ...]
    text: str
    file: str


def extract(paper: str, library: Path, edition: str | None = None) -> Extraction:
    """The cuts of the paper that a key names, read from its file in the folder.

    The file is named by the identifier, or by the key's own name for a paper without one; LaTeX goes before HTML
    before PDF unless `edition` says which. Raises `PaperUnavailable` and `DocumentUnreadable`.
    """
    fetched = _fetch(paper, library, edition)
    document = read_document(fetched)
    reading = read_paper(document, paper_record(fetched, document)).reading
    return Extraction(tuple(rows_of(reading)), document.text, fetched.name)


def opened(paper: str, library: Path, edition: str | None = None) -> tuple[Document, Paper]:
    """The document of the paper that a key names, and its record; the arguments and errors are those of `extract`."""
    fetched = _fetch(paper, library, edition)
    document = read_document(fetched)
    return document, paper_record(fetched, document)


def rows_of(reading: Reading) -> list[Row]:
    """The cuts of a reading with the fields that are measured, in the order of the text, as `kg cuts` lists them."""
    passages = {passage.id: passage for passage in reading.passages}
    quotes: dict[str, list[Passage]] = {}
    for edge in reading.edges:
        if edge.relation == "QUOTED_FROM" and edge.get("role", "quote") != "header":
            quotes.setdefault(edge.source, []).append(passages[edge.target])
    return [
        {
            "paper": cut.paper,
            **cut_fields(cut),
            "quote": min(quotes.get(cut.id, ()), key=lambda p: (p.start, p.id)).quote if cut.id in quotes else "",
        }
        for cut in sorted(reading.cuts, key=lambda c: (c.position, c.id))
    ]


def _fetch(paper: str, library: Path, edition: str | None) -> Fetched:
    endings = ENDINGS if edition is None else EDITIONS[edition]
    if edition is None:
        with contextlib.suppress(InvalidIdentifier):  # a key may name its paper in its own way
            return LibraryFolder(library).fetch(parse_paper_id(paper))
    names = _names(library)
    found = [name for name in names if stem(name) == paper and ending(name) in endings]
    if not found:
        raise PaperUnavailable(
            f"no {f'{edition} of ' if edition else ''}{paper}",
            where=str(library),
            why="no file of that name",
            nearest=difflib.get_close_matches(paper, names, n=3),
        )
    return read_local(library / min(found, key=lambda name: endings.index(ending(name))))


def _names(library: Path) -> Sequence[str]:
    try:
        return sorted(path.name for path in library.iterdir() if ending(path.name))
    except OSError as error:
        raise PaperUnavailable(f"{library} cannot be listed", why=error.strerror or str(error)) from error


__all__ = ["EDITIONS", "Extraction", "extract", "opened", "rows_of"]
