"""What stands around a sentence: its section and the sentences before it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from ingest.documents.document import Span
from ingest.reading import context
from ingest.reading.mentions import Mention, find_mentions
from ingest.reading.tokens import tokenise

_LISTS = re.compile(r"(?:These|They|This veto|Such \w+) (?:include|are|consist|comprise|contain)")
_TAKES_UP = re.compile(r"(?:The|A|One) (?:first|second|third|other|former|latter|set)\b")


@dataclass(frozen=True, slots=True)
class Scope:
    """The surroundings of a sentence.

    `previous` are the sentences before it in its paragraph, the nearest first; `citations` are those inside it.
    """

    section: tuple[str, ...] = ()
    previous: tuple[str, ...] = ()
    citations: tuple[Span, ...] = ()

    def continues_trigger(self, sentence: str) -> bool:
        """True for "The first requires two leptons …" after a sentence about triggers."""
        return _TAKES_UP.match(sentence) is not None and any(
            re.search(r"(?i)\b(?:triggers?|HLT)\b", p) for p in self.previous[:2]
        )

    def continues_veto(self, sentence: str) -> bool:
        """True for "These include isolated tracks …" after a sentence on what events are rejected for."""
        return _LISTS.match(sentence) is not None and any(context.rejection_words(p) for p in self.previous[:1])

    def inherited_object(self) -> str:
        """The object that a sentence without one of its own speaks of: the last sentence's, else the section's."""
        relative = ""
        for text in (*self.previous, *reversed(self.section)):
            mentions = [m for m in _mentions_of(text) if m.object not in ("event", "vertex")]
            things = [m.object for m in mentions if not m.relative]
            if things:
                return things[0]
            relative = relative or next((m.object for m in mentions), "")
        return relative


@lru_cache(maxsize=1024)
def _mentions_of(text: str) -> tuple[Mention, ...]:
    """The mentions of a sentence before; kept, as each comparison of the sentences after it asks again."""
    return tuple(find_mentions(tokenise(text)))
