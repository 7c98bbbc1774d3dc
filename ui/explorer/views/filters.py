"""What a search is narrowed down to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from kg.records import Paper
from kg.reviews import Decided
from retrieval.index.opened import Index
from retrieval.search import Found

STATUSES = ("verified", "approved", "unverified", "rejected")


@dataclass(frozen=True)
class Filters:
    """Names that are let pass, () for all; years inclusive, None where open."""

    objects: tuple[str, ...] = ()
    variables: tuple[str, ...] = ()
    collaborations: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    first_year: int | None = None
    last_year: int | None = None

    @property
    def any(self) -> bool:
        """Whether anything is left out."""
        return self != Filters()

    def words(self) -> str:
        """A question that asks for what the filters let pass."""
        return " ".join((*self.objects, *self.variables))


@dataclass(frozen=True)
class Offered:
    """The names that filters can be set to, as the index has them, sorted."""

    objects: tuple[str, ...]
    variables: tuple[str, ...]
    collaborations: tuple[str, ...]
    years: tuple[int, ...]


def offered(index: Index, papers: Mapping[str, Paper]) -> Offered:
    """What there is to choose from."""
    names = index.columns.names
    return Offered(
        tuple(sorted(names["object"])),
        tuple(sorted(names["variable"])),
        tuple(sorted({paper.collaboration for paper in papers.values()} - {""})),
        tuple(sorted({paper.year for paper in papers.values() if paper.year})),
    )


def narrowed(
    found: Found, filters: Filters, index: Index, papers: Mapping[str, Paper], decided: Mapping[str, Decided]
) -> Found:
    """The hits that the filters let pass, in their order."""
    if not filters.any:
        return found
    rows = np.array([hit.row for hit in found.hits], dtype=np.int64)
    if not len(rows):
        return found
    columns = index.columns
    keep = np.ones(len(rows), dtype=bool)
    for field, wanted in (("object", filters.objects), ("variable", filters.variables)):
        if wanted:
            codes = [code for code, name in enumerate(columns.names[field]) if name in wanted]
            keep &= np.isin(columns[field][rows], codes)
    allowed = [_lets_pass(papers.get(name), filters) for name in columns.names["paper"]]
    keep &= np.array(allowed, dtype=bool)[columns["paper"][rows]]
    hits = [hit for hit, kept in zip(found.hits, keep, strict=True) if kept]
    if filters.statuses:
        verified = columns["verified"]
        hits = [h for h in hits if _status(h.cut, bool(verified[h.row]), decided) in filters.statuses]
    known = {hit.cut for hit in hits}
    return replace(found, hits=tuple(hits), alike=tuple(name for name in found.alike if name in known))


def _lets_pass(paper: Paper | None, filters: Filters) -> bool:
    if paper is None:
        return False
    if filters.collaborations and paper.collaboration not in filters.collaborations:
        return False
    if filters.first_year is None and filters.last_year is None:
        return True
    first, last = filters.first_year or 0, filters.last_year or 9999
    return paper.year is not None and first <= paper.year <= last


def _status(cut_id: str, verified: bool, decided: Mapping[str, Decided]) -> str:
    """The status of a cut as people decided, else as the gate did."""
    decision = decided.get(cut_id)
    return decision.status if decision is not None else "verified" if verified else "unverified"


__all__ = ["STATUSES", "Filters", "Offered", "narrowed", "offered"]
