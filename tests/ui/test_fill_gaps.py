"""`kg generate --fill-gaps` as it is typed, with a model behind HTTP."""

from __future__ import annotations

import json

import pytest

from codegen.sandbox import Level, offers, reachable
from tests.kg.llm.serving import Turn, model_server

MASK = 'def mask(events):\n    return ak.any(events["AnalysisMuonsAuxDyn.pt"] > 2.6e4, axis=1)\n'


@pytest.fixture
def server(monkeypatch):
    pytest.importorskip("llama_index.llms.openai_like", reason="the extra llm is not installed")
    if reachable(offers()) < Level.CONFINED:
        pytest.skip("this machine confines no program")
    with model_server() as running:
        monkeypatch.setenv("KG_LLM_URL", running.url)
        monkeypatch.setenv("KG_LLM_MODEL", "made")
        yield running


def answer(request):
    """A mask for the trigger, and for nothing else."""
    text = next(message["content"] for message in request["messages"] if message["role"] == "user")
    code = MASK if text.startswith("Requirement: event: trigger") else ""
    return Turn(json.dumps({"possible": bool(code), "why": "no branch holds it", "code": code}))


def test_the_mask_stands_in_the_program_and_in_the_report(kg, server, tmp_path):
    kg("ingest", "1806.00242", "--depth", "2", "--offline")
    server.answer = answer
    path = tmp_path / "h4l.py"
    done = kg("generate", "1806.00242", "--fill-gaps", "-o", str(path), "--format", "json")
    assert done.code == 0, done.err
    assert "1 of 4 gaps filled by made" in done.err
    assert "not filled, the model finds no branch for it: no branch holds it" in done.err
    (written,) = [row for row in json.loads(done.out)["cuts"] if row["class"] == "by a model"]
    assert (written["variable"], written["reason"]) == ("trigger", "written by made")
    assert "# Written by the model made (round 1), of each event" in path.read_text()
    first, asked = path.read_bytes(), len(server.asked)
    again = kg("generate", "1806.00242", "--fill-gaps", "-o", str(path))
    assert again.code == 0
    assert path.read_bytes() == first
    assert len(server.asked) == asked, "replies are kept"


def test_a_server_that_is_not_there_is_told(kg, server, tmp_path, monkeypatch):
    kg("ingest", "1806.00242", "--depth", "2", "--offline")
    monkeypatch.setenv("KG_LLM_URL", "http://127.0.0.1:9/v1")
    done = kg("generate", "1806.00242", "--fill-gaps", "-o", str(tmp_path / "h4l.py"))
    assert done.code == 1
    assert "127.0.0.1:9" in done.err
    assert not (tmp_path / "h4l.py").exists()


def test_no_model_set_up(kg, tmp_path, monkeypatch):
    monkeypatch.delenv("KG_LLM_URL", raising=False)
    monkeypatch.delenv("KG_LLM_MODEL", raising=False)
    kg("ingest", "1806.00242", "--depth", "2", "--offline")
    done = kg("generate", "1806.00242", "--fill-gaps", "-o", str(tmp_path / "h4l.py"))
    assert done.code == 1
    assert "KG_LLM_" in done.err


def test_a_sample_alone_is_wrong_use(kg, tmp_path):
    assert kg("generate", "1806.00242", "--sample", str(tmp_path / "a.root")).code == 2
