"""Review: one record at a time; every decision is kept with name and time, and can be undone."""

from __future__ import annotations

import json
from contextlib import suppress

import streamlit as st

from kg import vocabulary
from kg.errors import KgError
from kg.records import Cut
from kg.reviews import DECISIONS, OPS, Decision, review_of, standing
from kg.store.base import Store
from ui.explorer import session
from ui.explorer.drawing import review as draw
from ui.explorer.drawing.parts import error_notice, notice, paper_line, restated
from ui.explorer.drawn import Act, drawn
from ui.explorer.exporting import offer
from ui.explorer.screens.choosing import chosen_paper, read_paper
from ui.explorer.screens.place import detail, until_read
from ui.explorer.views.correcting import UNITS, as_texts, from_texts
from ui.explorer.views.exports import review_exports
from ui.explorer.views.review import Queue, Record, history, next_paper, queue, record_rows
from ui.explorer.views.sheets import review_sheet
from ui.reproduction.page.markup import element


def page(store: Store) -> None:
    """Draw the page."""
    name = session.asked_for("paper") or next_paper(store)
    left, right = st.columns([1, 2])
    with left:
        reviewer = _reviewer()
    with right:
        chosen_paper(store, "review-asked", lambda found: session.set_address(paper=found, cut=None), "Another paper")
    if not name:
        drawn(notice("Nothing is left to decide: no cut is unverified or in conflict.", kind="good"), "review-none")
        return
    paper = read_paper(store, name)
    asked = session.asked_for("cut")
    found = queue(store, paper.id, reviewer, [asked] if asked else [])
    drawn(
        element("div", paper_line(paper), restated([paper]), draw.progress(found) if found.total else None),
        "review-paper",
        session.act,
    )
    record = found.of(asked) or next(iter(found.open), None) or next(iter(found.records), None)
    if not found.total:
        said = "Nothing in this paper is unverified or in conflict. Any cut can be reviewed from its paper."
        drawn(notice(said, kind="good"), "review-done")
    elif not found.open:
        drawn(notice("All of this paper is decided.", kind="good"), "review-done")
    with st.container(horizontal=True):
        st.button("Next paper", on_click=_go_on, args=(paper.id,))
        offer("review", review_exports(session.opened, found), review_sheet(paper, found))
    if record is None:
        return
    _record(store, found, record, reviewer)


def _reviewer() -> str:
    """Who decides: asked for once, and remembered by the browser."""
    name = str(st.session_state.get("reviewer", ""))

    def recalled(act: Act) -> None:
        if isinstance(act.get("recalled"), str) and not st.session_state.get("reviewer"):
            st.session_state["reviewer"] = act["recalled"][:80]

    st.text_input("Your name", key="reviewer", max_chars=80, help="It stands with every decision that you make.")
    drawn(
        element("span"), "review-name", recalled,
        remember={"key": "cutgraph-reviewer", "value": name.strip(), "recall": not name.strip()},
    )  # fmt: skip
    return " ".join(name.split())


def _go_on(paper: str) -> None:
    with suppress(KgError), session.opened() as store:  # what is wrong with the store, the page says
        session.set_address(paper=next_paper(store, paper) or next_paper(store), cut=None)


def _record(store: Store, found: Queue, record: Record, reviewer: str) -> None:
    row, *others = record_rows(store, record)
    of, said = st.session_state.get("review-said", (None, None))
    if of == st.session_state["address"]:
        drawn(said, "review-said-now")
    drawn(draw.record_heading(record, row), "review-heading")
    _buttons(found, record, reviewer)
    if st.session_state.get("correcting") == record.cut.id:
        _correction(found, record, reviewer)
    beneath, waiting = detail(store, row)
    drawn(beneath, "review-sentence")
    for number, part in enumerate((draw.rivals(others), draw.decisions(history(store, record.cut.id)))):
        if part is not None:
            drawn(part, f"review-more-{number}")

    def acted(act: Act) -> None:
        if "show" in act:
            session.set_address(paper=found.paper, cut=str(act["show"]))
        else:
            session.act(act)

    drawn(draw.overview(found, record.cut.id), "review-records", acted)
    if waiting is not None:
        until_read(waiting)


