"""A plan as one readable Python file that runs alone, on uproot and awkward."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from codegen.plan.nodes import Histogram, Plan
from codegen.plan.report import CutReport
from codegen.targets.awkward.choices import Choices, remarks
from codegen.targets.awkward.masks import Masks
from codegen.targets.awkward.objects import reader_source, vertex_source
from codegen.targets.awkward.selecting import Selecting
from codegen.targets.awkward.sources import helper_sources, parts
from codegen.targets.awkward.written import written_source, written_tests
from codegen.targets.fields import Needs
from codegen.targets.head import head
from codegen.targets.tables import not_applied, python, steps_of
from kg.records import Json


def program_text(
    plan: Plan,
    reports: Sequence[CutReport],
    provenance: Mapping[str, Json],
    readings: Sequence[str],
    title: str,
    target: str = "awkward",
) -> str:
    """The program. `reports` are all cuts of the selection; those without a function become comments."""
    return _Program(plan, reports, provenance, readings, title, target).text()


class _Program:
    def __init__(
        self,
        plan: Plan,
        reports: Sequence[CutReport],
        provenance: Mapping[str, Json],
        readings: Sequence[str],
        title: str,
        target: str,
    ) -> None:
        self.plan, self.reports, self.provenance, self.readings, self.title = plan, reports, provenance, readings, title
        self.target = target
        self.needs = Needs(plan)
        self.stated = {report.stated.id: report.stated for report in reports}
        self.choices = Choices(plan, self.needs, {name: stated.label for name, stated in self.stated.items()})
        self.steps = steps_of(plan)
        self.branches: dict[str, None] = {"EventInfoAuxDyn.eventNumber": None}

    def text(self) -> str:
        """All parts, each written after what it needs is known."""
        readers = [self._reader(kind) for kind in self.needs.fields]
        vertices = self._vertices()
        masks = Masks(self.plan, self.choices, self.stated)
        functions = [masks.source(step) for step in self.steps]
        select = Selecting(self.plan, self.needs, self.choices, masks.parameters).source()
        body = "\n\n\n".join([*self._written(), *readers, *vertices, *functions, select])
        ending = parts([*PARTS, SCRIPTS[self.target].part])
        helpers = "\n\n\n".join(helper_sources(body + "\n" + ending))
        sections = [
            head(self.title, self.reports, self.provenance, self.readings, remarks(self.plan.choices)),
            _IMPORTS + SCRIPTS[self.target].imports,
            _CONSTANTS,
            self.choices.constants(),
            "BRANCHES = [\n" + "".join(f"    {json.dumps(branch)},\n" for branch in self.branches) + "]",
            _CUT_DECORATOR,
            "# ---------------------------------------------------------------- the objects and the cuts\n\n" + body,
            self._tables(),
            "# ---------------------------------------------------------------- kinematics and choices of objects\n\n"
            + helpers,
            "# ---------------------------------------------------------------- files, cutflow, result\n\n" + ending,
        ]
        return "\n\n\n".join(part.strip("\n") for part in sections if part) + "\n"

    def _written(self) -> list[str]:
        """The functions that a model wrote."""
        written = written_tests(self.steps)
        self.branches.update(dict.fromkeys(branch for _, test in written for branch in test.branches))
        return [written_source(test, self.stated[step.cut]) for step, test in written]

    def _reader(self, kind: str) -> str:
        text, branches = reader_source(kind, self.needs.fields[kind], self.plan.release, self.choices.lines(kind))
        self.branches.update(dict.fromkeys(branches))
        return text

    def _vertices(self) -> list[str]:
        steps = [step for step in self.plan.first if "n_primary_vertices" in repr(step.test)]
        if not steps:
            return []
        text, branches = vertex_source(self.plan.release)
        self.branches.update(dict.fromkeys(branches))
        return [text]

    def _tables(self) -> str:
        lines = ["CUTS = [  # in the order in which they are applied"]
        lines += [f"    {step.function}," for step in self.steps] + ["]"]
        lines.append("OUTPUTS = " + python([name for name, _ in self.plan.outputs]))
        lines.append("HISTOGRAMS = " + python([_histogram(histogram) for histogram in self.plan.histograms]))
        lines.append("CHOICES = " + python(self.choices.table()))
        lines.append("NOT_APPLIED = " + python(not_applied(self.reports)))
        lines.append("PROVENANCE = " + python(dict(self.provenance)))
        return "\n".join(lines)


def _histogram(histogram: Histogram) -> dict[str, Json]:
    width = (histogram.high - histogram.low) / histogram.bins
    edges: list[Json] = [round(histogram.low + i * width, 9) for i in range(histogram.bins + 1)]
    return {"name": histogram.name, "label": histogram.label, "cuts": list(histogram.cuts), "edges": edges}


PARTS = ("choices", "flow", "baskets", "files", "plots", "results")
"""What every program ends with, before its script."""

_CONSTANTS = """GeV = 1000.0  # energies in the files are MeV
Z_MASS = 91.1876 * GeV
INDEX = 10_000_000  # keeps the indices of electrons and muons apart"""

_IMPORTS = """import argparse
import difflib
import functools
import gc
import hashlib
import json
import struct
import sys
from pathlib import Path

import awkward as ak
import numpy as np
import uproot"""


@dataclass(frozen=True)
class Script:
    """How a target runs the selection: the part that it ends with, and what that imports."""

    part: str
    imports: str = ""


SCRIPTS = {
    "awkward": Script("script"),
    "coffea": Script("coffea_script", "\nfrom coffea import processor\nfrom coffea.nanoevents import BaseSchema"),
}
"""The targets that share this way of writing a selection."""

_CUT_DECORATOR = '''def cut(identifier, label):
    """Marks a function as the mask of a cut of the graph."""

    def mark(function):
        function.cut, function.label = identifier, label
        return function

    return mark'''

__all__ = ["SCRIPTS", "program_text"]
