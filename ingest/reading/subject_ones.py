"""Clauses whose subject is "one" of several: "…; the third one must be Tight and have p_T > 20 GeV"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.documents.document import Span
from ingest.reading.conditions import joined, kind_of, parts
from ingest.reading.proposal import Proposal
from kg import vocabulary

_SUBJECT = re.compile(
    r"(?i)(?:^|[;,] )(?:and |while |whereas |but )?"
    r"the (?P<rank>leading|hardest|first|second|third|fourth|remaining|last) (?:one|lepton) "
    r"(?=(?:must|has|is|needs|should|shall|ought)\b)"
)
_ENDS = re.compile(r"(?i)[;:]|(?:,|\band|\bwhile|\bwhereas|\bbut) the [\w-]+ (?:one|lepton)\b")
_NAMES = {"hardest": "leading", "first": "leading", "second": "subleading", "last": "third"}
# "the two leptons closest in mass to the Z boson are assigned to it": what is third is what they leave over
_PAIRED = re.compile(r"(?i)\b(?:closest|nearest|assigned|belong|form the|make up)\b")
_THINGS = ("electron", "muon", "lepton")
_OF_OBJECTS = ("kinematics", "isolation", "impact_parameter", "identification")


def of_subject_ones(proposals: Sequence[Proposal], text: str, span: Span) -> list[Proposal]:
    """The proposals of a sentence, those in a clause on one of several leptons as of that one."""
    found = list(proposals)
    for match in _SUBJECT.finditer(text):
        ends = _ENDS.search(text, match.end())
        reach = range(span.start + match.start(), span.start + (ends.start() if ends else len(text)))
        rank = _NAMES.get(match["rank"].lower(), match["rank"].lower())
        paired = rank == "third" and _PAIRED.search(text[: match.start()])
        found = [_of_one(p, "remaining" if paired else rank) if p.focus.start in reach else p for p in found]
    return found


def _of_one(proposal: Proposal, rank: str) -> Proposal:
    stated = parts(proposal.applies_when)
    fits = proposal.object in _THINGS and vocabulary.family_of(proposal.variable) in _OF_OBJECTS
    ranked = any(kind_of(c) == "rank" for c in stated)
    if not fits or any(kind_of(c) == "rest" for c in stated) or (ranked and rank != "remaining"):
        return proposal
    others = [c for c in stated if kind_of(c) != "rank"]
    return replace(proposal, applies_when=joined([*others, rank]))


__all__ = ["of_subject_ones"]
