"""Signal, control and validation regions: which one a comparison belongs to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

_FULL = {"SR": "signal region", "CR": "control region", "VR": "validation region"}
_LABELLED = re.compile(r"\b([A-Z]+\d+\w*)\s*\((?:CR|SR|VR|control|signal|validation)[^)]{0,20}\)")
_REGION = re.compile(
    r"(?P<name>(?:(?!The\b|A\b|An\b|This\b|Each\b|All\b|These\b|Both\b)(?!\d+\s)[A-Z0-9][\w+-]*\s+)?)(?P<kind>(?i:signal|control|validation|search|measurement|application))"
    r"\s(?i:regions?|(?<=[Cc]ontrol )samples?|(?<=[Vv]alidation )samples?)(?:\s(?P<label>(?:SR|CR|VR)?[A-Z0-9][\w-]*))?"
    r"|\b(?P<short>(?:[A-Z0-9]\w+-)?(?:SR|CR|VR)(?!s\b)(?:[A-Z0-9]+|(?=[-_ ]))(?:[-_][\w-]+|\s\d+)?)\b"
)
_CATEGORY = re.compile(
    r"(?i:\b(?P<leptons>(?:zero|one|two|three|four|single|multi)-lepton)\s(?:non-boosted\s)?(?:events?|categor(?:y|ies)|channels?|selection))"
    r"|[“\"](?P<quoted>[A-Z][\w -]{0,24})[”\"]\s(?:category|channel|selection|region)"
    r"|(?<![\w-])(?P<capital>(?:on-|off-)?[A-Z][\w-]{0,16})\scategor(?:y|ies)\b"
    r"|\((?P<short>[A-Z]{1,4})\)\s(?:selection|category|region|channel)\b"
    r"|\bthe\s(?P<named>[A-Z]{2,4})\s(?:selection|category|channel)\b"
)
# a region named after these is another one than that the sentence describes
_OTHER = re.compile(
    r"(?i)(?:overlaps? with|orthogonal to|similar to|with respect to|than|unlike|from|those of)\s(?:the\s)?$"
)
_SAME = re.compile(
    r"(?i)^(?:in|for|within) (?:this|these|such|the same)\b|^(?:this|these|the) (?:regions?|samples?|selections?)\b"
)
# "(> 600 GeV, SRs 14, 15)", "≥ 3 b jets (SR 13)": the label stands right behind
_BEHIND = re.compile(r"[^(),;]{0,40},?\s?\(?((?:SR|CR|VR)s?\s?\d[\d,\s]*?)\)")
_DEFINES = re.compile(
    r"(?i)\b(?:regions?|CRs?|SRs?|VRs?|samples?)\b[^.;]{0,60}\b(?:defined|requires?|required|obtained|selected|consists?)\b"
)
_BASELINE_TITLE = re.compile(r"(?i)\b(event selection|object|baseline|preselection|strategy|reconstruction|background)")


@lru_cache(maxsize=1024)
def regions_in(text: str) -> tuple[tuple[int, str], ...]:
    """(offset, canonical wording) of every region that the text names as its own."""
    found = [(m.start(), m[1]) for m in _LABELLED.finditer(text)]
    for match in _REGION.finditer(text):
        if _OTHER.search(text[: match.start()]) or any(start <= match.start() <= start + 12 for start, _ in found):
            continue
        found.append((match.start(), _wording(match)))
    for match in _CATEGORY.finditer(text):
        name = _joined_name(text, match)
        if name and name.lower() not in (
            "the",
            "this",
            "these",
            "each",
            "all",
            "event",
            "events",
            "both",
            "search",
            "analysis",
        ):
            found.append((match.start(), f"{name.lower() if match['leptons'] else name} category"))
    return tuple(sorted(found))


def _wording(match: re.Match[str]) -> str:
    if match["short"]:
        return _FULL.get(match["short"], match["short"])
    words = [match["name"].strip(), match["kind"].lower(), "region", match["label"] or ""]
    return " ".join(w for w in words if w)


def _joined_name(text: str, match: re.Match[str]) -> str:
    """The name of a category; both of "the HH and HL categories", "" where only half of a name was caught."""
    name = next(n for n in match.groups() if n)
    start = match.start() + match.group().index(name)
    before = re.search(r"(\S+)\s(?:and|or)\s$", text[:start])
    if before is None:
        return name
    return f"{before[1]} or {name}" if re.fullmatch(r"[A-Z]{1,4}", before[1]) else ""


def region_in(text: str) -> str:
    """The region that a phrase names first, or "".

    >>> region_in("The WZ control region requires three leptons"), region_in("in SR-A1 only")
    ('WZ control region', 'SR-A1')
    """
    found = regions_in(text)
    return found[0][1] if found else ""


def category_in(caption: str) -> str:
    """The category that a table's caption limits it to: "signal regions for the HH selection"."""
    match = _CATEGORY.search(caption)
    name = _joined_name(caption, match) if match else ""
    return f"{name} category" if name else ""


def region_at(text: str, offset: int, previous: Sequence[str], section: Sequence[str]) -> str:
    """The region that a comparison at `offset` of a sentence belongs to.

    That named last before it, else first behind it; else the one that the sentences before in the paragraph
    define; else that of the section's title, unless the section describes the common selection as well.
    """
    if labelled := _BEHIND.match(text[offset:]):
        return labelled[1]
    found = regions_in(text)
    before = [name for start, name in found if start <= offset]
    if before:
        return before[-1]
    if found:
        return found[0][1]
    goes_on = _SAME.search(text) is not None
    for earlier in previous:
        named = regions_in(earlier)
        if named and (goes_on or _DEFINES.search(earlier)):
            return named[-1][1]
        goes_on = goes_on or _SAME.search(earlier) is not None
    title = section[-1] if section else ""
    return "" if _BASELINE_TITLE.search(title) else region_in(title)
