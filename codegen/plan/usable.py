"""Which cuts of a selection a program can apply: those that are verified, measurable, wanted, of the signal region."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from codegen.errors import InvalidChoice
from codegen.plan.points import at_points
from codegen.plan.report import Findings
from codegen.plan.stated import Stated
from kg.effective import slot
from kg.errors import KgError
from kg.measures import why_unavailable
from kg.units import units

USABLE = ("verified", "approved")
PRESELECTION = "preselection"
"""What is common to all regions: the cuts that belong to none."""


_OTHER = re.compile(r"^CR|^VR|control|validation|application|sideband", re.I)


class UnknownUnit(KgError):
    """A cut whose unit nothing can convert."""


def usable_cuts(
    selection: Sequence[Stated],
    findings: Findings,
    choices: Mapping[str, str],
    without: Sequence[str],
    written: Collection[str] = (),
) -> list[Stated]:
    """The cuts that a program can apply, on the signal selection; the others get their class.

    `written` are those that a model has written, whatever a rule could make of them.
    """
    left_out = {_one(selection, cut) for cut in without}
    ignored = [s for s in selection if s.id in left_out or s.cut.status not in USABLE]
    held = at_points([s for s in selection if s not in ignored], findings, choices)
    known = {s.id: s for s in (*ignored, *held)}
    kept = []
    for stated in [known[s.id] for s in selection if s.id in known]:
        cut = stated.cut
        if stated.id in left_out:
            findings.left_out(stated, "left out on request (--without)")
        elif cut.status not in USABLE:
            findings.left_out(stated, f"the cut is {cut.status}: {cut.reason}".rstrip(": "))
        elif stated.id in written:
            kept.append(stated)
        elif "trigger level" in stated.names:
            findings.impossible(stated, "it is a requirement of the trigger, whose decision the file does not hold")
        elif why := why_unavailable(cut.object, cut.variable):
            determined = not why.stops or _is_answered(stated, choices)
            if determined and why.stops:
                kept.append(stated)
            else:
                findings.impossible(stated, why.why)
                if why.stops:
                    findings.ask(cut.variable, f"{stated.label}: {why.why}", stated)
        elif cut.unit and cut.unit not in units():
            raise UnknownUnit(
                f"the cut {stated.id} has the unit {cut.unit!r}", where=stated.label, nearest=sorted(units())
            )
        else:
            kept.append(stated)
    return _overriding(_of_region(kept, findings, choices), findings)


def _overriding(kept: list[Stated], findings: Findings) -> list[Stated]:
    """A paper's own value without a condition takes the place of an inherited one that exempts some objects.

    "For muons the significance has to be below 3 in this analysis" replaces the 4 of the paper it builds on, and that
    stand-alone muons are exempt stays true.
    """
    replaced: dict[str, str] = {}
    result = []
    for stated in kept:
        own = [s for s in kept if _takes_the_place(s, stated)]
        if stated.via and stated.cut.applies_when.startswith("not ") and own:
            replaced.update({s.id: stated.cut.applies_when for s in own})
            findings.left_out(stated, f"{own[0].label} of {own[0].cut.paper} takes its place")
            findings.reading("override")
        else:
            result.append(stated)
    return [replace(stated, exempt=replaced.get(stated.id, stated.exempt)) for stated in result]


def _takes_the_place(own: Stated, inherited: Stated) -> bool:
    if own.cut.applies_when or len(own.via) >= len(inherited.via):
        return False
    return slot(own.cut)[:3] == slot(inherited.cut)[:3]


def _is_answered(stated: Stated, choices: Mapping[str, str]) -> bool:
    """Missing momentum is looked at later, with the sentences that may define it."""
    return stated.cut.variable == "met" or (stated.cut.variable == "btag" and not isinstance(stated.cut.value, str))


def _of_region(kept: list[Stated], findings: Findings, choices: Mapping[str, str]) -> list[Stated]:
    """The cuts of the signal selection; those of control and validation regions are left out."""
    regions = sorted({name for stated in kept for name in stated.of_kind("region")}, key=_counted)
    signal = [name for name in regions if not _OTHER.search(name)]
    chosen = choices.get("region", signal[0] if len(signal) == 1 else "")
    if chosen and chosen not in (*regions, PRESELECTION):
        raise InvalidChoice(f"no region {chosen!r}", nearest=[PRESELECTION, *regions])
    result = []
    for stated in kept:
        own = stated.of_kind("region")
        if not own or chosen in own:
            result.append(stated)
        elif not chosen and set(own) & set(signal):
            findings.ask("region", "The selection has several regions: which one?", stated, (PRESELECTION, *signal))
        else:
            findings.left_out(stated, f"it belongs to the region {own[0]}, which is not the selected one")
    return result


def _counted(name: str) -> list[tuple[int, str]]:
    """The name's pieces, numbers by their size: SR2 comes before SR10."""
    pieces = re.split(r"(\d+)", name)
    return [(len(piece) if number % 2 else 0, piece) for number, piece in enumerate(pieces)]


def _one(selection: Sequence[Stated], name: str) -> str:
    """The id of the cut that a person means by an id or its beginning."""
    ids = [s.id for s in selection if s.id == name or s.id.removeprefix("cut:").startswith(name.removeprefix("cut:"))]
    if len(set(ids)) != 1:
        raise InvalidChoice(f"no single cut {name!r}", nearest=[s.id for s in selection][:5])
    return ids[0]


__all__ = ["UnknownUnit", "usable_cuts"]
