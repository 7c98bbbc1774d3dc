"""What can go wrong with a server: a clear error that names it, nothing half-written, and the work goes on."""

from __future__ import annotations

import json
import logging
import os
import re
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from kg.errors import NotInStore, StoreError
from kg.records import Activity, Cut, Edge, Paper, Passage, Reading, Reference, edge
from kg.store.sqlite import SqliteStore
from tests.kg.readings import cut, reading
from tests.neo4j.server import Server

neo4j = pytest.importorskip("neo4j", reason="the extra neo4j is not installed")

from kg.store.neo4j import migrations  # noqa: E402
from kg.store.neo4j.store import Neo4jStore  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
PAPER = "1806.00242"

INGEST = """
import sys
from kg.store.open import open_store
from kg.records import Reference
from tests.kg.readings import cut, reading

def made(n):
    paper = f"1001.{n:05d}"
    ids = [(f"10.1007/{(n * i) % 17}", f"0901.{i:05d}" if i % 2 else "") for i in range(8)]
    refs = [Reference(str(i), doi=doi, arxiv_id=arxiv_id) for i, (doi, arxiv_id) in enumerate(ids)]
    cuts = [cut(paper, "muon", "pt", ">", float(n + i), "GeV") for i in range(12)]
    return reading(paper, cuts, references=refs, details=[(f"doi:10.1007/{n % 17}", (), ())])

with open_store(sys.argv[1]) as store:
    for n in range(int(sys.argv[2])):
        if store.commit(made(n)):
            print(n, flush=True)
"""


