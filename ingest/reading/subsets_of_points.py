"""Sentences that say which working point contains which: "muons that are Tight also pass the Medium criteria"."""

from __future__ import annotations

import re

_THINGS = r"(?:electrons?|muons?|leptons?|photons?|jets?|candidates?|those|ones)"
_SATISFY = r"(?:pass(?:es)?|satisf(?:y|ies)|fulfil{1,2}s?|meets?)"
_BEFORE = rf"(?:that|which)\s(?:also\s)?{_SATISFY}\s(?:the|its|their|a|one)\b(?:(?!\band\b|,)[^.;])*?"
_CONTAINED = (
    rf"\balso\s(?:{_SATISFY}|belong|are\sin|count)|\bautomatically\b|\b{_SATISFY}\s[^.;,]{{0,40}}\b(?:as\swell|too)\b"
    r"|\b(?:is|are)\s(?:contained|included|a\ssubset|part\sof|subsets)\b"
)
# "every Tight muon is also a Medium one", "the Tight working point is a subset of the Medium one"
_IS_ONE = (
    r"(?:every|each|all|any)\b[^.;,:]{0,40}\b(?:is|are)\salso\b"
    r"|\b(?:points?|levels?|identifications?|criteria)\b[^.;,:]{0,30}\b(?:is|are)\s(?:a\s)?subsets?\sof\b"
)
# "the Loose identification, which includes all leptons that pass one of the tighter ones, Medium and Tight"
_INCLUDES = rf"\b(?:includes?|contains?|comprises?|covers?)\s(?:all|those|every|also)\b[^.;]{{0,30}}?\b{_SATISFY}\s"
_CONTAINS = re.compile(
    rf"(?i)\b{_THINGS}\s{_BEFORE}(?:{_CONTAINED})[^.;,:]*|[^.;,:]*(?:{_IS_ONE})[^.;,:]*|(?:{_INCLUDES})[^.;]*"
)


def only_contained(text: str, at: int) -> bool:
    """Whether the working point at the offset `at` of a sentence is only said to contain another, or to be in it.

    >>> text = "Muons that satisfy the Tight identification also satisfy the Medium one."
    >>> only_contained(text, text.index("Tight")), only_contained("Muons must be Tight.", 14)
    (True, False)
    """
    return any(match.start() <= at < match.end() for match in _CONTAINS.finditer(text))


__all__ = ["only_contained"]
