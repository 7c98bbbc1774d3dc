"""What a language model offers to the rooms: instructions and a text in, JSON of the asked form out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from kg.llm.usage import Usage
from kg.records import Json

LONGEST_REPLY = 2048
"""Tokens that a reply may have, where nobody says otherwise."""


class Model(Protocol):
    """A language model. Its methods may be called from several threads at once."""

    @property
    def name(self) -> str:
        """What the records call it: the served model's name, or file and digest."""

    @property
    def usage(self) -> Usage:
        """What was used so far."""

    def reply(self, instructions: str, text: str, schema: Mapping[str, Json], *, longest: int = LONGEST_REPLY) -> Json:
        """The reply to `text` as a JSON value that satisfies `schema`; `longest` is in tokens.

        `instructions` are ours and go into the system message; `text` may hold anything. Raises `ModelUnavailable`,
        `UnusableReply`, `BudgetSpent`.
        """


__all__ = ["LONGEST_REPLY", "Model"]
