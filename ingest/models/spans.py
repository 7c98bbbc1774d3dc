"""Spans of a text beside each other."""

from __future__ import annotations

from ingest.documents.document import Span


def overlap(one: Span, other: Span) -> bool:
    """Whether two spans share a character.

    >>> overlap(Span(0, 5), Span(4, 9)), overlap(Span(0, 5), Span(5, 9))
    (True, False)
    """
    return one.start < other.end and other.start < one.end


__all__ = ["overlap"]
