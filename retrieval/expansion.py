"""From the cuts that were found to the subgraph that answers: their sentences, papers and relatives, each with the
reason why it is there.

Added to the best of the found cuts, in few questions to the store:

* `lineage`: cuts of other papers that say the same, refine, override or contradict one of them;
* `definition`: where a found cut counts or pairs objects ("at least two leptons"), the cuts by which its paper's
  selection defines these objects;
* sentences, papers, citations between these papers, referrals ("details in Ref."), objects, variables, and the
  PHYSLITE branches that measure the variables.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kg.branches import branch_nodes, measured_by
from kg.effective import MAX_DEPTH, selections
from kg.lineage.relations import related_cuts
from kg.measures import measures
from kg.records import Cut, Edge, Json, edge
from kg.store.base import Store, cuts_named, papers_named
from kg.store.lines import node_json
from kg.store.rows import edge_order
from kg.subgraph import Subgraph
from kg.vocabulary import covers, objects, symbol_of
from retrieval.search import Found, Hit

_EXPANDED = 4
"""Hits whose relatives and definitions are added: those that somebody looks at."""

_RELATIVES_OF_ONE = 4
_DEFINITIONS_OF_ONE = 8
_ADDED_SHARE = 0.5
"""Score of what is added, as a share of that of the cut it is added for."""

_COMBINES = ("count", "charge_relation", "flavour_relation", "mass", "delta_r", "abs_mass_minus_mz")
_WORDS = {"SAME_AS": "says the same as", "REFINES": "refines", "OVERRIDES": "overrides", "CONTRADICTS": "contradicts"}
_INVERSE = {"REFINES": "is refined by", "OVERRIDES": "is overridden by"}


def subgraph_of(store: Store, found: Found) -> Subgraph:
    """The subgraph of an answer; the same answer of the same store gives the same subgraph."""
    growing = _Growing(store)
    cuts = cuts_named(store, [hit.cut for hit in found.hits])
    for hit in found.hits:
        growing.add_cut(cuts[hit.cut], hit.score, reasons(found, hit))
    best = [cuts[hit.cut] for hit in found.hits[:_EXPANDED]]
    growing.lineage(best)
    growing.definitions(best)
    growing.surroundings()
    return Subgraph(
        tuple(hit.cut for hit in found.hits),
        growing.nodes,
        tuple(sorted(growing.edges, key=edge_order)),
        growing.scores,
        {name: tuple(why) for name, why in growing.why.items()},
        found.to_json() | {"notes": list(found.notes), "total": found.total},
    )


def reasons(found: Found, hit: Hit) -> tuple[str, ...]:
    """Why a cut was found: what of the question it meets, and which channels found it."""
    parts = dict(hit.parts)
    said: list[str] = []
    factors = dict(hit.factors)
    if parts.get("vocabulary", 0.0) > 0:
        met = [name for name in factors if factors[name] >= 0.99]
        nearly = [name for name in factors if 0.2 < factors[name] < 0.99]
        if met:
            said.append(f"is what is asked in {_listed(met)}")
        if nearly:
            said.append(f"comes near in {_listed(nearly)}")
    if parts.get("full text", 0.0) >= 0.3:
        said.append("its sentence has the words")
    if parts.get("vectors", 0.0) >= 0.8:
        said.append("its sentence is alike in meaning")
    return tuple(said) or ("some words of its sentence or paper",)


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


class _Growing:
    """The subgraph as it grows: nodes, edges, scores and reasons by id."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.cuts: dict[str, Cut] = {}
        self.nodes: dict[str, dict[str, Json]] = {}
        self.edges: set[Edge] = set()
        self.scores: dict[str, float] = {}
        self.why: dict[str, list[str]] = {}

    def add_cut(self, cut: Cut, score: float, why: Iterable[str]) -> None:
        """A cut with its score and reasons; one that is there keeps its score and gets the reasons too."""
        self.cuts.setdefault(cut.id, cut)
        self.nodes.setdefault(cut.id, node_json(cut))
        self.scores.setdefault(cut.id, round(score, 6))
        known = self.why.setdefault(cut.id, [])
        known += [reason for reason in why if reason not in known]

    def lineage(self, found: Sequence[Cut]) -> None:
        """The nearest relatives of each found cut, and the relations among all of them as edges."""
        for cut_id, relatives in related_cuts(self.store, found).items():
            for other in relatives[:_RELATIVES_OF_ONE]:
                ends = (other.cut.id, cut_id) if other.incoming else (cut_id, other.cut.id)
                self.edges.add(edge(ends[0], other.relation, ends[1]))
                if other.cut.id not in self.cuts:
                    words = (
                        _WORDS[other.relation]
                        if other.incoming
                        else _INVERSE.get(other.relation, _WORDS[other.relation])
                    )
                    reason = f"lineage: {words} {short(cut_id)}"
                    self.add_cut(other.cut, _ADDED_SHARE * self.scores[cut_id], [reason])

    def definitions(self, found: Sequence[Cut]) -> None:
        """The cuts that define the objects which a found cut counts or pairs."""
        effective = selections(self.store)
        for cut in found:
            if cut.variable not in _COMBINES:
                continue
            members = objects()[cut.object].members if cut.object in objects() else ""
            wanted = members or cut.object
            if wanted == "event":
                continue
            defining = [
                other
                for other in (e.cut for e in effective.effective(cut.paper, MAX_DEPTH))
                if covers(wanted, other.object)
                and other.variable not in _COMBINES
                and other.status in ("verified", "approved")
            ]
            for other in defining[:_DEFINITIONS_OF_ONE]:
                reason = f"definition: of the {other.object}s of {short(cut.id)}"
                self.add_cut(other, _ADDED_SHARE * self.scores[cut.id], [reason])

    def surroundings(self) -> None:
        """Sentences, papers, citations, referrals, objects, variables and branches of all cuts that are there."""
        passages = {}
        for cut_id, quotations in self.store.passages(self.cuts).items():
            for passage, _ in quotations:
                passages[passage.id] = passage
                self._node(passage.id, node_json(passage), f"states {short(cut_id)}")
        for cut in self.cuts.values():
            self._node(f"object:{cut.object}", {"kind": "Object", "id": f"object:{cut.object}", "name": cut.object})
            variable = f"variable:{cut.variable}"
            self._node(variable, {"kind": "Variable", "id": variable, "name": cut.variable})
        papers = {cut.paper for cut in self.cuts.values()}
        for name, paper in papers_named(self.store, sorted(papers)).items():
            self._node(name, node_json(paper), "states cuts of the answer")
        relations = ("CITES", "STATES", "ON", "OF", "QUOTED_FROM")
        self.edges.update(self.store.edges(source=[*self.cuts, *papers], relation=relations, target=self.nodes))
        # by their papers, since the store finds passages quickly only by paper
        sent = [found for _, found in self.store.referrals_of(referring=papers) if found.source in passages]
        sent += self.store.edges(source=[*self.cuts, *papers], relation="DEFERS_TO")
        self.edges.update(sent)
        others = sorted({found.target for found in sent} - self.nodes.keys())
        for name, paper in papers_named(self.store, others).items():
            self._node(name, node_json(paper), "the text sends its reader there")
        self._branches()

    def _branches(self) -> None:
        asked = {(cut.object, cut.variable) for cut in self.cuts.values()}
        rows = [row for row in measures() if (row.object, row.variable) in asked]
        names = {name for row in rows for name in row.branches}
        owners = {cut.object for cut in self.cuts.values()}
        found = [made for made in measured_by({row.variable for row in rows}, names) if made.get("object") in owners]
        for branch in branch_nodes(found):
            self._node(branch.id, branch.to_json())
        for made in found:
            self.edges.add(made)
            self.why.setdefault(made.target, [])
            reason = f"measures {symbol_of(made.source.removeprefix('variable:'))}"
            if reason not in self.why[made.target]:
                self.why[made.target].append(reason)

    def _node(self, name: str, line: dict[str, Json], reason: str = "") -> None:
        self.nodes.setdefault(name, line)
        if reason:
            known = self.why.setdefault(name, [])
            if reason not in known and len(known) < _RELATIVES_OF_ONE:
                known.append(reason)


def short(cut_id: str) -> str:
    """The beginning of a cut's id, as `kg blame` prints it."""
    return cut_id.removeprefix("cut:")[:8]


__all__ = ["reasons", "short", "subgraph_of"]
