"""Numbers that leave out what they count: "at least two jets for muons and at least three for electrons"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingest.reading.conditions import kind_of
from ingest.reading.islands import Amount, Island
from ingest.reading.tokens import Token

_FLAVOURS = ("electron", "muon")
_MOST = 20
_SIGNS = (">=", "<=", "==", ">", "<")


def find_counted_for(tokens: Sequence[Token], islands: Sequence[Island]) -> list[Island]:
    """The bare numbers behind a count of objects, as counts of the same; only where "if" or "for" says for whom."""
    found: list[Island] = []
    inside = {k for i in islands for k in range(i.first, i.last)}
    for at in range(1, len(tokens) - 1):
        sign, number = tokens[at - 1], tokens[at]
        if sign.kind != "REL" or sign.name not in _SIGNS or not sign.text[0].isalpha() or {at, at - 1} & inside:
            continue
        whole = number.kind in ("NUM", "NUMWORD") and number.number is not None and number.number == int(number.number)
        counted = [i for i in islands if i.kind == "count" and i.last < at and i.thing is not None]
        if not whole or (number.number or 0) > _MOST or not _says_for_whom(tokens, at + 1) or not counted:
            continue
        between = tokens[counted[-1].last : at - 1]
        if not any(t.kind in ("AND", "COMMA", "SEMI") for t in between) or any(t.kind == "VAR" for t in between):
            continue
        amount = Amount((number.number or 0.0,), "", None, number.start, number.end)
        found.append(
            replace(counted[-1], first=at - 1, last=at + 1, op=sign.name, amount=amount, upper=None, word=True)
        )
    return found


def _says_for_whom(tokens: Sequence[Token], at: int) -> bool:
    """True for "if it is an electron", "for muons", "in the electron channel" behind the number."""
    if tokens[at].kind not in ("IF", "FOR"):
        return False
    said = tokens[at + 1 : at + (7 if tokens[at].kind == "IF" else 3)]
    return any((t.kind == "OBJ" and t.name in _FLAVOURS) or kind_of(t.name) == "channel" for t in said)


__all__ = ["find_counted_for"]
