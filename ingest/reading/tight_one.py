"""The one lepton that must be of the narrower class: "the lepton left over must be tight", "ℓ_W has to be signal".

Where no sentence asks for a number of leptons of that class, what defines the class is asked of that lepton alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.documents.document import Document, Span
from ingest.reading.conditions import joined, parts
from ingest.reading.proposal import Proposal
from ingest.reading.roles import OF_THE_PAIR

_MUST_BE = re.compile(
    r"(?i)\b(?:must|shall|should|ha(?:s|ve) to|(?:is|are) required to|needs? to)(?: also| itself| then| in addition)? "
    r"(?:be (?:an? )?(?:tight|signal)\b(?! (?:identif|working|likelihood|isol))"
    r"|(?:satisfy|pass|meet|fulfil+) (?:all )?(?:the )?(?:tight|signal)[- ](?:lepton )?(?:requirements|criteria"
    r"|definition|selection|level)\b)"
)
_THE_ONE = re.compile(
    r"(?i)\bℓ_W\b|\b(?:left over|remaining|third|other) lepton\b|\blepton (?:that is |which is )?left over\b"
    r"|\blepton\b[^.;,]{0,50}\bW boson\b|\bW lepton\b"
    r"|\blepton\b[^.;,]{0,40}\bnot (?:\w+ )?(?:belong|part|assigned|from|used)\b"
)
_LEPTONS = ("electron", "muon", "lepton")


def with_tight_one(document: Document, proposals: Sequence[Proposal]) -> list[Proposal]:
    """The proposals, those of the signal class as of the remaining lepton where only that one must be of it."""
    counted = any(p.variable == "count" and "signal" in parts(p.applies_when) for p in proposals)
    if counted or not any(_is_tight(p) for p in proposals) or not any(_asks(document, proposals)):
        return list(proposals)
    return [replace(p, applies_when=_of_the_one(p)) if _is_tight(p) else p for p in proposals]


def with_w_lepton(proposals: Sequence[Proposal]) -> list[Proposal]:
    """The proposals; where one lepton is asked for and no pair is chosen, "the lepton from the W boson" is that one."""
    chosen = any(p.object == "dilepton" or OF_THE_PAIR in parts(p.applies_when) for p in proposals)
    single = any(p.object in _LEPTONS and (p.variable, p.op, p.value) == ("count", "==", 1.0) for p in proposals)
    return [_of_any(p) for p in proposals] if single and not chosen else list(proposals)


def _of_any(proposal: Proposal) -> Proposal:
    stated = parts(proposal.applies_when)
    if proposal.object not in _LEPTONS or "remaining" not in stated:
        return proposal
    return replace(proposal, applies_when=joined(c for c in stated if c != "remaining"))


def _asks(document: Document, proposals: Sequence[Proposal]) -> list[Span]:
    """The sentences that ask it of the remaining lepton, by their own words or what else they ask of it."""
    sentences, found = list(document.sentences), []
    for sentence in sentences:
        text = document.quote(sentence)
        match = _MUST_BE.search(text)
        if match is None:
            continue
        of_it = [p for p in proposals if p.quote == sentence and "remaining" in parts(p.applies_when)]
        if of_it or _THE_ONE.search(text[: match.start()]):
            found.append(sentence)
    return found


def _is_tight(proposal: Proposal) -> bool:
    return proposal.object in _LEPTONS and "signal" in parts(proposal.applies_when)


def _of_the_one(proposal: Proposal) -> str:
    return joined(dict.fromkeys("remaining" if c == "signal" else c for c in parts(proposal.applies_when)))


__all__ = ["with_tight_one", "with_w_lepton"]
