"""Numbers of objects that a text lets be: "no jet is removed because …", "events with more than one jet are kept, too".

Whether "events with more than one jet are kept" requires a second jet shows where another place asks for fewer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.documents.document import Document, Span
from ingest.reading.proposal import Proposal, Unread

_THROWN = (
    r"(?:removed|dropped|rejected|discarded|excluded|vetoed|ignored|disregarded|eliminated|deleted|omitted|left out"
    r"|thrown (?:away|out)|taken out|set aside|sorted out|lost)"
)
_KEPT = r"(?:kept|accepted|retained|allowed|permitted|tolerated|selected|used|included|considered|counted)"
_BE = r"(?:is|are|was|were|gets?|may be|can be|must be|has to be|have to be|need be)"
# behind "no jet": "is removed because a lepton is near it", "is therefore dropped"
_NONE_GOES = re.compile(rf"(?i)^[^;:,.]{{0,40}}?\b{_BE} (?:\w+ly |thus |then |therefore |ever |hence )?{_THROWN}\b")
_GOES_NONE = re.compile(r"(?i)\b(?:removes?|drops?|discards?|rejects?|excludes?|removing|dropping|discarding)\s$")
_HOLDS = re.compile(r"(?i)\b(?:events?|with|having|has|have|contain\w*|hold\w*|if|where|when|which|that|whose)\s$")
_EVENTS = (
    r"(?i)^\W*(?:and |but |while |also )?(?:also )?(?:those |the )?events? "
    r"(?:with|having|containing|that have|that contain)\b"
)
_WITH = re.compile(_EVENTS)
# behind "events with more than two leptons": "are not rejected", "are kept, too", "are still accepted"
_ALSO = re.compile(
    rf"(?i)^[^;:]{{0,60}}?\b(?:{_BE} (?:not|never|by no means) {_THROWN}"
    rf"|{_BE} (?:also|still|nevertheless|nonetheless|likewise|equally) {_KEPT}"
    rf"|{_BE} {_KEPT},? (?:too|as well|also|likewise|all the same|nevertheless|nonetheless|just the same)\b)"
)
_ARE_KEPT = re.compile(rf"{_EVENTS}[^;:]{{0,90}}?\b{_BE} {_KEPT}\b")
_AT_LEAST = (">", ">=")


def stays(before: str, behind: str) -> bool:
    """Whether "no jet" between these words says that all jets stay, and nothing of how many there are.

    >>> stays("", " is removed because a lepton is near it"), stays("", " may be present")
    (True, False)
    """
    if _HOLDS.search(before):
        return False  # "events with no such pair are rejected": it is the events that go
    return _NONE_GOES.search(behind) is not None or _GOES_NONE.search(before) is not None


def is_tolerated(before: str, behind: str) -> bool:
    """Whether events with the number of objects between these words are said to be kept besides others.

    >>> is_tolerated("Events with ", " are kept, too"), is_tolerated("Events with ", " are kept")
    (True, False)
    """
    return _WITH.search(before) is not None and _ALSO.search(behind) is not None


def without_tolerated(document: Document, proposals: Sequence[Proposal]) -> tuple[list[Proposal], list[Unread]]:
    """The proposals without the "more than one jet" of events that are kept where another place asks for fewer."""
    kept: list[Proposal] = []
    left: list[Unread] = []
    for p in proposals:
        more = p.variable == "count" and p.op in _AT_LEAST and not p.veto and p.quote.end > p.focus.start
        if more and _ARE_KEPT.search(document.quote(p.quote)) and any(_asks_for_fewer(o, p) for o in proposals):
            left.append(Unread(Span(p.focus.start, p.focus.end), "events that are kept, of which others need not be"))
        else:
            kept.append(p)
    return kept, left


def _asks_for_fewer(other: Proposal, one: Proposal) -> bool:
    same = (other.object, other.variable, other.applies_when) == (one.object, one.variable, one.applies_when)
    apart = other.quote != one.quote and not other.veto and other.op in _AT_LEAST
    return same and apart and _least(other) < _least(one)


def _least(p: Proposal) -> float:
    """The smallest number that passes."""
    number = p.value if isinstance(p.value, float | int) else 0.0
    return float(number) + (p.op == ">")


__all__ = ["is_tolerated", "stays", "without_tolerated"]
