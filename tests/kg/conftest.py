"""Every store that there is, for the contract tests: each test that takes `open_at` runs on all of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kg.store.base import Store
from kg.store.sqlite import SqliteStore

StoreFactory = Callable[[Path], Store]
"""Opens the store that belongs to a folder: the same one for the same folder, an empty one for a new folder."""

FACTORIES: dict[str, StoreFactory] = {"sqlite": lambda folder: SqliteStore(folder / "graph.sqlite")}


@pytest.fixture(params=sorted(FACTORIES))
def open_at(request: pytest.FixtureRequest) -> StoreFactory:
    """One store factory after the other."""
    return FACTORIES[request.param]


@pytest.fixture
def store(open_at: StoreFactory, tmp_path: Path) -> Store:
    """An empty store."""
    with open_at(tmp_path) as opened:
        yield opened
