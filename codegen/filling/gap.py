"""Cuts that no rule compiles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from codegen.plan.object_tests import KINDS
from codegen.plan.report import CutReport
from codegen.plan.shelf import kinds_of
from codegen.plan.stated import Stated

FILLABLE = ("not understood", "not possible")
_OF_EVENTS = ("count", "charge_relation", "flavour_relation", "trigger", "good_run_list", "n_primary_vertices")


@dataclass(frozen=True)
class Gap:
    """A cut to be filled: `why` no rule compiles it, and the kind of object a mask is asked of, "" for the event."""

    stated: Stated
    why: str
    kind: str

    @property
    def key(self) -> tuple[str, str]:
        """By cut and kind: a cut on leptons is filled once for electrons and once for muons."""
        return self.stated.id, self.kind


def gaps(reports: Sequence[CutReport]) -> list[Gap]:
    """The cuts of a program that no rule compiles, in its order."""
    return [
        Gap(report.stated, report.reason, kind)
        for report in reports
        if report.kind in FILLABLE
        for kind in _kinds(report.stated)
    ]


def as_gaps(reports: Sequence[CutReport], cuts: Sequence[str] = ()) -> list[list[Gap]]:
    """Cuts on one object at a time that rules do compile, as gaps, each with one for every kind of object.

    A model's mask for them can be held against the rules'. `cuts`: only those of these ids, or beginnings of ids.
    """
    names = [name.removeprefix("cut:") for name in cuts]
    why = "it is taken out of the rules' hands, to see what you make of it"
    found = []
    for report in reports:
        kinds = _kinds(report.stated)
        meant = not names or any(report.stated.id.removeprefix("cut:").startswith(name) for name in names)
        if report.kind in ("compiled", "proxy") and kinds != ("",) and meant:
            found.append([Gap(report.stated, why, kind) for kind in kinds])
    return found


def _kinds(stated: Stated) -> tuple[str, ...]:
    if stated.cut.variable == "btag":
        return ("bjet",)
    kinds = tuple(kind for kind in kinds_of(stated.cut.object) if kind in KINDS)
    of_event = stated.cut.variable in _OF_EVENTS or stated.of_kind("rank", "channel", "pair")
    return kinds if kinds and not of_event else ("",)


__all__ = ["FILLABLE", "Gap", "as_gaps", "gaps"]
