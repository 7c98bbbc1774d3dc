"""Cuts as the JSON objects that `kg cuts --format json` prints, and every other face shows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kg.effective import EffectiveCut
from kg.lineage.relations import related_cuts
from kg.records import Cut, Edge, Json, Passage, cut_fields
from kg.reviewed import reviewed
from kg.store.base import Quotation, Store
from kg.store.checks import LINEAGE

SYMMETRIC = ("CONTRADICTS", "SAME_AS")
"""Lineage that holds in both directions, whichever cut the edge starts from."""


def cut_rows(store: Store, cuts: Iterable[Cut | EffectiveCut]) -> list[dict[str, Json]]:
    """One JSON object for each cut, in the order given.

    Keys of the design: id, paper, object, variable, op, value, unit, applies_when, veto, status, quote, section,
    page, start, end (of the first quote; "" and None for a cut without one), refers_to, lineage. Besides: `quotes`, all
    passages with their role; `edition` of the paper; `reason` where the gate set it aside or a person
    decided; for an effective selection `via`, the chain of papers it was inherited through ([] for its own).
    """
    effective = [cut if isinstance(cut, EffectiveCut) else EffectiveCut(cut) for cut in cuts]
    listing = _Listing(reviewed(store), [found.cut for found in effective])
    return [listing.row(found) for found in effective]


class _Listing:
    """What a list of cuts needs of the store, asked for in few questions, however long the list."""

    def __init__(self, store: Store, cuts: Sequence[Cut]) -> None:
        self.store = store
        cut_ids = [cut.id for cut in cuts]
        self.quotations = store.passages(cut_ids)
        self.outgoing = _by_source(store.edges(source=cut_ids, relation=["DEFERS_TO", *LINEAGE]))
        papers = sorted({passage.paper for found in self.quotations.values() for passage, _ in found})
        self.referrals = _by_source(edge for paper in papers for _, edge in store.referrals(paper))
        self.incoming: dict[str, list[Edge]] = {}
        for edge in store.edges(relation=SYMMETRIC, target=cut_ids):
            self.incoming.setdefault(edge.target, []).append(edge)
        self.derived = related_cuts(store, cuts)
        self.editions: dict[str, str] = {}

    def row(self, found: EffectiveCut) -> dict[str, Json]:
        """The JSON object of one cut."""
        cut = found.cut
        quotations = self.quotations[cut.id]
        first = next((passage for passage, role in quotations if role != "header"), None)
        return {
            "id": cut.id,
            "paper": cut.paper,
            "edition": self._edition(cut.paper),
            **cut_fields(cut),
            "reason": cut.reason,
            "quote": first.quote if first else "",
            "section": first.section if first else "",
            "page": first.page if first else None,
            "start": first.start if first else None,
            "end": first.end if first else None,
            "quotes": [_quotation(passage, role) for passage, role in quotations],
            "refers_to": self._refers_to(cut, quotations),
            "lineage": self._lineage(found),
            "via": list(found.via),
        }

    def _edition(self, paper_id: str) -> str:
        if paper_id not in self.editions:
            self.editions[paper_id] = self.store.paper(paper_id).edition
        return self.editions[paper_id]

    def _refers_to(self, cut: Cut, quotations: Iterable[Quotation]) -> list[str]:
        """The papers that the cut defers to, then others that the sentences stating it refer to."""
        edges = [edge for edge in self.outgoing.get(cut.id, ()) if edge.relation == "DEFERS_TO"]
        for passage, _ in quotations:
            edges += self.referrals.get(passage.id, ())
        return list(dict.fromkeys(edge.target for edge in edges))

    def _lineage(self, found: EffectiveCut) -> list[dict[str, str]]:
        """Relations to other cuts: derived (`kg.lineage.relations`), stored, and what this cut overrides here."""
        cut_id = found.cut.id
        pairs = {(edge.relation, edge.target) for edge in self.outgoing.get(cut_id, ()) if edge.relation in LINEAGE}
        pairs |= {(edge.relation, edge.source) for edge in self.incoming.get(cut_id, ())}
        papers = {cut.id: cut.paper for cut in found.overrides}
        pairs |= {("OVERRIDES", other) for other in papers}
        for other in self.derived[cut_id]:
            if not other.incoming:
                papers[other.cut.id] = other.cut.paper
                pairs.add((other.relation, other.cut.id))
        return [
            {"relation": relation, "cut": other, "paper": papers.get(other) or self._paper_of(other)}
            for relation, other in sorted(pairs)
        ]

    def _paper_of(self, cut_id: str) -> str:
        """The paper that states the cut, "" if it was read again since and does not state it any more."""
        return next((edge.source for edge in self.store.edges(relation="STATES", target=cut_id)), "")


def _by_source(edges: Iterable[Edge]) -> dict[str, list[Edge]]:
    found: dict[str, list[Edge]] = {}
    for edge in edges:
        found.setdefault(edge.source, []).append(edge)
    return found


def _quotation(passage: Passage, role: str) -> dict[str, Json]:
    return {
        "quote": passage.quote,
        "role": role,
        "section": passage.section,
        "page": passage.page,
        "place": passage.place,
        "start": passage.start,
        "end": passage.end,
    }


__all__ = ["cut_rows"]
