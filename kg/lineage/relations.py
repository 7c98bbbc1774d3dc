"""The relations between cuts, derived from the typed predicates and the citations whenever they are asked for.

They are not stored: a relation depends on two papers, and one that is derived cannot depend on which of them was
read first. Only verified and approved cuts take part. `lineage_edges` gives all of them as edges.

=============  ===========  ========================================================================================
relation       holds        between two cuts
=============  ===========  ========================================================================================
`SAME_AS`      both ways    of papers one of which cites the other: same object, variable and condition, and what
                            they let pass is equal after unit conversion ("|η| < 2.5", "veto |η| > 2.5").
`REFINES`      one way      of papers one of which cites the other: on the same variable, the first lets nothing pass
                            that the second does not, under a condition and on an object that the second's include, and
                            the two differ. Whatever is tighter, more conditional or about fewer objects refines what
                            is not, whichever paper is older. Each of the three is an order, so there are no circles.
`OVERRIDES`    one way      from a paper that defers to another, at once or through others, for this object and
                            variable, to that other's: same object, variable, direction and condition, another value.
                            It is what an effective selection leaves out. Takes the place of `REFINES`.
`CONTRADICTS`  both ways    1. of one paper: same object, variable and condition, and nothing can meet both;
                            2. of one paper: same object, variable, condition and direction, and another value, as when
                            a paper says "p_T > 25 GeV" here and "p_T > 20 GeV" there (several vetoed windows or
                            vetoed names are compatible);
                            3. of a paper and one whose cut it inherits: same object, variable and condition, and
                            nothing can meet both: what it inherits leaves nothing of its own selection.
                            Different conditions, even if one includes the other, never contradict: a control region
                            turns requirements of the baseline round.
=============  ===========  ========================================================================================
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from kg.effective import slot, value_of
from kg.lineage.conditions import compared, narrower_or_equal
from kg.lineage.inheritance import heirs, selection_on
from kg.lineage.neighbourhood import USABLE, Neighbourhood
from kg.lineage.predicate import disjoint, equal, implies, predicate_of
from kg.records import Cut, Edge, edge
from kg.store.base import Store
from kg.vocabulary import covers, objects

Relation = Literal["SAME_AS", "REFINES", "OVERRIDES", "CONTRADICTS"]
SYMMETRIC = frozenset({"SAME_AS", "CONTRADICTS"})


@dataclass(frozen=True, slots=True)
class Related:
    """Another cut, and how: the relation leads from the cut asked about to it, or from it if `incoming`."""

    relation: Relation
    cut: Cut
    incoming: bool = False


def same_as(a: Cut, b: Cut) -> bool:
    """Whether the two say the same, whichever papers they are of.

    >>> same_as(Cut("a", "jet", "pt", ">", 30.0, "GeV"), Cut("b", "jet", "pt", "<=", 30000.0, "MeV", veto=True))
    True
    """
    alike = (a.object, a.variable) == (b.object, b.variable) and compared(a.applies_when, b.applies_when) == "equal"
    return alike and equal(predicate_of(a), predicate_of(b))


def refines(a: Cut, b: Cut) -> bool:
    """Whether `a` says more than `b`: tighter, under a narrower condition, or on an object that `b`'s includes.

    >>> refines(Cut("a", "muon", "abs_eta", "<", 2.4), Cut("b", "muon", "abs_eta", "<", 2.5))
    True
    >>> refines(Cut("a", "muon", "pt", ">", 15.0, "GeV", "calo-tagged"), Cut("b", "muon", "pt", ">", 5.0, "GeV"))
    True
    """
    if a.variable != b.variable or not covers(b.object, a.object):
        return False
    if not narrower_or_equal(a.applies_when, b.applies_when):
        return False
    return implies(predicate_of(a), predicate_of(b)) and not same_as(a, b)


def contradicts_within(a: Cut, b: Cut) -> bool:
    """Whether two cuts of one paper cannot both be what it means (rules 1 and 2 of the table)."""
    if (a.object, a.variable) != (b.object, b.variable) or compared(a.applies_when, b.applies_when) != "equal":
        return False
    if disjoint(predicate_of(a), predicate_of(b)):
        return True
    direction = slot(a)[2]
    return direction == slot(b)[2] and direction not in ("not_in", "is_not") and value_of(a) != value_of(b)


def cannot_both_hold(a: Cut, b: Cut) -> bool:
    """Rule 3 of the table, for an own and an inherited cut."""
    alike = (a.object, a.variable) == (b.object, b.variable) and compared(a.applies_when, b.applies_when) == "equal"
    return alike and disjoint(predicate_of(a), predicate_of(b))


def related(around: Neighbourhood, cut: Cut) -> list[Related]:
    """All that the cut is related to, sorted by relation, paper and position; nothing for an unverified one."""
    if cut.status not in USABLE:
        return []
    papers = dict.fromkeys((*around.cited(cut.paper), *around.citing(cut.paper)))
    return _sorted(
        (
            *_of_own_paper(around, cut),
            *_inherited(around, cut),
            *_taken_over(around, cut),
            *_said_elsewhere(around, cut, papers),
        )
    )


def related_earlier(around: Neighbourhood, cut: Cut) -> list[Related]:
    """What of `related` lies in papers that the cut's paper cites or defers to: the way back to the origins."""
    if cut.status not in USABLE:
        return []
    return _sorted((*_inherited(around, cut), *_said_elsewhere(around, cut, around.cited(cut.paper))))


