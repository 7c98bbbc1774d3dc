"""Ingest: from identifiers and files to a stored graph, paper by paper.

Each paper is one transaction. Whatever happens between two of them (an error, Ctrl-C, kill -9), the store
holds whole papers only, and the same command goes on from there: a paper whose reading is stored costs no work
but is still followed to the papers it refers to, so that the walk is the same as an undisturbed one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from ingest.ahead import ReadAhead
from ingest.planner import Errand, Planner, referrals
from ingest.report import IngestReport, Outcome, Progress, Watcher
from ingest.sources.fetched import Fetched
from kg.errors import KgError, PaperUnavailable, StoreError
from kg.llm.pool import quick_turns
from kg.records import Reading
from kg.store.base import Store


class ReadingFailed(KgError):
    """A reader broke off on a paper in a way nobody foresaw; the cause is its `__cause__`."""


class Sources(Protocol):
    """Where papers come from (`ingest.sources.chain.PaperSources`)."""

    def open(self, text: str) -> Fetched:
        """The bytes of the paper that `text` names; raises `PaperUnavailable` or `InvalidIdentifier`."""
        ...


class PaperReader(Protocol):
    """What turns bytes into a reading (`ingest.paper_reader`)."""

    def key(self, fetched: Fetched) -> str:
        """The key that the reading of these bytes will have, found without reading them."""
        ...

    def read(self, fetched: Fetched) -> Reading:
        """The reading; raises `DocumentUnreadable`."""
        ...


def ingest(
    asked: Sequence[str],
    *,
    store: Store,
    sources: Sources,
    reader: PaperReader,
    depth: int = 0,
    max_papers: int | None = None,
    watch: Watcher = lambda _: None,
    ahead: int = 0,
) -> IngestReport:
    """Read the papers asked for and what they send their reader to, and store each reading.

    The graph depends on which papers are asked for, not on their order. A paper that fails, whatever the
    reason, is reported and the rest goes on; an error of the store ends the work (`IngestReport.stopped`).
    With `ahead`, as many papers are read beside the one whose turn it is: for a reader that waits for a server.
    """
    planner = Planner(asked, depth=depth, max_papers=max_papers)
    if not ahead:
        return _ingested(planner, store, sources, reader, watch)
    with quick_turns():
        return _ingested(planner, store, sources, ReadAhead(reader, sources, ahead), watch)


def _ingested(planner: Planner, store: Store, sources: Sources, reader: PaperReader, watch: Watcher) -> IngestReport:
    """Do the errands of the planner, one after the other."""
    outcomes: list[Outcome] = []
    while errand := planner.next():
        watch(Progress(errand, len(planner.waiting())))
        try:
            if isinstance(reader, ReadAhead):
                room = None if planner.max_papers is None else planner.max_papers - len(outcomes)
                reader.begin((errand, *planner.waiting())[:room], lambda fetched, key: stored_id(store, fetched, key))
            outcome = _run(errand, planner, store, sources, reader)
        except StoreError as error:
            return IngestReport(tuple(outcomes), (errand, *planner.waiting()), stopped=error)
        except KgError as error:
            outcome = Outcome(errand, "failed", error=error)
        except Exception as error:
            outcome = Outcome(errand, "failed", error=unforeseen(errand.paper, error))
        if outcome is not None:
            outcomes.append(outcome)
            watch(Progress(errand, len(planner.waiting()), outcome))
    return IngestReport(tuple(outcomes), planner.waiting())


def _run(errand: Errand, planner: Planner, store: Store, sources: Sources, reader: PaperReader) -> Outcome | None:
    """Do one errand; None where its paper turns out to be one that was met under another name."""
    if errand.paper.startswith("unidentified:"):
        cited = store.edges(target=errand.paper, relation="CITES")
        raise unidentified(next((str(e.get("text", "")) for e in cited), ""))
    fetched = sources.open(errand.paper)
    key = reader.key(fetched)
    paper_id = stored_id(store, fetched, key)
    state = "unchanged"
    passages = 0
    if paper_id is None:
        reading = reader.read(fetched)
        if planner.known(reading.paper, asked_as=errand.paper):
            return None
        paper_id, state, passages = reading.paper.id, "read", len(reading.passages)
        store.commit(reading)
    paper = store.paper(paper_id)
    if state == "unchanged" and planner.known(paper, asked_as=errand.paper):
        return None
    cuts = store.cuts(paper_id)
    planner.follow(paper, referrals(paper_id, store.referrals(paper_id)), asked_as=errand.paper)
    return Outcome(
        errand,
        "read" if state == "read" else "unchanged",
        paper=paper,
        origin=fetched.origin,
        passages=passages,
        cuts=len(cuts),
        verified=sum(cut.status == "verified" for cut in cuts),
    )


def stored_id(store: Store, fetched: Fetched, key: str) -> str | None:
    """The id under which exactly this reading is stored, None where it has to be made."""
    if fetched.id is not None:
        paper_id = store.resolve(str(fetched.id))
        if fetched.id.scheme == "arxiv" and fetched.edition != "restatement" and paper_id != str(fetched.id):
            return None  # another version, or one that was asked for by its number, is another paper
        return paper_id if paper_id is not None and store.reading_key(paper_id) == key else None
    # a local file whose name tells nothing: only its content can say which paper it was
    return next((p.id for p in store.papers(unread=False) if store.reading_key(p.id) == key), None)


def unidentified(text: str) -> PaperUnavailable:
    """Why a paper cannot be had that is cited as `text` and nothing else."""
    return PaperUnavailable(
        f"the paper cited as “{text}” could not be had", why="the reference gives no identifier of it"
    )


def unforeseen(paper: str, error: Exception) -> ReadingFailed:
    """An unexpected exception as an error that names the paper."""
    failed = ReadingFailed(
        f"{paper} could not be read",
        why=f"unexpected {type(error).__name__}: {error}. This is a defect of kg; KG_DEBUG=1 shows the traceback",
    )
    failed.__cause__ = error
    return failed
