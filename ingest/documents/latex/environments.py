r"""Environments: formulas, tables, floats and lists are told apart, and each goes its own way."""

from __future__ import annotations

import re

from ingest.documents.latex import marks
from ingest.documents.latex.layout import CutTable, Float, LayoutCounter
from ingest.documents.latex.tables import TABULARS, read_tabular
from ingest.documents.latex.text import TextWriter, names_in
from ingest.documents.tex.arguments import Pending, Tokens
from ingest.documents.tex.tokens import BLANK, CLOSE, COMMAND, OPEN, PARAGRAPH, Token, stripped

_EQUATIONS = frozenset(
    "equation align alignat flalign gather multline eqnarray displaymath math dmath dgroup split subeqnarray "
    "IEEEeqnarray".split()
)
_FLOATS = {
    "table": "table",
    "sidewaystable": "table",
    "wraptable": "table",
    "longtable": "table",
    "deluxetable": "table",
    "table_": "table",
    "figure": "figure",
    "sidewaysfigure": "figure",
    "wrapfigure": "figure",
    "SCfigure": "figure",
    "algorithm": "algorithm",
}
_PICTURES = frozenset(
    "tikzpicture picture feynman feynmandiagram fmffile axopicture pspicture fmfgraph algorithmic asy".split()
)
_LISTS = frozenset("itemize enumerate description quote quotation".split())
_BIBLIOGRAPHIES = frozenset("thebibliography mcitethebibliography references".split())
# environments that only lay out text, with how many mandatory arguments
_WRAPPERS = {
    "minipage": 1,
    "adjustbox": 1,
    "spacing": 1,
    "multicols": 1,
    "wrapfig": 2,
    "addmargin": 1,
    "adjustwidth": 2,
}


MAX_LIST_DEPTH = 8


def write_part(counter: LayoutCounter, tokens: Tokens, *, body: bool = False) -> int:
    """Write the tokens as a part of its own; its number."""
    number = len(counter.layout.parts)
    counter.layout.parts.append("")
    counter.layout.parts[number] = PartWriter(counter, tokens, body).written()
    return number


