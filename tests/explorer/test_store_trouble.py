"""A store that cannot be reached for a while: the page says so, keeps nothing half-written, and goes on afterwards."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest

from kg.store.sqlite import SqliteStore
from tests.explorer.visits import Visit, Visitor, served

pytest.importorskip("streamlit", reason="streamlit is not installed (extra explore)")

CLICKS = {
    "search": ("/?q=muon+pt", ".found li button:has-text('lineage')", ".pane"),
    "paper": ("/?view=paper&paper=1806.00242", "button.say", ".paragraph mark"),
    "lineage": ("/?view=lineage&paper=1806.00242&object=muon", ".node", ".pane"),
    "compare": ("/?view=compare&papers=1806.00242,1712.02304", "button.say", "td.detail"),
    "generate": ("/?view=generate&paper=1806.00242", "button:has-text('leave out')", ".listing"),
}


def try_again(visit: Visit) -> None:
    visit.page.get_by_role("button", name="Try again").click()
    visit.settle()


def wrong(visit: Visit) -> str:
    return "\n".join(visit.page.locator(".notice.wrong").all_inner_texts())


def test_a_click_while_the_file_is_away_is_done_when_it_is_back(
    chromium: str, visitor: Visitor, own_store: Path, tmp_path: Path
):
    away = tmp_path / "away.sqlite"
    with served(own_store, tmp_path) as base:
        visit = visitor(base)
        for address, click, there in CLICKS.values():
            visit.go(address)
            own_store.rename(away)
            visit.page.locator(click).first.click(force=True)
            visit.page.wait_for_selector(".notice.wrong")
            assert f"the store is gone in {own_store}" in wrong(visit)
            away.rename(own_store)
            try_again(visit)
            visit.page.wait_for_selector(there)
            assert wrong(visit) == ""
        visit.check()


def test_a_decision_while_the_file_is_away_is_told_as_not_kept_and_makes_no_store(
    own_explorer: tuple[str, Path], visitor: Visitor, tmp_path: Path
):
    base, store = own_explorer
    away = tmp_path / "away.sqlite"
    with SqliteStore(store, read_only=True) as opened:
        cut = opened.cuts("1806.00242")[0].id
    visit = visitor(base)
    visit.go(f"/?view=review&paper=1806.00242&cut={cut}")
    visit.fill("Your name", "Ada")
    store.rename(away)
    visit.click("button.decide.reject")
    assert "the store is gone" in wrong(visit)
    assert not store.exists()
    away.rename(store)
    try_again(visit)
    visit.page.wait_for_selector("button.decide.reject:enabled")
    assert "Your decision was not kept: there is no store" in wrong(visit)
    with SqliteStore(store, read_only=True) as opened:
        assert opened.reviews() == []
    visit.click("button.decide.reject")
    visit.page.wait_for_selector("text=rejected by Ada")
    assert wrong(visit) == ""
    with SqliteStore(store, read_only=True) as opened:
        assert [review.decision for review in opened.reviews()] == ["reject"]
    visit.check()


def test_while_another_program_holds_the_store_all_is_read_and_decisions_wait_for_it(
    own_explorer: tuple[str, Path], visitor: Visitor
):
    base, store = own_explorer
    with SqliteStore(store, read_only=True) as opened:
        cut = opened.cuts("1806.00242")[0].id
    visit = visitor(base)
    visit.go(f"/?view=review&paper=1806.00242&cut={cut}")
    visit.fill("Your name", "Ada")
    writer = sqlite3.connect(store, isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    other = visitor(base)
    other.go("/?view=paper&paper=1806.00242")
    other.click("button.say")
    other.page.wait_for_selector(".paragraph mark")
    visit.page.locator("button.decide.reject").click()
    visit.page.wait_for_selector("text=Your decision was not kept: the store is locked", timeout=60_000)
    visit.settle()
    visit.page.locator("button.decide.reject").click()
    visit.page.wait_for_timeout(500)
    writer.execute("ROLLBACK")
    writer.close()
    visit.page.wait_for_selector("text=rejected by Ada")
    with SqliteStore(store, read_only=True) as opened:
        assert [review.decision for review in opened.reviews()] == ["reject"]
    for one in (visit, other):
        one.check()


def test_a_file_that_was_damaged_or_replaced_meanwhile_is_told(own_explorer: tuple[str, Path], visitor: Visitor):
    base, store = own_explorer
    whole = store.read_bytes()
    damaged = whole[:8192] + os.urandom(len(whole) - 8192)
    visit = visitor(base)
    for bytes_, said in ((b"junk" * 1000, "not a CutGraph store"), (damaged, "the store is damaged")):
        visit.go("/?view=paper&paper=1806.00242")
        for name in ("-wal", "-shm"):
            Path(f"{store}{name}").unlink(missing_ok=True)
        store.write_bytes(bytes_)
        visit.click("button.say")
        assert f"{said} in {store}" in wrong(visit)
        store.write_bytes(whole)
        try_again(visit)
        visit.page.wait_for_selector(".paragraph mark")
    visit.check()
