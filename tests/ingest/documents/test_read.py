"""From fetched bytes to a document, whichever the edition."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.documents.read import read_document
from ingest.sources.bundled import BundledLibrary
from ingest.sources.fetched import Fetched, PaperMetadata
from ingest.sources.local import read_local
from kg.errors import DocumentUnreadable
from kg.identifiers import PaperId

HTML = b'<html><body><article class="ltx_document"><p class="ltx_p">Muons have p > 7 GeV.</p></article></body></html>'


def test_what_the_source_knows_fills_what_the_text_does_not_say() -> None:
    known = PaperMetadata(title="A search", collaboration="ATLAS", year=2018, doi="10.1000/x", arxiv_id="1806.00242")
    paper = read_document(Fetched(PaperId("arxiv", "1806.00242"), "html", "html", HTML, "a.html", "arXiv", known))
    assert (paper.title, paper.collaboration, paper.year, paper.doi) == ("A search", "ATLAS", 2018, "10.1000/x")
    assert (paper.arxiv_id, paper.edition) == ("1806.00242", "html")


def test_a_file_without_name_or_metadata_is_read_as_it_is() -> None:
    paper = read_document(Fetched(None, "html", "html", HTML, "a.html", "file a.html"))
    assert paper.text == "Muons have p > 7 GeV."
    assert (paper.arxiv_id, paper.title) == ("", "")


def test_a_restatement_stays_one() -> None:
    library = BundledLibrary()
    for name, known in library.papers().items():
        asked = PaperId("arxiv", known.arxiv_id) if known.arxiv_id else PaperId("report", name)
        assert read_document(library.fetch(asked)).edition == "restatement"


@pytest.mark.parametrize("kind", ["latex", "pdf", "html"])
def test_bytes_that_are_no_document_are_refused(kind: str) -> None:
    with pytest.raises(DocumentUnreadable):
        read_document(Fetched(None, kind, "pdf", b"\x00\x01", "broken", "file broken"))  # type: ignore[arg-type]


def test_a_real_pdf_is_read(shared: Path) -> None:
    path = shared / "papers" / "1704.07323.pdf"
    if not path.is_file():
        pytest.skip(f"no real paper at {path}")
    paper = read_document(read_local(path))
    assert (paper.edition, paper.arxiv_id) == ("pdf", "1704.07323")
    assert paper.sections
