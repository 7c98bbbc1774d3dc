"""Stores on the servers that the session shares."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.kg.conftest import open_at
from tests.neo4j.server import Server
from tests.neo4j.shared import session_folder, stores, urls

__all__ = ["open_at"]


@pytest.fixture
def url(tmp_path_factory: pytest.TempPathFactory, tmp_path: Path) -> Iterator[str]:
    """The URL of an empty database, with user and password."""
    with stores(session_folder(tmp_path_factory)) as found:
        yield found.url(tmp_path)


@pytest.fixture(scope="module")
def own_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that a test may kill."""
    urls(session_folder(tmp_path_factory))  # skips, with the reason, where none can be started
    server = Server(tmp_path_factory.mktemp("own-server"), heap="512m")
    try:
        server.start()
        yield server
    finally:
        server.stop()
