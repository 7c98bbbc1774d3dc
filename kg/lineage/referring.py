"""The sentences by which one paper sends its reader to another, or merely cites it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from kg.effective import Deferral
from kg.lineage.neighbourhood import Neighbourhood
from kg.records import Cut, Edge, Passage


@dataclass(frozen=True, slots=True)
class Referral:
    """Paper to paper: the sentence (None where only the reference list tells), its kind and the reference's label.

    `kind` is "details" (what is said there holds here), "follows" or "citation".
    """

    paper: str
    target: str
    kind: str
    passage: Passage | None = None
    label: str = ""


class Sentences:
    """The referring sentences of papers, each paper's read from the store once."""

    def __init__(self, around: Neighbourhood) -> None:
        self.around = around

    def along(self, chain: tuple[str, ...], cut: Cut) -> tuple[Referral, ...]:
        """One referral for each hop of a chain of papers; () where one of them does not cite the next.

        Of several sentences the first that defers what the cut is about, else the first of the strongest kind.
        """
        hops = [self._hop(paper, target, cut) for paper, target in pairwise(chain)]
        return tuple(hop for hop in hops if hop is not None) if all(hops) else ()

    def _hop(self, paper: str, target: str, cut: Cut) -> Referral | None:
        label = self.around.label(paper, target)
        found = self.around.sentences(paper, target)
        if not found:
            return Referral(paper, target, "citation", None, label) if label is not None else None
        passage, edge = min(found, key=lambda pair: (_strength(pair[1], cut), pair[0].start))
        return Referral(paper, target, str(edge.get("kind", "citation")), passage, label or "")


def _strength(edge: Edge, cut: Cut) -> int:
    """0 for a sentence that defers what the cut is about, and names its variable; more for weaker ones."""
    if edge.get("kind") == "details":
        deferral = Deferral(edge.target, tuple(edge.get("objects", ())), tuple(edge.get("variables", ())))
        if deferral.covers(cut):
            return 0 if deferral.variables else 1
        return 2
    return 3 if edge.get("kind") == "follows" else 4


__all__ = ["Referral", "Sentences"]
