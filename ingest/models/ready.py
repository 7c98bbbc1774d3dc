"""What the reading of a first paper makes, made before many threads read papers: grammars, patterns and tables.

They are kept once they are made, but threads that need them at the same moment would each make them.
"""

from __future__ import annotations

from functools import cache

from ingest.documents.read import read_document
from ingest.reading import rules
from ingest.sources.fetched import Fetched
from ingest.sources.texpack import pack

_PAPER = rb"""\documentclass{article}\begin{document}\section{Event selection}
Muons must have $p_T > 20$ GeV and $|\eta| < 2.5$; events with more than two of them are rejected.
\end{document}"""


@cache
def make_ready() -> None:
    """Read a paper of one sentence."""
    rules.read_rules(read_document(Fetched(None, "latex", "latex", pack({"paper.tex": _PAPER}), "paper.tex", "")))


__all__ = ["make_ready"]
