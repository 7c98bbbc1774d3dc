"""A page's lines and tables in reading order."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from ingest.documents.pdf.figures import without_figure_text
from ingest.documents.pdf.flow import Flow
from ingest.documents.pdf.grid import cells_of
from ingest.documents.pdf.lines import Frame, Line, find_gutter, lines_in_order, without_furniture
from ingest.documents.pdf.page import Glyph, Page
from ingest.documents.pdf.regions import Region, table_regions, unruled_regions
from ingest.documents.pdf.words import Word, words_of


@dataclass(slots=True)
class Layout:
    """What is found on one page."""

    page: Page
    words: list[Word]
    regions: list[Region] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)


def laid_out(pages: list[Page]) -> list[list[Line | Flow]]:
    """For each page, its lines in reading order with a `Flow` of kind "table" in the place of each ruled table."""
    layouts = [Layout(page, words_of(visible_glyphs(page))) for page in pages]
    body = _body_size(layouts)
    for layout in layouts:
        layout.regions = table_regions(layout.page, layout.words, body)
    gutters = [_gutter(layout, body) for layout in layouts]
    found = [g for g in gutters if g]
    written = sum(1 for layout in layouts if len(layout.words) > 50)
    two_columns = len(found) >= 0.4 * max(1, written)
    for layout, found_gutter in zip(layouts, gutters, strict=True):
        gutter = found_gutter if two_columns else None
        for column in _columns(layout, gutter):
            layout.regions += unruled_regions(column, layout.regions)
        layout.lines = _lines(layout, gutter)
    pruned = without_furniture([layout.lines for layout in layouts])
    items: list[list[Line | Flow]] = []
    for layout, pruned_lines in zip(layouts, pruned, strict=True):
        lines = without_figure_text(pruned_lines, layout.page, body)
        for number, line in enumerate(sorted(lines, key=lambda line: (line.column == 1, -line.y)), 1):
            line.number = number
        items.append(_with_tables(lines, layout))
    return items


def visible_glyphs(page: Page) -> list[Glyph]:
    """The glyphs of the page itself. Text of figures, and what hides in them, stays out.

    Some programs put a whole page into one form: then the text of the largest form is the page's.
    """
    counts = Counter(g.inside for g in page.glyphs)
    own = counts.pop(0, 0)
    if counts:
        largest = max(counts, key=lambda i: (counts[i], -i))
        if own < 250 and counts[largest] > 600 and counts[largest] > 4 * own:
            return [g for g in page.glyphs if g.inside in (0, largest)]
    return [g for g in page.glyphs if g.inside == 0]


def _body_size(layouts: list[Layout]) -> float:
    sizes: Counter[float] = Counter()
    for layout in layouts:
        for word in layout.words:
            sizes[round(word.size, 1)] += len(word.text)
    return max(sizes, key=lambda s: (sizes[s], s)) if sizes else 10.0


def _outside(layout: Layout) -> list[Word]:
    taken = {id(w) for region in layout.regions for w in region.words}
    return [w for w in layout.words if id(w) not in taken]


def _gutter(layout: Layout, body: float) -> tuple[float, float] | None:
    words = _outside(layout)
    return find_gutter(words, body) if len(words) > 30 else None


def _columns(layout: Layout, gutter: tuple[float, float] | None) -> list[list[Word]]:
    words = _outside(layout)
    if gutter is None:
        return [words]
    return [[w for w in words if w.left < gutter[1] - 2], [w for w in words if w.left >= gutter[1] - 2]]


def _lines(layout: Layout, gutter: tuple[float, float] | None) -> list[Line]:
    words = _outside(layout)
    if not words:
        return []
    frame = Frame(min(w.left for w in words), max(w.right for w in words), gutter)
    breaks = [r.box.y1 for r in layout.regions if gutter and r.box.x0 < gutter[0] - 20 and r.box.x1 > gutter[1] + 20]
    return lines_in_order(words, frame, layout.page.number, breaks)


def _with_tables(lines: list[Line], layout: Layout) -> list[Line | Flow]:
    items: list[Line | Flow] = list(lines)
    for region in layout.regions:
        box = region.box
        table = Flow(
            "table", cells=cells_of(region), page=layout.page.number, top=box.y1, bottom=box.y0, x0=box.x0, x1=box.x1
        )
        place = len(items)
        for index, item in enumerate(items):
            if isinstance(item, Line) and item.y < box.y0 + 2 and item.left < box.x1 and item.right > box.x0:
                place = index
                break
        items.insert(place, table)
    return items


__all__ = ["laid_out", "visible_glyphs"]
