"""`kg ingest --reader llm|both` as a command: kept replies, interruptions, budgets, and cuts of the rules."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT
from tests.ingest.models.reading_server import cut, cuts, read
from tests.kg.llm.serving import ModelServer, Turn

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")

OBJECTS = ("Electrons", "Muons", "Taus", "Photons", "Jets")


def tex(paper: int, sections: int = 4) -> str:
    """A short paper with one requirement a section."""
    parts = [
        rf"\section{{Selection {n}}} {OBJECTS[n % 5]} must have $p_T > {10 * paper + n + 1}$ GeV. " + "Filler. " * 5
        for n in range(sections)
    ]
    body = "\n".join(parts)
    return rf"\documentclass{{article}}\title{{Paper {paper}}}\begin{{document}}\maketitle{body}\end{{document}}"


class Command:
    """The command line in a process of its own, with a store, a cache and papers of its own."""

    def __init__(self, folder: Path, url: str) -> None:
        self.folder = folder
        self.environment = os.environ | {
            "PYTHONPATH": str(ROOT),
            "KG_STORE": f"sqlite:///{folder}/graph.sqlite",
            "KG_CACHE": str(folder / "cache"),
            "KG_LLM_URL": url,
            "KG_LLM_MODEL": "made",
            "KG_LLM_CONCURRENCY": "4",
            "KG_EMBEDDER": "none",
        }

    def papers(self, number: int) -> list[str]:
        """So many papers as files."""
        files = [self.folder / f"paper{n:02d}.tex" for n in range(1, number + 1)]
        for n, file in enumerate(files, 1):
            file.write_text(tex(n))
        return list(map(str, files))

    def start(self, *arguments: str, **environment: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-c", "from ui.main import main; main()", *arguments]
        return subprocess.Popen(
            command,
            env=self.environment | environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def __call__(self, *arguments: str, **environment: str) -> tuple[int, str, str]:
        process = self.start(*arguments, **environment)
        out, err = process.communicate(timeout=120)
        return process.returncode, out, err

    def rows(self, paper: str) -> list[dict[str, Any]]:
        code, out, err = self("cuts", paper, "--format", "json")
        assert code == 0, err
        found: list[dict[str, Any]] = json.loads(out)
        return found

    def exported(self) -> str:
        code, out, err = self("export")
        assert code == 0, err
        return out


@pytest.fixture
def command(tmp_path: Path, server: ModelServer) -> Command:
    return Command(tmp_path, server.url)


def repeated(server: ModelServer) -> list[str]:
    """Texts that were asked for more than once."""
    return [text for text, times in Counter(server.texts()).items() if times > 1]


def test_a_paper_read_by_a_model_is_in_the_store_with_its_activity(command: Command, server: ModelServer) -> None:
    server.answer = read
    (paper,) = command.papers(1)
    code, out, err = command("ingest", paper, "--reader", "llm", "--offline", "--format", "json")
    assert code == 0, err
    report = json.loads(out)
    assert report["model"]["requests"] == len(server.asked) > 0
    rows = command.rows(report["papers"][0]["paper"])
    assert [(r["object"], r["value"], r["status"]) for r in rows] == [
        ("electron", 11, "verified"), ("muon", 12, "verified"), ("tau", 13, "verified"), ("photon", 14, "verified"),
    ]  # fmt: skip
    activities = [json.loads(line) for line in command.exported().splitlines() if '"Activity"' in line]
    (activity,) = [a for a in activities if a.get("kind") == "Activity"]
    assert activity["reader"] == "llm"
    assert "made" in json.dumps(activity["settings"])


def test_a_second_run_costs_nothing_also_in_another_store(command: Command, server: ModelServer) -> None:
    server.answer = read
    papers = command.papers(2)
    assert command("ingest", *papers, "--reader", "llm", "--offline")[0] == 0
    asked, exported = len(server.asked), command.exported()
    assert command("ingest", *papers, "--reader", "llm", "--offline")[0] == 0
    command.environment["KG_STORE"] = f"sqlite:///{command.folder}/other.sqlite"
    assert command("ingest", *papers, "--reader", "llm", "--offline")[0] == 0
    assert len(server.asked) == asked
    assert command.exported() == exported


def test_a_killed_run_resumes_without_repeating_a_request(
    command: Command, server: ModelServer, tmp_path: Path
) -> None:
    server.answer, server.latency = read, 0.1
    papers = command.papers(8)
    process = command.start("ingest", *papers, "--reader", "llm", "--offline")
    while len(server.spans) < 12:
        time.sleep(0.01)
        assert process.poll() is None, "it was over before it could be killed"
    process.send_signal(signal.SIGKILL)
    process.communicate()
    time.sleep(0.5)  # requests that were under way end at the server; their replies reach nobody
    answered = len(server.spans)
    server.latency = 0.0
    code, _, err = command("ingest", *papers, "--reader", "llm", "--offline")
    assert code == 0, err
    # what was under way when it was killed has to be asked again, and nothing else
    assert len(repeated(server)) <= 4
    assert len(server.asked) - answered <= 8 * 4 - 12 + 4
    undisturbed = Command(tmp_path, server.url)
    undisturbed.environment["KG_STORE"] = f"sqlite:///{tmp_path}/undisturbed.sqlite"
    assert undisturbed("ingest", *papers, "--reader", "llm", "--offline")[0] == 0
    assert undisturbed.exported() == command.exported()


def test_a_server_that_dies_half_way_costs_only_what_is_missing(command: Command, server: ModelServer) -> None:
    papers = command.papers(4)
    server.answer = lambda request: read(request) if len(server.asked) <= 6 else Turn(closes=True)
    code, _, err = command("ingest", *papers, "--reader", "llm", "--offline")
    assert code == 1
    assert "the model does not answer" in err
    had = set(server.texts()[:6])
    server.asked.clear()
    server.answer = read
    assert command("ingest", *papers, "--reader", "llm", "--offline")[0] == 0
    assert len(server.asked) == 4 * 4 - 6
    assert not had & set(server.texts())


def test_a_budget_ends_the_asking_and_a_larger_one_goes_on(command: Command, server: ModelServer) -> None:
    server.answer = lambda request: replace(read(request), used=(800, 200))
    papers = command.papers(2)
    code, _, err = command(
        "ingest", *papers, "--reader", "llm", "--offline", "--budget", "5000", KG_LLM_CONCURRENCY="1"
    )
    assert code == 1
    assert "the token budget is spent" in err
    some = len(server.asked)
    assert 0 < some < 8
    assert command("ingest", *papers, "--reader", "llm", "--offline")[0] == 0
    assert len(server.asked) == 8


def test_a_dry_run_asks_nothing_and_says_what_it_would_cost(command: Command, server: ModelServer) -> None:
    papers = command.papers(2)
    prices = {"KG_LLM_PRICE_IN": "1.0", "KG_LLM_PRICE_OUT": "4.0"}
    code, out, err = command(
        "ingest", *papers, "--reader", "llm", "--offline", "--dry-run", "--format", "json", **prices
    )
    assert code == 0, err
    assert server.asked == []
    told = json.loads(out)["model"]
    assert told["requests"] == 8
    assert told["cost"] == pytest.approx((told["tokens_in"] + 4 * told["tokens_out"]) / 1e6)
    server.answer = read
    assert command("ingest", *papers, "--reader", "llm", "--offline")[0] == 0
    assert len(server.asked) == told["requests"]
    code, out, _ = command("ingest", *papers, "--reader", "both", "--offline", "--dry-run", "--budget", "10")
    assert code == 0
    assert "more than the budget" in out


def test_a_model_never_takes_the_place_of_what_the_rules_have_read(command: Command, server: ModelServer) -> None:
    (paper,) = command.papers(1)
    assert command("ingest", paper, "--offline")[0] == 0
    _, out, _ = command("papers", "--format", "json")
    (name,) = (paper["paper"] for paper in json.loads(out))
    before = {row["id"] for row in command.rows(name) if row["status"] == "verified"}
    assert len(before) == 4
    server.always(cuts(cut(op="<", value=12, quote="Muons must have p_T > 12 GeV")))
    assert command("ingest", paper, "--reader", "llm", "--offline")[0] == 0
    rows = command.rows(name)
    assert before <= {row["id"] for row in rows if row["status"] == "verified"}
    (conflict,) = [row for row in rows if row["status"] == "unverified"]
    assert (conflict["op"], conflict["value"]) == ("<", 12)
    asked = len(server.asked)
    assert command("ingest", paper, "--reader", "llm", "--offline")[0] == 0
    assert len(server.asked) == asked


def test_ctrl_c_does_not_wait_for_a_server_that_hangs(command: Command, server: ModelServer) -> None:
    server.always(Turn(hangs=True))
    process = command.start("ingest", *command.papers(3), "--reader", "llm", "--offline")
    while len(server.asked) < 2:
        time.sleep(0.02)
        assert process.poll() is None
    began = time.monotonic()
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=20)
    assert process.returncode == 130
    assert time.monotonic() - began < 10


def test_no_more_requests_than_allowed_also_for_many_papers(command: Command, server: ModelServer) -> None:
    server.answer, server.latency = read, 0.05
    assert command("ingest", *command.papers(6), "--reader", "llm", "--offline", KG_LLM_CONCURRENCY="3")[0] == 0
    assert server.most_at_once() == 3
