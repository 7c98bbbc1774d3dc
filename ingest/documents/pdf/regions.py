"""Where tables lie on a page: ruled regions, and the captions that name them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from ingest.documents.pdf.lines import group_by_baseline
from ingest.documents.pdf.page import Box, Page
from ingest.documents.pdf.words import Word, join_words

TABLE_CAPTION = re.compile(r"(?:Table|TABLE|Tab\.)\s*((?:[A-Z]\.?)?\d{1,3}|[IVXL]{1,6})\s*(?:[:.]|\b)")
_CAPTION_BEGIN = re.compile(
    r"(?:Table|TABLE|Tab\.|Figure|FIGURE|Fig\.|FIG\.)\s*(?:(?:[A-Z]\.?)?\d{1,3}|[IVXL]{1,6})\s*[:.]?"
)


@dataclass(slots=True)
class Region:
    """A table's box with its rules; `words` are those inside."""

    box: Box
    horizontal: list[Box] = field(default_factory=list)
    vertical: list[Box] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)


def joined_rules(rules: Sequence[Box], horizontal: bool) -> list[Box]:
    """Collinear pieces that touch become one rule; double lines (closer than 3 pt) become one."""
    turned = [r if horizontal else Box(r.y0, r.x0, r.y1, r.x1) for r in rules]
    rows: list[list[Box]] = []
    for rule in sorted(turned, key=lambda r: ((r.y0 + r.y1) / 2, r.x0)):
        if rows and (rule.y0 + rule.y1) / 2 - (rows[-1][0].y0 + rows[-1][0].y1) / 2 < 3.0:
            rows[-1].append(rule)
        else:
            rows.append([rule])
    result: list[Box] = []
    for row in rows:
        level = row[0]
        current: Box | None = None
        for rule in sorted(row, key=lambda r: r.x0):
            if current is not None and rule.x0 - current.x1 <= 1.5:
                current = Box(current.x0, current.y0, max(current.x1, rule.x1), current.y1)
            else:
                if current is not None:
                    result.append(current)
                current = Box(rule.x0, level.y0, rule.x1, level.y1)
        if current is not None:
            result.append(current)
    return result if horizontal else [Box(r.y0, r.x0, r.y1, r.x1) for r in result]


def table_regions(page: Page, words: list[Word], body: float) -> list[Region]:
    """The ruled tables of a page, highest first."""
    rules = [r for r in joined_rules(page.horizontal, True) if r.width > 6]
    groups: list[list[Box]] = []
    for rule in sorted((r for r in rules if r.width > 25), key=lambda r: -r.y0):
        for group in groups:
            if abs(group[0].x0 - rule.x0) < 3 and abs(group[0].x1 - rule.x1) < 3:
                group.append(rule)
                break
        else:
            groups.append([rule])
    captions = _caption_lines(words)
    boxes: list[Box] = []
    for group in groups:
        for top, bottom in _stretches(group, captions, words, body):
            boxes.append(Box(group[0].x0 - 2, bottom - 1, group[0].x1 + 2, top + 1))
    boxes = [b for b in boxes if not any(o is not b and _inside(b, o) for o in boxes)]
    lines = group_by_baseline(words)
    boxes = [_with_open_ends(b, lines, boxes, captions) for b in boxes]
    regions = []
    for box in sorted(boxes, key=lambda b: (-b.y1, b.x0)):
        inside = [w for w in words if box.holds((w.x0 + w.right) / 2, w.y + 0.2 * w.size)]
        if len(inside) < 3 or len(group_by_baseline(inside)) < 2:
            continue
        across = sum(1 for r in rules if abs(r.x0 - box.x0) < 6 and abs(r.x1 - box.x1) < 6 and box.holds(r.x0, r.y0, 6))
        if across < 3 and not _captioned(box, captions):
            continue
        regions.append(
            Region(
                box,
                [r for r in rules if box.x0 - 3 <= r.x0 and r.x1 <= box.x1 + 3 and box.y0 - 2 <= r.y0 <= box.y1 + 2],
                [r for r in joined_rules(page.vertical, False) if _crosses(r, box)],
                inside,
            )
        )
    return regions


def unruled_regions(words: list[Word], known: list[Region]) -> list[Region]:
    """Tables without rules: the lines of cells under (or over) a table's caption that no ruled table stands beside.

    `words` are those of one column of the page, without the ruled tables.
    """
    lines = [sorted(g, key=lambda w: w.x0) for g in group_by_baseline(words)]
    found = []
    for index, line in enumerate(lines):
        match = TABLE_CAPTION.match(join_words(line))
        if not match or not match[0].rstrip().endswith((":", ".")):
            continue
        captions = [(line[0].y, line[0].left, line[-1].right)]
        if any(_captioned(r.box, captions) for r in known):
            continue
        below = index + 1
        while (
            below < len(lines) and not _has_wide_gap(lines[below]) and _step(lines, below) < 1.4 * lines[below][0].size
        ):
            below += 1
        rows = _cell_lines(lines[below:], line[0].size) or list(
            reversed(_cell_lines(lines[:index][::-1], line[0].size))
        )
        if len(rows) >= 2:
            inside = [w for row in rows for w in row]
            box = Box(
                min(w.left for w in inside) - 2,
                min(w.y - 0.35 * w.size for w in inside),
                max(w.right for w in inside) + 2,
                max(w.y + 0.9 * w.size for w in inside),
            )
            found.append(Region(box, words=inside))
    return found


