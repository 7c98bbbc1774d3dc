"""Histograms as SVG, with axes whose numbers are round."""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Mapping, Sequence
from typing import Any

from ui.reproduction.page.bars import NARROW
from ui.reproduction.page.markup import Markup, bare, element
from ui.reproduction.page.notation import typeset_svg

_WIDE = 470
_LEFT, _RIGHT, _TOP, _BOTTOM = 52, 14, 12, 44


def histogram_chart(row: Mapping[str, Any]) -> Markup:
    """Both forms of a histogram (`name`, `label`, `edges`, `counts`), of which the style sheet shows one."""
    return element(
        "div",
        element("div", _drawn(row, _WIDE, 310), class_="wide"),
        element("div", _drawn(row, NARROW, 260), class_="narrow"),
        class_="chart histogram",
    )


def ticks(low: float, high: float, most: int = 6) -> list[float]:
    """Round numbers from low to high, at most so many, a step of 1, 2 or 5 times a power of ten apart.

    >>> ticks(0, 47), ticks(117.2, 129.0, 8)
    ([0.0, 10.0, 20.0, 30.0, 40.0], [118.0, 120.0, 122.0, 124.0, 126.0, 128.0])
    """
    if not high > low:
        return [low]
    rough = (high - low) / max(most - 1, 1)
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(m * power for m in (1, 2, 5, 10) if m * power >= rough * 0.999)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [round(number * step, 12) for number in range(first, last + 1)]


def _drawn(row: Mapping[str, Any], width: int, height: int) -> Markup:
    edges: Sequence[float] = row["edges"]
    counts: Sequence[float] = row["counts"]
    label = str(row.get("label") or row["name"])
    low, high = min(0.0, *counts), max(1.0, *counts) * 1.06

    def x(value: float) -> str:
        return f"{_LEFT + (value - edges[0]) / (edges[-1] - edges[0]) * (width - _LEFT - _RIGHT):.1f}"

    def y(value: float) -> str:
        return f"{height - _BOTTOM - (value - low) / (high - low) * (height - _TOP - _BOTTOM):.1f}"

    steps = "".join(f"V{y(n)}H{x(end)}" for n, end in zip(counts, edges[1:], strict=True))
    drawn = [
        element("title", bare(f"Histogram of {label}")),
        element("path", d=f"M{x(edges[0])} {y(0)}{steps}V{y(0)}Z", class_="steps"),
        element("path", d=f"M{x(edges[0])} {y(high)}V{y(low)}H{x(edges[-1])}", class_="axis frame"),
    ]
    for value in ticks(edges[0], edges[-1], max(3, width // 80)):
        drawn.append(element("line", x1=x(value), x2=x(value), y1=y(low), y2=float(y(low)) + 5, class_="axis"))
        drawn.append(element("text", f"{value:g}", x=x(value), y=float(y(low)) + 19, text_anchor="middle"))
    for value in ticks(low, high, 6):
        drawn.append(element("line", x1=_LEFT - 5, x2=_LEFT, y1=y(value), y2=y(value), class_="axis"))
        drawn.append(element("text", f"{value:g}", x=_LEFT - 9, y=float(y(value)) + 4, text_anchor="end"))
    drawn.append(element("text", typeset_svg(label), x=width - _RIGHT, y=height - 6, text_anchor="end"))
    middle = (height - _BOTTOM + _TOP) / 2
    drawn.append(
        element(
            "text",
            f"events{per_bin(edges, label)}",
            x=13,
            y=middle,
            text_anchor="middle",
            transform=f"rotate(-90 13 {middle})",
        )
    )
    return element("svg", drawn, viewBox=f"0 0 {width} {height}", role="img", aria_label=f"Histogram of {label}")


def per_bin(edges: Sequence[float], label: str) -> str:
    """The width of a bin with its unit, where all are alike; nothing for bins of one, as of numbers of leptons."""
    widths = {f"{high - low:.6g}" for low, high in itertools.pairwise(edges)}
    if len(widths) != 1:
        return " / bin"
    unit = re.search(r" \[(\w+)\]", label)
    width = widths.pop()
    return "" if width == "1" and not unit else f" / {width}{f' {unit[1]}' if unit else ''}"


__all__ = ["histogram_chart", "per_bin", "ticks"]
