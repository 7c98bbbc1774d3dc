"""`kg run` as it is typed: exit codes, what stands where, an interruption."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytest.importorskip("uproot")

from codegen.sandbox import Level, offers, reachable
from tests.codegen.events.samples import make

PROGRAM = """
import json, pathlib, sys
files = sys.argv[1:sys.argv.index("-o")]
out = pathlib.Path(sys.argv[sys.argv.index("-o") + 1])
out.mkdir()
rows = [{"file": name, "index": 3, "event_number": 33} for name in files]
cutflow = [{"cut": "cut:1", "label": "muon: p_T > 5 GeV", "passed": 4 * len(files), "cumulative": len(files)}]
(out / "result.json").write_text(json.dumps({"selected": rows, "cutflow": cutflow}))
"""


@pytest.fixture(autouse=True)
def _here(tmp_path, monkeypatch):
    if reachable(offers()) < Level.CONFINED:
        pytest.skip("this machine confines no program")
    monkeypatch.chdir(tmp_path)
    Path("p.py").write_text(PROGRAM)
    for name in ("a.root", "b.root"):
        make("four_lepton", Path(name), 8)


def test_run_prints_the_cutflow_and_writes_the_folder(kg):
    answer = kg("run", "p.py", "*.root", "--jobs", "2")
    assert answer.code == 0
    assert "muon: p_T > 5 GeV" in answer.out
    assert "2 of 16 events selected, in p-run" in " ".join(answer.out.split())
    assert [row["file"] for row in json.loads(Path("p-run/result.json").read_text())["selected"]] == [
        "a.root",
        "b.root",
    ]
    assert Path("p-run/p.py").read_text() == PROGRAM


def test_a_missing_file_is_named_the_rest_is_done_and_the_code_is_1(kg):
    answer = kg("run", "p.py", "a.root", "c.root", "-o", "out", "--format", "json")
    assert answer.code == 1
    assert "kg: not run: c.root: no such file" in answer.err
    printed = json.loads(answer.out)
    assert printed["selected"] == 1
    assert printed["failed"] == [{"file": "c.root", "why": "no such file"}]


def test_a_program_that_fails_shows_its_last_words(kg):
    Path("p.py").write_text("raise ValueError('a muon without a charge')\n")
    answer = kg("run", "p.py", "a.root", "-o", "out")
    assert answer.code == 1
    assert "| ValueError: a muon without a charge" in answer.err
    assert "kg: error: the program gave no result" in answer.err
    assert not Path("out").exists()


def test_a_level_that_this_machine_does_not_reach_stops_it(kg, monkeypatch):
    from codegen.sandbox import Offers

    monkeypatch.setattr("codegen.sandbox.offers", lambda: Offers())
    answer = kg("run", "p.py", "a.root", "-o", "out")
    assert answer.code == 1
    assert "level confined is not reached" in answer.err
    answer = kg("run", "p.py", "a.root", "-o", "out", "--confine", "limits")
    assert answer.code == 0
    assert "at the level limits only" in answer.out


@pytest.mark.parametrize(
    "options", [["--events", "0"], ["--jobs", "0"], ["--time-limit", "0"], ["--memory-limit", "-1"]]
)
def test_wrong_use(kg, options):
    assert kg("run", "p.py", "a.root", *options).code == 2


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_an_interrupted_run_ends_and_leaves_no_folder(number, tmp_path):
    """Also when killed outright: the program goes too. Only the temporary folder is then left behind."""
    Path("p.py").write_text("import sys, time\nprint('begun', flush=True)\ntime.sleep(300)\n")
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    environment = {**os.environ, "TMPDIR": str(temporary)}
    command = [sys.executable, "-m", "ui.main", "run", "p.py", "a.root", "-o", "out"]
    environment["PYTHONPATH"] = str(Path(__file__).resolve().parents[2])
    with subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL, start_new_session=True) as process:
        _wait(lambda: _programs(temporary))
        process.send_signal(number)
        process.wait(60)
    _wait(lambda: not _programs(temporary))
    assert not [path for path in tmp_path.iterdir() if "out" in path.name]
    if number == signal.SIGINT:
        assert process.returncode == 130
        assert not list(temporary.iterdir())


def _programs(temporary: Path) -> list[str]:
    """Processes of runs of `p.py` that were begun from there."""
    found = []
    for path in Path("/proc").glob("[0-9]*/environ"):
        try:
            environment, line = path.read_text(errors="replace"), (path.parent / "cmdline").read_text(errors="replace")
        except OSError:
            continue
        if str(temporary) in environment and "bootstrap" in line:
            found.append(line)
    return found


def _wait(true, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.1)