def _step(lines: list[list[Word]], index: int) -> float:
    return lines[index - 1][0].y - lines[index][0].y


def _has_wide_gap(line: list[Word]) -> bool:
    size = max(w.size for w in line)
    return any(b.left - a.right > 1.3 * size for a, b in pairwise(line))


def _cell_lines(lines: list[list[Word]], size: float) -> list[list[Word]]:
    """The lines from the first on that hold cells, as long as they stand close together."""
    rows: list[list[Word]] = []
    for line in lines:
        if not _has_wide_gap(line) or (rows and abs(rows[-1][0].y - line[0].y) > 2.4 * size):
            break
        rows.append(line)
    return rows


def _with_open_ends(
    box: Box, lines: list[list[Word]], boxes: list[Box], captions: list[tuple[float, float, float]]
) -> Box:
    """The box with the lines of cells right above its first rule and right below its last one."""
    top, bottom = box.y1, box.y0
    for line in reversed(lines):
        if top < line[0].y + 0.3 * line[0].size and _is_row(line, box, line[0].y - 0.2 * line[0].size - top, captions):
            top = max(w.y + 0.8 * w.size for w in line)
    for line in lines:
        if line[0].y < bottom and _is_row(line, box, bottom - line[0].y - 0.7 * line[0].size, captions):
            bottom = min(w.y - 0.35 * w.size for w in line)
    others = [b for b in boxes if b is not box]
    if any(b.x0 < box.x1 and b.x1 > box.x0 and b.y0 < top and b.y1 > bottom for b in others):
        return box
    return Box(box.x0, bottom, box.x1, top)


def _is_row(line: list[Word], box: Box, distance: float, captions: list[tuple[float, float, float]]) -> bool:
    """Whether a line at `distance` from a table's end holds cells: chunks inside the table's width, with wide gaps."""
    size = max(w.size for w in line)
    inside = sorted((w for w in line if box.x0 - 4 <= w.left and w.right <= box.x1 + 4), key=lambda w: w.left)
    if len(inside) < len(line) or not -0.4 * size < distance < 0.75 * size:
        return False
    if any(abs(line[0].y - y) < 1 for y, _, _ in captions):
        return False
    gaps = [b.left - a.right for a, b in pairwise(inside)]
    return any(g > 0.85 * size for g in gaps)


def _captioned(box: Box, captions: list[tuple[float, float, float]]) -> bool:
    """Whether a caption begins within a few lines above or below the box."""
    return any(x0 < box.x1 and x1 > box.x0 and (-5 < y - box.y1 < 90 or -5 < box.y0 - y < 50) for y, x0, x1 in captions)


def _crosses(rule: Box, box: Box) -> bool:
    return box.x0 - 3 <= rule.x0 <= box.x1 + 3 and rule.y0 < box.y1 and rule.y1 > box.y0


def _inside(one: Box, other: Box) -> bool:
    same = (one.x0, one.y0, one.x1, one.y1) == (other.x0, other.y0, other.x1, other.y1)
    return not same and other.holds(one.x0, one.y0, 3) and other.holds(one.x1, one.y1, 3)


def _caption_lines(words: list[Word]) -> list[tuple[float, float, float]]:
    """(height, left, right) of the lines that begin a caption."""
    return [
        (g[0].y, min(w.left for w in g), max(w.right for w in g))
        for g in group_by_baseline(words)
        if _CAPTION_BEGIN.match(join_words(sorted(g, key=lambda w: w.x0)))
    ]


def _stretches(
    group: list[Box], captions: list[tuple[float, float, float]], words: list[Word], body: float
) -> list[tuple[float, float]]:
    """(top, bottom) of the runs of equal rules that belong to one table: no caption and no prose between them."""
    stretches: list[list[Box]] = []
    for rule in group:
        if stretches and not _parted(stretches[-1][-1], rule, captions, words, body):
            stretches[-1].append(rule)
        else:
            stretches.append([rule])
    return [(s[0].y1, s[-1].y0) for s in stretches if len(s) >= 2 and s[0].y1 - s[-1].y0 > 8]


def _parted(upper: Box, lower: Box, captions: list[tuple[float, float, float]], words: list[Word], body: float) -> bool:
    top, bottom = upper.y0, lower.y1
    if any(bottom < y < top and x0 < upper.x1 and x1 > upper.x0 for y, x0, x1 in captions):
        return True
    between = [w for w in words if bottom < w.y < top and upper.x0 - 5 < w.x0 < upper.x1 + 5]
    if not between and top - bottom > 40:
        return True
    prose = 0
    for line in group_by_baseline(between):
        line.sort(key=lambda w: w.x0)
        gaps = [b.left - a.right for a, b in pairwise(line)]
        filled = line[-1].right - line[0].left > 0.9 * upper.width and upper.width > 20 * body
        if len(line) > 8 and filled and max(gaps, default=0) < 0.75 * body and abs(line[0].size - body) < 0.06 * body:
            prose += 1
    return prose >= 3


__all__ = ["TABLE_CAPTION", "Region", "joined_rules", "table_regions", "unruled_regions"]
