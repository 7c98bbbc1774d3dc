"""Tables that every program holds: the cuts in their order, what is not applied, and literals of Python."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from codegen.plan.nodes import Plan, Step
from codegen.plan.report import APPLIED, CutReport
from codegen.plan.stated import Stated
from kg.records import Json


def steps_of(plan: Plan) -> list[Step]:
    """The steps of a plan in the order in which they are applied; one that two collections share stands once."""
    steps = [*plan.first, *(step for definition in plan.definitions for step in definition.steps), *plan.events]
    return list({step.function: step for step in steps}.values())


def label_of(step: Step, stated: Stated, objects: str) -> str:
    """What a row of the cutflow says; `objects` are those that the step tests: a cut on leptons has a row for each."""
    if step.label:
        return step.label
    if stated.cut.object == "lepton" and objects in ("electrons", "muons"):
        return f"{stated.label} ({objects})"
    return stated.label


def not_applied(reports: Sequence[CutReport]) -> list[Json]:
    """The cuts that the program does not apply, each with its class and why."""
    return [
        {"cut": report.stated.id, "label": report.stated.label, "class": report.kind, "why": report.reason}
        for report in reports
        if report.kind not in APPLIED
    ]


def python(value: Json) -> str:
    """A value as Python writes it, over several lines; a list of numbers on one.

    >>> print(python({"edges": [1, 2.5], "weighted": True}))
    {
        "edges": [1, 2.5],
        "weighted": True
    }
    """
    text = json.dumps(value, ensure_ascii=False, indent=4)
    text = re.sub(r"\[\s+(-?[\d.]+(?:,\s+-?[\d.]+)*)\s+\]", lambda m: "[" + re.sub(r"\s+", " ", m[1]) + "]", text)
    return text.replace(": true", ": True").replace(": false", ": False").replace(": null", ": None")


__all__ = ["label_of", "not_applied", "python", "steps_of"]
