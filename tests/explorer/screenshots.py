"""Makes the screenshots of docs/screenshots from the bundled papers, in Chromium.

python -m tests.explorer.screenshots [FOLDER]

Needs the extra `explore`, playwright and the system's Chromium.
"""

from __future__ import annotations

import io
import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from kg.store.sqlite import SqliteStore
from tests.explorer.visits import ROOT, RUNNING, served
from ui.explorer.demo import read_bundled

WIDTH, HEIGHT, LARGEST = 1280, 860, 200_000
SHOTS = {
    "search": "/?q=lepton+pT+threshold",
    "paper": "/?view=paper&paper=1806.00242",
    "lineage": "/?view=lineage&paper=1806.00242",
    "compare": "/?view=compare&papers=1806.00242,1712.02304",
    "review": "/?view=review&paper=1806.00242&cut={cut}",
    "generate": "/?view=generate&paper=1806.00242",
    "result": "/?view=generate&paper=1806.00242",
}
_OPTIONS = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync")


def main(folder: Path) -> None:
    """Write one PNG for each of the views."""
    from playwright.sync_api import sync_playwright

    folder.mkdir(parents=True, exist_ok=True)
    chromium = os.environ.get("KG_CHROMIUM") or shutil.which("chromium")
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        work = Path(name)
        read_bundled(f"sqlite:///{work / 'graph.sqlite'}")
        with SqliteStore(work / "graph.sqlite") as store:
            cut = next(cut.id for cut in store.cuts("1806.00242") if cut.variable == "pt")
        browser = playwright.chromium.launch(executable_path=chromium, args=list(_OPTIONS))
        with served(work / "graph.sqlite", work) as base:
            for shot, address in SHOTS.items():
                page = browser.new_page(
                    viewport={"width": WIDTH, "height": HEIGHT}, color_scheme="light", reduced_motion="reduce"
                )
                page.set_default_timeout(120_000)
                page.goto(base + address.format(cut=cut))
                page.wait_for_selector(".drawn h1")
                page.wait_for_timeout(800)
                page.wait_for_selector(RUNNING)
                _prepared(shot, page)
                page.wait_for_timeout(600)
                data = _small(page.screenshot())
                (folder / f"{shot}.png").write_bytes(data)
                print(f"{shot}.png: {len(data)} bytes")
                page.close()
        browser.close()


def _prepared(shot: str, page: Any) -> None:
    """What is clicked before the picture is taken."""
    if shot == "paper":
        page.locator("button.say", has_text="50 < m").first.click()
        page.wait_for_selector(".paragraph mark")
        page.wait_for_selector(RUNNING)
    elif shot == "lineage":
        page.locator(".node", has_text="m < 106").first.click()
        page.wait_for_selector(".node.chosen")
    elif shot == "review":
        page.get_by_label("Your name", exact=True).fill("Ada")
        page.get_by_label("Your name", exact=True).press("Enter")
    elif shot == "generate":
        page.locator(".stated a").nth(6).click()
    elif shot == "result":
        page.get_by_role("button", name="Run", exact=True).click()
        page.wait_for_selector("text=events selected in four_lepton.root")
        page.locator("table button.say", has_text="50 < m").first.click()
        page.wait_for_selector("h3:has-text('What it removes:')")
        page.wait_for_selector(RUNNING)
        page.locator("h3:has-text('What it removes:')").scroll_into_view_if_needed()
        page.mouse.wheel(0, 250)
        page.mouse.move(2, 2)  # away from what would light up below the pointer


def _small(data: bytes) -> bytes:
    """The picture with as many colours as fit into the size that a picture of the README may have."""
    from PIL import Image

    for colours in (256, 128, 64, 32):
        written = io.BytesIO()
        Image.open(io.BytesIO(data)).convert("RGB").quantize(colours, dither=Image.Dither.NONE).save(
            written, "PNG", optimize=True
        )
        if written.tell() <= LARGEST:
            break
    return written.getvalue()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "screenshots")