def _of_own_paper(around: Neighbourhood, cut: Cut) -> Iterator[Related]:
    for other in around.cuts(cut.paper, cut.variable, [cut.object]):
        if other != cut and contradicts_within(cut, other):
            yield Related("CONTRADICTS", other)


def _inherited(around: Neighbourhood, cut: Cut) -> Iterator[Related]:
    """What the cut replaces or excludes of what its paper inherits."""
    for found in selection_on(around, cut.paper, cut):
        if found.cut == cut:
            yield from (Related("OVERRIDES", other) for other in found.overrides)
        elif found.via and cannot_both_hold(cut, found.cut):
            yield Related("CONTRADICTS", found.cut)


def _taken_over(around: Neighbourhood, cut: Cut) -> Iterator[Related]:
    """The cuts of papers which inherit this one that replace or exclude it."""
    for heir in heirs(around, cut):
        for own in heir.own:
            if value_of(own) != value_of(cut):
                yield Related("OVERRIDES", own, incoming=True)
        if not heir.own:
            for own in around.cuts(heir.chain[0], cut.variable, [cut.object]):
                if cannot_both_hold(own, cut):
                    yield Related("CONTRADICTS", own)


def _said_elsewhere(around: Neighbourhood, cut: Cut, papers: Iterable[str]) -> Iterator[Related]:
    """Cuts of those papers that say the same, more or less; on this object, what it includes or what includes it."""
    around.load_cuts(papers, cut.variable)
    names = [cut.object, *(name for name in objects() if covers(name, cut.object) or covers(cut.object, name))]
    for paper in papers:
        for other in around.cuts(paper, cut.variable, names):
            if same_as(cut, other):
                yield Related("SAME_AS", other)
            elif refines(cut, other):
                yield Related("REFINES", other)
            elif refines(other, cut):
                yield Related("REFINES", other, incoming=True)


def _sorted(found: Iterable[Related]) -> list[Related]:
    """Each pair of cuts with the first relation found, by relation, paper and position.

    Papers that defer to each other may override each other: that is two relations.
    """
    first: dict[tuple[Cut, bool], Related] = {}
    for other in found:
        both = other.relation == "OVERRIDES"
        if both or not {(other.cut, False), (other.cut, True)} & first.keys():
            first.setdefault((other.cut, other.incoming), other)
    order = ("SAME_AS", "REFINES", "OVERRIDES", "CONTRADICTS")
    return sorted(
        first.values(), key=lambda r: (r.incoming, order.index(r.relation), r.cut.paper, r.cut.position, str(r.cut))
    )


def related_cuts(store: Store, cuts: Sequence[Cut]) -> dict[str, list[Related]]:
    """`related` for each of these cuts by id, with few questions to the store."""
    around = Neighbourhood(store)
    around.look_ahead(cuts, {cut.variable for cut in cuts}, back=True)
    papers = {cut.paper for cut in cuts}
    around.load_cited(papers)
    around.load_citing(papers)
    near: dict[str, set[str]] = {}
    for cut in cuts:
        near.setdefault(cut.variable, set()).update((cut.paper, *around.cited(cut.paper), *around.citing(cut.paper)))
    for variable, others in near.items():
        around.load_cuts(others, variable)
    return {cut.id: related(around, cut) for cut in cuts}


def lineage_edges(store: Store) -> Iterator[Edge]:
    """Every relation in the graph as an edge, sorted; a symmetric one leads from the smaller id.

    The same for the same readings, in whatever order they were stored.
    """
    around = Neighbourhood(store)
    papers = [paper.id for paper in store.papers(unread=False)]
    around.load_all_cuts(papers)
    around.load_cited(papers)
    around.load_deferrals(papers)
    found = set()
    for paper in papers:
        for cut in around.all_cuts(paper):
            for other in related(around, cut):
                if not other.incoming and (other.relation not in SYMMETRIC or cut.id < other.cut.id):
                    found.add((cut.id, other.relation, other.cut.id))
    return (edge(source, relation, target) for source, relation, target in sorted(found))


__all__ = [
    "SYMMETRIC",
    "Related",
    "cannot_both_hold",
    "contradicts_within",
    "lineage_edges",
    "refines",
    "related",
    "related_cuts",
    "related_earlier",
    "same_as",
]
