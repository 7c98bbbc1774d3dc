"""LaTeX documents: a single file or a source tree as arXiv serves it, read into a `Document`."""

from ingest.documents.latex.reading import read_latex

__all__ = ["read_latex"]
