"""Papers as PDF: from the characters on the page to a `Document` (edition "pdf")."""

from __future__ import annotations

from ingest.documents.pdf.guarded import read_pdf

__all__ = ["read_pdf"]
