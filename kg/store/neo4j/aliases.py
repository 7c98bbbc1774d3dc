"""Which paper each identifier means, kept as a node: all claims that were made, and the one that wins.

The rule is that of `kg.store.identity`. Edges are led to the paper that is meant when they are written; where a claim
comes or goes later and another paper is meant, the edges that used the identifier must be led there (`Moved`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from kg.store.identity import Claim

PREFIX = "alias:"


@dataclass(frozen=True, slots=True)
class Moved:
    """An identifier that meant the paper `old` and now means `new`."""

    alias: str
    old: str
    new: str


class Aliases:
    """The claims on some identifiers as the store has them, and as they are after some come and some go."""

    def __init__(self) -> None:
        self._claims: dict[str, set[tuple[int, str]]] = {}
        self._before: dict[str, str] = {}

    def held(self, nodes: Iterable[Mapping[str, Any]]) -> None:
        """Take in what the store has."""
        for node in nodes:
            alias = node["id"].removeprefix(PREFIX)
            if alias not in self._claims:
                self._claims[alias] = {_parsed(text) for text in node["claims"]}
                self._before[alias] = node["means"]

    def add(self, claims: Iterable[Claim]) -> None:
        """Claims that a reading makes."""
        for claim in claims:
            self._claims.setdefault(claim.alias, set()).add((claim.rank, claim.target))

    def withdraw(self, claims: Iterable[Claim]) -> None:
        """Claims that nobody makes any more."""
        for claim in claims:
            self._claims.get(claim.alias, set()).discard((claim.rank, claim.target))

    def means(self, name: str) -> str:
        """The paper that an identifier means, itself if nobody claims it."""
        return min(self._claims.get(name) or [(0, name)])[1]

    def meant(self, name: str) -> str:
        """The paper that it meant before."""
        return self._before.get(name, name)

    def moved(self) -> list[Moved]:
        """The identifiers that mean another paper than before."""
        both = ((alias, self.meant(alias), self.means(alias)) for alias in sorted(self._claims))
        return [Moved(alias, old, new) for alias, old, new in both if old != new]

    def rows(self, touched: Iterable[str]) -> tuple[list[dict[str, Any]], list[str]]:
        """Of the identifiers touched, the nodes to keep, and the ids of those to drop."""
        kept, dropped = [], []
        for alias in sorted(set(touched)):
            if claims := self._claims.get(alias):
                texts = [f"{rank} {target}" for rank, target in sorted(claims)]
                kept.append({"id": PREFIX + alias, "means": self.means(alias), "claims": texts})
            elif alias in self._before:
                dropped.append(PREFIX + alias)
        return kept, dropped


def _parsed(text: str) -> tuple[int, str]:
    rank, _, target = text.partition(" ")
    return int(rank), target


__all__ = ["PREFIX", "Aliases", "Moved"]
