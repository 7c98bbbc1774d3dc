"""Readers measured run by run, as the published prototype was: correct, hallucinated and failed, medians over runs.

Each run of a model has a seed of its own; a run of the rules is the same every time. Measured are the cuts that were
proposed (before the gate) and those that the gate let through.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import Any

from ingest.documents.document import Document
from ingest.evaluation.claim import Row
from ingest.evaluation.extraction import opened, rows_of
from ingest.evaluation.judge import approved
from ingest.evaluation.key import AnswerKey
from ingest.evaluation.measures import Measures, Share, measure
from ingest.models.opened import ModelReaders, ReaderName
from ingest.models.options import Mode
from ingest.models.proposals import Proposed
from ingest.reading.reading import read_paper
from kg.errors import KgError
from kg.llm.model import Model
from kg.records import Json, Paper


@dataclass(frozen=True, slots=True)
class Setting:
    """What is measured: a reader and how it is shown the papers ("" for the rules, which need no pieces)."""

    reader: ReaderName
    pieces: Mode | str = ""

    @property
    def label(self) -> str:
        """ "both, chunked"."""
        return f"{self.reader}, {self.pieces}" if self.pieces else self.reader


@dataclass(frozen=True, slots=True)
class Run:
    """One paper read once. Without measures it failed, as `error` says.

    `kept` replies came from the cache, so that `seconds` are not those of the model. `judged` are the verified cuts
    that no key lists and a model, as a judge, finds in their quotes; None without a judge.
    """

    setting: Setting
    seed: int | None
    paper: str
    seconds: float
    proposed: Measures | None = None
    verified: Measures | None = None
    kept: int = 0
    tokens: int = 0
    judged: int | None = None
    error: str = ""

    def to_json(self) -> dict[str, Json]:
        """The run as JSON values."""
        return {
            "reader": self.setting.reader,
            "pieces": self.setting.pieces,
            "seed": self.seed,
            "paper": self.paper,
            "failed": self.error,
            "seconds": round(self.seconds, 2),
            "kept_replies": self.kept,
            "tokens": self.tokens,
            "judged_right": self.judged,
            "proposed": self.proposed.to_json() if self.proposed else None,
            "verified": self.verified.to_json() if self.verified else None,
        }


@dataclass(frozen=True, slots=True)
class Summary:
    """The medians of one setting over its runs; a run is all papers with one seed, and fails where one of them does."""

    setting: Setting
    runs: int
    failed: int
    core: float | None
    detail: float | None
    correct: float | None
    proposed: float | None
    hallucinated_proposed: float | None
    hallucinated_verified: float | None
    unkeyed_verified: float | None
    judged: float | None
    seconds: float | None

    def to_json(self) -> dict[str, Json]:
        """The summary as JSON values."""
        values = {name: getattr(self, name) for name in self.__slots__ if name != "setting"}
        return {"reader": self.setting.reader, "pieces": self.setting.pieces, **values}


def measured_runs(
    keys: Sequence[tuple[AnswerKey, Document, Paper]],
    settings: Iterable[Setting],
    seeds: Sequence[int],
    readers: Callable[[Setting, int], ModelReaders],
    judge: Model | None = None,
    watch: Callable[[Run], None] = lambda _: None,
) -> list[Run]:
    """Every key's paper read in every setting, once for each seed; the rules once. `readers` gives those of a seed.

    A run that fails is one of the results. Raises `ModelError` where the judge fails.
    """
    runs: list[Run] = []
    for setting in settings:
        for seed in seeds if setting.reader != "rules" else [None]:
            for key, document, paper in keys:
                run = _run(setting, seed, key, document, paper, readers)
                if judge is not None and run.verified is not None:
                    run = replace(run, judged=approved(judge, run.verified.unkeyed))
                watch(run)
                runs.append(run)
    return runs


def opened_papers(
    keys: Iterable[AnswerKey], library: Any, edition: str | None
) -> list[tuple[AnswerKey, Document, Paper]]:
    """The keys with their papers, read from a folder; raises `PaperUnavailable` and `DocumentUnreadable`."""
    return [(key, *opened(key.paper, library, edition)) for key in keys]


def _run(
    setting: Setting,
    seed: int | None,
    key: AnswerKey,
    document: Document,
    paper: Paper,
    readers: Callable[[Setting, int], ModelReaders],
) -> Run:
    began = time.perf_counter()
    run = Run(setting, seed, key.paper, 0.0)
    if seed is None:
        reading = read_paper(document, paper).reading
        proposed: list[Row] = rows_of(reading)
    else:
        model = readers(setting, seed)
        try:
            reading, said = model.named(setting.reader).read_aloud(document, paper)
        except KgError as error:
            return replace(run, seconds=time.perf_counter() - began, error=str(error))
        own = rows_of(read_paper(document, paper).reading) if setting.reader == "both" else []
        proposed = [*own, *(_row(paper.id, one) for one in said)]
        usage = model.asking.model.usage
        run = replace(run, kept=usage.kept, tokens=usage.tokens)
    verified = [row for row in rows_of(reading) if row["status"] == "verified"]
    return replace(
        run,
        seconds=time.perf_counter() - began,
        proposed=measure(key, proposed, document.text),
        verified=measure(key, verified, document.text),
    )


def _row(paper: str, one: Proposed) -> Row:
    """What the model said, with the vocabulary's names, and its own quote."""
    made = one.proposal
    value: Json = list(made.value) if isinstance(made.value, tuple) else made.value
    return {
        "paper": paper,
        "object": made.object,
        "variable": made.variable,
        "op": one.said.op,
        "value": value,
        "unit": made.unit,
        "applies_when": one.said.applies_when,
        "veto": one.said.veto,
        "quote": one.said.quote,
    }


