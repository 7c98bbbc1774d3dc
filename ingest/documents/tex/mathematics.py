r"""Formulas as plain Unicode text: `p_{\mathrm{T}} > 7~\mathrm{GeV}` reads `p_T > 7 GeV`.

Subscripts come before superscripts, relations and ± have blanks round them, fonts and sizes are dropped.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from ingest.documents.normal import normalise
from ingest.documents.tex.accents import ACCENTS, accented
from ingest.documents.tex.arguments import Pending, Tokens
from ingest.documents.tex.tokens import (
    AMPERSAND,
    CLOSE,
    COMMAND,
    LITERAL,
    MATH,
    OPEN,
    SCRIPT,
    TIE,
    VERBATIM,
    WORD,
    Token,
    is_blank,
)
from kg.datafiles import data_path

_BLANKS = frozenset(
    "\\, \\; \\: \\> \\quad \\qquad \\enspace \\enskip \\thinspace \\space \\nobreakspace \\\t".split()
) | {"\\ "}
_NOTHING = frozenset(
    "\\! \\/ \\- \\@ \\left \\right \\middle \\big \\Big \\bigg \\Bigg \\bigl \\bigr \\Bigl \\Bigr \\biggl "
    "\\biggr \\Biggl \\Biggr \\bigm \\Bigm \\rm \\it \\bf \\sf \\tt \\cal \\sl \\sc \\em \\mit \\bfseries "
    "\\itshape \\rmfamily \\sffamily \\mathrm \\mathit \\mathbf \\mathsf \\mathtt \\mathcal \\mathbb "
    "\\mathfrak \\mathscr \\mathnormal \\vec \\overrightarrow \\ensuremath \\mathop \\mathrel \\mathbin "
    "\\mathord \\mathopen \\mathclose \\mathpunct \\underline \\boxed \\upright \\nonumber \\notag "
    "\\normalfont \\strut \\mathstrut \\displaylimits \\unboldmath \\symup \\symbf \\mathup \\textstyle \\( "
    "\\) \\[ \\] \\underbrace \\overbrace \\upshape \\mdseries \\ttfamily \\fam \\kern \\mkern \\mskip".split()
)
_TEXT = frozenset(
    "\\text \\cgtext \\textrm \\textbf \\textit \\textsf \\texttt \\textnormal \\textup \\textsl \\textsc "
    "\\intertext".split()
)
_SECOND_OF_TWO = frozenset(("\\overset", "\\underset", "\\stackrel", "\\hspace", "\\textcolor"))
_DROPPED = frozenset(("\\label", "\\tag", "\\cite", "\\ref", "\\eqref", "\\footnote", "\\hskip", "\\color", "\\tag*"))
_UNITS = "[kMGTP]?eV|fb|pb|nb|mb|[mcnμk]?m|m?rad|[nμmp]s|[kMG]?Hz"
_GLUED_UNIT = re.compile(rf"(?<![\w.^_])(\d+(?:\.\d+)?)({_UNITS})(?![\w(])")
_UNARY = "~±∓"


class Symbols(NamedTuple):
    """What commands of mathematics print, from `data/latex/symbols.toml`."""

    relations: dict[str, str]
    operators: dict[str, str]
    functions: dict[str, str]
    letters: dict[str, str]
    accents: dict[str, str]


@cache
def symbols() -> Symbols:
    """The tables of symbols, read once."""
    table = tomllib.loads(data_path("latex", "symbols.toml").read_text("utf-8"))
    return Symbols(*(dict(table[name]) for name in Symbols._fields))


Warn = Callable[[Token], None]


def math_text(tokens: Tokens, warn: Warn = lambda token: None) -> str:
    r"""A formula's tokens, macros expanded, as plain text; `warn` is told of commands that nothing is known about.

    >>> from ingest.documents.tex.tokens import tokens_of
    >>> math_text(tokens_of(r"1.37 < |\eta| < 1.52"))
    '1.37 < |η| < 1.52'
    >>> math_text(tokens_of(r"E^{\mathrm{miss}}_{\mathrm{T}}\geq 30\,\text{GeV}"))
    'E_T^miss ≥ 30 GeV'
    """
    text = _Formula(tokens, warn).read()
    text = _GLUED_UNIT.sub(r"\1 \2", re.sub(r"[ \t]+", " ", text)).lstrip()
    return re.sub(r"(?:; )+$", "", re.sub(r"^(?:; )+", "", text)).rstrip(";")


def text_mode(tokens: Tokens, warn: Warn = lambda token: None) -> str:
    """Words inside a formula (or a name) as plain text; `$…$` inside is a formula again."""
    pending, parts = Pending(tokens), []
    while pending.rest:
        token = pending.rest.pop()
        if token.kind == MATH:
            inner: Tokens = []
            while pending.rest and pending.rest[-1].kind != MATH:
                inner.append(pending.rest.pop())
            if pending.rest:
                pending.rest.pop()
            parts.append(math_text(inner, warn))
        elif token.kind == COMMAND:
            name = token.text[1:]
            table = symbols()
            if token.text == "\\ensuremath":
                parts.append(math_text(pending.argument(), warn))
            elif token.text in _BLANKS or token.text == "\\\\":
                parts.append(" ")
            elif token.text in _DROPPED or token.text == "\\hspace":
                pending.argument()
            elif token.text in ACCENTS:
                parts.append(accented(token, pending))
            else:
                parts.append(table.letters.get(name) or table.relations.get(name) or table.operators.get(name) or "")
        elif token.kind == TIE or is_blank(token):
            parts.append(" ")
        elif token.kind == SCRIPT:
            parts.append(token.text + math_text(pending.argument(), warn))
        elif token.kind not in (OPEN, CLOSE, VERBATIM, AMPERSAND):
            parts.append(token.text)
    return normalise("".join(parts).replace("---", "—").replace("--", "–").replace("``", "“").replace("''", "”"))


class _Formula:
    """One pass over a formula; `parts` is what has been written so far."""

    def __init__(self, tokens: Tokens, warn: Warn, *, script: bool = False) -> None:
        self.pending, self.warn, self.script = Pending(tokens), warn, script
        self.parts: list[str] = []
        self.after_script = False
        self.table = symbols()

    def read(self) -> str:
        while self.pending.rest:
            token = self.pending.rest.pop()
            if token.kind == COMMAND:
                self.command(token)
            elif token.kind == SCRIPT:
                self.scripts(token)
            elif token.kind == OPEN:
                self.write(self.inner(self.pending.group()))
            elif token.kind == TIE or token.kind == AMPERSAND:
                self.parts.append(" ")
            elif token.kind == LITERAL:
                self.literal(token.text)
            elif token.kind == WORD:
                self.characters(token.text)
        return normalise("".join(self.parts))

    def inner(self, tokens: Tokens) -> str:
        return _Formula(tokens, self.warn, script=self.script).read()

    def last(self) -> str:
        """The last character written, blanks left out; "" at the start."""
        for part in reversed(self.parts):
            if part.strip():
                return part.strip()[-1]
        return ""

    def write(self, text: str) -> None:
        """Append text that is no relation; a letter or digit right after a script needs a blank to end it."""
        if not text:
            return
        if self.after_script and text[0].isalnum() and self.last().isalnum():
            self.parts.append(" ")
        self.after_script = False
        self.parts.append(text)

    def literal(self, text: str) -> None:
        if self.parts and self.parts[-1][-1:].isalnum() and text[:1].isalnum():
            self.parts.append(" ")
        self.write(text)

    def relation(self, sign: str) -> None:
        if self.script:
            self.write(sign)
            return
        last = self.last()
        self.after_script = False
        if sign in _UNARY and (not last or last in "([{<>=≥≤≈,;/|"):
            self.parts.append(sign)
        elif sign in "<>=" and self.parts and last in "<>=:" and self.parts[-1].strip() == last:
            self.parts[-1] = self.parts[-1].rstrip() + sign + " "
        else:
            self.parts.append(f" {sign} ")

    def characters(self, text: str) -> None:
        for index, character in enumerate(text):
            if character in self.table.relations:
                self.relation(character)
            elif character == "'":
                self.parts.append("′")
            elif character == ",":
                following = text[index + 1] if index + 1 < len(text) else ""
                upcoming = self.pending.peek()
                blank = not following and upcoming is not None and is_blank(upcoming)
                number = following.isdecimal() or (
                    not following and upcoming is not None and upcoming.text[:1].isdecimal()
                )
                self.parts.append("," if self.script or (number and not blank) else ", ")
                self.after_script = False
            else:
                self.write(character)

    def command(self, token: Token) -> None:
        name, text = token.text[1:], token.text
        table = self.table
        if text in _NOTHING:
            if text in ("\\left", "\\right", "\\middle") and self.pending.take_word("."):
                pass
        elif text in _BLANKS:
            self.parts.append(" ")
        elif name == "not":
            self.negated()
        elif name in table.relations:
            self.relation(table.relations[name])
        elif name in table.operators:
            self.relation(table.operators[name])
        elif name in table.functions or name in ("operatorname", "mathrmop"):
            self.function(table.functions.get(name) or self.operator_name())
        elif name in table.accents:
            self.write(_accented(self.inner(self.pending.argument()), table.accents[name]))
        elif name in table.letters:
            self.write(table.letters[name])
        elif text in _TEXT:
            self.words(text_mode(self.pending.argument(), self.warn))
        elif name in ("frac", "dfrac", "tfrac", "cfrac"):
            above, below = self.inner(self.pending.argument()), self.inner(self.pending.argument())
            if self.parts and self.parts[-1][-1:].isalnum() and not self.script:
                self.parts.append(" ")
            self.write(f"{_bracketed(above)}/{_bracketed(below, denominator=True)}")
            self.after_script = True
        elif name == "sqrt":
            root = self.pending.optional()
            self.write(_root(self.inner(self.pending.argument()), self.inner(root) if root else ""))
        elif name == "binom":
            above, below = self.inner(self.pending.argument()), self.inner(self.pending.argument())
            self.write(f"({above} over {below})")
        elif text in _SECOND_OF_TWO or text in _DROPPED:
            self.pending.argument()
        elif name in ("begin", "end"):
            self.environment(name)
        elif name in ("\\", "cr", "newline"):
            self.pending.optional()
            self.parts.append("; " if self.last() not in ("", ",", ";") else " ")
        elif name == "hline":
            pass
        else:
            self.warn(token)
            self.write(name if name.isalpha() else "")

    def words(self, text: str) -> None:
        if self.parts and self.parts[-1][-1:].isalpha() and text[:1].isalpha() and len(text) > 2 and not self.script:
            self.parts.append(" ")
        self.write(text)

    def negated(self) -> None:
        following = self.pending.argument()
        sign = _Formula(following, self.warn).read().strip()
        self.relation({"=": "≠", "∈": "∉", "<": "≮", ">": "≯"}.get(sign, unicodedata.normalize("NFC", sign + "\u0338")))

    def operator_name(self) -> str:
        self.pending.take_word("*")
        return _Formula(self.pending.argument(), self.warn, script=True).read()

    def function(self, name: str) -> None:
        if self.parts and self.parts[-1][-1:].isalnum() and not self.script:
            self.parts.append(" ")
        self.write(name)
        following = self.pending.peek()
        while following is not None and (is_blank(following) or following.text == "\\!"):
            self.pending.rest.pop()
            following = self.pending.peek()
        if following is None or following.text in ("\\}", "\\rangle", "\\rvert", "\\mid", "\\vert"):
            return
        named = following.text[1:] in self.table.letters or following.text[1:] in self.table.functions
        if following.text[:1].isalnum() or named:
            self.parts.append(" ")

    def environment(self, which: str) -> None:
        name = "".join(t.text for t in self.pending.argument())
        if which == "begin" and name in ("array", "alignat", "alignat*", "alignedat", "subarray"):
            self.pending.optional()
            self.pending.argument()

    def scripts(self, token: Token) -> None:
        r"""A script and the one that may follow it, lower before upper."""
        lower, upper = "", ""
        while True:
            text = _Formula(self._script_argument(), self.warn, script=True).read().strip()
            if token.text == "_":
                lower += text
            else:
                upper += text
            self.pending.skip_blanks()
            following = self.pending.peek()
            while following is not None and following.kind == WORD and following.text.startswith("'"):
                self.pending.take_word("'")
                upper = "′" + upper
                following = self.pending.peek()
            if following is None or following.kind != SCRIPT:
                break
            token = self.pending.rest.pop()
        while self.parts and self.parts[-1] == " ":
            self.parts.pop()
        text = (f"_{_grouped(lower)}" if lower else "") + _raised(upper, self.last())
        if not text:
            return
        self.parts.append(text)
        self.after_script = True

    def _script_argument(self) -> Tokens:
        argument = self.pending.argument()
        takes_one = argument and argument[0].kind == COMMAND and len(argument) == 1
        if takes_one and (
            argument[0].text in _TEXT or argument[0].text in _NOTHING or argument[0].text[1:] in self.table.accents
        ):
            return [*argument, Token(OPEN, "{"), *self.pending.argument(), Token(CLOSE, "}")]
        return argument


def _grouped(text: str) -> str:
    """A script that is a sum in brackets, so that its end shows: `α^(1-x)`, but `10^-3`, `e^+`, `N_b-jets`."""
    return f"({text})" if re.search(r"[\w)](?:\+[\w(]|-(?:[\d(]|\w(?![^\W_])))", text) else text


def _raised(text: str, base: str) -> str:
    if not text:
        return ""
    if text in ("∘", "°") or (text in ("o", "O") and base.isdecimal()):
        return "°"
    if set(text) == {"′"}:
        return text
    return "′" + "^" + text.replace("′", "") if text.startswith("′") else f"^{_grouped(text)}"


def _accented(text: str, accent: str) -> str:
    """One letter with its accent; over more than one letter the accent is dropped."""
    text = text.strip()
    base, tail = text[:1], text[1:]
    if not base.isalpha() or (tail and not tail.startswith(("_", "^"))):
        return text
    return unicodedata.normalize("NFC", base + accent) + tail


def _bracketed(text: str, *, denominator: bool = False) -> str:
    """A numerator or denominator in brackets where it would fall apart without."""
    text = text.strip()
    bare = re.sub(r"\([^()]*\)|\|[^|]*\|", "", text)
    bare = re.sub(r"[_^][+-]", "", bare)
    breaks = re.search(r"[ +\-±×]" + (r"|[/·]" if denominator else ""), bare)
    return f"({text})" if breaks else text


def _root(text: str, order: str) -> str:
    text = text.strip()
    simple = re.fullmatch(r"(?:[^\W\d_]|\d+)(?:[_^][\w,]+)*", text)
    sign = {"3": "∛", "4": "∜"}.get(order.strip(), "√")
    return f"{sign}{text}" if simple else f"{sign}({text})"
