"""What a sum is made of: the E_T^miss of "the effective mass, defined as the scalar sum of … and E_T^miss, …"."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from ingest.reading.token import Token

_PARTS = ("pt", "et", "met", "mht", "ht", "lt", "mass")
_INSIDE = ("LIGHT", "OBJ", "COND", "WP", "AND", "VAR", "DASH", "NUMWORD", "PAIR", "LPAR", "RPAR", "SLASH", "SIGN")
_WORDS = frozenset(
    "transverse momenta momentum energies energy magnitude magnitudes missing selected all reconstructed the any every"
    " scalar vector vectorial absolute in this that event signal accepted from event's of over".split()
)
_LAST_NOUN = re.compile(r"(?i)\b(?:of|over) (?:the |all |all the |selected |the selected |signal )*([\w-]+)$")
_TELLS = ("with", "having", "that", "which", "whose", "satisfying", "passing")
_LONGEST = 24  # tokens from "sum" to the last of its parts


def with_summed_nouns(tokens: Sequence[Token], meaning: Callable[[str], tuple[str, str] | None]) -> list[Token]:
    """The tokens, the jets of "the scalar sum of the p_T of the jets with p_T > 40 GeV" as objects of their own."""
    found: list[Token] = []
    for token, behind in zip(tokens, [*tokens[1:], None], strict=True):
        noun = _LAST_NOUN.search(token.text) if token.kind == "VAR" and behind is not None else None
        named = meaning(noun[1]) if noun is not None else None
        if noun is None or behind is None or behind.text.lower() not in _TELLS or not named or named[0] != "OBJ":
            found.append(token)
            continue
        start = token.start + noun.start(1)
        found.append(replace(token, text=token.text[: noun.start(1)].rstrip(), end=start - 1))
        found.append(Token("OBJ", noun[1], start, token.end, named[1]))
    return found


def is_summand(tokens: Sequence[Token], index: int) -> bool:
    """Whether a variable is a part of a sum of several: it is not bounded itself.

    >>> from ingest.reading.tokens import tokenise
    >>> tokens = tokenise("the sum of H_T and E_T^miss is above 1 TeV")
    >>> [t.text for i, t in enumerate(tokens) if is_summand(tokens, i)]
    ['H_T', 'E_T^miss']
    """
    if tokens[index].kind != "VAR" or tokens[index].name not in _PARTS:
        return False
    for at in range(index - 1, max(-1, index - _LONGEST), -1):
        token = tokens[at]
        words = token.text.lower().split()
        if "sum" in words or "sums" in words:
            return _is_of_several(tokens, at)
        if token.kind not in _INSIDE and not set(words) <= _WORDS:
            return False
    return False


def _is_of_several(tokens: Sequence[Token], at: int) -> bool:
    """Whether "and" or a sign joins the parts of the sum that begins here, and another variable than p_T is one."""
    inside = []
    for token in tokens[at + 1 : at + _LONGEST]:
        if token.kind not in _INSIDE and not set(token.text.lower().split()) <= _WORDS:
            break
        inside.append(token)
    parts = [t for t in inside if t.kind == "VAR"]
    joined = any(t.kind == "AND" or t.text == "+" for t in inside)
    return joined and any(t.name not in ("pt", "et") for t in parts)


__all__ = ["is_summand", "with_summed_nouns"]
