"""TeX's first step: characters to tokens, each with the file and line it came from.

Runs of ordinary characters stay together as one WORD (a macro that wants a single character splits it),
because most of a paper is words and nothing looks inside them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

COMMAND, OPEN, CLOSE, MATH, AMPERSAND, PARAMETER = "\\", "{", "}", "$", "&", "#"
BLANK, PARAGRAPH, WORD, VERBATIM, LITERAL, TIE, SCRIPT, FILE_END = " ", "¶", "w", "v", "u", "~", "^", "e"

_LINES_PER_FILE = 10_000_000
_VERBATIM_ENVIRONMENTS = "verbatim|Verbatim|lstlisting|minted|tcblisting|bashlisting|comment|alltt|filecontents"

_TOKEN = re.compile(
    rf"""(?P<comment>%[^\n]*(?:\n[ \t]*)?)
    | (?P<paragraph>[ \t]*\n(?:[ \t]*\n)+[ \t]*)
    | (?P<blank>[ \t]*\n[ \t]*|[ \t]+)
    | (?P<verb>\\verb\*?(?P<mark>[^a-zA-Z\s*])[^\n]*?(?P=mark))
    | (?P<verbatim>\\begin\s*\{{(?P<env>(?:{_VERBATIM_ENVIRONMENTS})\*?)\}}.*?(?:\\end\s*\{{(?P=env)\}}|\Z))
    | (?P<link>\\(?:url|href|nolinkurl|path)\s*\{{[^{{}}\n]*\}})
    | (?P<command>\\(?:[a-zA-Z]+|.|\n))
    | (?P<parameter>\#+[1-9]?)
    | (?P<special>[{{}}&~^_\[\]*=] | \$\$?)
    | (?P<word>[^\\{{}}$&\#%~^_\[\]*=\s]+)
    | (?P<other>.)""",
    re.X | re.S,
)
_AT_LETTERS = re.compile(r"[a-zA-Z@]+")
_AFTER_COMMAND = re.compile(r"[ \t]*\n(?![ \t]*\n)[ \t]*|[ \t]+(?!\n)")
_KIND = {"{": OPEN, "}": CLOSE, "&": AMPERSAND, "~": TIE, "^": SCRIPT, "_": SCRIPT, "$": MATH, "$$": MATH}


class Token(NamedTuple):
    """A token: its kind (one of this module's capitals), its text, where it came from, how deep in macros."""

    kind: str
    text: str
    place: int = 0
    depth: int = 0


def place_of(file: int, line: int) -> int:
    """File number and line as one number; `file_and_line` is the inverse."""
    return file * _LINES_PER_FILE + line


def file_and_line(place: int) -> tuple[int, int]:
    """(file number, line) of a token's place."""
    return divmod(place, _LINES_PER_FILE)


def tokens_of(text: str, file: int = 0, *, at_letter: bool = False, line: int = 1) -> list[Token]:
    r"""The tokens of a TeX source; `at_letter` says that `@` belongs to command names, as in style files.

    >>> [t.text for t in tokens_of("a \\b{c}% no\n d")]
    ['a', ' ', '\\b', '{', 'c', '}', 'd']
    """
    tokens: list[Token] = []
    position, end, after_comment = 0, len(text), False
    while position < end:
        match = _TOKEN.match(text, position)
        if match is None:
            break
        raw, group, start = match.group(), match.lastgroup, position
        position = match.end()
        place = place_of(file, line)
        commented, after_comment = after_comment, False
        if group == "comment":
            after_comment = True
        elif group == "command":
            name, position = _command(text, start, raw, at_letter)
            if name in ("\\makeatletter", "\\makeatother"):
                at_letter = name == "\\makeatletter"
            else:
                tokens.append(Token(COMMAND, "\\ " if name in ("\\\n", "\\\t") else name, place))
        elif group == "blank":
            if commented and "\n" in raw:
                tokens.append(Token(PARAGRAPH, "\n\n", place))
            else:
                tokens.append(Token(BLANK, " ", place))
        elif group == "paragraph":
            tokens.append(Token(PARAGRAPH, "\n\n", place))
        elif group in ("verb", "verbatim", "link", "mark", "env"):
            tokens.extend(_raw(raw, place))
        elif group == "parameter":
            tokens.append(Token(PARAMETER, raw, place))
        elif group == "special":
            tokens.append(Token(_KIND.get(raw, WORD), raw, place))
        else:
            tokens.append(Token(WORD, raw, place))
        line += text.count("\n", start, position)
    return tokens


def _command(text: str, start: int, raw: str, at_letter: bool) -> tuple[str, int]:
    """A command's name and where its token ends: after a command word TeX skips blanks."""
    if at_letter and (match := _AT_LETTERS.match(text, start + 1)):
        name, position = "\\" + match.group(), match.end()
    else:
        name, position = raw, start + len(raw)
    if name[1:2].isalpha() or name[1:2] == "@":
        blanks = _AFTER_COMMAND.match(text, position)
        position = blanks.end() if blanks else position
    return name, position


def _raw(raw: str, place: int) -> list[Token]:
    """Verbatim text as one token; comment environments as none; links open for their second argument."""
    if raw.startswith(("\\url", "\\href", "\\nolinkurl", "\\path")):
        command, _, address = raw.partition("{")
        opening = [Token(COMMAND, command.strip(), place), Token(OPEN, "{", place)]
        return [*opening, Token(VERBATIM, address[:-1], place), Token(CLOSE, "}", place)]
    if re.match(r"\\begin\s*\{(?:comment|filecontents)", raw):
        return []
    return [Token(VERBATIM, raw, place)]


def text_of(tokens: Iterable[Token]) -> str:
    r"""TeX source that reads as these tokens again.

    >>> text_of(tokens_of("\\alpha x~y"))
    '\\alpha x~y'
    """
    parts: list[str] = []
    for token in tokens:
        if (
            parts
            and token.text[:1].isalpha()
            and token.kind != COMMAND
            and parts[-1].startswith("\\")
            and parts[-1][-1:].isalpha()
        ):
            parts.append(" ")
        parts.append(token.text)
    return "".join(parts)


def is_blank(token: Token) -> bool:
    """Whether the token is white space."""
    return token.kind in (BLANK, PARAGRAPH)


def stripped(tokens: list[Token]) -> list[Token]:
    """The tokens without blanks at both ends."""
    start, end = 0, len(tokens)
    while start < end and is_blank(tokens[start]):
        start += 1
    while end > start and is_blank(tokens[end - 1]):
        end -= 1
    return tokens[start:end]
