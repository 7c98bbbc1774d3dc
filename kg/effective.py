"""The effective selection of a paper: its own cuts, then those it inherits from the papers it sends its reader to.

"Details of the muon identification and isolation can be found in Ref. [11]" makes the reader's selection out of
two papers. Such a sentence is a REFERS_TO edge of kind "details"; its properties `objects` and `variables`
say what it defers (none: everything). What is inherited:

* cuts of the target's own effective selection, so that chains of papers are followed, to `max_depth` papers;
* verified or approved ones only (approved by a person, `kg.reviews`; what a person rejected is no part of any
  selection);
* on an object that the sentence speaks of: leptons include electrons and muons, jets include b jets. The reverse
  does not hold: a sentence on electrons alone does not bring in a cut on leptons, which would bind muons too;
  one on electrons and muons does;
* of a variable, or of a family of variables, that the sentence names: "isolation" is every isolation variable.

The paper's own verified or approved values win over inherited ones for the same object, variable, direction and
condition. Among inherited cuts of several papers, a cut said twice is listed once, and one that a
nearer paper overrides is not listed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache

from kg.lineage.predicate import predicate_of
from kg.lineage.sets import Names, Numbers, Varying
from kg.records import Cut, Edge
from kg.reviewed import reviewed
from kg.store.base import Store
from kg.vocabulary import covers, family_of, objects

MAX_DEPTH = 4
"""Papers that a chain of referrals may have. The performance papers of a collaboration lie two or three away."""

_MADE_UP_OF = {"lepton": ("electron", "muon")}
"""Objects that others make up wholly, as b jets do not make up the jets."""

_DIRECTION = {">": "lower", ">=": "lower", "<": "upper", "<=": "upper", "==": "is", "in": "in"}
_OPPOSITE = {"lower": "upper", "upper": "lower", "is": "is_not", "is_not": "is", "in": "not_in", "not_in": "in"}


@dataclass(frozen=True, slots=True)
class EffectiveCut:
    """A cut of an effective selection.

    `via` is the chain of papers that leads to it, ending with the paper that states it, () for the paper's own.
    `overrides` are cuts of other papers that would be inherited, had this one not another value.
    """

    cut: Cut
    via: tuple[str, ...] = ()
    overrides: tuple[Cut, ...] = ()


@dataclass(frozen=True, slots=True)
class MissingSource:
    """A paper that a selection defers to and that was not read: what it would give is not known.

    `objects` and `variables` are those deferred, () where at least one sentence defers everything.
    """

    paper: str
    referred_by: tuple[str, ...]
    objects: tuple[str, ...] = ()
    variables: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Deferral:
    """A sentence's word that the requirements on these objects and variables (none: all) are those of `target`."""

    target: str
    objects: tuple[str, ...] = ()
    variables: tuple[str, ...] = ()

    def covers(self, cut: Cut) -> bool:
        """Whether the sentence speaks of what the cut is about."""
        return self._covers_object(cut.object) and self._covers_variable(cut.variable)

    def _covers_object(self, name: str) -> bool:
        return not self.objects or all(not names.isdisjoint(self.objects) for names in speaking_of(name))

    def _covers_variable(self, name: str) -> bool:
        return not self.variables or name in self.variables or family_of(name) in self.variables


@cache
def speaking_of(name: str) -> tuple[frozenset[str], ...]:
    """Sets of objects: a sentence that names one of each speaks of this object.

    >>> [sorted(names) for names in speaking_of("lepton")]
    [['electron', 'lepton'], ['lepton', 'muon']]
    """
    parts = _MADE_UP_OF.get(name, (name,))
    return tuple(
        frozenset({name, part, *(whole for whole in objects() if covers(whole, part))}) for part in sorted(parts)
    )


def deferrals(referring: Iterable[Edge]) -> tuple[Deferral, ...]:
    """The deferrals among REFERS_TO edges, in their order, each once; mere citations are left out."""
    return tuple(
        dict.fromkeys(
            Deferral(edge.target, tuple(edge.get("objects", ())), tuple(edge.get("variables", ())))
            for edge in referring
            if edge.get("kind") == "details"
        )
    )


def effective_cuts(store: Store, paper_id: str, max_depth: int = MAX_DEPTH) -> list[EffectiveCut]:
    """Own cuts by position, then inherited ones in the order in which the paper refers to their sources."""
    return list(selections(store).effective(paper_id, max_depth))


def missing_sources(store: Store, paper_id: str, max_depth: int = MAX_DEPTH) -> list[MissingSource]:
    """The papers that the selection defers to, itself or through others, and that were not read; sorted by id."""
    found_in = selections(store)
    asked: dict[str, list[tuple[str, Deferral]]] = {}
    reached, frontier = {paper_id}, [paper_id]
    for _ in range(max_depth):
        found: list[str] = []
        for source in frontier:
            for deferral in found_in.deferrals(source):
                if store.reading_key(deferral.target) is None:
                    asked.setdefault(deferral.target, []).append((source, deferral))
                elif deferral.target not in reached:
                    reached.add(deferral.target)
                    found.append(deferral.target)
        frontier = found
    return [_missing(target, asked[target]) for target in sorted(asked)]


