"""Samples of ATLAS Open Data by name, from a server that answers in the catalogue's shapes."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from codegen.running import NothingToRun, run_program
from codegen.running.opendata import NoSample, urls
from tests.codegen.running.conftest import EVENTS

atlas = pytest.importorskip("atlasopenmagic", reason="needs the extra `opendata`")
EOS = "root://eospublic.cern.ch:1094//eos/opendata/atlas/rucio/mc20_13TeV/DAOD_PHYSLITE.1.root"


def catalogue(files):
    return [
        {
            "dataset_number": "410470",
            "physics_short": "PhPy8EG_A14_ttbar_hdamp258p75_nonallhad",
            "cross_section_pb": 729.77,
            "file_list": files,
            "skims": [],
            "release": {"name": "2024r-pp"},
        },
        {"dataset_number": "data16", "physics_short": None, "file_list": [EOS], "skims": []},
    ]


@pytest.fixture
def answers(monkeypatch):
    """The catalogue served on this machine; what it lists for 410470 can be set."""
    listed: list[str] = [EOS]

    class Catalogue(BaseHTTPRequestHandler):
        def do_GET(self):
            rows = catalogue(listed)
            path = self.path.partition("?")[0]
            found = None
            if path == "/datasets/count":
                found = {"count": len(rows)}
            elif path == "/datasets":
                found = rows
            elif path.startswith("/metadata/2024r-pp/"):
                key = path.rpartition("/")[2]
                found = next(
                    (r for r in rows if key in (r["dataset_number"], (r["physics_short"] or "").lower())), None
                )
            body = json.dumps(found if found is not None else {"detail": "Dataset not found"}).encode()
            self.send_response(404 if found is None else 200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format, *args):
            del format, args

    with ThreadingHTTPServer(("127.0.0.1", 0), Catalogue) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        monkeypatch.setattr("atlasopenmagic.metadata.API_BASE_URL", f"http://127.0.0.1:{server.server_address[1]}")
        monkeypatch.setattr("atlasopenmagic.metadata._metadata", {})
        monkeypatch.setattr("atlasopenmagic.metadata.current_release", "2024r-pp")
        yield listed
        server.shutdown()
        thread.join()


@pytest.mark.parametrize("name", ["410470", "2024r-pp/410470", "PhPy8EG_A14_ttbar_hdamp258p75_nonallhad:noskim"])
def test_a_sample_is_its_files_on_the_web(answers, name):
    assert urls(f"opendata:{name}") == [
        "https://opendata.cern.ch/eos/opendata/atlas/rucio/mc20_13TeV/DAOD_PHYSLITE.1.root"
    ]


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("41047", "410470"),
        ("410470:3lep", "(?i)skim"),
        ("2024/410470", "no release '2024'.*2024r-pp"),
        ("", "not the name of a sample"),
        ("a/b/c", "not the name of a sample"),
    ],
)
def test_what_is_not_there_is_named(answers, name, told):
    with pytest.raises(NoSample, match=told):
        urls(f"opendata:{name}")


def test_a_sample_is_run_file_by_file(answers, h4l, made, server, tmp_path):
    answers[:] = [f"{server}/a.root", f"{server}/b.root"]
    done = run_program(h4l, ["opendata:410470"], tmp_path / "out")
    assert [one["file"] for one in done.result["provenance"]["inputs"]] == answers
    assert done.result["n_events"] == 2 * EVENTS


def test_a_catalogue_that_does_not_answer(monkeypatch, h4l, tmp_path):
    monkeypatch.setattr("atlasopenmagic.metadata.API_BASE_URL", "http://127.0.0.1:9")
    monkeypatch.setattr("atlasopenmagic.metadata._metadata", {})
    monkeypatch.setattr("atlasopenmagic.metadata._session", __import__("requests").Session())
    with pytest.raises(NothingToRun, match="opendata:410470: "):
        run_program(h4l, ["opendata:410470"], tmp_path / "out")
