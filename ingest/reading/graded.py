"""Working points as what a quality is: "the quality of muons is Medium", "of the levels, Loose is used for electrons".

Such sentences name the quality first, and the point stands alone behind the verb or before "for electrons".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.documents.document import Span
from ingest.reading.proposal import Proposal
from ingest.reading.spoken import Sentence
from ingest.reading.token import Token

_OWNERS = ("electron", "muon", "lepton", "photon", "tau")
_QUALITY = re.compile(
    r"(?i)\b(?:the|of the|as|their|its) (?:(?:likelihood|muon|electron|photon) )?"
    r"(?P<quality>identification|quality|isolation)\b"
)
_SAID = re.compile(
    r"(?i)^(?:is|are|was|must be|has to be|have to be|shall be|should be|is required to be|needs to be)$"
)
_NEVER = re.compile(r"(?i)\b(?:efficienc|background|fail|defined|definition|not)\w*")


def find_graded(sentence: Sentence) -> Iterator[Proposal]:
    """The points of a sentence that begins with the quality that they grade."""
    tokens = sentence.tokens
    named = _QUALITY.search(sentence.text)
    points = [k for k, t in enumerate(tokens) if t.kind == "WP"]
    if named is None or not points or sentence.islands or _NEVER.search(sentence.text):
        return
    if named.end() > tokens[points[0]].start - sentence.span.start:
        return
    variable = "isolation" if named["quality"].lower() == "isolation" else "identification"
    for at in points:
        for thing in _things(tokens, at, points):
            yield Proposal(
                thing, variable, "is", tokens[at].name, "", "", False, sentence.span,
                Span(tokens[at].start, tokens[at].end),
            )  # fmt: skip


def _things(tokens: Sequence[Token], at: int, points: Sequence[int]) -> list[str]:
    """Whose quality the point is: those behind its "for", else the only ones before a point that the verb leads to."""
    stop = next((k for k in points if k > at), len(tokens))
    opened = next((k for k in range(at + 1, stop) if tokens[k].kind == "FOR"), 0)
    behind = [t.name for t in tokens[opened:stop] if t.kind == "OBJ" and t.name in _OWNERS] if opened else []
    if behind:
        return behind
    before = [t for t in tokens[max(0, at - 3) : at] if t.kind != "REL"]
    led = bool(before) and _SAID.match(before[-1].text) is not None
    owners = list(dict.fromkeys(t.name for t in tokens[:at] if t.kind == "OBJ" and t.name in _OWNERS))
    return owners if led and len(points) == 1 and len(owners) == 1 else []


__all__ = ["find_graded"]
