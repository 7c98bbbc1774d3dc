"""HTML papers: arXiv's LaTeXML pages first, other pages with headings and paragraphs too."""

from ingest.documents.html.read import read_html

__all__ = ["read_html"]
