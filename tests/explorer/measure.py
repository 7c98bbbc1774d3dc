"""Measures the explorer on a large store: the first view, clicks in every view, and the server's memory over many.

    python -m tests.explorer.measure [--papers 10000] [--clicks 500] [--store GRAPH.sqlite]

Makes a store of made-up papers with 20 cuts each (tests/benchmarks/generated_cuts.py) unless one is given, and its
search index without vectors. Times are wall-clock times as the browser sees them, until all is drawn.
"""

from __future__ import annotations

import argparse
import itertools
import os
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from kg.store.sqlite import SqliteStore
from retrieval.index.opened import open_index
from tests.benchmarks.generated_cuts import readings
from tests.explorer.visits import served

OPTIONS = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync")
DRAWN = "document.querySelector('[data-testid=stApp]')?.dataset.testScriptState == 'notRunning'"
QUESTIONS = ("muon isolation", "electron pT above 30 GeV", "b-jet veto", "MET > 200", "delta R of jets and leptons")


def main() -> None:
    """Run the measurement and print it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--papers", type=int, default=10_000)
    parser.add_argument("--clicks", type=int, default=500)
    parser.add_argument("--store", type=Path)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        store = asked.store or made(Path(name) / "graph.sqlite", asked.papers)
        with SqliteStore(store) as opened:
            open_index(opened, None)
            papers = [paper.id for paper in opened.papers(unread=False)][:40]
        with served(store, Path(name)) as base:
            measure(base, papers, asked.clicks)


def made(path: Path, papers: int) -> Path:
    """A store of so many papers."""
    with SqliteStore(path) as store:
        for reading in readings(papers):
            store.commit(reading)
    return path


def measure(base: str, papers: list[str], clicks: int) -> None:
    """Print the times of first views and of clicks, and the server's memory."""
    from playwright.sync_api import TimeoutError, sync_playwright

    server = _process(int(base.rsplit(":", 1)[1]))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("KG_CHROMIUM") or shutil.which("chromium"), args=list(OPTIONS)
        )
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.set_default_timeout(120_000)
        answers = Answers(page)
        for turn in ("cold", "warm"):
            for view in ("/", "/?q=muon+pt", f"/?view=paper&paper={papers[0]}", "/?view=review"):
                seconds = answers.timed(page, lambda view=view: page.goto(base + view), "h1")
                print(f"first view, {turn}: {seconds:.2f} s  {view}  (load {os.getloadavg()[0]:.1f})")
        times: dict[str, list[float]] = {}
        memory = []
        try:
            for number, (name, click, until) in enumerate(itertools.islice(_clicks(page, papers), clicks)):
                times.setdefault(name, []).append(answers.timed(page, click, until))
                if number % 50 == 0:
                    memory.append(_resident(server))
                    print(f"{number} clicks: {memory[-1]} MB", flush=True)
        except TimeoutError as error:  # what was measured until then is told all the same
            print(error)
        browser.close()
    for name, seconds in times.items():
        last = sorted(seconds)[int(len(seconds) * 0.95)]
        print(f"{name}: median {statistics.median(seconds):.2f} s, 95 in 100 under {last:.2f} s, {len(seconds)} times")
    print(f"memory of the server: {memory} MB; load {os.getloadavg()}")


def _clicks(page: Any, papers: list[str]) -> Iterator[tuple[str, Callable[[], None], str]]:
    """What somebody clicks, again and again: name, click, and what is there afterwards."""
    while True:
        for number, question in enumerate(QUESTIONS):
            yield "go to search", lambda: page.locator("nav button").first.click(), "nav button[aria-current]"
            yield "question", lambda q=question: _asked(page, q), ".found li"
            yield "into the basket", lambda: page.locator(".found li button").first.click(), ".found li"
            yield (
                "lineage of a cut",
                lambda: page.locator(".found li button:has-text('lineage')").first.click(),
                ".pane",
            )
            yield "a node", lambda: page.locator(".node").last.click(), ".node.chosen"
            yield "its paper", lambda: page.locator("button:has-text('in paper')").first.click(), "table"
            yield (
                "a sentence",
                lambda: page.locator("table button.say[aria-expanded=false]").last.click(),
                "button.say[aria-expanded=true]",
            )
            yield "compare", lambda: page.locator("button[aria-label^='Compare this paper']").first.click(), "nav"
            paper = papers[number % len(papers)]
            page.wait_for_timeout(300)  # nobody types while the field before is still being cleared
            yield "second paper", lambda p=paper: _second(page, p), "button:has-text('choose')"
            yield "choose", lambda: page.locator("button:has-text('choose')").first.click(), "nav"
            yield "go to review", lambda: page.locator("nav button:has-text('Review')").click(), "button.decide"
            yield "go to generate", lambda: page.locator("nav button:has-text('Generate')").click(), "nav"


def _asked(page: Any, question: str) -> None:
    page.get_by_label("Question", exact=True).fill(question)
    page.get_by_label("Question", exact=True).press("Enter")


def _second(page: Any, paper: str) -> None:
    field = page.locator("input[placeholder^='1806']").first
    field.fill(paper)
    field.press("Enter")


class Answers:
    """How many runs of the script the server has told the page are finished."""

    def __init__(self, page: Any) -> None:
        self.finished = 0
        page.on("websocket", lambda socket: socket.on("framereceived", self._heard))

    def _heard(self, frame: bytes | str) -> None:
        from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

        if isinstance(frame, bytes) and ForwardMsg.FromString(frame).WhichOneof("type") == "script_finished":
            self.finished += 1

    def timed(self, page: Any, click: Callable[[], object], until: str) -> float:
        """Seconds from the click until the server has answered it and the answer is drawn."""
        before, begin = self.finished, time.perf_counter()
        click()
        while self.finished == before:
            page.wait_for_timeout(5)
            if time.perf_counter() - begin > 60:
                raise SystemExit("a click was not answered in a minute")
        page.wait_for_function(DRAWN)
        page.wait_for_selector(until)
        return time.perf_counter() - begin


def _process(port: int) -> int:
    """The process that listens on the port of this machine, on Linux."""
    wanted = {line.split()[9] for line in Path("/proc/net/tcp").read_text().splitlines()[1:]
              if int(line.split()[1].split(":")[1], 16) == port and line.split()[3] == "0A"}  # fmt: skip
    for folder in Path("/proc").glob("[0-9]*/fd"):
        try:
            if any(str(link.readlink())[8:-1] in wanted for link in folder.iterdir()):
                return int(folder.parent.name)
        except OSError:
            continue
    raise SystemExit(f"nothing listens on {port}")


def _resident(process: int) -> int:
    """The memory of the process in MB."""
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) // 1024


if __name__ == "__main__":
    main()
