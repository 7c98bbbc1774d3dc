"""Requirements on an event that hold if the lepton which a chosen pair leaves over is of one flavour."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.documents.document import Document
from ingest.reading.conditions import added, joined, parts
from ingest.reading.proposal import Proposal
from kg import vocabulary

_REST = (
    r"(?:the |this |that )?(?:(?:W|ℓ_?\^?W|remaining|third|unpaired|left-over|odd)(?:[- ]boson)? lepton"
    r"(?: of the event)?|ℓ_?\^?W|lepton (?:that |which )?(?:remains|is left(?: over)?|of the W(?: boson)?|from the W"
    r"(?: boson)?|(?:assigned|attributed) to the W(?: boson)?|associated with the W(?: boson)?))"
)
_IS = re.compile(
    rf"(?i)\b(?:if|when|where|in case|that|which|provided(?: that)?) {_REST}(?: candidate)? (?:is"
    r"|be) an? (?P<one>electron|muon)\b"
    rf"|\b(?:for|with|in case of|in the case of) an? (?P<two>electron|muon) (?:as|being) {_REST}"
    r"|\b(?:for|with|if|in case of) an? (?P<three>electron|muon) (?:from|of|(?:assigned|attributed) to) the W\b"
    r"|\b(?:for|with|if|in case of) (?:an? )?W (?P<four>electron|muon)s?\b"
)


def with_rest_flavours(document: Document, proposals: Sequence[Proposal]) -> list[Proposal]:
    """The proposals, those on the event that "if the W lepton is an electron" governs with that condition."""
    return [_conditioned(document, p) if _is_of_event(p) else p for p in proposals]


def _is_of_event(proposal: Proposal) -> bool:
    return vocabulary.variables()[proposal.variable].object == "event" or proposal.object in ("trilepton", "dilepton")


def _conditioned(document: Document, proposal: Proposal) -> Proposal:
    text = document.quote(proposal.quote)
    at = proposal.focus.start - proposal.quote.start
    clause = (text.rfind(";", 0, at) + 1, text.find(";", at) if ";" in text[at:] else len(text))
    told = list(_IS.finditer(text, *clause))
    flavours = {next(g for g in m.groups() if g).lower() for m in told}
    if len(flavours) != 1:
        return proposal
    rest = [c for c in parts(proposal.applies_when) if c != "remaining"]
    return replace(proposal, applies_when=added(joined(rest), f"remaining {flavours.pop()}"))


__all__ = ["with_rest_flavours"]
