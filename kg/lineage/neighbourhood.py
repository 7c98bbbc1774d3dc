"""The part of the graph around some papers that lineage looks at, asked for in few questions and kept."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from kg.effective import Deferral, Selections, deferrals
from kg.records import Cut, Edge, Passage
from kg.store.base import LooksAhead, Store

USABLE = ("verified", "approved")
"""What takes part in lineage: nobody should be told that a cut agrees with one that may not be there."""


class Neighbourhood:
    """Cuts, citations and deferrals of papers, each read from the store once.

    `objects` are those whose cuts are asked for, None for all.
    """

    def __init__(self, store: Store, objects: Collection[str] | None = None) -> None:
        self.store, self.objects = store, objects
        self._cuts: dict[tuple[str, str], list[Cut]] = {}
        self._asked: dict[str, set[str]] = {}  # of a paper, the variables whose cuts were read
        self._whole: dict[str, list[Cut]] = {}
        self._labels: dict[tuple[str, str], str] = {}
        self._cited: dict[str, set[str]] = {}
        self._citing: dict[str, set[str]] = {}
        self._deferrals: dict[str, tuple[Deferral, ...]] = {}
        self._deferrers: dict[str, list[tuple[str, Deferral]]] = {}
        self._selections: dict[tuple[str, str], Selections] = {}
        self._referrals: dict[str, list[tuple[Passage, Edge]]] = {}
        self._sent: dict[str, list[tuple[str, Passage, Edge]]] = {}  # to a paper, by all that refer to it

    def look_ahead(self, cuts: Collection[Cut], variables: Collection[str], *, back: bool = False) -> None:
        """Read what the lineage of these cuts will ask on the variables, where the store gives all of it in one answer;
        who cites and defers to their papers only if `back`."""
        papers = {cut.paper for cut in cuts}
        wanted = papers if back else papers - (self._cited.keys() & self._deferrals.keys())
        if not wanted or not isinstance(self.store, LooksAhead):
            return
        found = self.store.surroundings(wanted, variables, self.objects, cuts, back=back)
        self._labels |= found.citations
        self._cited |= {paper: set() for paper in wanted}
        self._citing |= {paper: set() for paper in wanted if back}
        self._deferrers |= {paper: [] for paper in found.asked}
        for citing, cited in found.citations:
            if citing in wanted:
                self._cited[citing].add(cited)
            if back and cited in wanted:
                self._citing[cited].add(citing)
        fresh: dict[str, list[tuple[Passage, Edge]]] = {paper: [] for paper in found.followed}
        for paper, passage, edge in found.referring:
            fresh[paper].append((passage, edge))
        self._referrals |= fresh
        for paper, sent in fresh.items():
            self._deferrals.setdefault(paper, deferrals(edge for _, edge in sent))
        self._sent |= {paper: [] for paper in found.asked}
        for paper, passage, edge in found.referred:
            self._add_deferrer(paper, edge)
            self._sent[edge.target].append((paper, passage, edge))
        every, said = frozenset(variables), frozenset(cut.variable for cut in cuts)
        given = dict.fromkeys(found.near, every) | dict.fromkeys(found.beside, said)
        missing = {p: names - self._asked.get(p, set()) for p, names in given.items() if p not in self._whole}
        for paper, fresh_variables in missing.items():
            self._asked.setdefault(paper, set()).update(fresh_variables)
        for cut in found.cuts:
            if cut.variable in missing.get(cut.paper, ()) and cut.status in USABLE:
                self._cuts.setdefault((cut.paper, cut.variable), []).append(cut)

    def referrals(self, paper: str) -> list[tuple[Passage, Edge]]:
        """The paper's sentences that refer to others, in the order of its text."""
        if paper not in self._referrals:
            self._referrals[paper] = self.store.referrals(paper)
        return self._referrals[paper]

    def sentences(self, paper: str, target: str) -> list[tuple[Passage, Edge]]:
        """The sentences of one paper that refer to the other, in the order of its text."""
        if target in self._sent:
            return [(passage, edge) for sender, passage, edge in self._sent[target] if sender == paper]
        return [(passage, edge) for passage, edge in self.referrals(paper) if edge.target == target]

    def cuts(self, paper: str, variable: str, objects: Collection[str]) -> list[Cut]:
        """The usable cuts of the paper on this variable and these objects, in the order of the text."""
        self.load_cuts([paper], variable)
        return [cut for cut in self._cuts.get((paper, variable), ()) if cut.object in objects]

    def load_cuts(self, papers: Iterable[str], variable: str) -> None:
        """Read the cuts of several papers on a variable in one question."""
        wanted = {p for p in papers if p not in self._whole and variable not in self._asked.get(p, ())}
        for paper in wanted:
            self._asked.setdefault(paper, set()).add(variable)
        if wanted:
            for cut in self.store.cuts_of(wanted, [variable], self.objects):
                if cut.status in USABLE:
                    self._cuts.setdefault((cut.paper, variable), []).append(cut)

    def all_cuts(self, paper: str) -> list[Cut]:
        """All usable cuts of the paper, in the order of the text."""
        self.load_all_cuts([paper])
        return self._whole[paper]

    def load_all_cuts(self, papers: Iterable[str]) -> None:
        """Read all cuts of several papers in one question."""
        if wanted := set(papers) - self._whole.keys():
            self._whole |= {paper: [] for paper in wanted}
            fresh: dict[tuple[str, str], list[Cut]] = {}
            for cut in self.store.cuts_of(wanted, objects=self.objects):
                if cut.status in USABLE:
                    self._whole[cut.paper].append(cut)
                    fresh.setdefault((cut.paper, cut.variable), []).append(cut)
            self._cuts |= fresh

    def selections(self, object_: str, variable: str) -> Selections:
        """Effective selections as far as they are about this object and variable."""
        if (object_, variable) not in self._selections:
            probe = Cut("", object_, variable, "is", "")
            self._selections[object_, variable] = Selections(
                lambda paper: self.cuts(paper, variable, [object_]),
                lambda paper: tuple(d for d in self.deferrals(paper) if d.covers(probe)),
            )
        return self._selections[object_, variable]

    def cited(self, paper: str) -> list[str]:
        """The read papers that it cites, sorted."""
        self.load_cited([paper])
        return sorted(self._cited[paper])

    def citing(self, paper: str) -> list[str]:
        """The read papers that cite it, sorted."""
        self.load_citing([paper])
        return sorted(self._citing[paper])

    def load_cited(self, papers: Iterable[str]) -> None:
        """Read whom several papers cite in one question."""
        if wanted := set(papers) - self._cited.keys():
            self._cited |= {paper: set() for paper in wanted}
            found = self.store.citations(citing=wanted)
            self._labels |= found
            for citing, cited in found:
                self._cited[citing].add(cited)

    def load_citing(self, papers: Iterable[str]) -> None:
        """Read who cites several papers in one question."""
        if wanted := set(papers) - self._citing.keys():
            self._citing |= {paper: set() for paper in wanted}
            found = self.store.citations(cited=wanted)
            self._labels |= found
            for citing, cited in found:
                self._citing[cited].add(citing)

    def label(self, citing: str, cited: str) -> str | None:
        """The label under which one paper cites the other, None if it does not."""
        if (citing, cited) not in self._labels and cited not in self._citing:
            self.load_cited([citing])
        return self._labels.get((citing, cited))

    def deferrals(self, paper: str) -> tuple[Deferral, ...]:
        """What the paper defers, and to whom, in the order of its text."""
        self.load_deferrals([paper])
        return self._deferrals[paper]

    def load_deferrals(self, papers: Iterable[str]) -> None:
        """Read what several papers defer in one question."""
        if wanted := set(papers) - self._deferrals.keys():
            edges: dict[str, list[Edge]] = {}
            for paper, edge in self.store.referrals_of(referring=wanted):
                edges.setdefault(paper, []).append(edge)
            for paper in wanted:
                self._deferrals[paper] = deferrals(edges.get(paper, ()))

    def deferrers(self, paper: str) -> list[tuple[str, Deferral]]:
        """Which papers defer to this one, and what."""
        self.load_deferrers([paper])
        return self._deferrers[paper]

    def load_deferrers(self, papers: Iterable[str]) -> None:
        """Read who defers to several papers in one question."""
        if wanted := set(papers) - self._deferrers.keys():
            for paper in wanted:
                self._deferrers[paper] = []
            for paper, edge in self.store.referrals_of(referred=wanted):
                self._add_deferrer(paper, edge)

    def _add_deferrer(self, paper: str, edge: Edge) -> None:
        for deferral in deferrals([edge]):
            if paper != edge.target and (paper, deferral) not in self._deferrers[edge.target]:
                self._deferrers[edge.target].append((paper, deferral))


__all__ = ["USABLE", "Neighbourhood"]
