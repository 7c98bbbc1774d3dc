"""Servers that are slow, broken, overloaded, dishonest or not there, met over HTTP."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest

from kg.llm.errors import ModelError, ModelUnavailable, UnusableReply
from kg.llm.opened import opened_model
from kg.llm.settings import ModelSettings
from tests.kg.llm.serving import ModelServer, Turn, model_server

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")

SCHEMA = {
    "type": "object",
    "properties": {"cuts": {"type": "array", "items": {"type": "string"}}},
    "required": ["cuts"],
    "additionalProperties": False,
}
GOOD = Turn('{"cuts": ["a"]}')


def reply(settings: ModelSettings, text: str = "text") -> Any:
    return opened_model(settings).reply("instructions", text, SCHEMA)


def test_a_server_that_is_well(server: ModelServer, settings: ModelSettings) -> None:
    server.always(GOOD)
    model = opened_model(replace(settings, temperature=0.7, seed=3))
    assert model.reply("instructions", "text", SCHEMA, longest=77) == {"cuts": ["a"]}
    (asked,) = server.asked
    assert (asked["model"], asked["temperature"], asked["seed"], asked["max_tokens"]) == ("made", 0.7, 3, 77)
    assert [(m["role"], m["content"]) for m in asked["messages"]] == [("system", "instructions"), ("user", "text")]
    assert asked["response_format"]["json_schema"]["schema"] == SCHEMA
    assert (model.usage.requests, model.usage.tokens_in, model.usage.tokens_out) == (1, 10, 5)


@pytest.mark.parametrize(
    "fault",
    [
        Turn(status=500, body=b'{"error": {"message": "no"}}'),
        Turn(status=502, body=b"<html>bad gateway</html>"),
        Turn(status=503, body=b""),
        Turn(status=429, headers=(("Retry-After", "0"),), body=b"{}"),
        Turn(closes=True),
        Turn('{"cuts": ["a", "b"]}', cut=True),
        Turn(body=b""),
        Turn(body=b"<html>hello</html>"),
        Turn(body=b"{}"),
        Turn(body=b'{"choices": []}'),
        Turn(body=b"\xff"),
    ],
)
def test_a_fault_that_passes_is_got_over(server: ModelServer, settings: ModelSettings, fault: Turn) -> None:
    server.turns = [fault]
    server.always(GOOD)
    assert reply(settings) == {"cuts": ["a"]}
    assert len(server.asked) == 2


@pytest.mark.parametrize("status", [500, 503])
def test_a_fault_that_stays_is_an_error_after_a_bounded_number_of_tries(
    server: ModelServer, settings: ModelSettings, status: int
) -> None:
    server.always(Turn(status=status, body=b'{"error": {"message": "no"}}'))
    with pytest.raises(ModelUnavailable, match="does not answer") as refused:
        reply(replace(settings, key="secret-key", attempts=3))
    assert len(server.asked) == 3
    assert server.url in str(refused.value)
    assert str(status) in str(refused.value)
    assert "secret-key" not in str(refused.value)


@pytest.mark.parametrize("status", [400, 401, 403, 404])
def test_a_refusal_is_not_repeated(server: ModelServer, settings: ModelSettings, status: int) -> None:
    server.always(Turn(status=status, body=b'{"error": {"message": "no such thing"}}'))
    with pytest.raises(ModelUnavailable, match=str(status)):
        reply(settings)
    assert len(server.asked) == 1


def test_retry_after_is_obeyed_in_seconds(server: ModelServer, settings: ModelSettings) -> None:
    server.turns = [Turn(status=429, headers=(("Retry-After", "1"),), body=b"{}")]
    server.always(GOOD)
    began = time.monotonic()
    assert reply(settings) == {"cuts": ["a"]}
    assert time.monotonic() - began >= 1.0


def test_retry_after_is_obeyed_as_a_date(server: ModelServer, settings: ModelSettings) -> None:
    then = format_datetime(datetime.now(UTC) + timedelta(seconds=2), usegmt=True)
    server.turns = [Turn(status=503, headers=(("Retry-After", then),), body=b"{}")]
    server.always(GOOD)
    began = time.monotonic()
    assert reply(settings) == {"cuts": ["a"]}
    assert time.monotonic() - began >= 0.9


def test_a_server_that_asks_for_too_long_a_wait_is_left(server: ModelServer, settings: ModelSettings) -> None:
    server.always(Turn(status=429, headers=(("Retry-After", "86400"),), body=b"{}"))
    with pytest.raises(ModelUnavailable, match="86400 s"):
        reply(settings)
    assert len(server.asked) == 1


@pytest.mark.parametrize("fault", [Turn(hangs=True), Turn("{}", drips=True)])
def test_a_server_that_hangs_or_drips_is_left_when_its_time_is_up(
    server: ModelServer, settings: ModelSettings, fault: Turn
) -> None:
    server.always(fault)
    began = time.monotonic()
    with pytest.raises(ModelUnavailable, match="does not answer"):
        reply(replace(settings, timeout=0.4))
    assert time.monotonic() - began < 4
    assert len(server.asked) == 2


def test_nobody_listens_and_later_requests_are_not_made_to_wait(settings: ModelSettings) -> None:
    with model_server() as gone:
        url = gone.url
    model = opened_model(replace(settings, url=url))
    with pytest.raises(ModelUnavailable, match="cannot be reached"):
        model.reply("instructions", "text", SCHEMA)
    began = time.monotonic()
    for number in range(20):
        with pytest.raises(ModelUnavailable):
            model.reply("instructions", f"text {number}", SCHEMA)
    assert time.monotonic() - began < 3


@pytest.mark.parametrize(
    "words",
    [
        "", "I found no cuts.", '{"cuts": ["a"', "[]", "null", "5", '{"cut": []}', '{"cuts": [5]}', '{"cuts": null}',
        '{"cuts": [], "more": 1}', '{"cuts": ["a"]} or {"cuts": ["b"]}', "[" * 50_000, '{"cuts": NaN}',
    ],
)  # fmt: skip
def test_words_of_another_form_are_asked_for_again_and_never_kept(
    server: ModelServer, settings: ModelSettings, words: str
) -> None:
    """A server that ignores `response_format` is no other case: nothing but our own check counts."""
    server.always(Turn(words))
    model = opened_model(settings)
    with pytest.raises(UnusableReply, match="cannot be used"):
        model.reply("instructions", "text", SCHEMA)
    assert len(server.asked) == model.usage.unusable == 3
    assert server.asked[1]["messages"][:2] == server.asked[0]["messages"]
    assert len(server.asked[1]["messages"]) == 3, "it is told what was wrong"
    server.always(GOOD)
    assert model.reply("instructions", "text", SCHEMA) == {"cuts": ["a"]}
    assert len(server.asked) == 4, "the failed reply was not kept"


def test_a_model_that_answers_nothing_at_all(server: ModelServer, settings: ModelSettings) -> None:
    server.always(Turn(None))
    with pytest.raises(UnusableReply, match="empty"):
        reply(settings)


@pytest.mark.parametrize(
    "words",
    [
        '```json\n{"cuts": ["a"]}\n```',
        'Here are the cuts: {"cuts": ["a"]} I hope this helps {you}.',
        '<think>perhaps {"cuts": []}?</think>\n{"cuts": ["a"]}',
    ],
)
def test_prose_around_one_value_does_no_harm(server: ModelServer, settings: ModelSettings, words: str) -> None:
    server.always(Turn(words))
    assert reply(settings) == {"cuts": ["a"]}


def test_a_reply_cut_for_its_length_may_be_longer_the_next_time(server: ModelServer, settings: ModelSettings) -> None:
    server.turns = [Turn('{"cuts": ["a"', finish="length")]
    server.always(GOOD)
    assert reply(settings) == {"cuts": ["a"]}
    first, second = server.asked
    assert second["max_tokens"] == 2 * first["max_tokens"]


def test_an_older_server_that_refuses_the_schema_is_asked_without_it(
    server: ModelServer, settings: ModelSettings
) -> None:
    refusal = json.dumps({"error": {"message": "unknown field response_format"}}).encode()
    server.answer = lambda request: Turn(status=400, body=refusal) if "response_format" in request else GOOD
    model = opened_model(settings)
    assert model.reply("instructions", "text", SCHEMA) == {"cuts": ["a"]}
    assert model.reply("instructions", "other", SCHEMA) == {"cuts": ["a"]}
    assert len(server.asked) == 3, "it is remembered"


def test_every_error_of_a_model_is_of_one_family(server: ModelServer, settings: ModelSettings) -> None:
    server.always(Turn(status=418, body=b"{}"))
    with pytest.raises(ModelError):
        reply(settings)
