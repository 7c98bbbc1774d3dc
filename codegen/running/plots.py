"""Plots of a result, in the style of ATLAS (fonts, ticks, sizes; no label): the cutflow, and every histogram."""

from __future__ import annotations

import functools
import importlib.util
import itertools
import re
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

MISSING = "no plots: they need the extra `plots` (pip install 'cutgraph[plots]')"
_LONGEST = 60  # signs of a cut's label


def can_plot() -> bool:
    """Whether matplotlib and mplhep are there."""
    return all(importlib.util.find_spec(name) is not None for name in ("matplotlib", "mplhep"))


def draw(result: dict[str, Any], folder: Path) -> list[str]:
    """Write `cutflow` and one file for each histogram, as PNG and SVG; the names written.

    The same result gives the same bytes on one machine.
    """
    folder.mkdir()
    names = [_saved(folder, "cutflow", lambda figure: _cutflow(figure, result), 1.6 + 0.36 * len(result["cutflow"]))]
    for histogram in result.get("histograms", ()):
        # the name comes from the program: only signs that are harmless in a file name
        name = "histogram-" + re.sub(r"[^A-Za-z0-9_-]+", "-", histogram["name"])[:80]
        for key, ending in (("counts", ""), ("weighted_counts", "-weighted")):
            if key in histogram and name + ending not in names:
                drawn = functools.partial(_histogram, histogram=histogram, counts=key)
                names.append(_saved(folder, name + ending, drawn, 6.0))
    return names


def _saved(folder: Path, name: str, drawn: Callable[[Any], None], height: float) -> str:
    import matplotlib
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    style: Any = _style()
    with matplotlib.rc_context(style), warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # a sign that no font has is drawn as a box
        figure = Figure(figsize=(10, min(height, 60)), layout="constrained")
        FigureCanvasAgg(figure)
        drawn(figure)
        figure.savefig(folder / f"{name}.png", dpi=100, metadata={"Software": None})
        figure.savefig(folder / f"{name}.svg", metadata={"Date": None, "Creator": None})
    return name


def _style() -> dict[str, Any]:
    import mplhep
    from matplotlib.font_manager import get_font_names

    style = {key: value for key, value in mplhep.style.ATLAS.items() if key != "figure.figsize"}
    wanted = style.get("font.sans-serif", [])
    here = set(get_font_names())
    fonts = [name for name in ([wanted] if isinstance(wanted, str) else wanted) if name in here][:1]
    return style | {
        "font.family": [*fonts, "DejaVu Sans"],  # the last has ℓ, ≥ and the like
        "font.size": 13,
        "axes.labelsize": 14,
        "xtick.labelsize": 12,
        "ytick.labelsize": 12,
        "legend.fontsize": 12,
        "svg.hashsalt": "cutgraph",
        "svg.fonttype": "path",
        "text.usetex": False,
        "text.parse_math": False,  # labels come from the program
        "axes.formatter.use_mathtext": False,
    }


def _cutflow(figure: Any, result: dict[str, Any]) -> None:
    rows = [("all events", result["n_events"])] + [(row["label"], row["cumulative"]) for row in result["cutflow"]]
    axes = figure.subplots()
    places = list(range(len(rows)))
    axes.barh(places, [count for _, count in rows], height=0.72, color="#3f90da", edgecolor="black", linewidth=0.6)
    axes.set_yticks(places)
    axes.set_yticklabels([_short(label) for label, _ in rows])
    axes.tick_params(axis="y", which="both", length=0)
    axes.minorticks_off()
    axes.set_ylim(len(rows) - 0.4, -0.6)
    most = max(count for _, count in rows)
    for place, (_, count) in zip(places, rows, strict=True):
        axes.text(count + most * 0.01, place, str(count), va="center", fontsize=11)
    axes.set_xlim(0, most * 1.15 or 1)
    axes.set_xlabel("events left")


def _histogram(figure: Any, histogram: dict[str, Any], counts: str) -> None:
    axes = figure.subplots()
    edges: Sequence[float] = histogram["edges"]
    axes.stairs(histogram[counts], edges, fill=True, facecolor="#ffa90e", edgecolor="black", linewidth=1.0)
    axes.set_xlim(edges[0], edges[-1])
    axes.set_ylim(bottom=min(0, *histogram[counts]))
    axes.set_xlabel(_short(str(histogram.get("label") or histogram["name"])))
    what = "sum of weights" if counts == "weighted_counts" else "events"
    axes.set_ylabel(f"{what} / {_width(edges)}" if _width(edges) else what)


def _width(edges: Sequence[float]) -> str:
    """The width of the bins, if all have the same."""
    widths = {f"{high - low:.6g}" for low, high in itertools.pairwise(edges)}
    return widths.pop() if len(widths) == 1 else ""


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
