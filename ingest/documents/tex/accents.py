r"""Accented letters of text: `\'e`, `\"{o}`, `\c{c}`, `\v{s}`."""

from __future__ import annotations

import unicodedata

from ingest.documents.tex.arguments import Pending
from ingest.documents.tex.tokens import COMMAND, LITERAL, SCRIPT, WORD, Token

_COMBINING = {
    "\\'": "\u0301",
    "\\`": "\u0300",
    '\\"': "\u0308",
    "\\^": "\u0302",
    "\\~": "\u0303",
    "\\=": "\u0304",
    "\\.": "\u0307",
    "\\c": "\u0327",
    "\\v": "\u030c",
    "\\H": "\u030b",
    "\\u": "\u0306",
    "\\k": "\u0328",
    "\\r": "\u030a",
    "\\d": "\u0323",
    "\\b": "\u0331",
    "\\t": "\u0361",
}
ACCENTS = frozenset(_COMBINING)
_DOTLESS = {"\\i": "i", "\\j": "j", "\\ae": "æ", "\\AE": "Æ", "\\o": "ø", "\\O": "Ø"}


def accented(command: Token, pending: Pending) -> str:
    r"""The letters of an accent command's argument, the first one accented.

    >>> from ingest.documents.tex.tokens import tokens_of
    >>> accented(Token(COMMAND, "\\'"), Pending(tokens_of(r"{\i}x")))
    'í'
    """
    letters = ""
    for token in pending.argument():
        if token.kind in (WORD, LITERAL, SCRIPT):
            letters += token.text
        elif token.kind == COMMAND:
            letters += _DOTLESS.get(token.text, "")
    return unicodedata.normalize("NFC", letters[:1] + _COMBINING[command.text] + letters[1:]) if letters else ""
