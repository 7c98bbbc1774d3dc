"""The measures of an extraction: recall of core cuts and of details, what is hallucinated, and what no key lists."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ingest.evaluation.claim import Row
from ingest.evaluation.key import AnswerKey
from ingest.evaluation.matching import match_cuts
from ingest.evaluation.text import skeleton, stands_in
from ingest.evaluation.verdict import wrong_because
from kg.records import Json

_ARXIV = re.compile(r"\d{4}\.\d{4,5}")


@dataclass(frozen=True)
class Share:
    """So many of so many."""

    part: int
    whole: int

    @property
    def ratio(self) -> float | None:
        """The share as a number, None of nothing."""
        return self.part / self.whole if self.whole else None

    def __add__(self, other: Share) -> Share:
        return Share(self.part + other.part, self.whole + other.whole)

    def __str__(self) -> str:
        return f"{self.part} of {self.whole}"


@dataclass(frozen=True)
class Judged:
    """A cut, of the extraction or of the key, and why it is listed."""

    cut: Row
    why: str = ""


@dataclass(frozen=True)
class Measures:
    """One paper's extraction held against its key.

    core, detail: key cuts found. right: cuts that agree with a key cut, repeats included. hallucinated: cuts
    that are provably wrong. unkeyed: cuts that the key does not list and nothing proves wrong. quotes: cuts
    whose quote stands in the paper, None where the paper's text is not known. loose: found on a loosely named object.
    """

    paper: str
    cuts: int
    core: Share
    detail: Share
    right: int
    hallucinated: tuple[Judged, ...]
    unkeyed: tuple[Judged, ...]
    missed: tuple[Judged, ...]
    loose: tuple[Judged, ...]
    quotes: Share | None = None

    def to_json(self) -> dict[str, Json]:
        """The measures and, of every list, the cuts in it."""

        def listed(judged: Iterable[Judged]) -> list[Json]:
            return [{"cut": described(j.cut), "why": j.why, "quote": j.cut["quote"]} for j in judged]

        return {
            "paper": self.paper,
            "cuts": self.cuts,
            "core": self.core.ratio,
            "core_found": str(self.core),
            "detail": self.detail.ratio,
            "detail_found": str(self.detail),
            "right": self.right,
            "quotes_verified": self.quotes.ratio if self.quotes else None,
            "missed": listed(self.missed),
            "hallucinated": listed(self.hallucinated),
            "unkeyed": listed(self.unkeyed),
            "loose": listed(self.loose),
        }


def measure(key: AnswerKey, cuts: Sequence[Row], text: str | None = None) -> Measures:
    """The cuts of the key's paper held against the key; cuts of other papers are left out.

    With the paper's `text`, a quote that does not stand in it makes its cut hallucinated.
    """
    mine = [cut for cut in cuts if _of_the_paper(key.paper, str(cut.get("paper", "")))]
    paper = None if text is None else skeleton(text)
    matching = match_cuts(key.cuts, mine)
    judged = [
        Judged(cut, wrong_because(cut, key.not_cuts, paper)) for j, cut in enumerate(mine) if j not in matching.right
    ]

    def found(weight: str) -> Share:
        numbers = [i for i, cut in enumerate(key.cuts) if cut.get("weight", "core") == weight]
        return Share(sum(i in matching.found for i in numbers), len(numbers))

    verified = Share(sum(stands_in(cut["quote"], paper) for cut in mine), len(mine)) if paper and mine else None
    return Measures(
        paper=key.paper,
        cuts=len(mine),
        core=found("core"),
        detail=found("detail"),
        right=len(matching.right),
        hallucinated=tuple(j for j in judged if j.why),
        unkeyed=tuple(j for j in judged if not j.why),
        missed=tuple(
            Judged(cut, cut.get("weight", "core")) for i, cut in enumerate(key.cuts) if i not in matching.found
        ),
        loose=tuple(Judged(mine[matching.found[i][0]], f"key: {key.cuts[i]['object']}") for i in matching.loose),
        quotes=verified,
    )


def described(cut: Row) -> str:
    """The cut on one line: object, variable, op, value, unit and, in brackets, its condition."""
    parts = [str(cut[field]) for field in ("object", "variable", "op", "value", "unit") if cut[field] not in (None, "")]
    return " ".join([*parts, f"[{cut['applies_when']}]"] if cut.get("applies_when") else parts)


def _of_the_paper(paper: str, named: str) -> bool:
    """Whether a cut of the paper `named` is to be held against the key of `paper`: unless both are other arXiv ids."""
    keyed, own = _ARXIV.search(paper), _ARXIV.search(named)
    return keyed is None or own is None or keyed[0] == own[0]


__all__ = ["Judged", "Measures", "Share", "described", "measure"]
