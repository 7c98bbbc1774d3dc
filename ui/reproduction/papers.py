"""The first step: the paper, and the papers that it sends its reader to, in the store."""

from __future__ import annotations

import logging
import warnings
from pathlib import Path

from ingest.paper_reader import DocumentPaperReader
from ingest.pipeline import ingest
from ingest.report import IngestReport
from ingest.sources.chain import PaperSources
from ingest.sources.settings import SourceSettings
from kg.records import Paper
from kg.store.base import Store
from ui.guard import say
from ui.plain import plain
from ui.progress import shown_progress


def papers_read(
    store: Store, paper: str, depth: int, library: Path | None, offline: bool
) -> tuple[Paper, IngestReport]:
    """Read the paper and what it cites for details, to the depth; what was read and has not changed is left as it is.

    The paper asked for, as the store has it, and what became of all of them. Raises what kept it from being read, and
    `StoreError`; a cited paper that cannot be had is told, and is no error.
    """
    logging.getLogger().addHandler(logging.NullHandler())  # what PDF libraries mutter is in the papers' warnings
    warnings.simplefilter("ignore")
    sources = PaperSources(SourceSettings.from_environment(library=library, offline=offline))
    reader = DocumentPaperReader(sources.references)
    with shown_progress() as watch:
        report = ingest([paper], store=store, sources=sources, reader=reader, depth=depth, watch=watch)
    for warning in sources.warnings:
        say(f"kg: warning: {plain(warning)}")
    if report.stopped:
        raise report.stopped
    for outcome in report.outcomes:
        if outcome.error is not None and outcome.errand.depth == 0:
            raise outcome.error
        if outcome.error is not None:
            say(f"kg: note: {plain(str(outcome.error))}")
    found = next(o.paper for o in report.outcomes if o.paper is not None and o.errand.depth == 0)
    return found, report


__all__ = ["papers_read"]
