"""Objects besides those that are selected: "no lepton other than the two", "apart from these leptons, no muon"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.reading.conditions import joined, kind_of, parts
from ingest.reading.proposal import Proposal

_APART = re.compile(
    r"(?i)\b(?:other than|besides|beside|apart from|aside from|except(?: for)?|in addition to|beyond|than)"
    r" (?:the|these|those|this|that|both|them|it)\b(?: (?:selected|signal|one|ones|two|three|four|leptons?|electrons?"
    r"|muons?|photons?|jets?|pair|already|mentioned|above))*(?=[\s,.;)]|$)"
)
_THINGS = ("electron", "muon", "lepton", "photon", "tau")


def of_others(proposals: Sequence[Proposal], text: str) -> list[Proposal]:
    """The proposals of a sentence, those on objects of which there must be none as of additional ones where it names
    the selected ones as the exception."""
    if _APART.search(text) is None:
        return list(proposals)
    return [_of_other(p) if _is_none(p) else p for p in proposals]


def _is_none(proposal: Proposal) -> bool:
    return (proposal.variable, proposal.op, proposal.value) == ("count", "==", 0.0) and proposal.object in _THINGS


def _of_other(proposal: Proposal) -> Proposal:
    stated = parts(proposal.applies_when)
    if any(kind_of(c) == "class" for c in stated):
        return proposal  # none of the veto is none besides those that are selected
    return replace(proposal, applies_when=joined([*stated, "additional"]))


__all__ = ["of_others"]
