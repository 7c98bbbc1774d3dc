"""Counts that first name what they count: "the number of jets must be at least three", "the jet multiplicity"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.documents.document import Span
from ingest.reading import context
from ingest.reading.comparison import OPPOSITE
from ingest.reading.conditions import joined
from ingest.reading.mention import Mention
from ingest.reading.proposal import Proposal
from ingest.reading.spoken import Sentence
from ingest.reading.token import Token

_REACH = 9
# words between the noun and its number
_VERBS = {"required", "must", "has", "have", "is", "be", "equal", "equals", "exactly", "also", "limited", "restricted"}


def find_numbered(sentence: Sentence) -> Iterator[Proposal]:
    """The counts whose number is a word, or stands without a sign of comparison."""
    taken = {k for island in sentence.islands for k in range(island.first, island.last)}
    for index, token in enumerate(sentence.tokens):
        if token.kind != "VAR" or token.text.lower() not in ("number of", "multiplicity"):
            continue
        mention = _counted(sentence, index)
        if mention is None:
            continue
        found = _number(sentence, max(mention.index, index) + 1, taken)
        if found is None:
            continue
        relation, number, at = found
        value: float | tuple[float, float] = number
        if relation == "==" and (stop := _upper_end(sentence, at)):
            relation, value, at = "in", (number, float(sentence.tokens[stop].number or 0)), stop
        clause = sentence.clauses.around(at)
        limited = re.search(r"(?i)\b(?:is|are) (?:limited|restricted) to\b", clause)
        if not (sentence.scope.listed or limited or context.is_strong(clause) or context.is_strong(sentence.text)):
            continue
        veto = sentence.clauses.rejects(at)
        focus = Span(token.start, sentence.tokens[at].end)
        text = joined([*(c for c in mention.conditions), *sentence.shared(focus)])
        yield Proposal(mention.object, "count", relation, value, "", text, veto, sentence.span, focus)


def _counted(sentence: Sentence, index: int) -> Mention | None:
    """What is counted: behind "number of", before "multiplicity"."""
    near = [m for m in sentence.subjects.mentions if m.object not in ("event", "vertex")]
    behind = [m for m in near if index < m.index <= index + 5]
    before = [m for m in near if m.index == index - 1]
    return next(iter(before or behind), None)


def _upper_end(sentence: Sentence, at: int) -> int:
    """Where the "four" of "between two and four", "three or four" stands; 0 where there is no such range.

    `at` is the number before it.
    """
    tokens = sentence.tokens
    ahead, joint, last = tokens[max(0, at - 1) : at], tokens[at + 1 : at + 2], tokens[at + 2 : at + 3]
    if not last or last[0].kind not in ("NUM", "NUMWORD") or last[0].number is None:
        return 0
    between = [t.kind for t in (*ahead, *joint)] == ["BETWEEN", "AND"]
    either = [t.kind for t in joint] == ["OR"] and last[0].number == (tokens[at].number or 0) + 1
    return at + 2 if between or either else 0


def _number(sentence: Sentence, start: int, taken: set[int]) -> tuple[str, float, int] | None:
    """(relation, number, token) behind the noun; None where a comparison of its own or another noun comes first."""
    relation, tokens = "==", sentence.tokens
    described = [t.text.lower() for t in tokens[start : start + 1]] in (["with"], ["having"], ["above"], ["within"])
    start = _behind_description(tokens, start, taken) if described else start
    for at in range(start, min(start + _REACH, len(tokens))):
        token = tokens[at]
        if at in taken:
            return None
        if token.kind == "REL":
            said = [w for t in tokens[max(start, at - 3) : at] for w in t.text.lower().split()]
            denied = "not" in said and "not" not in token.text.lower().split()
            relation = OPPOSITE.get(token.name, token.name) if denied else token.name
        elif token.kind in ("NUMWORD", "NUM") and token.number is not None:
            follows = tokens[at + 1] if at + 1 < len(tokens) else None
            if follows is not None and follows.kind == "OPEN":
                return follows.name, token.number, at
            plain = follows is None or follows.kind not in ("UNIT", "OR", "TO", "DASH", "OBJ", "WORD", "LPAR", "SIGN")
            ends = follows is not None and follows.text == "."
            return (relation, token.number, at) if plain or ends or _upper_end(sentence, at) else None
        elif not (token.kind in ("LIGHT", "TO", "STOP", "BETWEEN") or set(token.text.lower().split()) <= _VERBS):
            return None
    return None


def _behind_description(tokens: list[Token], start: int, taken: set[int]) -> int:
    """Where the sentence goes on behind the "with p_T > 50 GeV and |η| < 2.5" of what is counted."""
    described = [at for at in range(start, len(tokens)) if at in taken]
    at = start
    while at < len(tokens) and described and (at in taken or tokens[at].kind in ("AND", "COMMA", "LIGHT", "STOP")):
        if at not in taken and {"must", "is", "are", "has"} & set(tokens[at].text.lower().split()):
            break
        at += 1
    return at


__all__ = ["find_numbered"]
