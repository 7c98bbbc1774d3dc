"""Objects for which events are rejected: those of a veto, or more of those that are selected."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ingest.reading.clauses import Clauses
from ingest.reading.conditions import joined, parts
from ingest.reading.tokens import Token

FURTHER = ("subleading", "third", "fourth")  # "a third lepton with p_T > 10 GeV" is one more than there must be
_ABSENT = re.compile(
    r"(?:must )?not be (?:present|found)|must be absent|be absent"
    r"|(?:leads?|results?) (?:to|in) (?:the |a )?(?:reject|veto)"
)
_PASSIVE = ("is", "are", "be", "been", "being")


def rejects_events(tokens: Sequence[Token], clauses: Clauses) -> bool:
    """True if what is thrown away are events: "reject events with …", "events with … are rejected"."""
    if clauses.thrown:
        return clauses.thrown == "events"
    for at, ahead in clauses.rejections:
        if _ABSENT.match(" ".join(t.text.lower() for t in tokens[at : at + 5])):
            return True  # "a fourth lepton with … must not be present", "leads to the rejection of the event"
        first, _ = clauses.bounds(at)
        colon = max((k + 1 for k in range(first, at) if tokens[k].kind == "COLON"), default=first)
        anew = [k for k in range(colon + 1, at) if _begins_anew(tokens, k)]
        passive = any(w in _PASSIVE for t in tokens[max(0, at - 2) : at + 1] for w in t.text.lower().split())
        start = max(0, at - 3) if passive else at  # "the lepton veto rejects events with …"
        near = tokens[start : at + 5] if ahead else tokens[max([colon, *anew]) : at]
        things = [t for t in near if t.kind == "OBJ"]
        if things and things[0].name == "event":
            return True
    return False


def _begins_anew(tokens: Sequence[Token], index: int) -> bool:
    """True for the events of "exactly one lepton is required, and events with a second one are rejected"."""
    token = tokens[index]
    return token.kind == "OBJ" and token.name == "event" and tokens[index - 1].kind == "AND"


def of_vetoed(applies_when: str | Iterable[str]) -> str:
    """The conditions of such an object: one of what is said of it, else of the veto.

    >>> of_vetoed("third"), of_vetoed("")
    ('additional', 'veto')
    """
    stated = parts(applies_when) if isinstance(applies_when, str) else list(applies_when)
    named = ["additional" if c in FURTHER else c for c in stated]
    return joined(named) or "veto"


__all__ = ["FURTHER", "of_vetoed", "rejects_events"]
