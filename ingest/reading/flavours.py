"""Of which flavour a pair is that a comparison speaks of: "in the case of electrons, the mass …", "for muon pairs"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.reading.islands import Island
from ingest.reading.mentions import is_case, own_conditions, sorts_in
from ingest.reading.token import Token

PAIRS = {"electron": "ee pair", "muon": "μμ pair"}
_BOTH_ARE = re.compile(
    r"\b(?:if|when|where|for which|in case) (?:both|the two|the leptons|they|the (?:lepton )?pair)\b.*"
    r"\b(?:are|is)(?: both)?$"
)


def pair_of_flavour(tokens: Sequence[Token], islands: Sequence[Island], island: Island) -> str:
    """The "ee pair" of "in the case of electrons, the mass …", "above 20 GeV for electrons"; "" for none."""
    stop = min(min((i.first for i in islands if i.first >= island.last), default=len(tokens)), island.last + 6)
    start = max((i.last for i in islands if i.last <= island.first and i.kind != "count"), default=0)
    start = max([start, *(k + 1 for k in range(start, island.first) if tokens[k].kind == "SEMI")])
    for i, token in enumerate(tokens):
        before, behind = start <= i < island.first, island.last < i < stop
        named = PAIRS.get(token.name) or next((c for c in own_conditions(token.text) if c in PAIRS.values()), "")
        if not named or token.kind != "OBJ" or not (before or behind):
            continue
        opened = _opens_case(tokens, i, start, start > 0) if before else _opens_case(tokens, i, island.last)
        if opened or _both_are(tokens, i) or (before and is_case(list(tokens), i)):
            return named
    return ""


def _opens_case(tokens: Sequence[Token], index: int, start: int, apart: bool = False) -> bool:
    """True for the electrons of "for electrons", "in the case of two electrons" behind the token `start`.

    With `apart`, as in ", and for electrons …", not what is for electrons there.
    """
    at = index - 1
    while at >= start and (tokens[at].kind in ("LIGHT", "COND", "WP") or tokens[at].number == 2):
        at -= 1
    word = tokens[at].text.lower() if at >= start else ""
    joined = any(t.kind in ("COMMA", "SEMI", "AND") for t in tokens[max(0, start - 1) : max(at, 0)])
    opens = at >= start and tokens[at].kind == "FOR" and word.startswith(("for", "in case", "in the case"))
    return opens and joined == apart


def _both_are(tokens: Sequence[Token], index: int) -> bool:
    """True for the electrons of "if both leptons are electrons"."""
    return _BOTH_ARE.search(" ".join(t.text.lower() for t in tokens[max(0, index - 6) : index])) is not None


def sorts_of_pair(tokens: list[Token], index: int) -> list[str]:
    """The sort of "a same-flavour opposite-sign pair of loose leptons", told before the pair; `index` is its object."""
    at = next((i for i in range(index - 1, max(-1, index - 5), -1) if tokens[i].kind == "PAIR"), None)
    if at is None or any(t.kind not in ("LIGHT", "COND", "WP", "DASH") for t in tokens[at + 1 : index]):
        return []
    start = at
    while start > 0 and tokens[start - 1].kind in ("COND", "COMMA", "AND", "DASH"):
        start -= 1
    return sorts_in(tokens[start:at])


__all__ = ["PAIRS", "pair_of_flavour", "sorts_of_pair"]
