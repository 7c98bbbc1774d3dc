"""Words that single out an object and that the reading of the comparison behind them does not hold.

"The leading lepton … p_T > 28 GeV" read as a requirement on every lepton is wrong, whatever the words between were:
such a proposal is kept with a doubt, for a person to look at.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.documents.document import Document
from ingest.reading.conditions import kind_of, parts
from ingest.reading.proposal import Proposal
from ingest.reading.tokens import Token, tokenise
from kg import vocabulary

_KINDS = ("rank", "rest", "paired", "type")
_THINGS = ("electron", "muon", "lepton", "tau", "photon", "jet", "bjet")
_BOUNDED = ("kinematics", "isolation", "impact_parameter")
_ENDS = ("SEMI", "COLON", "REL", "NUM", "COMMA")
_ONES = ("one", "ones")
# "E_T^miss > 25 GeV if the lepton of the W boson is an electron": a case that is none of the channels
_CASE = re.compile(
    r"(?i)^\W*(?:only )?(?:if|when|in case|provided(?: that)?|where) [^.;]*\b(?:is|are) (?:an? )?(?:electron|muon)s?\b"
)


def with_unclaimed(document: Document, proposals: Sequence[Proposal]) -> list[Proposal]:
    """The proposals of sentences, those in doubt that say less than the words before their comparison single out."""
    cells = [(table.start, table.end) for table in document.tables]
    return [
        p if p.reason or any(a <= p.focus.start < b for a, b in cells) else replace(p, reason=_doubt(document, p))
        for p in proposals
    ]


def _doubt(document: Document, proposal: Proposal) -> str:
    family = vocabulary.family_of(proposal.variable)
    behind = document.text[proposal.focus.end : proposal.quote.end]
    if (
        vocabulary.variables()[proposal.variable].object == "event"
        and not proposal.applies_when
        and _CASE.match(behind)
    ):
        return "the sentence says in which case the requirement holds, which the reading does not hold"
    held = {kind_of(part.removeprefix("not ")) for part in parts(proposal.applies_when)}
    if proposal.object not in _THINGS or family not in _BOUNDED or held & {"rank", "rest", "paired", "region", "class"}:
        return ""
    if any("region" in part or part.startswith("to ") for part in parts(proposal.applies_when)):
        return ""
    tokens = tokenise(document.text, proposal.quote.start, proposal.quote.end)
    last = next((k for k, t in enumerate(tokens) if t.start >= proposal.focus.start), len(tokens))
    first = next((k + 1 for k in range(last - 1, -1, -1) if tokens[k].kind in _ENDS), 0)
    singled = [k for k in range(first, last) if tokens[k].kind == "COND" and kind_of(tokens[k].name) in _KINDS]
    alone = len(singled) == 1 and kind_of(tokens[singled[0]].name) not in held  # not "the leading and the subleading"
    if alone and _is_of(tokens[singled[0] : last], proposal.object):
        return f"the sentence speaks of {tokens[singled[0]].text!r}, which the reading does not hold"
    return ""


def _is_of(tokens: Sequence[Token], thing: str) -> bool:
    """Whether the words that follow the one that singles out name the object, as "lepton" or as "one"."""
    if tokens[0].text.lower().endswith(" one"):
        return True
    for token in tokens[1:4]:
        if token.kind == "OBJ":
            return token.name == thing or vocabulary.covers(token.name, thing) or vocabulary.covers(thing, token.name)
        if token.text.lower() in _ONES:
            return True
        if token.kind not in ("COND", "LIGHT", "WP", "DASH", "AND", "OR", "WORD"):
            return False
    return False


__all__ = ["with_unclaimed"]
