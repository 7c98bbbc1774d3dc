"""The lineage page: the cuts that one or many cuts are related to, as a graph with a place for each.

Papers are columns by year, their cuts rows in them. The graph ends at a depth at which it can still be read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from kg.effective import effective_cuts
from kg.lineage.neighbourhood import USABLE
from kg.lineage.origins import MAX_STEPS, Origin, lineage
from kg.listing import cut_rows
from kg.records import Cut, Json, Paper
from kg.store.base import Store, papers_named

MOST_NODES = 200
MOST_ROOTS = 60
WORDS = {
    "SAME_AS": "same",
    "REFINES": "refines",
    "OVERRIDES": "overrides",
    "CONTRADICTS": "contradicts",
    "DETAILS": "details in Ref.",
}


@dataclass(frozen=True)
class Link:
    """From one cut to another: `relation` as in `WORDS`; `label` is the reference's, "" where there is none."""

    source: str
    relation: str
    target: str
    label: str = ""

    @property
    def said(self) -> str:
        """`details in Ref. [9]`."""
        return (
            f"{WORDS[self.relation]} [{self.label}]"
            if self.label and self.relation == "DETAILS"
            else WORDS[self.relation]
        )

    def to_json(self) -> Json:
        """The link as JSON."""
        return {"source": self.source, "relation": self.relation, "target": self.target, "label": self.label}


@dataclass(frozen=True)
class Graph:
    """`rows` are those of `kg cuts` by id; `depth` is how far it goes, less than asked for where it grew too large."""

    roots: tuple[str, ...]
    rows: dict[str, dict[str, Any]]
    links: tuple[Link, ...]
    papers: dict[str, Paper]
    depth: int
    asked_depth: int
    left_out: int
    roots_left_out: int = 0


def graph(store: Store, cuts: Sequence[Cut], depth: int, most: int = MOST_NODES) -> Graph:
    """The graph of these cuts: to `depth` steps, or to as many as leave it at most `most` cuts.

    Where already the first step would be too much, each of the cuts has its nearest relatives only.
    """
    roots = list(dict.fromkeys(cuts))[:MOST_ROOTS]
    grown = _Grown({cut.id: cut for cut in roots})
    reached, beyond = 0, 0
    for far in range(depth, 0, -1):
        trial = _grown(store, roots, far, most)
        if len(trial.cuts) <= most:
            grown, reached = trial, far
            break
        beyond = len(trial.cuts) - most
    else:
        if depth:
            few = max((most - len(roots)) // max(len(roots), 1), 1)
            grown, reached = _grown(store, roots, 1, len(roots) * (few + 1), few), 1
    found = grown.cuts
    rows = {str(row["id"]): row for row in cut_rows(store, list(found.values()))}
    papers = papers_named(store, sorted({cut.paper for cut in found.values()}))
    return Graph(
        tuple(cut.id for cut in roots),
        rows,
        tuple(grown.links),
        papers,
        reached,
        depth,
        grown.left_out + beyond,
        len(set(cuts)) - len(roots),
    )


@dataclass
class _Grown:
    """Cuts and relations as they are gathered from the trees of several cuts."""

    cuts: dict[str, Cut]
    links: dict[Link, None] = field(default_factory=dict)
    left_out: int = 0

    def take(self, tree: Origin, few: int) -> None:
        """Put the tree's cuts and relations with the others; at most `few` steps from each cut."""
        self.left_out += tree.left_out + len(tree.steps[few:])
        for step in tree.steps[:few]:
            self.cuts.setdefault(step.to.cut.id, step.to.cut)
            ends = (step.to.cut.id, tree.cut.id) if step.incoming else (tree.cut.id, step.to.cut.id)
            if step.relation in ("SAME_AS", "CONTRADICTS"):
                ends = (min(ends), max(ends))
            label = step.through[0].label if step.through and step.relation == "DETAILS" else ""
            self.links.setdefault(Link(ends[0], step.relation, ends[1], label))
            self.take(step.to, few)


def _grown(store: Store, roots: Sequence[Cut], far: int, most: int, few: int = MAX_STEPS) -> _Grown:
    """What is gathered `far` steps from the roots; given up as soon as it is more than `most`."""
    grown = _Grown({cut.id: cut for cut in roots})
    for cut in roots:
        grown.take(lineage(store, cut, far), few)
        if len(grown.cuts) > most:
            break
    return grown


def cuts_of_selection(store: Store, paper_id: str) -> list[Cut]:
    """The usable cuts of the paper's effective selection."""
    found = (one.cut for one in effective_cuts(store, paper_id))
    return [cut for cut in found if cut.status in USABLE]


def neighbours(graph_: Graph, cut_id: str) -> Iterator[tuple[str, str]]:
    """What the cut is related to in the graph: the relation in words, as seen from it, and the other cut."""
    back = {"REFINES": "refined by", "OVERRIDES": "overridden by", "DETAILS": "gives the details for"}
    for link in graph_.links:
        if link.source == cut_id:
            yield link.said, link.target
        elif link.target == cut_id:
            yield back.get(link.relation, link.said), link.source


__all__ = ["MOST_NODES", "MOST_ROOTS", "WORDS", "Graph", "Link", "cuts_of_selection", "graph", "neighbours"]
