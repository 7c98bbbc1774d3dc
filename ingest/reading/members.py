"""Whose momentum a rank speaks of: the second p_T of a quadruplet is that of its second lepton."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from ingest.reading.conditions import RANKS, parts
from ingest.reading.proposal import Proposal
from kg import vocabulary

_NAMED_BY_RANK = ("dilepton", "dijet")  # of which an event may have several: "the leading dijet"


def of_members(proposals: Iterable[Proposal]) -> Iterator[Proposal]:
    """The proposals with the kinematics of a ranked part of a composite as those of its members."""
    for proposal in proposals:
        thing = vocabulary.objects()[proposal.object]
        ranked = any(c in RANKS for c in parts(proposal.applies_when))
        kinematic = vocabulary.family_of(proposal.variable) == "kinematics" and proposal.variable != "mass"
        within = thing.is_pair and thing.members and proposal.object not in _NAMED_BY_RANK
        yield replace(proposal, object=thing.members) if ranked and kinematic and within else proposal


__all__ = ["of_members"]
