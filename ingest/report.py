"""What an ingest did, paper by paper: read, found unchanged, or not to be had and why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from ingest.planner import Errand
from kg.errors import KgError
from kg.records import Json, Paper

State = Literal["read", "unchanged", "failed"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one errand ended: `paper` is None where it failed before the paper was known; `origin` says where it was."""

    errand: Errand
    state: State
    paper: Paper | None = None
    origin: str = ""
    passages: int = 0
    cuts: int = 0
    verified: int = 0
    error: KgError | None = None

    @property
    def id(self) -> str:
        """The paper's id, or what it was asked for as."""
        return self.paper.id if self.paper else self.errand.paper

    def to_json(self) -> dict[str, Json]:
        """The outcome as JSON values; every key is always there."""
        referral = self.errand.referral
        return {
            "paper": self.id,
            "state": self.state,
            "depth": self.errand.depth,
            "title": self.paper.title if self.paper else "",
            "edition": self.paper.edition if self.paper else "",
            "source": self.origin,
            "passages": self.passages,
            "cuts": self.cuts,
            "verified": self.verified,
            "warnings": list(self.paper.warnings) if self.paper else [],
            "referred_to_by": referral.source if referral else "",
            "sentence": referral.sentence if referral else "",
            "error": str(self.error) if self.error else "",
        }


@dataclass(frozen=True, slots=True)
class IngestReport:
    """All outcomes in the order of the work; `left_out` are the papers that were still to be read.

    `stopped` is the error of the store that ended the work; without one, `max_papers` had been read.
    """

    outcomes: tuple[Outcome, ...]
    left_out: tuple[Errand, ...] = ()
    stopped: KgError | None = None

    @property
    def asked_and_failed(self) -> tuple[Outcome, ...]:
        """Failures among the papers asked for; a cited paper that cannot be had is no failure of the command."""
        return tuple(o for o in self.outcomes if o.state == "failed" and o.errand.depth == 0)

    def to_json(self) -> dict[str, Json]:
        """The report as JSON values."""
        return {
            "papers": [outcome.to_json() for outcome in self.outcomes],
            "left_out": [errand.paper for errand in self.left_out],
            "stopped": str(self.stopped) if self.stopped else "",
        }


@dataclass(frozen=True, slots=True)
class Progress:
    """Where the work stands: the errand at hand, and its outcome once there is one; `waiting` papers are queued."""

    errand: Errand
    waiting: int
    outcome: Outcome | None = None


Watcher = Callable[[Progress], None]