def ingest(url: str, papers: int) -> subprocess.Popen[str]:
    """A process that commits so many readings, and says the number of each that was new."""
    return subprocess.Popen(
        [sys.executable, "-c", INGEST, url, str(papers)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )


def exported(url: str) -> list[str]:
    with Neo4jStore(url, read_only=True) as store:
        return [json.dumps(line) for line in store.dump()]


def expected(tmp_path: Path, papers: int) -> list[str]:
    """What an undisturbed run into an SQLite store exports."""
    process = ingest(f"sqlite:///{tmp_path}/undisturbed.sqlite", papers)
    process.communicate(timeout=120)
    with SqliteStore(tmp_path / "undisturbed.sqlite") as store:
        return [json.dumps(line) for line in store.dump()]


def test_a_server_killed_in_the_middle_of_an_ingest_and_restarted(own_server: Server, tmp_path: Path) -> None:
    """The command waits for the server and goes on; a second run finds nothing left to do."""
    papers = 30
    process = ingest(own_server.url, papers)
    assert process.stdout is not None
    for _ in range(8):
        process.stdout.readline()
    own_server.kill()
    own_server.start()
    with Neo4jStore(own_server.url, read_only=True) as reader:
        for paper in reader.papers(unread=False):
            assert len(reader.cuts(paper.id)) == 12, "no half paper is visible"
            assert all(reader.passages(c.id for c in reader.cuts(paper.id)).values())
    _, told = process.communicate(timeout=200)
    assert process.returncode == 0, told
    assert exported(own_server.url) == expected(tmp_path, papers)
    again = ingest(own_server.url, papers)
    said, _ = again.communicate(timeout=120)
    assert (said, again.returncode) == ("", 0)


def test_a_server_that_does_not_come_back(own_server: Server) -> None:
    with Neo4jStore(own_server.url, patience=1.0) as store:
        store.commit(reading("1001.09999", [cut("1001.09999", "muon", "pt", ">", 7.0, "GeV")]))
        own_server.kill()
        try:
            with pytest.raises(
                StoreError, match=r"cannot be reached in neo4j://127\.0\.0\.1:\d+: .*goes on where"
            ) as told:
                store.commit(reading("1001.09998"))
            assert own_server.password not in str(told.value)
        finally:
            own_server.start()
        assert store.commit(reading("1001.09998")), "the same store goes on when the server is back"


def test_two_ingests_at_once_into_one_new_store(url: str, tmp_path: Path) -> None:
    papers = 25
    processes = [ingest(url, papers), ingest(url, papers)]
    new = 0
    for process in processes:
        said, told = process.communicate(timeout=200)
        assert process.returncode == 0, told
        new += len(said.split())
    assert new == papers, "each paper was taken once"
    assert exported(url) == expected(tmp_path, papers)


def test_a_reader_never_sees_half_a_paper_of_5000_cuts(url: str) -> None:
    """Read again and again by another connection while the paper is stored, and stored anew."""
    large = 5000
    made = [large_reading(large, key) for key in ("first", "second")]
    seen: set[tuple[int, int]] = set()
    with Neo4jStore(url) as writer, Neo4jStore(url, read_only=True) as reader:
        stop = threading.Event()

        def watch() -> None:
            while not stop.is_set():
                seen.add((len(reader.cuts(PAPER)), len(reader.set_aside(PAPER))))

        thread = threading.Thread(target=watch)
        thread.start()
        try:
            assert writer.commit(made[0])
        finally:
            stop.set()
            thread.join()
        assert {cuts for cuts, _ in seen} <= {0, large}
        assert len(reader.cuts(PAPER)) == large
        assert len(reader.passages(c.id for c in reader.cuts(PAPER))) == large
        assert writer.commit(made[1]), "and a new reading takes its place"
        assert reader.counts()["cuts"] == large
        assert reader.reading_key(PAPER) == "second"


def large_reading(cuts: int, key: str) -> Reading:
    """A paper of that many cuts."""
    activity = Activity("rules", "1")
    made = [Cut(PAPER, "muon", "pt", ">", float(n), "GeV", status="verified", position=n) for n in range(cuts)]
    passages = [Passage(PAPER, 100 * n, 100 * n + 20, f"p_T above {n} GeV") for n in range(cuts)]
    edges: list[Edge] = [edge(c.id, "QUOTED_FROM", p.id, role="quote") for c, p in zip(made, passages, strict=True)]
    paper = Paper(PAPER, "latex", sha256="0" * 64)
    return Reading(paper, key, activity, (), tuple(passages), tuple(made), tuple(edges))


def test_a_wrong_password_is_told_and_not_shown(url: str, caplog: pytest.LogCaptureFixture) -> None:
    wrong = re.sub(r":[^:@]+@", ":not-the-password@", url)
    with caplog.at_level(logging.DEBUG), pytest.raises(StoreError, match=r"no access.*NEO4J_PASSWORD") as told:
        Neo4jStore(wrong)
    assert "not-the-password" not in str(told.value)
    assert "not-the-password" not in caplog.text, "nor written to the log of the driver"


def test_the_password_may_come_from_the_environment(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    found = re.fullmatch(r"neo4j://([^:]+):([^@]+)@(.+)", url)
    assert found is not None
    monkeypatch.setenv("NEO4J_USER", found[1])
    monkeypatch.setenv("NEO4J_PASSWORD", found[2])
    with Neo4jStore(f"neo4j://{found[3]}/neo4j") as store:
        assert store.papers() == []
        assert found[2] not in repr(store.connection.address)


def test_community_has_one_database(url: str) -> None:
    with pytest.raises(StoreError, match=r"no database graphs.*Community has a single one.*nearest: .*/neo4j"):
        Neo4jStore(f"{url}/graphs")


def test_what_only_enterprise_has_is_told_as_such(url: str) -> None:
    with Neo4jStore(url) as store:
        for command in ("CREATE DATABASE graphs", "CREATE CONSTRAINT x FOR (n:Cut) REQUIRE n.id IS NOT NULL"):
            with pytest.raises(StoreError, match="Community does not have this, only Enterprise"):
                store.connection.schema(command)


def test_a_server_that_is_too_old(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    real = migrations.Connection.open

    def older(self: Any, query: Any, **values: object) -> list[dict[str, Any]]:
        return [{**row, "version": "5.13.0"} for row in real(self, query, **values)]

    monkeypatch.setattr(migrations.Connection, "open", older)
    with pytest.raises(StoreError, match=r"too old in .*it is Neo4j 5\.13\.0; Neo4j 5\.26 LTS"):
        Neo4jStore(url)


def test_a_store_of_a_newer_version_is_not_touched(url: str) -> None:
    with Neo4jStore(url) as store:
        store.commit(reading(PAPER))
        newer = [*(m.__name__ for m in migrations.MIGRATIONS), "m999_from_the_future"]
        store.connection.ask("MATCH (g:CutGraph) SET g.migrations = $names", names=newer)
    try:
        for read_only in (False, True):
            with pytest.raises(StoreError, match=r"newer version of CutGraph in .*m999_from_the_future; upgrade"):
                Neo4jStore(url, read_only=read_only)
    finally:
        drop_migrations(url)


def test_migrations_are_recorded_by_name_and_an_older_store_is_brought_up_to_date(url: str) -> None:
    with Neo4jStore(url) as store:
        store.commit(reading(PAPER))
        [row] = store.connection.ask("MATCH (g:CutGraph) RETURN g.migrations AS names")
        names = [migration.__name__ for migration in migrations.MIGRATIONS]
        assert row["names"] == names == sorted(names)
        store.connection.schema("DROP INDEX cutgraph_text")
        store.connection.ask("MATCH (g:CutGraph) SET g.migrations = $names", names=names[:1])
    with pytest.raises(StoreError, match="older version"):
        Neo4jStore(url, read_only=True)
    with Neo4jStore(url) as store:
        assert store.connection.ask("SHOW INDEXES YIELD name WHERE name = 'cutgraph_text' RETURN name")
        assert store.reading_key(PAPER)


def test_the_database_of_another_program_is_left_alone(url: str) -> None:
    with Neo4jStore(url) as store:
        store.connection.ask("MATCH (g:CutGraph) DETACH DELETE g")
        store.connection.ask("CREATE (:Person {name: 'Ada'})")
        try:
            with pytest.raises(StoreError, match="graph of another program"):
                Neo4jStore(url)
        finally:
            store.connection.ask("MATCH (p:Person) DELETE p")
            store.connection.ask("CREATE (:Record:CutGraph {id: 'cutgraph', tests: true})")


def test_a_store_that_is_not_there_cannot_be_read(url: str) -> None:
    drop_migrations(url)
    with pytest.raises(NotInStore, match="nothing has been ingested"):
        Neo4jStore(url, read_only=True)


def test_a_store_opened_for_reading_cannot_be_written(url: str) -> None:
    Neo4jStore(url).close()
    with Neo4jStore(url, read_only=True) as store:
        with pytest.raises(StoreError, match="opened for reading only"):
            store.commit(reading(PAPER))
        with pytest.raises(StoreError, match="opened for reading only"):
            store.connection.ask("CREATE (:Paper)")
        assert store.papers() == []


def drop_migrations(url: str) -> None:
    from kg.store.neo4j.address import address_of
    from kg.store.neo4j.connection import Connection

    connection = Connection(address_of(url))
    connection.ask("MATCH (g:CutGraph) REMOVE g.migrations")
    connection.close()


def test_bare_ids_come_and_go(url: str, tmp_path: Path) -> None:
    """A cut that a review or another paper's cut points at, and that its own paper states no more, then again."""
    from kg.records import Review

    mine, other = cut(PAPER, "muon", "pt", ">", 5.0, "GeV"), cut("1503.00001", "muon", "pt", ">", 7.0, "GeV")
    with_it, without = reading(PAPER, [mine], key="with"), reading(PAPER, [], key="without")
    pointing = reading("1503.00001", [other], references=[Reference("1", arxiv_id=PAPER)])
    pointing = Reading(
        pointing.paper, "k", pointing.activity, pointing.references, pointing.passages, pointing.cuts,
        (*pointing.edges, edge(other.id, "REFINES", mine.id)),
    )  # fmt: skip
    with SqliteStore(tmp_path / "g.sqlite") as small, Neo4jStore(url) as store:
        for at in (small, store):
            at.commit(pointing)
            at.commit(with_it)
            at.add_review(Review(mine.id, "reject", "Ada", "2026-11-21T12:00:00Z"))
        for later in (without, with_it, without):
            for at in (small, store):
                at.commit(later)
            assert list(store.dump()) == list(small.dump())
            assert store.edges() == small.edges()
            assert store.counts() == small.counts()
