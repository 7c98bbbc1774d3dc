"""Clauses that say why something is required: "…, because triggers with p_T > 18 GeV are used" requires nothing."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.reading import context
from ingest.reading.token import Token

GIVES_A_REASON = "says why something is required"
_WHY = ("because", "since")


def gives_reason(text: str, start: int, tokens: Sequence[Token], index: int) -> bool:
    """Whether token `index` stands in such a clause of the sentence `text`, which begins at the offset `start`.

    A clause that requires something itself ("since at least two jets are required") counts as a requirement.
    """
    for at in range(index - 1, -1, -1):
        if tokens[at].kind == "SEMI" or _goes_on(tokens, at):
            return False
        if tokens[at].text.lower().split()[:1] and tokens[at].text.lower().split()[0] in _WHY:
            stop = next((k for k in range(at, len(tokens)) if _ends(tokens, k, at)), len(tokens) - 1)
            clause = text[tokens[at].start - start : tokens[stop].end - start]
            return index < stop and not context.is_strong(clause)
    return False


def _ends(tokens: Sequence[Token], at: int, begin: int) -> bool:
    """Whether the clause that begins at `begin` ends here: at the comma of one that opens the sentence."""
    opens = begin == 0 and tokens[at].kind == "COMMA"
    return opens or tokens[at].kind == "SEMI" or _goes_on(tokens, at) or at == len(tokens) - 1


def _goes_on(tokens: Sequence[Token], at: int) -> bool:
    """True for the comma of "…, and muons must have …"."""
    return tokens[at].kind == "COMMA" and [t.kind for t in tokens[at + 1 : at + 2]] == ["AND"]


__all__ = ["GIVES_A_REASON", "gives_reason"]
