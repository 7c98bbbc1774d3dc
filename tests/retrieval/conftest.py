"""Stores that questions are asked of; the user's cache is a folder of the test's own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.store.base import Store
from kg.store.sqlite import SqliteStore
from tests.retrieval.graphs import fill


@pytest.fixture(autouse=True)
def users_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the user's cache is, for tests that look there."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    for name in ("KG_EMBEDDER", "KG_STORE", "KG_LLM_URL", "KG_LLM_MODEL", "KG_LLM_KEY"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path / "cache"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """The graph of three papers."""
    with SqliteStore(tmp_path / "graph.sqlite") as opened:
        yield fill(opened)


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store file with the bundled library: restatements of the H → ZZ* → 4ℓ selection and what it rests on."""
    from ingest.paper_reader import DocumentPaperReader
    from ingest.pipeline import ingest
    from ingest.sources.chain import PaperSources
    from ingest.sources.settings import SourceSettings

    folder = tmp_path_factory.mktemp("library")
    sources = PaperSources(SourceSettings.from_environment(library=None, offline=True))
    reader = DocumentPaperReader(sources.references)
    with SqliteStore(folder / "graph.sqlite") as store:
        ingest(["1806.00242"], store=store, sources=sources, reader=reader, depth=2)
    return folder / "graph.sqlite"


@pytest.fixture
def bundled(library: Path) -> Iterator[Store]:
    """The bundled library, for reading."""
    with SqliteStore(library, read_only=True) as opened:
        yield opened
