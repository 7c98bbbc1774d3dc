"""The search page: an answer grouped by equal requirement, and how thresholds spread."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from kg.errors import NotInStore
from kg.listing import cut_rows
from kg.records import Cut, Paper
from kg.reviews import Decided
from kg.store.base import Store
from retrieval.grouping import Spread, grouped, spreads
from ui.explorer.librarian import Answer
from ui.explorer.views.filters import Filters, narrowed
from ui.found_cuts import understood_as

SHOWN = 20
_LOOKED_AT, _NARROWED_FROM = 200, 5000
_MOST_SPREADS = 4
Row = dict[str, Any]


@dataclass(frozen=True)
class Answered:
    """`groups` hold the rows of cuts that require the same; `total` counts what fits, also beyond those shown."""

    understood: str
    notes: tuple[str, ...]
    groups: tuple[tuple[Row, ...], ...]
    spreads: tuple[Spread, ...]
    papers: Mapping[str, Paper]
    shown: int
    total: int

    @property
    def rows(self) -> list[Row]:
        """All rows shown."""
        return [row for group in self.groups for row in group]


def answered(
    store: Store,
    ask: Callable[[str, int], Answer],
    text: str,
    filters: Filters,
    decided: Mapping[str, Decided],
    shown: int = SHOWN,
) -> Answered:
    """The answer to a question, or to what the filters ask for where there is none; raises `EmptyQuestion`."""
    answer = ask(text.strip() or filters.words(), _NARROWED_FROM if filters.any else _LOOKED_AT)
    shelf = answer.shelf
    found = narrowed(answer.found, filters, shelf.index, shelf.papers, decided)
    cuts = _those_there(store, (hit.cut for hit in found.hits[:shown]))
    rows = {str(row["id"]): row for row in cut_rows(store, cuts)}
    return Answered(
        understood_as(found.question),
        tuple(dict.fromkeys([*found.notes, *shelf.index.notes, *filter(None, [shelf.note])])),
        tuple(tuple(rows[cut.id] for cut in group.cuts) for group in grouped(cuts)),
        tuple(spreads(_those_there(store, found.alike))[:_MOST_SPREADS]),
        {name: store.paper(name) for name in sorted({cut.paper for cut in cuts})},
        len(cuts),
        len(found.hits) if filters.any else max(found.total, len(found.hits)),
    )


def _those_there(store: Store, names: Iterable[str]) -> list[Cut]:
    """The cuts of these ids; those of papers that were read again since the index was made may be gone."""
    there = []
    for name in names:
        try:
            there.append(store.cut(name))
        except NotInStore:
            continue
    return there


__all__ = ["SHOWN", "Answered", "answered"]
