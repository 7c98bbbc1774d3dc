"""What the asking of a model has used, and the limit on it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import astuple, dataclass

from kg.llm.errors import BudgetSpent
from kg.records import Json

_CHARACTERS_A_TOKEN = 3
"""Text with formulae has fewer characters a token than the four of English prose."""


def tokens_of(text: str) -> int:
    """An estimate, rather too high, of the tokens of a text: no tokenizer of the model is at hand.

    >>> tokens_of("Muons must have p_T > 20 GeV.")
    10
    """
    return -(-len(text) // _CHARACTERS_A_TOKEN)


@dataclass(frozen=True, slots=True)
class Usage:
    """Requests sent, replies taken from the cache, replies that could not be used, and tokens in and out."""

    requests: int = 0
    kept: int = 0
    unusable: int = 0
    tokens_in: int = 0
    tokens_out: int = 0

    @property
    def tokens(self) -> int:
        """All tokens."""
        return self.tokens_in + self.tokens_out

    def __add__(self, other: Usage) -> Usage:
        return Usage(*(mine + theirs for mine, theirs in zip(astuple(self), astuple(other), strict=True)))

    def cost(self, price_in: float | None, price_out: float | None) -> float | None:
        """What the tokens cost at these prices of a million, None where there are none."""
        if price_in is None and price_out is None:
            return None
        return (self.tokens_in * (price_in or 0.0) + self.tokens_out * (price_out or 0.0)) / 1e6

    def to_json(self) -> dict[str, Json]:
        """The counts as JSON."""
        return {
            "requests": self.requests,
            "kept": self.kept,
            "unusable": self.unusable,
            "tokens_in": self.tokens_in,
            "tokens_out": self.tokens_out,
        }


class Meter:
    """Counts what is used by several threads and holds it under a budget."""

    def __init__(self, budget: int | None = None) -> None:
        self.budget = budget
        self._usage, self._reserved = Usage(), 0
        self._lock = threading.Lock()

    @property
    def usage(self) -> Usage:
        """The counts so far."""
        with self._lock:
            return self._usage

    def add(self, more: Usage) -> None:
        """Count."""
        with self._lock:
            self._usage += more

    @contextmanager
    def reserved(self, tokens: int) -> Iterator[None]:
        """Hold tokens back for one request; raises `BudgetSpent` where they might not be there."""
        with self._lock:
            used = self._usage.tokens + self._reserved
            if self.budget is not None and used + tokens > self.budget:
                why = (
                    f"{self._usage.tokens:,} of {self.budget:,} tokens are used, and the next request may take "
                    f"{tokens:,}; what was replied is kept, so a larger budget goes on from here"
                )
                raise BudgetSpent("the token budget is spent", why=why)
            self._reserved += tokens
        try:
            yield
        finally:
            with self._lock:
                self._reserved -= tokens


__all__ = ["Meter", "Usage", "tokens_of"]
