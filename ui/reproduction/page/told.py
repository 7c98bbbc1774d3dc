"""What a report is made from: values only, so that the same ones give the same page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from codegen.plan.report import APPLIED
from ui.reproduction.checks import Check
from ui.reproduction.inputs import InputFile

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Told:
    """`cuts` as `cuts.json` holds it, the program and its hash, `result` as `result.json` holds it, the inputs with
    their hashes, what was checked, what other options of open choices change (None: not tried), and the request as
    it was typed.
    """

    cuts: Row
    program: str
    program_sha256: str
    result: Row
    files: tuple[InputFile, ...]
    checks: tuple[Check, ...]
    varied: Sequence[Row] | None
    request: Row

    @property
    def paper(self) -> Row:
        """The paper whose selection this is."""
        return self.papers[self.cuts["paper"]]

    @cached_property
    def papers(self) -> dict[str, Row]:
        """All papers that the selection rests on, by id, the one asked for first."""
        return {row["id"]: row for row in self.cuts["papers"]}

    @cached_property
    def flow(self) -> dict[str, list[Row]]:
        """The rows of the cutflow by cut: a cut may have several, one for each function that applies it."""
        found: dict[str, list[Row]] = {}
        for row in self.result["cutflow"]:
            found.setdefault(row["cut"], []).append(row)
        return found

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The number of each cut in this report: those applied in the order of the cutflow, then the others."""
        ids = dict.fromkeys(name for name in self.flow if name in self.by_id)
        ids |= dict.fromkeys(row["id"] for row in self.cuts["cuts"] if row["class"] in APPLIED)
        ids |= dict.fromkeys(row["id"] for row in self.cuts["cuts"])
        return {name: number for number, name in enumerate(ids, start=1)}

    @cached_property
    def by_id(self) -> dict[str, Row]:
        """The cuts by id."""
        return {row["id"]: row for row in self.cuts["cuts"]}

    def of_class(self, *classes: str) -> list[Row]:
        """The cuts of these classes, in the order of their numbers."""
        return [self.by_id[name] for name in self.numbers if self.by_id[name]["class"] in classes]


__all__ = ["APPLIED", "Row", "Told"]
