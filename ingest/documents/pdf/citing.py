"""Citations in place: "[24]", "[3, 5–9]", and the links under them."""

from __future__ import annotations

import re

from ingest.documents.document import Cite

_MARK = re.compile(r"\[\s*\d{1,4}[a-z]?(?:\s*[-–,]\s*\d{1,4}[a-z]?)*\s*\]")
_RAISED = re.compile(r"\^(\d{1,3}(?:[-–,]\d{1,3})*)(?![\w.])")
_INTERVAL_BEFORE = re.compile(
    r"(?:∈|∉|=|<|>|≤|≥|range|interval|window|region|between|bins?(?: of)?|within|in the)\s*$", re.I
)
_UNIT_AFTER = re.compile(r"\s*(?:[GMTk]eV|%|mm|cm|ns|rad)\b")


def cited(text: str, linked: list[tuple[int, int]], known: set[str], has_links: bool) -> list[tuple[int, int, Cite]]:
    """(start, end, citation) of each citation in `text`.

    `linked` are the spans under links to the reference list, `known` the labels of that list. Where the document links
    its citations (`has_links`), a bracket without a link is none.
    """
    found = []
    for match in _MARK.finditer(text):
        labels = tuple(_labels(match.group()))
        touched = any(start < match.end() and end > match.start() for start, end in linked)
        if has_links and not touched:
            continue
        if not labels or not all(label in known for label in labels):
            continue
        if not touched and _is_interval(text, match, labels):
            continue
        found.append((match.start(), match.end(), Cite(match.group(), labels)))
    for match in _RAISED.finditer(text):
        # a raised number is an exponent or the mark of a footnote unless it links to the reference list
        labels = tuple(_labels(match[1]))
        if all(label in known for label in labels) and any(a < match.end() and b > match.start() for a, b in linked):
            found.append((match.start(), match.end(), Cite(match.group(), labels)))
    return sorted(found, key=lambda f: f[:2])


def _is_interval(text: str, match: re.Match[str], labels: tuple[str, ...]) -> bool:
    if _UNIT_AFTER.match(text, match.end()):
        return True
    before = text[: match.start()]
    return "," in match.group() and bool(_INTERVAL_BEFORE.search(before)) and not re.search(r"Refs?\.?\s*$", before)


def _labels(mark: str) -> list[str]:
    labels: list[str] = []
    for part in re.split(r"\s*,\s*", mark.strip("[] ")):
        ends = re.split(r"\s*[-–]\s*", part)
        if len(ends) == 2 and ends[0].isdigit() and ends[1].isdigit() and 0 < int(ends[1]) - int(ends[0]) < 60:
            labels += [str(n) for n in range(int(ends[0]), int(ends[1]) + 1)]
        else:
            labels += [e for e in ends if e]
    return list(dict.fromkeys(labels))


__all__ = ["cited"]
