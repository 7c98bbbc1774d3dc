r"""From expanded tokens to the parts of a document: what pandoc shall read, and what was cut out of it before.

Formulas, citations, cross-references, headings, floats and tables are replaced by marks (see `marks`); numbers of
sections, tables, figures and equations are counted as LaTeX does, so that "Table~\ref{tab:cuts}" reads "Table 3".
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from ingest.documents.latex import marks
from ingest.documents.latex.accents import ACCENTS, accented
from ingest.documents.latex.arguments import Pending, Tokens
from ingest.documents.latex.mathematics import math_text, symbols, text_mode
from ingest.documents.latex.tables import TABULARS, SourceTable, read_tabular
from ingest.documents.latex.tokens import (
    AMPERSAND,
    BLANK,
    CLOSE,
    COMMAND,
    LITERAL,
    MATH,
    OPEN,
    PARAGRAPH,
    SCRIPT,
    TIE,
    VERBATIM,
    WORD,
    Token,
    stripped,
)

LEVELS = {"part": 0, "chapter": 1, "section": 2, "subsection": 3, "subsubsection": 4, "paragraph": 5, "subparagraph": 6}
_EQUATIONS = frozenset(
    "equation align alignat flalign gather multline eqnarray displaymath math dmath dgroup split subeqnarray IEEEeqnarray".split()
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
_PICTURES = frozenset("tikzpicture picture feynman feynmandiagram fmffile axopicture pspicture fmfgraph algorithmic asy".split())
_LISTS = frozenset("itemize enumerate description quote quotation".split())
_BIBLIOGRAPHIES = frozenset("thebibliography mcitethebibliography references".split())
# environments that only lay out text, with how many mandatory arguments
_WRAPPERS = {"minipage": 1, "adjustbox": 1, "spacing": 1, "multicols": 1, "wrapfig": 2, "addmargin": 1, "adjustwidth": 2}
_CITES = re.compile(
    r"\\(?:[Cc]ite(?:s|p|t|alt|alp|author|num|year|yearpar|text|al[pt])?\*?|(?:auto|paren|text|full|foot|super|online|smart)"
    r"cites?|onlinecite|citenum|citen|Refcite|mcite)$"
)
_REFS = frozenset("\\ref \\eqref \\autoref \\cref \\Cref \\subref \\pageref \\vref \\fref \\tref \\sref \\nameref \\labelcref".split())
_TO_PANDOC = frozenset("\\\\ \\% \\& \\_ \\# \\$ \\{ \\} \\item \\footnote \\url \\href".split())
_DROPPED = frozenset(
    "\\- \\/ \\! \\@ \\( \\) \\bf \\it \\rm \\em \\sc \\tt \\sl \\sf \\bfseries \\itshape \\rmfamily \\sffamily \\ttfamily "
    "\\scshape \\upshape \\mdseries \\normalfont \\slshape \\textbf \\textit \\emph \\texttt \\textsc \\textrm \\textsf "
    "\\textup \\textsl \\textmd \\textnormal \\text \\cgtext \\par \\protect \\hline \\toprule \\midrule \\bottomrule "
    "\\and \\footnotemark \\appendix \\nonumber \\notag \\url \\bibitem \\cgstack \\cgbig \\textquotedblleft \\displaylimits".split()
)
_SPACES = {"\\ ", "\\,", "\\;", "\\:", "\\>", "\\quad", "\\qquad", "\\enspace", "\\space", "\\thinspace", "\\nobreakspace"}
_LETTERS = {"\\LaTeX": "LaTeX", "\\TeX": "TeX", "\\textendash": "–", "\\textemdash": "—", "\\textquoteright": "’", "\\slash": "/",
            "\\textquoteleft": "‘", "\\textquotedblright": "”", "\\lq": "‘", "\\rq": "’", "\\today": ""}  # fmt: skip


@dataclass
class Heading:
    """A heading: its level (0 part, 1 chapter, 2 section, …), printed number and place."""

    level: int
    number: str
    place: int


@dataclass
class CutTable:
    """A tabular with its cells and captions as parts for pandoc: numbers into `Layout.parts`."""

    table: SourceTable
    cells: list[int]


@dataclass
class Float:
    """A table or figure: captions (part numbers), what else stands in it (a part number), its printed label."""

    kind: str
    captions: list[int]
    content: int | None
    label: str
    tables: list[int] = field(default_factory=list)


@dataclass
class Layout:
    """The document taken apart. `parts[0]` is the body; marks in the parts are numbers into the other lists."""

    parts: list[str] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    formulas: list[str] = field(default_factory=list)
    equations: list[str] = field(default_factory=list)
    citations: list[tuple[str, ...]] = field(default_factory=list)
    references: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    tables: list[CutTable] = field(default_factory=list)
    floats: list[Float] = field(default_factory=list)
    abstracts: list[int] = field(default_factory=list)
    labels: dict[str, tuple[str, str]] = field(default_factory=dict)
    bibliographies: list[Tokens] = field(default_factory=list)
    title_page: list[Tokens] = field(default_factory=list)


class LayoutReader:
    """Reads expanded tokens into a `Layout`; `warn(token, text)` is told of what is left out."""

    def __init__(self, warn: Callable[[Token, str], None], *, chapters: bool) -> None:
        self.layout = Layout()
        self.warn = warn
        self.chapters = chapters
        self.counters = [0] * 7
        self.counts = {"table": 0, "figure": 0, "equation": 0, "algorithm": 0}
        self.appendix = False
        self.current: tuple[str, str] = ("section", "")
        self.open_floats: list[Float] = []
        self.unknown_commands: dict[str, Token] = {}
        self.on_title_page = False

    def part(self, tokens: Tokens, *, body: bool = False) -> int:
        """Write the tokens as a part of its own; its number."""
        number = len(self.layout.parts)
        self.layout.parts.append("")
        self.layout.parts[number] = _Writer(self, tokens, body).written()
        return number

    def formula(self, tokens: Tokens) -> str:
        """A mark for a formula in the line of text."""
        self.layout.formulas.append(math_text(tokens, self.unknown))
        return marks.mark(marks.FORMULA, len(self.layout.formulas) - 1)

    def literal(self, text: str) -> str:
        """A mark for text that is final."""
        self.layout.formulas.append(text)
        return marks.mark(marks.FORMULA, len(self.layout.formulas) - 1)

    def unknown(self, token: Token) -> None:
        """Note a command that nothing defines."""
        self.unknown_commands.setdefault(token.text, token)

    def number_section(self, name: str) -> str:
        """Step the counter of a sectioning command; the number as it prints."""
        level = LEVELS[name]
        self.counters[level] += 1
        for deeper in range(level + 1, 7):
            self.counters[deeper] = 0
        first = 1 if self.chapters else 2
        if level < first or level > 4:
            return ""
        digits = [str(n) for n in self.counters[first : level + 1]]
        if self.appendix:
            digits[0] = chr(64 + min(max(self.counters[first], 1), 26))
        return ".".join(digits)

    def number(self, kind: str) -> str:
        """Step the counter of tables, figures or equations; with chapters numbers restart in each."""
        self.counts[kind] += 1
        chapter = chr(64 + min(max(self.counters[1], 1), 26)) if self.appendix else str(self.counters[1])
        return f"{chapter}.{self.counts[kind]}" if self.chapters else str(self.counts[kind])


class _Writer:
    """Writes one part as LaTeX that pandoc reads."""

    def __init__(self, reader: LayoutReader, tokens: Tokens, body: bool) -> None:
        self.reader, self.layout, self.pending = reader, reader.layout, Pending(tokens)
        self.out: list[str] = []
        self.depth = 0
        self.line = -1
        self.fresh = True
        self.body = body
        self.item = False

    def written(self) -> str:
        while self.pending.rest:
            token = self.pending.rest.pop()
            if token.kind == COMMAND:
                self.command(token)
            elif token.kind == WORD:
                if not (self.item and token.text == "["):
                    self.place(token)
                self.item = False
                self.out.append(_escaped(token.text))
            elif token.kind == BLANK:
                self.out.append(" " if not self.out or self.out[-1] != "\n\n" else "")
            elif token.kind == PARAGRAPH:
                self.paragraph()
            elif token.kind == MATH:
                self.inline_math(token)
            elif token.kind == LITERAL:
                self.place(token)
                self.out.append(self.reader.literal(token.text))
            elif token.kind == OPEN:
                self.depth += 1
                self.out.append("{")
            elif token.kind == CLOSE:
                if self.depth:
                    self.depth -= 1
                    self.out.append("}")
            elif token.kind == TIE:
                self.out.append("~")
            elif token.kind == SCRIPT:
                self.script(token)
            elif token.kind == AMPERSAND:
                self.out.append(" ")
            elif token.kind == VERBATIM:
                self.verbatim(token)
        self.out.append("}" * self.depth)
        return "".join(self.out)

    def paragraph(self) -> None:
        self.out.append("\n\n" if not self.depth else " ")
        self.fresh = True

    def place(self, token: Token) -> None:
        """A mark of the source line, where the line is another than that of the last one."""
        if self.depth or (token.place == self.line and not self.fresh) or not token.place:
            return
        if not self.fresh and self.out and not self.out[-1].endswith((" ", "~")):
            return
        self.line, self.fresh = token.place, False
        self.layout.places.append(token.place)
        self.out.append(marks.mark(marks.PLACE, len(self.layout.places) - 1))

    def script(self, token: Token) -> None:
        """A script outside mathematics: an author's slip, or a name such as `n_jets`."""
        argument = self.pending.argument()
        self.out.append(self.reader.literal(token.text + text_mode(argument)))

    def verbatim(self, token: Token) -> None:
        if token.text.startswith("\\verb"):
            text = token.text.removeprefix("\\verb").lstrip("*")[1:-1]
            self.out.append(self.reader.literal(text))
        elif token.text.startswith("\\begin"):
            self.reader.warn(token, "a listing is left out")
        else:
            self.out.append(token.text.replace("%", "\\%").replace("#", "\\#"))

    def inline_math(self, token: Token) -> None:
        inner: Tokens = []
        depth = 0
        while self.pending.rest:
            following = self.pending.rest.pop()
            if following.kind == MATH and depth <= 0:
                break
            depth += (following.kind == OPEN) - (following.kind == CLOSE)
            if following.kind == PARAGRAPH and depth <= 0 and token.text == "$":
                self.pending.rest.append(following)
                self.reader.warn(token, "a formula that does not end before the paragraph does")
                break
            if following.kind == MATH and following.text == "$$" and token.text == "$":
                break
            inner.append(following)
        if token.text == "$$" and stripped(inner):
            self.equation(inner)
        elif stripped(inner):
            self.place(token)
            self.out.append(self.reader.formula(inner))

    def equation(self, inner: Tokens) -> None:
        """A displayed equation stands as a mark in a paragraph of its own."""
        self.layout.equations.append(math_text(inner, self.reader.unknown))
        mark = marks.mark(marks.EQUATION, len(self.layout.equations) - 1)
        if inner and not self.depth:
            self.layout.places.append(inner[0].place)
            mark = marks.mark(marks.PLACE, len(self.layout.places) - 1) + mark
        self.out.append(f" {mark} ")

    def command(self, token: Token) -> None:
        name = token.text
        self.item = name == "\\item"
        if name == "\\begin":
            self.environment(token)
        elif name == "\\end":
            self.end(token)
        elif name[1:] in LEVELS:
            self.heading(token)
        elif _CITES.match(name):
            self.cite(token)
        elif name in _REFS:
            self.pending.take_word("*")
            labels = _names(self.pending.argument())
            self.layout.references.append((name, labels))
            self.place(token)
            self.out.append(marks.mark(marks.CROSS_REFERENCE, len(self.layout.references) - 1))
        elif name == "\\label":
            for label in _names(self.pending.argument(), separator=None):
                self.layout.labels[label] = self.reader.current
        elif name == "\\[":
            self.equation(self.until("\\]"))
        elif name == "\\(":
            self.out.append(self.reader.formula(self.until("\\)")))
        elif name == "\\ensuremath":
            self.place(token)
            self.out.append(self.reader.formula(self.pending.argument()))
        elif name in ("\\caption", "\\captionof", "\\subcaption", "\\cgsubcaption", "\\bicaption"):
            self.caption(token)
        elif name == "\\appendix":
            self.reader.appendix = True
            self.reader.counters = [0] * 7
        elif name == "\\bibitem":
            self.pending.optional()
            self.pending.argument()
        elif name in _SPACES:
            self.out.append("~")
        elif name == "\\par":
            self.paragraph()
        elif name == "\\footnotetext":
            self.pending.optional()
            self.out.append("\\footnote")
        elif name == "\\footnote":
            self.footnote()
        elif name == "\\item":
            self.fresh = True
            self.out.append("\\item ")
        elif name == "\\\\":
            self.pending.take_word("*")
            self.pending.optional()
            self.out.append("\\\\ " if not self.depth else " ")
        elif name in ACCENTS:
            self.out.append(accented(token, self.pending))
        elif name in _TO_PANDOC:
            self.out.append(name + (" " if name[1:].isalpha() else ""))
        elif name in _LETTERS:
            self.out.append(_LETTERS[name])
        elif name not in _DROPPED:
            self.symbol(token)

    def footnote(self) -> None:
        self.pending.optional()
        inner = _Writer(self.reader, self.pending.argument(), False)
        inner.depth = 0
        inner.line, inner.fresh = self.line, False
        text = inner.written().replace("\n\n", " ")
        self.out.append(f"\\footnote{{{text}}}")

    def symbol(self, token: Token) -> None:
        name, table = token.text[1:], symbols()
        known = table.letters.get(name) or table.relations.get(name) or table.operators.get(name) or table.functions.get(name)
        if known:
            self.place(token)
            self.out.append(self.reader.literal(known))
        elif name in table.accents or name in ("mathrm", "mathit", "mathbf", "mathcal", "frac", "sqrt", "vec", "rightarrow"):
            self.out.append(self.reader.formula([token, Token(OPEN, "{"), *self.pending.argument(), Token(CLOSE, "}")]))
        else:
            self.unknown(token)

    def unknown(self, token: Token) -> None:
        """A command that nothing defines: its argument stands for it, else its name."""
        self.reader.unknown(token)
        following = self.pending.peek()
        if following is not None and following.kind == OPEN:
            argument = self.pending.argument()
            if stripped(argument):
                self.pending.push([Token(OPEN, "{"), *argument, Token(CLOSE, "}")])
                return
            following = None
        if token.text[1:].isalpha():
            self.place(token)
            blank = following is not None and following.kind in (WORD, MATH, LITERAL) and following.text[:1] not in ".,;:)]'’-/"
            self.out.append(self.reader.literal(token.text[1:]) + (" " if blank else ""))

    def until(self, end: str) -> Tokens:
        inner: Tokens = []
        while self.pending.rest:
            token = self.pending.rest.pop()
            if token.kind == COMMAND and token.text == end:
                break
            inner.append(token)
        return inner

    def cite(self, token: Token) -> None:
        self.pending.take_word("*")
        self.pending.optional()
        self.pending.optional()
        keys = _names(self.pending.argument())
        if token.text.endswith("cites"):
            while (following := self.pending.peek()) is not None and following.kind == OPEN:
                keys += _names(self.pending.argument())
        if keys:
            self.layout.citations.append(keys)
            self.out.append(marks.mark(marks.CITATION, len(self.layout.citations) - 1))

    def heading(self, token: Token) -> None:
        starred = self.pending.take_word("*")
        self.pending.optional()
        title = self.pending.argument()
        number = "" if starred else self.reader.number_section(token.text[1:])
        if token.text == "\\chapter" and self.reader.chapters:
            self.reader.counts = dict.fromkeys(self.reader.counts, 0)
        self.reader.current = ("section", number)
        self.layout.headings.append(Heading(LEVELS[token.text[1:]], number, token.place))
        inner = _Writer(self.reader, title, False)
        inner.depth = 1
        text = inner.written().removesuffix("}").replace("\n\n", " ")
        self.out.append(f"\n\n\\section{{{marks.mark(marks.HEADING, len(self.layout.headings) - 1)}{text}}}\n\n")
        self.fresh = True

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
            current.captions.append(self.reader.part(caption))

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
                self.out.append(_Writer(self.reader, cell.content, False).written() + "\n\n")
        elif name in TABULARS and name not in ("longtable", "longtable*"):
            self.table(name, self.environment_content(name), token)
        elif base in _FLOATS:
            self.float(name, _FLOATS[base], self.environment_content(name), token)
        elif base == "abstract" or base == "Abstract":
            self.layout.abstracts.append(self.reader.part(self.environment_content(name)))
        elif base in _BIBLIOGRAPHIES:
            self.layout.bibliographies.append(self.environment_content(name))
        elif base in _PICTURES:
            self.environment_content(name)
        elif base == "titlepage":
            content = self.environment_content(name)
            self.layout.title_page.append(content)
            self.reader.on_title_page = True
            inner = _Writer(self.reader, content, self.body)
            self.out.append(f"\n\n{inner.written()}\n\n")
            self.reader.on_title_page = False
            self.fresh = True
        elif base in _LISTS:
            self.pending.optional()
            self.paragraph()
            self.out.append(f"\\begin{{{base}}}\n")
        else:
            self.pending.optional()
            for _ in range(_WRAPPERS.get(base, 0)):
                self.pending.argument()
            self.paragraph()

    def end(self, token: Token) -> None:
        base = "".join(t.text for t in self.pending.argument()).rstrip("*")
        if base in _LISTS:
            self.out.append(f"\n\\end{{{base}}}")
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
        inner, labels = Tokens(), []
        while content.rest:
            token = content.rest.pop()
            if token.kind == COMMAND and token.text == "\\label":
                labels.extend(_names(content.argument(), separator=None))
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
        cells = [self.reader.part(cell.content) for cell in source.cells]
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
            made.content = self.reader.part(pending.rest[::-1])
        self.reader.current = before
        self.reader.open_floats.pop()
        self.out.append(f"\n\n{marks.mark(marks.FLOAT, number)}\n\n")
        self.fresh = True

    def longtable(self, name: str, content: Tokens, made: Float) -> None:
        source = read_tabular("longtable", content)
        cells = [self.reader.part(cell.content) for cell in source.cells]
        self.layout.tables.append(CutTable(source, cells))
        made.tables.append(len(self.layout.tables) - 1)
        if source.captions:
            self.name_float(made)
            made.captions.append(self.reader.part(source.captions[0]))
        for label in source.labels:
            self.layout.labels[label] = self.reader.current


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


def _names(tokens: Tokens, separator: str | None = ",") -> tuple[str, ...]:
    """Keys or labels in an argument, without blanks."""
    text = "".join(t.text for t in tokens if t.kind not in (OPEN, CLOSE) and t.kind != COMMAND)
    found = text.split(separator) if separator else [text]
    return tuple(" ".join(n.split()) for n in found if n.strip())


_SPECIAL = re.compile(r"[\\$&#%{}]")


def _escaped(text: str) -> str:
    return _SPECIAL.sub(lambda m: "\\" + m.group(), text)
