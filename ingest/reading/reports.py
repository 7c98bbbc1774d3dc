"""Clauses that report how something was measured or estimated: what they say of events is no requirement.

"The ZZ background is normalised in a region with four leptons", "the energy of jets with p_T > 20 GeV is calibrated".
The words stand in `data/vocabulary/contexts.toml`, table `method`.
"""

from __future__ import annotations

import re
from functools import cache

from kg import vocabulary

_REQUIRES = re.compile(
    r"(?i)\b(?:must|(?:is|are) (?:required|selected|rejected|retained|kept)|ha(?:s|ve) to|we require)\b"
)
_RELATIVE = re.compile(r"(?i)\b(?:in which|where|that|which|when|whose|with)\b")
_SHARE = re.compile(
    r"(?i)\d\s?(?:%|percent|per cent) of "
    r"(?:(?:the|all|these|those|such|our|selected|remaining|signal|observed|data) ){0,3}"
    r"(?:events|candidates|jets|electrons|muons|leptons|photons|pairs|decays)\b(?!['’]| p_T| E_T| trans)"
)


@cache
def _method() -> re.Pattern[str]:
    words = vocabulary.contexts()["method"]
    subjects, verbs = ("|".join(words[name]) for name in ("subjects", "verbs"))
    being = rf"\b(?:{subjects})\b[^.;]{{0,90}}?\b(?:is|are|was|were|been|be)\s(?:\w+ly\s|then\s|also\s)?"
    passive = rf"{being}(?:{verbs})ed\b"
    taken = rf"{being}(?:taken|obtained|found) (?:from|in)\b"
    active = rf"\bwe (?:{verbs})e? [^.;]{{0,40}}?\b(?:{subjects})\b"
    serves = rf"\b(?:to|for) (?:the )?(?:{verbs})(?:e|ing|ion|ation)? [^.;]{{0,40}}?\b(?:{subjects})\b"
    return re.compile(rf"(?i)(?P<passive>{passive}|{taken}|{active})|(?P<serves>\bused {serves}|\bserves? {serves})")


def reported(clause: str, at: int) -> str:
    """What the clause reports by the comparison that stands at the offset `at` of it, or "" for a requirement.

    >>> reported("The WZ background is estimated in events with three leptons", 48)
    'a method (background is estimated)'
    """
    if share := _SHARE.search(clause):
        return f"a result ({share.group()})"
    for match in _method().finditer(clause):
        if match["serves"]:
            return f"a method ({match.group()})"
        between = clause[match.end() : max(at, match.end())]
        verb = _REQUIRES.search(between)
        own = verb is not None and not _RELATIVE.search(between[: verb.start()])
        if at >= match.start() and not own:
            return f"a method ({match.group()})"
    return ""


__all__ = ["reported"]
