"""What must be there without a number: "a pair of photons is required", "in addition to two photons we require …"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.documents.document import Span
from ingest.reading.conditions import joined, kind_of
from ingest.reading.proposal import Proposal
from ingest.reading.spoken import Sentence
from kg import vocabulary

_MEMBERS = ("photon", "jet", "bjet")
_THERE = re.compile(
    r"(?i)\b(?:(?:is|be) (?:required|demanded|requested|present|found|there|available|reconstructed)"
    r"|must exist|needed)\b"
)
_HOLDS = re.compile(
    r"(?i)\b(?:we (?:\w+ly )?(?:require|demand|ask for|request|insist on)|must (?:have|contain|hold|include)"
    r"|(?:have|has|are required|is required) to (?:have|contain|include)|need(?:s|ed)?|there (?:is|must be|has to be)"
    r"|(?:requires?|demands?|asks? for|calls? for|selected (?:with|by|if they (?:contain|have))|contain(?:ing)?))"
    r"(?: at least)?$"
)
# "In addition to a primary vertex and two preselected photons we require: …"
_BESIDES = re.compile(
    r"(?i)^\W*(?:in addition to|besides|beside|apart from|on top of|beyond|aside from)\s(?P<what>[^:;]*?),?\s"
    r"(?:we|the following|events? (?:must|ha(?:ve|s)|are|is|need)|it is|there (?:must|has|have))\b"
)


def demanded_besides(text: str, at: int) -> bool:
    """True for what stands at an offset of the sentence as something that is demanded besides what follows."""
    match = _BESIDES.match(text)
    return match is not None and match.start("what") <= at < match.end("what")


def find_present_pairs(sentence: Sentence) -> Iterator[Proposal]:
    """At least two of what "a pair of isolated photons is required" and "events need a photon pair" ask for."""
    tokens = sentence.tokens
    for index in range(1, len(tokens)):
        if tokens[index - 1].text.lower() not in ("a", "one"):
            continue
        stop = index
        while stop < len(tokens) and tokens[stop].kind in ("COND", "WP", "WORD", "PAIR", "LIGHT", "DASH"):
            stop += 1
        if stop == len(tokens) or tokens[stop].kind != "OBJ":
            continue
        name = tokens[stop].name
        paired = any(t.kind == "PAIR" for t in [*tokens[index:stop], *tokens[stop + 1 : stop + 2]])
        thing = vocabulary.objects()[name].members if vocabulary.objects()[name].is_pair else name if paired else ""
        if thing not in _MEMBERS or any(index - 2 <= i.first <= stop < i.last for i in sentence.islands):
            continue
        start = tokens[index - 1].start - sentence.span.start
        end = tokens[stop].end - sentence.span.start
        before, behind = sentence.text[:start].rstrip(), sentence.text[end:]
        there = re.match(r"[^,;.]{0,60}", behind)
        held = sentence.scope.listed or _HOLDS.search(before) or demanded_besides(sentence.text, start)
        if sentence.clauses.rejects(stop) or not (held or (there is not None and _THERE.search(there.group()))):
            continue
        if re.search(r"(?i)\bof (?:mass|invariant mass)\b|\bwith\b.*\bmass\b", behind):
            continue  # what its mass has to be is read as a comparison
        conditions = [t.name for t in tokens[index:stop] if t.kind == "COND" and kind_of(t.name) == "class"]
        focus = Span(tokens[index - 1].start, tokens[stop].end)
        yield Proposal(thing, "count", ">=", 2.0, "", joined(conditions), False, sentence.span, focus, implied=True)


__all__ = ["demanded_besides", "find_present_pairs"]
