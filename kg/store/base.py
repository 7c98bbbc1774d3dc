"""What every store of the graph offers, whichever database lies under it.

The stored graph is a function of the *set* of readings committed, never of their order: two stores that
took the same readings give the same `dump`, line by line. Answers are sorted, so that they are equal
between stores too.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self, runtime_checkable

from kg.records import Activity, Cut, Edge, Json, Paper, Passage, Reading, Review, SetAside

Quotation = tuple[Passage, str]
"""A passage and the role in which a cut is quoted from it: "quote", or "header" for context such as a table header."""


class Store(Protocol):
    """A graph of papers, passages and cuts.

    Every method raises `StoreError` where the database is locked, damaged, full or gone, and `NotInStore`
    where it is asked for a paper or cut that it does not have.
    """

    def commit(self, reading: Reading) -> bool:
        """Take the reading whole, in place of an earlier reading of that paper; False if its key is already there.

        Nothing is visible to others until all of it is. Raises `InvalidRecord` for a reading that contradicts
        itself (a cut of another paper, an edge from nowhere).
        """

    def commit_all(self, readings: Iterable[Reading]) -> int:
        """Take many readings, each as `commit` does; several may become visible together. Returns how many were new."""

    def add_review(self, review: Review) -> None:
        """Keep a person's decision on a cut; it stays when the paper is read again."""

    def take_reviews(self, reviews: Iterable[Review]) -> None:
        """Keep decisions as another store has them, also on cuts that are not there any more."""

    def reading_key(self, paper_id: str) -> str | None:
        """The key of the reading that is stored of the paper, None if it was not read."""

    def reading_keys(self) -> dict[str, str]:
        """The keys of all readings, by paper id in sorted order: two stores with equal ones hold the same graph."""

    def state(self) -> tuple[int, ...]:
        """Numbers that change, in this connection, whenever the graph has changed; cheap to ask for."""

    def derived_folder(self) -> Path | None:
        """Where files that are derived from the graph may lie, such as a search index; None where there is no place."""

    def paper_of_key(self, key: str) -> str | None:
        """The paper whose stored reading has that key (the first by id), None if none has."""

    def resolve(self, identifier: str) -> str | None:
        """The id of the paper, read or cited, that a person means by `identifier`; None for none or no identifier.

        Takes whatever `kg.identifiers.parse_paper_id` takes, the id of a local file, and its beginning
        where that is unique (`NotInStore` where it is not). An arXiv id without version means the newest version; one
        with a version that version, or what was read without one unless it is known to be another.
        """

    def papers(self, unread: bool = True) -> list[Paper]:
        """All papers by id; without those only cited if `unread` is False."""

    def paper(self, identifier: str) -> Paper:
        """The paper, read or cited; `NotInStore` names the nearest ids."""

    def cuts(self, paper_id: str) -> list[Cut]:
        """The cuts that the paper itself states, by (position, id); none for an unread paper."""

    def cut(self, identifier: str) -> Cut:
        """The cut of that id or unique beginning of an id, with or without "cut:"."""

    def passages(self, cut_ids: Iterable[str]) -> dict[str, list[Quotation]]:
        """For each cut, the passages it is quoted from: quotes in the order of the text, then headers."""

    def passage(self, identifier: str) -> Passage:
        """The passage of that id."""

    def activity(self, identifier: str) -> Activity:
        """The activity of that id."""

    def set_aside(self, paper_id: str) -> list[SetAside]:
        """What the paper's reader took no cut from, by (start, end, reason); none for an unread paper."""

    def edges(
        self,
        source: str | Collection[str] | None = None,
        relation: str | Collection[str] | None = None,
        target: str | Collection[str] | None = None,
    ) -> list[Edge]:
        """The edges with that source, relation and target (or one of those), sorted.

        Cited papers are named by their canonical id; where the paper's own reference has another, an edge other
        than CITES says so in its property `cited_as`.
        """

    def referrals(self, paper_id: str) -> list[tuple[Passage, Edge]]:
        """The REFERS_TO edges of the paper's own passages, in the order of the text."""

    def cuts_of(
        self,
        papers: Collection[str],
        variables: Collection[str] | None = None,
        objects: Collection[str] | None = None,
    ) -> list[Cut]:
        """The cuts that these papers state, on these variables and objects or on all, by (paper, position, id)."""

    def citations(
        self, *, citing: Collection[str] | None = None, cited: Collection[str] | None = None
    ) -> dict[tuple[str, str], str]:
        """(citing, cited) -> label, for the citations between read papers from the papers `citing`, else to `cited`."""

    def referrals_of(
        self, *, referring: Collection[str] | None = None, referred: Collection[str] | None = None
    ) -> list[tuple[str, Edge]]:
        """The REFERS_TO edges from the papers `referring`, else to the papers `referred`, each with the paper it is of.

        Sorted by referring paper, place in its text, and edge.
        """

    def reviews(self, cut_id: str | None = None) -> list[Review]:
        """The decisions on that cut, or on all, by (time, id)."""

    def counts(self) -> dict[str, int]:
        """How many there are of papers, unread papers, passages, cuts, …"""

    def readings(self, papers: Iterable[str]) -> Iterator[Reading]:
        """The stored readings of these papers in this order, whole, as another store could take them.

        Their edges lead to the identifiers that the paper gave. Papers that were not read are left out.
        """

    def dump(self) -> Iterator[dict[str, Json]]:
        """The whole graph as JSON values: nodes by kind (papers first) and id, then edges by source, relation, …"""

    def load(self, lines: Iterable[Mapping[str, Json]]) -> dict[str, int]:
        """Take the papers of a dump, in place of readings of the same papers; returns how many lines of each kind.

        All or nothing: `InvalidRecord` names the first line that does not fit, and the store is as before.
        """

    def close(self) -> None:
        """Let go of the database."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What lineage asks about some papers: their citations, chains of referrals to and from them, and cuts.

    `citations` are (citing, cited) -> label as of `Store.citations`; `referring` and `referred` (paper, passage, edge)
    of the REFERS_TO edges from and to papers, in the order of `Store.referrals_of`; `followed` are the papers whose
    referrals are all in `referring`, `asked` those to whom all referrals are in `referred`, `near` those whose cuts on
    the variables are all in `cuts`, `beside` those of which it has the cuts on the variables that were asked about.
    """

    citations: dict[tuple[str, str], str]
    referring: list[tuple[str, Passage, Edge]]
    referred: list[tuple[str, Passage, Edge]]
    followed: frozenset[str]
    asked: frozenset[str]
    near: frozenset[str]
    beside: frozenset[str]
    cuts: list[Cut]


