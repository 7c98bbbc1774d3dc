"""The columns of a table, and its words as chunks that lie in them."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

from ingest.documents.pdf.lines import group_by_baseline
from ingest.documents.pdf.regions import Region
from ingest.documents.pdf.spanning import is_set_as, spanning, widened
from ingest.documents.pdf.words import Word

_WIDE = 0.62  # a wider gap (in font sizes) always parts two chunks
_DASHES = ("—", "–", "-", "−", "---", "--")  # how an entry says that there is none
_CUT = 0.4  # at a column's edge a narrower one does


@dataclass(slots=True)
class Chunk:
    """Words on one line of one cell; `first` and `last` are the columns it covers."""

    words: list[Word]
    first: int = 0
    last: int = 0

    @property
    def x0(self) -> float:
        return min(w.left for w in self.words)

    @property
    def x1(self) -> float:
        return max(w.right for w in self.words)

    @property
    def y(self) -> float:
        return self.words[0].y

    @property
    def size(self) -> float:
        return max(w.size for w in self.words)


@dataclass(frozen=True, slots=True)
class Columns:
    """Edges of the columns from left to right, and which inner ones are vertical rules."""

    edges: tuple[float, ...]
    walls: frozenset[int]

    @property
    def count(self) -> int:
        return len(self.edges) - 1


def chunks_in_columns(region: Region) -> tuple[Columns, list[Chunk]]:
    """The table's columns and chunks."""
    walls = _walls(region)
    chunks = _chunks(region, walls)
    columns = _columns(chunks, walls, region)
    cut = [part for chunk in chunks for part in _cut(chunk, columns)]
    for chunk in cut:
        chunk.first, chunk.last = _covered(chunk, columns)
    _settle_overlaps(cut, columns)
    _span_as_heads(cut, columns)
    for line in _by_line(cut):
        _widen(line, columns, region)
        alone = len(line) == 1 and not any(abs(c.y - line[0].y) < 0.8 * c.size for c in cut if c is not line[0])
        wide = alone and columns.count > 2 and not columns.walls and line[0].first > 0
        if wide and _centred(line[0], columns, 0, columns.count - 1):
            line[0].first, line[0].last = 0, columns.count - 1
    if not columns.walls:
        _widen_by_middle(cut, columns)
    return columns, cut


def _walls(region: Region) -> list[float]:
    """Where vertical rules stand inside the table."""
    inner = sorted(r.x0 for r in region.vertical if region.box.x0 + 5 < r.x0 < region.box.x1 - 5)
    walls: list[float] = []
    for place in inner:
        if not walls or place - walls[-1] >= 4:
            walls.append(place)
    return walls


def _stands(region: Region, wall: float, y: float) -> bool:
    """Whether the vertical rule at `wall` is there at the height `y` (a spanning cell interrupts it)."""
    return any(abs(r.x0 - wall) < 4 and r.y0 - 1 <= y <= r.y1 + 1 for r in region.vertical)


def _chunks(region: Region, walls: list[float]) -> list[Chunk]:
    chunks = []
    for line in group_by_baseline(region.words):
        line.sort(key=lambda w: (w.x0, w.order))
        part: list[Word] = []
        for word in line:
            if part:
                before = part[-1]
                gap = (word.left - before.right) / max(word.size, before.size)
                height = word.y + 0.3 * word.size
                wall = any(before.right - 1 < w < word.left + 1 and _stands(region, w, height) for w in walls)
                if (gap > _WIDE and not _paired(before, word)) or wall:
                    chunks.append(Chunk(part))
                    part = []
            part.append(word)
        chunks.append(Chunk(part))
    return chunks


def _paired(before: Word, word: Word) -> bool:
    """Whether two words are a value and its uncertainty, which tables often align at the sign."""
    near = word.left - before.right < 1.6 * word.size
    return near and (before.text in ("±", "×") or word.text in ("±", "×"))


def _columns(chunks: list[Chunk], walls: list[float], region: Region) -> Columns:
    box = region.box
    bounds = [box.x0, *walls, box.x1]
    separators = set(walls)
    for left, right in itertools.pairwise(bounds):
        separators.update(_strips([c for c in chunks if c.x0 > left - 2 and c.x1 < right + 2], left, right))
    edges = (box.x0, *sorted(separators), box.x1)
    return Columns(edges, frozenset(i for i, e in enumerate(edges) if e in walls))


