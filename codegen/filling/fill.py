"""Gaps put to a model, its answers checked and tried, and what was wrong told to it: three rounds at most."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from codegen.filling.asking import SCHEMA, again, instructions, question
from codegen.filling.checking import Refused, branches_of_mask
from codegen.filling.gap import Gap
from codegen.filling.trying import Grounds, tried
from codegen.plan.requirements import Written
from kg.branches import Branch
from kg.llm.errors import UnusableReply
from kg.llm.model import Model

ROUNDS = 3
Retrieved = Callable[[Gap], Sequence[Branch]]
"""The documented branches that may answer a gap, best first."""


@dataclass
class Filled:
    """What a model made of the gaps: masks by cut and kind, and why there is none for the others."""

    masks: dict[tuple[str, str], Written] = field(default_factory=dict)
    refused: dict[tuple[str, str], str] = field(default_factory=dict)


def fill(
    gaps: Sequence[Gap],
    model: Model,
    retrieved: Retrieved,
    grounds: Grounds,
    release: str,
    told: Callable[[str], None] = lambda line: None,
) -> Filled:
    """Ask the model for each gap. Raises what the model and the sandbox raise where nothing can be asked or tried.

    A cut of several kinds is filled for all of them or not at all.
    """
    done = Filled()
    for gap in gaps:
        outcome = _one(gap, model, retrieved(gap), grounds, release, told)
        if isinstance(outcome, Written):
            done.masks[gap.key] = outcome
        else:
            done.refused[gap.key] = outcome
            told(f"{gap.stated.label}: not filled, {outcome}")
    for cut, kind in list(done.masks):
        if others := [key for key in done.refused if key[0] == cut]:
            del done.masks[cut, kind]
            done.refused[cut, kind] = f"it could not be filled for {' and '.join(other for _, other in others)}"
    return done


def _one(
    gap: Gap,
    model: Model,
    records: Sequence[Branch],
    grounds: Grounds,
    release: str,
    told: Callable[[str], None],
) -> Written | str:
    """The mask, or why there is none."""
    asked = question(gap, records, release)
    text, complaint = asked, ""
    for turn in range(1, ROUNDS + 1):
        try:
            answer: Mapping[str, object] = model.reply(instructions(), text, SCHEMA)
        except UnusableReply as error:
            return f"the model gave no answer of the form asked for ({error.why})"
        if not answer["possible"]:
            return f"the model finds no branch for it: {_line(str(answer['why']))}"
        code = _function(str(answer["code"]))
        try:
            branches = branches_of_mask(code, grounds.types)
            passed, of = tried(code, branches, gap.kind, grounds)
        except Refused as error:
            complaint = str(error)
            told(f"{gap.stated.label}: round {turn}, {complaint}")
            text = again(asked, code, complaint)
            continue
        where = grounds.sample.name if grounds.sample else "made-up events"
        told(f"{gap.stated.label}: written by {model.name} in round {turn}; {passed} of {of} pass in {where}")
        return Written(code, branches, gap.kind, model.name, turn)
    return f"after {ROUNDS} rounds: {complaint}"


def _function(code: str) -> str:
    """The function as it is kept: common indentation and blank ends taken off, lines ending alike."""
    return textwrap.dedent(code.replace("\r\n", "\n").replace("\t", "    ")).strip() + "\n"


def _line(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:300]


__all__ = ["ROUNDS", "Filled", "Retrieved", "fill"]
