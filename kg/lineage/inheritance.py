"""Who takes a cut over by sending its reader to the paper that states it, and which cuts a paper's own replaces.

The rules are those of the effective selection (`kg.effective`): a deferral that speaks of the cut's object and
variable brings it in, unless the deferring paper has a value of its own in the same slot.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.effective import MAX_DEPTH, slot, value_of
from kg.lineage.neighbourhood import Neighbourhood
from kg.records import Cut

Chain = tuple[str, ...]
"""Papers from the one that inherits to the one that states."""


@dataclass(frozen=True, slots=True)
class Heir:
    """A paper to which a cut comes along a chain; `own` are its cuts in that slot, () where it takes the cut over."""

    chain: Chain
    own: tuple[Cut, ...] = ()


def heirs(around: Neighbourhood, cut: Cut, max_depth: int = MAX_DEPTH) -> list[Heir]:
    """The papers that inherit the cut, or would had they no own value: the nearest first, each once.

    Papers that defer to each other in a circle are met once.
    """
    found: dict[str, Heir] = {}
    level: list[Chain] = [(cut.paper,)]
    for _ in range(max_depth):
        around.load_deferrers(chain[0] for chain in level)
        next_level: dict[str, Chain] = {}
        for chain in level:
            for paper, deferral in around.deferrers(chain[0]):
                if paper not in found and paper != cut.paper and deferral.covers(cut):
                    next_level.setdefault(paper, (paper, *chain))
        around.load_cuts(next_level, cut.variable)
        level = []
        for paper, chain in sorted(next_level.items()):
            own = in_slot(around, paper, cut)
            found[paper] = Heir(chain, tuple(own))
            if not own:
                level.append(chain)
    return list(found.values())


def chain_to(around: Neighbourhood, paper: str, cut: Cut) -> Chain:
    """The papers from `paper` to the one that states the cut, whether it takes the cut over or not; () if it cannot."""
    if cut.paper == paper:
        return (paper,)
    return next((heir.chain for heir in heirs(around, cut) if heir.chain[0] == paper), ())


def replaced(around: Neighbourhood, cut: Cut, max_depth: int = MAX_DEPTH) -> list[tuple[Cut, Chain]]:
    """The cuts of other papers that this one stands in for, each with the chain along which it would be inherited.

    The mirror image of `heirs` with `own`.
    """
    found: list[tuple[Cut, Chain]] = []
    for chain in _sources(around, cut, max_depth, past_own=False):
        own = in_slot(around, chain[-1], cut)
        found += [(other, chain) for other in own if value_of(other) != value_of(cut)]
    return found


def inherited_beside(around: Neighbourhood, cut: Cut, max_depth: int = MAX_DEPTH) -> list[tuple[Cut, Chain]]:
    """The cuts on the same object and variable, in another slot, that may be inherited beside this one.

    Whether one really is, and not hidden by a paper in between, `heirs` of that cut tell.
    """
    found: list[tuple[Cut, Chain]] = []
    for chain in _sources(around, cut, max_depth, past_own=True):
        others = around.cuts(chain[-1], cut.variable, [cut.object])
        found += [(other, chain) for other in others if slot(other) != slot(cut)]
    return found


def in_slot(around: Neighbourhood, paper: str, cut: Cut) -> list[Cut]:
    """The paper's own cuts that fix what `cut` fixes."""
    wanted = slot(cut)
    return [own for own in around.cuts(paper, cut.variable, [cut.object]) if slot(own) == wanted]


def _sources(around: Neighbourhood, cut: Cut, max_depth: int, *, past_own: bool) -> Iterator[Chain]:
    """The papers to which the cut's paper defers what the cut is about, nearest first, each by its shortest chain.

    Unless `past_own`, a paper with a value of its own in the slot ends the chain.
    """
    level: list[Chain] = [(cut.paper,)]
    reached = {cut.paper}
    for _ in range(max_depth):
        around.load_deferrals(chain[-1] for chain in level)
        next_level: dict[str, Chain] = {}
        for chain in level:
            for deferral in around.deferrals(chain[-1]):
                if deferral.target not in reached and deferral.covers(cut):
                    next_level.setdefault(deferral.target, (*chain, deferral.target))
        around.load_cuts(next_level, cut.variable)
        reached |= next_level.keys()
        yield from next_level.values()
        level = [c for c in next_level.values() if past_own or not in_slot(around, c[-1], cut)]


__all__ = ["Chain", "Heir", "chain_to", "heirs", "in_slot", "inherited_beside", "replaced"]
