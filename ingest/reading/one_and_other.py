"""Flavours that are told one by one: "one lepton has to be an electron and the other one a muon"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.documents.document import Span
from ingest.reading import context
from ingest.reading.proposal import Proposal

_IS = r"(?:(?: is| are|,? being| must be| has to be| should be| is required to be))?"
_PAIR = re.compile(
    rf"(?i)\bone(?: of (?:them|these|the (?:two )?leptons|which))?(?: lepton)?{_IS} an? (?P<one>electron|muon)\b"
    rf"(?:,? and|,|;)? the other(?: one| lepton)?{_IS} an? (?P<other>electron|muon)\b"
)


def with_one_and_other(proposals: Sequence[Proposal], text: str, span: Span) -> list[Proposal]:
    """The proposals of a sentence, the flavours of its two leptons as what their pair must be, not as numbers."""
    match = _PAIR.search(text)
    if match is None or context.rejection_words(text):
        return list(proposals)
    inside = Span(span.start + match.start(), span.start + match.end())
    within = [p for p in proposals if inside.start <= p.focus.start and p.focus.end <= inside.end]
    kept = [p for p in proposals if p.variable != "count" or p not in within]
    if any(p.variable == "flavour_relation" for p in kept):
        return kept
    value = "same_flavour" if match["one"].lower() == match["other"].lower() else "different_flavour"
    return [*kept, Proposal("dilepton", "flavour_relation", "is", value, "", "", False, span, inside)]


__all__ = ["with_one_and_other"]
