"""What "Link and files" saves: each view as a figure, and why a file cannot be made."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from kg.store.sqlite import SqliteStore
from tests.explorer.visits import Visit, Visitor

pytest.importorskip("streamlit", reason="streamlit is not installed (extra explore)")

# the address of a view, and what its figure says
FIGURES = {
    "search": ("/?q=muon+isolation+cuts", ("muon ptcone30/pT < 0.15", "1708.02810 (ATLAS, 2017)")),
    "paper": ("/?view=paper&paper=1806.00242", ("50 < m < 106 GeV", "leading pair", "1603.05598 through 1708.02810")),
    "compare": ("/?view=compare&papers=1806.00242,1712.02304", ("pT > 5 GeV (1708.02810)", "same", "not there")),
    "review": ("/?view=review&paper=1806.00242&cut={cut}", ("good run list is required", "0 of 0 decided")),
    "generate": ("/?view=generate&paper=1806.00242", ("electron: ET > 7 GeV", "not possible on these files")),
}


def saved(visit: Visit, button: str) -> bytes:
    """The file that a button of "Link and files" saves."""
    with visit.page.expect_download() as download:
        visit.page.get_by_role("button", name=button, exact=True).click()
    return Path(download.value.path()).read_bytes()


def texts(svg: bytes) -> list[str]:
    """The texts of a drawing, indices on the line."""
    return ["".join(one.itertext()) for one in ET.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")]


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
@pytest.mark.parametrize("view", FIGURES)
def test_each_view_is_saved_as_a_figure(
    bundled: str, library: Path, visitor: Visitor, view: str, width: int, scheme: str
):
    with SqliteStore(library, read_only=True) as opened:
        cut = opened.cuts("1806.00242")[0].id
    visit = visitor(bundled, width, scheme)
    address, said = FIGURES[view]
    visit.go(address.format(cut=cut))
    visit.page.get_by_role("button", name="Link and files").click()
    visit.page.wait_for_selector(".preview svg")
    name = {"search": "cuts", "paper": "cuts 1806.00242", "compare": "comparison", "generate": "selection"}
    about = name.get(view, view)
    drawing = saved(visit, f"Save {about} as SVG")
    for one in said:
        assert one in texts(drawing)
    assert saved(visit, f"Save {about} as SVG") == drawing
    image = saved(visit, f"Save {about} as PNG")
    assert image.startswith(b"\x89PNG")
    assert int.from_bytes(image[16:20], "big") > 600  # pixels across
    assert visit.serious() == []
    visit.check()


def test_a_file_is_saved_once_though_its_button_is_shown_again(bundled: str, visitor: Visitor):
    visit = visitor(bundled)
    visit.go("/?view=paper&paper=1806.00242")
    opens = visit.page.get_by_role("button", name="Link and files")
    opens.click()
    assert saved(visit, "Save cuts-1806.00242.csv").startswith(b"id,paper,object")
    again: list[object] = []
    visit.page.on("download", lambda file: again.append(file))
    for _ in range(2):
        visit.page.keyboard.press("Escape")
        visit.page.wait_for_timeout(300)
        opens.click()
        visit.page.wait_for_selector(".preview svg")
    visit.page.wait_for_timeout(500)
    assert again == []
    assert saved(visit, "Save cuts-1806.00242.csv").startswith(b"id,paper,object")
    visit.check()


def test_a_file_that_cannot_be_made_says_why_and_is_made_afterwards(
    own_explorer: tuple[str, Path], visitor: Visitor, tmp_path: Path
):
    base, store = own_explorer
    visit = visitor(base)
    visit.go("/?view=paper&paper=1806.00242")
    visit.page.get_by_role("button", name="Link and files").click()
    visit.page.wait_for_selector(".preview svg")
    away = tmp_path / "away.sqlite"
    store.rename(away)
    visit.page.get_by_role("button", name="Save cuts-1806.00242.graphml").click()
    visit.page.wait_for_selector(".notice.wrong")
    assert f"there is no store in {store}" in visit.page.locator(".notice.wrong").inner_text()
    away.rename(store)
    assert b"<graphml" in saved(visit, "Save cuts-1806.00242.graphml")
    visit.settle()
    assert visit.page.locator(".notice.wrong").count() == 0
    visit.check()
