"""Who takes a cut over by sending its reader to the paper that states it, and which cuts a paper's own replaces.

The rules are those of the effective selection, which is worked out here for one object and variable only.
"""

from __future__ import annotations

from dataclasses import dataclass

from kg.effective import MAX_DEPTH, EffectiveCut, slot
from kg.lineage.neighbourhood import Neighbourhood
from kg.records import Cut

Chain = tuple[str, ...]
"""Papers from the one that inherits to the one that states."""


@dataclass(frozen=True, slots=True)
class Heir:
    """A paper to which a cut comes along a chain; `own` are its cuts in that slot, () where it takes the cut over."""

    chain: Chain
    own: tuple[Cut, ...] = ()


def heirs(around: Neighbourhood, cut: Cut) -> list[Heir]:
    """The papers that inherit the cut, or would had they no own value: the nearest first, each once.

    A paper that does not take it over hides it from those behind. Papers that defer to each other in a circle are
    met once.
    """
    found: dict[str, Heir] = {}
    level: list[Chain] = [(cut.paper,)]
    reached = {cut.paper}
    for _ in range(MAX_DEPTH):
        around.load_deferrers(chain[0] for chain in level)
        next_level: dict[str, Chain] = {}
        for chain in level:
            for paper, deferral in around.deferrers(chain[0]):
                if paper not in reached and deferral.covers(cut):
                    next_level.setdefault(paper, (paper, *chain))
        reached |= next_level.keys()
        around.load_cuts(next_level, cut.variable)
        around.load_deferrals(next_level)
        level = []
        for paper, chain in sorted(next_level.items()):
            if own := in_slot(around, paper, cut):
                found[paper] = Heir(chain, tuple(own))
            elif _sources(around, paper, cut) == {chain[1]}:  # then nothing nearer can stand before the cut
                found[paper] = Heir(chain)
                level.append(chain)
            elif taken := next((e for e in selection_on(around, paper, cut) if e.cut == cut), None):
                found[paper] = Heir((paper, *taken.via))
                level.append(chain)
    return list(found.values())


def _sources(around: Neighbourhood, paper: str, cut: Cut) -> set[str]:
    """The papers to which the paper defers what the cut is about."""
    return {deferral.target for deferral in around.deferrals(paper) if deferral.covers(cut)}


def chain_to(around: Neighbourhood, paper: str, cut: Cut) -> Chain:
    """The papers from `paper` to the one that states the cut, whether it takes the cut over or not; () if it cannot."""
    if cut.paper == paper:
        return (paper,)
    return next((heir.chain for heir in heirs(around, cut) if heir.chain[0] == paper), ())


def selection_on(around: Neighbourhood, paper: str, cut: Cut) -> tuple[EffectiveCut, ...]:
    """The effective selection of the paper on the cut's object and variable."""
    _load(around, paper, cut)
    return around.selections(cut.object, cut.variable).effective(paper, MAX_DEPTH)


def in_slot(around: Neighbourhood, paper: str, cut: Cut) -> list[Cut]:
    """The paper's own cuts that fix what `cut` fixes."""
    wanted = slot(cut)
    return [own for own in around.cuts(paper, cut.variable, [cut.object]) if slot(own) == wanted]


def _load(around: Neighbourhood, paper: str, cut: Cut) -> None:
    """Read what the selection of the paper will need, level by level and not paper by paper."""
    level, reached = {paper}, {paper}
    for _ in range(MAX_DEPTH):
        around.load_deferrals(level)
        level = {target for name in level for target in _sources(around, name, cut)} - reached
        if not level:
            return
        reached |= level
        around.load_cuts(level, cut.variable)


__all__ = ["Chain", "Heir", "chain_to", "heirs", "in_slot", "selection_on"]
