"""Numbers of objects that say for which events a requirement holds: "events with exactly one b jet must have …".

Such a sentence may as well require the number. It is a case where another sentence, or another part of this one, says
what holds for events with another number, or where an earlier requirement asks for fewer already.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.documents.document import Document
from ingest.reading.conditions import joined, parts
from ingest.reading.proposal import Proposal, Unread

_NOTHING = "the case of a requirement that was not read"
_EVENTS = re.compile(
    r"(?i)(?:^|[,;] )\W*(?:and |but |while |whereas |however, )*(?P<for>(?:for|in|of) )?"
    r"(?:the )?(?:selected )?(?:events|those|ones)"
    r"(?: (?:that|which))? (?:with|having|containing|contain|have|in which) $"
)
_WITH = re.compile(r"^\W*(?:With|Given)\s$")
_NEED = re.compile(
    r"(?i)^(?: only| alone| in total)?,? (?:only )?(?:must|need|ha(?:ve|s) to|are (?:required|asked)|should|ought)\b"
)
_MORE = re.compile(r"(?i)\bleast\b|\bmore\b|\bfewer\b|\bless\b|[≥>]|\bminimum\b")
_CASE = re.compile(r"^N\((\w+)\) (\S+) (\S+)$")
_ENDS = re.compile(r"; |, (?:and |but |while |whereas )?(?=(?:those|events|if|for|given|with)\b)")


def with_count_cases(document: Document, proposals: Sequence[Proposal]) -> tuple[list[Proposal], list[Unread]]:
    """The proposals, such numbers as conditions of what is required of these events.

    A case of which nothing else was read is no requirement either: it is handed back as not understood.
    """
    found, left = list(proposals), list[Unread]()
    heads = [p for p in found if p.variable == "count" and not p.veto and _is_head(document, p)]
    for head in heads:
        told = [p for p in found if _governed(document, head, p)]
        among, exact = [*heads], head
        if head.op == ">=" and not _MORE.search(document.quote(head.focus)):
            exact = replace(head, op="==")  # "events with one jet" beside "those with two or more"
            among[among.index(head)] = exact
        if not (_has_other(found, among, exact) or _is_part_of_asked(found, heads, exact)):
            continue
        case = _wording(head if _has_other(found, heads, head) else exact)
        for p in told:
            pair = _PAIRS.get(case, case) if p.object == "dilepton" else case
            kept = [c for c in parts(p.applies_when) if c != pair]
            found[found.index(p)] = replace(p, applies_when=joined([*kept, pair]))
        found.remove(head)
        left += [] if told else [Unread(head.focus, _NOTHING)]
    return found, left


def _is_head(document: Document, p: Proposal) -> bool:
    """True for the count of "Events with exactly one b-tagged jet must …"."""
    text = document.text
    before, behind = text[p.quote.start : p.focus.start], text[p.focus.end : p.quote.end]
    if _WITH.match(before) and behind.startswith(","):
        return isinstance(p.value, float)  # "With exactly one jet, its …"
    opens = _EVENTS.search(before)
    said = opens is not None and (opens["for"] is not None or opens.group().startswith(", "))
    return isinstance(p.value, float) and opens is not None and (said or _NEED.match(behind) is not None)


def _governed(document: Document, head: Proposal, p: Proposal) -> bool:
    """Whether a requirement stands behind the count in the same part of the sentence."""
    if p is head or p.quote != head.quote or p.focus.start < head.focus.end or p.variable == "count":
        return False
    return _ENDS.search(document.text[head.focus.end : p.focus.start]) is None


def _has_other(found: Sequence[Proposal], heads: Sequence[Proposal], head: Proposal) -> bool:
    """Whether something is required of events with a number that this one excludes, near by."""
    low, high = _ends(head.op, float(str(head.value)))
    rivals = [p for p in heads if p is not head and p.object == head.object]
    rivals = [p for p in rivals if abs(p.quote.start - head.quote.start) < _NEAR]
    others = [_ends(p.op, float(str(p.value))) for p in rivals]
    for p in found:
        near = abs(p.quote.start - head.quote.start) < _NEAR
        cases = [m for c in parts(p.applies_when) if near and (m := _CASE.match(c)) and m[1] == head.object]
        others += [_ends(m[2], float(m[3])) for m in cases]
    return any(other[1] < low or high < other[0] for other in others)


_PAIRS = {"N(electron) == 2": "ee pair", "N(muon) == 2": "μμ pair"}
_NEAR = 600  # characters: the sentence before or behind


def _is_part_of_asked(found: Sequence[Proposal], heads: Sequence[Proposal], head: Proposal) -> bool:
    """Whether an earlier requirement asks for at least so many that this number is one of several allowed."""
    low, high = _ends(head.op, float(str(head.value)))
    for p in found:
        whole = p.object == head.object or (p.object == "lepton" and head.object in ("electron", "muon"))
        plain = p.variable == "count" and whole and p not in heads and not p.veto
        if plain and p.focus.start < head.quote.start and isinstance(p.value, float):
            least, most = _ends(p.op, p.value)
            same = set(parts(p.applies_when)) == set(parts(head.applies_when))
            narrower = (least, most) != (low, high) or p.object != head.object
            if same and (least <= low or p.object != head.object) and high <= most and narrower:
                return True
    return False


def _ends(op: str, value: float) -> tuple[float, float]:
    """The smallest and the largest number that the comparison allows."""
    most = float("inf")
    ends = {
        "==": (value, value),
        ">=": (value, most),
        ">": (value + 1, most),
        "<=": (0.0, value),
        "<": (0.0, value - 1),
    }
    return ends.get(op, (0.0, most))


def _wording(p: Proposal) -> str:
    return f"N({p.object}) {p.op} {p.value:g}"


__all__ = ["with_count_cases"]
