"""Sentences on both of two objects that the text has spoken of before: "For both, …", "Both must have …"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from ingest.reading.proposal import Proposal
from ingest.reading.scope import Scope
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


__all__ = ["for_both"]
