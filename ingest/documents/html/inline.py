"""Running text inside a block: words, formulas, citations, footnotes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from bs4.element import Comment, NavigableString, PreformattedString, Tag

from ingest.documents.document import Cite, Piece
from ingest.documents.html.mathml import mathml_text
from ingest.documents.normal import normalise
from ingest.documents.tex.mathematics import math_text
from ingest.documents.tex.tokens import Token, tokens_of

SKIPPED = frozenset(
    "script style nav noscript template svg form button iframe input select textarea head footer object video audio "
    "canvas dialog".split()
)
SKIPPED_CLASSES = frozenset(
    "ltx_page_footer ltx_page_header ltx_page_navbar ltx_TOC ltx_authors ltx_dates ltx_note_mark ltx_tag_note "
    "ltx_tag_item ltx_tag_equation ltx_tag_equationgroup ltx_eqn_eqno ltx_pagination ltx_rule ltx_note_type "
    "package-alerts".split()
)
_LONGEST_TEX = 20_000
_LONGEST_RANGE = 200
# LaTeXML writes a blank of any width as its length: `\hskip 22.7pt`
_LENGTH = r"(?:-?[\d.]+)\s*(?:pt|em|ex|mu|cm|mm|in|pc|bp|dd|cc|sp|fil+)"
_SKIP = re.compile(
    rf"\\(?:hskip|mskip|kern|mkern)\s*(-?[\d.]+)\s*(pt|em|ex|mu|cm|mm|in|pc|bp|dd|cc|sp)"
    rf"(?:\s*(?:plus|minus)\s*{_LENGTH})*"
)
# the width from which on a blank separates words, in each unit; less is a correction between letters
_SEPARATING = {"pt": 1.5, "mu": 2.5, "em": 0.12, "ex": 0.3, "bp": 1.5, "mm": 0.5, "sp": 1e5}


def classes(tag: Tag) -> frozenset[str]:
    """The classes of an element."""
    value = tag.get("class")
    return frozenset(value.split() if isinstance(value, str) else value or ())


def is_skipped(tag: Tag) -> bool:
    """Whether an element is no part of the paper's text."""
    return tag.name in SKIPPED or not SKIPPED_CLASSES.isdisjoint(classes(tag)) or tag.get("hidden") is not None


@dataclass
class InlineReader:
    """Turns inline elements into pieces.

    `bibliography` maps the anchors of reference entries to the labels they are cited by. Footnotes are
    gathered in `footnotes`, to be written after the block they hang on; `errors` has what LaTeXML could not
    convert.
    """

    bibliography: Mapping[str, str]
    footnotes: list[tuple[Piece, ...]] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def pieces(self, *nodes: object) -> list[Piece]:
        """The pieces of the nodes in order."""
        found: list[Piece] = []
        for node in nodes:
            if isinstance(node, Tag):
                found += self._tag(node)
            elif isinstance(node, NavigableString) and not isinstance(node, Comment | PreformattedString):
                found.append(normalise(str(node)))
        return found

    def text(self, *nodes: object) -> str:
        """The text of the nodes with blanks folded."""
        return " ".join("".join(plain(p) for p in self.pieces(*nodes)).split())

    def _tag(self, tag: Tag) -> list[Piece]:
        kinds = classes(tag)
        if is_skipped(tag):
            return []
        if tag.name == "math" or "ltx_Math" in kinds:
            return [formula(tag)]
        if "ltx_ERROR" in kinds:
            self.errors.append(tag.get_text(" ", strip=True))
            return []
        if "ltx_role_footnote" in kinds or "ltx_role_thanks" in kinds:
            self.footnotes.append(tuple(self.pieces(*tag.children)))
            return []
        if tag.name == "br":
            return [" "]
        if "ltx_cite" in kinds:
            return self._cite(tag)
        if tag.name == "a" and (label := self._label_of(tag)):
            return [Cite(self._plain(tag), (label,))]
        if tag.name in ("sub", "sup"):
            return self._script(tag)
        inside = self.pieces(*tag.children)
        # cells and paragraphs that are read as running text stay apart
        return [" ", *inside, " "] if tag.name in ("p", "div", "td", "th", "tr", "li") or "ltx_td" in kinds else inside

    def _cite(self, tag: Tag) -> list[Piece]:
        labels = [self._label_of(a) for a in tag.find_all("a")]
        text = self._plain(tag)
        # "[3-5]" links its ends only
        for first, last in re.findall(r"(\d+)\s*[-–—]\s*(\d+)", text):
            if first in labels and last in labels and int(last) - int(first) < _LONGEST_RANGE:
                between = [str(n) for n in range(int(first) + 1, int(last))]
                place = labels.index(first) + 1
                labels[place:place] = [label for label in between if label in self.bibliography.values()]
        found = tuple(dict.fromkeys(label for label in labels if label))
        return [Cite(text, found)] if found else [text]

    def _label_of(self, tag: Tag) -> str:
        target = tag.get("href")
        return self.bibliography.get(target.rsplit("#", 1)[-1], "") if isinstance(target, str) and "#" in target else ""

    def _script(self, tag: Tag) -> list[Piece]:
        inside = self.pieces(*tag.children)
        if any(isinstance(p, Cite) for p in inside):
            return inside
        text = "".join(plain(p) for p in inside).strip()
        return [("_" if tag.name == "sub" else "^") + text] if text else []

    def _plain(self, tag: Tag) -> str:
        return " ".join(normalise(tag.get_text()).split())


def formula(tag: Tag) -> str:
    """The text of a formula: from its TeX, as LaTeXML keeps it, so that it reads as in the LaTeX edition.

    Where there is none, or it has commands that nothing is known about, from MathML.
    """
    tex = str(tag.get("alttext") or ("" if tag.name == "math" else tag.get("alt") or tag.get_text()))
    tex = _SKIP.sub(_blank, tex)
    unknown: list[Token] = []
    text = " ".join(math_text(tokens_of(tex), unknown.append).split()) if len(tex) <= _LONGEST_TEX else ""
    if tag.name == "math" and (unknown or not text):
        return mathml_text(tag) or text
    return text


def _blank(skip: re.Match[str]) -> str:
    try:
        width = float(skip[1])
    except ValueError:
        return ""
    return r"\quad " if width >= _SEPARATING.get(skip[2], 0.05) else " "


def plain(piece: Piece) -> str:
    """A piece as text."""
    return piece.text if isinstance(piece, Cite) else piece if isinstance(piece, str) else ""
