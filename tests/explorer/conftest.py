"""A real server and a real browser: Chromium of the system, driven by Playwright; skipped where either is missing."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.explorer.visits import Visit, Visitor, served
from ui.explorer.demo import read_bundled

_QUIET = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
PATIENCE = 30_000  # milliseconds: machines that run tests are busy


@pytest.fixture(scope="session")
def chromium() -> str:
    """The system's Chromium."""
    path = os.environ.get("KG_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        pytest.skip("there is no chromium on this system (apt-get install chromium, or KG_CHROMIUM)")
    return path


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Any]:
    """The browser, one for the tests of a file: while it is driven, its event loop runs in this thread."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with playwright.sync_playwright() as started:
        launched = started.chromium.launch(executable_path=chromium, args=_QUIET)
        yield launched
        launched.close()


@pytest.fixture
def visitor(browser: Any) -> Iterator[Visitor]:
    """`visitor(base, width=390, scheme="dark")` is somebody with a browser window of their own."""
    contexts = []

    def visit(base: str, width: int = 1280, scheme: str = "light") -> Visit:
        context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, accept_downloads=True
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        made = Visit(page, base)
        page.on("console", lambda said: made.errors.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: made.errors.append(str(error)))
        page.on("request", lambda asked: made.noted(asked.url))
        return made

    yield visit
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of the bundled papers."""
    pytest.importorskip("streamlit", reason="streamlit is not installed (extra explore)")
    folder = tmp_path_factory.mktemp("library")
    read_bundled(f"sqlite:///{folder / 'graph.sqlite'}")
    return folder / "graph.sqlite"


@pytest.fixture(scope="session")
def bundled(chromium: str, library: Path) -> Iterator[str]:
    """The explorer on the bundled papers."""
    with served(library, library.parent) as base:
        yield base


@pytest.fixture
def own_store(library: Path, tmp_path: Path) -> Path:
    """A copy of the store of the bundled papers, to be changed."""
    copy = tmp_path / "graph.sqlite"
    shutil.copyfile(library, copy)
    return copy


@pytest.fixture
def own_explorer(chromium: str, own_store: Path, tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """The explorer on a store that may be changed, and that store."""
    with served(own_store, tmp_path) as base:
        yield base, own_store
