"""Captions that say in which sense the numbers of a table bound: "upper limits of the isolation variables"."""

from __future__ import annotations

import re

_NAMES = r"(?:variables?|quantit(?:y|ies)|isolations?|observables?|impact parameters?|ratios?)"
_LIMITS = (
    r"(?P<{0}>upper|lower|maxim\w+|minim\w+|largest|smallest)\s(?:allowed\s)?(?:limits?|bounds?|values?|thresholds?)"
)
_BOUNDS = re.compile(
    rf"(?i)\b(?:{_LIMITS.format('before')}\s(?:of|on|for)\s(?:[\w-]+\s){{0,3}}{_NAMES}"
    rf"|{_NAMES}\b[^.;]{{0,40}}\b{_LIMITS.format('behind')})\b"
)


def bound_in(caption: str) -> str:
    """The comparison of each number with the variable of its row or column, "" where the caption states none.

    >>> bound_in("Isolation of muons: upper limits of the variables."), bound_in("Upper limits on the cross section.")
    ('<', '')
    """
    match = _BOUNDS.search(caption)
    if match is None:
        return ""
    word = (match["before"] or match["behind"]).lower()
    return "<" if word.startswith(("upper", "maxim", "largest")) else ">"


__all__ = ["bound_in"]
