"""From words to lines, in the order a reader reads them: columns found, page furniture taken away."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from ingest.documents.pdf.words import Word, join_words


@dataclass(slots=True)
class Line:
    """Words on one baseline inside one column; `left` and `right` are the edges of that column."""

    page: int
    words: list[Word]
    left: float = 0.0
    right: float = 0.0
    column: int = 0
    number: int = 0
    text: str = ""
    y: float = 0.0
    size: float = 0.0
    x0: float = 0.0
    x1: float = 0.0
    footnote: bool = False

    def __post_init__(self) -> None:
        self.words.sort(key=lambda w: (w.x0, w.order))
        self.text = join_words(self.words)
        weights: Counter[float] = Counter()
        for word in self.words:
            weights[round(word.size, 1)] += len(word.text)
        self.size = max(weights, key=lambda s: (weights[s], s))
        self.y = next(w.y for w in self.words if round(w.size, 1) == self.size)
        self.x0 = min(w.left for w in self.words)
        self.x1 = max(w.right for w in self.words)

    @property
    def bold(self) -> bool:
        """Whether most letters are bold."""
        letters = sum(len(w.text) for w in self.words)
        return sum(len(w.text) for w in self.words if w.bold) > 0.6 * letters

    @property
    def maths(self) -> float:
        """The share of characters that are set as mathematics."""
        letters = sum(len(w.text) for w in self.words)
        return sum(len(w.text) for w in self.words if w.maths) / letters

    @property
    def widest_gap(self) -> float:
        """The widest blank between words, in units of the font size."""
        pairs = zip(self.words, self.words[1:], strict=False)
        return max((b.left - a.right for a, b in pairs), default=0.0) / self.size

    @property
    def font(self) -> str:
        counts: Counter[str] = Counter()
        for word in self.words:
            counts[word.font] += len(word.text)
        return max(counts, key=lambda f: (counts[f], f))


def group_by_baseline(words: Iterable[Word]) -> list[list[Word]]:
    """Words with the same baseline, highest first."""
    groups: list[list[Word]] = []
    for word in sorted(words, key=lambda w: (-w.y, w.x0)):
        if groups and abs(groups[-1][0].y - word.y) <= 0.12 * max(word.size, groups[-1][0].size):
            groups[-1].append(word)
        else:
            groups.append([word])
    return _rejoined(groups)


def _rejoined(groups: list[list[Word]]) -> list[list[Word]]:
    """Put back what stands off its line: a small raised or lowered word that no base was found for."""
    result: list[list[Word]] = []
    for group in groups:
        if result and len(group) <= 3:
            above = result[-1]
            size = max(w.size for w in above)
            small = all(w.size < 0.88 * size for w in group)
            if small and above[0].y - group[0].y < 0.45 * size and not _collides(group, above):
                above.extend(group)
                continue
        if result and len(result[-1]) <= 3:
            above = result[-1]
            size = max(w.size for w in group)
            small = all(w.size < 0.88 * size for w in above)
            if small and above[0].y - group[0].y < 0.6 * size and not _collides(above, group):
                result[-1] = [*group, *above]
                continue
        result.append(group)
    return result


def _collides(one: list[Word], other: list[Word]) -> bool:
    return any(a.x0 < b.x1 - 1 and b.x0 < a.x1 - 1 for a in one for b in other)


@dataclass(frozen=True, slots=True)
class Frame:
    """The text area of a page and, where it has two columns, the gutter between them."""

    left: float
    right: float
    gutter: tuple[float, float] | None = None

    @property
    def columns(self) -> tuple[tuple[float, float], ...]:
        if self.gutter is None:
            return ((self.left, self.right),)
        return ((self.left, self.gutter[0]), (self.gutter[1], self.right))


def find_gutter(words: list[Word], body: float) -> tuple[float, float] | None:
    """The blank strip that parts two columns of prose, None on a page of one column.

    Lines left of the strip end at one place, line after line: in a table, or prose of one column, they do not.
    """
    groups = group_by_baseline(words)
    left, right = min(w.left for w in words), max(w.right for w in words)
    if len(groups) < 8 or right - left < 30 * body:
        return None
    low, high = left + 0.38 * (right - left), left + 0.62 * (right - left)
    counts = {x: sum(1 for g in groups if any(w.left < x < w.right for w in g)) for x in range(int(low), int(high) + 1)}
    least = min(counts.values())
    if least > 0.3 * len(groups):
        return None
    strips: list[list[int]] = []
    for x in sorted(counts):
        if counts[x] <= least + 0.04 * len(groups):
            if strips and strips[-1][-1] == x - 1:
                strips[-1].append(x)
            else:
                strips.append([x])
    for strip in sorted(strips, key=lambda s: (-len(s), s[0])):
        gutter = _confirmed(groups, strip[0] - 1.0, strip[-1] + 1.0, body)
        if gutter:
            return gutter
    return None


def _confirmed(groups: list[list[Word]], start: float, stop: float, body: float) -> tuple[float, float] | None:
    """The strip as a gutter where the lines beside it are flush with it."""
    if stop - start < 0.95 * body:
        return None
    uncrossed = [g for g in groups if not any(w.left < start and w.right > stop for w in g)]
    ends = [max(w.right for w in g if w.right <= start + 2) for g in uncrossed if any(w.right <= start + 2 for w in g)]
    starts = [min(w.left for w in g if w.left >= stop - 2) for g in uncrossed if any(w.left >= stop - 2 for w in g)]
    flush_left, flush_right = _flush(ends), _flush(starts)
    if (
        len(ends) >= 8
        and flush_left[1] >= max(6, 0.4 * len(ends))
        and (flush_right[1] >= 0.4 * len(starts) or len(ends) > 15)
    ):
        return start, stop
    if len(starts) >= 10 and flush_right[1] >= 0.6 * len(starts) and flush_left[1] >= max(4, 0.3 * len(ends)):
        return start, stop
    return None


def _flush(places: list[float]) -> tuple[float, int]:
    """The place where most of `places` lie within 2 points, and how many do."""
    best = (0.0, 0)
    for place in sorted(set(places)):
        count = sum(1 for p in places if abs(p - place) <= 1.0)
        if count > best[1]:
            best = (place, count)
    return best


def _crosses(group: list[Word], edge: float, body: float) -> bool:
    """Whether a word stands across the gutter that ends at `edge`."""
    return any(w.left < edge - 2 and w.right > edge - 0.55 * body for w in group)


def lines_in_order(words: list[Word], frame: Frame, page: int, breaks: list[float]) -> list[Line]:
    """The page's lines in reading order; `breaks` are heights at which something stands across both columns."""
    if frame.gutter is None:
        return [Line(page, g, frame.left, frame.right) for g in group_by_baseline(words)]
    edge = frame.gutter[1]
    body = sorted(w.size for w in words)[len(words) // 2]
    ordered: list[Line] = []
    columns: tuple[list[Line], list[Line]] = ([], [])
    pending = sorted(breaks, reverse=True)
    for group in group_by_baseline(words):
        while pending and group[0].y < pending[0]:
            pending.pop(0)
            ordered += columns[0] + columns[1]
            columns = ([], [])
        if _crosses(group, edge, body):
            ordered += columns[0] + columns[1]
            columns = ([], [])
            ordered.append(Line(page, group, frame.left, frame.right, column=2))
            continue
        for column, (start, stop) in enumerate(frame.columns):
            part = [w for w in group if (w.left < edge - 2) == (column == 0)]
            if part:
                columns[column].append(Line(page, part, start, stop, column=column))
    return ordered + columns[0] + columns[1]


_NUMBER = re.compile(r"[-–—\s]*(?:page\s*)?(\d{1,4}|[ivxl]{1,6})[-–—\s]*(?:of\s*\d+|/\s*\d+)?", re.I)


def without_furniture(pages: list[list[Line]]) -> list[list[Line]]:
    """Pages without running heads, page numbers and the numbers that drafts print beside each line."""
    pages = [_without_line_numbers(p) for p in pages]
    for top in (True, False):
        pages = _without_edge(pages, top, numbered=True)
    for top in (True, False):
        pages = _without_edge(pages, top, numbered=False)
    return pages


def _without_edge(pages: list[list[Line]], top: bool, numbered: bool) -> list[list[Line]]:
    """Pages without the edge line where it holds the page's number, or what stands there on many pages."""
    edge = [_extreme(lines, top) for lines in pages]
    present = [e for e in edge if e]
    texts = Counter(_bare(_text(e)) for e in present)
    offset = _number_offset(edge)
    result = []
    for index, (lines, found) in enumerate(zip(pages, edge, strict=True)):
        drop = False
        if found and (len(pages) > 1 or len(lines) > len(found)):
            text = _text(found)
            repeated = texts[_bare(text)] >= max(3, 0.2 * len(present)) and bool(_bare(text))
            counted = offset is not None and index + offset in _edge_numbers(text)
            alone = bool(_NUMBER.fullmatch(text)) and (offset is None or counted or not text.strip("-– ").isdigit())
            drop = len(text) < 160 and (repeated or (numbered and (counted or (alone and _outside(found, lines, top)))))
        gone = {id(line) for line in found} if drop else set()
        result.append([line for line in lines if id(line) not in gone])
    return result


def _edge_numbers(text: str) -> set[int]:
    """The whole numbers that a line begins or ends with."""
    return {
        int(n) for n in re.findall(r"^[-–—\s]*(\d{1,4})(?![\d.])|(?<![\d.])(\d{1,4})[-–—\s]*$", text) for n in n if n
    }


def _number_offset(edge: list[list[Line]]) -> int | None:
    """What must be added to a page's index to give the number printed at its edge; None where none is printed."""
    votes: Counter[int] = Counter()
    for index, found in enumerate(edge):
        if found and len(_text(found)) < 160:
            votes.update(n - index for n in _edge_numbers(_text(found)))
    if not votes:
        return None
    best = max(votes, key=lambda k: (votes[k], -abs(k)))
    return best if votes[best] >= max(2, 0.3 * sum(1 for e in edge if e)) else None


def _extreme(lines: list[Line], top: bool) -> list[Line]:
    """All lines at the height of the topmost (or lowest) one."""
    if not lines:
        return []
    y = max(line.y for line in lines) if top else min(line.y for line in lines)
    return sorted((line for line in lines if abs(line.y - y) < 4), key=lambda line: line.x0)


def _text(lines: list[Line]) -> str:
    return " ".join(line.text for line in lines)


def _bare(text: str) -> str:
    return re.sub(r"[\d\W_]+", " ", text).strip().lower()


def _outside(found: list[Line], lines: list[Line], top: bool) -> bool:
    """Whether the edge line stands clear of the text: more than an ordinary line distance away."""
    rest = [line for line in lines if not any(line is f for f in found)]
    if not rest:
        return True
    size = max(line.size for line in rest)
    distance = found[0].y - max(line.y for line in rest) if top else min(line.y for line in rest) - found[0].y
    return distance > 1.45 * size


def _without_line_numbers(lines: list[Line]) -> list[Line]:
    """Drafts number every line in the margin: whole numbers, left of the text, rising by one (or five)."""
    firsts = [(line, line.words[0]) for line in lines if line.words[0].text.isdigit() and len(line.words[0].text) <= 4]
    firsts = [
        (line, w)
        for line, w in firsts
        if len(line.words) == 1 or line.words[1].left - w.right > 0.8 * w.size or w.size < 0.85 * line.size
    ]
    if len(firsts) < 8:
        return lines
    values = [int(w.text) for _, w in firsts]
    rising = sum(1 for a, b in itertools.pairwise(values) if b - a in (1, 5))
    if rising < 0.8 * (len(values) - 1):
        return lines
    edge = min(w.right for _, w in firsts)
    numbers = {id(w) for _, w in firsts if abs(w.right - edge) < 12}
    kept = []
    for line in lines:
        words = [w for w in line.words if id(w) not in numbers]
        if words:
            kept.append(Line(line.page, words, line.left, line.right, line.column))
    return kept


__all__ = ["Frame", "Line", "find_gutter", "group_by_baseline", "lines_in_order", "without_furniture"]
