"""What goes wrong, and what the explorer says then."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from kg.store.sqlite import SqliteStore
from tests.explorer.visits import Visitor, served

pytest.importorskip("streamlit", reason="streamlit is not installed (extra explore)")


def test_an_empty_store_says_what_to_do_first_and_reads_the_bundled_papers(chromium, visitor: Visitor, tmp_path: Path):
    with served(tmp_path / "graph.sqlite", tmp_path) as base:
        visit = visitor(base)
        visit.go("/?view=lineage")
        assert "There are no papers in this store yet" in visit.text()
        assert "kg ingest 1806.00242" in visit.text()
        assert visit.serious() == []
        visit.page.get_by_role("button", name="Read the bundled papers").click()
        visit.page.wait_for_selector("text=Choose cuts in Search", timeout=120_000)
        visit.go("/?view=paper&paper=1806.00242")
        assert "Effective selection" in visit.text()
        visit.check()


def test_a_store_of_a_newer_version_is_told_and_left_alone(chromium, visitor: Visitor, own_store: Path, tmp_path: Path):
    with sqlite3.connect(own_store) as db:
        columns = [row[1] for row in db.execute("PRAGMA table_info(migration)")]
        db.execute(f"INSERT INTO migration ({columns[0]}) VALUES ('m999_from_the_future')") if len(columns) == 1 else (
            db.execute(f"INSERT INTO migration VALUES ('m999_from_the_future'{', 0' * (len(columns) - 1)})")
        )
    with served(own_store, tmp_path) as base:
        visit = visitor(base)
        visit.go("/?view=paper&paper=1806.00242")
        assert "made by a newer version of CutGraph" in visit.text()
        assert visit.serious() == []
        visit.check()


def test_a_store_that_vanishes_is_told_and_comes_back(chromium, visitor: Visitor, own_store: Path, tmp_path: Path):
    away = tmp_path / "away.sqlite"
    with served(own_store, tmp_path) as base:
        visit = visitor(base)
        visit.go("/?view=paper&paper=1806.00242")
        own_store.rename(away)
        visit.click("button.say")
        assert "it was moved or deleted" in visit.text()
        away.rename(own_store)
        visit.page.get_by_role("button", name="Try again").click()
        visit.page.wait_for_selector(".paragraph mark")
        visit.check()


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/?view=paper&paper=9999.99999", "no paper 9999.99999"),
        ("/?view=paper&paper=nonsense", "nonsense"),
        ("/?view=lineage&cuts=cut:0000", "0000"),
        ("/?view=generate&cuts=zzz", "zzz"),
        ("/?view=generate&paper=1806.00242&choose=ends_of_range:sideways", "sideways"),
        ("/?view=nowhere", "In this store"),
        ("/?q=&n=abc&from=never", "In this store"),
    ],
)
def test_a_link_that_leads_nowhere_says_so(bundled: str, visitor: Visitor, address: str, said: str):
    visit = visitor(bundled)
    visit.go(address)
    assert said in visit.text()
    visit.check()


def test_an_upload_that_is_no_root_file_is_told_as_kg_run_tells_it(bundled: str, visitor: Visitor):
    visit = visitor(bundled)
    visit.go("/?view=generate&paper=1806.00242")
    visit.fill_select("Events", "upload")
    visit.page.locator("input[type=file]").set_input_files(
        {"name": "events.root", "mimeType": "application/octet-stream", "buffer": b"not a ROOT file at all"}
    )
    visit.settle()
    visit.page.get_by_role("button", name="Run", exact=True).click()
    visit.page.wait_for_selector(".notice.wrong", timeout=120_000)
    assert "ROOT" in visit.page.locator(".notice.wrong").first.inner_text()
    visit.check()


def test_a_file_that_is_not_there_is_told(bundled: str, visitor: Visitor):
    visit = visitor(bundled)
    visit.go("/?view=generate&paper=1806.00242")
    visit.fill_select("Events", "file on this machine")
    visit.fill("Path, or https:// or root:// name", "/nowhere/events.root")
    visit.page.get_by_role("button", name="Run", exact=True).click()
    visit.page.wait_for_selector(".notice.wrong", timeout=120_000)
    assert "/nowhere/events.root" in visit.page.locator(".notice.wrong").first.inner_text()
    visit.check()


def test_two_people_who_review_the_same_record_lose_nothing(own_explorer, visitor: Visitor):
    base, store = own_explorer
    with SqliteStore(store) as opened:
        cut = opened.cuts("1806.00242")[0].id
    visits = []
    for name in ("Ada", "Bob"):
        visit = visitor(base)
        visit.go(f"/?view=review&paper=1806.00242&cut={cut}")
        visit.fill("Your name", name)
        visits.append(visit)
    visits[0].click("button.decide.approve")
    visits[1].click("button.decide.reject")
    visits[1].page.wait_for_selector("text=Meanwhile it was approved by Ada")
    with SqliteStore(store) as opened:
        assert [(review.reviewer, review.decision) for review in opened.reviews(cut)] == [
            ("Ada", "approve"),
            ("Bob", "reject"),
        ]
    for visit in visits:
        visit.check()
