"""From the words and rules of a table to its cells.

Columns are parted by vertical rules and by blank strips that run through most lines. Rows are the lines of the
column that has most of them; a cell spans the rows between the rules above and below it, or, where it is set
between two lines, the lines around it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from ingest.documents.pdf.lines import group_by_baseline
from ingest.documents.pdf.page import Box
from ingest.documents.pdf.regions import Region
from ingest.documents.pdf.words import Word, join_words


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
class _Chunk:
    """Words on one line without a wide gap."""

    words: list[Word]
    x0: float
    x1: float
    y: float
    size: float
    columns: tuple[int, int] = (0, 0)


@dataclass(slots=True)
class _Band:
    """The chunks between two rules that cross the whole table."""

    top: float
    bottom: float
    chunks: list[_Chunk] = field(default_factory=list)


def cells_of(region: Region) -> list[GridCell]:
    """The cells of a ruled table, row by row."""
    walls = _walls(region)
    chunks = _chunks(region, walls)
    if not chunks:
        return []
    columns = _columns(chunks, walls, region.box)
    chunks = _cut_at(chunks, columns)
    for chunk in chunks:
        chunk.columns = _covered(chunk, columns)
    cells: list[GridCell] = []
    row = 0
    bands = _bands(region, chunks)
    for index, band in enumerate(bands):
        found, count = _band_cells(band, columns, region, row)
        if index == 0 and len(bands) > 1:
            for cell in found:
                cell.header = True
        cells += found
        row += count
    return sorted(cells, key=lambda c: (c.row, c.column))


def _walls(region: Region) -> list[float]:
    """Where vertical rules stand that are high enough to part columns."""
    inner = [r for r in region.vertical if region.box.x0 + 5 < r.x0 < region.box.x1 - 5]
    places: dict[int, float] = {}
    for rule in inner:
        places[round(rule.x0)] = places.get(round(rule.x0), 0.0) + rule.height
    walls: list[float] = []
    for place in sorted(places):
        if walls and place - walls[-1] < 4:
            continue
        walls.append(float(place))
    return walls


def _chunks(region: Region, walls: list[float]) -> list[_Chunk]:
    chunks = []
    for line in group_by_baseline(region.words):
        line.sort(key=lambda w: (w.x0, w.order))
        part: list[Word] = []
        for word in line:
            if part:
                before = part[-1]
                gap = (word.left - before.right) / max(word.size, before.size)
                wall = any(
                    before.right - 1 < w < word.left + 1 and _stands(region, w, word.y + 0.3 * word.size) for w in walls
                )
                if gap > 0.62 or wall:
                    chunks.append(_chunk(part))
                    part = []
            part.append(word)
        chunks.append(_chunk(part))
    return chunks


def _chunk(words: list[Word]) -> _Chunk:
    return _Chunk(
        words, min(w.left for w in words), max(w.right for w in words), words[0].y, max(w.size for w in words)
    )


def _stands(region: Region, wall: float, y: float) -> bool:
    """Whether the vertical rule at `wall` is there at the height `y` (a spanning cell interrupts it)."""
    return any(abs(r.x0 - wall) < 4 and r.y0 - 1 <= y <= r.y1 + 1 for r in region.vertical)


def _columns(chunks: list[_Chunk], walls: list[float], box: Box) -> list[tuple[float, float]]:
    """Left and right edge of each column."""
    separators = list(walls)
    edges = [box.x0, *walls, box.x1]
    for left, right in zip(edges, edges[1:], strict=False):
        separators += _strips([c for c in chunks if c.x0 > left - 2 and c.x1 < right + 2], left, right)
    separators.sort()
    bounds = [box.x0, *separators, box.x1]
    return list(zip(bounds, bounds[1:], strict=False))


def _strips(chunks: list[_Chunk], left: float, right: float) -> list[float]:
    """Middles of the blank vertical strips that part chunks, between `left` and `right`."""
    lines: dict[float, list[_Chunk]] = {}
    for chunk in chunks:
        lines.setdefault(round(chunk.y, 1), []).append(chunk)
    if not any(len(line) > 1 for line in lines.values()):
        return []
    strips: list[float] = []
    start: int | None = None
    low, high = int(left), int(right) + 1
    for x in range(low, high + 1):
        crossing = sum(1 for c in chunks if c.x0 < x < c.x1)
        parted = sum(1 for line in lines.values() if any(c.x1 <= x for c in line) and any(c.x0 >= x for c in line))
        blank = parted > 0 and crossing <= 0.34 * (parted + crossing) and crossing <= max(2, 0.2 * len(lines))
        if blank and start is None:
            start = x
        elif not blank and start is not None:
            strips.append((start + x - 1) / 2)
            start = None
    return _distinct(strips, chunks)


def _distinct(strips: list[float], chunks: list[_Chunk]) -> list[float]:
    """Strips with a chunk of one column between each two of them."""
    kept: list[float] = []
    for strip in strips:
        if kept and not any(kept[-1] < (c.x0 + c.x1) / 2 < strip and c.x0 > kept[-1] - 1 and c.x1 < strip + 1 for c in chunks):
            continue
        kept.append(strip)
    return kept


def _cut_at(chunks: list[_Chunk], columns: list[tuple[float, float]]) -> list[_Chunk]:
    return chunks


def _covered(chunk: _Chunk, columns: list[tuple[float, float]]) -> tuple[int, int]:
    """First and last column that a chunk reaches into by more than a sliver."""
    slack = 0.35 * chunk.size
    reached = [i for i, (left, right) in enumerate(columns) if chunk.x1 - slack > left and chunk.x0 + slack < right]
    if not reached:
        middle = (chunk.x0 + chunk.x1) / 2
        reached = [min(range(len(columns)), key=lambda i: abs((columns[i][0] + columns[i][1]) / 2 - middle))]
    return reached[0], reached[-1]


def _bands(region: Region, chunks: list[_Chunk]) -> list[_Band]:
    full = sorted((r.y0 for r in region.horizontal if r.width > 0.95 * (region.box.width - 4)), reverse=True)
    bands = [_Band(top, bottom) for top, bottom in zip(full, full[1:], strict=False)]
    for chunk in chunks:
        middle = chunk.y + 0.25 * chunk.size
        for band in bands:
            if band.bottom <= middle <= band.top:
                band.chunks.append(chunk)
                break
    return [b for b in bands if b.chunks]


def _band_cells(
    band: _Band, columns: list[tuple[float, float]], region: Region, first_row: int
) -> tuple[list[GridCell], int]:
    """The cells of one band and the number of its rows."""
    rows = _row_levels(band, columns, region)
    cells: list[GridCell] = []
    taken: dict[tuple[int, int], list[tuple[float, float, list[_Chunk]]]] = {}
    for chunk in sorted(band.chunks, key=lambda c: (-c.y, c.x0)):
        top, bottom = _enclosed(chunk, columns, region, band)
        groups = taken.setdefault(chunk.columns, [])
        for known_top, known_bottom, members in groups:
            if abs(known_top - top) < 1 and abs(known_bottom - bottom) < 1:
                members.append(chunk)
                break
        else:
            groups.append((top, bottom, [chunk]))
    for (first, last), groups in taken.items():
        for top, bottom, members in groups:
            inside = [i for i, level in enumerate(rows) if bottom <= level + 0.25 * members[0].size <= top]
            for row, span, lines in _placed(members, inside or [_nearest(rows, members[0].y)], rows):
                cells.append(GridCell([c.words for c in lines], first_row + row, first, span, last - first + 1))
    return _merged(cells), len(rows)


def _nearest(rows: list[float], y: float) -> int:
    return min(range(len(rows)), key=lambda i: abs(rows[i] - y))


def _enclosed(
    chunk: _Chunk, columns: list[tuple[float, float]], region: Region, band: _Band
) -> tuple[float, float]:
    """The nearest rules above and below a chunk that cover its columns."""
    left, right = columns[chunk.columns[0]][0], columns[chunk.columns[1]][1]
    middle = chunk.y + 0.25 * chunk.size
    top, bottom = band.top, band.bottom
    for rule in region.horizontal:
        cover = min(rule.x1, right) - max(rule.x0, left)
        if cover < 0.6 * (right - left):
            continue
        if middle < rule.y0 < top:
            top = rule.y0
        if bottom < rule.y0 < middle:
            bottom = rule.y0
    return top, bottom


def _row_levels(band: _Band, columns: list[tuple[float, float]], region: Region) -> list[float]:
    """Baselines of the rows: those of the column with most lines, and of lines that no row of it is near."""
    by_column: dict[int, list[_Chunk]] = {}
    for chunk in band.chunks:
        by_column.setdefault(chunk.columns[0], []).append(chunk)
    if not by_column:
        return []
    fullest = max(by_column, key=lambda c: (len({round(k.y) for k in by_column[c]}), -c))
    size = min(c.size for c in band.chunks)
    levels = sorted({round(c.y, 1) for c in by_column[fullest]}, reverse=True)
    pitch = min((a - b for a, b in zip(levels, levels[1:], strict=False)), default=2 * size)
    for chunk in sorted(band.chunks, key=lambda c: -c.y):
        if all(abs(chunk.y - level) > 0.75 * pitch for level in levels):
            levels.append(chunk.y)
    return sorted(levels, reverse=True)


def _placed(members: list[_Chunk], inside: list[int], rows: list[float]) -> list[tuple[int, int, list[_Chunk]]]:
    """(row, rowspan, lines) for the chunks of one column between two rules; `inside` are the rows there."""
    lines = sorted(members, key=lambda c: -c.y)
    if len(inside) == 1:
        return [(inside[0], 1, lines)]
    tolerance = 0.3 * lines[0].size
    aligned = {id(c): i for c in lines for i in inside if abs(rows[i] - c.y) <= tolerance}
    if len(aligned) == len(lines) and len(lines) > 1:
        return [(aligned[id(c)], 1, [c]) for c in lines]
    middle = (rows[inside[0]] + rows[inside[-1]]) / 2
    centre = (lines[0].y + lines[-1].y) / 2
    if abs(middle - centre) <= tolerance and (len(lines) == 1 or _even(lines)):
        return [(inside[0], len(inside), lines)]
    return _spread(lines, inside, rows, aligned)


def _even(lines: list[_Chunk]) -> bool:
    """Whether lines stand as close as those of one cell."""
    return all(a.y - b.y < 1.45 * a.size for a, b in zip(lines, lines[1:], strict=False))


def _spread(
    lines: list[_Chunk], inside: list[int], rows: list[float], aligned: dict[int, int]
) -> list[tuple[int, int, list[_Chunk]]]:
    """Lines set between rows span the rows around them, as far as no other line of the column is nearer."""
    result = []
    for chunk in lines:
        if id(chunk) in aligned:
            result.append((aligned[id(chunk)], 1, [chunk]))
            continue
        above = [i for i in inside if rows[i] > chunk.y]
        below = [i for i in inside if rows[i] <= chunk.y]
        first, last = (above[-1] if above else below[0]), (below[0] if below else above[-1])
        while first - 1 in inside and last + 1 in inside and _free(chunk, lines, rows, first - 1, last + 1):
            first, last = first - 1, last + 1
        result.append((first, last - first + 1, [chunk]))
    return result


def _free(chunk: _Chunk, lines: list[_Chunk], rows: list[float], first: int, last: int) -> bool:
    others = [o for o in lines if o is not chunk]
    return all(abs(rows[i] - chunk.y) < min((abs(rows[i] - o.y) for o in others), default=1e9) for i in (first, last))


def _merged(cells: list[GridCell]) -> list[GridCell]:
    """One cell per place: two that would begin at the same place are put together."""
    placed: dict[tuple[int, int], GridCell] = {}
    for cell in sorted(cells, key=lambda c: (c.row, c.column)):
        known = placed.get((cell.row, cell.column))
        if known is None:
            placed[cell.row, cell.column] = cell
        else:
            known.lines += cell.lines
            known.rowspan, known.colspan = max(known.rowspan, cell.rowspan), max(known.colspan, cell.colspan)
    return list(placed.values())


__all__ = ["GridCell", "cells_of"]
