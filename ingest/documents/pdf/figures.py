"""Text that belongs to a figure and not to the prose: axis labels, legends, labels of diagrams."""

from __future__ import annotations

import re

from ingest.documents.pdf.headings import CAPTION
from ingest.documents.pdf.lines import Line
from ingest.documents.pdf.page import Box, Page

_MANY = 12  # drawn paths that make a figure; rules and boxes around text are fewer


def without_figure_text(lines: list[Line], page: Page, body: float) -> list[Line]:
    """The lines outside the page's figures.

    A figure is an embedded image or drawing, or the space above a figure's caption that drawn paths fill. Captions,
    and prose set in lines as wide as the column, are never taken away.
    """
    zones = [*(f for f in page.figures if f.width > 40 and f.height > 40), *_drawn(lines, page, body)]
    if not zones:
        return lines
    kept: list[Line] = []
    for line in lines:
        goes_on = bool(kept) and _follows(kept[-1], line)
        if goes_on or _is_text(line, body) or not any(_within(line, zone) for zone in zones):
            kept.append(line)
    return kept


def _follows(before: Line, line: Line) -> bool:
    """Whether a line stands right under a kept one, at its left edge: the end of a paragraph or caption."""
    same = abs(before.size - line.size) < 0.06 * line.size and abs(before.x0 - line.x0) < 2 * line.size
    return same and before.column == line.column and 0 < before.y - line.y < 1.4 * line.size


def _is_text(line: Line, body: float) -> bool:
    if CAPTION.match(line.text):
        return True
    words = len(re.findall(r"[A-Za-z]{3,}", line.text))
    if words >= 1 and line.size > 1.1 * body and line.x0 - line.left < 2 and re.match(r"\d|[A-Z]", line.text):
        return True  # a heading at the margin, where a figure's hidden part reaches over it
    wide = line.x1 - line.x0 > 0.8 * (line.right - line.left)
    return words >= 5 and (wide or abs(line.size - body) < 0.05 * body) and line.widest_gap < 2


def _within(line: Line, zone: Box) -> bool:
    middle = (line.x0 + line.x1) / 2
    return zone.holds(middle, line.y + 0.3 * line.size)


def _drawn(lines: list[Line], page: Page, body: float) -> list[Box]:
    """For each figure caption with many paths above it, the box around them up to the next text."""
    zones = []
    for line in lines:
        match = CAPTION.match(line.text)
        if not match or not match["kind"].lower().startswith("fig"):
            continue
        above = [
            o.y for o in lines if o.y > line.y and _is_text(o, body) and o.left < line.right and o.right > line.left
        ]
        top = min(above, default=page.height)
        paths = [
            d
            for d in page.drawings
            if line.y < d.y0
            and d.y1 < top + body
            and d.x0 < line.right
            and d.x1 > line.left
            and d.height < 0.9 * page.height
        ]
        if len(paths) >= _MANY:
            box = Box(
                min(d.x0 for d in paths), min(d.y0 for d in paths), max(d.x1 for d in paths), max(d.y1 for d in paths)
            )
            margin = 4 * body  # labels stand outside the axes
            zones.append(
                Box(box.x0 - margin, max(line.y + body, box.y0 - margin), box.x1 + margin, min(top, box.y1 + margin))
            )
    return zones


__all__ = ["without_figure_text"]
