"""Captions that say in which sense the numbers of a table bound: "upper limits of the isolation variables".

A small table inside a paragraph has no caption: the sentence that leads to it, "The limits of the working points are:",
and the one behind it, "Muons pass if both variables lie below the limits", say the same.
"""

from __future__ import annotations

import re

from ingest.documents.document import Document, Table
from ingest.documents.sentences import split_sentences

_NAMES = r"(?:variables?|quantit(?:y|ies)|isolations?|observables?|impact parameters?|ratios?)"
_LIMITS = (
    r"(?P<{0}>upper|lower|maxim\w+|minim\w+|largest|smallest)\s(?:allowed\s)?(?:limits?|bounds?|values?|thresholds?)"
)
_BOUNDS = re.compile(
    rf"(?i)\b(?:{_LIMITS.format('before')}\s(?:of|on|for)\s(?:[\w-]+\s){{0,3}}{_NAMES}"
    rf"|{_NAMES}\b[^.;]{{0,40}}\b{_LIMITS.format('behind')})\b"
)
_BOUNDED = re.compile(
    rf"(?i)\b(?:{_NAMES}|both|all|each|every one)\b[^.;]{{0,40}}\b"
    r"(?P<side>below|less than|smaller than|at most|under|above|larger than|greater than|exceeds?|over)"
    r"\s(?:the|these|those|its|their)\s(?:\w+\s)?(?:limits?|values?|numbers?|thresholds?|bounds?)\b"
)


def bound_in(caption: str) -> str:
    """The comparison of each number with the variable of its row or column, "" where the caption states none.

    >>> bound_in("Isolation of muons: upper limits of the variables."), bound_in("Upper limits on the cross section.")
    ('<', '')
    """
    match = _BOUNDS.search(caption)
    if match is None:
        bounded = _BOUNDED.search(caption)
        if bounded is None:
            return ""
        return ">" if bounded["side"].lower().startswith(("above", "larger", "greater", "exceed", "over")) else "<"
    word = (match["before"] or match["behind"]).lower()
    return "<" if word.startswith(("upper", "maxim", "largest")) else ">"


def titled(document: Document, table: Table) -> str:
    """The caption; of a table without one, the sentence right before it where that leads to it, "" for none."""
    if table.caption is not None:
        return document.quote(table.caption)
    before = [b for b in document.blocks if b.end <= table.start]
    text = document.quote(before[-1]) if before and before[-1].kind == "paragraph" else ""
    last = [text[a:b] for a, b in split_sentences(text, 0, len(text))][-1:]
    return last[0] if last and last[0].rstrip().endswith(":") else ""


def stated_bound(document: Document, table: Table) -> str:
    """`bound_in` of the caption, or for a table without one of the sentences before and behind it."""
    said = titled(document, table)
    if (bound := bound_in(said)) or table.caption is not None:
        return bound
    behind = next((b for b in document.blocks if b.start >= table.end), None)
    text = document.quote(behind) if behind is not None and behind.kind == "paragraph" else ""
    first = [text[a:b] for a, b in split_sentences(text, 0, len(text))][:1]
    return bound_in(first[0]) if first else ""


__all__ = ["bound_in", "stated_bound", "titled"]
