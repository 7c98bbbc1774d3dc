"""The blocks of a page in reading order."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from bs4.element import Comment, NavigableString, PageElement, Tag

from ingest.documents.document import At, BlockKind, DocumentBuilder, Piece
from ingest.documents.html.inline import InlineReader, classes, formula, is_skipped, plain
from ingest.documents.html.references import Entry
from ingest.documents.html.tables import cells_of, is_equation, is_table

_INLINE = frozenset(
    "a abbr b bdi bdo big cite code data del dfn em font i ins kbd label mark math q s samp small span strike strong "
    "sub sup time tt u var br wbr img".split()
)
# classes by which LaTeXML makes an inline element a block
_BLOCK_CLASSES = frozenset(
    "ltx_p ltx_para ltx_tabular ltx_equation ltx_equationgroup ltx_inline-para ltx_theorem ltx_item ltx_listing".split()
)
_LTX_LEVELS = {
    "ltx_title_part": 1,
    "ltx_title_chapter": 1,
    "ltx_title_section": 1,
    "ltx_title_appendix": 1,
    "ltx_title_bibliography": 1,
    "ltx_title_acknowledgements": 1,
    "ltx_title_subsection": 2,
    "ltx_title_subsubsection": 3,
    "ltx_title_paragraph": 4,
    "ltx_title_subparagraph": 5,
}
_NUMBER = re.compile(r"((?:Appendix\s+)?(?:\d+(?:\.\d+)*|[IVX]+|[A-Z])(?:\.\d+)*)[.:]?\s+(?=\S)")
_CAPTION_LABEL = re.compile(r"(?:Table|Tab\.)\s*[A-Z]?\d*(?:\.\d+)*[A-Z]?", re.I)


@dataclass
class BlockReader:
    """Writes the blocks of a page into a document.

    `entries` has the reference entries by the identity of their element; `page` is the page's name, for places.
    """

    builder: DocumentBuilder
    inline: InlineReader
    page: str
    entries: Mapping[int, Entry]
    _titled: bool = False
    _top: int = 1
    _run: list[PageElement] = field(default_factory=list)
    _written: set[int] = field(default_factory=set)

    def read(self, root: Tag) -> None:
        """Write everything below `root`."""
        first = root.find(["h1", "h2", "h3"])
        headings = [int(h.name[1]) for h in root.find_all(["h1", "h2", "h3", "h4"])]
        # a single h1 is the page's title, so its sections start at h2
        alone = isinstance(first, Tag) and first.name == "h1" and headings.count(1) == 1
        self._top = min((h for h in headings if not alone or h > 1), default=1)
        self._titled = not alone
        self._children(root, "paragraph")
        self._flush("paragraph")

    def _children(self, tag: Tag, kind: BlockKind) -> None:
        for child in tag.children:
            if id(child) in self._written:
                continue
            if isinstance(child, Tag) and not is_skipped(child) and self._is_block(child):
                self._flush(kind)
                self._block(child, kind)
            elif isinstance(child, Tag) or (isinstance(child, NavigableString) and not isinstance(child, Comment)):
                self._run.append(child)
        self._flush(kind)

    def _is_block(self, tag: Tag) -> bool:
        kinds = classes(tag)
        if not kinds.isdisjoint(_BLOCK_CLASSES) or tag.name not in _INLINE:
            return True
        if "ltx_note" in kinds or tag.name == "math":
            return False
        return any(isinstance(c, Tag) and self._is_block(c) for c in tag.children)

    def _block(self, tag: Tag, kind: BlockKind) -> None:
        kinds = classes(tag)
        if (entry := self.entries.get(id(tag))) is not None:
            self.builder.block("reference", self._at(tag), f"[{entry.label}] {entry.text}")
        elif re.fullmatch(r"h[1-6]", tag.name) or any(k.startswith("ltx_title_") for k in kinds):
            self._heading(tag, kinds)
        elif is_equation(tag):
            self._equation(tag)
        elif tag.name == "figcaption" or "ltx_caption" in kinds:
            self.builder.block("caption", self._at(tag), *self.inline.pieces(*tag.children))
            self._notes()
        elif is_table(tag) or tag.name == "figure" or "ltx_float" in kinds:
            self._float(tag, kind)
        elif tag.name in ("li", "dt", "dd") or "ltx_item" in kinds:
            self._children(tag, "list_item")
        elif "ltx_abstract" in kinds or tag.get("id") == "abstract":
            self._children(tag, "abstract")
        else:
            self._children(tag, kind)

    def _heading(self, tag: Tag, kinds: frozenset[str]) -> None:
        mark = next((t for t in tag.find_all(class_="ltx_tag", recursive=False) if isinstance(t, Tag)), None)
        pieces = self.inline.pieces(*(c for c in tag.children if c is not mark))
        number = self.inline.text(mark).rstrip(".: ") if mark is not None else ""
        if "ltx_title_document" in kinds or (tag.name == "h1" and not self._titled):
            self._titled = True
            self.builder.block("title", self._at(tag), *pieces)
        elif not kinds.isdisjoint(("ltx_title_abstract", "ltx_title_keywords", "ltx_title_contents")):
            return
        elif level := next((_LTX_LEVELS[k] for k in kinds if k in _LTX_LEVELS), None):
            self.builder.heading(level, self._at(tag), *pieces, number=number)
        elif any(k.startswith("ltx_title_") for k in kinds) and not re.fullmatch(r"h[1-6]", tag.name):
            self.builder.block("paragraph", self._at(tag), *pieces)
        else:
            text = " ".join("".join(plain(p) for p in pieces).split())
            if not number and (printed := _NUMBER.match(text)):
                number, text = printed[1], text[printed.end() :]
            level = int(tag.name[1]) - self._top + 1 if re.fullmatch(r"h[1-6]", tag.name) else 4
            self.builder.heading(max(level, 1), self._at(tag), text, number=number)
        self._notes()

    def _equation(self, tag: Tag) -> None:
        """One block for each row of an equation table; the cells of an aligned equation are one formula."""
        rows = tag.find_all(["tr"]) or tag.find_all(class_=["ltx_eqn_row"]) or [tag]
        for row in rows:
            parts = [formula(m) for m in row.find_all("math") if isinstance(m, Tag)]
            text = " ".join(p for p in parts if p) or self.inline.text(*row.children)
            self.builder.block("equation", self._at(row), text)

    def _float(self, tag: Tag, kind: BlockKind) -> None:
        """A figure or table with its caption, which goes with the first table, and what else stands in it."""
        caption = _caption_of(tag)
        pieces: tuple[Piece, ...] = (self._at(caption), *self.inline.pieces(*caption.children)) if caption else ()
        found = _CAPTION_LABEL.match(" ".join("".join(plain(p) for p in pieces).split()))
        label = found.group().strip() if found else ""
        tables = _tables_of(tag)
        for place, table in enumerate(tables):
            self.builder.table(cells_of(table, self.inline), pieces if place == 0 else (), label)
        if pieces and not tables:
            self.builder.block("caption", *pieces)
        self._notes()
        if not is_table(tag):
            self._written |= {id(t) for t in (caption, *tables) if t is not None}
            self._children(tag, kind)

    def _flush(self, kind: BlockKind) -> None:
        """Write the inline content gathered so far as one block."""
        if self._run:
            run, self._run = self._run, []
            if any(isinstance(n, Tag) or str(n).strip() for n in run):
                display = [n for n in run if isinstance(n, Tag) or str(n).strip()]
                if len(display) == 1 and isinstance(display[0], Tag) and display[0].get("display") == "block":
                    self.builder.block("equation", self._at(display[0]), formula(display[0]))
                else:
                    self.builder.block(kind, self._at(run[0]), *self.inline.pieces(*run))
            self._notes()

    def _notes(self) -> None:
        """Write the footnotes that the last block carried."""
        notes, self.inline.footnotes = self.inline.footnotes, []
        for pieces in notes:
            self.builder.block("footnote", *pieces)

    def _at(self, node: PageElement) -> At:
        """The place of an element: the page and the nearest anchor at or above it."""
        tag = node if isinstance(node, Tag) else node.parent
        while tag is not None and not tag.get("id"):
            tag = tag.parent
        return At(file=f"{self.page or 'page'}#{tag['id']}" if tag is not None else self.page or "page")


def _caption_of(tag: Tag) -> Tag | None:
    """The caption of a figure or table itself, not that of a figure inside it."""
    captions = (t for t in tag.find_all(_is_caption) if isinstance(t, Tag))
    return next((c for c in captions if _around(c, _is_float) is tag), None)


def _tables_of(tag: Tag) -> list[Tag]:
    """The tables of a figure, without those in a figure inside it or in a cell; a table is its own."""
    if is_table(tag):
        return [tag]
    tables = (t for t in tag.find_all(is_table) if isinstance(t, Tag))
    return [t for t in tables if _around(t, lambda around: _is_float(around) or is_table(around)) is tag]


def _is_caption(tag: Tag) -> bool:
    return tag.name in ("figcaption", "caption") or "ltx_caption" in classes(tag)


def _is_float(tag: Tag) -> bool:
    return tag.name in ("figure", "table") or "ltx_float" in classes(tag)


def _around(tag: Tag, wanted: Callable[[Tag], bool]) -> Tag | None:
    """The nearest element around `tag` that is wanted."""
    parent = tag.parent
    while parent is not None and not wanted(parent):
        parent = parent.parent
    return parent
