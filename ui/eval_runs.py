"""`kg eval extraction --reader …`: readers measured run by run, with medians, as a table, JSON, and a plot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ui.guard import say
from ui.screen import show, show_json, table, words

if TYPE_CHECKING:
    from ingest.evaluation.key import AnswerKey
    from ingest.evaluation.runs import Run, Summary
    from ingest.models.opened import ModelReaders

HEADINGS = ("reader", "runs", "failed", "core", "detail", "right", "said", "false", "passed", "s")

_LEGEND = (
    "Medians over runs, summed over papers. core, detail: recall among verified cuts; right: verified cuts that agree "
    "with the key; said: cuts proposed; false: hallucinated among them; passed: hallucinated and verified all the same."
)


@dataclass(frozen=True)
class RunOptions:
    """What is measured: readers, pieces, seeds (or as many as `runs`), the temperature, and where the plot goes."""

    readers: tuple[str, ...]
    pieces: tuple[str, ...]
    runs: int
    seeds: str | None
    temperature: float | None
    fresh: bool
    judged: bool
    plot: Path | None

    def chosen_seeds(self) -> list[int]:
        """The seeds; click's usage error for what is no list of numbers."""
        if self.seeds is None:
            return list(range(1, self.runs + 1))
        try:
            return [int(part) for part in self.seeds.split(",")]
        except ValueError as error:
            raise click.BadParameter(f"{self.seeds!r} is no list of numbers, such as 1,2,3") from error


def measure_readers(
    keys: Sequence[AnswerKey], library: Path, edition: str | None, options: RunOptions, form: str
) -> None:
    """Read every key's paper in every setting and print what is measured; raises `NoModel`, `ModelUnavailable`, …"""
    from ingest.evaluation.runs import Setting, measured_runs, opened_papers, summaries
    from ingest.models.opened import READERS
    from kg.llm.errors import ModelUnavailable
    from kg.llm.opened import opened_model

    seeds = options.chosen_seeds()
    settings = [
        Setting(name, pieces)
        for name in READERS
        if name in options.readers
        for pieces in (options.pieces if name != "rules" else ("",))
    ]
    papers = opened_papers(keys, library, edition)
    judge = opened_model() if options.judged else None
    runs = measured_runs(papers, settings, seeds, _readers(options), judge, _tell)
    found = summaries(runs)
    if form == "json":
        show_json({"summary": [one.to_json() for one in found], "runs": [run.to_json() for run in runs]})
    elif form == "markdown":
        show(words(_markdown(found)))
    else:
        show(table(HEADINGS, map(_row, found), right=HEADINGS[1:]))
        show("", words(_LEGEND))
        for run in runs:
            if run.error:
                show(words(f"failed: {run.setting.label}, seed {run.seed}, {run.paper}: {run.error}", "yellow"))
        if options.judged:
            for one in found:
                told = f"{_number(one.judged)} of {_number(one.unkeyed_verified)} verified cuts that no key lists"
                show(words(f"{one.setting.label}: the model, as a judge, finds {told} in their quotes."))
    if options.plot is not None:
        from ui.eval_runs_plot import plot_runs

        plot_runs(runs, options.plot)
        say(f"kg: note: {options.plot} is written")
    asked = [run for run in runs if run.setting.reader != "rules"]
    if asked and all(run.error for run in asked):
        raise ModelUnavailable("no run with the model succeeded", why=asked[0].error)


def _readers(options: RunOptions) -> Any:
    """The readers of a setting and a seed. The model is looked for only where one is asked."""
    from ingest.models.opened import model_readers
    from ingest.models.options import ReadingOptions
    from kg.llm.settings import ModelSettings

    def made(setting: Any, seed: int) -> ModelReaders:
        settings = ModelSettings.from_environment()
        temperature = settings.temperature if options.temperature is None else options.temperature
        settings = replace(settings, seed=seed, temperature=temperature)
        if options.fresh:
            settings = replace(settings, cache=None)
        return model_readers(settings, ReadingOptions(mode=setting.pieces))

    return made


def _tell(run: Run) -> None:
    seed = "" if run.seed is None else f", seed {run.seed}"
    say(f"{run.setting.label}{seed}: {run.paper}: {run.error or f'{run.seconds:.0f} s'}")


def _row(one: Summary) -> list[str]:
    seconds = "kept" if one.seconds is None and one.failed < one.runs else _number(one.seconds)
    recall = ["n/a" if share is None else f"{share:.2f}" for share in (one.core, one.detail)]
    counts = [one.correct, one.proposed, one.hallucinated_proposed, one.hallucinated_verified]
    return [one.setting.label, str(one.runs), str(one.failed), *recall, *map(_number, counts), seconds]


def _markdown(found: Sequence[Summary]) -> str:
    lines = [HEADINGS, ["---", *("---:" for _ in HEADINGS[1:])], *map(_row, found)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _number(value: float | None) -> str:
    return "n/a" if value is None else f"{value:.0f}" if value == int(value) or value >= 10 else f"{value:.1f}"


__all__ = ["RunOptions", "measure_readers"]
