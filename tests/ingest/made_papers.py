"""Papers made for tests of the pipeline: what they state and whom they refer to, without any text to parse."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from ingest.sources.fetched import Fetched
from kg.errors import DocumentUnreadable, InvalidIdentifier, PaperUnavailable
from kg.identifiers import parse_paper_id
from kg.records import Activity, Cut, Edge, Paper, Passage, Reading, Reference, content_id, edge


@dataclass(frozen=True)
class MadePaper:
    """A paper that states p_T thresholds on muons and refers to others: (target, kind, objects), in that order."""

    id: str
    thresholds: tuple[float, ...] = ()
    refers: tuple[tuple[str, str, tuple[str, ...]], ...] = ()
    doi: str = ""
    version: int = 1

    def data(self) -> bytes:
        return json.dumps([self.id, self.thresholds, self.refers, self.doi, self.version]).encode()


@dataclass
class MadeSources:
    """Sources that have exactly these papers; `asked` records each request. A value may be an error to raise."""

    papers: Mapping[str, MadePaper | Exception]
    asked: list[str] = field(default_factory=list)

    def open(self, text: str) -> Fetched:
        self.asked.append(text)
        paper = self.papers.get(text)
        if isinstance(paper, Exception):
            raise paper
        if paper is None:
            parse_paper_id(text)
            raise PaperUnavailable(f"{text} could not be had", why="library: no file of that name; arXiv: not asked")
        return Fetched(parse_paper_id(paper.id), "latex", "latex", paper.data(), f"{paper.id}.tex", "library made")


@dataclass
class MadeReader:
    """Turns the bytes of a `MadePaper` into its reading; `read_ids` records the work done."""

    broken: frozenset[str] = frozenset()
    read_ids: list[str] = field(default_factory=list)

    def key(self, fetched: Fetched) -> str:
        return content_id("reading", fetched.data.decode())

    def read(self, fetched: Fetched) -> Reading:
        paper_id, thresholds, refers, doi, _ = json.loads(fetched.data)
        self.read_ids.append(paper_id)
        if paper_id in self.broken:
            raise DocumentUnreadable(f"no text in {fetched.name}", why="every page is a picture")
        sentences = [f"Muons must have p_T > {t:g} GeV." for t in thresholds]
        sentences += [f"Details are given in Ref. [{i}], that is {t}." for i, (t, _, _) in enumerate(refers, start=1)]
        passages, start = [], 0
        for sentence in sentences:
            passages.append(Passage(paper_id, start, start + len(sentence), sentence, section="Event selection"))
            start += len(sentence) + 1
        activity = Activity("made", "1")
        cuts = [
            Cut(paper_id, "muon", "pt", ">", t, "GeV", status="verified", position=p.start)
            for t, p in zip(thresholds, passages, strict=False)
        ]
        edges: list[Edge] = [edge(c.id, "QUOTED_FROM", p.id) for c, p in zip(cuts, passages, strict=False)]
        edges += [edge(c.id, "WAS_GENERATED_BY", activity.id) for c in cuts]
        edges += [
            edge(p.id, "REFERS_TO", target, kind=kind, objects=objects, position=p.start, section=p.section)
            for p, (target, kind, objects) in zip(passages[len(cuts) :], refers, strict=True)
        ]
        return Reading(
            paper=Paper(paper_id, "latex", title=f"Paper {paper_id}", arxiv_id=paper_id, doi=doi, sha256="0" * 64),
            key=self.key(fetched),
            activity=activity,
            references=tuple(_reference(str(i), target) for i, (target, _, _) in enumerate(refers, start=1)),
            passages=tuple(passages),
            cuts=tuple(cuts),
            edges=tuple(edges),
        )


def _reference(label: str, target: str) -> Reference:
    try:
        paper = parse_paper_id(target)
    except InvalidIdentifier:
        return Reference(label, text=target)
    if paper.scheme == "doi":
        return Reference(label, doi=paper.value)
    return Reference(label, arxiv_id=paper.value)
