"""How thresholds of one kind spread: a dot for each value on an axis, the larger the more papers state it."""

from __future__ import annotations

from kg.vocabulary import symbol_of
from retrieval.grouping import Spread
from ui.predicate import number
from ui.reproduction.page.histogram import ticks
from ui.reproduction.page.markup import Markup, bare, element
from ui.reproduction.page.notation import typeset, typeset_svg

_WIDE, _HIGH, _LEFT, _RIGHT, _BASE = 460, 104, 24, 24, 50
_LARGEST = 14.0


def spread_plot(spread: Spread, name: str) -> Markup:
    """The plot with its caption, and the same values as a list for those who do not see it."""
    sign = ">" if spread.direction == "lower" else "<"
    unit = f" {spread.unit}" if spread.unit else ""
    what = f"{spread.object} {symbol_of(spread.variable)} {sign}"
    papers = len({paper for _, stating in spread.values for paper in stating})
    said = ", ".join(f"{number(v)}{unit} ({_papers(len(p))})" for v, p in spread.values)
    caption = element("figcaption", typeset(what), f" … in {_papers(papers)}, {len(spread.values)} values")
    listed = element("details", element("summary", "values"), element("p", said))
    return element("figure", caption, _drawn(spread, what, name), listed, class_="spread")


def _drawn(spread: Spread, what: str, name: str) -> Markup:
    values = [value for value, _ in spread.values]
    low, high = min(values), max(values)
    reach = (high - low) or 1.0
    low, high = low - reach * 0.06, high + reach * 0.06
    most = max(len(papers) for _, papers in spread.values)
    box = f"0 0 {_WIDE} {_HIGH}"
    unit = f" {spread.unit}" if spread.unit else ""

    def x(value: float) -> float:
        return round(_LEFT + (value - low) / (high - low) * (_WIDE - _LEFT - _RIGHT), 1)

    drawn: list[Markup] = [element("line", x1=_LEFT, x2=_WIDE - _RIGHT, y1=_BASE, y2=_BASE, class_="axis")]
    for value in ticks(low, high, 6):
        drawn.append(element("line", x1=x(value), x2=x(value), y1=_BASE, y2=_BASE + 5, class_="axis"))
        drawn.append(element("text", f"{value:g}", x=x(value), y=_BASE + 20, text_anchor="middle"))
    for value, papers in sorted(spread.values, key=lambda pair: -len(pair[1])):
        radius = round(max(3.0, _LARGEST * (len(papers) / most) ** 0.5), 1)
        told = element("title", bare(f"{number(value)}{unit}: {', '.join(papers[:12])}"))
        drawn.append(element("g", told, element("circle", cx=x(value), cy=_BASE - 18, r=radius, class_="dot")))
    axis = f"{spread.object} {symbol_of(spread.variable)}{f' [{spread.unit}]' if spread.unit else ''}"
    drawn.append(element("text", typeset_svg(axis), x=_WIDE - _RIGHT, y=_BASE + 42, text_anchor="end"))
    return element(
        "svg", drawn, viewBox=box, role="img", aria_label=f"Spread of {what}", data_plot=name, data_whole=box
    )


def _papers(count: int) -> str:
    return "1 paper" if count == 1 else f"{count} papers"


__all__ = ["spread_plot"]
