"""Which paper to read next: those that a selection sends its reader to, in the order in which it does.

The planner knows ids and referrals only; fetching, reading and storing are the pipeline's.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.identifiers import split_version
from kg.records import Edge, Paper, Passage, Reading


@dataclass(frozen=True, slots=True)
class Referral:
    """A sentence of `source` that sends its reader to `target` for details.

    `objects` and `variables` are those whose details are meant; `position` counts characters from the
    start of the referring paper's text.
    """

    source: str
    target: str
    sentence: str = ""
    section: str = ""
    position: int = 0
    objects: tuple[str, ...] = ()
    variables: tuple[str, ...] = ()

    @property
    def of_selection(self) -> bool:
        """Whether the sentence speaks of a physics object or variable, and not of, say, the simulation."""
        return bool(self.objects or self.variables)


@dataclass(frozen=True, slots=True)
class Errand:
    """A paper to read: how far it is from the papers asked for (0: asked for), and the referral that led there."""

    paper: str
    depth: int
    referral: Referral | None = None


def referrals(paper: str, pairs: Iterable[tuple[Passage, Edge]]) -> tuple[Referral, ...]:
    """The referrals for details among a paper's `REFERS_TO` edges, in order of position; mere citations are left out.

    Each edge comes with the passage it starts from, as `Store.referrals` gives them.
    """
    found = [
        Referral(
            source=paper,
            target=edge.target,
            sentence=passage.quote,
            section=str(edge.get("section") or passage.section),
            position=int(edge.get("position", passage.start)),
            objects=tuple(edge.get("objects", ())),
            variables=tuple(edge.get("variables", ())),
        )
        for passage, edge in pairs
        if edge.relation == "REFERS_TO" and edge.get("kind") == "details" and edge.target != paper
    ]
    return tuple(sorted(found, key=lambda r: (r.position, r.target)))


def referral_pairs(reading: Reading) -> list[tuple[Passage, Edge]]:
    """The `REFERS_TO` edges of a reading that is in no store, each with its passage."""
    passages = {passage.id: passage for passage in reading.passages}
    return [(passages[e.source], e) for e in reading.edges if e.relation == "REFERS_TO" and e.source in passages]


def names_of(paper: Paper) -> set[str]:
    """All identifiers by which others may refer to a paper; a version that was asked for stands for itself alone."""
    if split_version(paper.id)[1]:
        return {paper.id}
    named = {"doi": paper.doi.lower(), "inspire": paper.inspire_id, "report": paper.report_number}
    return {paper.id, paper.arxiv_id} - {""} | {f"{scheme}:{value}" for scheme, value in named.items() if value}


class Planner:
    """A priority queue of papers to read.

    Papers asked for come first; then nearer depth before farther, referrals of the selection before others,
    and among those the order of first mention. No paper comes twice, under whichever of its names.
    The order in which the papers asked for are given plays no part.

    >>> plan = Planner(["1806.00242"], depth=1)
    >>> plan.next().paper
    '1806.00242'
    >>> plan.follow(Paper("1806.00242"), [Referral("1806.00242", "1712.02304", position=90, objects=("muon",)),
    ...                                   Referral("1806.00242", "1007.1727", position=10)])
    >>> [errand.paper for errand in plan.waiting()]
    ['1712.02304', '1007.1727']
    """

    def __init__(self, asked: Sequence[str], *, depth: int, max_papers: int | None = None) -> None:
        """`depth` 0 reads only the papers asked for; `max_papers` bounds the papers read, those included."""
        self.depth, self.max_papers = depth, max_papers
        self._queue: list[tuple[tuple[int, bool, int, int, str, int], Errand]] = []
        self._seen: set[str] = set()
        self._distance: dict[str, int] = {}
        self._read = 0
        self._pushed = 0
        for turn, paper in enumerate(sorted(set(asked))):
            self._push(Errand(paper, 0), turn)

    def next(self) -> Errand | None:
        """The next paper to read; None when there is none, or `max_papers` have been read."""
        while self._queue and not self.exhausted:
            _, errand = heapq.heappop(self._queue)
            if errand.paper not in self._seen:
                self._seen.add(errand.paper)
                self._distance[errand.paper] = errand.depth
                return errand
        return None

    @property
    def exhausted(self) -> bool:
        """Whether `max_papers` have been read."""
        return self.max_papers is not None and self._read >= self.max_papers

    def known(self, paper: Paper, asked_as: str = "") -> bool:
        """Whether the paper was met before under another name than `asked_as`."""
        return bool((names_of(paper) - {asked_as}) & self._seen)

    def follow(self, paper: Paper, found: Iterable[Referral], asked_as: str = "") -> None:
        """Note that `paper` was read (asked for as `asked_as`), and queue what it refers to, if near enough."""
        depth = self._distance.get(asked_as or paper.id, 0)
        self._seen |= names_of(paper)
        self.count()
        if depth < self.depth:
            for referral in found:
                self._push(Errand(referral.target, depth + 1, referral), self._read)

    def count(self) -> None:
        """Note that one more paper was read, towards `max_papers`."""
        self._read += 1

    def waiting(self) -> tuple[Errand, ...]:
        """The papers still in the queue, in the order in which they would be read, each once."""
        first: dict[str, Errand] = {}
        for _, errand in sorted(self._queue, key=lambda item: item[0]):
            if errand.paper not in self._seen:
                first.setdefault(errand.paper, errand)
        return tuple(first.values())

    def _push(self, errand: Errand, turn: int) -> None:
        referral = errand.referral
        key = (
            errand.depth,
            referral is not None and not referral.of_selection,
            turn,
            referral.position if referral else 0,
            errand.paper,
            self._pushed,  # errands themselves have no order
        )
        self._pushed += 1
        heapq.heappush(self._queue, (key, errand))
