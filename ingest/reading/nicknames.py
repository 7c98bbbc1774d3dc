"""Classes under names of the paper's own: "rejection muons" are those of a veto, as there must be none of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.documents.document import Document
from ingest.reading.classes import OF_OBJECTS
from ingest.reading.conditions import added, joined, kind_of, parts
from ingest.reading.proposal import Proposal
from kg import vocabulary

_NOUN = r"(?:electrons?|muons?|leptons?)"
_NAMED = re.compile(rf"(?i)\b(?P<name>[a-z][\w-]+)[\s-]{_NOUN}\b(?! (?:veto|channel|pair))")
_KNOWN = set(
    "signal veto baseline loose tight medium the a an and or of no any other another further additional extra second"
    " third fourth leading subleading remaining isolated charged reconstructed same-flavour opposite-sign same-sign"
    " both two three four one these those such all each every single more with for to from in by selected its their"
    " hardest softest prompt combined calo-tagged stand-alone segment-tagged that which is are must have not than"
    " least most exactly only identified tagged oppositely same-charge opposite-charge fake misidentified"
    " non-prompt".split()
)
_LEPTONS = ("electron", "muon", "lepton")
_JOINS = ("and", "or", "with", "are", "is", "of", "for")  # "analysis leptons are electrons with … and muons with …"
_GOES_ON = re.compile(r"(?i)^\W*(?:they|these|those|their)\b")


def with_nicknames(document: Document, proposals: Sequence[Proposal]) -> list[Proposal]:
    """The proposals, those on leptons of a name of which there must be none as of the class "veto".

    Nothing changes unless leptons without that name are defined as well: what an only set of leptons is called names
    no class.
    """
    found = list(proposals)
    names = [_name(document, p) if p.object in _LEPTONS else "" for p in found]
    none = {n for n, p in zip(names, found, strict=True) if n and _is_none(p)}
    some = {n for n, p in zip(names, found, strict=True) if n and p.variable == "count" and not _is_none(p)}
    vetoed = none - some
    defining = [
        (k, names[k])
        for k, p in enumerate(found)
        if p.object in _LEPTONS and vocabulary.family_of(p.variable) in OF_OBJECTS
    ]
    if not any(n in vetoed for _, n in defining) or all(n in vetoed for _, n in defining):
        return found
    for index, proposal in enumerate(found):
        classed = any(kind_of(c) == "class" and c != "additional" for c in parts(proposal.applies_when))
        if names[index] not in vetoed or classed:
            continue
        rest = [c for c in parts(proposal.applies_when) if c != "additional"]
        found[index] = replace(proposal, applies_when=added(joined(rest), "veto"))
    return found


def _is_none(proposal: Proposal) -> bool:
    return proposal.variable == "count" and (proposal.op, proposal.value) == ("==", 0.0) and not proposal.veto


def _name(document: Document, proposal: Proposal) -> str:
    """What the leptons of a proposal are called, "" for nothing that the vocabulary does not know."""
    count = proposal.variable == "count"
    until = proposal.focus.end if count else proposal.focus.start
    text = document.text[proposal.quote.start : until]
    named = [m["name"].lower() for m in _NAMED.finditer(text) if m["name"].lower() not in _JOINS]
    if not named and not count and _GOES_ON.match(text):
        before = next((s for s in document.sentences if s.end <= proposal.quote.start < s.end + 3), None)
        named = [m["name"].lower() for m in _NAMED.finditer(document.quote(before))][:1] if before else []
    return named[-1] if named and named[-1] not in _KNOWN else ""


__all__ = ["with_nicknames"]
