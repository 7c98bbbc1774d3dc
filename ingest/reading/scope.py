"""What stands around a sentence: its section and the sentences before it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from ingest.documents.document import Span
from ingest.reading import context
from ingest.reading.exceptions import with_exceptions
from ingest.reading.isolations import Isolation
from ingest.reading.mention import Mention
from ingest.reading.mentions import find_mentions
from ingest.reading.tokens import Token, tokenise
from ingest.reading.tracked import with_tracked_muons

_LISTS = re.compile(r"(?:These|They|This veto|Such \w+) (?:include|are|consist|comprise|contain)")
_SUMMED = re.compile(r"(?i)\b(?:cone|sum|momenta)\b.*\btracks\b|\btracks\b.*\bcone\b")
_NOBODY = ("event", "vertex")
_TOPIC = re.compile(r"(?:They|These|Those|It|Their|Its)\b")
_EARLY = 3  # tokens between such a word and the noun that it stands with: "These selected leptons"
_TAKES_UP = re.compile(r"(?:The|A|One) (?:first|second|third|other|former|latter|set)\b")


@dataclass(frozen=True, slots=True)
class Scope:
    """The surroundings of a sentence.

    `previous` are the nearest sentences before it in its paragraph, the nearest first, `paragraph` are all of them in
    reading order; `listed` tells that it is an item of a list of requirements; `citations` are those inside it,
    `isolations` what the document means by the word; `topic` is the object that its section is about, "" for none;
    `symbols` are those that the document makes for isolations.
    """

    section: tuple[str, ...] = ()
    previous: tuple[str, ...] = ()
    citations: tuple[Span, ...] = ()
    paragraph: tuple[str, ...] = ()
    listed: bool = False
    isolations: tuple[Isolation, ...] = ()
    topic: str = ""
    symbols: Mapping[str, Token] = field(default_factory=dict)

    @property
    def told(self) -> tuple[str, ...]:
        """What the paragraph has said before, in reading order."""
        return self.paragraph or tuple(reversed(self.previous))

    def continues_trigger(self, sentence: str) -> bool:
        """True for "The first requires two leptons …" after a sentence about triggers."""
        return _TAKES_UP.match(sentence) is not None and any(
            re.search(r"(?i)\b(?:triggers?|HLT)\b", p) for p in self.previous[:2]
        )

    def continues_veto(self, sentence: str) -> bool:
        """True for "These include isolated tracks …" after a sentence on what events are rejected for."""
        return _LISTS.match(sentence) is not None and any(context.rejection_words(p) for p in self.previous[:1])

    def last_two(self) -> tuple[str, ...]:
        """The two objects that the sentences before spoke of last, in reading order; () unless there are two."""
        found: list[str] = []
        for text in (*self.previous, *reversed(self.told)):
            for mention in reversed(_mentions_of(text)):
                if mention.object in ("electron", "muon", "photon", "tau", "jet") and not mention.relative:
                    found += [mention.object] if mention.object not in found else []
                if len(found) == 2:
                    return found[1], found[0]
        return ()

    def inherited_object(self) -> str:
        """The object that a sentence without one of its own speaks of: the last sentence's, else the section's."""
        mention = self.inherited_mention()
        return mention.object if mention is not None else ""

    def inherited_mention(self, among: tuple[str, ...] = ()) -> Mention | None:
        """The mention of that object; of one `among` certain objects if any are given."""
        relative = aside = None
        for text in (*self.previous, *reversed(self.section)):
            mentions = [m for m in _mentions_of(text) if m.object in among or (not among and m.object not in _NOBODY)]
            summed = _SUMMED.search(text) is not None  # "the sum of the p_T of the tracks in a cone around it"
            things = [m for m in mentions if not m.relative and not (summed and m.object == "track")]
            if things and _TOPIC.match(text) and things[0].index > _EARLY:
                aside = aside or things[0]  # "Those with … are used, as the softest lepton …" goes on about others
                continue
            if things:
                return things[0]
            relative = relative or next(iter(mentions), None)
        return aside or relative


@lru_cache(maxsize=1024)
def _mentions_of(text: str) -> tuple[Mention, ...]:
    """The mentions of a sentence before; kept, as each comparison of the sentences after it asks again."""
    return tuple(find_mentions(with_exceptions(with_tracked_muons(tokenise(text)))))
