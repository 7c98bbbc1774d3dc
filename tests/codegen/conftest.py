"""Simulated samples, papers read into stores, and programs run inside the test's process."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

pytest.importorskip("uproot")
pytest.importorskip("awkward")

from kg.store.base import Store
from kg.store.open import open_store
from ui.main import run as kg

Read = Callable[..., tuple[Store, str]]


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Sample name to an RNTuple file of it."""
    from tests.codegen.events.samples import SAMPLES, make

    folder = tmp_path_factory.mktemp("samples")
    for name in SAMPLES:
        make(name, folder / f"{name}.root")
    return {name: folder / f"{name}.root" for name in SAMPLES}


@pytest.fixture(scope="session")
def read(tmp_path_factory: pytest.TempPathFactory) -> Read:
    """`read("1806.00242", "--depth", "2")` reads a paper offline; the store, and the id that the paper got."""
    known: dict[tuple[str, ...], tuple[Store, str]] = {}

    def reading(paper: str, *options: str) -> tuple[Store, str]:
        if (paper, *options) not in known:
            url = f"sqlite:///{tmp_path_factory.mktemp('store') / 'graph.sqlite'}"
            assert kg(["--store", url, "ingest", paper, "--offline", *options]) == 0
            store = open_store(url, read_only=True)
            ids = [found.id for found in store.papers(unread=False)]
            known[paper, *options] = store, next((i for i in ids if Path(paper).stem in i), paper)
        return known[paper, *options]

    return reading
