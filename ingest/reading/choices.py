"""Which of several candidates is taken: "where more than one quadruplet is found, the one closest to … is kept"."""

from __future__ import annotations

import re

# at the head of a clause: the case in which there are several
_CASE = re.compile(
    r"(?i)(?:^|[,;:]\s(?:and\s)?)\s*(?:if|where|when(?:ever)?|wherever|should|in (?:the )?cases?"
    r"|(?:in|for) (?:those |the )?events"
    r"|with|of|out of|among(?:st)?|from|given)\b[^,;]*$"
)
_BEST = re.compile(
    r"(?i)\b(?:closest|nearest|smallest|largest|highest|lowest|greatest|least|best|hardest|most|minimal|maximal"
    r"|minimi[sz]\w+|maximi[sz]\w+|random(?:ly)?|first)\b"
)
_TAKEN = re.compile(
    r"(?i)\b(?:(?:is|are|be) (?:then )?"
    r"(?:chosen|selected|kept|retained|taken|used|considered|picked|preferred|adopted|assigned)"
    r"|we (?:choose|select|keep|retain|take|use|pick|prefer|consider))\b"
)


def chooses_among(before: str, behind: str) -> bool:
    """True if a number of candidates is only the case in which one of them is chosen.

    `before` and `behind` are what the clause says around the number.

    >>> chooses_among("where ", " meets them, the one with the leading pair closest to the Z mass is retained")
    True
    """
    if _CASE.search(before) is None:
        return False
    best, taken = _BEST.search(behind), _TAKEN.search(behind)
    return best is not None and taken is not None


__all__ = ["chooses_among"]
