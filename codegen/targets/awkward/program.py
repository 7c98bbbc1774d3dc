"""A plan as one readable Python file that runs alone, on uproot and awkward."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from codegen.plan.nodes import (
    Candidate,
    Collection,
    Histogram,
    Nearest,
    Of,
    OfCandidate,
    Plan,
    Quantity,
    Ranked,
    Step,
    below,
)
from codegen.plan.report import CutReport
from codegen.plan.stated import Stated
from codegen.targets.awkward.choices import Choices, remarks
from codegen.targets.awkward.expressions import Writer
from codegen.targets.awkward.fields import Needs
from codegen.targets.awkward.head import WIDTH, head, origin
from codegen.targets.awkward.objects import reader_source, vertex_source
from codegen.targets.awkward.sources import helper_sources, parts
from kg.measures import containers
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
        self.parameters: dict[str, tuple[str, ...]] = {}
        self.branches: dict[str, None] = {}

    def text(self) -> str:
        """All parts, each written after what it needs is known."""
        readers = [self._reader(kind) for kind in self.needs.fields]
        masks = [self._mask(step, self._this(step)) for step in self._steps()]
        body = "\n\n\n".join([*readers, *self._vertices(), *masks, self._select()])
        branches = ["EventInfoAuxDyn.eventNumber", *self.branches]
        listed = "BRANCHES = [\n" + "".join(f"    {json.dumps(b)},\n" for b in dict.fromkeys(branches)) + "]"
        ending = parts(["choices", "flow", "files", "plots", "results", SCRIPTS[self.target].part])
        helpers = helper_sources(body + "\n" + ending)
        sections = [
            head(self.title, self.reports, self.provenance, self.readings, remarks(self.plan.choices)),
            _IMPORTS + SCRIPTS[self.target].imports,
            self._constants(),
            self.choices.constants(),
            listed,
            self._cut_class(),
            "# ---------------------------------------------------------------- the objects and the cuts\n\n" + body,
            self._tables(),
            "# ---------------------------------------------------------------- kinematics and choices of objects\n\n"
            + "\n\n\n".join(helpers),
            "# ---------------------------------------------------------------- files, cutflow, result\n\n" + ending,
        ]
        return "\n\n\n".join(part.strip("\n") for part in sections if part) + "\n"

    def _constants(self) -> str:
        lines = ["GeV = 1000.0  # energies in the files are MeV"]
        lines.append("Z_MASS = 91.1876 * GeV")
        lines.append("INDEX = 10_000_000  # keeps the indices of electrons and muons apart")
        if any(isinstance(d, Candidate) and d.form == "quadruplets" for d in self.plan.definitions):
            lines.append("SIX = [(0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3)]  # the pairs of four things")
        return "\n".join(lines)

    @staticmethod
    def _cut_class() -> str:
        return _CUT_DECORATOR

    # --- objects ------------------------------------------------------------------------------------------------------

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

    # --- cuts ---------------------------------------------------------------------------------------------------------

    def _steps(self) -> list[Step]:
        steps = [*self.plan.first]
        for definition in self.plan.definitions:
            steps += definition.steps
        return list({step.function: step for step in (*steps, *self.plan.events)}.values())

    def _this(self, step: Step) -> str:
        """The name of the array that the mask function gets, "" for one on the event."""
        for definition in self.plan.definitions:
            if step in definition.steps:
                return definition.name if isinstance(definition, Candidate) else _plural(definition.kind)
        return ""

    def _mask(self, step: Step, this: str) -> str:
        writer = Writer(this, self.choices.of(step))
        *before, result = writer.test(step.test).split("\n")
        others = [name for name in writer.uses if name != this]
        self.parameters[step.function] = tuple(others)
        stated = self.stated[step.cut]
        parameters = ", ".join([this, *others] if this else others)
        lines = [f"@cut({json.dumps(step.cut)}, {json.dumps(self._label(stated, step, this), ensure_ascii=False)})"]
        lines.append(f"def {step.function}({parameters}):")
        lines += [f"    # {line}" for line in origin(stated)]
        lines += [f"    {line}" for line in before]
        lines += _returned(result)
        return "\n".join(lines)

    @staticmethod
    def _label(stated: Stated, step: Step, this: str) -> str:
        if step.label:
            return step.label
        if stated.cut.object == "lepton" and this in ("electrons", "muons"):
            return f"{stated.label} ({this})"
        return stated.label

    # --- select -------------------------------------------------------------------------------------------------------

    def _select(self) -> str:
        lines = ["def select(events, flow):"]
        lines.append('    """Which events are selected, as a mask, and quantities of the events by name."""')
        for step in self.plan.first:
            lines.append(f"    flow.events({', '.join([step.function, *self.parameters[step.function]])})")
        kinds = list(self.needs.fields)
        lines += self._skim()
        for kind in kinds:
            lines.append(f"    all_{_plural(kind)} = read_{_plural(kind)}(events)")
        if kinds:
            counted = [(kind, kind) for kind in kinds]
            if any(isinstance(d, Collection) and d.kind == "bjet" for d in self.plan.definitions) and "jet" in kinds:
                counted.append(("bjet", "jet"))
            counts = ", ".join(f"{kind}=all_{_plural(source)}" for kind, source in counted)
            lines.append(f"    flow.start({counts})")
        for definition in self.plan.definitions:
            lines += self._candidate(definition) if isinstance(definition, Candidate) else self._collection(definition)
        for step in self.plan.events:
            lines.append(f"    flow.events({', '.join([step.function, *self.parameters[step.function]])})")
        quantities = dict(self.plan.outputs) | {h.name: h.quantity for h in self.plan.histograms}
        outputs = [self._output(name, quantity) for name, quantity in quantities.items()]
        if outputs:
            lines += ["    quantities = {", *(f"        {line}," for line in outputs), "    }"]
        lines.append(f"    return flow.left, {'quantities' if outputs else '{}'}")
        return "\n".join(lines)

    def _output(self, name: str, quantity: Quantity) -> str:
        match quantity:
            case OfCandidate():
                found = next(d.name for d in self.plan.definitions if isinstance(d, Candidate))
                text = f"chosen_values({found}, {Writer(found).quantity(quantity)})"
            case Of(Ranked(collection, 0), variable) if collection not in self.needs.sorted:
                text = f"highest({collection}, {collection}.{variable})"
            case _:
                text = Writer().quantity(quantity)
        text = f"({text})" if " + " in text else text
        return f"{json.dumps(name)}: {text}{' / GeV' if name.endswith('_GeV') else ''}"

    def _skim(self) -> list[str]:
        """Where a selection is one of quadruplets alone, events with fewer leptons fail all that follows."""
        definitions = self.plan.definitions
        quadruplets = any(isinstance(d, Candidate) and d.form == "quadruplets" for d in definitions)
        others = any(isinstance(d, Collection) and d.steps and not d.needs for d in definitions)
        if self.plan.events or others or not quadruplets:
            return []
        counts = " + ".join(f'events.number("{containers()[kind].container}.pt")' for kind in self.needs.fields)
        return [f"    events = flow.only(events, {counts} >= 4)"]

    def _collection(self, definition: Collection) -> list[str]:
        name, kind = definition.name, definition.kind
        ranked = name in self.needs.sorted
        if definition.first:
            text = f"leading({definition.parents[0]}, {definition.first})"
        elif definition.without:
            text = f"not_among({definition.parents[0]}, {definition.without})"
        elif len(definition.parents) > 1:
            text = f"together({', '.join(definition.parents)})"
        else:
            source = definition.parents[0] if definition.parents else f"all_{_plural(kind)}"
            if not definition.steps:
                text = source
            else:
                arguments = [json.dumps(kind), source, *(step.function for step in definition.steps)]
                if self.parameters[definition.steps[0].function]:
                    arguments.append(self._others(definition.steps[0]))
                if definition.needs:
                    asked = zip(definition.needs, definition.asked_by, strict=True)
                    needs = ", ".join(f"({_tuple(kinds)}, {n}, {json.dumps(cut)})" for (kinds, n), cut in asked)
                    arguments.append(f"needs=[{needs}]")
                text = _call("flow.objects", arguments)
        if ranked:
            text = self._sorted(name, text)
        return [f"    {name} = {text}"]

    def _sorted(self, name: str, text: str) -> str:
        return f"in_order({text}, LEADING_BY)" if name in self.choices.ordered() else f"by_pt({text})"

    def _others(self, step: Step) -> str:
        """What is handed to the cuts on objects besides these: other collections, or those before overlap removal."""
        nearest = {n.others: n.unremoved for n in below(step.test) if isinstance(n, Nearest)}
        names = []
        for name in self.parameters[step.function]:
            if "overlap_removal_order" in self.choices.of(step) and nearest.get(name):
                name = f'{name} if OVERLAP_REMOVAL_ORDER == "in-order" else {nearest[name]}'
            names.append(name)
        return f"others=({', '.join(names)},)"

    def _candidate(self, definition: Candidate) -> list[str]:
        name, source = definition.name, definition.collection
        if definition.form == "quadruplets":
            functions = [step.function for step in definition.steps]
            assignment = ", PAIR_ASSIGNMENT" if "pair_assignment" in self.choices.names else ""
            lines = [f"    {name} = quadruplets({source}{assignment})"]
            lines.append(f"    {name} = {_call('flow.candidates', [name, *functions])}")
            return lines
        relation = " & ".join(f"{r}(a, b)" for r in definition.relation)
        lines = [f"    {name} = closest_pair({source}, lambda a, b: {relation}, {definition.mass:g} * GeV)"]
        if definition.rest:
            text = f"without({source}, {name}.a, {name}.b)"
            lines.append(
                f"    {definition.rest} = "
                + (self._sorted(definition.rest, text) if definition.rest in self.needs.sorted else text)
            )
        return lines

    # --- tables -------------------------------------------------------------------------------------------------------

    def _tables(self) -> str:
        names = [step.function for step in self._in_order()]
        lines = ["CUTS = [  # in the order in which they are applied"]
        lines += [f"    {name}," for name in names] + ["]"]
        unapplied = [
            {"cut": r.stated.id, "label": r.stated.label, "class": r.kind, "why": r.reason}
            for r in self.reports
            if r.kind not in ("compiled", "proxy")
        ]
        lines.append("OUTPUTS = " + _python([name for name, _ in self.plan.outputs]))
        lines.append("HISTOGRAMS = " + _python([_histogram(histogram) for histogram in self.plan.histograms]))
        lines.append("CHOICES = " + _python(self.choices.table()))
        lines.append("NOT_APPLIED = " + _python(unapplied))
        lines.append("PROVENANCE = " + _python(dict(self.provenance)))
        return "\n".join(lines)

    def _in_order(self) -> list[Step]:
        return self._steps()


def _histogram(histogram: Histogram) -> dict[str, Json]:
    width = (histogram.high - histogram.low) / histogram.bins
    edges: list[Json] = [round(histogram.low + i * width, 9) for i in range(histogram.bins + 1)]
    return {"name": histogram.name, "label": histogram.label, "cuts": list(histogram.cuts), "edges": edges}


def _plural(kind: str) -> str:
    return {"fatjet": "large_r_jets", "bjet": "b_jets"}.get(kind, f"{kind}s")


def _tuple(names: Iterable[str]) -> str:
    quoted = [json.dumps(name) for name in names]
    return f"({', '.join(quoted)}{',' if len(quoted) == 1 else ''})"


def _call(function: str, arguments: Sequence[str]) -> str:
    line = f"{function}({', '.join(arguments)})"
    if len(line) < WIDTH - 30:
        return line
    return f"{function}(\n" + "".join(f"        {argument},\n" for argument in arguments) + "    )"


def _returned(expression: str) -> list[str]:
    line = f"    return {expression}"
    if len(line) <= WIDTH + 4:
        return [line]
    return ["    return (", *(f"        {part}" for part in _broken(expression)), "    )"]


def _broken(expression: str) -> list[str]:
    """A long expression, a line for each of its terms."""
    parts, depth, start = [], 0, 0
    for i, sign in enumerate(expression):
        depth += (sign in "([{") - (sign in ")]}")
        if depth == 0 and sign in "|&" and expression[i - 1] == " ":
            parts.append(expression[start:i].rstrip())
            start = i
    return [*parts, expression[start:]]


def _python(value: Json) -> str:
    """A value as Python writes it, over several lines; a list of numbers on one."""
    text = json.dumps(value, ensure_ascii=False, indent=4)
    text = re.sub(r"\[\s+(-?[\d.]+(?:,\s+-?[\d.]+)*)\s+\]", lambda m: "[" + re.sub(r"\s+", " ", m[1]) + "]", text)
    return text.replace(": true", ": True").replace(": false", ": False").replace(": null", ": None")


_IMPORTS = """import argparse
import difflib
import functools
import gc
import hashlib
import json
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
