"""Units under a square root: "7 √GeV", "16 GeV^(1/2)"; those of a missing momentum over the root of a sum."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingest.reading.token import Token

_UNIT = "√GeV"
_FORMS = (("√", "(", "GeV", ")"), ("√", "GeV"), ("GeV", "^", "(", "1", "/", "2", ")"), ("GeV^1", "/", "2"))
_FIRST = frozenset(form[0] for form in _FORMS)


def with_root_units(tokens: Sequence[Token]) -> list[Token]:
    """The tokens, a unit under a root as one token.

    >>> from ingest.reading.tokens import tokenise
    >>> [t.name for t in tokenise("H_T^miss/√H_T > 7 √(GeV)") if t.kind == "UNIT"]
    ['√GeV']
    """
    found: list[Token] = []
    at = 0
    while at < len(tokens):
        begins = at and tokens[at].text in _FIRST and tokens[at - 1].kind == "NUM"
        form = next((f for f in _FORMS if begins and tuple(t.text for t in tokens[at : at + len(f)]) == f), ())
        if form:
            last = tokens[at + len(form) - 1]
            found.append(replace(tokens[at], kind="UNIT", name=_UNIT, text=_UNIT, end=last.end))
            at += len(form)
            continue
        found.append(tokens[at])
        at += 1
    return found


__all__ = ["with_root_units"]
