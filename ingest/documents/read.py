"""From fetched bytes to a document: the one door to the readers of LaTeX, PDF and HTML."""

from __future__ import annotations

from dataclasses import replace

from ingest.documents.document import Document
from ingest.documents.pdf.marker_choice import is_chosen
from ingest.sources.fetched import Fetched


def read_document(fetched: Fetched) -> Document:
    """The document in the edition that was fetched, with what the source knows where the text says nothing.

    Raises `DocumentUnreadable` where no text can be read out of the bytes.
    """
    document = _read(fetched)
    known, paper = fetched.metadata, fetched.id
    arxiv_id = paper.value if paper is not None and paper.scheme == "arxiv" else ""
    if known is None:
        return replace(document, edition=fetched.edition, arxiv_id=arxiv_id or document.arxiv_id)
    return replace(
        document,
        edition=fetched.edition,
        # the identifier it was asked for by is certain; the one found in the text may be another paper's
        arxiv_id=arxiv_id or known.arxiv_id or document.arxiv_id,
        title=document.title or known.title,
        doi=document.doi or known.doi,
        report_number=document.report_number or known.report_number,
        collaboration=document.collaboration or known.collaboration,
        year=document.year or known.year,
    )


def _read(fetched: Fetched) -> Document:
    # each reader brings a heavy library of its own, so only the one that is needed is loaded
    if fetched.kind == "latex":
        from ingest.documents.latex import read_latex

        return read_latex(fetched.data, fetched.name)
    if fetched.kind == "pdf":
        if is_chosen():
            from ingest.documents.pdf.marker import read_with_marker

            return read_with_marker(fetched.data, fetched.name)
        from ingest.documents.pdf import read_pdf

        return read_pdf(fetched.data, fetched.name)
    from ingest.documents.html import read_html

    return read_html(fetched.data, fetched.name)
