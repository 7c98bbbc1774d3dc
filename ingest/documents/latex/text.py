r"""Running text written as LaTeX that pandoc reads, with marks for all that pandoc shall not touch."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod

from ingest.documents.latex import marks
from ingest.documents.latex.layout import LEVELS, Heading, LayoutCounter
from ingest.documents.tex.accents import ACCENTS, accented
from ingest.documents.tex.arguments import Pending, Tokens
from ingest.documents.tex.mathematics import math_text, symbols, text_mode
from ingest.documents.tex.tokens import (
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

_CITES = re.compile(
    r"\\(?:[Cc]ite(?:s|p|t|alt|alp|author|num|year|yearpar|text|al[pt])?\*?|(?:auto|paren|text|full|foot|super|online|smart)"
    r"cites?|onlinecite|citenum|citen|Refcite|mcite)$"
)
_REFS = frozenset(
    "\\ref \\eqref \\autoref \\cref \\Cref \\subref \\pageref \\vref \\fref \\tref \\sref \\nameref \\labelcref".split()
)
_TO_PANDOC = frozenset("\\\\ \\% \\& \\_ \\# \\$ \\{ \\} \\item \\footnote \\url \\href".split())
_DROPPED = frozenset(
    "\\- \\/ \\! \\@ \\( \\) \\bf \\it \\rm \\em \\sc \\tt \\sl \\sf \\bfseries \\itshape \\rmfamily "
    "\\sffamily \\ttfamily \\scshape \\upshape \\mdseries \\normalfont \\slshape \\textbf \\textit \\emph "
    "\\texttt \\textsc \\textrm \\textsf \\textup \\textsl \\textmd \\textnormal \\text \\cgtext \\par "
    "\\protect \\hline \\toprule \\midrule \\bottomrule \\and \\footnotemark \\appendix \\nonumber \\notag "
    "\\url \\bibitem \\cgstack \\cgbig \\displaylimits".split()
)
_SPACES = {
    "\\ ",
    "\\,",
    "\\;",
    "\\:",
    "\\>",
    "\\quad",
    "\\qquad",
    "\\enspace",
    "\\space",
    "\\thinspace",
    "\\nobreakspace",
}
_LETTERS = {
    "\\LaTeX": "LaTeX",
    "\\TeX": "TeX",
    "\\textendash": "–",
    "\\textemdash": "—",
    "\\textquoteleft": "‘",
    "\\textquoteright": "’",
    "\\textquotedblleft": "“",
    "\\textquotedblright": "”",
    "\\lq": "‘",
    "\\rq": "’",
    "\\slash": "/",
    "\\today": "",
}
_SPECIAL = re.compile(r"[\\$&#%{}]")


class TextWriter(ABC):
    """Writes one part; environments and captions are the matter of a class derived from it."""

    def __init__(self, reader: LayoutCounter, tokens: Tokens, body: bool) -> None:
        self.reader, self.layout, self.pending = reader, reader.layout, Pending(tokens)
        self.out: list[str] = []
        self.depth = 0
        self.line = -1
        self.fresh = True
        self.body = body
        self.item = False
        self.open_lists: list[str] = []

    @abstractmethod
    def environment(self, token: Token) -> None:
        r"""What `\begin` opens."""

    @abstractmethod
    def end(self, token: Token) -> None:
        r"""What `\end` closes."""

    @abstractmethod
    def caption(self, token: Token) -> None:
        """A caption of whatever kind."""

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
        self.out.extend(f"\n\\end{{{name}}}" for name in reversed(self.open_lists) if name)
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
                if following.text == "$$" and token.text == "$":  # two formulas in a row: $a$$b$
                    self.pending.rest.append(following._replace(text="$"))
                break
            depth += (following.kind == OPEN) - (following.kind == CLOSE)
            ends = following.kind == COMMAND and following.text in ("\\item", "\\section", "\\subsection", "\\caption")
            if (following.kind == PARAGRAPH or ends) and token.text == "$":
                self.pending.rest.append(following)
                self.reader.warn(token, "a formula that does not end before the paragraph does")
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
            labels = names_in(self.pending.argument())
            self.layout.references.append((name, labels))
            self.place(token)
            self.out.append(marks.mark(marks.CROSS_REFERENCE, len(self.layout.references) - 1))
        elif name == "\\label":
            for label in names_in(self.pending.argument(), separator=None):
                self.layout.labels[label] = self.reader.current
        elif name == "\\[":
            self.equation(self.until("\\]"))
        elif name == "\\(":
            self.out.append(self.reader.formula(self.until("\\)")))
        elif name == "\\ensuremath":
            self.place(token)
            self.out.append(self.reader.formula(self.pending.argument()))
        elif name in ("\\caption", "\\topcaption", "\\captionof", "\\subcaption", "\\cgsubcaption", "\\bicaption"):
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
        inner = type(self)(self.reader, self.pending.argument(), False)
        inner.depth = 0
        inner.line, inner.fresh = self.line, False
        text = inner.written().replace("\n\n", " ")
        self.out.append(f"\\footnote{{{text}}}")

    def symbol(self, token: Token) -> None:
        name, table = token.text[1:], symbols()
        known = (
            table.letters.get(name)
            or table.relations.get(name)
            or table.operators.get(name)
            or table.functions.get(name)
        )
        if known:
            self.place(token)
            self.out.append(self.reader.literal(known))
        elif name in table.accents or name in (
            "mathrm",
            "mathit",
            "mathbf",
            "mathcal",
            "frac",
            "sqrt",
            "vec",
            "rightarrow",
        ):
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
            blank = (
                following is not None
                and following.kind in (WORD, MATH, LITERAL)
                and following.text[:1] not in ".,;:)]'’-/"
            )
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
        keys = names_in(self.pending.argument())
        if token.text.endswith("cites"):
            while (following := self.pending.peek()) is not None and following.kind == OPEN:
                keys += names_in(self.pending.argument())
        if keys:
            self.layout.citations.append(keys)
            self.out.append(marks.mark(marks.CITATION, len(self.layout.citations) - 1))

    def heading(self, token: Token) -> None:
        starred = self.pending.take_word("*")
        while self.pending.optional() is not None:  # memoir takes two: for the contents and for the page head
            pass
        title = self.pending.argument()
        number = "" if starred else self.reader.number_section(token.text[1:])
        if token.text == "\\chapter" and self.reader.chapters:
            self.reader.counts = dict.fromkeys(self.reader.counts, 0)
        self.reader.current = ("section", number)
        self.layout.headings.append(Heading(LEVELS[token.text[1:]], number, token.place))
        inner = type(self)(self.reader, title, False)
        inner.depth = 1
        text = inner.written().removesuffix("}").replace("\n\n", " ")
        self.out.append(f"\n\n\\section{{{marks.mark(marks.HEADING, len(self.layout.headings) - 1)}{text}}}\n\n")
        self.fresh = True


def names_in(tokens: Tokens, separator: str | None = ",") -> tuple[str, ...]:
    """Keys or labels in an argument, without blanks."""
    text = "".join(t.text for t in tokens if t.kind not in (OPEN, CLOSE) and t.kind != COMMAND)
    found = text.split(separator) if separator else [text]
    return tuple(" ".join(n.split()) for n in found if n.strip())


def _escaped(text: str) -> str:
    return _SPECIAL.sub(lambda m: "\\" + m.group(), text)
