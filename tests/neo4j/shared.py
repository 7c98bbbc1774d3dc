"""The servers that all tests of one session share, and the empty stores on them, one for each folder that a test names.

Neo4j Community has one database a server, and the contract compares two stores: so there are two servers. With
`NEO4J_URI` (one URL, or two with a blank between) they are servers that are there already; they must be empty, and
are emptied for each test.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.neo4j.jars import NoServer, jar_folder, locked

ROOT = Path(__file__).resolve().parents[2]
_SERVERS = 2
_STARTING_S = 240.0
_GUARDS: list[subprocess.Popen[bytes]] = []


def urls(base: Path) -> list[str]:
    """The URLs of the session's servers, started first where nobody has; skips the test where none can be started.

    `base` is a folder that the session's processes share. With `KG_NEO4J_TESTS=required`, as in the pipeline, a test
    fails instead.
    """
    try:
        import neo4j  # noqa: F401

        if given := os.environ.get("NEO4J_URI", "").split():
            return given
        jar_folder()
        return _started(base)
    except (ImportError, NoServer) as error:
        why = f"no Neo4j server to test on: {error}"
        if os.environ.get("KG_NEO4J_TESTS") == "required":
            pytest.fail(why)
        pytest.skip(why)


def _started(base: Path) -> list[str]:
    users = base / "users"
    users.mkdir(parents=True, exist_ok=True)
    (users / str(os.getpid())).touch()
    with locked(base / "starting.lock"):
        if not (base / "servers.json").exists() and not (base / "failed").exists():
            command = [sys.executable, "-m", "tests.neo4j.guard", str(base), str(_SERVERS)]
            with (base / "guard.log").open("ab") as log:
                guard = subprocess.Popen(
                    command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
                )
            _GUARDS.append(guard)  # it outlives this process where others need it, and ends by itself
            until = time.monotonic() + _STARTING_S
            while not (base / "servers.json").exists() and not (base / "failed").exists():
                if time.monotonic() > until:
                    raise NoServer("it did not start in time")
                time.sleep(0.1)
    if (base / "failed").exists():
        raise NoServer((base / "failed").read_text(encoding="utf-8")[:500])
    found: list[str] = json.loads((base / "servers.json").read_text(encoding="utf-8"))
    return found


class Stores:
    """Folders and the servers that stand for them in one test: a new folder gets the next server, emptied."""

    def __init__(self, servers: list[str]) -> None:
        self._servers = servers
        self._of: dict[Path, str] = {}
        self._next = 0

    def url(self, folder: Path) -> str:
        """The store of that folder; skips where the test wants more stores at once than there are servers."""
        if folder not in self._of:
            if len(self._servers) < _SERVERS and self._next:
                pytest.skip("NEO4J_URI names one server, and this test compares two")
            url = self._servers[self._next % len(self._servers)]
            self._of = {other: at for other, at in self._of.items() if at != url}
            self._of[folder] = url
            self._next += 1
            emptied(url)
        return self._of[folder]


def emptied(url: str) -> None:
    """Take out all that is in the database; fails for one that was not made by these tests."""
    from kg.store.neo4j.address import address_of
    from kg.store.neo4j.connection import Connection

    connection = Connection(address_of(url))
    try:
        if not connection.ask("MATCH (g:CutGraph) WHERE g.tests RETURN g"):
            if connection.ask("MATCH (n) RETURN n LIMIT 1"):
                pytest.fail("NEO4J_URI names a server that holds a graph; the tests need an empty one")
            connection.ask("CREATE (:Record:CutGraph {id: 'cutgraph', tests: true})")
        connection.ask("MATCH (n) WHERE NOT n:CutGraph DETACH DELETE n")
        connection.ask("MATCH (g:CutGraph) SET g.identity = randomUUID(), g.commits = 0")
    finally:
        connection.close()


@contextmanager
def stores(base: Path) -> Iterator[Stores]:
    """The servers for one test alone."""
    base.mkdir(parents=True, exist_ok=True)
    servers = urls(base)
    with locked(base / "in-use.lock"):
        yield Stores(servers)


def session_folder(factory: pytest.TempPathFactory) -> Path:
    """A folder that all processes of the test session share."""
    own = factory.getbasetemp()
    return (own.parent if os.environ.get("PYTEST_XDIST_WORKER") else own) / "neo4j"
