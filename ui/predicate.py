"""A cut as a physicist writes it: `p_T > 7 GeV`, `|η| < 2.47`, `1.37 < |η| < 1.52 excluded`."""

from __future__ import annotations

import re

from kg.records import Json
from ui.plain import plain

_OWN = re.compile(r"[a-z]+(?:_[a-z]+)+")  # a value of the vocabulary's, and not a paper's word
_SIGNS = {">": ">", ">=": "≥", "<": "<", "<=": "≤", "==": "=", "!=": "≠", "is": "is", "is_not": "is not"}


def predicate(symbol: str, op: str, value: Json, unit: str = "", veto: bool = False, *, whole: bool = False) -> str:
    """The predicate in words and signs; `value` is a number, `[lo, hi]` or a string, as in a cut's JSON.

    >>> predicate("p_T", ">", 7, "GeV")
    'p_T > 7 GeV'
    >>> predicate("m", "in", [50, 106], "GeV")
    '50 < m < 106 GeV'
    >>> predicate("|η|", "in", [1.37, 1.52], veto=True)
    '1.37 < |η| < 1.52 excluded'

    The ends of a range of whole numbers belong to it, as in "2-4 jets":

    >>> predicate("N", "in", [2, 4], whole=True)
    '2 ≤ N ≤ 4'
    """
    after = f" {plain(unit)}" if unit else ""
    outside = op == "not_in"
    if isinstance(value, list | tuple) and len(value) == 2:
        low, high = (number(end) for end in value)
        sign = "≤" if whole else "<"
        text = f"{low} {sign} {symbol} {sign} {high}{after}"
        if not (op == "in" or outside):
            text = f"{symbol} {_SIGNS.get(op, op)} [{low}, {high}]{after}"
    else:
        text = f"{symbol} {_SIGNS.get(op, plain(op))} {number(value)}{after}"
    if veto and outside:
        return f"outside {text} excluded"
    return f"{text} excluded" if veto or outside else text


def number(value: Json) -> str:
    """A number in its shortest form, `7` and not `7.0`; a string made safe to show.

    >>> number(7.0), number("same_sign"), number("Loose")
    ('7', 'same-sign', 'Loose')
    """
    if isinstance(value, str):
        return value.replace("_", "-") if _OWN.fullmatch(value) else plain(value)
    return f"{value:.12g}" if isinstance(value, int | float) else plain(str(value))
