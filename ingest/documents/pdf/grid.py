"""From the words and rules of a table to its cells.

Columns are parted by vertical rules and by blank strips that run through most lines. Rows are the lines of the
cells that stand closest between rules; another cell spans the rows between the rules above and below it, or, where
it is set between two lines, the lines around it.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field

from ingest.documents.pdf.columns import Chunk, Columns, chunks_in_columns
from ingest.documents.pdf.regions import Region
from ingest.documents.pdf.words import Word, join_words

# how the values of a table of requirements begin: "> 20 GeV", "p_T > 20 GeV", "at least 4"
_VALUE = re.compile(r"(?i)(?:\|?[A-Za-zΔη|_]{1,6}\|? ?)?[<>≤≥=]|(?:at least|at most|exactly|more than|less than)\b")


@dataclass(slots=True)
class GridCell:
    """One cell: its words line by line, and the rows and columns it covers."""

    lines: list[list[Word]]
    row: int
    column: int
    rowspan: int = 1
    colspan: int = 1
    header: bool = False

    @property
    def text(self) -> str:
        return " ".join(join_words(line) for line in self.lines)


@dataclass(slots=True)
class _Group:
    """The chunks of one column (or several, spanned) between two rules."""

    first: int
    last: int
    top: float
    bottom: float
    lines: list[Chunk] = field(default_factory=list)

    @property
    def pitch(self) -> float:
        """The height that each line has for itself."""
        return (self.top - self.bottom) / len({round(c.y) for c in self.lines})


@dataclass(slots=True)
class _Band:
    """The chunks between two rules that cross the whole table."""

    top: float
    bottom: float
    chunks: list[Chunk] = field(default_factory=list)


def cells_of(region: Region) -> list[GridCell]:
    """The cells of a table, row by row; the first band is its header where a rule parts it from the rest."""
    columns, chunks = chunks_in_columns(region)
    if not chunks:
        return []
    bands = _bands(region, chunks, columns)
    cells: list[GridCell] = []
    row, heads = 0, 1
    for index, band in enumerate(bands):
        found, count = _band_cells(band, columns, region)
        if index == 0 and _states_values(found):
            heads = 0
        header = index < heads < len(bands)
        if header:
            found, count = _stacked_joined(found, count, region, band)
            if any(cell.colspan > 1 for cell in found if columns.count > 2) and index == 0 and count == 1:
                heads = 2  # spanning heads stand over the heads of the columns
        for cell in found:
            cell.row += row
            cell.header = header and len(bands) > heads
        cells += found
        row += count
    return sorted(cells, key=lambda c: (c.row, c.column))


def _bands(region: Region, chunks: list[Chunk], columns: Columns) -> list[_Band]:
    """The table cut at the rules that cross it; the first one below the top may leave out an empty first column."""
    box = region.box
    full = sorted((r.y0 for r in region.horizontal if r.width > 0.93 * (box.width - 4)), reverse=True)
    for rule in sorted(region.horizontal, key=lambda r: -r.y0):
        above = [c for c in chunks if c.y > rule.y0]
        stub = rule.x1 > box.x1 - 8 and rule.x0 < columns.edges[min(1, columns.count - 1)] + 8 and columns.count > 1
        inner = bool(above) and sum(1 for y in full if y > rule.y0) <= 1
        if stub and inner and rule.y0 not in full and not any(c.first == 0 for c in above):
            full = sorted([*full, rule.y0], reverse=True)
            break
    levels = [box.y1 + 20, *full, box.y0 - 20]
    bands = [_Band(top, bottom) for top, bottom in itertools.pairwise(levels)]
    bands[0].top, bands[-1].bottom = box.y1, box.y0
    for chunk in chunks:
        middle = chunk.y + 0.25 * chunk.size
        best = next((b for b in bands if b.bottom <= middle < b.top), bands[0] if middle >= box.y1 else bands[-1])
        best.chunks.append(chunk)
    return [b for b in bands if b.chunks]


def _stacked_joined(cells: list[GridCell], count: int, region: Region, band: _Band) -> tuple[list[GridCell], int]:
    """Lines of a header that stand over one another without a rule between are one head each, if none spans columns."""
    ruled = any(band.bottom + 1 < r.y0 < band.top - 1 for r in region.horizontal)
    first = {c.column for c in cells if c.row == 0}
    if count < 2 or ruled or any(c.colspan > 1 for c in cells) or {c.column for c in cells} - first:
        return cells, count
    joined: dict[int, GridCell] = {}
    for cell in sorted(cells, key=lambda c: (c.column, c.row)):
        if cell.column in joined:
            joined[cell.column].lines += cell.lines
        else:
            joined[cell.column] = cell
            cell.row, cell.rowspan = 0, 1
    return list(joined.values()), 1


def _states_values(cells: list[GridCell]) -> bool:
    """Whether two lines of one column state values, "≥ 1" over "> 20 GeV": rows of a table without a header."""
    stated: dict[int, int] = {}
    for cell in cells:
        for line in cell.lines:
            text = " ".join(word.written() for word in line)
            if cell.column and _VALUE.match(text) and any(s.isdigit() for s in text):
                stated[cell.column] = stated.get(cell.column, 0) + 1
    return any(n > 1 for n in stated.values())


def _band_cells(band: _Band, columns: Columns, region: Region) -> tuple[list[GridCell], int]:
    """The cells of one band, rows counted from its first, and the number of its rows."""
    groups = _groups(band, columns, region, _gaps_as_rules(band))
    rows = _row_levels(groups)
    boxed = _is_boxed(groups, columns)
    cells: list[GridCell] = []
    for group in groups:
        size = group.lines[0].size
        inside = [i for i, level in enumerate(rows) if group.bottom <= level + 0.25 * size <= group.top]
        inside = inside or [min(range(len(rows)), key=lambda i: abs(rows[i] - group.lines[0].y))]
        alone = len(group.lines) == 1 and _is_walled(group, columns) and not _shared(group, groups)
        whole = alone or (boxed and not _one_per_row(group.lines, inside, rows))
        placed = [(inside[0], len(inside), group.lines)] if whole else _placed(group.lines, inside, rows)
        for row, span, lines in placed:
            cells.append(GridCell([c.words for c in lines], row, group.first, span, group.last - group.first + 1))
    cells = _merged(cells)
    ruled = [r.y0 for r in region.horizontal if band.bottom + 1 < r.y0 < band.top - 1]
    return _wrapped_joined(cells, rows, ruled)


def _is_walled(group: _Group, columns: Columns) -> bool:
    """Whether vertical rules (or the table's edge) stand on both sides of a group."""
    ends = {0, columns.count} | columns.walls
    return bool(columns.walls) and group.first in ends and group.last + 1 in ends


def _shared(group: _Group, groups: list[_Group]) -> bool:
    """Whether another group has lines in the same columns between the same rules."""
    return any(
        o is not group
        and o.first <= group.last
        and o.last >= group.first
        and o.top > group.bottom
        and o.bottom < group.top
        for o in groups
    )


def _is_boxed(groups: list[_Group], columns: Columns) -> bool:
    """Whether rules stand around every cell: then what lies between rules is one cell, of however many lines."""
    if not columns.walls:
        return False
    alone = sum(1 for g in groups if len({round(c.y) for c in g.lines}) == 1)
    lines = sum(len({round(c.y) for c in g.lines}) for g in groups)
    return alone > 0.5 * lines


def _one_per_row(lines: list[Chunk], inside: list[int], rows: list[float]) -> bool:
    """Whether lines are entries of their own: one on each row, and none that the next one goes on with."""
    if len(lines) != len(inside) or any(abs(c.y - rows[i]) > 0.3 * c.size for c, i in zip(lines, inside, strict=True)):
        return False
    return not any(c.words[-1].written().endswith(("/", ",", "-", "or", "and")) for c in lines[:-1])


def _gaps_as_rules(band: _Band) -> list[float]:
    """Heights of wider gaps between lines that part rows as rules would: every row's other cells are centred in it."""
    by_first: dict[int, set[float]] = {}
    for chunk in band.chunks:
        by_first.setdefault(chunk.first, set()).add(round(chunk.y, 1))
    fullest = max(by_first, key=lambda c: (len(by_first[c]), max(by_first[c])))
    levels = sorted(by_first[fullest], reverse=True)
    size = max(c.size for c in band.chunks)
    steps = [a - b for a, b in itertools.pairwise(levels) if a - b > 0.5 * size]
    if len(steps) < 2 or max(steps) < 1.22 * min(steps):
        return []
    limit = 1.15 * min(steps)
    cuts = [(a + b) / 2 for a, b in itertools.pairwise(levels) if a - b > limit]
    edges = [band.top, *cuts, band.bottom]
    several = False
    for top, bottom in itertools.pairwise(edges):
        inside = [c for c in band.chunks if bottom < c.y < top]
        by_column: dict[int, list[float]] = {}
        for chunk in inside:
            by_column.setdefault(chunk.first, []).append(chunk.y)
        most = max((len(v) for v in by_column.values()), default=0)
        if most < 2:
            continue
        centre = (max(c.y for c in inside) + min(c.y for c in inside)) / 2
        singles = [v[0] for v in by_column.values() if len(v) == 1]
        if 2 * len(singles) < len(by_column) or any(abs(y - centre) > 0.3 * size for y in singles):
            return []
        several = True
    return [c + 0.25 * size for c in cuts] if several else []


def _groups(band: _Band, columns: Columns, region: Region, gaps: list[float]) -> list[_Group]:
    groups: dict[tuple[int, int], list[_Group]] = {}
    for chunk in sorted(band.chunks, key=lambda c: (-c.y, c.x0)):
        top, bottom = _enclosed(chunk, columns, region, band, gaps)
        known = groups.setdefault((chunk.first, chunk.last), [])
        for group in known:
            if abs(group.top - top) < 1 and abs(group.bottom - bottom) < 1:
                group.lines.append(chunk)
                break
        else:
            known.append(_Group(chunk.first, chunk.last, top, bottom, [chunk]))
    return [group for known in groups.values() for group in known]


def _enclosed(chunk: Chunk, columns: Columns, region: Region, band: _Band, gaps: list[float]) -> tuple[float, float]:
    """The nearest rules (or gaps that stand for them) above and below a chunk that cover its columns."""
    left, right = columns.edges[chunk.first], columns.edges[chunk.last + 1]
    middle = chunk.y + 0.25 * chunk.size
    top, bottom = band.top, band.bottom
    levels = list(gaps)
    for rule in region.horizontal:
        if min(rule.x1, right) - max(rule.x0, left) >= 0.6 * (right - left):
            levels.append(rule.y0)
    for level in levels:
        if middle < level < top:
            top = level
        if bottom < level < middle:
            bottom = level
    return top, bottom


def _row_levels(groups: list[_Group]) -> list[float]:
    """Baselines of the rows: lines of the tightest groups first, others only where no row stands yet."""
    rows: list[float] = []
    for group in sorted(groups, key=lambda g: (round(g.pitch), g.last - g.first, -len(g.lines), -g.top, g.first)):
        size = group.lines[0].size
        if any(group.bottom <= level + 0.25 * size <= group.top for level in rows):
            # a group whose lines all lie clear of the known rows adds its own
            rows += [c.y for c in group.lines if all(abs(c.y - level) > 0.95 * size for level in rows)]
        else:
            rows += sorted({round(c.y, 1) for c in group.lines})
    return sorted(rows, reverse=True)


def _placed(members: list[Chunk], inside: list[int], rows: list[float]) -> list[tuple[int, int, list[Chunk]]]:
    """(row, rowspan, lines) for the chunks of one column between two rules; `inside` are the rows there."""
    lines = sorted(members, key=lambda c: -c.y)
    if len(inside) == 1:
        return [(inside[0], 1, lines)]
    tolerance = 0.3 * lines[0].size
    middle = (rows[inside[0]] + rows[inside[-1]]) / 2
    centre = (lines[0].y + lines[-1].y) / 2
    pitch = (rows[inside[0]] - rows[inside[-1]]) / (len(inside) - 1)
    centred = abs(middle - centre) <= tolerance
    few = 1 < len(lines) <= 0.5 * len(inside) and _close(lines) and abs(middle - centre) <= 0.6 * pitch
    if (centred and len(lines) == 1) or few:
        return [(inside[0], len(inside), lines)]
    aligned = {id(c): i for c in lines for i in inside if abs(rows[i] - c.y) <= tolerance}
    if len(lines) == 1 and not aligned and abs(middle - centre) <= 0.6 * pitch:
        return [(inside[0], len(inside), lines)]  # one line set between rows, by an author who miscounted them
    if len(aligned) == len(lines):
        return [(aligned[id(c)], 1, [c]) for c in lines]
    if centred and _close(lines) and not aligned:
        return [(inside[0], len(inside), lines)]
    return _spread(lines, inside, rows, aligned)


def _close(lines: list[Chunk]) -> bool:
    """Whether lines stand as close as those of one cell."""
    return all(a.y - b.y < 1.5 * a.size for a, b in itertools.pairwise(lines))


def _spread(
    lines: list[Chunk], inside: list[int], rows: list[float], aligned: dict[int, int]
) -> list[tuple[int, int, list[Chunk]]]:
    """Lines set between rows span the rows around them, as far as no other line of the column is nearer."""
    result = []
    for chunk in lines:
        if id(chunk) in aligned:
            first = last = aligned[id(chunk)]
        else:
            above = [i for i in inside if rows[i] > chunk.y]
            below = [i for i in inside if rows[i] <= chunk.y]
            first, last = (above[-1] if above else below[0]), (below[0] if below else above[-1])
        while first - 1 in inside and last + 1 in inside and _free(chunk, lines, rows, first - 1, last + 1):
            first, last = first - 1, last + 1
        result.append((first, last - first + 1, [chunk]))
    return result


def _free(chunk: Chunk, lines: list[Chunk], rows: list[float], first: int, last: int) -> bool:
    others = [o for o in lines if o is not chunk]
    return all(abs(rows[i] - chunk.y) < min((abs(rows[i] - o.y) for o in others), default=1e9) for i in (first, last))


def _merged(cells: list[GridCell]) -> list[GridCell]:
    """One cell per place: two that would begin at the same place are put together."""
    placed: dict[tuple[int, int], GridCell] = {}
    for cell in sorted(cells, key=lambda c: (c.row, c.column, -c.lines[0][0].y)):
        known = placed.get((cell.row, cell.column))
        if known is None:
            placed[cell.row, cell.column] = cell
        else:
            known.lines += cell.lines
            known.rowspan, known.colspan = max(known.rowspan, cell.rowspan), max(known.colspan, cell.colspan)
    return list(placed.values())


def _wrapped_joined(cells: list[GridCell], rows: list[float], ruled: list[float]) -> tuple[list[GridCell], int]:
    """Lines that only one column has, while all its neighbours span them, are one wrapped cell."""
    count = len(rows)
    row = 0
    while row + 1 < count:
        here = [c for c in cells if c.row <= row < c.row + c.rowspan]
        both = [c for c in here if c.row + c.rowspan > row + 1]
        upper = [c for c in here if c.row + c.rowspan == row + 1]
        lower = [c for c in cells if c.row == row + 1]
        parted = any(rows[row + 1] < level < rows[row] for level in ruled)
        one = (
            len(upper) == len(lower) == 1
            and upper[0].column == lower[0].column
            and upper[0].colspan == lower[0].colspan
        )
        if not (one and both) or parted:
            row += 1
            continue
        upper[0].lines += lower[0].lines
        cells = [c for c in cells if c is not lower[0]]
        upper[0].rowspan += lower[0].rowspan - 1
        for cell in cells:
            if cell.row > row:
                cell.row -= 1
            elif cell.row <= row and cell.row + cell.rowspan > row + 1:
                cell.rowspan -= 1
        rows = [*rows[:row], *rows[row + 1 :]]
        count -= 1
    return cells, count


__all__ = ["GridCell", "cells_of"]
