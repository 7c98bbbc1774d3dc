"""The language model, the branch search and the sandbox brought together for cuts that no rule compiles."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ui.guard import say
from ui.plain import plain

if TYPE_CHECKING:
    from codegen.filling.gap import Gap
    from codegen.plan.report import CutReport
    from codegen.plan.requirements import Written
    from kg.branches import Branch
    from kg.llm.model import Model

_RECORDS, _LONGEST = 14, 400
"""Branches that a model is shown of a gap; signs of its words that are searched for."""


def masks_for(
    reports: Sequence[CutReport],
    release: str | None,
    sample: Path | None,
    confine: str,
    model: Model | None = None,
) -> dict[tuple[str, str], Written]:
    """What the model writes for the gaps of a program, by cut and kind; what it cannot is told on standard error.

    `model`: None for the one of the environment. Raises `NoModel`, `ModelUnavailable`, and what the sandbox raises.
    """
    from codegen.filling.fill import fill
    from codegen.filling.gap import gaps
    from codegen.filling.trying import Grounds
    from codegen.generate import RELEASE
    from codegen.sandbox import Level
    from kg.llm.opened import opened_model

    open_gaps = gaps(reports)
    if not open_gaps:
        say("no gaps: every cut is compiled or left out")
        return {}
    asked = model or opened_model()
    form = release or RELEASE
    grounds = Grounds.of_release(form, sample, Level.named(confine))
    done = fill(open_gaps, asked, lambda gap: branches_for(gap, form), grounds, form, lambda line: say(plain(line)))
    say(f"{len(done.masks)} of {len(open_gaps)} gaps filled by {plain(asked.name)}")
    return done.masks


def branches_for(gap: Gap, release: str) -> list[Branch]:
    """The branches that the cut itself leads to, then those that its words do; such as the release has."""
    from kg.branches import branches
    from kg.measures import containers
    from retrieval.branch_search import branches_of_cut, find_branches
    from retrieval.understanding import EmptyQuestion
    from ui.searching import chosen_embedder

    found = {row.name: row for _, rows in branches_of_cut(gap.stated.cut) for row in rows}
    if gap.kind and (counted := f"{containers()[gap.kind].container}.pt") in branches():
        found[counted] = branches()[counted]
    words = " ".join((gap.stated.label, *gap.stated.sentences))[:_LONGEST]
    with contextlib.suppress(EmptyQuestion):
        _, hits = find_branches(words, chosen_embedder(None), 2 * _RECORDS)
        found |= {hit.branch.name: hit.branch for hit in hits if hit.branch.name not in found}
    return [row for row in found.values() if release in dict(row.types)][:_RECORDS]


__all__ = ["branches_for", "masks_for"]
