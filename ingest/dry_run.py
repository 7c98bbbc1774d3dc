"""What an ingest would do: which papers next, because of which sentence, from where, and at what cost.

Nothing is stored and no network is touched: papers asked for are read where they lie on this machine, and the
papers they send their reader to are looked for there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.pipeline import PaperReader, Sources, unforeseen, unidentified
from ingest.planner import Errand, Planner, referral_pairs, referrals
from kg.errors import InvalidIdentifier, KgError, PaperUnavailable
from kg.identifiers import PaperId, parse_paper_id, reference_id
from kg.records import Json, Reading

ARXIV_SECONDS_PER_REQUEST = 3
ARXIV_REQUESTS_PER_PAPER = 2
"""Metadata and source. A paper without LaTeX source costs one or two more, for its HTML and its PDF."""


@dataclass(frozen=True, slots=True)
class PlannedPaper:
    """A paper of the plan: `origin` is where it would be had, "" where nothing has it, with the reason in `error`.

    `passages` and `cuts` are known (not None) only for a paper that was read to make the plan.
    """

    errand: Errand
    id: str
    origin: str = ""
    title: str = ""
    passages: int | None = None
    cuts: int | None = None
    error: KgError | None = None

    @property
    def depth(self) -> int:
        return self.errand.depth

    def to_json(self) -> dict[str, Json]:
        """The paper as JSON values; every key is always there."""
        referral = self.errand.referral
        return {
            "paper": self.id,
            "depth": self.depth,
            "title": self.title,
            "source": self.origin,
            "referred_to_by": referral.source if referral else "",
            "sentence": referral.sentence if referral else "",
            "section": referral.section if referral else "",
            "objects": list(referral.objects) if referral else [],
            "passages": self.passages,
            "cuts": self.cuts,
            "error": str(self.error) if self.error else "",
        }


@dataclass(frozen=True, slots=True)
class Plan:
    """The papers in the order of reading, to the first step from those asked for; `depth` is what was asked for."""

    papers: tuple[PlannedPaper, ...]
    depth: int
    max_papers: int | None

    @property
    def arxiv_requests(self) -> int:
        """Requests to arXiv for the papers that would come from there."""
        return ARXIV_REQUESTS_PER_PAPER * sum(p.origin == "arXiv" for p in self.papers)

    @property
    def seconds(self) -> int:
        """How long those requests take at one in three seconds."""
        return self.arxiv_requests * ARXIV_SECONDS_PER_REQUEST

    @property
    def passages(self) -> int:
        """Passages expected of all papers that can be had: as many of each as the papers read for the plan have."""
        read = [p.passages for p in self.papers if p.passages is not None]
        had = sum(1 for p in self.papers if p.origin)
        return round(sum(read) / len(read) * had) if read else 0

    def to_json(self) -> dict[str, Json]:
        """The plan as JSON values."""
        return {
            "papers": [paper.to_json() for paper in self.papers],
            "depth": self.depth,
            "max_papers": self.max_papers,
            "estimate": {"arxiv_requests": self.arxiv_requests, "seconds": self.seconds, "passages": self.passages},
        }


def foresee(
    asked: Sequence[str],
    *,
    sources: Sources,
    reader: PaperReader,
    depth: int = 0,
    max_papers: int | None = None,
    online: bool = True,
) -> Plan:
    """The plan of `ingest` with the same arguments; `sources` must be offline.

    `online` says whether the real ingest may ask arXiv. Papers farther than one step are not in the plan: what a
    paper refers to is known only once it is read.
    """
    planner = Planner(asked, depth=min(depth, 1), max_papers=max_papers)
    papers: list[PlannedPaper] = []
    texts: dict[str, str] = {}
    while errand := planner.next():
        if errand.depth > 0:
            planned, counts = _located(errand, sources, online, texts.get(errand.paper)), True
        else:
            planned, reading = _read(errand, sources, reader, online)
            counts = reading is None
            if reading is not None:
                texts |= {
                    reference_id(r): r.text for r in reading.references if reference_id(r).startswith("unidentified:")
                }
                found = referrals(reading.paper.id, referral_pairs(reading))
                planner.follow(reading.paper, found, asked_as=errand.paper)
        papers.append(planned)
        if counts and planned.origin:
            planner.count()
    return Plan(tuple(papers), depth, max_papers)


def _read(errand: Errand, sources: Sources, reader: PaperReader, online: bool) -> tuple[PlannedPaper, Reading | None]:
    """A paper that was asked for, read if it is on this machine."""
    try:
        fetched = sources.open(errand.paper)
        reading = reader.read(fetched)
    except PaperUnavailable as error:
        return _not_here(errand, error, online), None
    except KgError as error:
        return PlannedPaper(errand, errand.paper, error=error), None
    except Exception as error:
        return PlannedPaper(errand, errand.paper, error=unforeseen(errand.paper, error)), None
    return PlannedPaper(
        errand,
        reading.paper.id,
        fetched.origin,
        reading.paper.title,
        passages=len(reading.passages),
        cuts=len(reading.cuts),
    ), reading


def _located(errand: Errand, sources: Sources, online: bool, text: str | None) -> PlannedPaper:
    """A paper that is referred to, with where it would be had; `text` is the reference to one without identifier."""
    if text is not None:
        return PlannedPaper(errand, errand.paper, error=unidentified(text))
    try:
        fetched = sources.open(errand.paper)
    except PaperUnavailable as error:
        return _not_here(errand, error, online)
    except KgError as error:
        return PlannedPaper(errand, errand.paper, error=error)
    title = fetched.metadata.title if fetched.metadata else ""
    return PlannedPaper(errand, errand.paper, fetched.origin, title)


def _not_here(errand: Errand, error: KgError, online: bool) -> PlannedPaper:
    """A paper that is not on this machine: arXiv may have it, if it may be asked and the paper has an identifier."""
    if online and _identified(errand.paper):
        return PlannedPaper(errand, errand.paper, "arXiv")
    return PlannedPaper(errand, errand.paper, error=error)


def _identified(paper: str) -> PaperId | None:
    try:
        return parse_paper_id(paper)
    except InvalidIdentifier:
        return None
