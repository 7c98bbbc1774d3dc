"""The paper page: the effective selection, what was read, whom the paper cites and who cites it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ingest.planner import referrals
from kg.effective import MissingSource, effective_cuts, missing_sources
from kg.listing import cut_rows
from kg.records import Paper
from kg.store.base import Store, papers_named
from kg.store.nearest import nearest_ids

Row = dict[str, Any]


@dataclass(frozen=True)
class Neighbour:
    """A paper beside this one: the reference's label, whether it was read, and the sentence that sends there."""

    paper: Paper
    label: str
    read: bool
    sentence: str = ""


@dataclass(frozen=True)
class Shown:
    """`rows` are those of `kg cuts --effective`; `rejected` are own cuts that people took out."""

    paper: Paper
    rows: tuple[Row, ...]
    rejected: tuple[Row, ...]
    sources: Mapping[str, Paper]
    missing: tuple[MissingSource, ...]
    cited: tuple[Neighbour, ...]
    citing: tuple[Paper, ...]

    @property
    def by_object(self) -> dict[str, list[Row]]:
        """The rows under their objects, in the order in which the objects first come."""
        groups: dict[str, list[Row]] = {}
        for row in self.rows:
            groups.setdefault(row["object"], []).append(row)
        return groups

    @property
    def by_status(self) -> dict[str, int]:
        """How many rows have each status."""
        return dict(sorted(Counter(row["status"] for row in self.rows).items()))


def shown(store: Store, paper: Paper) -> Shown:
    """All that the page of a paper shows."""
    rows = cut_rows(store, effective_cuts(store, paper.id))
    rejected = [cut for cut in store.cuts(paper.id) if cut.status == "rejected"]
    return Shown(
        paper,
        tuple(rows),
        tuple(cut_rows(store, rejected)),
        papers_named(store, sorted({row["paper"] for row in rows} | {paper.id})),
        tuple(missing_sources(store, paper.id)),
        tuple(_cited(store, paper)),
        tuple(papers_named(store, sorted({citing for citing, _ in store.citations(cited=[paper.id])})).values()),
    )


def _cited(store: Store, paper: Paper) -> list[Neighbour]:
    """The reference list, those read and those sent to for details first."""
    sent = {r.target: r.sentence for r in reversed(referrals(paper.id, store.referrals(paper.id)))}
    found: dict[str, Neighbour] = {}
    edges = store.edges(source=paper.id, relation="CITES")
    papers = papers_named(store, {edge.target for edge in edges})
    for edge in edges:
        cited = papers[edge.target]
        label = str(edge.get("label", ""))
        if edge.target in found:
            continue
        read = cited.edition != "unread"
        found[edge.target] = Neighbour(cited, label, read, sent.get(edge.target, ""))
    return sorted(
        found.values(),
        key=lambda n: (not n.sentence, not n.read, not n.label.isdecimal(), n.label.zfill(6), n.paper.id),
    )


def matching(papers: Mapping[str, Paper], text: str, most: int = 25) -> list[Paper]:
    """Papers whose id, title, experiment or year has all the words, those with the id first; else those spelt alike."""
    words = text.casefold().split()
    if not words:
        return []
    found = [paper for paper in papers.values() if all(word in _described(paper) for word in words)]
    if not found:
        return [papers[name] for name in nearest_ids(text, list(papers))]
    return sorted(found, key=lambda paper: (words[0] not in paper.id.casefold(), paper.id))[:most]


def _described(paper: Paper) -> str:
    parts = (paper.id, paper.title, paper.collaboration, str(paper.year or ""), paper.report_number, paper.doi)
    return " ".join(parts).casefold()


__all__ = ["Neighbour", "Shown", "matching", "shown"]
