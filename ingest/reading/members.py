"""Whose momentum a rank speaks of: the second p_T of a quadruplet is that of its second lepton."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from ingest.reading.conditions import RANKS, joined, kind_of, parts
from ingest.reading.mentions import members_of_pair
from ingest.reading.proposal import Proposal
from ingest.reading.spoken import Sentence
from ingest.reading.tokens import tokenise
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


# "Both are isolated. The calorimeter isolation has to be …"
_BOTH = re.compile(
    r"(?i)\W*(?:both(?: of (?:them|these))?|the two|each of the two) (?:are|is|must|have|has|need|should)\b"
)
_OF_EACH = ("identification", "isolation", "kinematics", "impact_parameter")


def of_chosen_pair(proposals: Iterable[Proposal], sentence: Sentence) -> Iterator[Proposal]:
    """The proposals on photons as those of the pair, where the sentence or the lead of its list says that it is chosen.

    "Both photons of the pair then have to meet: (i) the Tight identification": a third photon need not.
    """
    scope = sentence.scope
    named = any(m.object == "photon" for m in sentence.subjects.mentions)
    lead = scope.previous[0] if scope.listed and scope.previous and not named else ""
    ranks = members_of_pair(tokenise(lead) if lead else sentence.tokens, "photon")
    spoken = not named and bool(scope.previous) and _BOTH.match(scope.previous[0]) is not None
    for proposal in proposals:
        if spoken and proposal.object == "photon" and _of_one(proposal.variable):
            kept = [c for c in parts(proposal.applies_when) if kind_of(c) not in ("rank", "class")]
            yield replace(proposal, applies_when=joined([*kept, " or ".join(RANKS[:2])]))
            continue
        ranked = any(kind_of(c) in ("rank", "class") for p in parts(proposal.applies_when) for c in p.split(" or "))
        fits = proposal.object in ("photon", "dilepton", "diphoton") and proposal.variable not in ("count", "mass")
        of_each = fits and vocabulary.family_of(proposal.variable) in _OF_EACH and (lead or proposal.object == "photon")
        of_both = bool(ranks) and of_each and not ranked and (proposal.object == "photon" or _of_one(proposal.variable))
        text = joined([*parts(proposal.applies_when), *ranks])
        yield replace(proposal, object="photon", applies_when=text) if of_both else proposal


def _of_one(variable: str) -> bool:
    """Whether a pair has no such variable, only its members have."""
    return vocabulary.family_of(variable) in ("identification", "isolation")


__all__ = ["of_chosen_pair", "of_members"]
