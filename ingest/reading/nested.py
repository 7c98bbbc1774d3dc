"""Nested classes: where "each class adds to the one to its left", the loose leptons are those the others start from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.documents.document import Document
from ingest.reading.classes import OF_OBJECTS
from ingest.reading.conditions import joined, kind_of, parts
from ingest.reading.proposal import Proposal
from kg import vocabulary

_CLASS = (
    r"(?:class(?:es)?|categor(?:y|ies)|columns?|levels?|selections?|definitions?|sets?|tiers?|stages?|qualit(?:y|ies))"
)
_NESTED = re.compile(
    rf"(?i)\b(?:nested|successive|inclusive|hierarchical|successively tighter|increasingly (?:tight|strict)) {_CLASS}\b"
    rf"|\beach (?:{_CLASS}|of (?:them|these|the {_CLASS}))(?: of leptons)? (?:adds|is a subset|is contained"
    r"|includes|contains|implies|"
    r"builds|starts|comprises)\b"
    rf"|\badd(?:s|ed)? to (?:the one|those|the {_CLASS}|the requirements|what)\b[^.;]{{0,40}}\b(?:left|before"
    r"|above|preceding|previous)\b"
    r"|\bin addition to (?:those|the ones|the requirements|all) (?:of|in|to) the (?:column |class "
    r"|one )?(?:to (?:the|its) left"
    r"|before|preceding|previous|loose)\b"
    r"|\b(?:dash|hyphen|empty cell|blank)\b[^.;]{0,40}\bno (?:additional|further|extra|new|tighter)\b"
    r"|\b(?:all|every|each|the)? ?(?:signal|tight|Z|selected) (?:lepton|electron|muon)s? (?:is"
    r"|are)(?: a subset of| among| always| all)?"
    r"(?: also| by definition| therefore)?(?: the| a)? loose(?: ones?| leptons?)?\b(?! if)"
    r"|\b(?:subset|sub-set|subsample) of (?:the|these|all) loose\b"
    r"|\b(?:loose ones|loose (?:lepton|electron|muon)s) (?:that|which|if they) (?:also|in addition|further)\b"
)
_LEPTONS = ("electron", "muon", "lepton")


def with_nested_classes(document: Document, proposals: Sequence[Proposal]) -> list[Proposal]:
    """The proposals, loose leptons as those that the selected ones are chosen from, where the text says so."""
    loose = [p for p in proposals if p.object in _LEPTONS and "loose" in parts(p.applies_when)]
    others = [p for p in proposals if p.object in _LEPTONS and not _classed(p) and _of_objects(p)]
    based = any("baseline" in parts(p.applies_when) for p in proposals if p.object in _LEPTONS)
    if not loose or not others or based or not any(_of_objects(p) for p in loose):
        return list(proposals)
    told = any(_NESTED.search(document.quote(s)) for s in document.sentences)
    told = told or any(t.caption is not None and _NESTED.search(document.quote(t.caption)) for t in document.tables)
    if not told:
        return list(proposals)
    return [_based(p) if any(p is one for one in loose) else p for p in proposals]


def _based(proposal: Proposal) -> Proposal:
    named = ["baseline" if c == "loose" else c for c in parts(proposal.applies_when)]
    return replace(proposal, applies_when=joined(named))


def _classed(proposal: Proposal) -> bool:
    return any(kind_of(c) in ("class", "rest") for c in parts(proposal.applies_when))


def _of_objects(proposal: Proposal) -> bool:
    return vocabulary.family_of(proposal.variable) in OF_OBJECTS


__all__ = ["with_nested_classes"]
