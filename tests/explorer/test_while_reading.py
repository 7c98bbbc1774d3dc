"""Views that are looked at and clicked while `kg ingest` writes into the same store."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from kg.store.sqlite import SqliteStore
from tests.explorer.visits import Visit, Visitor, served, surroundings

pytest.importorskip("streamlit", reason="streamlit is not installed (extra explore)")

PAPERS = 400
KNOWN = 5  # the bundled papers
TEXT = r"""\documentclass{article}
\title{Search number %(number)d for a heavy resonance}
\begin{document}
\maketitle
\section{Event selection}
Muons are required to have $p_\mathrm{T} > %(pt)d$ GeV and $|\eta| < 2.4$. Electrons are required to have
$p_\mathrm{T} > %(et)d$ GeV and $|\eta| < 2.5$.
\end{document}
"""


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    """A folder of papers to be read, which takes some seconds."""
    folder = tmp_path / "papers"
    folder.mkdir()
    for number in range(PAPERS):
        words = {"number": number, "pt": 5 + number % 40, "et": 7 + number % 30}
        (folder / f"1001.{number:05d}.tex").write_text(TEXT % words, encoding="utf-8")
    return folder


def test_views_answer_and_new_papers_appear(
    chromium: str, own_store: Path, papers: Path, visitor: Visitor, tmp_path: Path
):
    names = sorted(path.stem for path in papers.iterdir())
    command = [sys.executable, "-m", "ui.main", "--store", f"sqlite:///{own_store}", "ingest", *names]
    with served(own_store, tmp_path, "--library", str(papers)) as base:
        visit = visitor(base)
        visit.go("/")
        assert counted(visit) == KNOWN
        reading = subprocess.Popen(
            [*command, "--library", str(papers), "--offline"],
            cwd=tmp_path,
            env=surroundings(tmp_path),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            decided = 0
            opened = []  # papers whose pages were there while others were still being read
            while reading.poll() is None:
                decided += round_of_clicks(visit, own_store)
                with SqliteStore(own_store, read_only=True) as store:
                    newest = [name for name in store.reading_keys() if name.startswith("1001.")][-1:]
                for name in newest:
                    visit.go(f"/?view=paper&paper={name}")
                    assert "muon" in visit.text()
                    if reading.poll() is None:
                        opened.append(name)
            assert reading.wait() == 0
            assert decided
            assert opened
        finally:
            reading.kill()
            reading.wait()
        visit.go("/")
        visit.page.wait_for_selector(f"text={PAPERS + KNOWN} papers read")
        visit.fill("Question", f"muon pt in {names[-1]}")
        assert names[-1] in visit.text()
        visit.check()
    with SqliteStore(own_store, read_only=True) as store:
        assert len(store.reading_keys()) == PAPERS + KNOWN
        assert len(store.reviews()) == 2 * decided


def counted(visit: Visit) -> int:
    """How many papers the first page says were read."""
    visit.page.wait_for_selector("text=papers read")
    return int(re.findall(r"([\d,]+) papers read", visit.text())[0].replace(",", ""))


def round_of_clicks(visit: Visit, path: Path) -> int:
    """One click or more in each view, each of them answered; how often something was decided and undone."""
    visit.go("/")
    assert KNOWN <= counted(visit) <= PAPERS + KNOWN
    visit.fill("Question", "muon pt threshold")
    visit.page.wait_for_selector(".found li")
    visit.click(".found li button:has-text('in paper')")
    visit.page.wait_for_selector("tr.lit")
    visit.click("button.say[aria-expanded=false]")
    visit.page.wait_for_selector(".paragraph mark")
    visit.click("button[aria-label='Lineage of this selection']")
    visit.page.wait_for_selector(".pane")
    visit.click(".node", -1)
    visit.go("/?view=compare&papers=1806.00242,1712.02304")
    visit.click("button.say")
    visit.page.wait_for_selector("td.detail")
    with SqliteStore(path, read_only=True) as store:
        cut = store.cuts("1806.00242")[0].id
    visit.go(f"/?view=review&paper=1806.00242&cut={cut}")
    visit.fill("Your name", "Ada")
    visit.click("button.decide.reject")
    visit.page.wait_for_selector("text=rejected by Ada")
    visit.go(f"/?view=review&paper=1806.00242&cut={cut}")
    visit.page.wait_for_selector("button.decide.undo:enabled")
    visit.click("button.decide.undo")
    visit.go("/?view=generate&paper=1806.00242")
    visit.page.wait_for_selector(".listing")
    assert visit.page.locator(".notice.wrong").count() == 0
    return 1
