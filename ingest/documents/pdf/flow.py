"""From lines to the blocks of a document: paragraphs, headings, captions, footnotes, tables.

A paragraph goes on over columns and pages; what floats between its parts (captions, tables, footnotes) is put after
it.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from dataclasses import dataclass, field

from ingest.documents.document import BlockKind
from ingest.documents.pdf.grid import GridCell
from ingest.documents.pdf.headings import CAPTION, heading_of, plain_heading
from ingest.documents.pdf.lines import Line

_FLOATS = ("caption", "table", "footnote")
_CONTENTS = re.compile(r"(?:table of )?contents", re.I)
_NOTE = re.compile(r"\^?(?:\d{1,2}|[a-z]|[*†‡§¶∗]+)(?:\s|\)|(?=[A-Z]))")
_AUTHORS = re.compile(r"\bcollaboration\b|\bauthor list\b", re.I)
_BULLET = re.compile(r"(?:[•◦▪‣∙·■□◆○▶►–—*-]|\(?(?:\d{1,2}|[ivx]{1,4}|[a-z])[.)])\s+\S")
_SIGNED = re.compile(r"[•◦▪‣■□◆○▶►]\s+\S")  # never the beginning of anything but an item

_FIRST = re.compile(r"\(?(?:1|i|a|A)[.)]\s+\S")


@dataclass(slots=True)
class Flow:
    """A block on its way: its lines, or its cells for a table."""

    kind: BlockKind
    lines: list[Line] = field(default_factory=list)
    level: int = 0
    number: str = ""
    text: str = ""
    cells: list[GridCell] = field(default_factory=list)
    caption: Flow | None = None
    label: str = ""
    page: int = 0
    top: float = 0.0
    bottom: float = 0.0
    x0: float = 0.0
    x1: float = 0.0


@dataclass(frozen=True, slots=True)
class Style:
    """Size, font and line distance of the body text."""

    size: float
    font: str
    leading: float


def style_of(pages: list[list[Line]]) -> Style:
    """The style that most characters are set in."""
    sizes: Counter[tuple[float, str]] = Counter()
    for line in (line for lines in pages for line in lines):
        sizes[line.size, line.font] += len(line.text)
    if not sizes:
        return Style(10.0, "", 12.0)
    size, font = max(sizes, key=lambda k: (sizes[k], k))
    steps: Counter[float] = Counter()
    for lines in pages:
        for a, b in itertools.pairwise(lines):
            if a.size == b.size == size and 0 < a.y - b.y < 3 * size:
                steps[round(a.y - b.y, 1)] += 1
    leading = max(steps, key=lambda s: (steps[s], -s)) if steps else 1.2 * size
    return Style(size, font, leading)


def blocks_of(pages: list[list[Line | Flow]], style: Style) -> list[Flow]:
    """The blocks of all pages; tables come in the place where they stand as `Flow` already."""
    blocks: list[Flow] = []
    for items in pages:
        on_page: list[Flow] = []
        mark_footnotes([i for i in items if isinstance(i, Line)], style)
        for index, item in enumerate(items):
            if isinstance(item, Flow):
                on_page.append(item)
                continue
            before = items[index - 1] if index else None
            _take(on_page, item, before if isinstance(before, Line) else None, style, blocks)
        _join_pages(blocks, _with_whole_formulas(on_page, style), style)
    return blocks


def mark_footnotes(lines: list[Line], style: Style) -> None:
    """Marks the smaller lines at the foot of each column that begin with a note's mark."""
    for column in {line.column for line in lines}:
        below = sorted((line for line in lines if line.column == column), key=lambda line: line.y)
        small: list[Line] = []
        for line in below:
            if line.size > 0.95 * style.size or CAPTION.match(line.text):
                break
            small.append(line)
        while small and not _NOTE.match(small[-1].text):
            small.pop()  # what stands above the first mark is no note
        for line in small:
            line.footnote = len(small) < len(below)


