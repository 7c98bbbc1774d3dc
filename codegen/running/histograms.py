"""Histograms: those that the program filled, added up; and of each quantity that it gives of the selected events."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Sequence
from typing import Any

Row = dict[str, Any]
BINS = 40  # about so many, for quantities of the selected events
SMALLEST = 1e-300  # a span that can be divided into bins
COUNTS = ("counts", "weighted_counts")
IDENTITY = {"file", "index", "event_number"}


def is_histogram(row: Any) -> bool:
    """Whether this is a histogram as results hold it: n counts, weighted ones perhaps, n + 1 rising edges, a name.

    >>> is_histogram({"name": "m", "edges": [0, 1, 2], "counts": [5, 7.5]})
    True
    """
    if not isinstance(row, dict) or not isinstance(row.get("name"), str):
        return False
    edges, *filled = (row[key] for key in ("edges", *COUNTS) if key in row)
    if not filled or not all(isinstance(numbers, list) and numbers for numbers in (edges, *filled)):
        return False
    if "counts" not in row or any(len(edges) != len(counts) + 1 for counts in filled):
        return False
    if not all(is_number(value) for numbers in (edges, *filled) for value in numbers):
        return False
    return all(low < high for low, high in itertools.pairwise(edges))


def joined_histograms(parts: Sequence[Sequence[Row]]) -> list[Row]:
    """Histograms of the same name and edges added; one that is not the same in all parts is left out."""
    found = []
    for first in parts[0] if parts else ():
        alike = [
            row for part in parts for row in part if row["name"] == first["name"] and row["edges"] == first["edges"]
        ]
        if len(alike) == len(parts):
            sums = {key: _added([row[key] for row in alike if key in row]) for key in COUNTS}
            found.append(first | {key: counts for key, counts in sums.items() if counts})
    return found


def _added(parts: Sequence[Sequence[float]]) -> list[float]:
    """Bin by bin; parts of files without weights are not there, and add nothing."""
    counts = [math.fsum(values) for values in zip(*parts, strict=True)]
    return [int(n) if n.is_integer() else n for n in counts]


def of_selected(selected: Sequence[Row]) -> list[Row]:
    """A histogram of every number that rows of selected events hold, besides those that name the event.

    >>> rows = of_selected([{"index": 1, "m4l_GeV": 118.0}, {"index": 2, "m4l_GeV": 125.0}])
    >>> rows[0]["label"], sum(rows[0]["counts"]), rows[0]["edges"][0], rows[0]["edges"][1]
    ('m4l [GeV]', 2, 118.0, 118.2)
    """
    names = dict.fromkeys(name for row in selected[:1] for name in row if name not in IDENTITY)
    found = []
    for name in names:
        values = [row.get(name) for row in selected]
        numbers = [float(value) for value in values if value is not None and is_number(value)]
        if numbers and max(numbers) - min(numbers) > SMALLEST:
            edges = _edges(min(numbers), max(numbers))
            row = {"name": name, "label": _label(name), "edges": edges, "counts": _counts(numbers, edges)}
            found += [row] if is_histogram(row) else []
    return found


def _edges(low: float, high: float) -> list[float]:
    """Round edges, about `BINS` bins."""
    rough = (high - low) / BINS
    power = math.floor(math.log10(rough))
    step = next(m for m in (1, 2, 5, 10) if m * 10.0**power >= rough * 0.999)
    first, last = (math.floor(value / (step * 10.0**power)) for value in (low, high))
    digits = max(0, -power)
    first -= round(first * step * 10.0**power, digits) > low  # where the division was rounded
    last += round((last + 1) * step * 10.0**power, digits) <= high
    return [round(number * step * 10.0**power, digits) for number in range(first, last + 2)]


def _counts(values: Iterable[float], edges: Sequence[float]) -> list[int]:
    counts = [0] * (len(edges) - 1)
    width = (edges[-1] - edges[0]) / len(counts)
    for value in values:
        place = min(max(int((value - edges[0]) / width), 0), len(counts) - 1)
        while place > 0 and value < edges[place]:
            place -= 1
        while place < len(counts) - 1 and value >= edges[place + 1]:
            place += 1
        counts[place] += 1
    return counts


def _label(name: str) -> str:
    for unit in ("GeV", "MeV", "TeV", "mm"):
        if name.endswith(f"_{unit}"):
            return f"{name.removesuffix(f'_{unit}')} [{unit}]"
    return name


def is_number(value: Any) -> bool:
    """Whether this is a number as JSON has it; true and false are none."""
    return isinstance(value, int | float) and not isinstance(value, bool)
