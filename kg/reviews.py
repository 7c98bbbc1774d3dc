"""What people decided on cuts: nothing is overwritten, and the newest decision that stands counts.

A `Review` is one decision of one person on one cut. Read in the order of their time, the reviews of a cut tell what
holds: "approve", "correct" and "reject" stand until a newer one comes; "undo" withdraws the newest decision of the same
person that still stands, or of anybody where that person made none; "skip" decides nothing. So two people who decide
at once both keep what they said, and the later one holds.

Approved cuts are used as verified ones are; rejected ones never. A correction is a cut of its own, stated by the same
sentence: it is approved, the cut that it corrects is rejected, and both say who decided.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Literal

from kg.errors import InvalidRecord
from kg.records import Cut, Json, Review, Status, canonical_json, cut_fields, value_from_json

Decision = Literal["approve", "correct", "reject", "skip", "undo"]
DECISIONS: tuple[Decision, ...] = ("approve", "correct", "reject", "skip", "undo")
OPS = (">", ">=", "<", "<=", "==", "!=", "in", "not_in", "is", "is_not")

_FIELDS = ("object", "variable", "op", "value", "unit", "applies_when", "veto")


@dataclass(frozen=True, slots=True)
class Decided:
    """The decision that stands on a cut."""

    review: Review

    @property
    def status(self) -> Status:
        """The status of the cut that was decided on; that of a correction is "approved"."""
        return "approved" if self.review.decision == "approve" else "rejected"

    @property
    def words(self) -> str:
        """`approved by Ada on 2026-11-21: the table says so`."""
        done = {"approve": "approved", "correct": "corrected", "reject": "rejected"}[self.review.decision]
        comment = f": {self.review.comment}" if self.review.comment else ""
        return f"{done} by {self.review.reviewer} on {self.review.time[:10]}{comment}"


def standing(reviews: Iterable[Review]) -> dict[str, Decided]:
    """The decision that stands on each cut, by the cut's id; cuts on which none stands are left out."""
    stacks: dict[str, list[Review]] = {}
    for review in sorted(reviews, key=lambda r: (r.time, r.id)):
        stack = stacks.setdefault(review.cut, [])
        if review.decision == "undo":
            _withdraw(stack, review.reviewer)
        elif review.decision in ("approve", "correct", "reject"):
            stack.append(review)
    return {cut: Decided(stack[-1]) for cut, stack in stacks.items() if stack}


def _withdraw(stack: list[Review], reviewer: str) -> None:
    own = [index for index, review in enumerate(stack) if review.reviewer == reviewer]
    if own:
        del stack[own[-1]]
    elif stack:
        stack.pop()


def applied(cut: Cut, decided: Decided | None) -> Cut:
    """The cut with the status that was decided, and as reason who decided and what the gate had said."""
    if decided is None:
        return cut
    return replace(cut, status=decided.status, reason="; ".join(filter(None, (decided.words, cut.reason))))


def correction(cut: Cut, decided: Decided | None) -> Cut | None:
    """The cut that stands in place of this one, None where there is none or it cannot be read."""
    if decided is None or decided.review.decision != "correct":
        return None
    try:
        made = corrected(cut, json.loads(decided.review.replacement))
    except (ValueError, InvalidRecord):
        return None
    return replace(made, status="approved", reason=f"{decided.words}; the reader had {_said(cut)}")


def corrected(cut: Cut, fields: Mapping[str, Json]) -> Cut:
    """The cut with some of its fields (object, variable, op, value, unit, applies_when, veto) changed.

    Raises `InvalidRecord` for what is no such field or no such value, and where nothing changes.
    """
    if not isinstance(fields, dict) or set(fields) - set(_FIELDS):
        raise InvalidRecord("no correction", where=str(fields)[:80], nearest=_FIELDS)
    values: dict[str, Any] = {name: fields.get(name, getattr(cut, name)) for name in _FIELDS}
    values["value"] = value_from_json(values["value"])
    texts = [values[name] for name in ("object", "variable", "op", "unit", "applies_when")]
    if not all(isinstance(text, str) for text in texts) or not isinstance(values["veto"], bool):
        raise InvalidRecord("no correction", where=str(fields)[:80], why="a field has a value of another kind")
    if not values["object"] or not values["variable"]:
        raise InvalidRecord("a correction without object or variable")
    if values["op"] not in OPS:
        raise InvalidRecord(f"no comparison {values['op']!r}", nearest=OPS)
    if (values["op"] in ("in", "not_in")) is not isinstance(values["value"], tuple):
        raise InvalidRecord(f"the value of {values['op']!r}", why="in and not_in have two ends, others one value")
    if (values["op"] in ("is", "is_not")) is not isinstance(values["value"], str):
        raise InvalidRecord(f"the value of {values['op']!r}", why="is and is_not have a name, others numbers")
    if isinstance(values["value"], tuple) and values["value"][0] > values["value"][1]:
        raise InvalidRecord("a range whose lower end lies above its upper end")
    made = replace(cut, **values)
    if made.id == cut.id:
        raise InvalidRecord("the correction says what the cut says", why="approve the cut, or change it")
    return made


def review_of(
    cut: Cut, decision: Decision, reviewer: str, *, comment: str = "", made: Cut | None = None, time: str = ""
) -> Review:
    """The record of a decision; `made` is the correction. Raises `InvalidRecord` without a name or a correction.

    `time` is that of the clock unless given: UTC, to the microsecond, so that records sort.
    """
    if decision not in DECISIONS:
        raise InvalidRecord(f"no decision {decision!r}", nearest=DECISIONS)
    if not reviewer.strip():
        raise InvalidRecord("a decision without a name", why="every decision says who made it")
    if (decision == "correct") is not (made is not None):
        raise InvalidRecord(f"a decision to {decision}", why="a correction, and only that, says what the cut is")
    fields = {name: cut_fields(made)[name] for name in _FIELDS} if made is not None else None
    return Review(
        cut.id,
        decision,
        " ".join(reviewer.split()),
        time or datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z"),
        comment.strip(),
        canonical_json(fields) if fields is not None else "",
    )


def _said(cut: Cut) -> str:
    fields = cut_fields(cut)
    parts = (cut.object, cut.variable, cut.op, canonical_json(fields["value"]).strip('"'), cut.unit)
    condition = f", if {cut.applies_when}" if cut.applies_when else ""
    return " ".join(filter(None, parts)) + condition + (", as a veto" if cut.veto else "")


__all__ = [
    "DECISIONS",
    "OPS",
    "Decided",
    "Decision",
    "applied",
    "corrected",
    "correction",
    "review_of",
    "standing",
]
