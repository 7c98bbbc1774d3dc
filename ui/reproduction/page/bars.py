"""Bar charts as SVG: a bar for each cut, in one form for wide screens and paper, and one for narrow screens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ui.reproduction.page.markup import Markup, bare, element
from ui.reproduction.page.notation import typeset_svg

WIDE, NARROW = 960, 350  # pixels, at which the text has the size of the text around the chart
_LABELS = 350  # width of the labels' column in the wide form
_COUNT = 64  # room for the numbers at the right
_SIGN = 6.5  # width of a sign, about


@dataclass(frozen=True)
class Bar:
    """A bar: its label, its value, and a second value shown behind it, if there is one."""

    label: str
    value: int
    behind: int | None = None


def bar_chart(bars: Sequence[Bar], title: str) -> Markup:
    """Both forms of the chart, of which the style sheet shows one. The longest bar is as long as there is room."""
    return element(
        "div",
        element("div", _drawn(bars, title, narrow=False), class_="wide"),
        element("div", _drawn(bars, title, narrow=True), class_="narrow"),
        class_="chart",
    )


def _drawn(bars: Sequence[Bar], title: str, *, narrow: bool) -> Markup:
    width, start = (NARROW, 0) if narrow else (WIDE, _LABELS)
    pitch, thick, above = (38, 13, 20) if narrow else (24, 16, 4)
    most = max([1, *(max(bar.value, bar.behind or 0) for bar in bars)])
    scale = (width if narrow else width - start - _COUNT) / most
    drawn: list[Markup] = [element("title", bare(title))]
    for number, bar in enumerate(bars):
        top = number * pitch + above
        line = top + thick - 4
        if bar.behind is not None:
            drawn.append(_rect(start, top, bar.behind * scale, thick, "behind"))
        drawn.append(
            _rect(
                start,
                top + (0 if bar.behind is None else 3),
                bar.value * scale,
                thick - (0 if bar.behind is None else 6),
                "bar",
            )
        )
        count_line = top - 6 if narrow else line
        drawn.append(element("text", str(bar.value), x=width, y=count_line, class_="count", text_anchor="end"))
        room = int((width - _COUNT if narrow else start - 14) / _SIGN)
        label = typeset_svg(_short(bar.label, room))
        if narrow:
            drawn.append(element("text", label, x=0, y=top - 6))
        else:
            drawn.append(element("text", label, x=start - 12, y=line, text_anchor="end"))
    height = len(bars) * pitch + 6
    if not narrow:
        drawn.append(element("line", x1=start, x2=start, y1=0, y2=height, class_="axis"))
    return element("svg", drawn, viewBox=f"0 0 {width} {height}", role="img", aria_label=title)


def _rect(x: float, y: float, width: float, height: float, name: str) -> Markup:
    return element("rect", x=_px(x), y=_px(y), width=_px(width), height=_px(height), class_=name)


def _px(value: float) -> str:
    return f"{value:.1f}"


def _short(text: str, room: int) -> str:
    text = " ".join(text.split())
    return text if len(text) <= room else f"{text[: room - 1]}…"


__all__ = ["NARROW", "WIDE", "Bar", "bar_chart"]
