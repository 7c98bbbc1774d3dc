"""The mask functions of a program: one for each cut, under its paper and its words."""

from __future__ import annotations

import json
from collections.abc import Mapping

from codegen.plan.nodes import Candidate, Plan, Step
from codegen.plan.stated import Stated
from codegen.targets.awkward.choices import Choices
from codegen.targets.awkward.expressions import Writer
from codegen.targets.fields import plural
from codegen.targets.head import WIDTH, origin
from codegen.targets.tables import label_of


class Masks:
    """Writes the mask function of a step.

    `parameters` are, for each function that is written, the collections that it gets besides the objects at hand.
    """

    def __init__(self, plan: Plan, choices: Choices, stated: Mapping[str, Stated]) -> None:
        self.plan, self.choices, self.stated = plan, choices, stated
        self.parameters: dict[str, tuple[str, ...]] = {}

    def source(self, step: Step) -> str:
        """The function, with the decorator that ties it to its cut."""
        this, stated = self._this(step), self.stated[step.cut]
        writer = Writer(this, self.choices.of(step))
        *before, result = writer.test(step.test).split("\n")
        others = [name for name in writer.uses if name != this]
        self.parameters[step.function] = tuple(others)
        label = json.dumps(label_of(step, stated, this), ensure_ascii=False)
        lines = [f"@cut({json.dumps(step.cut)}, {label})"]
        lines.append(f"def {step.function}({', '.join([this, *others] if this else others)}):")
        lines += [f"    # {line}" for line in origin(stated)]
        lines += [f"    {line}" for line in before]
        return "\n".join([*lines, *_returned(result)])

    def _this(self, step: Step) -> str:
        """The name of the array that the mask function gets, "" for one on the event."""
        for definition in self.plan.definitions:
            if step in definition.steps:
                return definition.name if isinstance(definition, Candidate) else plural(definition.kind)
        return ""


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


__all__ = ["Masks"]
