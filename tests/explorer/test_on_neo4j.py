"""The seven views, and reviews, on a Neo4j server; skipped where none can be started, as tests/neo4j is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.store.copy import copy_store
from kg.store.open import open_store
from kg.store.sqlite import SqliteStore
from tests.explorer.test_every_view import BUNDLED
from tests.explorer.visits import Visitor, served
from tests.neo4j.shared import session_folder, stores

pytest.importorskip("neo4j", reason="the extra neo4j is not installed")


@pytest.fixture(scope="module")
def explorer(chromium: str, library: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """The explorer on the bundled papers in Neo4j, and the store's URL."""
    folder = tmp_path_factory.mktemp("neo4j-explorer")
    with stores(session_folder(tmp_path_factory)) as found:
        url = found.url(folder)
        with SqliteStore(library) as papers, open_store(url) as server:
            copy_store(papers, server)
        with served(url, folder) as base:
            yield base, url


@pytest.mark.parametrize("name", BUNDLED)
def test_a_view_is_drawn(explorer: tuple[str, str], visitor: Visitor, name: str):
    address, said = BUNDLED[name]
    visit = visitor(explorer[0])
    visit.go(address)
    assert said in visit.text()
    visit.check()


def test_clicks_are_answered(explorer: tuple[str, str], visitor: Visitor):
    visit = visitor(explorer[0], 390, "dark")
    visit.go("/?q=muon+pt")
    visit.click(".found li button:has-text('+ basket')")
    visit.click(".found li button:has-text('lineage')")
    visit.click(".node", -1)
    visit.click("button:has-text('in paper')")
    visit.page.wait_for_selector(".paragraph mark")
    visit.click("button[aria-label^='Compare this paper']")
    assert "Choose another paper" in visit.text()
    visit.click("nav button:has-text('Generate')")
    assert "awkward program of 1 cut" in visit.text()
    visit.check()


def test_a_decision_is_written_seen_and_undone(explorer: tuple[str, str], visitor: Visitor):
    base, url = explorer
    with open_store(url, read_only=True) as store:
        cut = store.cuts("1806.00242")[0].id
    visit = visitor(base)
    visit.go(f"/?view=review&paper=1806.00242&cut={cut}")
    visit.fill("Your name", "Ada")
    visit.click("button.decide.reject")
    visit.page.wait_for_selector("text=rejected by Ada")
    visit.go("/?view=paper&paper=1806.00242")
    assert "rejected by people" in visit.text()
    visit.go(f"/?view=review&paper=1806.00242&cut={cut}")
    visit.page.wait_for_selector("button.decide.undo:enabled")
    visit.click("button.decide.undo")
    visit.go("/?view=paper&paper=1806.00242")
    assert "rejected by people" not in visit.text()
    with open_store(url, read_only=True) as store:
        assert [(review.reviewer, review.decision) for review in store.reviews(cut)] == [
            ("Ada", "reject"),
            ("Ada", "undo"),
        ]
    visit.check()
