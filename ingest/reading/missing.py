"""Jets that only a missing momentum is summed over: "for H_T^miss, jets with p_T > 30 GeV and |η| < 5 are used"."""

from __future__ import annotations

import re

_NAME = r"(?:[HEp]_T\^miss|missing (?:H_T|transverse (?:momentum|energy)))"
_BUILT = r"(?:comput\w+|calculat\w+|built|made up|constructed|determined|reconstructed|evaluated|defined|obtained)"
# "H_T^miss is the negative vector sum of the momenta of all jets with …", "…, H_T^miss, uses softer jets"
_SAYS = rf"(?:sum|uses?|adds?|includes?|considers?|in the same way|for which|where|{_BUILT})"
_NAMED_BEFORE = re.compile(rf"(?i){_NAME}[^;]*\b{_SAYS}\b[^;]*\bjets\b")
_OF = r"(?:(?:calculation|computation|definition|sum) of )"
_FOR_IT = re.compile(rf"(?i)^(?:for|in) (?:the )?{_OF}?(?:the )?{_NAME},? [^;]*\bjets\b")
# "jets with p_T > 30 GeV enter the calculation of H_T^miss"
_ENTER = r"(?:enter|contribute to|(?:is|are) (?:used|included|considered|summed)(?: up)? (?:in|for|to))"
_SAID = r"(?:[^;,]*\bjets|[^;,]*\b(?:acceptance|thresholds?|requirements?|criteria))"
_NEAR = r"(?:(?!, (?:while|whereas|but|and)\b)[^;.]){0,40}"  # not "jets with … enter H_T, while for H_T^miss …"
_NAMED_BEHIND = re.compile(rf"(?i)^{_SAID}\b[^;]*?\b{_ENTER}\b{_NEAR}{_NAME}")


def makes_up_missing(text: str, at: int) -> bool:
    """Whether the jets of the comparison at the offset `at` of a sentence are those that a missing momentum is made of.

    >>> makes_up_missing("For H_T^miss, jets with p_T > 30 GeV are used.", 25)
    True
    """
    before = text[:at]
    if _NAMED_BEFORE.search(before) or _FOR_IT.search(before):
        return True
    whole = _NAMED_BEHIND.search(text)
    return whole is not None and at < whole.end()


__all__ = ["makes_up_missing"]
