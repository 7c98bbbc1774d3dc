"""What is kept, counted and held under a limit."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from kg.llm.asked import AskedModel
from kg.llm.cache import ReplyCache
from kg.llm.errors import BudgetSpent, UnusableReply
from kg.llm.opened import opened_model
from kg.llm.saying import NotSaid, Request, Said
from kg.llm.settings import ModelSettings
from kg.llm.usage import Usage
from tests.kg.llm.serving import ModelServer, Turn

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")

SCHEMA = {"type": "object", "required": ["n"]}


class Speaking:
    """A speaker that says what it is given, in turn, the last for ever."""

    name, where = "made", "here"

    def __init__(self, *said: Said | NotSaid) -> None:
        self.said, self.requests = list(said), list[Request]()

    def say(self, request: Request) -> Said:
        self.requests.append(request)
        now = self.said.pop(0) if len(self.said) > 1 else self.said[0]
        if isinstance(now, NotSaid):
            raise now
        return now


def asked(speaker: Speaking, tmp_path: Path, sleeps: list[float] | None = None, **changes: object) -> AskedModel:
    settings = replace(ModelSettings(model="made", url="http://x/v1", cache=tmp_path), **changes)  # type: ignore[arg-type]
    return AskedModel(speaker, settings, sleep=(sleeps if sleeps is not None else []).append, clock=lambda: 0.0)


def test_a_reply_is_asked_for_once_also_by_another_process(server: ModelServer, settings: ModelSettings) -> None:
    server.always(Turn('{"n": 1}'))
    for _ in range(3):
        model = opened_model(settings)
        assert model.reply("i", "t", SCHEMA) == {"n": 1}
    assert len(server.asked) == 1
    assert model.usage == Usage(kept=1)


def test_everything_that_a_reply_depends_on_makes_another_request(tmp_path: Path) -> None:
    speaker = Speaking(Said('{"n": 1}'))
    model = asked(speaker, tmp_path)
    model.reply("i", "t", SCHEMA)
    model.reply("j", "t", SCHEMA)
    model.reply("i", "u", SCHEMA)
    model.reply("i", "t", {**SCHEMA, "description": "other"})
    model.reply("i", "t", SCHEMA, longest=9)
    asked(speaker, tmp_path, temperature=0.7).reply("i", "t", SCHEMA)
    asked(speaker, tmp_path, seed=1).reply("i", "t", SCHEMA)
    assert len(speaker.requests) == 7
    asked(speaker, tmp_path, url="http://elsewhere/v1").reply("i", "t", SCHEMA)
    assert len(speaker.requests) == 7, "the same model elsewhere is the same model"


def test_a_damaged_entry_of_the_cache_is_none(tmp_path: Path) -> None:
    speaker = Speaking(Said('{"n": 1}'))
    asked(speaker, tmp_path).reply("i", "t", SCHEMA)
    (kept,) = [path for path in tmp_path.rglob("*") if path.is_file()]
    for damage in ("", "{", "[]", '{"key": "other", "reply": {"n": 2}}', "\x00"):
        kept.write_text(damage)
        assert asked(speaker, tmp_path).reply("i", "t", SCHEMA) == {"n": 1}
    assert len(speaker.requests) == 6


def test_a_cache_that_cannot_be_written_costs_nothing_but_requests(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    ReplyCache(tmp_path / "file").put("a" * 64, {})
    assert asked(Speaking(Said('{"n": 1}')), tmp_path / "file").reply("i", "t", SCHEMA) == {"n": 1}


def test_a_kept_reply_may_be_anything_even_null(tmp_path: Path) -> None:
    cache = ReplyCache(tmp_path)
    cache.put("a" * 64, None)
    assert cache.get("a" * 64) == (None,)
    assert cache.get("b" * 64) is None


def test_a_request_that_might_go_over_the_budget_is_not_sent(tmp_path: Path) -> None:
    speaker = Speaking(Said('{"n": 1}', tokens_in=60, tokens_out=30))
    model = asked(speaker, tmp_path, budget=200)
    model.reply("i", "t", SCHEMA, longest=90)
    model.reply("i", "u", SCHEMA, longest=90)
    with pytest.raises(BudgetSpent, match="180 of 200"):
        model.reply("i", "v", SCHEMA, longest=90)
    assert len(speaker.requests) == 2
    assert model.reply("i", "t", SCHEMA, longest=90) == {"n": 1}, "what is kept costs nothing"
    assert asked(speaker, tmp_path, budget=1000).reply("i", "v", SCHEMA, longest=90) == {"n": 1}


def test_the_budget_also_holds_for_requests_under_way(server: ModelServer, settings: ModelSettings) -> None:
    server.always(Turn('{"n": 1}'))
    server.latency = 0.2
    model = opened_model(replace(settings, budget=250, concurrency=8))

    def one(number: int) -> bool:
        try:
            model.reply("i", f"{number}", SCHEMA, longest=100)
        except BudgetSpent:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(one, range(8))) == 2


def test_failed_replies_count_against_the_budget(tmp_path: Path) -> None:
    model = asked(Speaking(Said("prose", tokens_in=60, tokens_out=30)), tmp_path, budget=250)
    with pytest.raises(BudgetSpent):
        model.reply("i", "t", SCHEMA, longest=90)
    assert model.usage.unusable == 2


def test_no_more_requests_are_under_way_than_allowed(server: ModelServer, settings: ModelSettings) -> None:
    server.always(Turn('{"n": 1}'))
    server.latency = 0.05
    model = opened_model(replace(settings, concurrency=3))
    with ThreadPoolExecutor(12) as pool:
        list(pool.map(lambda n: model.reply("i", str(n), SCHEMA), range(24)))
    assert server.most_at_once() == 3


def test_pauses_grow_and_end(tmp_path: Path) -> None:
    sleeps: list[float] = []
    model = asked(Speaking(NotSaid("no"), NotSaid("no"), NotSaid("no"), Said('{"n": 1}')), tmp_path, sleeps)
    assert model.reply("i", "t", SCHEMA) == {"n": 1}
    assert sleeps == [0.5, 1.0, 2.0]


def test_a_pause_that_the_server_asks_for_holds_for_every_thread(server: ModelServer, settings: ModelSettings) -> None:
    server.always(Turn('{"n": 1}'))
    server.turns = [Turn(status=429, headers=(("Retry-After", "1"),), body=b"{}")]
    model = opened_model(settings)
    first = threading.Thread(target=model.reply, args=("i", "first", SCHEMA))
    first.start()
    while not server.spans:
        pass
    threading.Event().wait(0.1)
    model.reply("i", "second", SCHEMA)
    first.join()
    assert min(start for start, _ in sorted(server.spans)[1:]) - server.spans[0][1] >= 0.9


def test_another_seed_for_another_try(tmp_path: Path) -> None:
    speaker = Speaking(Said("prose"))
    with pytest.raises(UnusableReply):
        asked(speaker, tmp_path, seed=5).reply("i", "t", SCHEMA)
    assert [request.seed for request in speaker.requests] == [5, 6, 7]


def test_cost() -> None:
    assert Usage(tokens_in=2_000_000, tokens_out=500_000).cost(0.5, 2.0) == 2.0
    assert Usage(tokens_in=1).cost(None, None) is None
