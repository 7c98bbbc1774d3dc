"""Runs that break midway: what is said of them, what stays on the disk, and that the page goes on working."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.datafiles import data_path
from tests.explorer.visits import Visit, Visitor, served

pytest.importorskip("streamlit", reason="streamlit is not installed (extra explore)")

ADDRESS = "/?view=generate&paper=1806.00242"
SAMPLE = "four_lepton.root"


@pytest.fixture
def explorer(
    chromium: str, library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[str, Path]]:
    """The explorer, and the folder of its temporary files."""
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    with served(library, tmp_path) as base:
        yield base, temporary


def sample() -> bytes:
    return data_path("samples", SAMPLE).read_bytes()


def broken(part: int) -> bytes:
    """The sample with bytes in the middle of its data changed: it opens, and breaks while it is read."""
    data = sample()
    return data[:part] + bytes(2000) + data[part + 2000 :]


UPLOADS = {
    "cut short.root": (lambda: sample()[:100_000], "truncated: 100000 of"),
    "nothing.root": (lambda: b"", "an empty file"),
    "paper.pdf": (lambda: b"%PDF-1.7 nothing else", "not a ROOT file"),
    "../../<b>archive</b> [x](y).zip": (lambda: b"PK\x03\x04", "not a ROOT file"),
    "bad middle.root": (lambda: broken(150_000), "cannot read Analysis"),
}


def start(visit: Visit) -> None:
    visit.page.get_by_role("button", name="Run", exact=True).click()


def trouble(visit: Visit) -> str:
    """What the page says of the run that failed."""
    visit.page.wait_for_selector(".notice.wrong", timeout=120_000)
    visit.settle()
    return visit.page.locator(".notice.wrong").inner_text()


def runs_the_sample(visit: Visit) -> None:
    visit.fill_select("Events", "bundled sample")
    start(visit)
    visit.page.wait_for_selector(f"text=of 300 events selected in {SAMPLE}", timeout=120_000)
    visit.settle()
    assert visit.page.locator(".notice.wrong").count() == 0


def left(temporary: Path, beginning: str) -> list[str]:
    """Temporary files of ours that are still there."""
    return [path.name for path in temporary.iterdir() if path.name.startswith(beginning)]


def test_a_bad_upload_is_called_what_the_user_calls_it(explorer: tuple[str, Path], visitor: Visitor):
    base, temporary = explorer
    visit = visitor(base)
    visit.go(ADDRESS)
    for name, (made, why) in UPLOADS.items():
        visit.fill_select("Events", "upload")
        chosen = {"name": name, "mimeType": "application/octet-stream", "buffer": made()}
        visit.page.locator("input[type=file]").set_input_files(chosen)
        visit.page.wait_for_selector("button:has-text('Run'):enabled")
        visit.settle()
        start(visit)
        visit.page.wait_for_selector(f".notice.wrong:has-text('{why}')", timeout=120_000)
        said = trouble(visit)
        assert name.split("/")[-1] in said
        assert str(temporary) not in said
        assert "kg-upload" not in said
        runs_the_sample(visit)
    assert left(temporary, "kg-explore") == left(temporary, "kg-run") == left(temporary, "kg-sandbox") == []
    [folder] = left(temporary, "kg-upload")
    assert len(list((temporary / folder).iterdir())) == 1  # the last one; it goes with the visit
    assert list(temporary.rglob("*archive*")) == []
    visit.check()


def test_the_upload_that_was_run_is_compared_though_another_file_was_chosen_since(
    explorer: tuple[str, Path], visitor: Visitor
):
    visit = visitor(explorer[0])
    visit.go(ADDRESS)
    visit.fill_select("Events", "upload")
    mine = {"name": "mine.root", "mimeType": "application/octet-stream", "buffer": sample()}
    visit.page.locator("input[type=file]").set_input_files(mine)
    visit.page.wait_for_selector("button:has-text('Run'):enabled")
    visit.settle()
    start(visit)
    visit.page.wait_for_selector("text=of 300 events selected in mine.root", timeout=120_000)
    visit.settle()
    visit.page.locator("input[type=file]").set_input_files({**mine, "name": "other.root", "buffer": b"no events"})
    visit.settle()
    visit.page.locator("table button.say", has_text="50 < m").first.click()
    visit.page.wait_for_selector("h3:has-text('What it removes:')")
    visit.settle()
    visit.click("button:has-text('Histograms without it')")
    visit.page.wait_for_selector("text=the same without the chosen cut", timeout=120_000)
    assert visit.page.locator(".notice.wrong").count() == 0
    visit.check()


KILLED = {
    # which process: (part of its command line, how many such processes were seen before, what is said)
    "the worker that confines the program": (
        "codegen.running.worker",
        1,
        f"the program was not run in the sandbox, on {SAMPLE}",
    ),
    "the program": ("codegen/sandbox/bootstrap.py", 1, "SIGKILL"),
    "the process that looks at the file": ("codegen/sandbox/bootstrap.py", 0, f"{SAMPLE}: reading it failed"),
}


@pytest.mark.parametrize("which", KILLED)
def test_a_run_that_is_killed_says_so(explorer: tuple[str, Path], visitor: Visitor, which: str):
    base, temporary = explorer
    command, before, why = KILLED[which]
    visit = visitor(base)
    visit.go(ADDRESS)
    start(visit)
    os.kill(appearing(str(temporary.parent), command, before), signal.SIGKILL)
    said = trouble(visit)
    assert why in said
    assert str(temporary) not in said
    runs_the_sample(visit)
    assert left(temporary, "kg-explore") == left(temporary, "kg-run") == left(temporary, "kg-sandbox") == []
    visit.check()


def appearing(folder: str, command: str, before: int) -> int:
    """The process of that command, after `before` others of it, that works for an explorer in this folder."""
    seen: list[int] = []
    until = time.monotonic() + 60
    while time.monotonic() < until:
        for entry in Path("/proc").glob("[0-9]*"):
            try:
                words = (entry / "cmdline").read_bytes().decode(errors="replace").replace("\0", " ")
            except OSError:
                continue
            number = int(entry.name)
            if command in words and folder in words and number not in seen:
                seen.append(number)
                if len(seen) > before:
                    return number
        time.sleep(0.005)
    raise AssertionError(f"no process {command}")


def test_another_click_during_a_run_loses_neither_the_result_nor_the_page(explorer: tuple[str, Path], visitor: Visitor):
    visit = visitor(explorer[0])
    visit.go(ADDRESS)
    start(visit)
    visit.page.wait_for_selector("text=Running the program")
    visit.page.locator(".listing a.n.own").first.click()
    visit.page.get_by_role("button", name="Link and files").click()
    visit.page.wait_for_selector(f"text=of 300 events selected in {SAMPLE}", timeout=120_000)
    visit.check()