def _take(blocks: list[Flow], line: Line, before: Line | None, style: Style, earlier: list[Flow]) -> None:
    last = blocks[-1] if blocks else None
    if line.footnote:
        if last and last.kind == "footnote" and not _NOTE.match(line.text):
            last.lines.append(line)
        else:
            blocks.append(Flow("footnote", [line], page=line.page))
        return
    if _in_contents([*earlier, *blocks], line):
        target = last if last and last.kind == "list_item" and last.level == -1 else None
        if target is None:
            target = Flow("list_item", [], -1, page=line.page)
            blocks.append(target)
        target.lines.append(line)
        return
    heading = heading_of(line, style.size, style.font)
    roman = heading is not None and re.match(r"I\.?\s+[A-Z]{3}", heading[2])
    if heading and not roman and re.fullmatch("[A-Z]", heading[1]) and not _numbered_before([*earlier, *blocks]):
        heading = None  # "A search for ..." is a title; appendices and subsections come after numbered sections
    if heading:
        level, number, text = heading
        if re.fullmatch("[A-Z]", number) and any(b.number in ("II", "III") for b in [*earlier, *blocks]):
            level = 2  # "A. Muons" below "III. SELECTION", as the Physical Review numbers them
        blocks.append(Flow("heading", [line], level, number, text, page=line.page))
        return
    if last and last.kind == "heading" and before is last.lines[-1] and _same_heading(line, before):
        last.lines.append(line)
        last.text = f"{last.text} {line.text}"
        return
    match = CAPTION.match(line.text)
    if (
        match
        and not _mid_sentence(line, before)
        and (match["mark"] or line.size < 0.97 * style.size or _bold_start(line) or _label_alone(line, match))
    ):
        blocks.append(Flow("caption", [line], page=line.page, label=_label(match)))
        return
    if (
        plain_heading(line, style.size)
        and not _in_author_list([*earlier, *blocks])
        and not _before_abstract(blocks, line)
    ):
        blocks.append(Flow("heading", [line], 2, "", line.text, page=line.page))
        return
    prose = next((b for b in reversed(blocks) if b.kind != "footnote"), None)
    if (
        prose
        and prose.kind != "heading"
        and before is not None
        and prose.lines
        and prose.lines[-1] is before
        and _continues(prose, line, before, style)
    ):
        prose.lines.append(line)
        return
    kind: BlockKind = "list_item" if _BULLET.match(line.text) else "paragraph"
    if kind == "paragraph" and is_displayed(line, style) and not _before_abstract(blocks, line):
        kind = "equation"
    if kind == "paragraph" and last and last.kind in _FLOATS:
        prose = next((b for b in reversed(blocks) if b.kind not in _FLOATS), None)
        if prose and prose.kind in ("paragraph", "list_item") and _resumes(prose.lines[-1], line, style):
            prose.lines.append(line)
            return
    blocks.append(Flow(kind, [line], page=line.page))


def _numbered_before(blocks: list[Flow]) -> bool:
    return any(b.kind == "heading" and (b.number or b.text.lower().startswith(("ref", "ack"))) for b in blocks)


def _in_author_list(blocks: list[Flow]) -> bool:
    """Whether the last numbered heading opens the list of a collaboration's members: institutes are no sections."""
    last = next((b for b in reversed(blocks) if b.kind == "heading" and b.level == 1), None)
    return last is not None and bool(_AUTHORS.search(last.text))


def _before_abstract(blocks: list[Flow], line: Line) -> bool:
    return line.page == 1 and not any(b.kind == "heading" for b in blocks)


def _mid_sentence(line: Line, before: Line | None) -> bool:
    """Whether a line that begins with "Table 3" only goes on with a sentence: "... is given in | Table 3."."""
    if before is None or before.column != line.column or abs(before.size - line.size) > 0.06 * line.size:
        return False
    return 0 < before.y - line.y < 1.35 * line.size and not _ended(before) and not CAPTION.match(before.text)


