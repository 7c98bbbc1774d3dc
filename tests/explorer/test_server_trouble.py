"""A Neo4j server that is killed while the explorer is open on it, and started again; skipped where none can be."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.store.copy import copy_store
from kg.store.open import open_store
from kg.store.sqlite import SqliteStore
from tests.explorer.visits import Visit, Visitor, served
from tests.neo4j.server import Server
from tests.neo4j.shared import session_folder, urls

pytest.importorskip("neo4j", reason="the extra neo4j is not installed")

PATIENCE_S = 15  # from the click to the message


@pytest.fixture(scope="module")
def server(library: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with the bundled papers that a test may kill."""
    urls(session_folder(tmp_path_factory))  # skips, with the reason, where none can be started
    started = Server(tmp_path_factory.mktemp("explored-server"), heap="512m")
    try:
        started.start()
        with SqliteStore(library) as papers, open_store(started.url) as store:
            copy_store(papers, store)
        yield started
    finally:
        started.stop()


@pytest.fixture(scope="module")
def explorer(chromium: str, server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The explorer on it."""
    with served(server.url, tmp_path_factory.mktemp("explorer")) as base:
        yield base


def told(visit: Visit, server: Server) -> None:
    """The page says soon that the server cannot be reached, and which one, without its password."""
    visit.page.wait_for_selector(".notice.wrong", timeout=PATIENCE_S * 1000)
    visit.settle()
    said = visit.page.locator(".notice.wrong").first.inner_text()
    assert "the store cannot be reached" in said
    assert server.address in said
    assert server.password not in visit.text()


def back(visit: Visit, there: str) -> None:
    """After the server is back, the page that was asked for is drawn."""
    visit.page.get_by_role("button", name="Try again").click()
    visit.page.wait_for_selector(there, timeout=60_000)
    visit.settle()
    assert visit.page.locator(".notice.wrong").count() == 0


def test_what_is_clicked_while_the_server_is_down_is_told_and_done_when_it_is_back(
    explorer: str, server: Server, visitor: Visitor, tmp_path: Path
):
    with open_store(server.url, read_only=True) as store:
        cut = store.cuts("1806.00242")[0].id
    clicks = {
        "/?q=muon+pt": (".found li button:has-text('lineage')", ".pane"),
        "/?view=paper&paper=1806.00242": ("button.say", ".paragraph mark"),
        "/?view=generate&paper=1806.00242": ("nav button:has-text('Search')", "text=In this store"),
    }
    visits = []
    for address, (click, there) in clicks.items():
        visit = visitor(explorer)
        visit.go(address)
        visit.page.wait_for_selector(click)
        visits.append((visit, click, there))
    reviewer = visitor(explorer)
    reviewer.go(f"/?view=review&paper=1806.00242&cut={cut}")
    reviewer.fill("Your name", "Ada")
    server.kill()
    for visit, click, _ in visits:
        visit.page.locator(click).first.click()
        told(visit, server)
    reviewer.page.locator("button.decide.reject").click()
    told(reviewer, server)
    late = visitor(explorer)
    late.page.goto(explorer + "/?view=paper&paper=1806.00242")
    told(late, server)
    with served(server.url, tmp_path) as base:  # an explorer that is started before its server
        early = visitor(base)
        early.page.goto(base + "/?view=paper&paper=1806.00242")
        told(early, server)
        server.start()
        back(early, "text=Effective selection")
        early.check()
    for visit, _, there in visits:
        back(visit, there)
    back(late, "text=Effective selection")
    reviewer.page.get_by_role("button", name="Try again").click()
    reviewer.page.wait_for_selector("text=Your decision was not kept: the store cannot be reached")
    reviewer.page.wait_for_selector("button.decide.reject:enabled")
    reviewer.click("button.decide.reject")
    reviewer.page.wait_for_selector("text=rejected by Ada")
    with open_store(server.url, read_only=True) as store:
        assert [(review.reviewer, review.decision) for review in store.reviews(cut)] == [("Ada", "reject")]
    for visit in (*(visit for visit, _, _ in visits), reviewer, late):
        visit.check()
