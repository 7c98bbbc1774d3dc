"""What a reader proposes: a typed predicate and where the text states it. The gate decides what becomes of it."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.documents.document import Span
from kg.records import Value


@dataclass(frozen=True, slots=True)
class Proposal:
    """A cut as a reader sees it. `quote` is the sentence or table row, `focus` the comparison itself.

    `headers` are the table cells or captions that give the object, variable or unit of a table cell. `reason`
    says why the reader itself has doubts; such a proposal is kept, but never as verified.
    `order` counts the values of one list, `implied` marks a count of zero that a veto implies.
    """

    object: str
    variable: str
    op: str
    value: Value
    unit: str
    applies_when: str
    veto: bool
    quote: Span
    focus: Span
    headers: tuple[Span, ...] = ()
    reason: str = ""
    order: int = 0
    implied: bool = False


@dataclass(frozen=True, slots=True)
class Unread:
    """A piece of text that looks like a requirement, or holds a number, and gave no cut; and why."""

    span: Span
    reason: str
