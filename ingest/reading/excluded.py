"""Ranges that are left out: "without the region …", "except for the crack …", "|η| < 1.37 or 1.52 < |η| < 2.47"."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from ingest.reading.islands import Island
from ingest.reading.token import Token

_LEFT_OUT = {
    "without",
    "not",
    "cannot",
    "avoiding",
    "avoid",
    "omitting",
    "leaving",
    "skipping",
    "excl",
    "minus",
    "none",
}
# a new requirement begins behind these
_BEGINS = {"with", "having", "must", "required", "require", "requires", "requiring", "satisfy", "satisfying", "fulfil"}
_HEADS = {"those", "ones", "electrons", "photons", "candidates", "clusters", "objects", "leptons"}
_CRACK = re.compile(r"(?i)\b(?:crack|gap|transition|between (?:the )?(?:\w+ )?barrel and (?:the )?end-?cap)")
_REACH = 14
_WIDEST_CRACK = 0.5  # in |η|; a wider range is no gap between two calorimeters


def is_left_out(tokens: Sequence[Token], islands: Sequence[Island], island: Island) -> bool:
    """True if the words before a range leave it out: "but outside of the transition region (1.44 < |η| < 1.57)"."""
    out = False
    for token in _before(tokens, islands, island):
        words = set(token.text.lower().split())
        if token.kind in ("OUTSIDE", "EXCEPT"):
            out = True
        elif words & _LEFT_OUT:
            return not out  # "must not lie outside the range": it is asked for
        elif words & _BEGINS and not _describes(tokens, token):
            return out
    return out


def _describes(tokens: Sequence[Token], token: Token) -> bool:
    """True for the "with" of "except for those with 1.37 < |η| < 1.52": it says which ones, no requirement begins."""
    at = next(i for i, t in enumerate(tokens) if t is token)
    said = token.text.lower() in ("with", "having")
    return said and at > 0 and tokens[at - 1].text.lower() in _HEADS


def is_crack(tokens: Sequence[Token], islands: Sequence[Island], island: Island) -> bool:
    """True for a range in η that the sentence calls the crack, the gap or the transition region of a calorimeter."""
    if island.upper is None or not _is_narrow(island):
        return False
    stop = min((i.first for i in islands if i.first >= island.last), default=len(tokens))
    behind = tokens[island.last : min(stop, island.last + 8)]
    before = reversed(_before(tokens, islands, island))
    near = (before, tokens[island.first : island.last], behind)
    return any(_CRACK.search(" ".join(t.text for t in part)) for part in near)


def is_kept(tokens: Sequence[Token], islands: Sequence[Island], island: Island) -> bool:
    """True for a crack that the sentence says is not left out: it requires nothing."""
    if island.upper is None or not _is_narrow(island):
        return False
    stop = min((i.first for i in islands if i.first >= island.last), default=len(tokens))
    behind = " ".join(t.text.lower() for t in tokens[island.last : min(stop, island.last + 7)])
    before = " ".join(t.text.lower() for t in reversed(_before(tokens, islands, island)))
    later = " ".join(t.text.lower() for t in tokens[island.last : min(stop, island.last + 20)])
    said = _KEPT.search(behind) or _INCLUDED.search(before) or _BELONGS.search(later)
    return said is not None or _RETAINS.search(before) is not None


_BELONGS = re.compile(
    r"\b(?:belongs?|is part|are part|remains?|stays?) (?:to|of|in|within) (?:the|our|this) (?:\w+ )?"
    r"(?:acceptance|selection|fiducial|analysis|volume|range)\b"
)
_KEPT = re.compile(
    r"^\W*(?:[\w-]+ ){0,3}(?:is|are|was|were)(?: also)? (?:kept|included|retained|accepted"
    r"|not (?:excluded|removed|rejected|vetoed|left out|omitted|discarded|cut out|dropped))\b"
    # "… are not treated differently from others", "… are no exception", "… count like all others"
    r"|^\W*(?:[\w-]+ ){0,4}(?:is|are|was|were|receives?|gets?|plays?|counts?|counted|do|does|have|has)\b[^.;:]{0,24}?"
    r"\b(?:not (?:\w+ )?(?:treated|different|special|distinguished|singled)"
    r"|no (?:exception|special|particular|separate)"
    r"|treated (?:like|alike|no differently|the same|in the same way|as (?:all|any|every|the others?))"
    r"|like (?:all |any |every |the )?(?:others?|rest)|(?:no|not) differently?)\b"
    r"|^\W*(?:[\w-]+ ){0,3}(?:(?:also|do|does|too) )+(?:also )?counts?\b(?! (?:not|as)\b)"
)
# "we keep electrons in the transition region …", "we do not exclude the gap …", not "we keep those outside of it"
_RETAINS = re.compile(
    r"\b(?:keep|keeps|kept|retain|retains|retained|accept|accepts|allow|allows"
    r"|(?:not|never|nor|neither) (?:\w+ ){0,2}"
    r"(?:exclud\w+|remov\w+|reject\w*|veto\w*|discard\w*|omit\w*|leave out|drop\w*|mask\w*))"
    r"\b(?!.*\b(?:outside|without|except|not|unless|but|avoid\w*|exclud\w*)\b)"
)
_INCLUDED = re.compile(
    r"\bno (?:special treatment|exceptions?)\b|\bincluding\b|\bincludes?\b|\balso in\b"
    r"|\bnot (?:excluded|removed|left out)\b"
)


def is_doubtful(island: Island, variable: str, op: str) -> bool:
    """True for a range as narrow as a crack that seems to be asked for: nobody selects what lies in it alone."""
    return op == "in" and variable in ("eta", "abs_eta") and _is_narrow(island)


def of_calorimeter(island: Island, variable: str, thing: str) -> str:
    """Whose range it is: a gap between two calorimeters matters to electrons, whatever leptons are spoken of."""
    return "electron" if thing == "lepton" and variable in ("eta", "abs_eta") and _is_narrow(island) else thing


def _is_narrow(island: Island) -> bool:
    if island.upper is None or island.amount.unit:
        return False
    low, high = island.amount.values[0], island.upper.values[0]
    return 1.0 < low < high < low + _WIDEST_CRACK and high < 2.0


def _before(tokens: Sequence[Token], islands: Sequence[Island], island: Island) -> list[Token]:
    """The tokens of the phrase before a range, the nearest first."""
    start = max((i.last for i in islands if i.last <= island.first), default=0)
    found = []
    for at in range(island.first - 1, max(start, island.first - _REACH) - 1, -1):
        token = tokens[at]
        between = any(t.text.lower().startswith("between") for t in tokens[max(start, at - 6) : at])
        if token.kind in ("SEMI", "COLON") or (token.kind in ("AND", "OR") and not between):
            break
        if token.kind == "COMMA" and at < island.first - 1:
            break
        found.append(token)
    return found


def with_gaps(
    tokens: Sequence[Token], islands: Sequence[Island], rejects: Callable[[int], bool] = lambda index: False
) -> list[Island]:
    """The comparisons, with two pieces that "or" joins as what lies between them: |η| < 1.37 or 1.52 < |η| < 2.47.

    Where events are rejected for either, each stays by itself; `rejects` tells of a token whether they are.
    """
    found: list[Island] = []
    for island in islands:
        low = found[-1] if found else None
        if low is not None and not rejects(low.first) and _leave_a_gap(tokens, low, island):
            gap = replace(island.amount, unit=island.amount.unit or low.amount.unit)
            name = low.variable or island.variable
            outer = [replace(low, amount=island.upper)] if island.upper is not None else []
            first = island.first if outer else low.first
            lower = replace(low.amount, unit=gap.unit)
            between = Island("range", first, island.last, "not_in", lower, gap, name)
            found = [*found[:-1], *outer, between]
        else:
            found.append(island)
    return found


def _leave_a_gap(tokens: Sequence[Token], low: Island, high: Island) -> bool:
    """True for "< a or > b" and "< a or between b and c" of one variable, a < b."""
    joined = [t.kind for t in tokens[low.last : high.first] if t.kind not in ("LIGHT", "COMMA")] == ["OR"]
    bounded = low.kind == "bound" and low.op in ("<", "<=") and len(low.amount.values) == 1
    opened = (high.kind == "bound" and high.op in (">", ">=")) or (high.kind == "range" and high.op == "in")
    names = {i.variable.name for i in (low, high) if i.variable is not None}
    units = {i.amount.unit for i in (low, high) if i.amount.unit}
    plain = all(i.alternative is None for i in (low, high)) and len(high.amount.values) == 1
    return joined and bounded and opened and plain and len(names) <= 1 >= len(units) and _rising(low, high)


def _rising(low: Island, high: Island) -> bool:
    return low.amount.values[0] < high.amount.values[0]


__all__ = ["is_crack", "is_doubtful", "is_kept", "is_left_out", "of_calorimeter", "with_gaps"]
