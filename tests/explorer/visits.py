"""A visit to the explorer: a browser window, what it complained of and asked for, and the server it talks to."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
RUNNING = "[data-testid=stApp][data-test-script-state=notRunning]"


@dataclass
class Visit:
    """A page of the explorer, and what the browser complained of and asked for while it was open."""

    page: Any
    base: str
    errors: list[str] = field(default_factory=list)
    hosts: set[str] = field(default_factory=set)

    def noted(self, url: str) -> None:
        """Remember the host that something was asked of."""
        if url.startswith(("http:", "https:", "ws:", "wss:")):
            self.hosts.add(url.split("/")[2])

    def go(self, address: str) -> None:
        """Open an address and wait until all of it is drawn."""
        self.page.goto(self.base + address)
        self.page.wait_for_selector(".drawn h1")
        self.settle()

    def settle(self) -> None:
        """Wait until nothing is being drawn."""
        self.page.wait_for_timeout(150)
        self.page.wait_for_selector(RUNNING)
        self.page.wait_for_timeout(100)

    def click(self, selector: str, nth: int = 0) -> None:
        """Click on the element of that selector, and wait."""
        self.page.locator(selector).nth(nth).click()
        self.settle()

    def fill(self, label: str, text: str) -> None:
        """Type into the field of that label, and wait."""
        box = self.page.get_by_label(label, exact=True)
        box.fill(text)
        box.press("Enter")
        self.settle()

    def fill_select(self, label: str, option: str) -> None:
        """Choose an option in the list of that label, and wait."""
        box = self.page.get_by_label(label, exact=True)
        box.click()
        box.fill(option)
        box.press("Enter")
        self.settle()

    def text(self) -> str:
        """All text of the page, also that in shadow roots."""
        parts = self.page.locator(".drawn").all_inner_texts()
        return "\n".join([*parts, self.page.locator("body").inner_text()])

    def serious(self) -> list[str]:
        """What axe-core finds that is serious or worse."""
        self.page.evaluate(_axe())
        found = self.page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        return [
            f"{one['id']}: {node['target']} {node['html'][:200]}"
            for one in found["violations"]
            if one["impact"] in ("serious", "critical")
            for node in one["nodes"]
        ]

    def check(self) -> None:
        """Nothing was asked of another host, and the console has no error."""
        assert self.errors == []
        assert self.hosts == {self.base.removeprefix("http://")}


def _axe() -> str:
    pytest.importorskip("axe_core_python", reason="axe-core is not installed")
    return (files("axe_core_python") / "axe.min.js").read_text("utf-8")


Visitor = Callable[..., Visit]


def surroundings(folder: Path) -> dict[str, str]:
    """The environment of a `kg` that keeps in the folder what it keeps."""
    caches = {"KG_CACHE": str(folder / "cache"), "XDG_CACHE_HOME": str(folder / "cache")}
    return {**os.environ, **caches, "PYTHONPATH": str(ROOT), "KG_EMBEDDER": "none"}


@contextmanager
def served(store: Path | str, folder: Path, *options: str) -> Iterator[str]:
    """`kg explore` on a store, a file or a URL, in a process of its own; gives its address."""
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        port = tried.getsockname()[1]
    url = store if isinstance(store, str) else f"sqlite:///{store}"
    command = [sys.executable, "-m", "ui.main", "--store", url, "explore", "--port", str(port)]
    environment = surroundings(folder)
    with (folder / f"explore-{port}.log").open("wb") as log:
        server = subprocess.Popen(
            [*command, "--no-browser", *options], cwd=folder, env=environment, stdout=log, stderr=log
        )
    try:
        base = f"http://127.0.0.1:{port}"
        for _ in range(240):
            try:
                with urllib.request.urlopen(f"{base}/_stcore/health", timeout=1):
                    break
            except OSError:
                assert server.poll() is None, (folder / f"explore-{port}.log").read_text()
                time.sleep(0.25)
        yield base
    finally:
        server.terminate()
        try:
            server.wait(10)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()
