"""One record of a review, and how far the review is, as markup."""

from __future__ import annotations

import json
from collections.abc import Sequence

from kg.lineage.answers import cut_json
from kg.records import Review
from ui.cut_list import cut_text
from ui.explorer.drawing.parts import Row, acting, badge, in_words, notice, requirement, sentence
from ui.explorer.views.review import Queue, Record
from ui.reproduction.page.markup import Markup, element
from ui.reproduction.page.notation import typeset

KEYS = (
    ("approve", "Approve", "a"),
    ("correct", "Correct", "c"),
    ("reject", "Reject", "r"),
    ("skip", "Skip", "s"),
    ("undo", "Undo", "u"),
)
"""Decisions, what their buttons say, and their keys."""

_FEW = 40


def progress(found: Queue) -> Markup:
    """How much of the paper is decided."""
    total = found.total
    share = 100 * found.done / total if total else 100
    skipped = sum(record.cut.id in found.skipped for record in found.open)
    said = f"{found.done} of {total} decided"
    said += f", {skipped} of the others skipped by you" if skipped else ""
    drawn = element("svg", element("rect", x=0, y=0, width=f"{share:.1f}", height=10, class_="bar"),
                    viewBox="0 0 100 10", preserveAspectRatio="none", aria_hidden="true")  # fmt: skip
    bar = element("div", drawn, class_="bar-of", role="progressbar", aria_label="decided", aria_valuemin=0,
                  aria_valuemax=total, aria_valuenow=found.done)  # fmt: skip
    return element("div", element("p", said), bar)


def record_heading(record: Record, row: Row) -> Markup:
    """The proposed cut, why it is here, and what was decided."""
    made = record.made
    return element(
        "section",
        element("h2", f"{row['object']} ", requirement(row), " ", badge(row["status"])),
        element("p", "if: ", typeset(row["applies_when"]), class_="bidi") if row["applies_when"] else None,
        notice(element("span", f"Why it is here: {record.why}.", class_="bidi"))
        if record.is_needed
        else notice("Nothing is known to be wrong with it.", kind="good"),
        notice(element("span", record.decided.words, class_="bidi"), kind="good") if record.decided else None,
        element("p", "Corrected to: ", element("strong", _said(cut_json(made)))) if made is not None else None,
    )


def _said(row: Row) -> Markup:
    return typeset(f"{row['object']} {cut_text(row)}" + (f", if {row['applies_when']}" if row["applies_when"] else ""))


def buttons(*, named: bool) -> Markup:
    """A button for each decision, with its key; none can be pressed before somebody said a name."""
    made = (
        element(
            "button",
            label,
            " ",
            element("kbd", key),
            type="button",
            aria_keyshortcuts=key,
            class_=f"decide {decision}",
            disabled=None if named else "",
            data_act=json.dumps({"decide": decision}),
        )
        for decision, label, key in KEYS
    )
    missing = None if named else notice("Say your name first: every decision says who made it.")
    return element("div", missing, element("div", made, class_="acts", role="group", aria_label="Decide"))


def rivals(rows: Sequence[Row]) -> Markup | None:
    """The cuts that this one contradicts, with their sentences."""
    if not rows:
        return None
    items = (element("li", element("strong", typeset(in_words(row))), sentence(row)) for row in rows)
    return element("section", element("h3", "In conflict with"), element("ul", items, class_="papers"))


def decisions(reviews: Sequence[Review]) -> Markup | None:
    """All that was decided on the cut, oldest first."""
    if not reviews:
        return None
    items = (
        element(
            "li", f"{r.time[:16].replace('T', ' ')}  {r.reviewer}: {r.decision}", _comment(r.comment), class_="bidi"
        )
        for r in reviews
    )
    return element("section", element("h3", "Decisions on it"), element("ul", items, class_="papers"))


def _comment(text: str) -> str:
    return f" – {text}" if text else ""


def overview(found: Queue, current: str) -> Markup:
    """All records of the paper, to go to one of them."""
    items = []
    for record in found.records:
        row = cut_json(record.cut)
        state = (
            record.decided.review.decision
            if record.decided
            else "open"
            if record.is_open
            else "settled"
            if record.is_needed
            else "looked at"
        )
        here = record.cut.id == current
        button = acting(
            typeset(in_words(row)), f"Go to {in_words(row)}", kind="picked" if here else "plain", show=record.cut.id
        )
        items.append(element("li", button, " ", badge(state)))
    shown = element("ul", items[:_FEW], class_="papers")
    rest = element(
        "details", element("summary", f"{len(items) - _FEW} more"), element("ul", items[_FEW:], class_="papers")
    )
    return element("section", element("h3", "Records of this paper"), shown, rest if len(items) > _FEW else None)


__all__ = ["KEYS", "buttons", "decisions", "overview", "progress", "record_heading", "rivals"]
