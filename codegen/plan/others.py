"""The particle to which an angle or distance is measured: "Δφ to the leading jet", "Δφ to E_T^miss"."""

from __future__ import annotations

from dataclasses import replace

from codegen.plan.context import Context
from codegen.plan.overlap import other_kind
from codegen.plan.quantities import Particle, Ranked, Together
from codegen.plan.stated import Stated, kind_of
from codegen.plan.sums import missing_momentum

_PAIRS = ("dilepton", "diphoton", "dijet")
_MISSING = ("miss", "mht", "met")


def other_particle(stated: Stated, context: Context, *, not_of: str = "") -> Particle | None:
    """The leading object, or the missing momentum, that the condition names; None where it names none.

    `not_of`: a kind that is no other one, as that of the members of a pair is.
    """
    for name in sorted(stated.names):
        if kind_of(name) != "to":
            continue
        if any(sign in name.casefold() for sign in _MISSING):
            return missing_momentum(stated, context)
        pair = name.casefold().removeprefix("to ")
        if pair in _PAIRS and pair != stated.cut.object:
            return Together(context.pair(replace(stated, cut=replace(stated.cut, object=pair, applies_when=""))))
        if (kind := other_kind(name)) and kind != not_of:
            return Ranked(context.shelf.collection(context.lepton_kind() if kind == "lepton" else kind), 0)
    return None


__all__ = ["other_particle"]
