"""What stands around a sentence: its section, the sentence before it, and the region that it speaks of."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.documents.document import Span
from ingest.reading.mentions import find_mentions
from ingest.reading.tokens import tokenise

_FULL = {"SR": "signal region", "CR": "control region", "VR": "validation region"}
_TAKES_UP = re.compile(r"(?:The|A|One) (?:first|second|third|other|former|latter|set)\b")
_LABELLED = re.compile(r"\b([A-Z]+\d+\w*)\s*\((?:CR|SR|VR|control|signal|validation)[^)]{0,20}\)")
_REGION = re.compile(
    r"(?P<name>(?:(?!The\b|This\b|Each\b|All\b|These\b|Both\b)[A-Z0-9][\w+-]*\s+)?)(?P<kind>(?i:signal|control|validation|search))"
    r"\s(?i:regions?)(?:\s(?P<label>(?:SR|CR|VR)?[A-Z0-9][\w-]*))?"
    r"|\b(?P<short>(?:[A-Z0-9]\w+-)?(?:SR|CR|VR)(?!s\b)(?:[A-Z0-9]+|(?=[-_ ]))(?:[-_][\w-]+|\s\d+)?)\b"
)


@dataclass(frozen=True, slots=True)
class Scope:
    """The surroundings of a sentence. `previous` are the sentences
    before it in its paragraph, the nearest first; `citations` are the citations inside it."""

    section: tuple[str, ...] = ()
    previous: tuple[str, ...] = ()
    citations: tuple[Span, ...] = ()

    def continues_trigger(self, sentence: str) -> bool:
        """True for "The first requires two leptons …" after a sentence about triggers."""
        return _TAKES_UP.match(sentence) is not None and any(
            re.search(r"(?i)\btriggers?\b", p) for p in self.previous[:2]
        )

    def inherited_object(self) -> str:
        """The object that a sentence without one of its own speaks of: the last sentence's, else the section's."""
        relative = ""
        for text in (*self.previous, *reversed(self.section)):
            mentions = [m for m in find_mentions(tokenise(text)) if m.object not in ("event", "vertex")]
            things = [m.object for m in mentions if not m.relative]
            if things:
                return things[0]
            relative = relative or next((m.object for m in mentions), "")
        return relative


def region_in(text: str) -> str:
    """The signal, control or validation region that a phrase names, in canonical wording, or "".

    >>> region_in("The WZ control region requires three leptons"), region_in("in SR-A1 only")
    ('WZ control region', 'SR-A1')
    """
    if labelled := _LABELLED.search(text):
        return labelled[1]
    match = _REGION.search(text)
    if match is None:
        return ""
    if match["short"]:
        return _FULL.get(match["short"], match["short"])
    words = [match["name"].strip(), match["kind"].lower(), "region", match["label"] or ""]
    return " ".join(w for w in words if w)
