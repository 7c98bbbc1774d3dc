"""Of which sort the pair is that "such a pair" takes up from the words before it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ingest.reading.mentions import composite, find_mentions, sorts_in
from ingest.reading.tokens import Token, tokenise

_NEAR = 4  # tokens between "such" and what it stands with: "no such same-flavour pair of leptons"


def sorts_of_such(tokens: Sequence[Token], index: int, thing: str, previous: Iterable[str]) -> list[str]:
    """The sort of the "such pair" at `index`, of this sentence or those before; [] where nothing is called such.

    `thing` is the object that it is, `previous` are the sentences before, the nearest first.
    """
    near = range(index, max(-1, index - _NEAR - 1), -1)
    at = next((i for i in near if "such" in tokens[i].text.lower().split()), -1)
    if at < 0:
        return []
    for earlier in (list(tokens[:at]), *map(tokenise, previous)):
        named = any(thing in (m.object, composite(m.object)) for m in find_mentions(earlier))
        goes_back = not sorts_in(earlier) and any("such" in t.text.lower().split() for t in earlier)
        if named and not goes_back:
            return sorts_in(earlier)
    return []


__all__ = ["sorts_of_such"]
