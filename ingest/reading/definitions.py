"""Sentences that define a class of objects: "Baseline leptons are Loose electrons with … and Medium muons with …"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.documents.document import Span
from ingest.reading.proposal import Proposal
from ingest.reading.spoken import Sentence

_CLASS = r"(?P<name>signal|baseline|loose|tight|veto)"
_OBJECT = r"(?:electron|muon|lepton|photon|tau|jet)s?(?:\scandidates?)?"
_GRADED = (
    r"(?:(?:all|those|the|either|both|a|an|of|by|every|any|any of|only|loose|medium|tight"
    r"|very|isolated|baseline|well|good|identified|prompt|central|candidate),?\s){0,4}"
)
# what is defined stands before …
_IS = re.compile(
    rf"(?i)\b{_CLASS}\s{_OBJECT}\s"
    r"(?:(?:are|is)(?: defined as| defined to be| taken as| taken to be)?|must be|ha(?:ve|s) to be"
    r"|(?:are|is) required to be|consists? of|comprises?|includes?)\s"
    rf"{_GRADED}{_OBJECT}\b"
)
# … or behind "as"
_AS = re.compile(
    rf"(?i)\b(?:as|for)\s(?:the\s|our\s)?{_CLASS}\s{_OBJECT},?\s"
    rf"(?:we\s(?:use|select|take|choose|consider)|{_GRADED}{_OBJECT})\b"
)
# "a baseline lepton is a signal lepton if …": what is defined is said of what is known
_IF = re.compile(
    rf"(?i)\b(?:baseline|loose|candidate)\s{_OBJECT}\s(?:is|are|becomes?|counts? as|qualif(?:y|ies) as)\s"
    rf"(?:also\s)?(?:a\s|an\s)?{_CLASS}\s{_OBJECT}\s"
    r"(?:if|when|provided)\b"
)
_CALLED = {"tight": "signal"}


def defined_class(text: str) -> str:
    """The class of objects that the sentence defines, "" for none or for several.

    >>> defined_class("Baseline leptons are Loose electrons with p_T > 9 GeV.")
    'baseline'
    >>> defined_class("Signal jets are required.")
    ''
    """
    if match := _IF.search(text):
        return _named(match["name"])
    names = {_named(m["name"]) for m in (*_IS.finditer(text), *_AS.finditer(text))}
    return names.pop() if len(names) == 1 else ""


def find_defined(sentence: Sentence) -> Iterator[Proposal]:
    """The identification of the "Loose electrons" and "Medium muons" of which a class is made."""
    tokens = sentence.tokens
    capital = any(t.kind == "WP" and t.text[0].isupper() for t in tokens[1:])
    for index, token in enumerate(tokens):
        if token.kind != "OBJ" or token.name not in ("electron", "muon", "photon", "tau"):
            continue
        back = index - 1
        while back >= 0 and tokens[back].kind in ("COND", "COMMA", "WORD"):
            back -= 1
        grade = tokens[back] if back >= 0 else None
        if grade is None or grade.kind != "WP" or not grade.text[0].isupper() or not (back or capital):
            continue
        focus = Span(grade.start, token.end)
        yield Proposal(token.name, "identification", "is", grade.name, "", "", False, sentence.span, focus)


def _named(name: str) -> str:
    return _CALLED.get(name.lower(), name.lower())


__all__ = ["defined_class", "find_defined"]
