"""From object cuts to collections: baseline and signal objects, objects of a veto, leptons of both flavours.

How classes relate: cuts without a class hold for all classes of the object; signal objects are baseline objects that
pass more; where there are baseline cuts and cuts without a class, but no signal ones, the latter are those of the
selected objects. Veto and loose objects stand for themselves. These are default readings
(`data/codegen/readings.toml`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from codegen.plan.contradictions import rivals
from codegen.plan.naming import Names
from codegen.plan.nodes import Candidate, Collection, Step
from codegen.plan.object_tests import KINDS, NotReadable, measured, object_test, placed_elsewhere, typed_elsewhere
from codegen.plan.report import Findings
from codegen.plan.requirements import AllOf, Compare, Not, Test, Written
from codegen.plan.stated import Stated
from codegen.plan.taggers import discriminant
from kg.limits import named
from kg.measures import names_of

FLAVOURS = {"lepton": ("electron", "muon")}
SELECTED, BASELINE = "", "baseline"
APART = ("veto", "additional", "loose", "mht")
"""Classes that do not start from the baseline objects; "mht" are the jets that make up a missing momentum."""


Needs = tuple[tuple[tuple[str, ...], int, str], ...]
"""At least so many objects of these kinds together, for the sake of that cut ("" for none)."""


@dataclass
class Shelf:
    """The collections made so far, by kind and class; those that events need are made when they are asked for."""

    release: str
    findings: Findings
    names: Names
    cuts: dict[tuple[str, str], list[Stated]] = field(default_factory=dict)
    made: dict[str, Collection | Candidate] = field(default_factory=dict)
    current: dict[tuple[str, str], str] = field(default_factory=dict)
    needs: Needs = ()
    background: Sequence[str] = ()
    choices: Mapping[str, str] = field(default_factory=dict)
    before: dict[str, str] = field(default_factory=dict)
    written: Mapping[tuple[str, str], Written] = field(default_factory=dict)
    """What a model wrote, by cut and kind of object ("" for the event)."""

    def put(self, stated: Stated, kinds: Iterable[str], stage: str) -> None:
        """Note a cut for the objects of these kinds and that class."""
        for kind in kinds:
            self.cuts.setdefault((kind, stage), []).append(stated)

    def stages(self, kind: str) -> set[str]:
        """The classes for which the kind has cuts."""
        return {stage for known, stage in self.cuts if known == kind}

    def collection(self, kind: str, stage: str = SELECTED) -> str:
        """The name of the collection of that kind and class; it is made if need be."""
        key = (kind, self._effective_stage(kind, stage))
        if key not in self.current:
            self.current[key] = self._make(*key)
        return self.current[key]

    def replace(self, kind: str, collection: Collection) -> None:
        """From here on that collection is the selected objects of the kind."""
        if (kind, SELECTED) in self.current:
            self.before.setdefault(kind, self.current[kind, SELECTED])
        self.made[collection.name] = collection
        self.current[kind, SELECTED] = collection.name
        for whole, parts in {**FLAVOURS, "bjet": ("jet",)}.items():
            if kind in parts:
                self.current.pop((whole, SELECTED), None)  # to be made anew of what is left

    def replace_class(self, kind: str, stage: str, collection: Collection) -> None:
        """From here on that collection is the objects of the kind and class."""
        self.current[kind, stage] = self.add(collection)
        for whole, parts in FLAVOURS.items():
            if kind in parts:
                self.current.pop((whole, stage), None)

    def unremoved(self, kind: str, stage: str) -> str:
        """The objects of the kind before any were removed as overlapping, "" where none were."""
        parts = FLAVOURS.get(kind, (kind,))
        if stage != SELECTED or not any(part in self.before for part in parts):
            return ""
        names = tuple(self.before.get(part) or self.collection(part) for part in parts if self._has(part, stage))
        if len(names) == 1:
            return names[0]
        key = (kind, "unremoved")
        if key not in self.current:
            self.current[key] = self.add(Collection(self.names.collection(kind, "unremoved"), kind, names))
        return self.current[key]

    def add(self, definition: Collection | Candidate) -> str:
        """A definition that follows those made so far."""
        self.made[definition.name] = definition
        return definition.name

    def _has(self, kind: str, stage: str) -> bool:
        """Whether the text says which objects of the kind are of that class."""
        stages = self.stages(kind)
        if stage == BASELINE and {SELECTED, "signal"} <= stages:
            return True  # what all of them must be, below the signal objects
        return bool(stages & {SELECTED, BASELINE, "signal"}) if stage == SELECTED else stage in stages

    def needs_of(self, kind: str) -> tuple[tuple[tuple[str, ...], int], ...]:
        """The numbers of objects that the selection needs, of those that the kind is among."""
        return tuple((kinds, n) for kinds, n, _ in self.needs if kind in kinds)

    def asked_of(self, kind: str) -> tuple[str, ...]:
        """The cuts that ask for these numbers."""
        return tuple(cut for kinds, _, cut in self.needs if kind in kinds)

    def _effective_stage(self, kind: str, stage: str) -> str:
        """The class that is meant: "signal" is what is selected, a class without cuts is what is selected, too."""
        parts = FLAVOURS.get(kind, (kind,))
        if stage == "signal" or not any(self._has(part, stage) for part in parts):
            return SELECTED
        return stage

    def _make(self, kind: str, stage: str) -> str:
        parents: tuple[str, ...]
        if kind in FLAVOURS:
            parts = [part for part in FLAVOURS[kind] if self._has(part, stage)] or FLAVOURS[kind]
            parents = tuple(self.collection(part, stage) for part in parts)
            return self.add(Collection(self.names.collection(kind, stage), kind, parents))
        if kind == "bjet" and not self.stages("bjet"):
            raise NotReadable("the text does not say how b jets are tagged")
        own = self.cuts.get((kind, stage), [])
        parents = ()
        if stage == SELECTED:
            staged = self.stages(kind)
            if BASELINE in staged:
                parents = (self.collection(kind, BASELINE),)
            signal = self.cuts.get((kind, "signal"), [])
            if BASELINE in staged and signal:
                own = signal  # those without a class stand among the baseline ones
            elif signal:
                own = own + signal
                if self._differ(kind):
                    parents = (self._common(kind),)
                    own = signal
            if kind == "bjet":
                parents = (self.collection("jet"),)
        elif stage == BASELINE and "signal" in self.stages(kind):
            own = self.cuts.get((kind, SELECTED), []) + own
        elif stage in ("veto", "loose") and self._has_common(kind, own):
            parents = (self._common(kind),)
        steps = self.steps(own, kind, stage)
        needs = self.needs_of(kind) if stage not in APART else ()
        return self.add(Collection(self.names.collection(kind, stage), kind, parents, steps, needs))

    def _differ(self, kind: str) -> bool:
        return bool(self.cuts.get((kind, SELECTED)))

    def _has_common(self, kind: str, own: Sequence[Stated]) -> bool:
        """Whether cuts without a class hold for the objects of a veto: on what these leave open, beside signal ones.

        "Electrons have |η| < 2.47. Signal electrons must …, veto electrons …."
        """
        general = self.cuts.get((kind, SELECTED), [])
        classes = self.stages(kind)
        told = {s.cut.variable for s in own}
        return bool(general) and "signal" in classes and BASELINE not in classes and not told & _variables(general)

    def _common(self, kind: str) -> str:
        """The objects that pass the cuts without a class, below the signal objects."""
        if (kind, BASELINE) in self.current:
            return self.current[kind, BASELINE]
        steps = self.steps(self.cuts[kind, SELECTED], kind, BASELINE)
        name = self.add(Collection(self.names.collection(kind, BASELINE), kind, (), steps, self.needs_of(kind)))
        self.current[kind, BASELINE] = name
        return name

    def steps(self, cuts: list[Stated], kind: str, stage: str) -> tuple[Step, ...]:
        """The cuts as steps, in the order of the text; what cannot be read is noted as such."""
        rivals(cuts, self.findings, self.choices, f"{stage}_{kind}".strip("_"))
        made: list[tuple[Stated, Step]] = []
        for stated in cuts:
            try:
                test = self._test(stated, kind)
            except NotReadable as reason:
                self.findings.not_understood(stated, str(reason))
                continue
            name = self.names.function(stated, kind, stage)
            if isinstance(test, Written):
                test = replace(test, name=f"{name}_by_model")
            made.append((stated, Step(stated.id, name, test)))
        return tuple(step for _, step in self._by_type(made, kind))

    def _test(self, stated: Stated, kind: str) -> Test:
        cut = stated.cut
        if written := self.written.get((stated.id, kind)):
            return written
        if cut.variable == "btag" and not isinstance(cut.value, str):
            formula = discriminant(stated, self.release, self.background, self.findings)
            test = Compare(formula, cut.op, cut.value, cut.unit)
            return Not(test) if cut.veto else test
        names = names_of(kind, cut.variable, self.release)
        name = named(cut)
        known = bool(name) and set(name.split(" or ")) <= set(names)
        if name and names and not known and measured(cut, kind, self.release) is None:
            question = f"{kind}_{cut.variable}"
            if (chosen := self.choices.get(question)) not in names:
                text = (
                    f"{stated.label}: the file has no working point {cut.value} of a {kind}; which is to stand for it?"
                )
                self.findings.ask(question, text, stated, names)
                raise NotReadable(f"the file has no {cut.variable} {cut.value} of a {kind}")
            self.findings.proxy(stated, f"{chosen} stands for {cut.value}, as chosen")
            stated = replace(stated, cut=replace(cut, value=chosen))
        return object_test(stated, kind, self.release, self.findings)

    def _by_type(self, made: list[tuple[Stated, Step]], kind: str) -> list[tuple[Stated, Step]]:
        """Where a variable has its ranges type by type, the last of these also removes objects of other types.

        So does the last threshold of a momentum in a range of |η|.
        """
        ranged = {t for s, _ in made if s.cut.variable in ("abs_eta", "eta") for t in s.of_kind("type")}
        for variable in dict.fromkeys(stated.cut.variable for stated, _ in made):
            places = [i for i, (stated, _) in enumerate(made) if stated.cut.variable == variable]
            ranges = placed_elsewhere([made[i][0] for i in places])
            if ranges is not None:
                stated, step = made[places[-1]]
                made[places[-1]] = (stated, Step(step.cut, step.function, AllOf((step.test, ranges))))
                self.findings.reading("ranges")
            types = typed_elsewhere([made[i][0] for i in places], kind, self.release, ranged)
            if types is not None:
                last = max(i for i in places if made[i][0].of_kind("type"))
                stated, step = made[last]
                made[last] = (stated, Step(step.cut, step.function, AllOf((step.test, types))))
                self.findings.reading("types")
        return made


def _variables(cuts: Sequence[Stated]) -> set[str]:
    return {s.cut.variable for s in cuts}


def kinds_of(name: str) -> tuple[str, ...]:
    """The kinds of which a cut on that object speaks: electrons and muons for leptons."""
    return FLAVOURS.get(name, (name,) if name in KINDS else ())


__all__ = ["APART", "BASELINE", "FLAVOURS", "SELECTED", "Needs", "Shelf", "kinds_of"]
