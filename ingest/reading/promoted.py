"""Objects that were counted and must be of another class too: "three leptons, all of which must be signal leptons"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.documents.document import Span
from ingest.reading.conditions import joined
from ingest.reading.islands import Island, find_islands
from ingest.reading.proposal import Proposal
from ingest.reading.spoken import Sentence
from ingest.reading.tokens import tokenise

_ALSO = re.compile(
    r"(?i)\b(?:all|both|each|every one|they|which|that|these)"
    r"(?:\s(?:of|which|them|these|those|the|two|three|four|leptons|electrons|muons|photons|baseline)){0,4}\s"
    r"(?:must|shall|ha(?:ve|s) to|(?:are|is)(?: also| further| then)? required to|are|is)\s"
    r"(?:(?:also|in addition|then|further|furthermore|moreover|be|satisfy|pass|fulfil|fulfill|meet|all|the|a"
    r"|criteria|for|of)\s)*"
    r"(?P<name>signal|tight)\s(?:leptons?|electrons?|muons?|photons?|requirements?|criteria|selection|definition|ones?)\b"
)


def find_promoted(sentence: Sentence) -> Iterator[Proposal]:
    """The number of objects of the narrower class; it is that of the sentence, else of the one before."""
    match = _ALSO.search(sentence.text)
    if match is None:
        return
    at = sentence.span.start + match.start()
    own = [i for i in sentence.islands if i.kind == "count" and sentence.tokens[i.last - 1].end <= at]
    counted = own[-1] if own else None
    if counted is None and sentence.scope.previous:
        tokens = tokenise(sentence.scope.previous[0])
        earlier = [i for i in find_islands(tokens) if i.kind == "count"]
        counted = earlier[-1] if earlier and not sentence.text[: match.start()].strip() else None
    if counted is None or not _is_asked_for(counted) or counted.thing is None:
        return
    if own and sentence.clauses.rejects(counted.first):
        return
    focus = Span(at, sentence.span.start + match.end())
    when, thing = joined(["signal", *sentence.shared(focus)]), counted.thing.name
    stated = (sentence.previous_span,) if not own and sentence.previous_span is not None else ()
    yield Proposal(thing, "count", counted.op, counted.value, "", when, False, sentence.span, focus, stated)


def _is_asked_for(island: Island) -> bool:
    """True for a number of leptons or photons that there must be."""
    named = island.thing is not None and island.thing.name in ("lepton", "electron", "muon", "photon", "tau", "jet")
    return named and not island.paired and island.op in ("==", ">=") and island.value != 0


__all__ = ["find_promoted"]
