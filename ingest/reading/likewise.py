"""Values that a sentence takes over from one before: "muons have the same p_T as electrons"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.documents.document import Document, Span
from ingest.reading.mentions import find_mentions
from ingest.reading.proposal import Proposal
from ingest.reading.tokens import Token, tokenise

_SAME = ("same", "identical")


def find_likewise(document: Document, sentence: Span, earlier: Sequence[Proposal], since: int) -> Iterator[Proposal]:
    """The cuts that the sentence gives to its own object by pointing to those of another.

    `earlier` are the proposals so far, of which those from the offset `since` on, the paragraph, count. The number is
    quoted from the sentence that states it.
    """
    tokens = tokenise(document.text, sentence.start, sentence.end)
    for index, token in enumerate(tokens):
        if not set(token.text.lower().split()) & set(_SAME):
            continue
        variables = _variables(tokens, index)
        whole = find_mentions(tokens)
        other = next((m for m in whole if m.index > index and m.relative), None)
        own = next((m for m in whole if m.index < index and not m.relative), None)
        if not variables or other is None or own is None or other.object == own.object:
            continue
        focus = Span(token.start, tokens[other.index].end)
        for known in earlier:
            if known.object == other.object and known.variable in variables and known.quote.start >= since:
                yield replace(known, object=own.object, quote=sentence, focus=focus, headers=(known.quote,))


def _variables(tokens: list[Token], index: int) -> list[str]:
    """What is the same: the variables named between "the same" and "as"."""
    found: list[str] = []
    for token in tokens[index + 1 : index + 9]:
        if "as" in token.text.lower().split():
            return found
        if token.kind == "VAR":
            found.append(token.name)
    return []


__all__ = ["find_likewise"]
