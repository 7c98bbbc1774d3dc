"""Cuts for people: by object, each as a physicist writes it, with its condition, status, paper and quote."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from kg.vocabulary import variables
from ui.plain import plain
from ui.predicate import predicate
from ui.screen import indented, words

Row = Mapping[str, Any]
_LONGEST_HEADER = 40  # a caption is no header
_MOST_HEADERS = 3
_STATUS_STYLE = {"verified": "green", "approved": "green", "unverified": "yellow", "rejected": "red"}


def cut_text(row: Row) -> str:
    """The row's predicate, `p_T > 7 GeV`; a variable that the vocabulary does not have goes by its name."""
    term = variables().get(row["variable"])
    symbol = term.display if term else plain(row["variable"])
    counted = row["variable"] == "count" or row["variable"].startswith("n_")
    return predicate(symbol, row["op"], row["value"], row["unit"], row["veto"], whole=counted)


def cut_list(rows: Iterable[Row]) -> list[RenderableType]:
    """The cuts under the names of their objects, in the order in which the objects first come.

    A quote stands once beneath the cuts that it states one after another.
    """
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(row["object"], []).append(row)
    shown: list[RenderableType] = []
    for name, group in groups.items():
        shown += [Text(), words(name, "bold")] if shown else [words(name, "bold")]
        for _, stated in groupby(group, key=_statement):
            rows_of_quote = list(stated)
            for row in rows_of_quote:
                shown += _cut(row)
            shown.append(indented(words(quote_line(rows_of_quote[0]), "dim"), 6))
    return shown


def quote_line(row: Row) -> str:
    """The sentence in quotation marks, and where it stands."""
    return f"“{row['quote']}”{_where(row)}"


def _statement(row: Row) -> tuple[str, ...]:
    """What cuts share that one passage states: paper, quote, place."""
    return (row["paper"], row["quote"], str(row["start"]), _where(row))


def _cut(row: Row) -> list[RenderableType]:
    line = Table.grid(expand=True, padding=(0, 2, 0, 0), pad_edge=False)
    line.add_column(ratio=1, overflow="fold")
    line.add_column(width=10)
    line.add_column(width=12 if len(row["paper"]) <= 12 else 26, overflow="fold")
    line.add_row(
        Text(cut_text(row), overflow="fold"),
        words(row["status"], _STATUS_STYLE.get(row["status"], "")),
        words(row["paper"]),
    )
    shown: list[RenderableType] = [indented(line, 2)]
    if row["applies_when"]:
        shown.append(indented(words(f"if: {row['applies_when']}"), 6))
    if row["status"] == "unverified" and row.get("reason"):
        shown.append(indented(words(f"not verified: {row['reason']}"), 6))
    if row["status"] in ("approved", "rejected") and row.get("reason"):
        shown.append(indented(words(row["reason"]), 6))
    if row.get("via") and row["via"][:-1]:
        shown.append(indented(words(f"inherited through {', '.join(row['via'][:-1])}"), 6))
    shown += [indented(words(line, "dim"), 6) for line in relatives(row)]
    return shown


def relatives(row: Row) -> list[str]:
    """One line for each relation: "same as 2 cuts of 1605.03171"; `kg lineage` shows which."""
    papers: dict[str, list[str]] = {}
    for step in row["lineage"]:
        papers.setdefault(step["relation"], []).append(step["paper"])
    lines = []
    for relation, found in papers.items():
        count = "a cut" if len(found) == 1 else f"{len(found)} cuts"
        names = ", ".join("this paper" if name == row["paper"] else name for name in dict.fromkeys(found))
        lines.append(f"{relation.lower().replace('_', ' ')} {count} of {names}")
    return lines


def _where(row: Row) -> str:
    """In which edition, under which table headers, in which section and on which page the quote stands."""
    headers = dict.fromkeys(q["quote"] for q in row["quotes"] if q["role"] == "header")
    under = ", ".join([f"“{text}”" for text in headers if len(text) <= _LONGEST_HEADER][:_MOST_HEADERS])
    parts = (
        "restatement" if row["edition"] == "restatement" else "",
        f"under {under}" if under else "",
        row["section"],
        f"p. {row['page']}" if row["page"] else "",
    )
    place = ", ".join(part for part in parts if part)
    return f" ({place})" if place else ""
