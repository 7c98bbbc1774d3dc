"""Classes that a sentence names by their selection: "the tight selection requires …", "in the loose selection, …"."""

from __future__ import annotations

import re

_NAMED = re.compile(
    r"(?i)(?P<before>\b(?:in|for|of)\s)?\b(?P<the>the\s)?(?P<class>signal|baseline|veto|loose|tight)"
    r"(?:\s(?:lepton|electron|muon|object|jet))?\s(?:selections?|definitions?|criteria|ones?)\b"
)
_ASKS = re.compile(r"(?i)^\s(?:(?:is|are) required to|requires?|must|ha(?:s|ve)|demands?|asks? for|needs?)\b")
_OPENS = re.compile(r"(?i)(?:^|[;,:]|\b(?:and|while|whereas|but))\s*$")


def named_selection(before: str) -> str:
    """The class of objects that a requirement is for, by the text of the sentence before it; "" for none.

    >>> named_selection("In the loose selection, electrons must have ")
    'loose'
    >>> named_selection("The tight selection requires ")
    'signal'
    """
    named = [m for m in _NAMED.finditer(before) if _is_meant(m, before)]
    if not named or ";" in before[named[-1].end() :]:
        return ""
    found = named[-1]["class"].lower()
    return "signal" if found == "tight" else found


def _is_meant(match: re.Match[str], text: str) -> bool:
    behind = text[match.end() :]
    if _ASKS.match(behind) and not match["before"]:
        return match["class"].lower() != "signal"  # "the signal selection requires …" is that of the events
    if not match["before"] or not match["the"]:
        return False
    opened = _OPENS.search(text[: match.start()]) is not None and behind.startswith((",", " "))
    return opened or "," not in behind


__all__ = ["named_selection"]
