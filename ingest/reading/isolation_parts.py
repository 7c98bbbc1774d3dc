"""Parts of an isolation told before: "it relaxes the track part to 0.14 and the calorimeter part to 0.28"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.reading.islands import Island
from ingest.reading.tokens import Token, tokenise
from kg import vocabulary

_PART = re.compile(
    r"(?i)\b(?:(?P<tracks>track(?:ing|er)?|charged|momentum)|(?P<energy>calorimet\w+|clusters?|energy"
    r"|neutral))(?:[- ]based)? "
    r"(?:parts?|terms?|components?|ones?|sums?|variables?|ratios?|limits?|contributions?|requirements?|thresholds?)\b[^.;,]*$"
)


def part_of_isolation(tokens: Sequence[Token], island: Island, previous: Sequence[str]) -> Token | None:
    """The isolation by tracks or by the calorimeter that the words before a bare number take up; None for neither.

    It is the one of that sort that the sentences before speak of last, if they speak of one cone only.
    """
    if island.amount.unit or island.kind == "count" or island.first == 0:
        return None
    start = max((k + 1 for k in range(island.first) if tokens[k].kind in ("NUM", "SEMI", "COLON")), default=0)
    part = _PART.search(" ".join(t.text for t in tokens[start : island.first]) + " ")
    if part is None:
        return None
    beginnings = ("pt",) if part["tracks"] else ("et", "topoet")
    for text in previous:
        known = {t.name for t in tokenise(text) if _is_isolation(t) and t.name.startswith(beginnings)}
        ratios = {name for name in known if name.endswith("_over_pt")} or known
        if ratios:
            at = tokens[island.first - 1]
            return Token("VAR", at.text, at.start, at.end, ratios.pop()) if len(ratios) == 1 else None
    return None


def _is_isolation(token: Token) -> bool:
    return token.kind == "VAR" and token.name != "isolation" and vocabulary.family_of(token.name) == "isolation"


__all__ = ["part_of_isolation"]
