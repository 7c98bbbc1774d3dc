"""A plan as one PyROOT file that runs alone, on RDataFrame: the selection in C++, what is around it in Python."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace

from codegen.errors import NothingToCompile
from codegen.plan.nodes import Candidate, Collection, Plan, Step
from codegen.plan.report import CutReport
from codegen.plan.requirements import Written
from codegen.targets.fields import Needs, plural
from codegen.targets.head import WIDTH, head, origin
from codegen.targets.rdataframe.event_loop import event_loop
from codegen.targets.rdataframe.library import needed_pieces, parts
from codegen.targets.rdataframe.masks import MaskWriter
from codegen.targets.rdataframe.readers import COMMON, VERTICES, branches, object_reader, vertex_reader
from codegen.targets.rdataframe.selecting import Selecting, kinds_counted
from codegen.targets.tables import label_of, not_applied, python, steps_of
from kg.records import Json


def program_text(
    plan: Plan,
    reports: Sequence[CutReport],
    provenance: Mapping[str, Json],
    readings: Sequence[str],
    title: str,
) -> str:
    """The program. `reports` are all cuts of the selection; those without a function become comments.

    Raises `NothingToCompile` for what this target cannot write.
    """
    return _Program(plan, reports, provenance, readings, title).text()


class _Program:
    def __init__(
        self,
        plan: Plan,
        reports: Sequence[CutReport],
        provenance: Mapping[str, Json],
        readings: Sequence[str],
        title: str,
    ) -> None:
        self.plan, self.reports, self.provenance, self.readings = plan, reports, provenance, readings
        self.title = title
        self.needs = Needs(replace(plan, histograms=()))  # it fills none
        self.stated = {report.stated.id: report.stated for report in reports}
        self.steps = steps_of(plan)
        self.readers = [
            object_reader(kind, [one for one in wanted if not isinstance(one, Written)], plan.release)
            for kind, wanted in self.needs.fields.items()
        ]
        self.counts_vertices = any(VERTICES in repr(step.test) for step in self.steps)
        if self.counts_vertices:
            self.readers.insert(0, vertex_reader(plan.release))
        self.arguments: dict[str, tuple[str, ...]] = {}

    def text(self) -> str:
        """All parts, each written after what it needs is known."""
        masks = "\n\n".join(self._mask(step) for step in self.steps)
        select = Selecting(self.plan, self.needs, self.readers, self.arguments).text()
        readers = "\n\n".join(reader.text for reader in self.readers)
        loop = event_loop(self.plan, self.readers, self.needs.fields)
        constants, declared = self._constants(), self._object()
        pieces = needed_pieces("\n".join([masks, select, readers, loop, "begin"]))
        selection = "\n\n".join([_INCLUDES, constants, declared, pieces, masks, select])
        sections = [
            head(self.title, self.reports, self.provenance, self.readings, _taken(self.plan)),
            _IMPORTS,
            self._branches(),
            "# ---------------------------------------------------------------- the objects and the cuts\n\n"
            f"SELECTION = {_raw(_within_namespace(selection))}",
            "# What reads the objects from the branches, and the loop over events: compiled for the types that a file\n"
            "# has its branches in. A type is called as the branch, with _ for all that is no letter or digit.\n"
            f"READERS = {_raw(readers)}\n\nEVENT_LOOP = {_raw(loop)}",
            self._tables(),
            "# ---------------------------------------------------------------- files, cutflow, result\n\n"
            + parts(("files", "script")),
        ]
        return "\n\n\n".join(part.strip("\n") for part in sections) + "\n"

    # --- what the C++ begins with -------------------------------------------------------------------------------------

    def _constants(self) -> str:
        names = [step.function for step in self.steps]
        cuts = list(dict.fromkeys(step.cut for step in self.steps))
        kinds = [kind.upper() for kind in kinds_counted(self.plan, self.needs)]
        lines = ["const double GeV = 1000.0;  // energies in the files are MeV", "const double Z_MASS = 91.1876 * GeV;"]
        lines.append("const long INDEX = 10000000;  // keeps the indices of electrons and muons apart")
        lines += ["", f"enum Kind {{ {', '.join([*kinds, 'N_KINDS'])} }};"]
        lines.append(f"const int N_OUTPUTS = {len(self.plan.outputs)};")
        lines += ["", "// The rows of the cutflow, in the order in which the cuts are applied."]
        lines += ["namespace row {", "enum Row {", *(f"  {name}," for name in names), "  number", "};", "}"]
        of_row = ", ".join(str(cuts.index(step.cut)) for step in self.steps)
        lines += ["", "// Which cut each row belongs to: one cut may take several functions."]
        lines.append(f"const int CUT_OF_ROW[] = {{{of_row}}};")
        return "\n".join(lines)

    def _object(self) -> str:
        types: dict[str, str] = dict.fromkeys(COMMON, "double")
        for reader in self.readers:
            for name, kind in reader.fields.items():
                if types.setdefault(name, kind) != kind:
                    raise NothingToCompile(f"{name} is a number for some objects and a decision for others")
        taken = {"e", "px", "py", "pz", "there"} & set(types)
        if taken:
            raise NothingToCompile(f"the target rdataframe has another {', '.join(sorted(taken))}")
        lines = ["// One object of an event: what a cut looks at. A number that is not read is not a number."]
        lines.append("struct Object {")
        lines += [f"  {kind} {name} = {'false' if kind == 'bool' else 'NAN'};" for name, kind in types.items()]
        lines += ["  double e = NAN, px = NAN, py = NAN, pz = NAN;", "  bool there = true;", "};"]
        return "\n".join(lines)

    # --- cuts ---------------------------------------------------------------------------------------------------------

    def _mask(self, step: Step) -> str:
        this, declared = self._this(step)
        writer = MaskWriter(this)
        result = writer.test(step.test)
        self.arguments[step.function] = tuple(name for name in writer.uses if name != this)
        parameters = [declared] if this else []
        parameters += [f"{self._type(name)}{name}" for name in self.arguments[step.function]]
        lines = [_comment(line) for line in origin(self.stated[step.cut])]
        lines.append(f"bool {step.function}({', '.join(parameters)}) {{")
        return "\n".join([*lines, *_returned(result), "}"])

    def _this(self, step: Step) -> tuple[str, str]:
        """What the function calls the object or candidate at hand, and its parameter; "" for one on the event."""
        for definition in self.plan.definitions:
            if step not in definition.steps:
                continue
            if isinstance(definition, Collection):
                name = plural(definition.kind).removesuffix("s")
                return name, f"const Object &{name}"
            if definition.form != "quadruplets":
                raise NothingToCompile(f"the target rdataframe tests no candidates of the form {definition.form}")
            return "quadruplet", "const Quadruplet &quadruplet"
        return "", ""

    def _type(self, name: str) -> str:
        if name == VERTICES:
            return "double "
        candidate = any(isinstance(d, Candidate) and d.name == name for d in self.plan.definitions)
        return "const Pair &" if candidate else "const Objects &"

    # --- tables -------------------------------------------------------------------------------------------------------

    def _branches(self) -> str:
        listed = dict.fromkeys(["EventInfoAuxDyn.eventNumber", *branches(self.readers)])
        lines = ["BRANCHES = [", *(f"    {json.dumps(b)}," for b in listed), "]"]
        lists = dict.fromkeys(b for reader in self.readers for b in reader.lists)
        lines.append(f"LINK_LISTS = {json.dumps(list(lists))}  # branches that are lists of links")
        return "\n".join(lines)

    def _tables(self) -> str:
        rows = []
        for step in self.steps:
            label = label_of(step, self.stated[step.cut], f"{self._this(step)[0]}s")
            rows.append({"cut": step.cut, "name": step.function, "label": label})
        outputs = [name for name, _ in self.plan.outputs]
        return "\n".join(
            [
                f"CUTS = {python(rows)}  # the rows of the cutflow",
                f"OUTPUTS = {json.dumps(outputs)}",
                f"NOT_APPLIED = {python(not_applied(self.reports))}",
                f"PROVENANCE = {python(dict(self.provenance))}",
            ]
        )


def _taken(plan: Plan) -> list[str]:
    """What the text leaves open, and how it was taken."""
    return [
        f"{choice.question} Taken: {option.text}."
        for choice in plan.choices
        for option in choice.options
        if option.name == choice.taken
    ]


def _within_namespace(text: str) -> str:
    includes, rest = text.split("\n\n", 1)
    return f"{includes}\n\nnamespace selection {{\n\n{rest}\n\n}}  // namespace selection"


def _comment(line: str) -> str:
    """Words of a paper as a comment of C++, in which a line that ends with a backslash would go on in the next."""
    return f"// {line}" + (" |" if line.rstrip().endswith(("\\", "??/")) else "")


def _raw(text: str) -> str:
    """C++ as a raw string of Python; its comments hold words of papers."""
    plain = text.replace('"""', "'''")
    assert not plain.endswith(("\\", '"'))
    return f'r"""\n{plain}\n"""'


def _returned(expression: str) -> list[str]:
    line = f"  return {expression};"
    if len(line) <= WIDTH + 4:
        return [line]
    return ("\n         ".join([f"  return {_broken(expression)[0]}", *_broken(expression)[1:]]) + ";").split("\n")


def _broken(expression: str) -> list[str]:
    """A long expression, a line for each of its terms."""
    terms, depth, start = [], 0, 0
    for i, sign in enumerate(expression):
        depth += (sign in "([{") - (sign in ")]}")
        if depth == 0 and expression[i : i + 3] in ("|| ", "&& "):
            terms.append(expression[start:i].rstrip())
            start = i
    return [*terms, expression[start:]]


_IMPORTS = """import argparse
import difflib
import functools
import hashlib
import json
import re
import sys
import warnings
from pathlib import Path"""

_INCLUDES = """#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <utility>
#include <vector>
#include <ROOT/RDataFrame.hxx>
#include <ROOT/RVec.hxx>"""

__all__ = ["program_text"]
