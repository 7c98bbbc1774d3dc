"""Amounts behind the rank they are for: "… exceeds 0.4; for the fourth one, 0.25 suffices"."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.reading.conditions import kind_of
from ingest.reading.token import Token

_REACH = 8
_JOINS = ("COMMA", "SEMI", "AND", "DASH")
_WITHIN = ("LIGHT", "COND", "OBJ", "AND", "OR", "COMMA")
_ONE = {"one", "ones", "only", "it", "however"}


def opened_by_for(tokens: Sequence[Token], index: int) -> int:
    """Where the "for" stands that opens what the amount at `index` is said of, behind another amount; -1 for none."""
    for at in range(index - 1, max(0, index - _REACH), -1):
        token = tokens[at]
        if token.kind == "FOR" and token.text.lower().startswith("for"):
            ranked = any(_is_rank(t) for t in tokens[at:index])
            return at if ranked and tokens[at - 1].kind in _JOINS else -1
        if token.kind not in _WITHIN and token.text.lower() not in _ONE:
            return -1
    return -1


def ranks_before(tokens: Sequence[Token], index: int) -> list[str]:
    """The ranks that open the amount at `index`: the fourth of "; for the fourth one, 0.25 suffices"."""
    at = opened_by_for(tokens, index)
    return [t.name for t in tokens[at:index] if _is_rank(t)] if at >= 0 else []


def heads_another(tokens: Sequence[Token], index: int) -> bool:
    """Whether the "for" at `index` opens an amount behind it and says nothing of what stands before."""
    amounts = (k for k in range(index + 1, min(index + _REACH, len(tokens))) if tokens[k].kind == "NUM")
    first = next(amounts, 0)
    return first > 0 and opened_by_for(tokens, first) == index


def _is_rank(token: Token) -> bool:
    return token.kind == "COND" and kind_of(token.name) == "rank"


__all__ = ["heads_another", "opened_by_for", "ranks_before"]
