"""What a section of a paper on performance is about, where its sentences and tables name no object: its electrons."""

from __future__ import annotations

import re

from ingest.documents.document import Document
from ingest.reading.mentions import find_mentions
from ingest.reading.tokens import tokenise

_PERFORMANCE = re.compile(r"(?i)\b(?:performance|reconstruction|identification|isolation|calibration|efficienc\w+)\b")
_OBJECTS = ("electron", "muon", "photon", "tau", "jet", "lepton")


def topic_of(document: Document, offset: int) -> str:
    """The one object that the titles of the sections around an offset name, the innermost first, else the paper's.

    "" where a title names several. The paper's title counts only if it says that the paper is on the performance of
    an object: "Muon reconstruction and identification".
    """
    for title in reversed(document.section_path(offset)):
        if named := _named(title):
            return named[0] if len(named) == 1 else ""
    named = _named(document.title) if _PERFORMANCE.search(document.title) else []
    return named[0] if len(named) == 1 else ""


def _named(title: str) -> list[str]:
    things = [m.object for m in find_mentions(tokenise(title))]
    things += [t.name for t in tokenise(title) if t.kind == "OBJ"]  # "Electron identification" names them as well
    return [t for t in dict.fromkeys(things) if t in _OBJECTS]


__all__ = ["topic_of"]