def _strips(chunks: list[Chunk], left: float, right: float) -> list[float]:
    """Middles of the blank vertical strips that part chunks, between `left` and `right`."""
    lines = _with_labels_between(_by_line(chunks))
    if not any(len(line) > 1 for line in lines):
        return []
    wide = spanning(lines)
    narrow = [c for c in chunks if not any(c is w for w in wide)]
    strips: list[tuple[int, int]] = []
    crossed: dict[int, int] = {}
    start: int | None = None
    for x in range(int(left), int(right) + 3):
        crossing = crossed[x] = sum(1 for c in narrow if c.x0 < x < c.x1)
        parted = sum(1 for line in lines if any(c.x1 <= x for c in line) and any(c.x0 >= x for c in line))
        blank = parted > 0 and crossing <= 0.34 * (parted + crossing) and crossing <= max(2, 0.25 * len(lines))
        if blank and start is None:
            start = x
        elif not blank and start is not None:
            strips.append(_clearest(start, x - 1, crossed))
            start = None
    return _distinct(strips, chunks)


def _clearest(start: int, stop: int, crossed: dict[int, int]) -> tuple[int, int]:
    """The widest part of a strip that the fewest chunks cross: one label may reach into it, set beside many rows."""
    least = min(crossed[x] for x in range(start, stop + 1))
    runs: list[tuple[int, int]] = []
    for clear, places in itertools.groupby(range(start, stop + 1), key=lambda x: crossed[x] == least):
        inside = list(places)
        runs += [(inside[0], inside[-1])] if clear else []
    return max(runs, key=lambda run: (run[1] - run[0], -run[0]))


def _distinct(strips: list[tuple[int, int]], chunks: list[Chunk]) -> list[float]:
    """Middles of strips with a chunk between each two of them; of two without one, the wider."""
    kept: list[tuple[int, int]] = []
    for strip in strips:
        if kept and not any(kept[-1][1] - 2 <= c.x0 and c.x1 <= strip[0] + 2 for c in chunks):
            if strip[1] - strip[0] > kept[-1][1] - kept[-1][0]:
                kept[-1] = strip
            continue
        kept.append(strip)
    return [(a + b) / 2 for a, b in kept]


def _by_line(chunks: list[Chunk]) -> list[list[Chunk]]:
    lines: dict[float, list[Chunk]] = {}
    for chunk in chunks:
        lines.setdefault(round(chunk.y, 0), []).append(chunk)
    return [sorted(line, key=lambda c: c.x0) for line in lines.values()]


def _with_labels_between(lines: list[list[Chunk]]) -> list[list[Chunk]]:
    """The lines, what stands alone between two of them as a part of both: a label set in the middle of its rows."""
    found = [list(line) for line in lines]
    for line in lines:
        if len(line) > 1:
            continue
        label = line[0]
        near = [o for o in found if o[0] is not label and abs(o[0].y - label.y) < 0.9 * label.size]
        between = any(o[0].y > label.y for o in near) and any(o[0].y < label.y for o in near)
        if between and all(c.x0 > label.x1 + _CUT * label.size for o in near for c in o):
            for other in near:
                other.insert(0, label)
    return found


def _cut(chunk: Chunk, columns: Columns) -> list[Chunk]:
    """The chunk, parted where a column's edge falls into one of its wider gaps."""
    parts: list[list[Word]] = [[]]
    for word in chunk.words:
        if parts[-1]:
            before = parts[-1][-1]
            gap = word.left - before.right
            edge = any(before.right - 1 <= e <= word.left + 1 for e in columns.edges[1:-1])
            if edge and gap > _CUT * max(word.size, before.size) and not _paired(before, word):
                parts.append([])
        parts[-1].append(word)
    return [Chunk(p) for p in parts]


def _covered(chunk: Chunk, columns: Columns) -> tuple[int, int]:
    """First and last column that a chunk reaches into by more than a sliver."""
    slack = 0.5 * chunk.size
    edges = columns.edges
    reached = [i for i in range(columns.count) if chunk.x1 - slack > edges[i] and chunk.x0 + slack < edges[i + 1]]
    if not reached:
        middle = (chunk.x0 + chunk.x1) / 2
        reached = [min(range(columns.count), key=lambda i: abs((edges[i] + edges[i + 1]) / 2 - middle))]
    return reached[0], reached[-1]


