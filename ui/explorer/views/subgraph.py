"""Cuts with what belongs to them, as a subgraph: for the basket, and for files."""

from __future__ import annotations

from collections.abc import Sequence

from kg.effective import EffectiveCut
from kg.records import Cut
from kg.store.base import Store
from kg.subgraph import Subgraph
from ui.reproduction.subgraph import subgraph_of


def subgraph_of_cuts(store: Store, names: Sequence[str]) -> Subgraph:
    """The subgraph of these cuts, in that order: sentences, papers, citations, relations among them."""
    cuts: list[Cut] = [store.cut(name) for name in dict.fromkeys(names)]
    if not cuts:
        return Subgraph((), {}, ())
    return subgraph_of(store, cuts[0].paper, [EffectiveCut(cut) for cut in cuts])


__all__ = ["subgraph_of_cuts"]
