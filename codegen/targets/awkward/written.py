"""What a model wrote for a cut, as a program holds it: named after the cut, and marked for whoever reads it."""

from __future__ import annotations

import ast
import textwrap
from collections.abc import Iterable

from codegen.plan.nodes import Step, below
from codegen.plan.requirements import Written
from codegen.plan.stated import Stated
from codegen.targets.head import WIDTH, origin


def written_tests(steps: Iterable[Step]) -> list[tuple[Step, Written]]:
    """The steps whose test a model wrote."""
    return [(step, node) for step in steps for node in below(step.test) if isinstance(node, Written)]


def written_source(written: Written, stated: Stated) -> str:
    """The function under its name, with the words that it is for and who wrote it."""
    function = ast.parse(written.source).body[0]
    assert isinstance(function, ast.FunctionDef)
    function.name = written.name
    opening, *body = ast.unparse(function).split("\n")
    who = "".join(c for c in written.model if c.isprintable())
    what = f"of each {written.kind}" if written.kind else "of each event"
    remark = (
        f"Written by the model {who} (round {written.rounds}), {what}, since no rule compiles the cut. It was tried "
        "for whether it runs, not for whether it means what the sentence says."
    )
    comments = [*textwrap.wrap(remark, WIDTH - 4), *origin(stated)]
    return "\n".join([opening, *(f"    # {line}" for line in comments), *body])


__all__ = ["written_source", "written_tests"]
