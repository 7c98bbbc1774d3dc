"""What a Neo4j server or its driver complains of, in words that tell a person what to do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from neo4j.exceptions import (
    AuthError,
    ConfigurationError,
    DriverError,
    Neo4jError,
    ServiceUnavailable,
    SessionExpired,
)

from kg.errors import StoreError
from kg.store.neo4j.address import Address

_CREDENTIALS = "the server refuses the user or password; set NEO4J_USER and NEO4J_PASSWORD, or name both in the URL"
_CAUSES = {
    "Neo.ClientError.Security.AuthenticationRateLimit": (
        "no access to the store",
        "there were too many wrong passwords; wait some seconds and try again with the right one",
    ),
    "Neo.ClientError.Security.CredentialsExpired": (
        "no access to the store",
        "the first password must be changed before anything else: "
        "`ALTER CURRENT USER SET PASSWORD FROM 'OLD' TO 'NEW'` in cypher-shell or Neo4j Browser",
    ),
    "Neo.ClientError.Statement.AccessMode": (
        "the store cannot be written",
        "it was opened for reading only, or the server is a read replica",
    ),
    "Neo.ClientError.Security.Forbidden": ("the store refuses", "the user may not do this"),
    "Neo.TransientError.General.MemoryPoolOutOfMemoryError": (
        "the server is out of memory",
        "nothing of this was stored; give it more with server.memory.heap.max_size",
    ),
    "Neo.TransientError.General.OutOfMemoryError": (
        "the server is out of memory",
        "nothing of this was stored; give it more with server.memory.heap.max_size",
    ),
}
_ENTERPRISE = (
    "Neo.ClientError.Statement.UnsupportedAdministrationCommand",
    "Neo.DatabaseError.Schema.ConstraintCreationFailed",
)


@contextmanager
def told_plainly(address: Address) -> Iterator[None]:
    """Turn errors of the driver into a `StoreError` that names the server, the cause and what to do."""
    try:
        yield
    except (Neo4jError, DriverError, OSError, ValueError) as error:
        if isinstance(error, ValueError) and not isinstance(error, ConfigurationError):
            raise
        raise store_error(error, address) from error


def store_error(error: Exception, address: Address) -> StoreError:
    """The error in plain words."""
    where, code = address.shown, str(getattr(error, "code", "") or "")
    if isinstance(error, AuthError) and code not in _CAUSES:
        return StoreError("no access to the store", where=where, why=_CREDENTIALS)
    if code in _CAUSES:
        what, why = _CAUSES[code]
        return StoreError(what, where=where, why=why)
    if code == "Neo.ClientError.Database.DatabaseNotFound":
        name = address.database or "of that name"
        why = f"the server has no database {name}; Neo4j Community has a single one, called neo4j"
        return StoreError("no such store", where=where, why=why, nearest=[f"{address.server}/neo4j"])
    if code in _ENTERPRISE:
        why = f"Neo4j Community does not have this, only Enterprise ({message_of(error)})"
        return StoreError("the server cannot do this", where=where, why=why)
    if isinstance(error, ConfigurationError):
        return StoreError(f"{where} names no server", why=message_of(error), nearest=["neo4j://HOST:7687"])
    if isinstance(error, ServiceUnavailable | SessionExpired | OSError) or code.startswith("Neo.TransientError"):
        why = f"{message_of(error)}; what was committed is there, and the same command goes on where this one stopped"
        return StoreError("the store cannot be reached", where=where, why=why)
    return StoreError("the store failed", where=where, why=f"Neo4j says {message_of(error)}")


def message_of(error: Exception) -> str:
    """What the server or the driver says, in one line."""
    said = getattr(error, "message", None) or str(error) or type(error).__name__
    return " ".join(str(said).split())[:500]


__all__ = ["message_of", "store_error", "told_plainly"]
