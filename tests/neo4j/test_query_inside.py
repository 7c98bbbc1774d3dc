"""`kg query --inside`: the bundled papers on a server, asked by the server's own indexes and by the common one."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.kg.readings import cut, reading
from tests.neo4j.shared import Stores, session_folder, stores
from ui.main import cli

pytest.importorskip("neo4j", reason="the extra neo4j is not installed")

from kg.records import Review
from kg.reviewed import reviewed
from kg.store.neo4j.connection import Connection
from kg.store.neo4j.store import Neo4jStore
from retrieval.neo4j import cypher

Kg = Callable[..., Result]
QUESTIONS = (
    "muon isolation cuts",
    "electron pT threshold above 20 GeV",
    "invariant mass of the Z boson candidate",
    "impact parameter significance",
    "cuts in 1806.00242",
    "overlap removal between electrons and jets",
)


@pytest.fixture(scope="module")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stores]:
    with stores(session_folder(tmp_path_factory)) as found:
        yield found


@pytest.fixture(scope="module")
def filled(servers: Stores) -> str:
    """The URL of a store with 1806.00242 and what it builds on, as bundled."""
    url = servers.url(Path("inside"))
    done = CliRunner().invoke(cli, ["--store", url, "ingest", "1806.00242", "--depth", "2", "--offline"])
    assert done.exit_code == 0, done.output
    return url


@pytest.fixture
def kg(filled: str) -> Kg:
    return lambda *arguments: CliRunner().invoke(cli, ["--store", filled, *arguments])


def found_by(kg: Kg, *arguments: str) -> list[str]:
    done = kg("query", "--format", "json", *arguments)
    assert done.exit_code == 0, done.output
    assert "not in the index" not in done.stderr
    return [row["id"] for row in json.loads(done.stdout)["rows"]]


@pytest.mark.parametrize("question", QUESTIONS)
def test_an_ingest_makes_the_index_inside_and_it_finds_what_the_common_one_finds(kg: Kg, question: str) -> None:
    inside, here = found_by(kg, question, "--inside"), found_by(kg, question)
    assert len(inside) == len(here)
    assert len(set(inside) & set(here)) >= 0.7 * len(here)


def test_an_answer_with_its_subgraph_takes_a_dozen_questions(
    filled: str, kg: Kg, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    real = Connection.ask
    monkeypatch.setattr(Connection, "ask", lambda self, q, **v: asked.append(q) or real(self, q, **v))
    found_by(kg, "muon isolation cuts", "--inside", "-n", "10")
    assert sum(query == cypher.CANDIDATES for query in asked) == 1
    assert len(asked) <= 30


def test_it_is_made_anew_on_request_and_told_where_it_lags_behind(filled: str, kg: Kg) -> None:
    before = found_by(kg, "muon isolation cuts", "--inside")
    with Neo4jStore(filled) as store:
        store.connection.ask("MATCH (n:Search)-[:FINDS]->(c:Cut {id: $id}) DETACH DELETE n", id=before[0])
    done = kg("query", "--inside", "muon isolation cuts")
    assert "1 cuts are not in the index inside the store yet" in done.stderr
    assert found_by(kg, "muon isolation cuts", "--inside", "--rebuild-index") == before


def test_another_model_and_no_model(kg: Kg) -> None:
    done = kg("query", "--inside", "muon isolation cuts", "--embedder", "none", "--format", "json")
    assert done.exit_code == 0, done.output
    assert {name for row in json.loads(done.stdout)["rows"] for name in row["by"]} == {"vocabulary", "full text"}


def test_decisions_stand_in_what_is_found_and_in_lineage(filled: str, kg: Kg) -> None:
    first = found_by(kg, "muon isolation cuts", "--inside")[0]
    with Neo4jStore(filled) as store:
        review = Review(first, "reject", "Ada", "2026-01-01T00:00:00Z")
        store.add_review(review)
        decided = reviewed(store)
        paper = store.cut(first).paper
        found = decided.surroundings([paper], [store.cut(first).variable], None, [store.cut(first)], back=False)  # type: ignore[attr-defined]
        assert {cut.status for cut in found.cuts if cut.id == first} == {"rejected"}
        assert decided.cuts_named([first])[first].status == "rejected"  # type: ignore[attr-defined]
        store.add_review(Review(first, "undo", "Ada", "2026-01-01T00:00:01Z"))


def test_a_store_that_is_no_neo4j_is_told_apart(tmp_path: Path) -> None:
    store = f"sqlite:///{tmp_path}/g.sqlite"
    done = CliRunner().invoke(cli, ["--store", store, "ingest", "1806.00242", "--offline"])
    assert done.exit_code == 0, done.output
    done = CliRunner().invoke(cli, ["--store", store, "query", "--inside", "muon isolation"])
    assert "no search of its own: only a Neo4j store has" in str(done.exception)


def test_an_index_that_nobody_made(servers: Stores) -> None:
    url = servers.url(Path("bare"))
    with Neo4jStore(url) as store:
        store.commit(reading("1001.00001", [cut("1001.00001", "muon", "pt", ">", 5.0, "GeV")]))
        store.connection.schema("DROP INDEX cutgraph_words IF EXISTS")
    done = CliRunner().invoke(cli, ["--store", url, "query", "--inside", "muon"])
    assert "no search index" in str(done.exception)
    done = CliRunner().invoke(cli, ["--store", url, "query", "--inside", "--rebuild-index", "muon"])
    assert done.exit_code == 0, done.output
