"""A model behind an OpenAI-compatible server (vLLM, llama.cpp, a commercial one), through llama-index's client."""

from __future__ import annotations

import contextlib
import re
import weakref
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

from kg.llm.errors import NoModel
from kg.llm.saying import NotSaid, Request, Said
from kg.llm.settings import ModelSettings

_TRIED_AGAIN = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 529})
_SCHEMA_REFUSED = re.compile(r"response_format|json_schema|structured|grammar|guided", re.I)


class ServedModel:
    """A `Speaker` for `settings.url`; the key is sent and never shown. Raises `NoModel` without the extra `llm`."""

    def __init__(self, settings: ModelSettings) -> None:
        try:
            from llama_index.llms.openai_like import OpenAILike

            from kg.llm.patience import patient_client
        except ImportError as error:
            why = f"{error.name} is missing; `pip install 'cutgraph[llm]'` brings it"
            raise NoModel("no model can be asked", why=why) from error
        self.name, self.where, self._longest_wait = settings.model, _shown(settings.url), settings.longest_wait
        self._with_schema = True
        client = patient_client(settings.url, settings.timeout, settings.concurrency)
        weakref.finalize(self, client.close)  # its connections live no longer than the model
        self._model: Any = OpenAILike(
            model=settings.model,
            api_base=settings.url,
            api_key=settings.key or "none",
            is_chat_model=True,
            timeout=settings.timeout,
            max_retries=0,  # tries are counted in one place, `AskedModel`
            http_client=client,
        )

    def say(self, request: Request) -> Said:
        """See `Speaker.say`."""
        from llama_index.core.base.llms.types import ChatMessage

        messages = [ChatMessage(role=role, content=content) for role, content in request.messages]
        with_schema = self._with_schema
        try:
            # as `extra_body` it reaches the server as it is; the client would go through each part of the schema
            answer = self._model.chat(messages, extra_body=request.body(with_schema=with_schema))
            return _said(answer)
        except Exception as error:  # of openai, httpx or llama-index, whose kinds change with their versions
            failure = _failure(error, self._longest_wait)
            if with_schema and getattr(error, "status_code", 0) in (400, 422) and _SCHEMA_REFUSED.search(str(error)):
                self._with_schema = False  # an older server; the instructions describe the form as well
                raise NotSaid(str(failure), again=True, pause=0.0) from error
            raise failure from error


def _said(answer: Any) -> Said:
    """What llama-index made of a chat completion."""
    raw = getattr(answer, "raw", None)
    choices: Any = getattr(raw, "choices", None) or ()
    usage: Any = getattr(raw, "usage", None)
    cut = bool(choices) and getattr(choices[0], "finish_reason", "") == "length"
    counts = [getattr(usage, name, None) for name in ("prompt_tokens", "completion_tokens")]
    tokens_in, tokens_out = (n if isinstance(n, int) and n >= 0 else None for n in counts)
    return Said(str(answer.message.content or ""), cut, tokens_in, tokens_out)


def _failure(error: Exception, longest_wait: float) -> NotSaid:
    """Why nothing was said, and whether another try may help."""
    status = getattr(error, "status_code", None)
    if isinstance(status, int) and status >= 400:
        pause = _seconds(getattr(getattr(error, "response", None), "headers", {}).get("retry-after"))
        if pause is not None and pause > longest_wait:
            return NotSaid(f"HTTP status {status}, and it asks to wait {pause:.0f} s", again=False)
        hint = "; KG_LLM_URL usually ends in /v1" if status == 404 else ""
        return NotSaid(f"HTTP status {status}: {_first_line(error)}{hint}", again=status in _TRIED_AGAIN, pause=pause)
    kinds = {kind.__name__ for cause in _causes(error) for kind in type(cause).__mro__}
    if kinds & {"TimeoutException", "APITimeoutError", "TimeoutError"}:
        return NotSaid("it did not answer in time", silent=True)
    if kinds & {"ConnectError", "ConnectionRefusedError"}:
        return NotSaid("it cannot be reached", silent=True)
    if kinds & {"APIConnectionError", "TransportError"}:
        return NotSaid("the connection broke off")
    return NotSaid(f"what it sent is no chat completion ({type(error).__name__}: {_first_line(error)})")


def _causes(error: BaseException | None) -> list[BaseException]:
    """The error and what caused it, outermost first."""
    found: list[BaseException] = []
    while error is not None and error not in found and len(found) < 8:
        found.append(error)
        error = error.__cause__ or error.__context__
    return found


def _first_line(error: Exception) -> str:
    text = str(getattr(error, "message", "") or error).strip()
    return text.splitlines()[0][:200] if text else "no reason given"


def _seconds(header: str | None) -> float | None:
    """The seconds of a Retry-After header, a number or a date; None where it says nothing."""
    if not header:
        return None
    with contextlib.suppress(ValueError):  # then it is a date
        seconds = float(header)
        return max(0.0, seconds) if seconds == seconds else None
    try:
        return max(0.0, (parsedate_to_datetime(header) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError):
        return None


def _shown(url: str) -> str:
    """The address without the name and password that it may carry."""
    parts = urlsplit(url)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2], query="").geturl()


__all__ = ["ServedModel"]