class PartWriter(TextWriter):
    """Writes one part with all that stands in it; parts within (captions, cells) are written before it is."""

    def caption(self, token: Token) -> None:
        """A caption belongs to the float it stands in; outside of one it is text."""
        self.pending.take_word("*")
        if token.text == "\\captionof":
            self.pending.argument()
        if token.text == "\\cgsubcaption":
            parts = [self.pending.argument(), self.pending.argument()]
            self.pending.push([*parts[1], Token(BLANK, " ")])
            caption = parts[0]
            if len(caption) == 1 and caption[0].text.startswith("\\cgnovalue"):
                caption = []
        else:
            self.pending.optional()
            caption = self.pending.argument()
        floats = self.reader.open_floats
        if not floats:
            self.pending.push([Token(PARAGRAPH, "\n\n"), *caption, Token(PARAGRAPH, "\n\n")])
            return
        current = floats[-1]
        if not current.label and token.text != "\\subcaption" and token.text != "\\cgsubcaption":
            self.name_float(current)
        if stripped(caption):
            current.captions.append(write_part(self.reader, caption))

    def name_float(self, current: Float) -> None:
        number = self.reader.number(current.kind)
        current.label = f"{current.kind.capitalize()} {number}"
        self.reader.current = (current.kind, number)

    def environment(self, token: Token) -> None:
        name = "".join(t.text for t in self.pending.argument())
        base = name.rstrip("*")
        if base in _EQUATIONS:
            self.display(name, base)
        elif name in TABULARS and self.reader.on_title_page:  # there a tabular only places words
            for cell in read_tabular(name, self.environment_content(name)).cells:
                self.out.append(PartWriter(self.reader, cell.content, False).written() + "\n\n")
        elif name in TABULARS and name not in ("longtable", "longtable*"):
            self.table(name, self.environment_content(name), token)
        elif base in _FLOATS:
            self.float(name, _FLOATS[base], self.environment_content(name), token)
        elif base == "abstract" or base == "Abstract":
            self.layout.abstracts.append(write_part(self.reader, self.environment_content(name)))
        elif base in _BIBLIOGRAPHIES:
            self.layout.bibliographies.append(self.environment_content(name))
        elif base in _PICTURES:
            self.environment_content(name)
        elif base == "titlepage":
            content = self.environment_content(name)
            self.layout.title_page.append(content)
            self.reader.on_title_page = True
            inner = PartWriter(self.reader, content, self.body)
            self.out.append(f"\n\n{inner.written()}\n\n")
            self.reader.on_title_page = False
            self.fresh = True
        elif base in _LISTS:
            self.pending.optional()
            self.paragraph()
            shown = base if len(self.open_lists) < MAX_LIST_DEPTH else ""  # deeper ones go on in the innermost
            self.out.append(f"\\begin{{{shown}}}\n" if shown else "")
            self.open_lists.append(shown)
        else:
            self.pending.optional()
            for _ in range(_WRAPPERS.get(base, 0)):
                self.pending.argument()
            if _is_measure(self.pending):
                self.pending.argument()
            self.paragraph()

    def end(self, token: Token) -> None:
        base = "".join(t.text for t in self.pending.argument()).rstrip("*")
        if base in _LISTS and self.open_lists:  # whichever list is open ends, so that the ends match
            shown = self.open_lists.pop()
            self.out.append(f"\n\\end{{{shown}}}" if shown else "")
        self.paragraph()

    def environment_content(self, name: str) -> Tokens:
        r"""The tokens up to the matching `\end{name}`."""
        inner: Tokens = []
        depth = 1
        while self.pending.rest:
            token = self.pending.rest.pop()
            if token.kind == COMMAND and token.text in ("\\begin", "\\end") and _next_name(self.pending) == name:
                depth += 1 if token.text == "\\begin" else -1
                if depth == 0:
                    self.pending.argument()
                    break
            inner.append(token)
        return inner

    def display(self, name: str, base: str) -> None:
        content = Pending(self.environment_content(name))
        if base in ("alignat", "IEEEeqnarray"):
            content.argument()
        inner: Tokens = []
        labels: list[str] = []
        while content.rest:
            token = content.rest.pop()
            if token.kind == COMMAND and token.text == "\\label":
                labels.extend(names_in(content.argument(), separator=None))
            else:
                inner.append(token)
        if not name.endswith("*") and base not in ("displaymath", "math"):
            number = self.reader.number("equation")
            for label in labels:
                self.layout.labels[label] = ("equation", number)
        if base == "math":
            self.out.append(self.reader.formula(inner))
        else:
            self.equation(inner)

    def table(self, name: str, content: Tokens, token: Token) -> int:
        source = read_tabular(name, content)
        cells = [write_part(self.reader, cell.content) for cell in source.cells]
        self.layout.tables.append(CutTable(source, cells))
        number = len(self.layout.tables) - 1
        for label in source.labels:
            self.layout.labels[label] = self.reader.current
        for caption in source.captions:
            self.pending.push([Token(COMMAND, "\\caption", token.place), Token(OPEN, "{"), *caption, Token(CLOSE, "}")])
        if self.reader.open_floats:
            self.reader.open_floats[-1].tables.append(number)
        else:
            self.out.append(f"\n\n{marks.mark(marks.TABLE, number)}\n\n")
            self.fresh = True
        return number

    def float(self, name: str, kind: str, content: Tokens, token: Token) -> None:
        """A float is taken out with its captions and tables; its other text follows it."""
        pending = Pending(content)
        if not name.startswith(("longtable", "deluxetable")):
            pending.optional()
            if name.startswith("wrap"):
                pending.argument()
                pending.optional()
                pending.argument()
        made = Float(kind, [], None, "")
        self.layout.floats.append(made)
        number = len(self.layout.floats) - 1
        self.reader.open_floats.append(made)
        before = self.reader.current
        if name.startswith("longtable"):
            self.longtable(name, content, made)
        else:
            made.content = write_part(self.reader, pending.rest[::-1])
        self.reader.current = before
        self.reader.open_floats.pop()
        self.out.append(f"\n\n{marks.mark(marks.FLOAT, number)}\n\n")
        self.fresh = True

    def longtable(self, name: str, content: Tokens, made: Float) -> None:
        source = read_tabular("longtable", content)
        cells = [write_part(self.reader, cell.content) for cell in source.cells]
        self.layout.tables.append(CutTable(source, cells))
        made.tables.append(len(self.layout.tables) - 1)
        if source.captions:
            self.name_float(made)
            made.captions.append(write_part(self.reader, source.captions[0]))
        for label in source.labels:
            self.layout.labels[label] = self.reader.current


_MEASURE = re.compile(r"[\d.]*\s*(?:cm|mm|in|pt|em|ex|\\\w+)?\s*")


def _is_measure(pending: Pending) -> bool:
    """Whether a width in braces comes next, as after `\\begin{subfigure}`."""
    if not pending.rest or pending.rest[-1].kind != OPEN:
        return False
    inner: list[str] = []
    for token in reversed(pending.rest[-6:-1]):
        if token.kind == CLOSE:
            return bool(_MEASURE.fullmatch("".join(inner)))
        inner.append(token.text)
    return False


def _next_name(pending: Pending) -> str:
    """The environment name in the braces that come next, not taken."""
    rest = pending.rest
    if len(rest) >= 3 and rest[-1].kind == OPEN and rest[-3].kind == CLOSE:
        return rest[-2].text
    parts: list[str] = []
    for token in reversed(rest[-8:]):
        if token.kind == CLOSE:
            break
        if token.kind != OPEN:
            parts.append(token.text)
    return "".join(parts)
