"""Objects near others: overlap removal, step by step in the order of the text, and isolation from other objects."""

from __future__ import annotations

import re

from codegen.plan.context import Context
from codegen.plan.nodes import Collection, Step
from codegen.plan.object_tests import KINDS, NotReadable, condition_test
from codegen.plan.phrases import closed_ends, speaks_of_two, stage_of, table
from codegen.plan.quantities import Nearest
from codegen.plan.requirements import AnyOf, Compare, Not, Test
from codegen.plan.shelf import BASELINE, SELECTED, kinds_of
from codegen.plan.stated import Stated, kind_of
from codegen.plan.varying import bound_of
from kg.limits import limit_of
from kg.lineage.conditions import clauses

_IN_CONES = ("electron", "muon", "lepton", "tau")
"""Objects with whose momentum a cone shrinks."""

_TO = re.compile(r"^(?:to|from|and|between) (?:the |any |a |an |all |both |remaining |selected )*(?P<what>.+)$")


def is_overlap(stated: Stated) -> bool:
    """Whether the cut keeps or drops objects of one kind by their distance to objects of another."""
    cut = stated.cut
    return (
        cut.variable in ("delta_r", "delta_phi", "delta_eta")
        and bool(kinds_of(cut.object))
        and any(kind_of(name) == "to" and other_kind(name) for name in stated.names)
    )


def other_kind(condition: str) -> str:
    """The kind of object that "to lepton" speaks of, "" for none.

    >>> other_kind("to lepton"), other_kind("to b-jet"), other_kind("to E_T^miss")
    ('lepton', 'bjet', '')
    """
    found = _TO.match(condition)
    if found is None:
        return ""
    what = re.sub(r"[-‐]", " ", found["what"].casefold())
    for kind in ("bjet", "electron", "muon", "lepton", "photon", "tau", "jet"):
        if kind == what or any(re.search(rf"(?<!\w){re.escape(w)}(?!\w)", what) for w in table()["object"][kind]):
            return kind
    return ""


def overlap_steps(stated: Stated, context: Context) -> None:
    """Replace the selected objects by those that the step leaves; raises `NotReadable`."""
    cut = stated.cut
    kind = next(found for name in sorted(stated.names) if kind_of(name) == "to" and (found := other_kind(name)))
    shelf = context.shelf
    stage = stage_of(stated, kind) or SELECTED
    others = shelf.collection(kind, stage)
    unremoved = shelf.unremoved(kind, stage) if context.order_open else ""
    if speaks_of_two(stated, kind):
        unremoved = ""
        others = shelf.add(Collection(context.names.collection(kind, "leading"), kind, (others,), first=2))
    distance = Nearest(cut.variable, others, unremoved)
    test: Test = Compare(distance, cut.op, bound_of(cut, distance), cut.unit, closed_ends(stated))
    if cut.veto:
        test = Not(test)
    context.findings.reading("overlap")
    if limit_of(cut.value) is not None and cut.object not in _IN_CONES:
        raise NotReadable("a distance that varies with a momentum, without saying whose")
    for own in kinds_of(cut.object):
        if own not in KINDS:
            raise NotReadable(f"no reading of {cut.object}")
        conditions = [
            condition_test(names, own, shelf.release)
            for names in sorted(clauses(stated.applies_when), key=sorted)
            if not all(kind_of(name) in ("class", "to", "region") for name in names)
        ]
        kept = AnyOf((*(Not(c) for c in conditions), test)) if conditions else test
        if stated.stage == "veto" and "veto" in shelf.stages(own):  # "… and is no further lepton": the selected stay
            left = context.names.collection(own, "separated_veto")
            step = Step(stated.id, context.names.function(stated, own), kept)
            shelf.replace_class(own, "veto", Collection(left, own, (shelf.collection(own, "veto"),), (step,)))
            continue
        before = shelf.collection(own)
        name = context.names.collection(own, "separated")
        step = Step(stated.id, context.names.function(stated, own), kept)
        shelf.replace(own, Collection(name, own, (before,), (step,), shelf.needs_of(own)))
        if BASELINE in (*stated.of_kind("class"), stage_of(stated, own)) and BASELINE in shelf.stages(own):
            whole = shelf.collection(own, BASELINE)  # a veto on baseline leptons counts what is left of them, too
            left = context.names.collection(own, "separated_baseline")
            shelf.replace_class(own, BASELINE, Collection(left, own, (whole,), (step,)))


__all__ = ["is_overlap", "other_kind", "overlap_steps"]
