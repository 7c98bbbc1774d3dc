"""Requirements on quadruplets: two disjoint same-flavour opposite-sign pairs of leptons; an event needs one."""

from __future__ import annotations

from codegen.plan.context import RANKS, Context
from codegen.plan.nodes import Step
from codegen.plan.object_tests import NotReadable
from codegen.plan.phrases import closed_ends, relation_of
from codegen.plan.quantities import Field, OfCandidate
from codegen.plan.requirements import AllOf, AnyOf, Compare, Not, Test, Within
from codegen.plan.stated import Stated, kind_of
from kg.measures import measure_of

_PAIRS = {"leading pair": "m12", "subleading pair": "m34"}
_CHANNELS = {"4μ channel": "muons", "4e channel": "electrons"}
_LEGS = {
    "4μ channel": ("muon", 4.0),
    "4e channel": ("electron", 4.0),
    "2e2μ channel": ("electron", 2.0),
    "2μ2e channel": ("electron", 2.0),
}
"""By channel, how many leptons of a quadruplet are of that flavour."""
_MIXED = {"2e2μ channel", "2μ2e channel"}


def speaks_of_quadruplets(selection: list[Stated]) -> bool:
    """Whether the selection is one of four leptons in two pairs."""
    for stated in selection:
        cut = stated.cut
        if cut.object == "quadruplet" or stated.names & set(_PAIRS):
            return True
        if cut.object == "dilepton" and cut.variable == "count" and cut.op in (">=", "==", ">") and cut.value == 2:
            return True
    return False


def is_of_quadruplet(stated: Stated) -> bool:
    """Whether the cut is on the quadruplet, or on the leptons or pairs in it, in a selection of quadruplets."""
    cut = stated.cut
    if cut.object in ("quadruplet", "dilepton"):
        return True
    if cut.object == "lepton" and cut.variable in ("delta_r", "delta_phi", "delta_eta"):
        return not stated.of_kind("to")
    if cut.object == "lepton" and stated.of_kind("rank"):
        return True
    return cut.variable == "count" and bool(stated.of_kind("type", "channel") or "quadruplet" in stated.said)


def quadruplet_step(stated: Stated, context: Context) -> Step | None:
    """The step of a cut on quadruplets; None for the requirement that there be one. Raises `NotReadable`."""
    cut = stated.cut
    function = context.names.function(stated, cut.object)
    if (cut.object, cut.variable) == ("dilepton", "count") or _holds_for_all(stated):
        return Step(stated.id, function, Within())
    test = _in_channels(stated, context, _test(stated, context))
    return Step(stated.id, function, Not(test) if cut.veto else test)


def _holds_for_all(stated: Stated) -> bool:
    """Whether every quadruplet has it: there must be one, of pairs of opposite charge and the same flavour."""
    cut = stated.cut
    if cut.veto:
        return False
    if cut.object == "quadruplet" and cut.variable == "count":
        return (cut.op, cut.value) in ((">=", 1.0), (">", 0.0))
    return cut.object == "dilepton" and cut.op == "is" and cut.value in ("opposite_sign", "same_flavour")


def _test(stated: Stated, context: Context) -> Test:
    cut = stated.cut
    if isinstance(cut.value, str):
        raise NotReadable(f"no reading of {cut.variable} {cut.value!r} of a quadruplet")
    closed = closed_ends(stated)
    pair = next((name for condition, name in _PAIRS.items() if condition in stated.names), "")
    if cut.object == "dilepton" and cut.variable == "mass" and pair:
        context.findings.reading("m12")
        return Compare(OfCandidate(pair), cut.op, cut.value, cut.unit, closed)
    if cut.object == "quadruplet" and cut.variable == "mass":
        return Compare(OfCandidate("m4l"), cut.op, cut.value, cut.unit, closed)
    if cut.variable in ("mass", "delta_r", "delta_phi", "delta_eta") and cut.object in ("dilepton", "lepton"):
        context.findings.reading("within_quadruplet")
        return Within(relation_of(stated), cut.variable, cut.op, cut.value, cut.unit, closed)
    if cut.object == "lepton" and cut.variable in ("pt", "et") and (ranks := stated.of_kind("rank")):
        context.findings.reading("leading")
        return Within(quantity="pt", op=cut.op, bound=cut.value, unit=cut.unit, closed=closed, rank=RANKS[ranks[0]])
    if cut.variable == "count" and cut.object in ("electron", "muon", "lepton"):
        return _counted(stated, context)
    raise NotReadable(f"no reading of {cut.object} {cut.variable} within a quadruplet")


def _in_channels(stated: Stated, context: Context, test: Test) -> Test:
    """A requirement of some channels, which quadruplets of the others pass; raises `NotReadable`.

    A paper that only speaks of 2e2μ means either order of the pairs; which pair is which, quadruplets do not tell.
    """
    channels = set(stated.of_kind("channel"))
    if isinstance(test, Within) and test.channel:
        return test
    if unknown := sorted(channels - set(_LEGS)):
        raise NotReadable(f"no reading of the {unknown[0]} for quadruplets")
    apart = channels & _MIXED
    if len(apart) == 1 and any((_MIXED - apart) & set(s.of_kind("channel")) for s in context.stated):
        raise NotReadable("2e2μ and 2μ2e apart: no reading of which pair is the leading one")
    legs = {_LEGS[channel] for channel in channels}
    if not legs or legs == set(_LEGS.values()):
        return test
    others = tuple(Not(Within(op="==", bound=n, counted_flavour=flavour)) for flavour, n in sorted(legs))
    return AnyOf((AllOf(others) if len(others) > 1 else others[0], test))


def _counted(stated: Stated, context: Context) -> Test:
    cut = stated.cut
    types = [name for name in stated.names if kind_of(name.removeprefix("not ")) == "type"]
    denied = any(name.startswith("not ") for name in types)
    plain = [name.removeprefix("not ") for name in types]
    if any(measure_of(cut.object, f"{cut.object}_type", context.shelf.release, name) is None for name in plain):
        raise NotReadable(f"the file has no {' or '.join(sorted(types))} for a {cut.object}")
    if denied and not all(name.startswith("not ") for name in types):
        raise NotReadable("a count of some types and of none of others")
    channels = stated.of_kind("channel")
    counted = tuple(Field(f"{cut.object}_type", name) for name in sorted(plain))
    assert not isinstance(cut.value, str)
    return Within(
        op=cut.op,
        bound=cut.value,
        counted=counted,
        counted_denied=denied,
        counted_flavour="" if cut.object == "lepton" else cut.object,
        channel=_CHANNELS.get(channels[0], "") if len(channels) == 1 else "",
    )


__all__ = ["is_of_quadruplet", "quadruplet_step", "speaks_of_quadruplets"]
