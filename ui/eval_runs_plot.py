"""The plot of a measurement: for each run of each setting, the cuts that are right and those that are hallucinated."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import KgError

if TYPE_CHECKING:
    from ingest.evaluation.runs import Run

_WIDTH = 0.38


class NoPlot(KgError):
    """The plot cannot be drawn or written."""


def plot_runs(runs: Sequence[Run], path: Path) -> None:
    """Draw the runs into a file whose ending says its kind (.png, .pdf, .svg); raises `NoPlot`."""
    try:
        import matplotlib
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure
    except ImportError as error:
        why = f"{error.name} is missing; `pip install 'cutgraph[plots]'` brings it"
        raise NoPlot("no plot", why=why) from error
    settings = list(dict.fromkeys(run.setting for run in runs))
    style: Any = {"svg.hashsalt": "kg"}
    with matplotlib.rc_context(style), warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        figure = Figure(figsize=(max(4.0, 3.2 * len(settings)), 4.2), layout="constrained")
        FigureCanvasAgg(figure)
        axes = figure.subplots(1, len(settings), sharey=True, squeeze=False)[0]
        for number, (axis, setting) in enumerate(zip(axes, settings, strict=True)):
            _draw(axis, setting.label, [run for run in runs if run.setting == setting])
            if number == 0:
                axis.set_ylabel("cuts, all papers")
                axis.legend(frameon=False, fontsize=8)
        try:
            figure.savefig(path, dpi=120)
        except (OSError, ValueError) as error:
            raise NoPlot(f"{path} cannot be written", why=str(error)) from error


def _draw(axis: Any, title: str, runs: Sequence[Run]) -> None:
    """One setting: a group of bars for each run; a run with a failure is marked, and has no bars."""
    seeds = list(dict.fromkeys(run.seed for run in runs))
    for place, seed in enumerate(seeds):
        mine = [run for run in runs if run.seed == seed]
        if any(run.verified is None or run.proposed is None for run in mine):
            axis.text(place, 0.5, "failed", rotation=90, ha="center", va="bottom", color="tab:red")
            continue
        right = sum(run.verified.right for run in mine if run.verified)
        before = sum(len(run.proposed.hallucinated) for run in mine if run.proposed)
        after = sum(len(run.verified.hallucinated) for run in mine if run.verified)
        first = place == 0
        axis.bar(place - _WIDTH / 2, right, _WIDTH, color="tab:blue", label="found" if first else None)
        axis.bar(
            place + _WIDTH / 2,
            before,
            _WIDTH,
            fill=False,
            edgecolor="tab:red",
            hatch="//",
            label="hallucinated, before the gate" if first else None,
        )
        axis.bar(place + _WIDTH / 2, after, _WIDTH, color="tab:red", label="hallucinated, verified" if first else None)
    axis.set_title(title, fontsize=10)
    axis.set_xticks(range(len(seeds)), ["" if seed is None else f"seed {seed}" for seed in seeds], fontsize=8)


__all__ = ["NoPlot", "plot_runs"]
