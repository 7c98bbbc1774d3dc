"""Sessions with a Neo4j server: questions that are asked again where a transient error came between, and transactions.

A question is a transaction of its own that costs one round trip. A transaction that writes is begun anew as long as
what failed is transient (a deadlock, a server that restarts), for `patience` seconds; the work must therefore be such
that it may be done twice, which that of `kg.store.neo4j.writing` is: the key of a reading tells whether it is there.
"""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Callable, Iterator
from typing import Any, LiteralString, TypeVar

import neo4j
from neo4j.exceptions import DriverError, IncompleteCommit, Neo4jError

from kg.store.neo4j.address import Address
from kg.store.neo4j.errors import told_plainly

T = TypeVar("T")
Row = dict[str, Any]
Transaction = neo4j.ManagedTransaction

PATIENCE_S = 60.0
"""How long a transient error is waited out: a server that is killed is back after some twenty seconds."""

_CONNECTING_S = 10.0
_OPENING_S = 5.0
_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 0.05, 2.0


class Connection:
    """A driver and the sessions with one database; `read_only` sessions are in READ access mode, always."""

    def __init__(self, address: Address, *, read_only: bool = False, patience: float = PATIENCE_S) -> None:
        self.address, self.read_only, self.patience = address, read_only, patience
        logging.getLogger("neo4j").addHandler(logging.NullHandler())  # its errors are told by ours, once
        with told_plainly(address):
            self._driver = neo4j.GraphDatabase.driver(
                address.server,
                auth=(address.user, address.password),
                connection_timeout=_CONNECTING_S,
                connection_acquisition_timeout=_CONNECTING_S,
                max_transaction_retry_time=patience,
                notifications_min_severity="OFF",
                user_agent="cutgraph",
                telemetry_disabled=True,
            )
        self._bookmarks = neo4j.GraphDatabase.bookmark_manager()  # on a cluster, one reads what one wrote

    def close(self) -> None:
        """Let go of the server."""
        self._driver.close()

    def ask(self, query: LiteralString, **values: object) -> list[Row]:
        """The rows of a question."""
        with told_plainly(self.address):
            return retried(lambda: self._ask(query, values), self.patience)

    def open(self, query: LiteralString, **values: object) -> list[Row]:
        """The first question: nobody waits a minute for a server that was never there."""
        with told_plainly(self.address):
            return retried(lambda: self._ask(query, values), min(_OPENING_S, self.patience))

    def write(self, work: Callable[[Transaction], T]) -> T:
        """The work in one transaction, all of it or nothing."""
        with told_plainly(self.address):
            return retried(lambda: self._write(work), self.patience, IncompleteCommit)

    def schema(self, query: LiteralString) -> None:
        """A command that makes an index or a constraint, which no other transaction may have part in."""
        with told_plainly(self.address):
            retried(lambda: self._ask(query, {}), self.patience)

    def _session(self) -> neo4j.Session:
        mode = neo4j.READ_ACCESS if self.read_only else neo4j.WRITE_ACCESS
        return self._driver.session(
            database=self.address.database or None,
            default_access_mode=mode,
            bookmark_manager=self._bookmarks,
            fetch_size=5000,
        )

    def _ask(self, query: LiteralString, values: dict[str, object]) -> list[Row]:
        with self._session() as session:
            found = session.run(query, values)
            names = found.keys()
            return [dict(zip(names, record, strict=True)) for record in found]

    def _write(self, work: Callable[[Transaction], T]) -> T:
        with self._session() as session:
            return session.execute_write(work)


def retried(work: Callable[[], T], patience: float, *also: type[Exception]) -> T:
    """What `work` gives; done again after transient errors, and those of the kinds `also`, for `patience` seconds."""
    until, pause = time.monotonic() + patience, _FIRST_PAUSE_S
    while True:
        try:
            return work()
        except (Neo4jError, DriverError) as error:
            if not (error.is_retryable() or isinstance(error, also)) or time.monotonic() + pause > until:
                raise
        time.sleep(pause * random.uniform(0.8, 1.2))
        pause = min(2 * pause, _LONGEST_PAUSE_S)


def chunks(rows: list[T], size: int) -> Iterator[list[T]]:
    """The rows in portions of one UNWIND."""
    for start in range(0, len(rows), size):
        yield rows[start : start + size]


__all__ = ["PATIENCE_S", "Connection", "Row", "Transaction", "chunks", "retried"]
