"""Small files of simulation and of data, the benchmark's program, and a server on this machine."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
import pytest

from codegen.generate import generate
from codegen.sandbox import Level, offers, reachable
from tests.codegen.events.fourlepton import four_lepton_events
from tests.codegen.events.samples import make
from tests.codegen.events.write import arrays, write_rntuple

EVENTS = 60
SIMULATION = ("mcChannelNumber", "mcEventWeights", "mcEventNumber", "PileupWeight_NOSYS")


@pytest.fixture(autouse=True)
def _confined() -> None:
    if reachable(offers()) < Level.CONFINED:
        pytest.skip("this machine confines no program")


@pytest.fixture(scope="session")
def h4l(read, tmp_path_factory) -> Path:
    """The benchmark's program, generated from the bundled library."""
    path = tmp_path_factory.mktemp("program") / "h4l.py"
    store, paper = read("1806.00242", "--depth", "2")
    path.write_text(generate(store, paper).text, encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def made(tmp_path_factory) -> list[Path]:
    """Three files of 60 simulated events each, all different."""
    folder = tmp_path_factory.mktemp("files")
    paths = [folder / f"{name}.root" for name in "abc"]
    for seed, path in enumerate(paths):
        make("four_lepton", path, EVENTS, seed=seed)
    return paths


@pytest.fixture(scope="session")
def data(tmp_path_factory) -> Path:
    """Events without what only simulation has: run 310000, luminosity blocks 1 to 6 of ten events."""
    path = tmp_path_factory.mktemp("data") / "data.root"
    events = arrays(event for _, event in four_lepton_events(np.random.default_rng(0), EVENTS))
    for name in SIMULATION:
        del events[f"EventInfoAuxDyn.{name}"]
    events["EventInfoAuxDyn.lumiBlock"] = np.repeat(np.arange(1, 7, dtype=np.uint32), 10)
    write_rntuple(events, path)
    return path


@pytest.fixture
def server(made) -> Iterator[str]:
    """The address at which `made` is served."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            del format, args

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(made[0].parent))) as httpd:
        thread = threading.Thread(target=httpd.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{httpd.server_address[1]}"
        httpd.shutdown()
        thread.join()


@pytest.fixture
def written(tmp_path):
    """Writes a program of a test's own: `written(text)`."""

    def write(text: str, name: str = "program.py") -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write
