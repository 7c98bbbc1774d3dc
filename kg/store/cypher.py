"""Cypher queries by hand on a Neo4j store, through its own driver (extra `neo4j`), in sessions that can only read."""

from __future__ import annotations

import logging
import os
from typing import Any
from urllib.parse import unquote, urlsplit, urlunsplit

from kg.errors import KgError, StoreError
from kg.records import Json

SCHEMES = ("neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc")

_PATIENCE_S = 30.0
_RETRYING_S = 5.0


class CypherRefused(KgError):
    """A query that the server does not take: it is misspelt, or it would write."""


def is_neo4j(url: str) -> bool:
    """Whether the URL is that of a Neo4j server.

    >>> is_neo4j("neo4j://localhost:7687"), is_neo4j("sqlite:///graph.sqlite")
    (True, False)
    """
    return url.partition("://")[0] in SCHEMES


def read_cypher(url: str, query: str) -> list[dict[str, Json]]:
    """The rows of the query, each by its column names; nodes and relations as their properties.

    `url` is neo4j://[USER:PASSWORD@]HOST[:PORT][/DATABASE]; user and password else from `NEO4J_USER` and
    `NEO4J_PASSWORD`. The transaction is a read transaction, in which the server refuses whatever writes.
    Raises `StoreError` where the server cannot be reached or refuses the user, `CypherRefused` for the query.
    """
    try:
        import neo4j
        from neo4j.exceptions import AuthError, DriverError, Neo4jError, ServiceUnavailable
    except ImportError as error:
        raise StoreError("no Neo4j driver", why="`pip install 'cutgraph[neo4j]'` brings it") from error
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise StoreError(
            f"{url.rpartition('@')[2]} names no server", why=str(error), nearest=["neo4j://HOST:7687"]
        ) from error
    host = parts.netloc.rpartition("@")[2]
    where = urlunsplit((parts.scheme, host, "", "", ""))
    user = unquote(parts.username or "") or os.environ.get("NEO4J_USER", "neo4j")
    password = unquote(parts.password or "") or os.environ.get("NEO4J_PASSWORD", "")
    logging.getLogger("neo4j").addHandler(logging.NullHandler())  # its errors are told below, once
    try:
        with (
            neo4j.GraphDatabase.driver(
                where,
                auth=(user, password),
                connection_timeout=_PATIENCE_S,
                max_transaction_retry_time=_RETRYING_S,
            ) as driver,
            driver.session(
                database=parts.path.strip("/") or None, default_access_mode=neo4j.READ_ACCESS, fetch_size=1000
            ) as session,
        ):
            return session.execute_read(lambda transaction: [_row(record) for record in transaction.run(query)])
    except AuthError as error:
        why = "the server refuses the user or password; set NEO4J_USER and NEO4J_PASSWORD"
        raise StoreError("no access to the store", where=where, why=why) from error
    except ValueError as error:
        raise StoreError(f"{where} names no server", why=str(error), nearest=["neo4j://HOST:7687"]) from error
    except (ServiceUnavailable, OSError) as error:
        raise StoreError("the store cannot be reached", where=where, why=_first_line(error)) from error
    except (Neo4jError, DriverError) as error:
        message = getattr(error, "message", None) or str(error)
        raise CypherRefused("the query was refused", where=where, why=" ".join(str(message).split())) from error


def _first_line(error: Exception) -> str:
    return next(iter(str(error).splitlines()), type(error).__name__)


def _row(record: Any) -> dict[str, Json]:
    return {str(name): _plain(value) for name, value in record.items()}


def _plain(value: Any) -> Json:
    """The value as JSON: nodes and relations by their properties, paths as lists, times as texts."""
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {str(name): _plain(item) for name, item in value.items()}
    if hasattr(value, "relationships") and hasattr(value, "nodes") and hasattr(value, "start_node"):
        steps = getattr(value, "relationships", ())
        if isinstance(steps, tuple) and not hasattr(value, "items"):
            return [_plain(node) for node in value.nodes]
    if hasattr(value, "items"):
        labels = sorted(getattr(value, "labels", ())) or [getattr(value, "type", "")]
        return {"labels": labels, **{str(name): _plain(item) for name, item in sorted(value.items())}}
    return str(value)


__all__ = ["SCHEMES", "CypherRefused", "is_neo4j", "read_cypher"]