def _resumes(before: Line, line: Line, style: Style) -> bool:
    """Whether a line takes up an unfinished paragraph after what floats between its parts."""
    same = abs(line.size - before.size) < 0.06 * style.size
    return same and (line.text[:1].islower() or (_open(before) and before.x1 > before.right - 2 * style.size))


def _in_contents(blocks: list[Flow], line: Line) -> bool:
    """Whether a line belongs to the table of contents: after its heading, with a page number at its end."""
    last = next((b for b in reversed(blocks) if b.kind == "heading" or b.level == -1), None)
    if last is None or not (last.level == -1 or _CONTENTS.fullmatch(last.text.strip())):
        return False
    return bool(re.search(r"(?:\.\s*){3,}\d+$", line.text)) or (
        bool(re.search(r"\s\d{1,3}$", line.text)) and line.x1 > line.right - 3 * line.size
    )


def _label(match: re.Match[str]) -> str:
    kind = "Table" if match["kind"].lower().startswith("tab") else "Figure"
    return f"{kind} {match['number']}"


def _label_alone(line: Line, match: re.Match[str]) -> bool:
    """Whether the caption's label has a bold line to itself, as Physics Letters sets it."""
    return line.bold and match.end() == len(line.text)


def _bold_start(line: Line) -> bool:
    return line.words[0].bold and not line.words[-1].bold


def _same_heading(line: Line, before: Line) -> bool:
    same = abs(line.size - before.size) < 0.3 and line.font == before.font
    return same and 0 < before.y - line.y < 1.6 * line.size and line.column == before.column


def is_displayed(line: Line, style: Style) -> bool:
    """Whether a line is a displayed formula: indented, and mathematics for the most part."""
    if not re.search(r"[=<>≤≥∈≡≈∑∫√+/]|\d", line.text) or "ollaboration" in line.text:
        return False
    width = line.right - line.left
    fragment = line.x0 - line.left > 0.2 * width and line.right - line.x1 > 0.1 * width and len(line.text) < 60
    if fragment and len(re.findall(r"[a-z]{3,}", line.text)) <= 2:
        return True
    indented = line.x0 - line.left > 2.5 * style.size
    numbered = bool(re.search(r"\((?:[A-Z]\.?)?\d{1,3}(?:\.\d+)?[a-z]?\)[.,]?$", line.text)) and line.widest_gap > 1.5
    words = len(re.findall(r"[a-z]{3,}", line.text))
    return indented and ((numbered and words < 12) or (line.maths > 0.45 and words < 8))


def _continues(last: Flow, line: Line, before: Line, style: Style) -> bool:
    """Whether a line goes on with the block of the line before it."""
    if line.column != before.column:
        return (
            last.kind in ("paragraph", "list_item")
            and _open(before)
            and abs(line.size - before.size) < 0.06 * style.size
        )
    if abs(line.size - before.size) > 0.06 * before.size and not _mathematical(line, before):
        return False
    step = before.y - line.y
    usual = style.leading if abs(line.size - style.size) < 0.5 else 1.25 * line.size
    if last.kind == "caption":
        return 0 < step < 1.25 * usual
    if last.kind == "equation":
        return is_displayed(line, style) and 0 < step < 2.6 * usual
    goes_on = _breaks_off(before) or _ends_item(last, line, before, style)
    if is_displayed(line, style) and not (goes_on and 0 < step < 1.32 * usual):
        return False
    if not 0 < step < 1.32 * usual:
        return False
    if (
        _BULLET.match(line.text)
        and (last.kind == "list_item" or _ended(before))
        and (line.x0 - line.left > 0.3 * style.size or _SIGNED.match(line.text) or _opens_list(before, line))
    ):
        return False
    if last.kind == "list_item" and _ended(before) and line.x0 < last.lines[0].x0 + 0.3 * style.size:
        return False  # what goes on with an item is set in, as far as its text or at least beyond its mark
    indent = line.x0 - (min(line.x0 for line in last.lines[1:]) if len(last.lines) > 1 else line.left)
    if (
        last.kind == "paragraph"
        and indent > 0.8 * style.size
        and line.x0 - line.left < 4 * style.size
        and _ended(before)
    ):
        return len(last.lines) == 1 and before.x0 - line.x0 > -0.5
    return True


