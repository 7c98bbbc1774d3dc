"""Units under a square root: "7 √GeV", "16 GeV^(1/2)"; those of a missing momentum over the root of a sum."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingest.reading.token import Token

_UNIT = "√GeV"
_FORMS = (("√", "(", "GeV", ")"), ("√", "GeV"), ("GeV", "^", "(", "1", "/", "2", ")"), ("GeV^1", "/", "2"))


def with_root_units(tokens: Sequence[Token]) -> list[Token]:
    """The tokens, a unit under a root as one token.

    >>> from ingest.reading.tokens import tokenise
    >>> [t.name for t in tokenise("H_T^miss/√H_T > 7 √(GeV)") if t.kind == "UNIT"]
    ['√GeV']
    """
    found: list[Token] = []
    at = 0
    while at < len(tokens):
        form = next((f for f in _FORMS if tuple(t.text for t in tokens[at : at + len(f)]) == f), ())
        if form and at and tokens[at - 1].kind == "NUM":
            last = tokens[at + len(form) - 1]
            found.append(replace(tokens[at], kind="UNIT", name=_UNIT, text=_UNIT, end=last.end))
            at += len(form)
            continue
        found.append(tokens[at])
        at += 1
    return found


__all__ = ["with_root_units"]
