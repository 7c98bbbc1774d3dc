"""Cypher by hand: plain rows out of a read-only session, clear words where there is none."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from kg.errors import StoreError
from kg.store.cypher import CypherRefused, is_neo4j, read_cypher

neo4j = pytest.importorskip("neo4j", reason="the extra neo4j is not installed")
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


@pytest.mark.parametrize(
    ("url", "is_one"),
    [
        ("neo4j://localhost", True),
        ("neo4j+s://db.example.org:7687", True),
        ("bolt://localhost:7687", True),
        ("bolt+ssc://x", True),
        ("sqlite:///graph.sqlite", False),
        ("graph.sqlite", False),
        ("", False),
        ("https://neo4j", False),
    ],
)
def test_the_urls_of_neo4j(url: str, is_one: bool) -> None:
    assert is_neo4j(url) is is_one


class Transaction:
    def __init__(self, rows: list[dict[str, Any]], error: Exception | None) -> None:
        self.rows, self.error = rows, error

    def run(self, query: str) -> list[dict[str, Any]]:
        if self.error is not None:
            raise self.error
        return self.rows


class Driver:
    """Stands for a driver and its session; `seen` is what it was asked for."""

    def __init__(self, seen: dict[str, Any], rows: list[dict[str, Any]], error: Exception | None) -> None:
        self.seen, self.rows, self.error = seen, rows, error

    def __enter__(self) -> Driver:
        return self

    def __exit__(self, *error: object) -> None:
        self.seen["closed"] = True

    def session(self, **settings: object) -> Driver:
        self.seen["session"] = settings
        return self

    def execute_read(self, work: Callable[[Transaction], Any]) -> Any:
        self.seen["read"] = True
        return work(Transaction(self.rows, self.error))


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> Callable[..., dict[str, Any]]:
    """`served(rows)` or `served(error=…)`: what the next driver gives; returns what it saw."""

    def serve(rows: list[dict[str, Any]] | None = None, error: Exception | None = None) -> dict[str, Any]:
        seen: dict[str, Any] = {}

        def driver(url: str, **settings: object) -> Driver:
            seen.update(url=url, settings=settings)
            return Driver(seen, rows or [], error)

        monkeypatch.setattr(neo4j.GraphDatabase, "driver", driver)
        return seen

    return serve


def test_rows_come_by_their_columns_from_a_read_transaction(served: Callable[..., dict[str, Any]]) -> None:
    seen = served([{"c.value": 20.0, "n": 3, "l": ["a", None], "m": {"x": True}}])
    rows = read_cypher("neo4j://ada:pass%40word@db.example.org:7687/graphs", "MATCH (c:Cut) RETURN c.value")
    assert rows == [{"c.value": 20.0, "n": 3, "l": ["a", None], "m": {"x": True}}]
    assert seen["read"] is True
    assert seen["session"]["default_access_mode"] == neo4j.READ_ACCESS
    assert seen["session"]["database"] == "graphs"
    assert seen["url"] == "neo4j://db.example.org:7687"
    assert seen["settings"]["auth"] == ("ada", "pass@word")
    assert seen["closed"] is True


def test_user_and_password_may_come_from_the_environment(
    served: Callable[..., dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEO4J_USER", "ada")
    monkeypatch.setenv("NEO4J_PASSWORD", "secret")
    seen = served()
    assert read_cypher("bolt://localhost", "RETURN 1") == []
    assert seen["settings"]["auth"] == ("ada", "secret")


def test_nodes_relations_and_times_become_plain_values(served: Callable[..., dict[str, Any]]) -> None:
    from neo4j.graph import Graph, Node
    from neo4j.time import Date

    graph = Graph()
    node = Node(graph, "4:x:1", 1, ["Cut", "Record"], {"id": "cut:1", "value": 20})
    served([{"c": node, "d": Date(2026, 11, 21)}])
    (row,) = read_cypher("bolt://localhost", "MATCH (c) RETURN c")
    assert row["c"] == {"labels": ["Cut", "Record"], "id": "cut:1", "value": 20}
    assert row["d"] == "2026-11-21"


def test_a_path_becomes_its_nodes(served: Callable[..., dict[str, Any]]) -> None:
    from neo4j.graph import Graph, Node, Path, Relationship

    graph = Graph()
    one, two = (Node(graph, f"4:x:{n}", n, ["Paper"], {"id": str(n)}) for n in (1, 2))
    made: Relationship = graph.relationship_type("CITES")(graph, "5:x:1", 1, {})
    made._start_node, made._end_node = one, two
    served([{"p": Path(one, made)}])
    (row,) = read_cypher("bolt://localhost", "MATCH p=()-->() RETURN p")
    assert row["p"] == [{"labels": ["Paper"], "id": "1"}, {"labels": ["Paper"], "id": "2"}]


@pytest.mark.parametrize("message", ["Writing in read access mode not allowed.", "Invalid input 'MATSCH'\n line 2"])
def test_a_query_that_writes_or_is_misspelt_is_refused(served: Callable[..., dict[str, Any]], message: str) -> None:
    refusal = neo4j.exceptions.Neo4jError._basic_hydrate(
        neo4j_code="Neo.ClientError.Statement.SyntaxError", message=message
    )
    served(error=refusal)
    with pytest.raises(CypherRefused, match=message.split()[0]) as refused:
        read_cypher("neo4j://ada:secret@localhost", "CREATE (n)")
    assert "secret" not in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_wrong_password_names_the_variables_and_not_the_password(served: Callable[..., dict[str, Any]]) -> None:
    served(error=neo4j.exceptions.AuthError("The client is unauthorized"))
    with pytest.raises(StoreError, match="NEO4J_PASSWORD") as refused:
        read_cypher("neo4j://ada:secret@localhost", "RETURN 1")
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize(
    "error",
    [
        neo4j.exceptions.ServiceUnavailable("gone\nmore"),
        OSError("no route"),
        pytest.param(neo4j.exceptions.ServiceUnavailable()),
    ],
)
def test_a_server_that_is_away(served: Callable[..., dict[str, Any]], error: Exception) -> None:
    served(error=error)
    with pytest.raises(StoreError, match="cannot be reached"):
        read_cypher("neo4j://localhost", "RETURN 1")


@pytest.mark.parametrize("url", ["bolt://127.0.0.1:1", "neo4j://127.0.0.1:1"])
def test_nobody_listens(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.store.cypher._RETRYING_S", 0.1)
    with pytest.raises(StoreError, match="cannot be reached"):
        read_cypher(url, "RETURN 1")


@pytest.mark.parametrize("url", ["neo4j://host:port", "bolt://[::1"])
def test_urls_that_are_no_servers_are_an_error_of_ours(url: str) -> None:
    with pytest.raises(StoreError):
        read_cypher(url, "RETURN 1")
