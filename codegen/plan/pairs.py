"""Requirements on pairs: charges, flavours, masses, distances; the pair of the selection, any pair, every pair."""

from __future__ import annotations

import re

from codegen.plan.context import Context, at_least
from codegen.plan.object_tests import NotReadable
from codegen.plan.others import other_particle
from codegen.plan.phrases import closed_ends, quantifier_of, relation_of
from codegen.plan.quantities import Between, Distance, Leg, Of, Particle, Quantity, Together
from codegen.plan.requirements import AnyOf, Compare, Not, PairCount, PairTest, Relation, Test
from codegen.plan.stated import Stated
from codegen.plan.varying import bound_of
from kg.vocabulary import objects

Z_MASS = 91.1876
"""GeV; Particle Data Group."""

DISTANCES = ("delta_r", "delta_phi", "delta_eta")
_FLAVOURS = {"ee pair": "both_electrons", "μμ pair": "both_muons", "eμ pair": "different_flavour"}
# "events with a same-flavour pair of mass below … are rejected": no such pair may be there, chosen or not
_OF_ANY = re.compile(
    r"(?<!\w)(?:with|contain|contains|containing|having|has|have) (?:an?|any) (?:[\w,]+ ){0,6}pairs?(?!\w)"
)


def pair_test(stated: Stated, context: Context) -> Test:
    """The test of a cut on a dilepton, diphoton or dijet; raises `NotReadable`."""
    cut = stated.cut
    if cut.variable == "count":
        return _count(stated, context)
    if cut.variable in ("charge_relation", "flavour_relation"):
        if (counted := _counted_alike(stated, context)) is not None:
            return _count(counted, context)
        first, second = context.pair(stated)
        test: Test = Relation((str(cut.value),), first, second)
        return Not(test) if cut.veto != (cut.op in ("is_not", "!=")) else test
    quantifier = quantifier_of(stated)
    of_any = context.closest is None or _OF_ANY.search(stated.said) is not None
    if not quantifier and of_any and (cut.veto or cut.op == "not_in") and relation_of(stated):
        quantifier = "every"  # a veto on pairs of a sort
    if quantifier and cut.variable in ("mass", "abs_mass_minus_mz", *DISTANCES):
        return _of_several(stated, context, quantifier)
    first, second = context.pair(stated)
    test = compare(stated, pair_quantity(stated, first, second, _other(stated, context)))
    return _if_of_that_sort(stated, context, first, second, test)


def _other(stated: Stated, context: Context) -> Particle | None:
    """What is no part of the pair and stands at an angle to it: "Δφ(γγ, j_1)"."""
    if stated.cut.variable not in DISTANCES or stated.cut.object not in objects():
        return None
    return other_particle(stated, context, not_of=objects()[stated.cut.object].members)


def pair_quantity(stated: Stated, first: Particle, second: Particle, other: Particle | None = None) -> Quantity:
    """The variable of the cut for these two, or for both together and another; raises `NotReadable`."""
    variable = stated.cut.variable
    if variable == "mass":
        return Of(Together((first, second)), "mass")
    if variable == "abs_mass_minus_mz":
        return Distance(Of(Together((first, second)), "mass"), Z_MASS)
    if variable == "pt":
        return Of(Together((first, second)), "pt")
    if variable in DISTANCES:
        return Between(variable, Together((first, second)), other) if other else Between(variable, first, second)
    raise NotReadable(f"no reading of {variable} for a {stated.cut.object}")


def compare(stated: Stated, quantity: Quantity) -> Test:
    """The comparison of the cut, turned round where it says what is removed."""
    cut = stated.cut
    test = Compare(quantity, cut.op, bound_of(cut, quantity), cut.unit, closed_ends(stated))
    return Not(test) if cut.veto else test


def _count(stated: Stated, context: Context) -> Test:
    cut = stated.cut
    relation = relation_of(stated)
    if isinstance(cut.value, str):
        raise NotReadable("a number of pairs that is no number")
    test = PairCount(context.members(stated), relation, cut.op, cut.value)
    return Not(test) if cut.veto else test


def _counted_alike(stated: Stated, context: Context) -> Stated | None:
    """The count of such pairs in the same sentence: "at least one same-sign pair" says one thing, not two."""
    for other in context.stated:
        same = other.cut.object == stated.cut.object and set(other.sentences) & set(stated.sentences)
        if same and other.cut.variable == "count" and at_least(other) > 0 and stated.cut.value in relation_of(other):
            return other
    return None


def _of_several(stated: Stated, context: Context, quantifier: str) -> Test:
    """Every pair, or any, of the sort that the sentence names. "Rejected if any is inside": every one is outside."""
    cut = stated.cut
    if isinstance(cut.value, str):
        raise NotReadable(f"{cut.value!r} is no number")
    rejecting = cut.veto or cut.op == "not_in"
    context.findings.reading("every_pair" if quantifier == "every" or rejecting else "any_pair")
    test = PairTest(
        "any" if cut.veto or (quantifier == "any" and not rejecting) else "every",
        context.members(stated),
        relation_of(stated),
        cut.variable,
        cut.op,
        cut.value,
        cut.unit,
        closed_ends(stated),
    )
    return Not(test) if cut.veto else test


def _if_of_that_sort(stated: Stated, context: Context, first: Particle, second: Particle, test: Test) -> Test:
    """A requirement on same-flavour pairs is passed by an event whose pair is none."""
    if isinstance(first, Leg):
        return test
    sorts = [
        name for name in ("same-flavour", "different-flavour", "opposite-sign", "same-sign") if name in stated.names
    ]
    if "same-flavour opposite-sign" in stated.names:
        sorts = ["same-flavour", "opposite-sign"]
    names = [name.replace("-", "_") for name in sorts]
    if context.lepton_kind() == "lepton" and context.counted("lepton"):
        names += [relation for name, relation in _FLAVOURS.items() if name in stated.names]
    for channel in stated.of_kind("channel"):
        if channel not in CHANNELS:
            raise NotReadable(f"no reading of the {channel}")
        names.append(CHANNELS[channel])
    if not names:
        return test
    context.findings.reading("condition")
    return AnyOf((Not(Relation(tuple(names), first, second)), test))


CHANNELS = {
    "ee channel": "both_electrons",
    "μμ channel": "both_muons",
    "eμ channel": "different_flavour",
    "same-flavour channel": "same_flavour",
    "different-flavour channel": "different_flavour",
}
"""Channels of two leptons, as relations between them."""

__all__ = ["CHANNELS", "DISTANCES", "Z_MASS", "compare", "pair_quantity", "pair_test"]
