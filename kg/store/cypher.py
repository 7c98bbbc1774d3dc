"""Cypher queries by hand on a Neo4j store, through its own driver (extra `neo4j`), in sessions that can only read.

Such a session refuses whatever writes, but not all that harms; `kg.store.neo4j.permitted` refuses the rest.
"""

from __future__ import annotations

import logging
from typing import Any

from kg.errors import StoreError
from kg.records import Json
from kg.store.neo4j.address import address_of, is_neo4j
from kg.store.neo4j.permitted import CypherRefused, check_permitted

_PATIENCE_S = 30.0
_RETRYING_S = 5.0


def read_cypher(url: str, query: str) -> list[dict[str, Json]]:
    """The rows of the query, each by its column names; nodes and relations as their properties.

    `url` is that of `kg.store.neo4j.address`. The transaction is a read transaction, in which the server refuses
    whatever writes. Raises `StoreError` where the server cannot be reached or refuses the user, `CypherRefused` for
    the query.
    """
    check_permitted(query)
    address = address_of(url)
    where = address.server
    try:
        import neo4j
        from neo4j.exceptions import AuthError, DriverError, Neo4jError, ServiceUnavailable
    except ImportError as error:
        raise StoreError("no Neo4j driver", why="`pip install 'cutgraph[neo4j]'` brings it") from error
    logging.getLogger("neo4j").addHandler(logging.NullHandler())  # its errors are told below, once
    try:
        with (
            neo4j.GraphDatabase.driver(
                where,
                auth=(address.user, address.password),
                connection_timeout=_PATIENCE_S,
                max_transaction_retry_time=_RETRYING_S,
                notifications_min_severity="OFF",
            ) as driver,
            driver.session(
                database=address.database or None, default_access_mode=neo4j.READ_ACCESS, fetch_size=1000
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


__all__ = ["CypherRefused", "is_neo4j", "read_cypher"]
