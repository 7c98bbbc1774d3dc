"""The compare page: what `kg diff` says of two or more papers, with the sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from kg.effective import effective_cuts
from kg.lineage.comparison import Row, compare
from kg.records import Json, Paper
from kg.store.base import Quotation, Store
from ui.commands.diff import VERDICTS, cell_text, diff_json


@dataclass(frozen=True)
class Compared:
    """`rows` are all; `shown` those with the verdicts asked for, regions of one paper only if asked for."""

    papers: tuple[Paper, ...]
    rows: tuple[Row, ...]
    shown: tuple[Row, ...]
    quoted: dict[str, list[Quotation]]
    regions: int

    def counted(self, number: int) -> dict[str, int]:
        """How often each verdict was given on the paper of that number, from 1."""
        counts: Counter[str] = Counter(row.verdicts[number - 1] for row in self.rows)
        return {verdict: counts[verdict] for verdict in VERDICTS if counts[verdict]}

    def cells(self, row: Row) -> list[str]:
        """The requirement of each paper in words, "" where it has none."""
        return [cell_text(row, found) for found in row.cuts]

    def to_json(self) -> Json:
        """As `kg diff --format json` prints it."""
        return diff_json(self.papers, self.shown, self.quoted)


def compared(store: Store, papers: Sequence[Paper], verdicts: Sequence[str], everything: bool) -> Compared:
    """The papers' effective selections side by side, seen from the first."""
    rows = compare([effective_cuts(store, paper.id) for paper in papers])
    shown = [row for row in rows if not verdicts or set(verdicts) & set(row.verdicts)]
    if not everything:
        shown = [row for row in shown if not row.of_one_region]
    quoted = store.passages(found.cut.id for row in shown for found in row.cuts if found)
    return Compared(tuple(papers), tuple(rows), tuple(shown), quoted, sum(row.of_one_region for row in rows))


__all__ = ["Compared", "compared"]
