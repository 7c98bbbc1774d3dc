"""Files of what the pages show: JSON, CSV, GraphML."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import Any

from codegen.errors import ToSettle
from kg.export.graphml import graphml
from kg.records import Json
from kg.store.base import Store
from ui.commands.cuts import as_csv
from ui.commands.diff import diff_markdown
from ui.explorer.views.compare import Compared
from ui.explorer.views.generate import Compiled
from ui.explorer.views.lineage import Graph
from ui.explorer.views.review import Queue
from ui.explorer.views.running import Ran, cutflow_table
from ui.explorer.views.search import Answered
from ui.explorer.views.subgraph import subgraph_of_cuts
from ui.lineage_text import said
from ui.plain import escaped_json, plain

GRAPHML = "application/graphml+xml"
Export = tuple[str, Callable[[], bytes]]
Opened = Callable[[], AbstractContextManager[Store]]


def as_json(value: Json) -> bytes:
    """Indented JSON, without signs that a terminal would act on."""
    return (escaped_json(json.dumps(value, ensure_ascii=False, indent=1)) + "\n").encode()


def cut_exports(
    opened: Opened, name: str, rows: Sequence[dict[str, Any]], value: Json | None = None
) -> dict[str, Export]:
    """Cuts as `kg cuts --format json` and csv print them, and as GraphML with what belongs to them.

    Files are made when they are asked for: `opened` opens the store for them.
    """
    whole = list(rows) if value is None else value
    names = [str(row["id"]) for row in rows]
    return {
        f"{name}.json": ("application/json", lambda: as_json(whole)),
        f"{name}.csv": ("text/csv", lambda: as_csv(rows).encode()),
        f"{name}.graphml": (GRAPHML, lambda: graphml_of(opened, names)),
    }


def graphml_of(opened: Opened, names: Sequence[str]) -> bytes:
    """The cuts of these ids with what belongs to them."""
    with opened() as store:
        return b"".join(graphml(subgraph_of_cuts(store, names).graph()))


def search_exports(opened: Opened, found: Answered) -> dict[str, Export]:
    """The answer with its groups and spreads."""
    value = {
        "understood": found.understood,
        "notes": list(found.notes),
        "groups": [list(group) for group in found.groups],
        "spreads": [spread.to_json() for spread in found.spreads],
        "total": found.total,
    }
    return cut_exports(opened, "cuts", found.rows, value)


def compare_exports(opened: Opened, found: Compared) -> dict[str, Export]:
    """The comparison as `kg diff` prints it, as a table, and the cuts of all papers as GraphML."""
    names = [paper.id for paper in found.papers]
    cuts = list(dict.fromkeys(one.cut.id for row in found.shown for one in row.cuts if one))

    def as_table() -> bytes:
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(["object", *names, *(f"verdict on {name}" for name in names[1:])])
        for row in found.shown:
            writer.writerow([plain(row.cut.object), *found.cells(row), *row.verdicts])
        return text.getvalue().encode()

    return {
        "comparison.json": ("application/json", lambda: as_json(found.to_json())),
        "comparison.csv": ("text/csv", as_table),
        "comparison.md": ("text/markdown", lambda: diff_markdown(found.papers, found.shown).encode()),
        "comparison.graphml": (GRAPHML, lambda: graphml_of(opened, cuts)),
    }


def review_exports(opened: Opened, found: Queue) -> dict[str, Export]:
    """The records of a paper, with what was decided, and their cuts as GraphML."""
    names = [record.cut.id for record in found.records]

    def as_table() -> bytes:
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(["cut", "says", "why", "open", "decision", "reviewer", "time", "comment"])
        for record in found.records:
            review = record.decided.review if record.decided else None
            told = (review.decision, review.reviewer, review.time, review.comment) if review else ("", "", "", "")
            row = (record.cut.id, said(record.cut), record.why, str(record.is_open), *told)
            writer.writerow([plain(cell) for cell in row])
        return text.getvalue().encode()

    return {
        "review.json": ("application/json", lambda: as_json([record.to_json() for record in found.records])),
        "review.csv": ("text/csv", as_table),
        "review.graphml": (GRAPHML, lambda: graphml_of(opened, names)),
    }


def program_exports(opened: Opened, found: Compiled) -> dict[str, Export]:
    """The program, what became of its cuts, and their subgraph."""
    report = [{**one.row, "class": one.kind, "reason": one.reason} for one in found.applied]
    names = [str(one.row["id"]) for one in found.applied]

    def as_subgraph() -> bytes:
        with opened() as store:
            return as_json(subgraph_of_cuts(store, names).to_json())

    def as_table() -> bytes:
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(["cut", "says", "paper", "class", "reason"])
        for one in found.applied:
            row = (str(one.row["id"]), one.label, str(one.row["paper"]), one.kind, one.reason)
            writer.writerow([plain(cell) for cell in row])
        return text.getvalue().encode()

    return {
        f"selection.{found.suffix}": ("text/plain", lambda: found.program.text.encode()),
        "report.json": ("application/json", lambda: as_json(report)),
        "report.csv": ("text/csv", as_table),
        "subgraph.json": ("application/json", as_subgraph),
        "selection.graphml": (GRAPHML, lambda: graphml_of(opened, names)),
    }


def settle_exports(opened: Opened, questions: Sequence[ToSettle], rows: Sequence[dict[str, Any]]) -> dict[str, Export]:
    """What is to be settled before there is a program, and the cuts that it is about."""
    value = [
        {"name": one.name, "question": one.question, "options": list(one.options), "cuts": list(one.cuts)}
        for one in questions
    ]
    return cut_exports(opened, "to-settle", rows, value)


def run_exports(result: Ran) -> dict[str, Export]:
    """The result, and the cutflow as a table."""

    def as_table() -> bytes:
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows([plain(cell) for cell in row] for row in cutflow_table(result))
        return text.getvalue().encode()

    return {
        "result.json": ("application/json", lambda: as_json(result.to_json())),
        "cutflow.csv": ("text/csv", as_table),
    }


def lineage_exports(opened: Opened, graph: Graph) -> dict[str, Export]:
    """The cuts and relations of a lineage graph; PNG and SVG of it are saved from the drawing itself."""
    rows = list(graph.rows.values())
    value = {
        "roots": list(graph.roots),
        "depth": graph.depth,
        "cuts": rows,
        "links": [link.to_json() for link in graph.links],
    }
    return cut_exports(opened, "lineage", rows, value)


__all__ = [
    "Export",
    "as_json",
    "compare_exports",
    "cut_exports",
    "graphml_of",
    "lineage_exports",
    "program_exports",
    "review_exports",
    "run_exports",
    "search_exports",
    "settle_exports",
]
