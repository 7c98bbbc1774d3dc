"""From the cuts of a selection to a plan: what is looked at in which order, and what became of each cut."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from codegen.errors import NothingToCompile, Undetermined
from codegen.plan.choices import ORDER, open_choices_of
from codegen.plan.context import OWN_CHANNEL, Context, at_least
from codegen.plan.contradictions import check, rivals
from codegen.plan.counted import counted_parts
from codegen.plan.events import besides_selected, event_test
from codegen.plan.histograms import histograms
from codegen.plan.naming import Names
from codegen.plan.nodes import Candidate, Collection, Plan, Step
from codegen.plan.object_tests import NotReadable, measured
from codegen.plan.overlap import is_overlap, overlap_steps
from codegen.plan.phrases import is_of_both, is_of_pair, is_rest, relation_of, says, stage_of
from codegen.plan.quadruplet_choice import chooses_first
from codegen.plan.quadruplets import is_of_quadruplet, quadruplet_step, speaks_of_quadruplets
from codegen.plan.quantities import Between, Count, Missing, Of, OfCandidate, Quantity, ScalarSum, Together
from codegen.plan.report import Findings
from codegen.plan.requirements import Compare, Within, Written
from codegen.plan.shelf import APART, FLAVOURS, Needs, Shelf, kinds_of
from codegen.plan.stated import Stated
from codegen.plan.usable import usable_cuts
from kg.limits import named
from kg.lineage.choices import Choice
from kg.records import Paper

EVENT_WISE = ("count", "charge_relation", "flavour_relation", "pt_over_mass")
FIRST = ("n_primary_vertices",)


def build(
    selection: Sequence[Stated],
    release: str,
    choices: Mapping[str, str] | None = None,
    without: Sequence[str] = (),
    background: Sequence[str] = (),
    left_open: Sequence[Choice] = (),
    papers: Sequence[Paper] = (),
    written: Mapping[tuple[str, str], Written] | None = None,
) -> tuple[Plan, Findings]:
    """The plan of a selection, and what was found out about its cuts.

    `choices` answer questions by name; `without` are ids of cuts to leave out; `background` sentences of the papers
    without a cut; `left_open` what the text leaves open; `written` what a model wrote, by cut and kind of object.
    Raises `Undetermined` with all that must be settled, `Contradiction`, `NothingToCompile`, `InvalidChoice`.
    """
    findings = Findings.empty()
    usable = usable_cuts(selection, findings, choices or {}, without, {cut for cut, _ in written or ()})
    check(usable)
    names = Names(RESERVED)
    shelf = Shelf(release, findings, names, background=background, choices=choices or {}, written=written or {})
    context = Context(usable, shelf, findings, names, choices or {}, background)
    context.order_open = any(choice.rule.name == ORDER for choice in left_open)
    context.parts = counted_parts(usable)
    plan = _Builder(context).build()
    if findings.questions:
        raise Undetermined(list(findings.questions.values()))
    if not plan.first and not plan.events and not any(d.steps for d in plan.definitions):
        raise NothingToCompile("no cut of the selection can be compiled", why="a program would select every event")
    return replace(plan, choices=open_choices_of(plan, left_open, papers, choices or {})), findings


RESERVED = (
    "select", "run", "read", "write", "main", "chunks", "plots", "events", "flow", "number", "best", "rest", "nth",
    "pairs", "quadruplets", "system", "json", "sys", "cut", "leptons_of",
)  # fmt: skip


def _makes_up_missing(stated: Stated) -> bool:
    """Whether the sentence says of which jets a missing momentum is made up."""
    return "h_t^miss" in stated.said or says(stated, "sum", "vector")


class _Builder:
    """Puts a plan together: events that look at nothing else first, objects, candidates, events."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.first: list[Step] = []
        self.events: list[Step] = []

    def build(self) -> Plan:
        context = self.context
        selection = list(context.stated)
        quadruplets = speaks_of_quadruplets(selection)
        context.shelf.needs = self._needs(selection, quadruplets)
        objects, near, rest = [], [], []
        counted = [stated for parts in context.parts.values() for stated in parts]
        for stated in [s for s in selection if s not in counted]:
            if self._is_first(stated):
                self._event(stated, self.first)
            elif is_overlap(stated):
                near.append(stated)
            elif self._is_of_object(stated):
                objects.append(stated)
            else:
                rest.append(stated)
        self._shelve(objects)
        for kind in self._kinds(rest, quadruplets):
            self._guarded(None, lambda kind=kind: context.shelf.collection(kind))
        for stated in near:
            self._guarded(stated, lambda stated=stated: overlap_steps(stated, context))
        for thing in dict.fromkeys(s.cut.object for s in rest):
            rivals([s for s in rest if s.cut.object == thing], context.findings, context.choices, thing)
        if quadruplets:
            rest = self._quadruplets(rest)
        else:
            self._closest(rest)
        for stated in rest:
            self._event(stated, self.events)
        self._implied_vetoes(selection)
        used = {step.cut for definition in context.shelf.made.values() for step in definition.steps}
        for stated in [*objects, *counted]:
            if stated.id not in used and stated.id not in context.findings.reasons:
                context.findings.not_understood(stated, "no requirement on events speaks of these objects")
        made, outputs = self._made(), self._outputs()
        filled = histograms(made, self.events, outputs, context.shelf.current)
        return Plan(context.shelf.release, tuple(self.first), made, tuple(self.events), outputs, filled)

    def _guarded(self, stated: Stated | None, action) -> None:  # type: ignore[no-untyped-def]
        try:
            action()
        except NotReadable as reason:
            if stated is not None:
                self.context.findings.not_understood(stated, str(reason))
                if stated.cut.object == "bjet":
                    self.context.findings.ask("btag", f"{stated.label}: {reason}", stated)

    def _event(self, stated: Stated, steps: list[Step]) -> None:
        def add() -> None:
            test = event_test(stated, self.context)
            name = self.context.names.function(stated, stated.cut.object)
            if isinstance(test, Written):
                test = replace(test, name=f"{name}_by_model")
            steps.append(Step(stated.id, name, test))

        self._guarded(stated, add)

    @staticmethod
    def _is_first(stated: Stated) -> bool:
        return stated.cut.variable in FIRST or (stated.cut.object == "vertex" and stated.cut.variable == "count")

    def _is_of_object(self, stated: Stated) -> bool:
        """Whether the cut tests one object at a time, whatever else is in the event."""
        cut = stated.cut
        kinds = kinds_of(cut.object)
        if any(self.context.written(stated, kind) for kind in (*kinds, "bjet")):
            return True
        of_events = set(stated.of_kind("rank", "channel", "pair", "paired"))
        if self.context.of_one_lepton():  # what electrons must be in the electron channel, electrons must be
            of_events -= {OWN_CHANNEL.get(cut.object, "")}
        if self.context.written(stated) or not kinds or cut.variable in EVENT_WISE or of_events:
            return False
        if is_rest(stated) and cut.object in ("lepton", "electron", "muon"):
            return False
        if is_of_both(stated) and any(s.cut.object == "diphoton" for s in self.context.stated):
            return False
        if cut.variable == "btag" and not isinstance(cut.value, str):
            return True
        return any(measured(cut, kind, self.context.shelf.release) for kind in kinds) or bool(named(cut))

    def _shelve(self, objects: list[Stated]) -> None:
        told = any(stated.stage == "mht" for stated in objects)  # the reader has told the two sorts of jets apart
        for stated in objects:
            stage = stated.stage
            if not stage and not told and stated.cut.object == "jet" and _makes_up_missing(stated):
                stage = "mht"
            kinds = ("bjet",) if stated.cut.variable == "btag" else kinds_of(stated.cut.object)
            self.context.shelf.put(stated, kinds, stage)
        cuts = self.context.shelf.cuts
        if ("jet", "mht") in cuts and ("jet", "") not in cuts:
            cuts["jet", ""] = cuts.pop(("jet", "mht"))
        for kind in ("electron", "muon", "photon", "tau", "jet"):
            whole = ("lepton",) if kind in FLAVOURS["lepton"] else ()
            if (kind, "veto") in cuts and (kind, "") in cuts and not self.context.counted(kind, *whole):
                cuts[kind, "veto"] += cuts.pop((kind, ""))  # the only objects of the kind that are spoken of

    def _kinds(self, rest: list[Stated], quadruplets: bool) -> list[str]:
        """The kinds whose selected objects events speak of, electrons first."""
        wanted = {kind for kind, stage in self.context.shelf.cuts if stage not in APART}
        if quadruplets:
            wanted |= set(FLAVOURS["lepton"])
        return [kind for kind in ("electron", "muon", "tau", "photon", "jet", "fatjet") if kind in wanted]

    @staticmethod
    def _needs(selection: Sequence[Stated], quadruplets: bool) -> Needs:
        """How many objects of which kinds the selection cannot do without, and by which cut."""
        needs: list[tuple[tuple[str, ...], int, str]] = []
        if quadruplets:
            needs.append((("electron", "muon"), 4, ""))
        for stated in selection:
            kinds = kinds_of(stated.cut.object)
            if stated.cut.variable != "count" or not kinds or stated.of_kind("channel", "type", "pair"):
                continue
            if (n := at_least(stated)) > 0 and not set(stated.of_kind("class")) & set(APART):
                needs.append((kinds, n, stated.id))
        return tuple(needs)

    def _made(self) -> tuple[Collection | Candidate, ...]:
        """The definitions; what is asked for by a cut that is not compiled after all is not needed."""
        compiled = {step.cut for step in self.events} | {""}
        shelf = self.context.shelf
        shelf.needs = tuple(need for need in shelf.needs if need[2] in compiled)
        return tuple(
            replace(d, needs=shelf.needs_of(d.kind), asked_by=shelf.asked_of(d.kind))
            if isinstance(d, Collection) and d.needs
            else d
            for d in shelf.made.values()
        )

    def _quadruplets(self, rest: list[Stated]) -> list[Stated]:
        """The candidate of a four-lepton selection, with its steps; returns the cuts that are not on it."""
        context = self.context
        steps, others = [], []
        for stated in rest:
            if not is_of_quadruplet(stated):
                others.append(stated)
                continue
            try:
                step = quadruplet_step(stated, context)
            except NotReadable as reason:
                context.findings.not_understood(stated, str(reason))
                continue
            if step is not None:
                steps.append(step)
        steps.sort(key=lambda step: step.test != Within())  # that there is a quadruplet comes before what it is like
        leptons = context.shelf.collection("lepton")
        name = context.names.free("four_leptons")
        one = chooses_first((*(stated.said for stated in rest), *context.background))
        context.shelf.add(Candidate(name, "quadruplets", leptons, 4, steps=tuple(steps), one=one))
        context.quadruplets = name
        context.findings.reading("chosen_quadruplet" if one else "quadruplets")
        return others

    def _closest(self, rest: list[Stated]) -> None:
        """The pair that is chosen by its mass, where the text speaks of one."""
        context = self.context
        several = context.n_leptons() > 2
        speaking = [
            s
            for s in rest
            if (says(s, "closest") and s.cut.object in ("dilepton", "lepton", "event"))
            or (several and s.cut.variable == "abs_mass_minus_mz")
            or "remaining" in s.names
            or is_of_pair(s)
        ]
        if not speaking:
            return
        stated = speaking[0]
        relation: tuple[str, ...] = ("opposite_sign", "same_flavour")
        for one in speaking:
            relation = relation_of(one) if len(relation_of(one)) == 2 else relation
        kind = context.lepton_kind()
        leptons = context.shelf.collection(kind, stage_of(stated, kind))
        candidate = Candidate(
            context.names.free("z_pair"), "closest", leptons, 2, relation, rest=context.names.free("remaining_leptons")
        )
        context.shelf.add(candidate)
        context.closest = candidate
        context.findings.reading("closest")

    def _implied_vetoes(self, selection: Sequence[Stated]) -> None:
        """Objects that the text calls those of a veto, and of which it states no number: there must be none."""
        context = self.context
        for kind in ("lepton", "photon", "tau", "jet"):
            parts = kinds_of(kind)
            cuts = [s for part in parts for s in context.shelf.cuts.get((part, "veto"), [])]
            vetoed = [part for part in parts if (part, "veto") in context.shelf.cuts]
            kind = vetoed[0] if len(vetoed) == 1 else kind
            counted = any(
                s.cut.variable == "count" and "veto" in (*s.names, stage_of(s, kind)) and s.cut.object in (kind, *parts)
                for s in selection
            )
            if not cuts or counted:
                continue
            stated = cuts[-1]
            try:
                if any(context.counted(part) for part in (kind, *parts)):
                    name = besides_selected(stated, context, kind, "veto")
                else:
                    name = context.shelf.collection(kind, "veto")
            except NotReadable as reason:
                context.findings.not_understood(stated, str(reason))
                continue
            context.findings.reading("implied_veto")
            function = context.names.free(f"no_{name}")
            label = f"no {name.replace('_', ' ')}"
            self.events.append(Step(stated.id, function, Compare(Count(name), "==", 0.0), label))

    def _outputs(self) -> tuple[tuple[str, Quantity], ...]:
        """Quantities of the selected events that a result lists: the mass of four leptons, what is cut on in GeV."""
        found: dict[str, Quantity] = {}
        if self.context.quadruplets:
            found["m4l_GeV"] = OfCandidate("m4l")
        variables = {s.id: (s.cut.object, s.cut.variable) for s in self.context.stated}
        for step in self.events:
            match step.test:
                case Compare(Of(Together(), "mass") as quantity, unit="GeV"):
                    found.setdefault(f"{variables[step.cut][0]}_mass_GeV", quantity)
                case Compare(ScalarSum() | Of(Missing()) | Between("transverse_mass") as quantity, unit="GeV"):
                    found.setdefault(f"{variables[step.cut][1]}_GeV", quantity)
        return tuple(found.items())


__all__ = ["build"]
