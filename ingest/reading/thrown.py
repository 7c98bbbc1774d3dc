"""Lists of what is thrown away: "the following are removed, in this order:", "events are rejected if they contain:"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

from ingest.documents.document import Span
from ingest.reading import context
from ingest.reading.clauses import Clauses
from ingest.reading.tokens import tokenise
from ingest.reading.vetoed import rejects_events

Thrown = Literal["", "objects", "events"]

_UNLESS = re.compile(r"(?i)\bunless\b[^.]*$")
_EVENTS = re.compile(r"(?i)\bevents?\b|\bveto")


def thrown_by(paragraph: Sequence[str]) -> Thrown:
    """What the items of a list are of which a sentence before them says that it is thrown away; "" for nothing.

    >>> thrown_by(["Among these, the following are removed, in this order:"]), thrown_by(["Jets must satisfy:"])
    ('objects', '')
    >>> thrown_by(["Events are rejected if they contain one of the following:"])
    'events'
    """
    return next((thrown for sentence in paragraph for thrown in [_thrown(sentence)] if thrown), "")


@lru_cache(maxsize=256)
def _thrown(sentence: str) -> Thrown:
    words = context.rejection_words(sentence)
    if sentence.rstrip().endswith((".", "!", "?")) and "following" not in sentence.lower():
        return ""
    if _UNLESS.search(sentence):
        return "events" if _EVENTS.search(sentence) else "objects"
    if not words or context.is_strong(sentence[words[-1][1] :]):
        return ""
    tokens = tokenise(sentence)
    clauses = Clauses(sentence, Span(0, len(sentence)), tokens)
    if not clauses.rejections:
        return ""
    return "events" if rejects_events(tokens, clauses) else "objects"


__all__ = ["Thrown", "thrown_by"]