def summaries(runs: Sequence[Run]) -> list[Summary]:
    """The medians of each setting, in the order in which the settings came."""
    return [
        _summary(setting, [run for run in runs if run.setting == setting])
        for setting in dict.fromkeys(run.setting for run in runs)
    ]


def _summary(setting: Setting, runs: Sequence[Run]) -> Summary:
    by_seed = {seed: [run for run in runs if run.seed == seed] for seed in dict.fromkeys(run.seed for run in runs)}
    whole = [found for found in by_seed.values() if not any(run.error for run in found)]

    def middle(value: Callable[[Sequence[Run]], float | None]) -> float | None:
        found = [one for one in map(value, whole) if one is not None]
        return median(found) if found else None

    def total(name: str, which: str) -> Callable[[Sequence[Run]], float]:
        return lambda found: float(sum(_number(getattr(getattr(run, which), name)) for run in found))

    def share(name: str) -> Callable[[Sequence[Run]], float | None]:
        return lambda found: sum((getattr(run.verified, name) for run in found), Share(0, 0)).ratio

    def seconds(found: Sequence[Run]) -> float | None:
        return None if any(run.kept for run in found) else sum(run.seconds for run in found)

    def judged(found: Sequence[Run]) -> float | None:
        return None if any(run.judged is None for run in found) else float(sum(run.judged or 0 for run in found))

    return Summary(
        setting,
        runs=len(by_seed),
        failed=len(by_seed) - len(whole),
        core=middle(share("core")),
        detail=middle(share("detail")),
        correct=middle(total("right", "verified")),
        proposed=middle(total("cuts", "proposed")),
        hallucinated_proposed=middle(total("hallucinated", "proposed")),
        hallucinated_verified=middle(total("hallucinated", "verified")),
        unkeyed_verified=middle(total("unkeyed", "verified")),
        judged=middle(judged),
        seconds=middle(seconds),
    )


def _number(value: Any) -> int:
    return value if isinstance(value, int) else len(value)


__all__ = ["Run", "Setting", "Summary", "measured_runs", "opened_papers", "summaries"]
