"""Named selections of a paper on performance: "The Extended selection accepts …", "the Core selection requires …".

What is said of one holds at it alone, as at a working point. A paper that takes one over names it: "we adopt the
Extended selection of Ref. [3]".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.documents.document import Document, Span
from ingest.reading.conditions import joined, parts
from ingest.reading.points import point_condition
from ingest.reading.proposal import Proposal
from ingest.reading.spoken import Sentence

_NOUN = r"(?:selection|definition|category|class|quality|criteria|requirements|set)"
_NAME = (
    r"(?!(?:The|This|That|These|Event|Object|Muon|Electron|Lepton|Jet|Photon|Signal|Our|All|Both|Table|Ref|Track)\b)"
)
_NAME += r"[A-Z][A-Za-z]{2,}"
_OPENS = re.compile(rf"^(?:[Tt]he|[Aa]) (?P<name>{_NAME}) {_NOUN}\b")
_ADOPTS = re.compile(
    r"(?i:\b(?:adopt|use|apply|employ|choose|take(?: over)?|follow|satisfy|pass|fulfil|meet|belong to"
    rf"|selected (?:with|by)|required to (?:pass|satisfy)|based on)\w*)\b[^.;:]*?\bthe (?P<name>{_NAME}) {_NOUN}\b"
)
_LEPTONS = ("electron", "muon", "photon")


def with_named_selections(document: Document, proposals: Sequence[Proposal]) -> list[Proposal]:
    """The proposals, those on a named selection with the condition that it is the one that is used.

    A section must name two of them at least, each where a sentence begins; a selection reaches to the next one, or to
    the end of its section.
    """
    places: dict[tuple[str, ...], list[tuple[int, str]]] = {}
    for sentence in document.sentences:
        if match := _OPENS.match(document.quote(sentence)):
            places.setdefault(document.section_path(sentence.start), []).append((sentence.start, match["name"]))
    named = {path: found for path, found in places.items() if len({name for _, name in found}) > 1}
    if not named:
        return list(proposals)
    made = []
    for proposal in proposals:
        found = named.get(document.section_path(proposal.focus.start), [])
        names = [name for start, name in found if start <= proposal.focus.start]
        if names and proposal.object in _LEPTONS:
            when = joined([*parts(proposal.applies_when), point_condition(names[-1])])
            start = max(s for s, _ in found if s <= proposal.focus.start)
            header = Span(start, start + len(f"The {names[-1]}"))
            headers = proposal.headers if start >= proposal.quote.start else (*proposal.headers, header)
            made.append(replace(proposal, applies_when=when, headers=headers))
        else:
            made.append(proposal)
    return made


def find_adopted(sentence: Sentence) -> Iterator[Proposal]:
    """The named selection that a sentence takes over from a paper that it cites, for the objects it speaks of."""
    match = _ADOPTS.search(sentence.text) if sentence.scope.citations else None
    if match is None:
        return
    spoken = [m.object for m in sentence.subjects.mentions if m.object in _LEPTONS and not m.relative]
    spoken = spoken or [thing for thing in (sentence.scope.inherited_object(),) if thing in _LEPTONS]
    focus = Span(sentence.span.start + match.start("name"), sentence.span.start + match.end("name"))
    if any(t.kind == "WP" and t.start == focus.start for t in sentence.tokens):
        return  # a working point that the vocabulary knows
    for thing in dict.fromkeys(spoken[:1]):
        yield Proposal(thing, "identification", "is", match["name"], "", "", False, sentence.span, focus)


__all__ = ["find_adopted", "with_named_selections"]
