"""Ingest as a whole, on papers made for the purpose and a real store."""

from __future__ import annotations

import itertools
import os
import signal
import sqlite3
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from ingest.pipeline import ingest
from ingest.report import IngestReport
from ingest.sources.fetched import Fetched
from kg.errors import StoreError
from kg.records import Reading, canonical_json
from kg.store.open import open_store
from kg.store.sqlite import SqliteStore
from tests.ingest.made_papers import MadePaper, MadeReader, MadeSources

HIGGS, MUONS, COMBINED, CITED = "1806.00242", "1603.05598", "1712.02304", "1207.7214"
PAPERS: dict[str, MadePaper | Exception] = {
    HIGGS: MadePaper(
        HIGGS,
        (20, 15, 10),
        ((COMBINED, "details", ("quadruplet",)), (CITED, "citation", ()), (MUONS, "details", ("muon",))),
    ),
    COMBINED: MadePaper(COMBINED, (5,), ((MUONS, "details", ("muon",)),), doi="10.1007/jhep03(2018)095"),
    MUONS: MadePaper(MUONS, (4,)),
    CITED: MadePaper(CITED, (7,)),
}


def run(
    store: Path,
    asked: Sequence[str] = (HIGGS,),
    papers: dict[str, MadePaper | Exception] = PAPERS,
    reader: MadeReader | None = None,
    depth: int = 2,
    max_papers: int | None = None,
) -> IngestReport:
    with open_store(str(store)) as opened:
        return ingest(
            asked,
            store=opened,
            sources=MadeSources(papers),
            reader=reader or MadeReader(),
            depth=depth,
            max_papers=max_papers,
        )


def export(store: Path) -> str:
    with open_store(str(store), read_only=True) as opened:
        return "\n".join(canonical_json(line) for line in opened.dump())


def test_a_paper_and_what_it_sends_its_reader_to_are_read(tmp_path: Path) -> None:
    report = run(tmp_path / "graph.sqlite")
    assert [(o.id, o.state, o.errand.depth) for o in report.outcomes] == [
        (HIGGS, "read", 0),
        (COMBINED, "read", 1),
        (MUONS, "read", 1),
    ]
    assert [o.cuts for o in report.outcomes] == [3, 1, 1]


def test_the_same_ingest_again_does_no_work_and_changes_nothing(tmp_path: Path) -> None:
    store = tmp_path / "graph.sqlite"
    run(store)
    before = export(store)
    reader = MadeReader()
    report = run(store, reader=reader)
    assert reader.read_ids == []
    assert [(o.id, o.state) for o in report.outcomes] == [(i, "unchanged") for i in (HIGGS, COMBINED, MUONS)]
    assert export(store) == before


def test_papers_stored_at_depth_zero_are_followed_when_depth_is_asked_for_later(tmp_path: Path) -> None:
    store = tmp_path / "graph.sqlite"
    run(store, depth=0)
    reader = MadeReader()
    run(store, reader=reader, depth=1)
    assert reader.read_ids == [COMBINED, MUONS]


def test_the_order_in_which_papers_are_given_plays_no_part(tmp_path: Path) -> None:
    exports = set()
    for number, asked in enumerate(itertools.permutations([HIGGS, CITED, MUONS])):
        store = tmp_path / f"{number}.sqlite"
        run(store, asked, max_papers=3)
        exports.add(export(store))
    assert len(exports) == 1


def test_one_ingest_after_another_gives_the_graph_of_one_ingest_of_both(tmp_path: Path) -> None:
    run(tmp_path / "together.sqlite", [HIGGS, CITED])
    run(tmp_path / "apart.sqlite", [CITED])
    run(tmp_path / "apart.sqlite", [HIGGS])
    assert export(tmp_path / "apart.sqlite") == export(tmp_path / "together.sqlite")


def test_a_changed_paper_is_read_again_in_place_of_the_old_reading(tmp_path: Path) -> None:
    store = tmp_path / "graph.sqlite"
    run(store, [MUONS])
    report = run(store, [MUONS], PAPERS | {MUONS: MadePaper(MUONS, (6,))})
    assert report.outcomes[0].state == "read"
    with open_store(str(store), read_only=True) as opened:
        assert [cut.value for cut in opened.cuts(MUONS)] == [6]


def test_papers_that_fail_are_reported_and_the_rest_goes_on(tmp_path: Path) -> None:
    papers = PAPERS | {COMBINED: RuntimeError("an unforeseen thing")}
    report = run(tmp_path / "graph.sqlite", [HIGGS, "nonsense", "1111.11111"], papers, MadeReader(frozenset({MUONS})))
    errors = {o.id: str(o.error) for o in report.outcomes if o.state == "failed"}
    assert [o.id for o in report.outcomes if o.state == "read"] == [HIGGS]
    assert "library: no file" in errors["1111.11111"]
    assert "no paper" in errors["nonsense"]
    assert "every page is a picture" in errors[MUONS]
    assert "unexpected RuntimeError: an unforeseen thing" in errors[COMBINED]
    assert {o.id for o in report.asked_and_failed} == {"nonsense", "1111.11111"}


