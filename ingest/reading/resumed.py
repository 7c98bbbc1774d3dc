"""Sentences that go on behind a displayed equation: "the discriminant | D = … | of the tagger exceeds 1.9".

What the rest of the sentence bounds is what the equation defines, unless the rest names something else itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.reading.islands import Island
from ingest.reading.tokens import Token, tokenise
from kg import units, vocabulary

_VERB = re.compile(r"(?i)\b(?:must|has|have|is|be|exceeds?|should|lies|required|needs)\b")
_MADE = ("computed", "calculated", "formed", "evaluated", "constructed", "defined", "built", "obtained", "determined")
_TAGS = re.compile(r"(?i)\btagged\b|\bb[ -]?(?:hadron|quark|jet)s?\b")
_SCORES = re.compile(r"(?i)\b(?:score|discriminant|output|weight|discriminator)\b")


def resumed_variable(tokens: Sequence[Token], island: Island, previous: Sequence[str]) -> Token | None:
    """The variable that an equation in the middle of the sentence defines, where the comparison takes it up.

    `previous` are the texts before, the nearest first: the equation and the beginning of the sentence.
    """
    if len(previous) < 2 or "=" not in previous[0] or previous[1].rstrip().endswith((".", ":")):
        return None
    if not tokens or not tokens[0].text[:1].islower() or not _takes_up(tokens, island):
        return None
    at, dimension = tokens[island.first], units.dimension(island.amount.unit)
    left = [t for t in tokenise(previous[0].partition("=")[0]) if t.kind == "VAR"]
    head = [t for t in tokenise(previous[1]) if t.kind == "VAR"]
    scored = island.op in (">", ">=") and not island.amount.unit and _SCORES.search(previous[1])
    if scored and _TAGS.search(previous[1]):
        return Token("VAR", at.text, at.start, at.end, "btag", None, "bjet")
    fitting = [t for t in (*left[:1], *head[-1:]) if vocabulary.variables()[t.name].dimension == dimension]
    return next((t for t in fitting if t.name not in vocabulary.comparisons()["qualitative"]["variables"]), None)


def _takes_up(tokens: Sequence[Token], island: Island) -> bool:
    """Whether the main clause goes on right before the comparison: nothing named since, or an aside ended.

    "of the tagger exceeds 1.9", "where Δφ is their angle, must be above 40 GeV", "computed from both must
    exceed 30 GeV".
    """
    before = list(tokens[: island.first])
    opening = tokens[0].text.lower().split()[0]
    if any(t.kind in ("SEMI", "NUM") for t in before) or any(t.kind == "IF" for t in before[1:]):
        return False
    ends = len(before)
    while ends and (before[ends - 1].kind in ("LIGHT", "STOP", "TO") or _VERB.fullmatch(before[ends - 1].text)):
        ends -= 1
    bounds = " ".join(t.text for t in tokens[ends : island.last])
    if opening in _MADE and "COMMA" not in {t.kind for t in before}:
        return _VERB.search(bounds) is not None
    if island.variable is not None:
        return False
    if ends and (before[ends - 1].kind == "COMMA" or opening == "of"):
        return _VERB.search(bounds) is not None
    return not any(t.kind in ("VAR", "OBJ", "COMMA", "AND") for t in before)


__all__ = ["resumed_variable"]
