r"""What the title page says of the paper itself: title, collaboration, year, identifiers."""

from __future__ import annotations

import re

from ingest.documents.tex.arguments import Tokens
from ingest.documents.tex.tokens import COMMAND, LITERAL, PARAGRAPH, VERBATIM, WORD, stripped

_COLLABORATION = re.compile(
    r"\b(?:The\s+)?((?:Belle II|D[0Ø]|[A-Z][A-Za-z0-9-]{1,20})(?:\s+and\s+[A-Z][A-Za-z0-9]+)?)\s+[Cc]ollaborations?\b"
)
_YEAR = re.compile(r"\b(19[89]\d|20[0-4]\d)\b")
_LOUD = frozenset(("\\cgbig", "\\bf", "\\bfseries", "\\textbf"))


def collaboration_in(text: str) -> str:
    """The collaboration named in a text: "The ATLAS Collaboration" gives "ATLAS"; "" where none is.

    >>> collaboration_in("The ATLAS Collaboration"), collaboration_in("LHCb collaboration")
    ('ATLAS', 'LHCb')
    """
    match = _COLLABORATION.search(text)
    return match[1] if match and match[1] != "The" else ""


def year_in(text: str) -> int | None:
    """The year in a date, or None."""
    match = _YEAR.search(text)
    return int(match[1]) if match else None


def title_in(page: Tokens) -> Tokens:
    r"""The words that a hand-made title page sets largest or boldest; [] where nothing stands out.

    Authors write `{\Large\bf Measurement of …}`; the collaboration's name and dates do not count.
    """
    best: Tokens = []
    for paragraph in _paragraphs(page):
        words = [t for t in paragraph if t.kind in (WORD, LITERAL)]
        marked = any(t.kind == COMMAND and t.text in _LOUD for t in paragraph)
        text = " ".join(t.text for t in words)
        if marked and 3 <= len(words) <= 60 and len(words) > len(best) and not collaboration_in(text):
            best = paragraph
    return stripped([t for t in best if t.kind != VERBATIM])


def _paragraphs(tokens: Tokens) -> list[Tokens]:
    found: list[Tokens] = [[]]
    for token in tokens:
        if token.kind == PARAGRAPH or (token.kind == COMMAND and token.text in ("\\begin", "\\end", "\\par")):
            found.append([])
        else:
            found[-1].append(token)
    return found
