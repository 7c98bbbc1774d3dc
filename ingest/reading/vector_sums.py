"""Missing H_T without its name: "… and the magnitude of their vector sum above 200 GeV"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.reading.token import Token

_SUM = re.compile(
    r"(?i)^(?P<sum>(?:magnitude|modulus|length|size|absolute value) of (?P<whose>the|their|its|all) "
    r"(?:negative )?vector(?:ial)? sum)"
    r"(?P<of>(?: of| over)(?: the| all| their| transverse| momenta| p_T| of| selected)* jets?| of (?:them|these))?"
)
_NAMED = ("mht", "met")
_LONGEST = 14


def with_vector_sums(tokens: Sequence[Token]) -> list[Token]:
    """The tokens, the magnitude of the vector sum of jets as the missing H_T where the sentence does not name it."""
    spoken = any("sum" in t.text.lower() for t in tokens)
    if not spoken or any(t.kind == "VAR" and t.name in _NAMED for t in tokens):
        return list(tokens)
    found: list[Token] = []
    at = 0
    while at < len(tokens):
        text, ends = "", []
        for token in tokens[at : at + _LONGEST]:
            text += (" " if text else "") + token.text
            ends.append(len(text))
        match = _SUM.match(text)
        jets = match is not None and ("jet" in (match["of"] or "") or any(t.name in ("jet", "ht") for t in found))
        if match is not None and jets and (match["of"] or match["whose"] != "the") and match.end() in ends:
            last = at + ends.index(match.end())
            found.append(Token("VAR", text[: match.end()], tokens[at].start, tokens[last].end, "mht", None, "event"))
            at = last + 1
            continue
        found.append(tokens[at])
        at += 1
    return found


__all__ = ["with_vector_sums"]
