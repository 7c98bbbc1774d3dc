r"""Plain TeX's lengths: `\kern-0.1em`, `\vskip 2cm plus 1fil`, `\parindent=0pt`. They are read over."""

from __future__ import annotations

import re

from ingest.documents.latex.expansion import Expansion, Primitive
from ingest.documents.tex.arguments import Tokens
from ingest.documents.tex.tokens import BLANK, COMMAND, WORD, Token, text_of

_LENGTH = re.compile(r"[+-]*\d*[.,]?\d*\s*(?:true)?(?:pt|mm|cm|in|em|ex|mu|bp|pc|dd|cc|sp|fil+)?")
_REGISTERS = (
    "parskip parindent baselineskip lineskip textwidth textheight hsize vsize tabcolsep arraycolsep topmargin "
    "headheight headsep footskip oddsidemargin evensidemargin columnsep columnwidth linewidth leftskip rightskip "
    "topskip footnotesep abovecaptionskip belowcaptionskip unitlength fboxsep fboxrule arrayrulewidth doublerulesep "
    "abovedisplayskip belowdisplayskip textfloatsep floatsep intextsep itemsep parsep topsep hangindent jot "
    "marginparwidth marginparsep paperwidth paperheight bibsep cmidrulewidth lightrulewidth heavyrulewidth "
    "aboverulesep belowrulesep"
).split()
_NUMBERS = (
    "tolerance pretolerance hyphenpenalty exhyphenpenalty widowpenalty clubpenalty interlinepenalty hbadness vbadness "
)
_NUMBERS += "pdfoutput pdfinclusioncopyfonts pdfminorversion binoppenalty relpenalty hangafter emergencystretch penalty"


def _skip(e: Expansion, call: Token, out: Tokens) -> None:
    """Drop the length or number that follows, with `plus` and `minus`; a register used as a length is one itself."""
    e.pending.take_word("=")
    if not _skip_length(e):
        return
    for word in ("plus", "minus"):
        following = e.pending.peek()
        while following is not None and following.kind == " ":
            e.pending.rest.pop()
            following = e.pending.peek()
        if following is not None and following.text == word:
            e.pending.rest.pop()
            _skip_length(e)


def _skip_length(e: Expansion) -> bool:
    """Drop one length; a sign, digits and a unit may come as several tokens."""
    e.pending.skip_blanks() if e.pending.rest and e.pending.rest[-1].kind == " " else None
    token = e.pending.peek()
    if token is None:
        return False
    if token.kind == COMMAND:
        return _drop_register(e, token)
    if token.kind != WORD:
        return False
    match = _LENGTH.match(token.text)
    if match is None or not match.group():
        return False
    taken, rest = match.group(), token.text[match.end() :]
    e.pending.rest.pop()
    if rest:
        e.pending.rest.append(token._replace(text=rest))
        return True
    if taken[-1:].isdecimal() or taken[-1:] in "+-.":  # the unit is the next word, or a register
        following = e.pending.peek()
        if following is not None and following.kind == " " and len(e.pending.rest) > 1:
            unit = _LENGTH.fullmatch(e.pending.rest[-2].text)
            if unit and e.pending.rest[-2].text in ("pt", "mm", "cm", "in", "em", "ex"):
                del e.pending.rest[-2:]
        elif following is not None and following.kind == COMMAND:
            _drop_register(e, following)
    return True


def _drop_register(e: Expansion, token: Token) -> bool:
    if token.text[1:] in _REGISTERS or token.text in ("\\dimexpr", "\\p@", "\\z@"):
        e.pending.rest.pop()
        return True
    return False


def _space(e: Expansion, call: Token, out: Tokens) -> None:
    r"""`\hspace{1cm}` is a blank; `Ge\hspace{-.08em}V` moves letters of one word together."""
    e.pending.take_word("*")
    if not text_of(e.pending.argument()).lstrip().startswith("-"):
        out.append(Token(BLANK, " ", call.place))


def _number(e: Expansion, call: Token, out: Tokens) -> None:
    e.pending.take_word("=")
    _skip_length(e)


def _register(e: Expansion, call: Token, out: Tokens) -> None:
    r"""`\parindent=0pt` and `\parindent 0pt` set; `\parindent` alone, before a letter, is only named."""
    following = e.pending.peek()
    if (
        following is not None
        and following.kind == WORD
        and (following.text == "=" or following.text[0] in "-+.0123456789")
    ):
        _skip(e, call, out)


def _the(e: Expansion, call: Token, out: Tokens) -> None:
    r"""`\the\year` and `\number\value{…}` print what only a run of LaTeX knows."""
    following = e.pending.peek()
    if following is not None and following.kind == COMMAND:
        e.pending.rest.pop()
        if following.text in ("\\value", "\\numexpr"):
            e.pending.argument()


MEASURES: dict[str, Primitive] = {
    **dict.fromkeys(
        (
            "\\kern",
            "\\mkern",
            "\\mskip",
            "\\hskip",
            "\\vskip",
            "\\raise",
            "\\lower",
            "\\moveleft",
            "\\moveright",
            "\\vrule",
        ),
        _skip,
    ),
    "\\hspace": _space,
    **dict.fromkeys([f"\\{name}" for name in _REGISTERS], _register),
    **dict.fromkeys([f"\\{name}" for name in _NUMBERS.split()], _number),
    "\\the": _the,
    "\\number": _the,
    "\\romannumeral": _the,
}
