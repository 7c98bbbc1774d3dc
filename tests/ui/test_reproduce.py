"""`kg reproduce` as it is typed: the whole way, gone on with where it stopped, and nothing done twice."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytest.importorskip("uproot")

from codegen.sandbox import Level, offers, reachable
from tests.codegen.events.samples import make
from tests.ui.reproduction.told import Page

PAPER = r"""\documentclass{article}
\title{Muon pairs <script>alert(1)</script> at 13 TeV}
\begin{document}
\maketitle
\section{Selection <img src=x onerror=alert(2)>}
Muons are required to have $p_\mathrm{T} > 20$ GeV and $|\eta| < 2.5$.
Events must contain at least two muons.
%MORE
\end{document}
"""
PLAIN_MET = r"The missing transverse momentum must satisfy $E_\mathrm{T}^\mathrm{miss} > 30$ GeV."
MAIN = """
import ui.main
ui.main.COMMANDS.setdefault("reproduce", ("ui.commands.reproduce", ""))
ui.main.main()
"""


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    """A file of 200 events."""
    path = tmp_path_factory.mktemp("sample") / "events.root"
    make("four_lepton", path, 200)
    return path


COMMAND = ["reproduce", "pairs.tex", "a.root", "--offline", "-o", "out"]


def _begun(folder: Path, store: str) -> subprocess.Popen[bytes]:
    """The command in a process of its own, in a folder that has the paper and the file."""
    environment = {
        **os.environ,
        "PYTHONPATH": str(Path(__file__).resolve().parents[2]),
        "KG_STORE": store,
        "KG_CACHE": str(folder / "cache"),
    }
    command = [sys.executable, "-c", MAIN, *COMMAND, "--format", "json"]
    return subprocess.Popen(command, env=environment, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory, sample):
    """The folder that the command makes where nothing comes between, and what it prints."""
    if reachable(offers()) < Level.CONFINED:
        pytest.skip("this machine confines no program")
    folder = tmp_path_factory.mktemp("undisturbed")
    (folder / "pairs.tex").write_text(PAPER)
    (folder / "a.root").write_bytes(sample.read_bytes())
    with _begun(folder, f"sqlite:///{folder}/graph.sqlite") as process:
        printed, _ = process.communicate()
    assert process.returncode == 0
    return folder / "out", json.loads(printed)


@pytest.fixture(autouse=True)
def _here(tmp_path, monkeypatch, sample):
    from ui.main import COMMANDS

    if reachable(offers()) < Level.CONFINED:
        pytest.skip("this machine confines no program")
    monkeypatch.setitem(COMMANDS, "reproduce", COMMANDS.get("reproduce", ("ui.commands.reproduce", "")))
    monkeypatch.chdir(tmp_path)
    Path("pairs.tex").write_text(PAPER)
    Path("a.root").write_bytes(sample.read_bytes())


def _states(err: str) -> dict[str, str]:
    return dict(re.findall(r"^(papers|selection|code|run|choices|report): (done|as before)$", err, re.M))


def _files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def _expected(path: str) -> list[int]:
    """The events with two muons above 20 GeV and within |η| < 2.5, by a loop over the file."""
    import uproot

    with uproot.open(path) as file:
        pts, etas = (file["EventData"][f"AnalysisMuonsAuxDyn:{name}"].array().tolist() for name in ("pt", "eta"))
    muons = [
        [pt for pt, eta in zip(*event, strict=True) if pt > 20000 and abs(eta) < 2.5]
        for event in zip(pts, etas, strict=True)
    ]
    return [number for number, found in enumerate(muons) if len(found) >= 2]


def test_the_whole_way(undisturbed):
    folder, told = undisturbed
    files = _files(folder)
    assert {"selection.py", "cuts.json", "subgraph.json", "report.html", "steps.json", "run/result.json"} <= set(files)
    result = json.loads(files["run/result.json"])
    assert [row["index"] for row in result["selected"]] == _expected("a.root")
    assert all("without" in row for row in result["cutflow"])
    assert told["selected"] == len(result["selected"])
    assert told["classes"] == {"compiled": 3}
    page = Page(files["report.html"].decode())
    assert f"Of 200 events in 1 file, {len(_expected('a.root'))} are selected." in page.text
    assert "“Events must contain at least two muons.”" in page.text
    assert "<script>alert(1)</script>" in page.text
    assert not page.all("script")
    assert not page.all("img")


def test_the_subgraph_can_be_compiled_by_itself(kg, undisturbed):
    kg("ingest", "pairs.tex", "--offline")
    answer = kg("generate", "--subgraph", str(undisturbed[0] / "subgraph.json"), "-o", "again.py", "--format", "json")
    assert answer.code == 0
    assert {row["class"] for row in json.loads(answer.out)["cuts"]} == {"compiled"}


def test_nothing_is_done_twice_and_what_changed_is_done_again(kg):
    kg(*COMMAND)
    stamps = {path: (path.stat().st_mtime_ns, path.stat().st_ino) for path in Path("out").rglob("*")}
    assert set(_states(kg(*COMMAND).err).values()) == {"as before"}
    assert {path: (path.stat().st_mtime_ns, path.stat().st_ino) for path in Path("out").rglob("*")} == stamps

    make("four_lepton", Path("a.root"), 150, seed=9)
    states = _states(kg(*COMMAND).err)
    assert states == {
        "papers": "as before", "selection": "as before", "code": "as before", "run": "done", "choices": "done",
        "report": "done",
    }  # fmt: skip
    assert "Of 150 events" in Path("out/report.html").read_text()

    Path("pairs.tex").write_text(PAPER.replace("> 20$", "> 25$"))
    assert set(_states(kg(*COMMAND).err).values()) == {"done"}
    assert "> 25 GeV" in json.dumps(json.loads(Path("out/cuts.json").read_text()), ensure_ascii=False)

    Path("out/report.html").unlink()
    states = _states(kg(*COMMAND).err)
    assert [name for name, state in states.items() if state == "done"] == ["report"]


def test_the_same_input_gives_the_same_bytes_in_another_folder_and_store(kg, undisturbed):
    kg("reproduce", "pairs.tex", "a.root", "--offline", "-o", "another/deeper")
    assert _files(Path("another/deeper")) == _files(undisturbed[0])


def test_what_is_not_determined_is_listed_and_can_be_settled(kg):
    Path("pairs.tex").write_text(PAPER.replace("%MORE", PLAIN_MET))
    answer = kg(*COMMAND)
    assert answer.code == 1
    assert "kg: error: the text leaves" in answer.err
    cut = re.search(r"--without (\w{8}) +event E_T\^miss > 30 GeV", answer.err)[1]
    assert not Path("out/report.html").exists()
    answer = kg(*COMMAND, "--without", cut)
    assert answer.code == 0
    assert _states(answer.err)["selection"] == "as before"
    page = Page(Path("out/report.html").read_text())
    assert f"--without {cut}" in page.text
    assert "event: E_T^miss > 30 GeV" in Path("out/cuts.json").read_text()


def test_a_broken_file_is_named_and_the_rest_is_done(kg):
    Path("b.root").write_bytes(b"root, but no more")
    for _ in range(2):  # it is told again, not tried again
        answer = kg("reproduce", "pairs.tex", "a.root", "b.root", "none.root", "--offline", "-o", "out")
        assert answer.code == 1
        assert "kg: not run: b.root:" in answer.err
        assert "kg: not run: none.root: no such file" in answer.err
    assert _states(answer.err)["run"] == "as before"
    page = Page(Path("out/report.html").read_text())
    assert "2 inputs could not be run" in page.text
    assert f"Of 200 events in 1 file, {len(_expected('a.root'))} are selected." in page.text


def test_a_paper_that_cannot_be_had_and_a_folder_that_is_taken(kg):
    assert kg("reproduce", "1001.99999", "a.root", "--offline", "-o", "out").code == 1
    assert kg("reproduce", "no paper", "a.root", "--offline", "-o", "out").code == 2
    Path("mine").mkdir()
    Path("mine/notes.txt").write_text("mine")
    answer = kg("reproduce", "pairs.tex", "a.root", "--offline", "-o", "mine")
    assert answer.code == 1
    assert "notes.txt" in answer.err
    assert _files(Path("mine")) == {"notes.txt": b"mine"}


@pytest.mark.parametrize("moment", ["selection.py", "run/result.json"])
def test_after_kill_9_the_same_command_goes_on_to_the_same_end(moment, kg, tmp_path, undisturbed):
    url = f"sqlite:///{tmp_path}/killed.sqlite"
    with _begun(tmp_path, url) as process:
        end = time.monotonic() + 60
        while not Path("out", moment).exists():
            assert time.monotonic() < end
            assert process.poll() is None
            time.sleep(0.002)
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert kg("--store", url, *COMMAND).code == 0
    assert _files(Path("out")) == _files(undisturbed[0])
