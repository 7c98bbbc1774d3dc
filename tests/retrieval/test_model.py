"""The model that answers questions is that of the environment, and its faults are those of `kg.llm`."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.llm.errors import ModelUnavailable, NoModel, UnusableReply
from retrieval.answer import answered
from retrieval.model import model_of_environment
from tests.kg.llm.serving import ModelServer, Turn, model_server
from tests.kg.readings import cut

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")

PT = cut("2001.00001", "muon", "pt", ">", 20.0, "GeV")


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):  # type: ignore[no-untyped-def]
    pytest.importorskip("llama_index.llms.openai_like", reason="the extra llm is not installed")
    with model_server() as running:
        monkeypatch.setenv("KG_LLM_URL", running.url)
        monkeypatch.setenv("KG_LLM_MODEL", "made")
        monkeypatch.setenv("KG_CACHE", str(tmp_path))
        yield running


def test_claims_of_a_served_model(server: ModelServer) -> None:
    server.always(Turn('{"claims": [{"text": "Muons must exceed 20 GeV.", "cuts": ["%s"]}]}' % PT.id[4:12]))  # noqa: UP031
    (claim,) = answered(model_of_environment(), "muon pT?", [PT], {PT.id: "Muons must have p_T > 20 GeV."})
    assert (claim.cuts, claim.struck) == ((PT.id,), "")
    assert "muon pT?" in server.texts()[0]


@pytest.mark.parametrize(
    ("turn", "error"),
    [
        (Turn(status=500, body=b"{}"), ModelUnavailable),
        (Turn("Muons have 20 GeV."), UnusableReply),
        (Turn('{"claims": [{"text": 5, "cuts": []}]}'), UnusableReply),
        (Turn('{"claims": {"text": "x"}}'), UnusableReply),
    ],
)
def test_a_model_that_gives_no_answer(server: ModelServer, turn: Turn, error: type[Exception]) -> None:
    server.always(turn)
    with pytest.raises(error):
        answered(model_of_environment(), "muon pT?", [PT], {})


def test_no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("KG_LLM_URL", "KG_LLM_MODEL"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(NoModel, match="KG_LLM_MODEL is not set"):
        model_of_environment()
