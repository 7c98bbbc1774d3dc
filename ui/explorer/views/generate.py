"""The generate page: the program of a selection or of the basket, each cut with the lines that apply it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from codegen.errors import Contradiction, ToSettle, Undetermined
from codegen.generate import TARGETS, Program, generate
from codegen.plan.nodes import OpenChoice
from kg.listing import cut_rows
from kg.store.base import Store
from ui.reproduction.applied import Lines, lines_of

PYTHON = ("awkward", "coffea", "rdataframe")
RUNS = ("awkward", "coffea")
"""Targets whose programs this machine can run without ROOT."""


@dataclass(frozen=True)
class Applied:
    """A cut of the program: what became of it, why, and its lines, the definition and the uses."""

    row: Mapping[str, Any]
    label: str
    kind: str
    reason: str
    lines: tuple[Lines, ...]


@dataclass(frozen=True)
class Compiled:
    """A program; `owners` is the cut that a line belongs to."""

    program: Program
    applied: tuple[Applied, ...]
    owners: Mapping[int, str]

    @property
    def choices(self) -> tuple[OpenChoice, ...]:
        """What the text leaves open."""
        return self.program.plan.choices

    @property
    def by_kind(self) -> dict[str, int]:
        """How many cuts are compiled, by a proxy, not possible, …"""
        counts: dict[str, int] = {}
        for one in self.applied:
            counts[one.kind] = counts.get(one.kind, 0) + 1
        return counts

    @property
    def suffix(self) -> str:
        """How a file of the program is called."""
        return "py" if self.program.target in PYTHON else "adl"


def compiled(
    store: Store,
    paper: str | None,
    cuts: Sequence[str],
    target: str,
    choices: Mapping[str, str],
    without: Sequence[str],
) -> Compiled | tuple[ToSettle, ...]:
    """The program of a paper's effective selection, or of these cuts; what must be settled first, if anything.

    Raises what `codegen.generate.generate` raises for all else.
    """
    try:
        made = generate(
            store, paper, cuts=None if paper else list(cuts), target=target, choices=choices, without=list(without)
        )
    except Undetermined as error:
        return error.questions
    except Contradiction as error:
        return (ToSettle("contradiction", f"{error.what}: leave one of the two out.", error.cuts),)
    rows = {str(row["id"]): row for row in cut_rows(store, [report.stated.cut for report in made.report])}
    names = {name for report in made.report for name in report.functions}
    lines = lines_of(made.text, names) if target in PYTHON else {}
    applied = tuple(
        Applied(
            rows[report.stated.id],
            report.stated.label,
            report.kind,
            report.reason,
            tuple(lines[name] for name in report.functions if name in lines),
        )
        for report in made.report
    )
    owners: dict[int, str] = {}
    for one in applied:
        for found in one.lines:
            for number in (*range(found.first, found.last + 1), *found.used):
                owners.setdefault(number, str(one.row["id"]))
    return Compiled(made, applied, owners)


__all__ = ["PYTHON", "RUNS", "TARGETS", "Applied", "Compiled", "compiled"]
