"""The bundled library read into the store, as `kg ingest 1806.00242 --depth 2 --offline` does."""

from __future__ import annotations

from ingest.paper_reader import DocumentPaperReader
from ingest.pipeline import ingest
from ingest.sources.chain import PaperSources
from ingest.sources.settings import SourceSettings
from kg.store.open import open_store

PAPER, DEPTH = "1806.00242", 2


def read_bundled(url: str | None) -> None:
    """Read the bundled papers into the store, which is made where it is not there; raises what ingesting raises."""
    sources = PaperSources(SourceSettings.from_environment(offline=True))
    reader = DocumentPaperReader(sources.references)
    with open_store(url) as store:
        report = ingest([PAPER], store=store, sources=sources, reader=reader, depth=DEPTH)
    if report.stopped:
        raise report.stopped


__all__ = ["DEPTH", "PAPER", "read_bundled"]