def _buttons(found: Queue, record: Record, reviewer: str) -> None:
    """The decisions, by click or key."""
    st.text_input("Comment", key="review-comment", max_chars=500, placeholder="why; may be left empty")

    def acted(act: Act) -> None:
        decision = act.get("decide")
        if not reviewer:
            return
        if decision == "correct":
            st.session_state["correcting"] = record.cut.id
        elif decision in DECISIONS:
            _decide(found, record, decision, reviewer)

    keys = {key: json.dumps({"decide": decision}) for decision, _, key in draw.KEYS} if reviewer else {}
    drawn(draw.buttons(named=bool(reviewer)), "review-buttons", acted, keys=keys)


def _correction(found: Queue, record: Record, reviewer: str) -> None:
    """The fields of the cut, to be changed."""
    texts = as_texts(record.made or record.cut)
    objects = sorted({*vocabulary.objects(), texts["object"]})
    variables = sorted({*vocabulary.variables(), texts["variable"]})
    units = list(dict.fromkeys([*UNITS, texts["unit"]]))
    with st.form("correction"):
        top, bottom = st.columns(4), st.columns(3)
        typed = {
            "object": top[0].selectbox("Object", objects, objects.index(texts["object"])),
            "variable": top[1].selectbox("Variable", variables, variables.index(texts["variable"])),
            "op": top[2].selectbox("Comparison", OPS, OPS.index(texts["op"])),
            "value": top[3].text_input("Value", texts["value"], help="A number; two with a comma for in and not_in."),
            "unit": bottom[0].selectbox("Unit", units, units.index(texts["unit"])),
            "applies_when": bottom[1].text_input("If", texts["applies_when"]),
            "veto": bottom[2].selectbox("Veto", ("no", "yes"), int(texts["veto"] == "yes")),
        }
        saved = st.form_submit_button("Save the correction", type="primary")
    if not saved:
        return
    try:
        made = from_texts(record.cut, {field: str(text or "") for field, text in typed.items()})
    except KgError as error:
        drawn(error_notice(error), "correction-error")
        return
    st.session_state.pop("correcting", None)
    _decide(found, record, "correct", reviewer, made)
    st.rerun()


def _decide(found: Queue, record: Record, decision: Decision, reviewer: str, made: Cut | None = None) -> None:
    """Keep the decision and go on to the next record; says where somebody else decided in the meantime."""
    comment = str(st.session_state.get("review-comment", ""))
    st.session_state.pop("review-said", None)
    try:
        review = review_of(record.cut, decision, reviewer, comment=comment, made=made)
        with session.opened(read_only=False) as store:
            now = standing(store.reviews(record.cut.id)).get(record.cut.id)
            store.add_review(review)
            fresh = queue(store, found.paper, reviewer)
    except KgError as error:
        _say(f"Your decision was not kept: {error}", "wrong")
        return
    before = record.decided.review.id if record.decided else ""
    st.session_state.update({"review-comment": "", "reviewer": reviewer})
    st.session_state.pop("correcting", None)
    following = None if decision == "undo" else fresh.after(record.cut.id)
    session.set_address(paper=found.paper, cut=following.cut.id if following else record.cut.id)
    if now is not None and now.review.id != before:
        _say(f"Meanwhile it was {now.words}. Both decisions are kept; yours is the newer one and stands.")


def _say(said: str, kind: str = "") -> None:
    """Something on a decision, shown as long as the address stays and nothing else is decided."""
    told = notice(element("span", said, class_="bidi"), kind=kind)
    st.session_state["review-said"] = (dict(st.session_state["address"]), told)


__all__ = ["page"]