def _opens_list(before: Line, line: Line) -> bool:
    """Whether a line is the first item of a list whose numbers stand at the margin: "1. …" below "as follows:"."""
    return _FIRST.match(line.text) is not None and before.text.rstrip().endswith(":")


def _ends_item(last: Flow, line: Line, before: Line, style: Style) -> bool:
    """Whether a formula ends an item whose line before it is full: it stands where the item's text does."""
    if last.kind != "list_item" or _ended(before):
        return False
    first = last.lines[0].x0
    return first - 0.3 * style.size < line.x0 < first + 3 * style.size


def _breaks_off(line: Line) -> bool:
    """Whether a full line ends within a formula: the "0.1 <" of "0.1 < | |η| < 2.5", which is no displayed one."""
    return re.search(r"[=<>≤≥∈+×]$", line.text) is not None and line.x1 > line.right - 3 * line.size


def _mathematical(line: Line, before: Line) -> bool:
    return line.maths > 0.6 or before.maths > 0.6


def _ended(line: Line) -> bool:
    return bool(re.search(r"[.!?:;][\"”')\]]*$", line.text)) or line.x1 < line.right - 3 * line.size


def _open(line: Line) -> bool:
    return not re.search(r"[.!?:][\"”')\]]*(?:\s*\[[\d, –-]+\])?$", line.text)


def _with_whole_formulas(blocks: list[Flow], style: Style) -> list[Flow]:
    """Formulas with the numerators, denominators and limits that stand on lines of their own."""
    result: list[Flow] = []
    for block in blocks:
        last = result[-1] if result else None
        if last is not None and last.lines and block.lines and _one_formula(last, block, style):
            last.lines += block.lines
            last.kind = "equation"
            continue
        result.append(block)
    return result


def _one_formula(last: Flow, block: Flow, style: Style) -> bool:
    kinds = {last.kind, block.kind}
    if "equation" not in kinds or not kinds <= {"equation", "paragraph"}:
        return False
    if last.lines[-1].column != block.lines[0].column:
        return False
    near = abs(last.lines[-1].y - block.lines[0].y) < 1.7 * style.leading
    return near and all(b.kind == "equation" or _is_fragment(b, style) for b in (last, block))


def _is_fragment(block: Flow, style: Style) -> bool:
    line = block.lines[0]
    words = re.findall(r"[A-Za-z]{4,}", line.text)
    indented = line.x0 - line.left > max(2 * style.size, 0.15 * (line.right - line.left))
    return len(block.lines) == 1 and indented and len(line.text) < 60 and len(words) <= 2


def _join_pages(blocks: list[Flow], on_page: list[Flow], style: Style) -> None:
    """Append a page's blocks; its first paragraph goes on with the last one before, where that is not finished."""
    following = next((b for b in on_page if b.kind not in _FLOATS), None)
    last = next((b for b in reversed(blocks) if b.kind not in _FLOATS), None)
    if (
        following is not None
        and last is not None
        and following.kind == "paragraph"
        and last.kind in ("paragraph", "list_item")
        and abs(following.lines[0].size - last.lines[-1].size) < 0.06 * style.size
        and (_open(last.lines[-1]) or following.lines[0].text[:1].islower())
    ):
        last.lines += following.lines
        on_page = [b for b in on_page if b is not following]
    blocks += on_page


__all__ = ["Flow", "Style", "blocks_of", "is_displayed", "style_of"]
