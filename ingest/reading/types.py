"""Of which type muons have to be: "muons must be combined or segment-tagged", "only combined muons are used"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.documents.document import Span
from ingest.reading.conditions import joined, kind_of
from ingest.reading.proposal import Proposal
from ingest.reading.spoken import Sentence
from ingest.reading.token import Token

_MUON_TYPES = ("combined", "segment-tagged", "calo-tagged", "stand-alone")
_JOINS = ("OR", "AND", "COMMA", "SLASH", "DASH")
_MUST_BE = re.compile(
    r"(?i)\b(?:(?:must|should|(?:have|has|need|needs|are required|is required) to) be|(?:are|is) required as)"
    r"(?: (?:either|of|the|a|an|type|types|reconstructed as|muons?))*$"
)
_ONLY = re.compile(r"(?i)\bonly(?: the)?$")
_USED = re.compile(
    r"(?i)^ (?:muons?|ones)? ?(?:candidates )?(?:(?:with|of|within|in|above|having) [^;,]*?)?"
    r"(?:(?:are|is|were) (?:\w+ly )?"
    r"(?:used|considered|accepted|selected|kept|retained|taken)|enter\b)"
)


def types_among(tokens: Sequence[Token]) -> list[str]:
    """The types of muons that the tokens list and nothing else; [] for anything else."""
    rest = [t for t in tokens if t.kind not in ("LIGHT", *_JOINS) and not (t.kind == "OBJ" and t.name == "muon")]
    named = [t.name for t in rest if t.kind == "COND" and t.name in _MUON_TYPES]
    return list(dict.fromkeys(named)) if named and len(named) == len(rest) else []


def find_types(sentence: Sentence) -> Iterator[Proposal]:
    """The types that muons are required to be of, one value for all: "combined or segment-tagged"."""
    tokens, index = sentence.tokens, 0
    while index < len(tokens):
        stop = index
        while stop < len(tokens) and (_is_type(tokens[stop]) or (stop > index and _joins(tokens, stop))):
            stop += 1
        if stop > index and (made := _required(sentence, index, stop)) is not None:
            yield made
        index = max(stop, index + 1)


def _is_type(token: Token) -> bool:
    return token.kind == "COND" and token.name in _MUON_TYPES


def _joins(tokens: Sequence[Token], at: int) -> bool:
    """True for what stands between two of several types."""
    behind = next((t for t in tokens[at : at + 3] if t.kind not in ("LIGHT", *_JOINS)), None)
    return tokens[at].kind in ("LIGHT", *_JOINS) and behind is not None and _is_type(behind)


def _required(sentence: Sentence, start: int, stop: int) -> Proposal | None:
    tokens = sentence.tokens
    first, _ = sentence.clauses.bounds(start)
    before = " ".join(t.text for t in tokens[first:start])
    behind = "".join(f" {t.text}" for t in tokens[stop : stop + 20])
    spoken = [m for m in sentence.subjects.mentions if first <= m.index < start and not m.relative]
    limited = any(first <= i.first < start for i in sentence.islands)  # "muons with |η| < 0.1 must be segment-tagged"
    if (
        limited
        or sentence.clauses.rejects(start)
        or any(t.kind in ("NO", "EXCEPT", "FOR", "IF") for t in tokens[first:start])
    ):
        return None
    conditions: list[str] = []
    if _MUST_BE.search(before):
        if not spoken and sentence.scope.inherited_object() != "muon":
            return None
        if spoken and (spoken[-1].object != "muon" or any(kind_of(c) == "type" for c in spoken[-1].conditions)):
            return None
        conditions = [c for c in (spoken[-1].conditions if spoken else ()) if kind_of(c) == "class"]
    elif not (_ONLY.search(before) and _USED.match(behind)):
        return None
    named = list(dict.fromkeys(t.name for t in tokens[start:stop] if _is_type(t)))
    focus = Span(tokens[start].start, tokens[stop - 1].end)
    value = " or ".join(named)
    return Proposal("muon", "muon_type", "is", value, "", joined(conditions), False, sentence.span, focus)


__all__ = ["find_types", "types_among"]
