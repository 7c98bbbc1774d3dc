"""Every store that there is, for the contract tests: each test that takes `open_at` runs on all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kg.store.base import Store
from kg.store.sqlite import SqliteStore
from tests.neo4j.shared import session_folder, stores

StoreFactory = Callable[[Path], Store]
"""Opens the store that belongs to a folder: the same one for the same folder, an empty one for a new folder."""

KINDS = ("sqlite", "neo4j")


ON_EVERY_STORE = ("store/", "lineage/test_origins.py", "test_listing.py", "test_reviews.py")
"""Tests of this folder that run on every store: what is asked of the store itself, and by what asks it most. The
others are about rules that no store has part in."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the server out where a test is about something else."""
    here = Path(__file__).parent
    left_out = [item for item in items if item.path.is_relative_to(here) and not _belongs(item, here)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


def _belongs(item: pytest.Item, here: Path) -> bool:
    callspec = getattr(item, "callspec", None)
    kind = callspec.params.get("open_at", "sqlite") if callspec is not None else "sqlite"
    return kind == "sqlite" or str(item.path.relative_to(here)).startswith(ON_EVERY_STORE)


@pytest.fixture(params=KINDS)
def open_at(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[StoreFactory]:
    """One store factory after the other."""
    if request.param == "sqlite":
        yield lambda folder: SqliteStore(folder / "graph.sqlite")
        return
    with stores(session_folder(tmp_path_factory)) as found:
        from kg.store.neo4j.store import Neo4jStore

        yield lambda folder: Neo4jStore(found.url(folder))


@pytest.fixture
def store(open_at: StoreFactory, tmp_path: Path) -> Iterator[Store]:
    """An empty store."""
    with open_at(tmp_path) as opened:
        yield opened