@runtime_checkable
class LooksAhead(Protocol):
    """A store that is far away, and gives much in one answer."""

    def surroundings(
        self,
        papers: Collection[str],
        variables: Collection[str],
        objects: Collection[str] | None,
        said: Collection[Cut],
        *,
        back: bool,
    ) -> Surroundings:
        """What surrounds these papers for the cuts that are `said` there; who cites and refers to them only if `back`.

        Cuts are given on these variables and objects (None: all); referrals are followed where they may speak of a cut.
        """

    def cuts_named(self, ids: Collection[str]) -> dict[str, Cut]:
        """The cuts of these whole ids; those that are not there are left out."""

    def papers_named(self, ids: Collection[str]) -> dict[str, Paper]:
        """The papers, read or cited, of these canonical ids; those that are not there are left out."""


def cuts_named(store: Store, ids: Collection[str]) -> dict[str, Cut]:
    """The cuts of these ids in as few questions as the store allows; raises `NotInStore`."""
    found = store.cuts_named(ids) if isinstance(store, LooksAhead) else {}
    return {name: found[name] if name in found else store.cut(name) for name in ids}


def papers_named(store: Store, ids: Collection[str]) -> dict[str, Paper]:
    """The papers of these ids in as few questions as the store allows; raises `NotInStore`."""
    found = store.papers_named(ids) if isinstance(store, LooksAhead) else {}
    return {name: found[name] if name in found else store.paper(name) for name in ids}


__all__ = ["LooksAhead", "Quotation", "Store", "Surroundings", "cuts_named", "papers_named"]
