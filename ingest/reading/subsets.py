"""Classes of objects that lie in others: "tight leptons are loose leptons that have in addition …"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.documents.document import Document, Span
from ingest.reading.classes import OF_OBJECTS
from ingest.reading.conditions import joined, kind_of, parts
from ingest.reading.proposal import Proposal
from kg import vocabulary

_NOUN = r"(?:electrons?|muons?|leptons?|objects?|ones|candidates?)"
_OF = rf"(?P<super>loose|veto)\s(?:{_NOUN}|definitions?|selection)\b(?!\s(?:are|is|must|have|has)\b)"
_FOR = rf"(?:criteria|requirements?|conditions?|cuts|definition)\s(?:for|of)\s(?:the\s)?(?P<for>loose|veto)\s{_NOUN}\b"
_OWN = r"(?P<own>loose|veto)\s(?:(?:electron|muon|lepton)\s)?(?:criteria|requirements?|conditions?|cuts)\b"
_BE = (
    r"(?:are|is|must be|have to be|has to be)\s"
    r"(?:(?:also|those|the|all|an?|subset|of|selected|chosen|taken|drawn|from|among|required|to|be|defined|as)\s)*"
)
_MEET = r"(?:fulfils?|fulfill|satisf(?:y|ies)|meets?|pass(?:es)?)\s(?:(?:also|all|of|the|same)\s)*"
_MODAL = r"(?:(?:which|that|must|have to|has to|should|also|are required to|need to)\s)*"
_SUBSET = re.compile(
    rf"(?i)\b(?:tight|signal|selected)\s(?P<thing>{_NOUN})\s{_MODAL}(?:{_BE}{_OF}|{_MEET}(?:{_FOR}|{_OWN}))"
)
_CALLED = re.compile(
    rf"(?i)\b(?P<super>loose|veto)\s(?P<thing>{_NOUN})\s(?:that|which|are|if)\b[^;]*\b(?:called|named|termed|form|constitute)\s"
    r"(?:the\s)?(?:tight|signal)\b"
)


@dataclass(frozen=True, slots=True)
class _Subset:
    """The objects of the class "signal" are among those of `whole`, as the sentence at `stated` says."""

    whole: str
    objects: tuple[str, ...]
    stated: Span


def with_subsets(document: Document, proposals: Sequence[Proposal]) -> list[Proposal]:
    """The proposals, with those of a class also for the objects of the class within it, where these have none."""
    found = list(proposals)
    for subset in _subsets(document):
        for proposal in proposals:
            of_whole = subset.whole in parts(proposal.applies_when) and proposal.object in subset.objects
            if of_whole and vocabulary.family_of(proposal.variable) in OF_OBJECTS and not _stated(found, proposal):
                kept = [c for c in parts(proposal.applies_when) if kind_of(c) != "class"]
                headers = (*proposal.headers, subset.stated)
                found.append(replace(proposal, applies_when=joined([*kept, "signal"]), headers=headers))
    return found


def _stated(proposals: Sequence[Proposal], proposal: Proposal) -> bool:
    """Whether the objects of the class within have a requirement of their own on the variable."""
    names = {proposal.object, "lepton"} if proposal.object in ("electron", "muon") else {proposal.object}
    same = [p for p in proposals if p.object in names and p.variable in _alike(proposal.variable)]
    own = [p for p in same if "signal" in parts(p.applies_when)]
    return any((p.op == "not_in") == (proposal.op == "not_in") for p in own)


def _alike(variable: str) -> tuple[str, ...]:
    return ("pt", "et") if variable in ("pt", "et") else (variable,)


def _subsets(document: Document) -> Iterator[_Subset]:
    for sentence in document.sentences:
        text = re.sub(r"(?<=\w)[-‐–](?=\w)", " ", document.quote(sentence))
        for match in (*_SUBSET.finditer(text), *_CALLED.finditer(text)):
            groups = match.groupdict()
            whole = next(groups[name] for name in ("super", "for", "own") if groups.get(name))
            thing = match["thing"].lower().removesuffix("s")
            objects = (thing, "lepton") if thing in ("electron", "muon") else ("electron", "muon", "lepton")
            yield _Subset(whole.lower(), objects, sentence)


__all__ = ["with_subsets"]
