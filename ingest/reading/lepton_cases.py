"""Numbers of objects that an event with one lepton may have, by the flavour of the lepton: "if it is an electron"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.documents.document import Document
from ingest.reading.conditions import added, kind_of, parts
from ingest.reading.proposal import Proposal
from ingest.reading.qualifiers import CHANNELS

_LEPTON = (
    r"(?:(?:the|this|that|its|their|an event's) (?:(?!W\b|remaining|third|fourth|second|leading|subleading"
    r"|further|other|unpaired)"
    r"[\w-]+ ){0,2}?lepton|it)"
)
_CASE = re.compile(
    rf"(?i)\b(?:if|when|where|in case|for events in which|provided(?: that)?) {_LEPTON} (?:is"
    r"|be) an? (?P<flavour>electron|muon)\b"
    r"|\b(?:in|for) events with an? (?:(?:measured|selected|signal|isolated|identified"
    r"|good) )?(?P<other>electron|muon)\b(?= |,)"
    r"(?! (?:and|or|with|that|within|pair))"
)
# "if all four leptons are muons", "where the quadruplet consists of muons only"
_QUARTET = re.compile(
    r"(?i)\b(?:if|when|where|in case|provided(?: that)?|for quadruplets in which|in quadruplets in which) (?:"
    r"(?:all (?:of )?)?(?:(?:the|its|these|those) )?(?:four|all) ?(?:of (?:the |its |them)?)?(?:leptons|of them"
    r"|members|objects)? ?"
    r"(?:are|were|being)|(?:the|a|this) (?:quadruplet|candidate|event) (?:consists?|is made(?: up)?|is built"
    r"|is composed) (?:only )?of"
    r"(?: only| four| exclusively)?) (?P<flavour>electron|muon)s\b(?! and)(?: only| alone)?"
)
_NEAR = re.compile(
    r"(?i)\s*for (?:an? |the )?(?P<flavour>electron|muon)s?\b(?! (?:or|and|pairs?|candidates?|with|that)\b)"
)
_COUNTED = ("jet", "bjet", "photon", "tau")


def with_lepton_cases(document: Document, proposals: Sequence[Proposal]) -> list[Proposal]:
    """The proposals, numbers of jets with the channel of the lepton for which the sentence states them."""
    found = [_of_case(document, p) if _may_have_case(p) else p for p in proposals]
    return [_of_quartet(document, p) for p in found]


def _of_quartet(document: Document, proposal: Proposal) -> Proposal:
    """The proposal; one behind "if all four leptons are muons" or right before it with that channel."""
    told = parts(proposal.applies_when)
    if any(kind_of(c) == "channel" for c in told) or any(c.startswith("N(") for c in told):
        return proposal
    text = document.quote(proposal.quote)
    first, last = proposal.focus.start - proposal.quote.start, proposal.focus.end - proposal.quote.start
    start = text.rfind(";", 0, first) + 1
    stop = text.find(";", last) if ";" in text[last:] else len(text)
    for case in _QUARTET.finditer(text, start, stop):
        behind = case.start() >= last and not re.search(r",? (?:and|but) ", text[last : case.start()])
        ahead = case.end() <= first and not re.search(
            r"(?i)\b(?:otherwise|else|while|whereas)\b", text[case.end() : first]
        )
        if behind or ahead:
            channel = f"4{'μ' if case['flavour'].lower() == 'muon' else 'e'} channel"
            return replace(proposal, applies_when=added(proposal.applies_when, channel))
    return proposal


def _may_have_case(proposal: Proposal) -> bool:
    channelled = any(kind_of(c) in ("channel", "rest_flavour", "rest") for c in parts(proposal.applies_when))
    return proposal.variable == "count" and proposal.object in _COUNTED and not channelled


def _of_case(document: Document, proposal: Proposal) -> Proposal:
    text = document.quote(proposal.quote)
    first, last = proposal.focus.start - proposal.quote.start, proposal.focus.end - proposal.quote.start
    start = text.rfind(";", 0, first) + 1
    stop = text.find(";", last) if ";" in text[last:] else len(text)
    cases = list(_CASE.finditer(text, start, stop))
    if near := _NEAR.match(text, last):
        return _with(proposal, near)  # "at least five jets for electrons"
    behind = next((m for m in cases if m.start() >= last), None)
    if behind is not None and not re.search(r"[,:]|\band\b|\bbut\b", text[last : behind.start()]):
        return _with(proposal, behind)
    before = next((m for m in reversed(cases) if m.end() <= first), None)
    between = text[before.end() : first] if before is not None else ""
    if before is None or re.search(r"(?i)\b(?:otherwise|else|in the other case|while|whereas)\b", between):
        return proposal
    opens = (
        re.fullmatch(r"\W*(?:(?:and|but|moreover|in addition|however),? )?", text[start : before.start()]) is not None
    )
    joined = re.search(r",? (?:and|but) $", text[start : before.start()]) is not None
    return _with(proposal, before) if opens or joined else proposal


def _with(proposal: Proposal, case: re.Match[str]) -> Proposal:
    named = case.groupdict()
    flavour = str(named.get("flavour") or named.get("other")).lower()
    return replace(proposal, applies_when=added(proposal.applies_when, CHANNELS[flavour]))


__all__ = ["with_lepton_cases"]
