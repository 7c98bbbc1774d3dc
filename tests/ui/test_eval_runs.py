"""`kg eval extraction --reader …`: the protocol of runs, with a scripted model."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.ingest.models.reading_server import cut, cuts, read
from tests.kg.llm.serving import ModelServer, Turn, model_server
from tests.ui.conftest import Kg

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")

SENTENCES = ("Muons must have p_T > 20 GeV.", "Jets must have p_T > 30 GeV.")


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModelServer]:
    pytest.importorskip("llama_index.llms.openai_like", reason="the extra llm is not installed")
    with model_server() as running:
        monkeypatch.setenv("KG_LLM_URL", running.url)
        monkeypatch.setenv("KG_LLM_MODEL", "made")
        yield running


@pytest.fixture
def paper(tmp_path: Path) -> list[str]:
    """The arguments that name a key and the folder with its paper."""
    (tmp_path / "library").mkdir()
    body = " ".join(s.replace("p_T > ", "$p_T >$ ") for s in SENTENCES)
    text = rf"\documentclass{{article}}\begin{{document}}\section{{Selection}} {body}\end{{document}}"
    (tmp_path / "library" / "made.tex").write_text(text)
    keyed: list[dict[str, Any]] = [
        {"object": thing, "variable": "pt", "op": ">", "value": value, "unit": "GeV", "quote": quote, "weight": "core"}
        for thing, value, quote in (("muon", 20, SENTENCES[0]), ("jet", 30, SENTENCES[1]))
    ]
    (tmp_path / "made.key.json").write_text(json.dumps({"paper": "made", "cuts": keyed}))
    return [str(tmp_path / "made.key.json"), "--library", str(tmp_path / "library")]


def summary(kg: Kg, *arguments: str) -> dict[str, dict[str, Any]]:
    answer = kg("eval", "extraction", *arguments, "--format", "json")
    assert answer.code == 0, answer.err
    return {one["reader"]: one for one in json.loads(answer.out)["summary"]}


def test_what_is_right_and_what_is_hallucinated_before_and_after_the_gate(
    kg: Kg, server: ModelServer, paper: list[str]
) -> None:
    invented = (cut(object="photon", value=999, quote="Photons must have p_T > 999 GeV"), cut(value=25))
    server.answer = lambda request: cuts(*json.loads(str(read(request).says))["cuts"], *invented)
    found = summary(kg, *paper, "--reader", "rules", "--reader", "llm", "--reader", "both", "--seeds", "1,2,3")
    assert [found[name]["runs"] for name in ("rules", "llm", "both")] == [1, 3, 3]
    assert [found[name]["core"] for name in ("rules", "llm", "both")] == [1.0, 1.0, 1.0]
    assert found["llm"]["hallucinated_proposed"] == 2
    assert found["llm"]["hallucinated_verified"] == found["both"]["hallucinated_verified"] == 0
    assert {request["seed"] for request in server.asked} == {1, 2, 3}


def test_medians_are_over_the_runs_that_did_not_fail(kg: Kg, server: ModelServer, paper: list[str]) -> None:
    def by_seed(request: dict[str, Any]) -> Turn:
        if request["seed"] >= 30:  # and the seeds of its further tries
            return Turn("I cannot do that.")
        return read(request) if request["seed"] == 10 else cuts()

    server.answer = by_seed
    found = summary(kg, *paper, "--reader", "llm", "--seeds", "10,20,30", "--temperature", "0.7")["llm"]
    assert (found["runs"], found["failed"], found["core"]) == (3, 1, 0.5)
    assert {request["temperature"] for request in server.asked} == {0.7}


def test_bulk_beside_chunked_as_a_table_and_a_plot(
    kg: Kg, server: ModelServer, paper: list[str], tmp_path: Path
) -> None:
    server.answer = read
    plot = tmp_path / "runs.png"
    arguments = [*paper, "--reader", "llm", "--pieces", "bulk", "--pieces", "chunked", "--runs", "2"]
    answer = kg("eval", "extraction", *arguments, "--plot", str(plot))
    assert answer.code == 0, answer.err
    assert "llm, bulk" in answer.out
    assert "llm, chunked" in answer.out
    pytest.importorskip("matplotlib")
    assert plot.read_bytes().startswith(b"\x89PNG")


def test_the_rules_alone_need_no_model(kg: Kg, paper: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KG_LLM_URL", raising=False)
    assert summary(kg, *paper, "--reader", "rules")["rules"]["core"] == 1.0


def test_wrong_use(kg: Kg, paper: list[str]) -> None:
    assert kg("eval", "extraction", paper[0], "--reader", "rules").code == 2
    assert kg("eval", "extraction", *paper, "--plot", "x.png").code == 2
    assert kg("eval", "extraction", *paper, "--reader", "llm", "--seeds", "one").code == 2


def test_a_judge_is_asked_only_of_what_the_scorer_leaves_open(kg: Kg, server: ModelServer, paper: list[str]) -> None:
    def answer(request: dict[str, Any]) -> Turn:
        if "states" in json.dumps(request["response_format"]):
            return Turn('{"states": true}')
        return read(request)

    server.answer = answer
    keys = json.loads(Path(paper[0]).read_text())
    Path(paper[0]).write_text(json.dumps({**keys, "cuts": keys["cuts"][:1]}))
    found = summary(kg, *paper, "--reader", "llm", "--judge")["llm"]
    assert (found["correct"], found["unkeyed_verified"], found["judged"]) == (1, 1, 1)
    assert sum("states" in json.dumps(request["response_format"]) for request in server.asked) == 1


def test_no_run_that_succeeds_is_an_error(kg: Kg, server: ModelServer, paper: list[str]) -> None:
    server.always(Turn(status=401, body=b"{}"))
    answer = kg("eval", "extraction", *paper, "--reader", "llm", "--runs", "2")
    assert answer.code == 1
    assert "no run with the model succeeded" in answer.err
