r"""Marks: private characters that stand in the text for what pandoc shall not touch.

A mark is `\ue000`, a letter that says what kind it is, a number that says which one, `\ue001`. pandoc passes
them through as letters of a word, so formulas, citations, tables and source lines survive it unchanged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

PLACE, FORMULA, CITATION, CROSS_REFERENCE, HEADING, FLOAT, TABLE, EQUATION, FRAGMENT = "amcrhftqg"
_MARK = re.compile("\ue000([a-z])([0-9]+)\ue001")
_BROKEN = re.compile("[\ue000\ue001]")


def mark(kind: str, number: int) -> str:
    """The mark of that kind and number."""
    return f"\ue000{kind}{number}\ue001"


def split_marks(text: str) -> Iterator[str | tuple[str, int]]:
    """The text between marks, and each mark as (kind, number), in order."""
    end = 0
    for match in _MARK.finditer(text):
        if match.start() > end:
            yield _BROKEN.sub("", text[end : match.start()])
        yield match[1], int(match[2])
        end = match.end()
    if end < len(text):
        yield _BROKEN.sub("", text[end:])


def without_marks(text: str) -> str:
    """The text alone."""
    return _BROKEN.sub("", _MARK.sub("", text))
