"""Asking a model until it gives a reply that can be used: kept, checked, counted, tried again within bounds."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import replace

from kg.llm.cache import ReplyCache, request_key
from kg.llm.errors import ModelUnavailable, UnusableReply
from kg.llm.model import LONGEST_REPLY
from kg.llm.replies import BadReply, value_of
from kg.llm.saying import NotSaid, Request, Said, Speaker
from kg.llm.settings import ModelSettings
from kg.llm.usage import Meter, Usage, tokens_of
from kg.records import Json

_FORM_TRIES = 3
"""How often a model that answers is asked for one reply."""
_SILENT_TRIES = 2
"""How often a server is asked that does not answer at all; for later requests, until it answers, once."""
_FIRST_PAUSE = 0.5


class AskedModel:
    """A `Model` behind a `Speaker`; at most `settings.concurrency` requests are under way at once."""

    def __init__(
        self,
        speaker: Speaker,
        settings: ModelSettings,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.name, self.settings = speaker.name, settings
        self._speaker, self._sleep, self._clock = speaker, sleep, clock
        self._cache, self._meter = ReplyCache(settings.cache), Meter(settings.budget)
        self._places = threading.BoundedSemaphore(settings.concurrency)
        self._not_before = 0.0
        self._silent = ""

    @property
    def usage(self) -> Usage:
        """What was used so far."""
        return self._meter.usage

    def reply(self, instructions: str, text: str, schema: Mapping[str, Json], *, longest: int = LONGEST_REPLY) -> Json:
        """See `Model.reply`."""
        key = self._key(instructions, text, schema, longest)
        kept = self._cache.get(key)
        if kept is not None:
            self._meter.add(Usage(kept=1))
            return kept[0]
        messages = (("system", instructions), ("user", text))
        value = self._usable(Request(messages, schema, longest, self.settings.temperature, self.settings.seed))
        self._cache.put(key, value)
        return value

    def _key(self, instructions: str, text: str, schema: Mapping[str, Json], longest: int) -> str:
        return request_key(
            model=self.name,
            instructions=instructions,
            text=text,
            schema=dict(schema),
            longest=longest,
            temperature=self.settings.temperature,
            seed=self.settings.seed,
        )

    def _usable(self, first: Request) -> Json:
        """Ask until a reply has the form of the schema; each further try tells the model what was wrong."""
        request, wrong = first, ""
        for number in range(_FORM_TRIES):
            said = self._said(request)
            try:
                return value_of(said.words, first.schema)
            except BadReply as error:
                wrong = f"it was cut off after {request.longest} tokens" if said.cut else str(error)
            self._meter.add(Usage(unusable=1))
            # the same request at temperature 0 would give the same reply
            hint = f"Your last reply could not be used: {wrong}. Reply with the JSON alone, and briefly."
            seed = None if first.seed is None else first.seed + number + 1
            longest = request.longest * 2 if said.cut else request.longest
            request = replace(first, messages=(*first.messages, ("user", hint)), seed=seed, longest=longest)
        raise UnusableReply(
            "the model's reply cannot be used", where=self._speaker.where, why=f"asked {_FORM_TRIES} times; {wrong}"
        )

    def _said(self, request: Request) -> Said:
        """One reply in whatever form; faults of the way to the model are tried again."""
        failure = NotSaid("no try was made")
        for attempt in range(self.settings.attempts):
            if attempt:
                self._wait(failure.pause, _FIRST_PAUSE * 2.0 ** (attempt - 1))
            try:
                said = self._once(request)
            except NotSaid as error:
                failure = error
                if not error.again or (error.silent and (self._silent or attempt >= _SILENT_TRIES - 1)):
                    break
            else:
                self._silent = ""
                return said
        if failure.silent:
            self._silent = str(failure)  # the next requests are not made to wait for a server that is not there
        raise ModelUnavailable("the model does not answer", where=self._speaker.where, why=str(failure)) from failure

    def _once(self, request: Request) -> Said:
        expected = sum(tokens_of(content) for _, content in request.messages)
        with self._places, self._meter.reserved(expected + request.longest):
            pause = self._not_before - self._clock()
            if pause > 0:
                self._sleep(pause)
            self._meter.add(Usage(requests=1))
            said = self._speaker.say(request)
            tokens_in = expected if said.tokens_in is None else said.tokens_in
            tokens_out = tokens_of(said.words) if said.tokens_out is None else said.tokens_out
            self._meter.add(Usage(tokens_in=tokens_in, tokens_out=tokens_out))
            return said

    def _wait(self, asked_for: float | None, own: float) -> None:
        """Wait before another try; a server that asks for a pause is left alone by all threads."""
        if asked_for is not None:
            self._not_before = max(self._not_before, self._clock() + asked_for)
        else:
            self._sleep(min(own, self.settings.longest_wait))


__all__ = ["AskedModel"]
