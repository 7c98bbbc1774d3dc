"""What stands around a sentence: its section, the sentence before it, and the region that it speaks of."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.documents.document import Span
from ingest.reading.mentions import find_mentions
from ingest.reading.tokens import tokenise

_REGION = re.compile(
    r"(?P<name>(?:(?!The\b|This\b|Each\b|All\b|These\b|Both\b)[A-Z0-9][\w+-]*\s+)?)(?P<kind>(?i:signal|control|validation|search))"
    r"\s(?i:regions?)(?:\s(?P<label>(?:SR|CR|VR)?[A-Z0-9][\w-]*))?"
    r"|\b(?P<short>(?:[A-Z0-9]\w*[- ])?(?:SR|CR|VR)(?!s\b)[A-Z0-9]*(?:[-_][\w-]+)?)\b"
)


@dataclass(frozen=True, slots=True)
class Scope:
    """The surroundings of a sentence. `previous` are the sentences
    before it in its paragraph, the nearest first; `citations` are the citations inside it."""

    section: tuple[str, ...] = ()
    previous: tuple[str, ...] = ()
    citations: tuple[Span, ...] = ()

    def inherited_object(self) -> str:
        """The object that a sentence without one of its own speaks of: the last sentence's, else the section's."""
        for text in (*self.previous, *reversed(self.section)):
            things = [m.object for m in find_mentions(tokenise(text)) if not m.relative and m.object != "event"]
            if things:
                return things[0]
        return ""


def region_in(text: str) -> str:
    """The signal, control or validation region that a phrase names, in canonical wording, or "".

    >>> region_in("The WZ control region requires three leptons"), region_in("in SR-A1 only")
    ('WZ control region', 'SR-A1')
    """
    match = _REGION.search(text)
    if match is None:
        return ""
    if match["short"]:
        return match["short"]
    words = [match["name"].strip(), match["kind"].lower(), "region", match["label"] or ""]
    return " ".join(w for w in words if w)
