""" "The pair" in a document that speaks of one sort of pair only: of photons, where no dilepton is required."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.documents.document import Document
from ingest.reading.conditions import joined, parts
from ingest.reading.proposal import Proposal

_PAIRS = ("diphoton", "dijet", "dilepton")
_LEPTONIC = re.compile(r"(?i)lepton|electron|muon|\bee\b|μμ|ℓ")


def with_only_pair(document: Document, proposals: Sequence[Proposal]) -> list[Proposal]:
    """The proposals, a distance "to dilepton" that no word says is leptonic as one to the only pair there is."""
    pairs = {p.object for p in proposals if p.object in _PAIRS}
    if len(pairs) != 1 or pairs == {"dilepton"}:
        return list(proposals)
    told = f"to {pairs.pop()}"
    return [
        replace(p, applies_when=joined(told if c == "to dilepton" else c for c in parts(p.applies_when)))
        if "to dilepton" in parts(p.applies_when) and not _LEPTONIC.search(document.quote(p.quote))
        else p
        for p in proposals
    ]


__all__ = ["with_only_pair"]
