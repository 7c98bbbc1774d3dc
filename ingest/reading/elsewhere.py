"""Sentences that only say where requirements stand: "those on combinations of four leptons are in Table 3"."""

from __future__ import annotations

import re

_PLACE = (
    r"(?:the )?(?:following |next |second |lower |upper )?"
    r"(?:Tables?|Tabs?\.|Sections?|Secs?\.|Refs?\.|rows?|columns?|part)\b"
)
_WHAT = r"(?:requirements?|criteria|cuts?|conditions?|selections?|definitions?|thresholds?|those)"
_GIVEN = (
    r"(?:found|given|listed|summari[sz]ed|collected|compiled|shown|detailed|specified|described|defined|stated"
    r"|presented|documented|contained)"
)
_STANDS = re.compile(
    rf"(?i)\b{_WHAT} (?:on|for|of|that|to)\b[^.;]*?\b(?:is|are|can be) (?:\w+ly )?{_GIVEN} (?:in|by) {_PLACE}"
)
_LISTS = re.compile(
    rf"(?i)^{_PLACE}[^a-z]*(?:and[^a-z]*)?(?:lists?|gives?|summari[sz]es?|shows?|contains?|collects?|details?|presents?)\b"
)


def points_elsewhere(sentence: str) -> bool:
    """True for a sentence that says in which table or section requirements are found, and states none.

    >>> points_elsewhere("The requirements on pairs of two leptons are listed in Table 2.")
    True
    """
    return _STANDS.search(sentence) is not None or _LISTS.search(sentence) is not None


__all__ = ["points_elsewhere"]
