"""What a person may ask of the server by hand, and what the server would let them do otherwise."""

from __future__ import annotations

import json

import pytest

from kg.errors import StoreError
from tests.kg.readings import cut, reading

pytest.importorskip("neo4j", reason="the extra neo4j is not installed")

from kg.store.cypher import CypherRefused, read_cypher
from kg.store.neo4j.address import address_of
from kg.store.neo4j.connection import Connection
from kg.store.neo4j.permitted import check_permitted
from kg.store.neo4j.store import Neo4jStore


@pytest.mark.parametrize(
    "query",
    [
        "LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line",
        "load /* a comment */ csv FROM 'http://example.org' AS line RETURN line",
        "LOAD // a comment\n CSV FROM 'x' AS l RETURN l",
        r"L\u004FAD CSV FROM 'file:///etc/passwd' AS line RETURN line",
        "MATCH (`it's`) LOAD CSV FROM 'file:///x' AS l RETURN l, 'x'",
        "CALL apoc.load.json('file:///x') YIELD value RETURN value",
        "CALL `apoc`.`load`.json('file:///x')",
        "CALL/**/dbms.listConfig()",
        "MATCH (n:`a'b`) CALL dbms.listConfig() YIELD name RETURN name, ' '",
        "RETURN apoc.load.json('x')",
        "RETURN custom . f (1)",
        "TERMINATE TRANSACTIONS 'neo4j-transaction-1'",
        "CALL db.index.fulltext.awaitEventuallyConsistentIndexRefresh()",
    ],
)
def test_what_goes_beyond_reading_the_graph_is_refused_before_the_server_sees_it(query: str) -> None:
    with pytest.raises(CypherRefused):
        read_cypher("neo4j://127.0.0.1:1", query)


@pytest.mark.parametrize(
    "query",
    [
        "MATCH (c:Cut) WHERE c.applies_when CONTAINS 'call me. maybe (or not)' RETURN c.id",
        "MATCH (p:Paper) CALL (p) { MATCH (p)-[:STATES]->(c) RETURN count(c) AS n } RETURN p.id, n // CALL x.y()",
        "CALL db.index.fulltext.queryNodes('cutgraph_text', 'isolation') YIELD node, score RETURN node.id, score",
        "RETURN date.truncate('year', date()), duration.between(date(), date()), point.distance(null, null)",
        "MATCH (c:Cut) RETURN max(c.value), count(*)",
    ],
)
def test_what_only_reads_is_asked(query: str) -> None:
    check_permitted(query)


@pytest.mark.parametrize(
    "query",
    [
        "CREATE (n:Cut) RETURN n",
        "MATCH (n) DETACH DELETE n",
        "CREATE INDEX mine FOR (n:Cut) ON (n.value)",
        "DROP CONSTRAINT cutgraph_record_id",
        "CREATE USER eve SET PASSWORD 'a long password'",
        "ALTER CURRENT USER SET PASSWORD FROM 'a' TO 'b'",
    ],
)
def test_the_server_refuses_writes_indexes_and_users_in_a_session_that_reads(url: str, query: str) -> None:
    with Neo4jStore(url) as store:
        store.commit(reading("1806.00242", [cut("1806.00242", "muon", "pt", ">", 5.0, "GeV")]))
        before = list(store.dump())
        with pytest.raises(CypherRefused, match=r"[Rr]ead access mode"):
            read_cypher(url, query)
        assert list(store.dump()) == before


def test_the_server_itself_would_read_its_files_and_take_escapes(url: str) -> None:
    """Why `LOAD CSV` and escapes are refused here; if a server does not do it any more, this may go."""
    connection = Connection(address_of(url), read_only=True)
    try:
        for query in (
            "LOAD CSV FROM 'file:///etc/hostname' AS l RETURN l",
            r"L\u004FAD CSV FROM 'file:///etc/hostname' AS l RETURN l",
        ):
            assert connection.ask(query)  # type: ignore[arg-type]
    finally:
        connection.close()


def test_rows_come_as_plain_values_from_a_real_server(url: str) -> None:
    with Neo4jStore(url) as store:
        store.commit(reading("1806.00242", [cut("1806.00242", "jet", "mass", "in", (80.0, 100.0), "GeV")]))
    rows = read_cypher(url, "MATCH (c:Cut)-[:ON]->(o) RETURN c.value AS v, o, date('2026-11-21') AS d")
    assert rows == [
        {
            "v": [80.0, 100.0],
            "o": {"labels": ["Object", "Record"], "id": "object:jet", "name": "jet"},
            "d": "2026-11-21",
        }
    ]
    with pytest.raises(CypherRefused):
        read_cypher(url, "MATSCH (n) RETURN n")


def test_kg_doctor_tells_the_server_and_warns_of_the_setting(url: str) -> None:
    from ui.examination import neo4j_findings

    Neo4jStore(url).close()
    found = {finding.what: finding for finding in neo4j_findings(url)}
    assert found["Neo4j"].state == "ok"
    assert "5.26" in found["Neo4j"].detail
    assert "community" in found["Neo4j"].detail
    assert found["LOAD CSV"].state == "warning"
    assert "dbms.security.allow_csv_import_from_file_urls=false" in found["LOAD CSV"].detail
    assert found["Neo4j indexes"].state == "ok"
    password = address_of(url).password
    assert password not in json.dumps([finding.to_json() for finding in found.values()])


def test_the_compose_file_turns_the_setting_off() -> None:
    from tests.conftest import ROOT

    text = (ROOT / "docs" / "lab" / "compose.yaml").read_text(encoding="utf-8")
    assert 'NEO4J_dbms_security_allow__csv__import__from__file__urls: "false"' in text


def test_a_certificate_that_nobody_signed_is_taken_only_where_asked_for(url: str) -> None:
    """TLS: `+ssc` encrypts without asking who it is, `+s` wants a certificate that the machine trusts."""
    with Neo4jStore(url.replace("neo4j://", "bolt+ssc://", 1)) as store:
        assert store.papers() == []
    with Neo4jStore(url.replace("neo4j://", "neo4j+ssc://", 1)) as store:
        assert store.papers() == []
    with pytest.raises(StoreError, match="cannot be reached"):
        Neo4jStore(url.replace("neo4j://", "bolt+s://", 1), patience=0.5)
