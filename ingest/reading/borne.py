"""Tracks that belong to what the section is about: "The track must come from the primary vertex: |d_0|/σ(d_0) < 5"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.documents.document import Document, Span
from ingest.reading.mentions import find_mentions
from ingest.reading.proposal import Proposal
from ingest.reading.tokens import tokenise
from ingest.reading.topics import topic_of
from kg import vocabulary

_THE_TRACK = re.compile(r"(?i)^\W*(?:the|its|their|this|these|such an?|such) (?:[\w-]+ ){0,2}?tracks?\b")
_OF_OWNER = re.compile(
    r"(?i)^\W*(?:the |each |every |all )?tracks? of (?:an? |the |each |every |all )?(?:[\w-]+ )?"
    r"(?P<owner>electron|muon|lepton)s?\b"
)
_BEARERS = ("electron", "muon", "lepton")


def with_bearers(document: Document, proposals: Sequence[Proposal]) -> list[Proposal]:
    """The proposals, the impact parameters of "the track" as those of the lepton that it is the track of."""
    return [_borne(document, p) if p.object == "track" else p for p in proposals]


def _borne(document: Document, proposal: Proposal) -> Proposal:
    family = vocabulary.family_of(proposal.variable)
    owner = _OF_OWNER.search(document.quote(proposal.quote)) if family == "impact_parameter" else None
    if owner is not None:
        return replace(proposal, object=owner["owner"].lower())
    if family != "impact_parameter" or not _THE_TRACK.match(document.quote(proposal.quote)):
        return proposal
    bearer = next(_spoken_of(document, proposal.quote), "") or topic_of(document, proposal.quote.start)
    return replace(proposal, object=bearer) if bearer in _BEARERS else proposal


def _spoken_of(document: Document, place: Span) -> Iterator[str]:
    """The leptons that the sentences of the section before a place begin with, the nearest first.

    "The tracks" are those of both flavours where the sentence speaks of electrons and muons.
    """
    path = document.section_path(place.start)
    several = (
        re.match(r"(?i)\W*(?:the|their|these|all|such) (?:[\w-]+ ){0,2}?tracks\b", document.quote(place)) is not None
    )
    for sentence in reversed(document.sentences):
        if sentence.end > place.start or document.section_path(sentence.start) != path:
            continue
        named = [m.object for m in find_mentions(tokenise(document.quote(sentence))) if not m.relative]
        if named and named[0] in _BEARERS:
            both = several and {"electron", "muon"} <= set(named)
            yield "lepton" if both else named[0]


__all__ = ["with_bearers"]
