"""Sentences on both of two objects that the text has spoken of before: "For both, …", "Both must have …"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from ingest.reading.conditions import added, kind_of, parts
from ingest.reading.mentions import members_of_pair
from ingest.reading.proposal import Proposal
from ingest.reading.scope import Scope
from ingest.reading.tokens import tokenise
from kg import vocabulary

_OF_THEM_ENDS = r"(?: of them| types| kinds| (?:lepton )?flavou?rs)?\W*$"
_BOTH = re.compile(
    r"(?i)^(?:in addition,? |furthermore,? |moreover,? |finally,? )?"
    r"(?:for both|both|in both cases|for either|in either case)"
    r"(?: (?:of them|types|kinds|flavou?rs|lepton types|lepton flavou?rs))?"
    r"(?:,| (?:must|are|have|has|need|should|the|it|we)\b)"
    r"|^.*\b(?:appl(?:y|ies)|holds?|(?:is|are) (?:required|imposed|applied|made|demanded)) (?:to|for|of|on) both"
    + _OF_THEM_ENDS
    + r"|^.*\b(?:must|required|requires|ha(?:s|ve) to|needs?)\b.* (?:for both|in both cases|in either case)"
    + _OF_THEM_ENDS
)

_OF_ONE = ("identification", "isolation")
# "They must also be isolated", "In addition, their isolation …": of whom the sentence before speaks
_TAKES_UP = re.compile(
    r"(?i)^\W*(?:(?:in addition|additionally|furthermore|moreover|finally|also|further|then|besides),? )?"
    r"(?:they|their|these|these two|the two|both|both of them|each of them|each)\b(?! (?:jets|electrons|muons|leptons))"
)


def of_pair_taken_up(proposals: Iterable[Proposal], text: str, scope: Scope) -> Iterator[Proposal]:
    """The proposals, those of "They must also be isolated" as of the two photons that must both be Tight before it.

    What is asked of the pair that has been chosen is not asked of all photons before the choice.
    """
    earlier = list(scope.previous) if _TAKES_UP.match(text) else []
    while earlier and _TAKES_UP.match(earlier[0]) and "photon" not in earlier[0].lower():
        earlier.pop(0)
    ranks = members_of_pair(tokenise(earlier[0]), "photon") if earlier else []
    for proposal in proposals:
        mine = proposal.object == "photon" and vocabulary.family_of(proposal.variable) in _OF_ONE
        kinds = {kind_of(c) for c in parts(proposal.applies_when)}
        taken = bool(ranks) and mine and not kinds & {"rank", "class"} and not proposal.veto
        yield replace(proposal, applies_when=added(proposal.applies_when, *ranks)) if taken else proposal


def for_both(proposals: Iterable[Proposal], text: str, scope: Scope) -> Iterator[Proposal]:
    """The proposals, those on an object that the sentence leaves out once for each of the two before it."""
    pair = scope.last_two() if _BOTH.match(text) else ()
    named = set(re.findall(r"[a-z]+", text.lower()))
    for proposal in proposals:
        of_event = vocabulary.variables()[proposal.variable].object
        said = any(thing in named or f"{thing}s" in named for thing in pair)
        if pair and proposal.object in pair and not of_event and not said:
            yield from (replace(proposal, object=thing) for thing in pair)
        else:
            yield proposal


__all__ = ["for_both", "of_pair_taken_up"]