def _span_as_heads(chunks: list[Chunk], columns: Columns) -> None:
    """A short entry in the middle under a head that spans columns spans them, too, where it stands on their edge."""
    heads = [c for c in chunks if c.last > c.first]
    for line in _by_line(chunks):
        for chunk in line:
            on_edge = any(chunk.x0 < edge - 1 and edge + 1 < chunk.x1 for edge in columns.edges[1:-1])
            if chunk.last > chunk.first or not on_edge:
                continue
            middle = (chunk.x0 + chunk.x1) / 2
            over = [h for h in heads if h.first <= chunk.first <= h.last and h.y > chunk.y]
            for head in over:
                beside = any(o is not chunk and o.first <= head.last and o.last >= head.first for o in line)
                if abs((head.x0 + head.x1) / 2 - middle) < 1.5 and not beside:
                    chunk.first, chunk.last = head.first, head.last
                    break


def _settle_overlaps(chunks: list[Chunk], columns: Columns) -> None:
    """Where two chunks of a line claim one column, it goes to the one that fills more of it."""
    for line in _by_line(chunks):
        for one, other in itertools.pairwise(line):
            while one.last >= other.first and (one.last > one.first or other.last > other.first):
                column = one.last
                left, right = columns.edges[column], columns.edges[column + 1]
                share_one = min(one.x1, right) - max(one.x0, left)
                share_other = min(other.x1, right) - max(other.x0, left)
                if one.last > one.first and (share_one <= share_other or other.last == other.first):
                    one.last -= 1
                elif other.last > other.first:
                    other.first += 1
                else:
                    break


def _widen_by_middle(chunks: list[Chunk], columns: Columns) -> None:
    """Entries behind the label of a row that are set in the middle of more columns than their text covers."""
    own = [[c for c in chunks if c.first == c.last == i] for i in range(columns.count)]
    if columns.count < 3 or not all(own[1:]):
        return
    extents = [(min(c.x0 for c in o), max(c.x1 for c in o)) if o else (0.0, 0.0) for o in own]
    for line in _by_line(chunks):
        if line[0].first > 0:
            continue
        taken = {i for c in line for i in range(c.first, c.last + 1)}
        free = [i for i in range(1, columns.count) if i not in taken]
        for chunk in line[1:] if free else ():
            chunk.first, chunk.last = widened(chunk, chunk.first, chunk.last, free, extents)
    wide = [c for c in chunks if c.first < c.last]
    dashed = any("".join(w.text for w in c.words) in _DASHES for c in chunks)
    for line in _by_line(chunks):
        taken = {i for c in line for i in range(c.first, c.last + 1)}
        for chunk in line[1:] if line[0].first == 0 else ():
            for other in wide if chunk.first == chunk.last else ():
                beside = set(range(other.first, other.last + 1)) - {chunk.first}
                lies = other.first <= chunk.first <= other.last and not beside & taken
                if lies and is_set_as(chunk, other, extents[chunk.first], dashed):
                    chunk.first, chunk.last = other.first, other.last
                    break


def _widen(line: list[Chunk], columns: Columns, region: Region) -> None:
    """Cells that span more columns than their text covers: up to the rules beside them, or the whole row."""
    for index, chunk in enumerate(line):
        height = chunk.y + 0.3 * chunk.size
        before = line[index - 1].last if index else -1
        after = line[index + 1].first if index + 1 < len(line) else columns.count
        first, last = chunk.first, chunk.last
        while first - 1 > before and first in columns.walls and not _stands(region, columns.edges[first], height):
            first -= 1
        while last + 1 < after and last + 1 in columns.walls and not _stands(region, columns.edges[last + 1], height):
            last += 1
        if (first, last) != (chunk.first, chunk.last) and _centred(chunk, columns, first, last):
            chunk.first, chunk.last = first, last


def _centred(chunk: Chunk, columns: Columns, first: int, last: int) -> bool:
    left, right = columns.edges[first], columns.edges[last + 1]
    return abs((chunk.x0 + chunk.x1) / 2 - (left + right) / 2) < max(4.0, 0.06 * (right - left))


__all__ = ["Chunk", "Columns", "chunks_in_columns"]
