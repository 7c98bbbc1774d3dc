"""Cuts for people: by object, each as a physicist writes it, with its condition, status, paper and quote."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from kg.vocabulary import variables
from ui.plain import plain
from ui.predicate import predicate
from ui.screen import indented, words

Row = Mapping[str, Any]
_STATUS_STYLE = {"verified": "green", "approved": "green", "unverified": "yellow", "rejected": "red"}


def cut_text(row: Row) -> str:
    """The row's predicate, `p_T > 7 GeV`; a variable that the vocabulary does not have goes by its name."""
    term = variables().get(row["variable"])
    symbol = term.display if term else plain(row["variable"])
    return predicate(symbol, row["op"], row["value"], row["unit"], row["veto"])


def cut_list(rows: Iterable[Row]) -> list[RenderableType]:
    """The cuts under the names of their objects, in the order in which the objects first come."""
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(row["object"], []).append(row)
    shown: list[RenderableType] = []
    for name, group in groups.items():
        shown += [Text(), words(name, "bold")] if shown else [words(name, "bold")]
        for row in group:
            shown += _cut(row)
    return shown


def _cut(row: Row) -> list[RenderableType]:
    line = Table.grid(expand=True, padding=(0, 2, 0, 0), pad_edge=False)
    line.add_column(ratio=1, overflow="fold")
    line.add_column(width=10)
    line.add_column(width=12 if len(row["paper"]) <= 12 else 24, overflow="fold")
    line.add_row(
        Text(cut_text(row), overflow="fold"),
        words(row["status"], _STATUS_STYLE.get(row["status"], "")),
        words(row["paper"]),
    )
    shown: list[RenderableType] = [indented(line, 2)]
    if row["applies_when"]:
        shown.append(indented(words(f"if: {row['applies_when']}"), 6))
    shown.append(indented(words(f"“{row['quote']}”{_where(row)}", "dim"), 6))
    for step in row["lineage"]:
        shown.append(
            indented(words(f"{step['relation'].lower().replace('_', ' ')} {step['cut']} of {step['paper']}"), 6)
        )
    return shown


def _where(row: Row) -> str:
    place = ", ".join(p for p in (row["section"], f"p. {row['page']}" if row["page"] else "") if p)
    return f" ({place})" if place else ""