def test_papers_read_ahead_give_the_same_graph_and_leave_the_turns_of_threads_as_they_were(
    tmp_path: Path,
) -> None:
    turns: list[float] = []

    class Watched(MadeReader):
        def read(self, fetched: Fetched) -> Reading:
            turns.append(sys.getswitchinterval())
            return super().read(fetched)

    before = sys.getswitchinterval()
    for name, ahead in (("one", 0), ("ahead", 3)):
        with open_store(str(tmp_path / f"{name}.sqlite")) as store:
            ingest([HIGGS, CITED], store=store, sources=MadeSources(PAPERS), reader=Watched(), depth=2, ahead=ahead)
    assert export(tmp_path / "one.sqlite") == export(tmp_path / "ahead.sqlite")
    assert len(turns) == 8
    assert turns[:4] == [before] * 4
    assert max(turns[4:]) < before
    assert sys.getswitchinterval() == before


def test_max_papers_counts_papers_read_and_names_those_left_out(tmp_path: Path) -> None:
    report = run(tmp_path / "graph.sqlite", max_papers=2)
    assert [o.id for o in report.outcomes] == [HIGGS, COMBINED]
    assert [errand.paper for errand in report.left_out] == [MUONS]


def test_a_doi_that_turns_out_to_be_a_paper_already_read_costs_nothing(tmp_path: Path) -> None:
    doi = "doi:10.1007/jhep03(2018)095"
    higgs = MadePaper(HIGGS, (20,), ((COMBINED, "details", ("muon",)), (doi, "details", ("electron",))))
    papers = PAPERS | {HIGGS: higgs, doi: PAPERS[COMBINED]}
    reader = MadeReader()
    report = run(tmp_path / "graph.sqlite", [HIGGS], papers, reader, depth=1)
    assert reader.read_ids == [HIGGS, COMBINED]
    assert [o.id for o in report.outcomes] == [HIGGS, COMBINED]


def test_a_store_that_another_process_holds_ends_the_work_with_nothing_half_written(tmp_path: Path) -> None:
    path = tmp_path / "graph.sqlite"
    run(path, [MUONS])
    before = export(path)
    with SqliteStore(path, patience=0.2) as store, sqlite3.connect(path) as other:
        other.execute("BEGIN IMMEDIATE")
        report = ingest([HIGGS, CITED], store=store, sources=MadeSources(PAPERS), reader=MadeReader())
        other.rollback()
    other.close()
    assert isinstance(report.stopped, StoreError)
    assert "locked" in str(report.stopped)
    assert [errand.paper for errand in report.left_out] == [CITED, HIGGS]
    assert report.outcomes == ()
    assert export(path) == before


def test_a_full_disk_ends_the_work_with_whole_papers_only(tmp_path: Path) -> None:
    path = tmp_path / "graph.sqlite"
    run(path, [MUONS])
    many = {HIGGS: MadePaper(HIGGS, tuple(float(n) for n in range(1, 3000)))}
    with SqliteStore(path) as store:
        pages = store._db.execute("PRAGMA page_count").fetchone()[0]
        store._db.execute(f"PRAGMA max_page_count = {pages + 5}")  # the disk is full a few pages on
        report = ingest([HIGGS, MUONS], store=store, sources=MadeSources(PAPERS | many), reader=MadeReader())
    assert isinstance(report.stopped, StoreError)
    assert "full" in str(report.stopped)
    with open_store(str(path), read_only=True) as store:
        assert [p.id for p in store.papers(unread=False)] == [MUONS]


@pytest.mark.parametrize("state", ["read", "unchanged"])
def test_progress_tells_each_paper_before_and_after(tmp_path: Path, state: str) -> None:
    if state == "unchanged":
        run(tmp_path / "graph.sqlite")
    seen = []
    with open_store(str(tmp_path / "graph.sqlite")) as store:
        ingest([HIGGS], store=store, sources=MadeSources(PAPERS), reader=MadeReader(), watch=seen.append)
    assert [p.outcome is None for p in seen] == [True, False]
    assert seen[1].outcome is not None
    assert seen[1].outcome.state == state


def killed_at_statement(path: Path, number: int) -> bool:
    """Ingest in a process of its own that is killed as it issues that SQL statement; False if it ended before."""
    child = os.fork()
    if child == 0:
        left = itertools.count(number, -1)

        def count_down(_: str) -> None:
            if next(left) == 0:
                os.kill(os.getpid(), signal.SIGKILL)

        try:
            with SqliteStore(path) as store:
                store._db.set_trace_callback(count_down)
                ingest([HIGGS, CITED], store=store, sources=MadeSources(PAPERS), reader=MadeReader(), depth=2)
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def test_after_kill_at_any_statement_the_same_command_gives_the_undisturbed_graph(tmp_path: Path) -> None:
    run(tmp_path / "undisturbed.sqlite", [HIGGS, CITED])
    expected = export(tmp_path / "undisturbed.sqlite")
    kills = 0
    for number in itertools.count(1, 3):
        path = tmp_path / f"{number}.sqlite"
        if not killed_at_statement(path, number):
            break
        kills += 1
        run(path, [HIGGS, CITED])
        assert export(path) == expected, f"killed at statement {number}"
    assert kills > 20
