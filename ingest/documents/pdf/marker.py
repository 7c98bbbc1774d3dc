"""PDF conversion by marker-pdf (extra `marker`), whose models see tables and formulae that text layers hide.

Chosen by `KG_PDF_READER=marker`. The document has marker's blocks; its references, title and identifiers are those of
the text layer, and a number that marker reports counts only if the text layer of that page has it too.
"""

from __future__ import annotations

import importlib
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

from ingest.documents.document import Document
from ingest.documents.pdf.guarded import read_pdf
from ingest.documents.pdf.marker_blocks import with_blocks
from kg.errors import DocumentUnreadable


def read_with_marker(data: bytes, name: str = "") -> Document:
    """The document (edition "pdf"); raises `DocumentUnreadable`, also where marker or its models are not there."""
    document = read_pdf(data, name)  # in its guarded process: what is broken or hostile is found there
    return with_blocks(document, _converted(data, name))


def _converted(data: bytes, name: str) -> list[Any]:
    """Marker's pages, as its JSON renderer gives them."""
    converter = _converter()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "paper.pdf"
        file.write_bytes(data)
        try:
            rendered = converter(str(file))
        except Exception as error:  # of torch, transformers, or marker's own servers
            why = f"marker failed: {type(error).__name__}: {str(error)[:200]}"
            raise DocumentUnreadable("cannot read the PDF", where=name, why=why) from error
    pages: list[Any] = rendered.model_dump()["children"]
    return pages


@cache
def _converter() -> Any:
    """Marker's converter with its models, loaded once."""
    try:
        pdf = importlib.import_module("marker.converters.pdf")
        models = importlib.import_module("marker.models")
    except ImportError as error:
        why = f"KG_PDF_READER=marker, but {error.name} is missing; `pip install 'cutgraph[marker]'` brings it"
        raise DocumentUnreadable("cannot read PDF files", why=why) from error
    try:
        return pdf.PdfConverter(
            artifact_dict=models.create_model_dict(),
            renderer="marker.renderers.json.JSONRenderer",
            config={"extract_images": False},
        )
    except Exception as error:
        why = f"marker's models cannot be had: {type(error).__name__}: {str(error)[:200]}"
        raise DocumentUnreadable("cannot read PDF files", why=why) from error


__all__ = ["read_with_marker"]
