"""The effective selection with its reasons.

What is the paper's own, what is inherited and through which sentences, what is overridden and by which own cuts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kg.effective import MAX_DEPTH, effective_cuts
from kg.lineage.inheritance import chain_to
from kg.lineage.neighbourhood import Neighbourhood
from kg.lineage.referring import Referral, Sentences
from kg.records import Cut
from kg.store.base import Quotation, Store

State = Literal["own", "inherited", "overridden"]


@dataclass(frozen=True, slots=True)
class Explained:
    """One cut of the selection, or one that it would have inherited.

    `through` are the referring sentences that lead to the cut's paper, () for an own one. `by` are the own
    cuts that stand in for an overridden one.
    """

    state: State
    cut: Cut
    quotations: tuple[Quotation, ...]
    through: tuple[Referral, ...] = ()
    by: tuple[Cut, ...] = ()


def explained(store: Store, paper: str, max_depth: int = MAX_DEPTH) -> list[Explained]:
    """Own cuts in the order of the text, then inherited ones in that of the referrals, then those overridden."""
    effective = effective_cuts(store, paper, max_depth)
    around = Neighbourhood(store)
    around.load_cited({paper, *(name for found in effective for name in found.via)})
    sentences = Sentences(around)
    overridden: dict[Cut, list[Cut]] = {}
    for found in effective:
        for other in found.overrides:
            overridden.setdefault(other, []).append(found.cut)
    quoted = store.passages([found.cut.id for found in effective] + [cut.id for cut in overridden])
    rows = []
    for found in effective:
        quotations = tuple(quoted[found.cut.id])
        if not found.via:
            rows.append(Explained("own", found.cut, quotations))
        else:
            through = sentences.along((paper, *found.via), found.cut)
            rows.append(Explained("inherited", found.cut, quotations, through))
    for cut, own in overridden.items():
        through = sentences.along(chain_to(around, paper, cut), cut)
        rows.append(Explained("overridden", cut, tuple(quoted[cut.id]), through, tuple(own)))
    return rows


__all__ = ["Explained", "State", "explained"]
