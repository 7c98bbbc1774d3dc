"""The lineage of one cut: its sentence, the reference it came through, the earlier paper's sentence, and so on back.

A tree whose root is the cut. Beneath it: what it is related to (`kg.lineage.relations`), and, as relation
`DETAILS`, the cuts to which its paper's own sentence sends the reader ("the lepton identification and isolation can
be found in Ref. [24]"). Beneath these the same again, but only back towards papers that are cited, so that the branches
end at the origins. A cut stands in the tree once, as near to the root as it can.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from kg.errors import NotInStore
from kg.lineage.inheritance import chain_to, heirs, in_slot
from kg.lineage.neighbourhood import Neighbourhood
from kg.lineage.referring import Referral, Sentences
from kg.lineage.relations import Related, related, related_earlier
from kg.records import Cut
from kg.store.base import Quotation, Store
from kg.vocabulary import covers, family_of, objects, variables

DETAILS = "DETAILS"
MAX_CUTS = 32
"""Cuts that a tree may have: more than anybody reads. What is left out is told at each cut."""

MAX_STEPS, MAX_FURTHER = 20, 3
"""Steps shown from the root, and from each other cut."""


@dataclass(frozen=True, slots=True)
class Step:
    """From one cut to the next: `relation` (from the next one to this, if `incoming`), and the sentences between."""

    relation: str
    incoming: bool
    through: tuple[Referral, ...]
    to: Origin


@dataclass(frozen=True, slots=True)
class Origin:
    """A cut, where it stands, and the steps from it; `left_out` counts those that there was no room for.

    Not `followed` is a cut at which the tree was full.
    """

    cut: Cut
    quotations: tuple[Quotation, ...]
    steps: tuple[Step, ...] = ()
    left_out: int = 0
    followed: bool = True

    @property
    def size(self) -> int:
        """The number of cuts in the tree."""
        return 1 + sum(step.to.size for step in self.steps)


@dataclass(frozen=True, slots=True)
class Use:
    """A paper that takes the cut over without a value of its own, and the sentences through which it does."""

    paper: str
    through: tuple[Referral, ...]


@dataclass(slots=True)
class _Node:
    cut: Cut
    steps: list[tuple[str, bool, _Node]] = field(default_factory=list)
    left_out: int = 0
    followed: bool = True


def lineage(store: Store, cut: Cut, depth: int = 3) -> Origin:
    """The tree of the cut, at most `depth` steps high, nearest first, with no more cuts than anybody would read."""
    around = Neighbourhood(store, _kin(cut.object))
    root = _Node(cut)
    nodes = {cut: root}
    level = [root]
    variables_like = _variables_like(cut.variable)
    for distance in range(depth):
        around.look_ahead([node.cut for node in level], variables_like, back=distance == 0)
        around.load_cited(node.cut.paper for node in level)
        around.load_deferrals(node.cut.paper for node in level)
        next_level: list[_Node] = []
        for node in level:
            if len(nodes) >= MAX_CUTS:
                node.followed = False
                continue
            earlier = {*around.cited(node.cut.paper), *(d.target for d in around.deferrals(node.cut.paper))}
            near = _near(around, node.cut, related if node is root else related_earlier)
            room = MAX_STEPS if distance == 0 else MAX_FURTHER
            for relation, incoming, other in near:
                if other in nodes:
                    continue
                if len(node.steps) >= room or len(nodes) >= MAX_CUTS:
                    node.left_out += 1
                    continue
                nodes[other] = _Node(other)
                node.steps.append((relation, incoming, nodes[other]))
                # a neighbour that cites this paper is shown, not followed: the way goes back
                if other.paper in earlier and other.paper != node.cut.paper:
                    next_level.append(nodes[other])
        level = next_level
    return _built(root, store.passages(other.id for other in nodes), Sentences(around))


def _near(
    around: Neighbourhood, cut: Cut, relations: Callable[[Neighbourhood, Cut], list[Related]]
) -> list[tuple[str, bool, Cut]]:
    """What the cut is related to, then what explains it, then what is related to it; each cut once."""
    found = relations(around, cut)
    near: list[tuple[str, bool, Cut]] = [(other.relation, False, other.cut) for other in found if not other.incoming]
    near += [(DETAILS, False, other) for other in _details(around, cut)]
    near += [(other.relation, True, other.cut) for other in found if other.incoming]
    first: dict[Cut, tuple[str, bool, Cut]] = {}
    for step in near:
        first.setdefault(step[2], step)
    return list(first.values())


def uses(store: Store, cut: Cut) -> list[Use]:
    """The papers whose effective selection has the cut because they send their reader to it, nearest first."""
    around = Neighbourhood(store, [cut.object])
    sentences = Sentences(around)
    return [Use(heir.chain[0], sentences.along(heir.chain, cut)) for heir in heirs(around, cut) if not heir.own]


def way_to(store: Store, paper: str, cut: Cut) -> tuple[Referral, ...]:
    """The referring sentences from `paper` to the one that states the cut; () for its own.

    Raises `NotInStore` where the paper's effective selection does not have the cut.
    """
    around = Neighbourhood(store, [cut.object])
    chain = chain_to(around, paper, cut)
    if not chain or (len(chain) > 1 and in_slot(around, paper, cut)):
        raise NotInStore(
            f"no {cut.id} in the effective selection of {paper}",
            why="the paper has a value of its own for it" if chain else "no sentence of it refers there for this",
            nearest=[use.paper for use in uses(store, cut)],
        )
    return Sentences(around).along(chain, cut)


def _details(around: Neighbourhood, cut: Cut) -> Iterable[Cut]:
    """Cuts that the papers deferred to state on the same object and family of variables, in slots of their own."""
    targets = [d for d in around.deferrals(cut.paper) if d.covers(cut)]
    objects_like = [name for name in objects() if covers(cut.object, name) or covers(name, cut.object)]
    for deferral in targets:
        # a sentence on the whole selection does not say that one isolation requirement explains another
        names = _variables_like(cut.variable) if deferral.variables else [cut.variable]
        for variable in names:
            for other in around.cuts(deferral.target, variable, [cut.object, *objects_like]):
                if deferral.covers(other) and not in_slot(around, cut.paper, other):
                    yield other


def _kin(name: str) -> set[str]:
    """The object and all that it includes or is included in, however far: an electron, leptons, a muon."""
    found, waiting = {name}, [name]
    while waiting:
        one = waiting.pop()
        more = {other for other in objects() if covers(one, other) or covers(other, one)} - found
        found |= more
        waiting += more
    return found


def _variables_like(variable: str) -> list[str]:
    family = family_of(variable)
    return list(dict.fromkeys((variable, *(name for name, term in variables().items() if term.family == family))))


def _built(node: _Node, quoted: Mapping[str, list[Quotation]], sentences: Sentences) -> Origin:
    steps = tuple(
        Step(relation, incoming, _between(node.cut, to.cut, sentences), _built(to, quoted, sentences))
        for relation, incoming, to in node.steps
    )
    return Origin(node.cut, tuple(quoted[node.cut.id]), steps, node.left_out, node.followed)


def _between(cut: Cut, other: Cut, sentences: Sentences) -> tuple[Referral, ...]:
    if cut.paper == other.paper:
        return ()
    return sentences.along((cut.paper, other.paper), other) or sentences.along((other.paper, cut.paper), cut)


__all__ = ["DETAILS", "MAX_CUTS", "MAX_FURTHER", "MAX_STEPS", "Origin", "Step", "Use", "lineage", "uses", "way_to"]
