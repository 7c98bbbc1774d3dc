"""What a person should decide on, one record at a time, and what was decided: for the explorer and for `kg review`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from kg.lineage.neighbourhood import USABLE
from kg.lineage.relations import contradicts_within
from kg.listing import cut_rows
from kg.records import Cut, Json, Review
from kg.reviewed import as_read
from kg.reviews import Decided, correction, standing
from kg.store.base import Store


@dataclass(frozen=True)
class Record:
    """A cut as it was read, why it should be looked at, the decision that stands, and the cuts it contradicts."""

    cut: Cut
    why: str
    decided: Decided | None
    rivals: tuple[Cut, ...]
    is_open: bool

    @property
    def is_needed(self) -> bool:
        """Whether it is unverified or in conflict, and not only looked at."""
        return self.cut.status == "unverified" or bool(self.rivals)

    @property
    def made(self) -> Cut | None:
        """The correction that stands in its place."""
        return correction(self.cut, self.decided)

    def to_json(self) -> Json:
        """The record without its sentence."""
        decided = self.decided
        return {
            "cut": self.cut.id,
            "why": self.why,
            "contradicts": [rival.id for rival in self.rivals],
            "open": self.is_open,
            "decision": None
            if decided is None
            else {
                "decision": decided.review.decision,
                "reviewer": decided.review.reviewer,
                "time": decided.review.time,
                "comment": decided.review.comment,
            },
        }


@dataclass(frozen=True)
class Queue:
    """The records of a paper in the order of its text; those that the reviewer skipped are named in `skipped`."""

    paper: str
    records: tuple[Record, ...]
    skipped: frozenset[str]

    @property
    def open(self) -> list[Record]:
        """What is still to be decided, skipped records last."""
        waiting = [record for record in self.records if record.is_open]
        return sorted(waiting, key=lambda record: record.cut.id in self.skipped)

    @property
    def done(self) -> int:
        """How many of the records that need a decision have one."""
        return sum(record.is_needed and not record.is_open for record in self.records)

    @property
    def total(self) -> int:
        """How many records need a decision."""
        return sum(record.is_needed for record in self.records)

    def of(self, cut_id: str) -> Record | None:
        """The record of that cut."""
        return next((record for record in self.records if record.cut.id == cut_id), None)

    def after(self, cut_id: str) -> Record | None:
        """The next record to decide after that one, from the beginning again at the end; None where all is done."""
        order = [record.cut.id for record in self.records]
        start = order.index(cut_id) if cut_id in order else -1
        turned = [*self.records[start + 1 :], *self.records[: max(start, 0)]]
        waiting = [record for record in turned if record.is_open]
        fresh = [record for record in waiting if record.cut.id not in self.skipped]
        return next(iter(fresh or waiting), None)


def queue(store: Store, paper_id: str, reviewer: str = "", also: Iterable[str] = ()) -> Queue:
    """The records of a paper; `also` are cuts that somebody wants to look at though nothing is wrong with them."""
    cuts = as_read(store).cuts(paper_id)
    ids = {cut.id for cut in cuts}
    reviews = [review for review in store.reviews() if review.cut in ids]
    decided = standing(reviews)
    rivals = _rivals(cuts)
    wanted = set(also) | decided.keys()
    records = []
    for cut in cuts:
        against = rivals.get(cut.id, [])
        if cut.status == "unverified" or against or cut.id in wanted:
            settled = cut.id in decided or (
                cut.status != "unverified" and all(rival.id in decided for rival in against)
            )
            is_open = not settled
            records.append(Record(cut, _why(cut, against), decided.get(cut.id), tuple(against), is_open))
    return Queue(paper_id, tuple(records), frozenset(_skipped(reviews, reviewer)))


def _rivals(cuts: Sequence[Cut]) -> dict[str, list[Cut]]:
    """For each cut those of the same paper that it contradicts."""
    alike: dict[tuple[str, str, str], list[Cut]] = {}
    for cut in cuts:
        if cut.status in USABLE:
            alike.setdefault((cut.object, cut.variable, cut.applies_when), []).append(cut)
    found: dict[str, list[Cut]] = {}
    for group in alike.values():
        for number, one in enumerate(group):
            for other in group[number + 1 :]:
                if contradicts_within(one, other):
                    found.setdefault(one.id, []).append(other)
                    found.setdefault(other.id, []).append(one)
    return found


def _why(cut: Cut, against: Sequence[Cut]) -> str:
    said = []
    if cut.status == "unverified":
        said.append(f"not verified: {cut.reason}" if cut.reason else "not verified")
    if against:
        count = "another cut" if len(against) == 1 else f"{len(against)} cuts"
        said.append(f"in conflict with {count} of the same paper")
    return "; ".join(said) or "nothing is known to be wrong with it"


def _skipped(reviews: Iterable[Review], reviewer: str) -> set[str]:
    """What this person skipped and has not come back to."""
    latest = {review.cut: review.decision for review in reviews if review.reviewer == reviewer}
    return {cut for cut, decision in latest.items() if decision == "skip"}


def history(store: Store, cut_id: str) -> list[Review]:
    """All decisions on the cut, oldest first."""
    return store.reviews(cut_id)


def next_paper(store: Store, after: str = "") -> str | None:
    """The first read paper behind `after`, by id, in which something is still to be decided; None if there is none."""
    names = sorted(store.reading_keys())
    return next((name for name in names if name > after and queue(store, name).open), None)


def record_rows(store: Store, record: Record) -> list[dict[str, Any]]:
    """The cut as it was read, and those it contradicts, as `kg cuts` lists them."""
    return cut_rows(as_read(store), [record.cut, *record.rivals])


__all__ = ["Queue", "Record", "history", "next_paper", "queue", "record_rows"]
