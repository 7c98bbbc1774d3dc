"""One request to a model and what comes back, whatever stands between us and it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from kg.records import Json


@dataclass(frozen=True, slots=True)
class Request:
    """Messages (role, content), the schema of the reply, its length in tokens, and how it is drawn."""

    messages: Sequence[tuple[str, str]]
    schema: Mapping[str, Json]
    longest: int
    temperature: float
    seed: int | None

    def body(self, *, with_schema: bool = True) -> dict[str, Any]:
        """What an OpenAI-compatible server is sent beside the model's name and the messages."""
        body: dict[str, Any] = {"temperature": self.temperature, "max_tokens": self.longest}
        if self.seed is not None:
            body["seed"] = self.seed
        if with_schema:
            form = {"name": "reply", "schema": dict(self.schema), "strict": True}
            body["response_format"] = {"type": "json_schema", "json_schema": form}
        return body


@dataclass(frozen=True, slots=True)
class Said:
    """What a model said; `cut` where it was stopped before its end. Tokens are None where nobody counted."""

    words: str
    cut: bool = False
    tokens_in: int | None = None
    tokens_out: int | None = None


class NotSaid(Exception):
    """Nothing came back: why, whether another try may help, after how many seconds, and whether nobody was there."""

    def __init__(self, why: str, *, again: bool = True, pause: float | None = None, silent: bool = False) -> None:
        super().__init__(why)
        self.again, self.pause, self.silent = again, pause, silent


class Speaker(Protocol):
    """What carries a request to a model."""

    name: str
    where: str

    def say(self, request: Request) -> Said:
        """One request, one try; raises `NotSaid`."""


__all__ = ["NotSaid", "Request", "Said", "Speaker"]
