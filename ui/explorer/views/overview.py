"""What there is in the store, for a visitor who has not asked anything yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.records import Edition, Paper
from ui.explorer.librarian import Shelf

SHOWN = 30
EXAMPLES = ("muon isolation cuts", "electron pT threshold above 20 GeV", "b-jet veto", "invariant mass of two leptons")


@dataclass(frozen=True)
class Seen:
    """How many papers, cuts and decisions there are, and the newest papers."""

    papers: tuple[Paper, ...]
    total: int
    cuts: int
    decisions: int
    editions: Mapping[Edition, int]


def seen(shelf: Shelf, decisions: int) -> Seen:
    """The store at a glance."""
    editions = Counter(paper.edition for paper in shelf.papers.values())
    return Seen(
        tuple(newest(shelf.papers.values())),
        len(shelf.papers),
        len(shelf.index.columns),
        decisions,
        dict(sorted(editions.items())),
    )


def newest(papers: Iterable[Paper]) -> list[Paper]:
    """The newest of the papers, as many as are shown."""
    return sorted(papers, key=lambda paper: (-(paper.year or 0), paper.id))[:SHOWN]


__all__ = ["EXAMPLES", "SHOWN", "Seen", "newest", "seen"]
