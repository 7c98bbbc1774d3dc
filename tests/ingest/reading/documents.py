"""Small documents for the tests of the reader, built as the LaTeX and PDF readers build theirs."""

from __future__ import annotations

from ingest.documents.document import CellPieces, Cite, Document, DocumentBuilder
from kg.records import Paper, Reference


def prose(*sentences: str, section: str = "Event selection") -> Document:
    """One section with one paragraph."""
    builder = DocumentBuilder("latex", "0" * 64)
    builder.heading(1, section)
    builder.block("paragraph", " ".join(sentences))
    return builder.build()


def table(
    rows: list[list[str]],
    caption: str = "Requirements on leptons.",
    headers: int = 1,
    section: str = "Event selection",
    told: str = "",
) -> Document:
    """One section with one table behind the paragraph `told`; the first `headers` rows are header cells."""
    builder = DocumentBuilder("latex", "0" * 64)
    builder.heading(1, section)
    if told:
        builder.block("paragraph", told)
    cells = [
        CellPieces((text,), r, c, header=r < headers)
        for r, row in enumerate(rows)
        for c, text in enumerate(row)
        if text
    ]
    builder.table(cells, (f"Table 1: {caption}",), "Table 1")
    return builder.build()


def citing(before: str, label: str, after: str, section: str = "Object selection") -> Document:
    """One sentence with a citation of reference `label`, which is arXiv:1603.05598."""
    builder = DocumentBuilder("latex", "0" * 64)
    builder.heading(1, section)
    builder.block("paragraph", before, Cite(f"[{label}]", (label,)), after)
    builder.references.append(Reference(label, int(label), arxiv_id="1603.05598"))
    return builder.build()


PAPER = Paper("1234.56789", edition="latex", sha256="0" * 64)
