"""Requirements on the event: numbers of objects, leading objects, sums, missing momentum, transverse masses, angles."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from codegen.plan.cases import in_case
from codegen.plan.context import Context, at_least
from codegen.plan.counted import counted_collection
from codegen.plan.nodes import Collection
from codegen.plan.object_tests import KINDS, NotReadable, both
from codegen.plan.others import other_particle
from codegen.plan.pairs import CHANNELS, DISTANCES, Z_MASS, compare, pair_test
from codegen.plan.phrases import closed_ends, is_of_both, is_of_pair, is_rest, says, stage_of
from codegen.plan.quantities import (
    Added,
    Between,
    Count,
    CountOfEvent,
    Distance,
    Field,
    Leg,
    Of,
    OverRoot,
    Particle,
    Quantity,
    Ranked,
    Ratio,
    ScalarSum,
    Together,
)
from codegen.plan.requirements import AllOf, AnyOf, Compare, FlagOf, IfThere, Not, PairTest, Relation, Test
from codegen.plan.shelf import FLAVOURS
from codegen.plan.stated import Stated
from codegen.plan.sums import missing_momentum, summed
from kg.limits import named
from kg.measures import measure_of
from kg.vocabulary import VariableTerm, objects, variables


def variable_term(name: str) -> VariableTerm:
    """What the vocabulary says of the variable."""
    return variables()[name]


RATIOS = {f"{above}_over_{below}": (above, below) for above in ("met", "mht") for below in ("ht", "meff")}
"""Ratios of two variables of the event: what is above and what is below."""
ROOTS = {"mht_over_sqrt_ht": ("mht", "ht"), "met_significance": ("met", "ht")}
"""Those with a square root below; the significance of E_T^miss is one where the text says so, by its unit √GeV."""


def event_test(stated: Stated, context: Context) -> Test:
    """The test of a cut on the event as a whole; raises `NotReadable`."""
    if written := context.written(stated):
        return written

    def of_event(variable: str) -> Quantity:
        """The variable as a cut on the event would bound it."""
        cut = replace(stated.cut, object="event", variable=variable, applies_when="")
        return quantity_of(replace(stated, cut=cut), context)

    return in_case(stated, context, _of_any_case(stated, context), of_event)


def _of_any_case(stated: Stated, context: Context) -> Test:
    """The test of the cut in the case that it is for."""
    cut = stated.cut
    if cut.object in objects() and objects()[cut.object].is_pair and cut.object != "trilepton":
        return pair_test(stated, context)
    if cut.variable == "count" and cut.object not in ("event", "vertex"):
        channels = context.channels()
        if any(stated.id == s.id for counts in channels.values() for s in counts):
            context.findings.reading("channels")
            tests = tuple(both(tuple(count_test(s, context) for s in counts)) for counts in channels.values())
            return AnyOf(tests) if len(tests) > 1 else tests[0]
        return _of_that_sort(stated, context, count_test(stated, context))
    if named(cut):
        return in_channel(stated, context, _of_each(stated, context, lambda p: _decision(stated, context, p)))
    if is_of_pair(stated):
        return in_channel(stated, context, _of_the_pair(stated, context))
    of_one = stated.of_kind("rank") or is_of_both(stated) or (is_rest(stated) and context.closest is not None)
    if of_one and variable_term(cut.variable).object != "event":
        _need_of_flavours(stated, context)
        test = _of_each(
            stated, context, lambda p: _of_flavour(stated, p, compare(stated, _of_ranked(stated, context, p)))
        )
        return in_channel(stated, context, test)
    paired = cut.object == "photon" and any(s.cut.object == "diphoton" for s in context.stated)
    if paired and cut.variable in DISTANCES and not stated.names and cut.veto == cut.op.startswith("<"):
        of_pair = replace(stated, cut=replace(cut, object="diphoton"))
        return pair_test(of_pair, context)  # "the photons are separated by …": those of the pair
    if (
        cut.object in ("lepton", "electron", "muon", "jet")
        and cut.variable in DISTANCES
        and not other_particle(stated, context)
    ):
        if cut.veto != cut.op.startswith("<"):
            raise NotReadable("an upper limit on a distance, without saying to what: perhaps the size of a cone")
        if isinstance(cut.value, str):
            raise NotReadable(f"the distance {cut.value} of each two objects")
        name = context.collection_for(stated, context.lepton_kind() if cut.object == "lepton" else cut.object)
        context.findings.reading("all_apart")
        found = PairTest("every", name, (), cut.variable, cut.op, cut.value, cut.unit, closed_ends(stated))
        return Not(found) if cut.veto else found
    return in_channel(stated, context, compare(stated, quantity_of(stated, context)))


def quantity_of(stated: Stated, context: Context) -> Quantity:
    """The quantity of the event that the cut bounds; raises `NotReadable`."""
    cut = stated.cut
    variable = cut.variable
    if variable == "n_primary_vertices" or (cut.object == "vertex" and variable == "count"):
        context.findings.reading("primary_vertex")
        return CountOfEvent("n_primary_vertices")
    if variable in ("met_plus_mt", "mht_plus_mt") or (says(stated, "total") and variable in ("mt", "met")):
        momentum = missing_momentum(stated, context)
        return Added((Of(momentum, "pt"), Between("transverse_mass", _lepton(context), momentum)))
    if variable in RATIOS:
        return Ratio(*_parts(RATIOS[variable], stated, context))
    if variable in ROOTS and (variable != "met_significance" or cut.unit == "√GeV"):
        return OverRoot(*_parts(ROOTS[variable], stated, context))
    if variable in ("met", "mht", "ht", "st", "meff") and "remaining" in stated.names:
        raise NotReadable("it is not clear what the lepton that is left over has to do with it")
    if variable in ("met", "mht"):
        return Of(missing_momentum(stated, context), "pt")
    if variable in ("ht", "st", "lt"):
        return ScalarSum(summed(stated, context))
    if variable == "meff":
        return Added((ScalarSum(summed(stated, context)), Of(missing_momentum(stated, context), "pt")))
    if variable == "mt":
        return Between("transverse_mass", _lepton(context), missing_momentum(stated, context))
    if cut.object == "trilepton" and variable == "mass":
        name = context.collection_for(stated, context.lepton_kind())
        return Of(Together(tuple(Ranked(name, i) for i in range(3))), "mass")
    if cut.object == "trilepton" and variable == "abs_mass_minus_mz":
        name = context.collection_for(stated, context.lepton_kind())
        return Distance(Of(Together(tuple(Ranked(name, i) for i in range(3))), "mass"), Z_MASS)
    if variable in DISTANCES:
        kind = context.lepton_kind() if cut.object == "lepton" else cut.object
        if cut.object in ("event", "track"):
            raise NotReadable("it is not clear whose angle is meant")
        return _angle(stated, context, Ranked(context.collection_for(stated, kind), 0))
    raise NotReadable(f"no reading of {variable} for {cut.object}")


def _parts(names: tuple[str, str], stated: Stated, context: Context) -> tuple[Quantity, Quantity]:
    """The two variables of a ratio, each as the cut would bound it alone."""
    above, below = (replace(stated, cut=replace(stated.cut, variable=name)) for name in names)
    return quantity_of(above, context), quantity_of(below, context)


def count_test(stated: Stated, context: Context) -> Test:
    """How many objects there are; of objects of a veto or additional ones, those that are not selected."""
    cut = stated.cut
    if isinstance(cut.value, str):
        raise NotReadable(f"a number {cut.value!r}")
    if stated.of_kind("type", "place", "numeric", "other"):
        raise NotReadable(f"no reading of a number of {cut.object} if {cut.applies_when}")
    kind = cut.object
    if kind not in (*KINDS, *FLAVOURS):
        raise NotReadable(f"the file has no container of objects of the kind {kind}")
    stage = stated.stage or stage_of(stated, kind)
    none_allowed = at_least(stated) == 0 and not _allows_one(stated)
    if none_allowed and not stage and _known_stages(kind, context) == {"veto"}:
        stage = "veto"  # "events with such a lepton are rejected", where only those of a veto are defined
    besides = stage == "additional" or (none_allowed and (stage in ("veto", "loose") or says(stated, "additional")))
    if kind not in ("lepton", *FLAVOURS["lepton"]) and not context.counted(kind):
        besides, stage = False, "" if stage == "additional" else stage  # none are selected: any is an additional one
    if besides and (context.counted(kind, "lepton") or stage == "additional" or context.channels()):
        none = compare(stated, Count(besides_selected(stated, context, kind, stage)))
        return AllOf((none, *_no_other_selected(kind, context)))
    counted = context.shelf.collection(kind, stage)
    if parts := context.parts.get(stated.id):
        counted = counted_collection(stated, parts, counted, context)
    return compare(stated, Count(counted))


def _known_stages(kind: str, context: Context) -> set[str]:
    """The classes of which the text speaks for the kind, or for both flavours of leptons."""
    parts = ("electron", "muon") if kind == "lepton" else (kind,)
    return {stage for part in parts for stage in context.shelf.stages(part)}


def _allows_one(stated: Stated) -> bool:
    """True for "no second lepton": one of the objects that are counted may be there."""
    cut = stated.cut
    most = {"<=": 0.0, "<": 1.0} if not cut.veto else {">": 0.0, ">=": 1.0}
    return isinstance(cut.value, float | int) and cut.value > most.get(cut.op, cut.value)


def _no_other_selected(kind: str, context: Context) -> list[Test]:
    """That no more leptons are selected than a channel asks for: one of another channel is an additional one."""
    if not context.channels() or kind not in ("lepton", "electron", "muon"):
        return []
    one: Test = Compare(Count(context.shelf.collection("lepton")), "<=", float(context.n_of_channels()))
    if kind == "lepton":
        return [one]
    return [AnyOf((one, Compare(Count(context.shelf.collection(kind)), "==", 0.0)))]


def besides_selected(stated: Stated, context: Context, kind: str, stage: str) -> str:
    """The objects of a class without those that are selected; raises `NotReadable` where these are all."""
    shelf = context.shelf
    known = _known_stages(kind, context)
    stage = next((s for s in (stage, "veto", "additional", "loose", "baseline") if s in known), "")
    loose, selected = shelf.collection(kind, stage), shelf.collection(kind)
    if loose == selected:
        raise NotReadable("it is not said which objects the additional ones are")
    context.findings.reading("additional")
    return shelf.add(Collection(context.names.collection(kind, "additional"), kind, (loose,), without=selected))


def _of_that_sort(stated: Stated, context: Context, test: Test) -> Test:
    """ "Exactly two leptons of the same flavour": so many there must be, and of that sort they must be."""
    sorts = {word for name in stated.of_kind("pair") for word in name.split()}
    names = tuple(sorted(name.replace("-", "_") for name in sorts))
    if at_least(stated) != 2 or not names or not set(names) <= set(_SORTS) or stated.of_kind("channel"):
        return in_channel(stated, context, test)
    collection = context.collection_for(stated, context.lepton_kind())
    return AllOf((test, Relation(names, Ranked(collection, 0), Ranked(collection, 1))))


_SORTS = ("same_flavour", "different_flavour", "same_sign", "opposite_sign")


def in_channel(stated: Stated, context: Context, test: Test) -> Test:
    """A requirement of a channel is passed by events of the others; raises `NotReadable`.

    The channel is that of the two leading leptons; of the only one where the selection asks for one.
    """
    for flavour in stated.of_kind("rest_flavour"):
        if context.closest is None or not context.closest.rest:
            raise NotReadable("it is not said which lepton is left over")
        rest = Ranked(context.closest.rest, 0)
        test = AnyOf((Not(Relation((f"both_{flavour.removeprefix('remaining ')}s",), rest, rest)), test))
    channels = stated.of_kind("channel", "pair")
    if not channels:
        return test
    names = tuple(CHANNELS.get(name, name.replace("-", "_")) for name in channels)
    if any(name not in (*CHANNELS.values(), "same_sign", "opposite_sign") for name in names):
        raise NotReadable(f"no reading of the condition {stated.cut.applies_when!r}")
    name = context.shelf.collection(context.lepton_kind())
    context.findings.reading("condition")
    second = 0 if context.of_one_lepton() else 1
    return AnyOf((Not(Relation(names, Ranked(name, 0), Ranked(name, second))), test))


def _of_each(stated: Stated, context: Context, test_of: Callable[[Ranked], Test]) -> Test:
    """The test of the object that is meant; of several leading ones, of each that is there."""
    particles = context.ranked(stated)
    if len(particles) == 1:
        return test_of(particles[0])
    context.findings.reading("each_leading")
    return AllOf(tuple(IfThere(test_of(particle)) for particle in particles))


def _of_the_pair(stated: Stated, context: Context) -> Test:
    """The test of the leptons of the chosen pair: of both, or that the harder or the softer one is hard enough."""
    ranks = stated.of_kind("rank")
    if context.closest is None:
        raise NotReadable("it is not said how the pair of the Z boson is chosen")
    legs = tuple(Leg(context.closest.name, i) for i in range(2))
    each = tuple(compare(stated, Of(leg, stated.cut.variable)) for leg in legs)
    least = stated.cut.variable in ("pt", "et") and stated.cut.op in (">", ">=") and not stated.cut.veto
    if ranks and not least:
        raise NotReadable("more than a least p_T of one of the leptons of a pair")
    return AnyOf(each) if ranks == ("leading",) else AllOf(each)


def _need_of_flavours(stated: Stated, context: Context) -> None:
    """Raises `NotReadable` for an isolation or impact parameter of any lepton that only one flavour has."""
    cut = stated.cut
    if cut.object != "lepton" or variable_term(cut.variable).family not in ("isolation", "impact_parameter"):
        return
    for kind in ("electron", "muon"):
        if measure_of(kind, cut.variable, context.shelf.release) is None:
            raise NotReadable(f"the file has no {cut.variable} of a {kind}")


def _of_ranked(stated: Stated, context: Context, particle: Ranked) -> Quantity:
    cut = stated.cut
    if cut.variable == "pt_over_mass":
        two = tuple(Ranked(particle.collection, i) for i in range(2))
        return Ratio(Of(particle, "pt"), Of(Together(two), "mass"))
    if cut.variable in DISTANCES:
        return _angle(stated, context, particle)
    return Of(particle, cut.variable)


def _decision(stated: Stated, context: Context, particle: Ranked) -> Test:
    """A named requirement on one object, such as the identification of what a pair leaves over.

    Of a lepton that may be of either flavour, one on electrons is passed by muons.
    """
    cut = stated.cut
    kinds = ("electron", "muon") if cut.object == "lepton" else (cut.object,)
    for kind in kinds:
        found = measure_of(kind, cut.variable, context.shelf.release, str(cut.value))
        if found is None:
            raise NotReadable(f"the file has no {cut.variable} {cut.value} of a {kind}")
        field = Field(cut.variable, found.value)
    # the common list of leptons holds the decision for each flavour under one name
    test: Test = FlagOf(particle, field)
    if cut.veto != (cut.op in ("is_not", "!=")):
        test = Not(test)
    return _of_flavour(stated, particle, test)


def _of_flavour(stated: Stated, particle: Ranked, test: Test) -> Test:
    """The test, which a lepton that a pair leaves over passes if it is not of the flavour that the cut speaks of."""
    if stated.cut.object in ("electron", "muon") and is_rest(stated):
        return AnyOf((Not(Relation((f"both_{stated.cut.object}s",), particle, particle)), test))
    return test


def _lepton(context: Context) -> Particle:
    """The lepton of a transverse mass: what a pair leaves over, else the leading one."""
    if context.closest is not None and context.closest.rest:
        return Ranked(context.closest.rest, 0)
    return Ranked(context.shelf.collection(context.lepton_kind()), 0)


def _angle(stated: Stated, context: Context, first: Particle) -> Quantity:
    target = other_particle(stated, context)
    if target is None and any(sign in stated.said for sign in ("_t^miss", "missing")):
        target = missing_momentum(stated, context)
    if target is None or target == first:
        raise NotReadable("it is not clear between which objects the angle is")
    return Between(stated.cut.variable, first, target)


__all__ = ["besides_selected", "count_test", "event_test", "in_channel", "quantity_of"]
