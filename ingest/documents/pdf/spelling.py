"""The last touch to a piece of text: blanks around relations and inside brackets."""

from __future__ import annotations

import re

_AFTER = re.compile(r"(?<![-=<>])([<>≤≥≲≳])(?=[\d.+\-–|A-Za-zα-ωΑ-Ω(])")
_BEFORE = re.compile(r"(?<=[\w)|\]])([<>≤≥≲≳])(?![<>=])")
_OPEN = re.compile(r"([(\[]) (?=\S)")
_CLOSE = re.compile(r"(?<=\S) ([)\]](?!\[))")


def spelt(text: str) -> str:
    """One way to set blanks: "p_T>7" reads "p_T > 7", "( GeV)" reads "(GeV)".

    >>> spelt("p_T>7 GeV, ≥2 jets ( GeV)")
    'p_T > 7 GeV, ≥ 2 jets (GeV)'
    """
    text = _BEFORE.sub(r" \1", text)
    text = _AFTER.sub(r"\1 ", text)
    return _CLOSE.sub(r"\1", _OPEN.sub(r"\1", text))


__all__ = ["spelt"]
