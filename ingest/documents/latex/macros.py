r"""What a macro is: the arguments it takes and the tokens it stands for.

The forms of `\newcommand`, of `\def` with its delimited parameters and of `\NewDocumentCommand` all become
one list of argument takers.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Literal

from ingest.documents.tex.arguments import Pending, Tokens
from ingest.documents.tex.tokens import COMMAND, OPEN, PARAMETER, WORD, Token, text_of, tokens_of
from kg.datafiles import data_path

ArgumentKind = Literal["mandatory", "optional", "star", "delimited", "literal"]
NO_VALUE = "\\cgnovalue"
YES, NO = "\\cgtrue", "\\cgfalse"


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument: how it is taken, its default, and the delimiters where it has some."""

    kind: ArgumentKind = "mandatory"
    default: tuple[Token, ...] = (Token(COMMAND, NO_VALUE),)
    opening: str = "["
    closing: str = "]"
    delimiter: tuple[Token, ...] = ()

    def take(self, pending: Pending) -> Tokens:
        """The argument's tokens, taken off `pending`."""
        if self.kind == "mandatory":
            return pending.argument()
        if self.kind == "star":
            return [Token(COMMAND, YES if pending.take_word(self.opening) else NO)]
        if self.kind == "optional":
            if self.opening == "{":
                following = pending.peek()
                return pending.argument() if following and following.kind == OPEN else list(self.default)
            found = pending.optional(self.opening, self.closing)
            return list(self.default) if found is None else found
        return pending.delimited(list(self.delimiter))


@dataclass(frozen=True, slots=True)
class Macro:
    """A macro: its arguments, body, and tokens that must stand right after the name (`prefix`)."""

    arguments: tuple[Argument, ...]
    body: tuple[Token, ...]
    prefix: tuple[Token, ...] = ()

    def expansion(self, pending: Pending, call: Token) -> Tokens:
        """The body with the arguments taken off `pending` in their places; its tokens lie where the call lies."""
        if self.prefix:
            pending.delimited(list(self.prefix))
        values = [argument.take(pending) for argument in self.arguments]
        return substituted(self.body, values, call)


def substituted(body: tuple[Token, ...], values: list[Tokens], call: Token) -> Tokens:
    """A body with `#1`, `#2`, … replaced; `##1` of a definition inside becomes `#1`."""
    tokens: Tokens = []
    for token in body:
        if token.kind == PARAMETER:
            if token.text.startswith("##"):
                tokens.append(Token(PARAMETER, token.text[len(token.text.rstrip("123456789")) // 2 :], call.place))
            elif token.text[1:] and int(token.text[1:]) <= len(values):
                tokens.extend(values[int(token.text[1:]) - 1])
            continue
        tokens.append(Token(token.kind, token.text, call.place, call.depth + 1))
    return tokens


def counted(number: int, default: Tokens | None) -> tuple[Argument, ...]:
    r"""The arguments of `\newcommand{…}[number][default]`."""
    arguments = [Argument() for _ in range(max(0, min(number, 9)))]
    if default is not None and arguments:
        arguments[0] = Argument("optional", tuple(default))
    return tuple(arguments)


def from_parameter_text(tokens: Tokens) -> tuple[tuple[Token, ...], tuple[Argument, ...]]:
    r"""(prefix, arguments) of what stands between name and body of a `\def`, such as `#1/#2.`"""
    prefix: Tokens = []
    groups: list[Tokens] = []
    for token in tokens:
        if token.kind == PARAMETER:
            groups.append([])
        elif groups:
            groups[-1].append(token)
        else:
            prefix.append(token)
    arguments = tuple(Argument("delimited", delimiter=tuple(g)) if g else Argument() for g in groups)
    return tuple(prefix), arguments


def from_specification(tokens: Tokens) -> tuple[Argument, ...]:
    r"""The arguments of a `\NewDocumentCommand` specification such as `s O{2} m d()`."""
    spec = Pending(
        [Token(WORD, c, t.place) for t in tokens if t.kind == WORD for c in t.text]
        if all(t.kind != OPEN for t in tokens)
        else _characters(tokens)
    )
    arguments: list[Argument] = []
    while spec.rest:
        letter = text_of(spec.argument())
        if letter in ("m", "v", "n"):
            arguments.append(Argument())
        elif letter == "s":
            arguments.append(Argument("star", opening="*"))
        elif letter == "t":
            arguments.append(Argument("star", opening=text_of(spec.argument())))
        elif letter == "o":
            arguments.append(Argument("optional"))
        elif letter == "O":
            arguments.append(Argument("optional", tuple(spec.argument())))
        elif letter == "g":
            arguments.append(Argument("optional", opening="{", closing="}"))
        elif letter == "G":
            arguments.append(Argument("optional", tuple(spec.argument()), "{", "}"))
        elif letter in ("d", "r"):
            opening, closing = text_of(spec.argument()), text_of(spec.argument())
            arguments.append(Argument("optional", opening=opening, closing=closing))
        elif letter in ("D", "R"):
            opening, closing = text_of(spec.argument()), text_of(spec.argument())
            arguments.append(Argument("optional", tuple(spec.argument()), opening, closing))
    return tuple(arguments)


def _characters(tokens: Tokens) -> Tokens:
    """Words outside braces split into characters, as an argument specification is read."""
    result: Tokens = []
    depth = 0
    for token in tokens:
        depth += (token.kind == OPEN) - (token.kind == "}")
        if depth == 0 and token.kind == WORD:
            result.extend(Token(WORD, c, token.place) for c in token.text)
        else:
            result.append(token)
    return result


@cache
def forced_names() -> frozenset[str]:
    """Macros whose meaning is known better than their definition says."""
    table = tomllib.loads(data_path("latex", "macros.toml").read_text("utf-8"))
    return frozenset("\\" + name for name in table["forced"])


@cache
def known_macros() -> dict[str, Macro]:
    """Macros of packages that papers use without shipping them, from `data/latex/macros.toml`.

    In `[physics]` each body ends in `xspace`, as those packages define them; `[layout]` bodies stand as they are.
    """
    table = tomllib.loads(data_path("latex", "macros.toml").read_text("utf-8"))
    macros: dict[str, Macro] = {}
    for section, ending in (("physics", "\\xspace"), ("layout", ""), ("document", ""), ("forced", "\\xspace")):
        for name, entry in table[section].items():
            body, spec = (entry, "") if isinstance(entry, str) else (entry[1], entry[0])
            macros["\\" + name] = Macro(
                from_specification(tokens_of(spec)), tuple(tokens_of(body + ending, at_letter=True))
            )
    return macros
