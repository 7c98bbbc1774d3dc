"""What a view shows, as a table that stands for itself: for a figure in a talk or a note."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from codegen.errors import ToSettle
from kg.lineage.answers import cut_json
from kg.records import Cut, Paper
from ui.cut_list import cut_text
from ui.explorer.views.compare import Compared
from ui.explorer.views.generate import Compiled
from ui.explorer.views.paper import Shown
from ui.explorer.views.review import Queue, Record
from ui.explorer.views.search import Answered
from ui.lineage_text import said
from ui.notices import EDITIONS, restatement_notice
from ui.reproduction.page.words import CLASSES

Cells = tuple[str, ...]
_THIS = "this paper"


@dataclass(frozen=True)
class Sheet:
    """A table with what it shows above it: `groups` are rows under a heading of their own, "" for none."""

    title: str
    notes: tuple[str, ...]
    headings: Cells
    groups: tuple[tuple[str, tuple[Cells, ...]], ...]


def search_sheet(found: Answered) -> Sheet:
    """The cuts of an answer, under what they require."""
    groups = []
    for group in found.groups:
        rows = tuple((_named(found.papers[row["paper"]]), row["applies_when"], row["status"]) for row in group)
        groups.append((f"{group[0]['object']} {cut_text(group[0])}", rows))
    notes = (f"{found.shown} of {found.total} cuts that fit", restatement_notice(found.papers.values()))
    return Sheet(found.understood, _said(notes), ("paper", "if", "status"), tuple(groups))


def paper_sheet(found: Shown) -> Sheet:
    """The effective selection by object."""
    paper = found.paper
    inherited = sum(row["paper"] != paper.id for row in found.rows)
    counted = ", ".join(f"{number} {status}" for status, number in found.by_status.items())
    notes = (
        paper.title,
        f"{', '.join(_facts(paper))}; {len(found.rows)} cuts, {inherited} of them inherited; {counted}",
        restatement_notice(found.sources.values()),
        *(f"{source.paper}, to which it sends its reader for details, was not read" for source in found.missing),
    )
    groups = [(name, tuple(_row_of(row, paper) for row in rows)) for name, rows in found.by_object.items()]
    headings = ("requirement", "if", "status", "stated in")
    return Sheet(f"{paper.id}: effective selection", _said(notes), headings, tuple(groups))


def _row_of(row: Mapping[str, Any], paper: Paper) -> Cells:
    through = f" through {', '.join(row['via'][:-1])}" if row["via"][:-1] else ""
    origin = _THIS if row["paper"] == paper.id else row["paper"]
    return (cut_text(row), row["applies_when"], row["status"], f"{origin}{through}")


def compare_sheet(found: Compared) -> Sheet:
    """The papers side by side, by object."""
    names = [paper.id for paper in found.papers]
    verdicts = ["verdict"] if len(names) == 2 else [f"verdict on {name}" for name in names[1:]]
    groups: dict[str, list[Cells]] = {}
    for row in found.shown:
        groups.setdefault(row.cut.object, []).append((*(cell or "–" for cell in found.cells(row)), *row.verdicts))
    notes = (*(_named(paper, title=True) for paper in found.papers), restatement_notice(found.papers))
    rows = tuple((name, tuple(cells)) for name, cells in groups.items())
    return Sheet(f"{', '.join(names)}: selections side by side", _said(notes), (*names, *verdicts), rows)


def review_sheet(paper: Paper, found: Queue) -> Sheet:
    """The records of a paper, and what was decided on them."""
    groups: dict[str, list[Cells]] = {}
    for record in found.records:
        groups.setdefault(record.cut.object, []).append(_reviewed(record))
    notes = (_named(paper, title=True), f"{found.done} of {found.total} decided", restatement_notice([paper]))
    rows = tuple((name, tuple(cells)) for name, cells in groups.items())
    return Sheet(f"{paper.id}: review", _said(notes), ("requirement", "if", "why it is here", "decision"), rows)


def _reviewed(record: Record) -> Cells:
    made = record.made
    decided = record.decided.words if record.decided else "open" if record.is_open else "–"
    if made is not None:
        condition = f", if {made.applies_when}" if made.applies_when else ""
        decided = f"{decided}; corrected to {made.object} {cut_text(cut_json(made))}{condition}"
    return (cut_text(cut_json(record.cut)), record.cut.applies_when, record.why, decided)


def program_sheet(found: Compiled) -> Sheet:
    """The cuts of a program, and what became of each."""
    rows = tuple(
        (one.label, CLASSES.get(one.kind, one.kind), one.reason, str(one.row["paper"])) for one in found.applied
    )
    counted = ", ".join(f"{number} {CLASSES.get(kind, kind)}" for kind, number in found.by_kind.items())
    title = f"{found.program.target} program of {len(rows)} cuts"
    return Sheet(title, (counted,), ("cut", "what became of it", "why", "paper"), (("", rows),))


def settle_sheet(questions: Sequence[ToSettle], cuts: Mapping[str, Cut]) -> Sheet:
    """What the text of a selection leaves open, and the cuts that each question is about."""
    groups = []
    for question in questions:
        rows = [(f"option: {option}", "") for option in question.options]
        rows += [(said(cuts[name]), cuts[name].paper) for name in question.cuts]
        groups.append((question.question, tuple(rows)))
    return Sheet("To be settled before a program is written", (), ("option, or cut", "paper"), tuple(groups))


def _named(paper: Paper, *, title: bool = False) -> str:
    """The paper by its id, who wrote it and when; with `title` what it is called and what was read of it."""
    if title:
        return f"{paper.id}: {paper.title} ({', '.join(_facts(paper))})"
    facts = ", ".join(str(part) for part in (paper.collaboration, paper.year) if part)
    return f"{paper.id} ({facts})" if facts else paper.id


def _facts(paper: Paper) -> list[str]:
    return [str(part) for part in (paper.collaboration, paper.year, EDITIONS[paper.edition]) if part]


def _said(notes: Iterable[str]) -> tuple[str, ...]:
    return tuple(note for note in notes if note)


__all__ = ["Sheet", "compare_sheet", "paper_sheet", "program_sheet", "review_sheet", "search_sheet", "settle_sheet"]
