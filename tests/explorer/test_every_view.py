"""Each view, wide and narrow, light and dark: it loads nothing from elsewhere, has no error, and is accessible."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.explorer.visits import ROOT, Visitor, served

SIZES = [(1280, "light"), (390, "dark")]
BUNDLED = {
    "overview": ("/", "In this store"),
    "search": ("/?q=muon+isolation+cuts", "ptcone30"),
    "paper": ("/?view=paper&paper=1806.00242", "Effective selection"),
    "lineage": ("/?view=lineage&paper=1806.00242", "relations"),
    "compare": ("/?view=compare&papers=1806.00242,1712.02304", "the others are seen from this one"),
    "review": ("/?view=review&paper=1806.00242", "Any cut can be reviewed"),
    "generate": ("/?view=generate&paper=1806.00242", "awkward program of"),
}
REAL = {
    "search": ("/?q=electron+pT+threshold", "cuts that fit"),
    "paper": ("/?view=paper&paper=1705.04673", "Effective selection"),
    "lineage": ("/?view=lineage&paper=1705.04673", "cuts of"),
    "compare": ("/?view=compare&papers=1705.04673,1706.09933", "the others are seen from this one"),
    "review": ("/?view=review&paper=1705.04673", "decided"),
    "generate": ("/?view=generate&paper=1705.04673", ""),
}


@pytest.mark.parametrize(("width", "scheme"), SIZES)
@pytest.mark.parametrize("name", BUNDLED)
def test_a_view_of_the_bundled_papers(bundled: str, visitor: Visitor, name: str, width: int, scheme: str):
    address, said = BUNDLED[name]
    visit = visitor(bundled, width, scheme)
    visit.go(address)
    assert said in visit.text()
    assert visit.serious() == []
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= width
    visit.check()


@pytest.fixture(scope="module")
def real(chromium: str, shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The explorer on two real papers."""
    folder = tmp_path_factory.mktemp("real")
    store = folder / "graph.sqlite"
    environment = {**os.environ, "KG_CACHE": str(folder / "cache"), "PYTHONPATH": str(ROOT), "KG_EMBEDDER": "none"}
    papers = ["1705.04673", "1706.09933"]
    options = ["--library", str(shared / "papers")]
    subprocess.run(
        [sys.executable, "-m", "ui.main", "--store", f"sqlite:///{store}", "ingest", *papers, *options, "--offline"],
        check=True,
        env=environment,
        cwd=folder,
        capture_output=True,
    )
    with served(store, folder, *options) as base:
        yield base


@pytest.mark.parametrize(("width", "scheme"), [(1280, "dark"), (390, "light")])
@pytest.mark.parametrize("name", REAL)
def test_a_view_of_real_papers(real: str, visitor: Visitor, name: str, width: int, scheme: str):
    address, said = REAL[name]
    visit = visitor(real, width, scheme)
    visit.go(address)
    assert said in visit.text()
    assert visit.serious() == []
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= width
    visit.check()


def test_a_cut_of_a_pdf_opens_its_paragraph_and_its_page(real: str, visitor: Visitor):
    visit = visitor(real)
    visit.go("/?view=paper&paper=1705.04673")
    visit.click("button.say")
    visit.page.wait_for_selector(".page img")
    marked = visit.page.locator(".paragraph mark").inner_text()
    around = visit.page.locator(".paragraph").inner_text()
    assert len(around) > len(marked) > 20
    wide, high = visit.page.locator(".page img").evaluate("image => [image.naturalWidth, image.naturalHeight]")
    assert wide > 600
    assert high > wide
    assert "cut=cut" in visit.page.url
    visit.check()