def _missing(target: str, asked: list[tuple[str, Deferral]]) -> MissingSource:
    def union(lists: list[tuple[str, ...]]) -> tuple[str, ...]:
        return tuple(sorted({name for names in lists for name in names})) if all(lists) else ()

    return MissingSource(
        target,
        tuple(sorted({source for source, _ in asked})),
        union([deferral.objects for _, deferral in asked]),
        union([deferral.variables for _, deferral in asked]),
    )


class Selections:
    """Effective selections of one question; each is worked out once.

    `cuts` gives a paper's own cuts and `deferrals` what it defers, in the order of its text.
    """

    def __init__(self, cuts: Callable[[str], Sequence[Cut]], deferrals: Callable[[str], tuple[Deferral, ...]]) -> None:
        self._cuts, self.deferrals = cuts, deferrals
        self._effective: dict[tuple[str, int], tuple[EffectiveCut, ...]] = {}

    def effective(self, paper_id: str, depth: int) -> tuple[EffectiveCut, ...]:
        """Following at most `depth` papers; by (paper, depth), so that circles end and diamonds cost nothing."""
        if (paper_id, depth) not in self._effective:
            own = [EffectiveCut(cut) for cut in self._cuts(paper_id) if cut.status != "rejected"]
            inherited = list(self._inherited(paper_id, depth)) if depth > 0 else []
            self._effective[paper_id, depth] = tuple(merge(own, inherited))
        return self._effective[paper_id, depth]

    def _inherited(self, paper_id: str, depth: int) -> Iterable[EffectiveCut]:
        for deferral in self.deferrals(paper_id):
            for found in self.effective(deferral.target, depth - 1):
                via = (deferral.target, *found.via)
                if paper_id not in via and found.cut.status in ("verified", "approved") and deferral.covers(found.cut):
                    yield replace(found, via=via)


def selections(store: Store) -> Selections:
    """The effective selections of a store's papers, what several of them share read once."""
    store = reviewed(store)
    return Selections(cache(store.cuts), cache(lambda paper: deferrals(edge for _, edge in store.referrals(paper))))


def merge(own: list[EffectiveCut], inherited: list[EffectiveCut]) -> list[EffectiveCut]:
    """Own cuts with what they override, then the inherited cuts that no other says or overrides.

    Of a cut that comes by several chains the shortest is kept, the first of those.
    """
    slots: dict[tuple[str, ...], list[int]] = {}
    for index, mine in enumerate(own):
        if mine.cut.status in ("verified", "approved"):
            slots.setdefault(slot(mine.cut), []).append(index)
    overridden: dict[int, dict[str, Cut]] = {}
    kept: dict[tuple[object, ...], EffectiveCut] = {}
    for found in inherited:
        holders = slots.get(slot(found.cut), ())
        if not holders:
            before = kept.get(said := (*slot(found.cut), value_of(found.cut)))
            if before is None or len(found.via) < len(before.via):
                kept[said] = found
        elif all(value_of(own[i].cut) != value_of(found.cut) for i in holders):
            for index in holders:
                overridden.setdefault(index, {})[found.cut.id] = found.cut
    merged = [
        replace(mine, overrides=(*mine.overrides, *overridden[i].values())) if i in overridden else mine
        for i, mine in enumerate(own)
    ]
    beaten = {cut.id for found in kept.values() for cut in found.overrides}
    return merged + [found for found in kept.values() if found.cut.id not in beaten]


def slot(cut: Cut) -> tuple[str, ...]:
    """What a cut fixes: object, variable, direction, condition. "Remove p_T < 7" fixes the same as "p_T >= 7".

    >>> slot(Cut("x", "muon", "pt", "<", 7.0, "GeV", veto=True)) == slot(Cut("x", "muon", "pt", ">", 5.0, "GeV"))
    True
    """
    direction = _DIRECTION.get(cut.op, cut.op)
    if cut.op == "!=":
        direction = "is_not"
    return (cut.object, cut.variable, _OPPOSITE[direction] if cut.veto else direction, cut.applies_when)


def value_of(cut: Cut) -> object:
    """What the cut lets pass, equal for cuts that let the same pass: 0.5 cm and 5 mm, "> 7" and ">= 7", "> 2 jets" and
    ">= 3 jets". The value itself where it does not fit the comparison.
    """
    allowed = predicate_of(cut)
    if isinstance(allowed, Numbers):
        return allowed.dimension, tuple((low, high) for low, _, high, _ in allowed.spans)
    if isinstance(allowed, Names):
        return allowed.names, allowed.others
    if isinstance(allowed, Varying):
        return allowed.limit, allowed.below
    return cut.op, cut.value, cut.unit


__all__ = [
    "MAX_DEPTH",
    "Deferral",
    "EffectiveCut",
    "MissingSource",
    "Selections",
    "deferrals",
    "effective_cuts",
    "merge",
    "missing_sources",
    "slot",
    "value_of",
]
