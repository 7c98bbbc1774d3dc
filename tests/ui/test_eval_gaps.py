"""`kg eval codegen --model`: a model's masks held against the events of an independent loop."""

from __future__ import annotations

import json

import pytest

from codegen.sandbox import Level, offers, reachable
from tests.codegen.events.samples import make
from tests.codegen.selections_from_cuts import expected
from tests.kg.llm.serving import Turn, model_server


@pytest.fixture
def measured(kg, tmp_path, monkeypatch):
    """`measured(code)`: what is printed where the model gives that code for the p_T of muons."""
    pytest.importorskip("llama_index.llms.openai_like", reason="the extra llm is not installed")
    if reachable(offers()) < Level.CONFINED:
        pytest.skip("this machine confines no program")
    make("four_lepton", tmp_path / "a.root", 150)
    wanted = tmp_path / "a.json"
    wanted.write_text(json.dumps({"selected": expected("h4l", tmp_path / "a.root")}))
    kg("ingest", "1806.00242", "--depth", "2", "--offline")
    cuts = json.loads(kg("cuts", "1806.00242", "--effective", "--format", "json").out)
    (cut,) = [one["id"] for one in cuts if (one["object"], one["variable"], one["applies_when"]) == ("muon", "pt", "")]

    def measure(*says: str) -> dict[str, object]:
        with model_server() as server:
            server.turns = [Turn(text) for text in says[:-1]]
            server.always(Turn(says[-1]))
            monkeypatch.setenv("KG_LLM_URL", server.url)
            command = ("eval", "codegen", "1806.00242", str(tmp_path / "a.root"), str(wanted), "--model", "made")
            answer = kg(*command, "--gap", cut, "--runs", "2", "--format", "json")
        assert answer.code == 0, answer.err
        return json.loads(answer.out)

    return measure


def mask(line):
    return json.dumps({"possible": True, "why": "so", "code": f"def mask(events):\n    return {line}\n"})


def test_a_right_mask_matches_exactly(measured):
    found = measured(mask('events["AnalysisMuonsAuxDyn.pt"] > 5000.0'))
    assert (found["exactly_matched"], found["not_matched"], found["failed"]) == (2, 0, 0)


def test_a_mask_that_forgets_the_unit_does_not(measured):
    found = measured(mask('events["AnalysisMuonsAuxDyn.pt"] > 5.0'))
    assert (found["exactly_matched"], found["not_matched"], found["failed"]) == (0, 2, 0)
    assert "not expected" in found["outcomes"][0]["detail"]


def test_prose_is_a_failure(measured):
    found = measured("I would cut on the transverse momentum.")
    assert (found["exactly_matched"], found["not_matched"], found["failed"]) == (0, 0, 2)
