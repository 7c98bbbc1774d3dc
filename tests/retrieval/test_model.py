"""The model behind KG_LLM_URL: a server that is well, slow, broken, or not there."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator

import pytest

from retrieval.answer import INSTRUCTIONS, SCHEMA, NoModelAnswer
from retrieval.model import ServedModel, model_of_environment
from tests.retrieval.serving import ModelServer, model_server

pytest.importorskip("llama_index.llms.openai_like", reason="the extra llm is not installed")
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with model_server() as running:
        yield running


def test_the_reply_of_a_server(server: ModelServer) -> None:
    server.says = '{"claims": []}'
    assert ServedModel(server.url, "made").reply(INSTRUCTIONS, "question", SCHEMA) == '{"claims": []}'
    (asked,) = server.asked
    assert asked["model"] == "made"
    assert asked["temperature"] == 0
    assert [message["role"] for message in asked["messages"]] == ["system", "user"]
    assert asked["response_format"]["type"] == "json_schema"


@pytest.mark.parametrize("status", [400, 401, 404, 500, 503])
def test_a_server_that_refuses(server: ModelServer, status: int) -> None:
    server.status, server.body = status, b'{"error": {"message": "no"}}'
    with pytest.raises(NoModelAnswer, match="does not answer") as refused:
        ServedModel(server.url, "made", key="secret-key", patience=2).reply(INSTRUCTIONS, "question", SCHEMA)
    assert server.url in str(refused.value)
    assert "secret-key" not in str(refused.value)


@pytest.mark.parametrize(
    "body", [b"", b"<html>gateway</html>", b"{}", b'{"choices": []}', b'{"choices": [{}]}', b"\xff"]
)
def test_a_server_that_is_no_model(server: ModelServer, body: bytes) -> None:
    server.body = body
    with pytest.raises(NoModelAnswer):
        ServedModel(server.url, "made", patience=2).reply(INSTRUCTIONS, "question", SCHEMA)


def test_a_server_that_hangs_is_left_after_the_time_it_is_given(server: ModelServer) -> None:
    server.hangs = True
    began = time.monotonic()
    with pytest.raises(NoModelAnswer, match="does not answer"):
        ServedModel(server.url, "made", patience=0.3).reply(INSTRUCTIONS, "question", SCHEMA)
    assert time.monotonic() - began < 8


def test_nobody_listens() -> None:
    with model_server() as gone:
        url = gone.url
    with pytest.raises(NoModelAnswer, match="does not answer"):
        ServedModel(url, "made", patience=1).reply(INSTRUCTIONS, "question", SCHEMA)


def test_a_reply_without_words_is_none(server: ModelServer) -> None:
    server.body = json.dumps(
        {
            "id": "1", "object": "chat.completion", "created": 0, "model": "made",
            "choices": [{"index": 0, "message": {"role": "assistant", "content": None}, "finish_reason": "stop"}],
        }
    ).encode()  # fmt: skip
    assert ServedModel(server.url, "made").reply(INSTRUCTIONS, "question", SCHEMA) == ""


@pytest.mark.parametrize(("name", "missing"), [("KG_LLM_MODEL", "KG_LLM_URL"), ("KG_LLM_URL", "KG_LLM_MODEL")])
def test_a_model_that_is_half_set_up_names_what_is_missing(
    name: str, missing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, "http://localhost:1/v1")
    with pytest.raises(NoModelAnswer, match=f"{missing} is not set"):
        model_of_environment()
