"""Each view, wide and narrow, light and dark: it loads nothing from elsewhere, has no error, and is accessible."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.explorer.visits import Visitor, served, surroundings

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
PAPERS = ("1605.03171", "1704.07323", "1705.04673", "1706.09933", "1707.06193", "1710.09154", "1812.06302")
"""The real papers of `../shared/papers`."""
REAL = {
    "search": ("/?q=electron+pT+threshold", "cuts that fit"),
    "compare": ("/?view=compare&papers=1705.04673,1706.09933", "the others are seen from this one"),
    "review": ("/?view=review&paper=1705.04673", "decided"),
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
    """The explorer on the seven real papers."""
    folder = tmp_path_factory.mktemp("real")
    store = folder / "graph.sqlite"
    options = ["--library", str(shared / "papers")]
    subprocess.run(
        [sys.executable, "-m", "ui.main", "--store", f"sqlite:///{store}", "ingest", *PAPERS, *options, "--offline"],
        check=True,
        env=surroundings(folder),
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


@pytest.mark.parametrize("paper", PAPERS)
def test_a_real_paper_is_read_followed_and_compiled(real: str, visitor: Visitor, paper: str):
    """Its sentence with the page image, its lineage and its program, each of two sizes and of two schemes."""
    number = PAPERS.index(paper)
    for width, scheme in ((1280, "dark" if number % 2 else "light"), (390, "light" if number % 2 else "dark")):
        visit = visitor(real, width, scheme)
        visit.go(f"/?view=paper&paper={paper}")
        assert "Effective selection" in visit.text()
        visit.click("button.say")
        visit.page.wait_for_selector(".page img")
        marked = visit.page.locator(".paragraph mark").inner_text()
        assert len(visit.page.locator(".paragraph").inner_text()) >= len(marked) > 20
        wide, high = visit.page.locator(".page img").evaluate("image => [image.naturalWidth, image.naturalHeight]")
        assert wide > 600
        assert high > wide
        assert "cut=cut" in visit.page.url
        assert visit.page.evaluate("document.documentElement.scrollWidth") <= width
        visit.go(f"/?view=lineage&paper={paper}")
        assert visit.page.locator(".node").count() >= 10
        assert visit.page.evaluate("document.documentElement.scrollWidth") <= width
        visit.go(f"/?view=generate&paper={paper}")
        assert visit.page.locator(".listing .l, .group button[data-act]").count() >= 1  # a program, or what to settle
        assert visit.page.evaluate("document.documentElement.scrollWidth") <= width
        if number < 2:
            assert visit.serious() == []
        visit.check()
