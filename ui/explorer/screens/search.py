"""Search: a question, filters, and the cuts that answer it."""

from __future__ import annotations

import time

import streamlit as st

from kg.errors import KgError
from kg.reviews import standing
from kg.store.base import Store
from ui.explorer import session
from ui.explorer.drawing.answer import answer
from ui.explorer.drawing.overview import overview
from ui.explorer.drawing.parts import error_notice, notice
from ui.explorer.drawn import drawn
from ui.explorer.exporting import offer
from ui.explorer.librarian import Answer, Shelf
from ui.explorer.views.exports import search_exports
from ui.explorer.views.filters import STATUSES, Filters, offered
from ui.explorer.views.overview import seen
from ui.explorer.views.search import SHOWN, Answered, answered
from ui.explorer.views.sheets import search_sheet

_PATIENCE = 1.0  # seconds that a page waits for the first index
_PAUSE = 0.5  # seconds between two drawings of the page, at least, while papers are being added
_LISTS = {"object": "objects", "variable": "variables", "experiment": "collaborations", "status": "statuses"}


def page(store: Store) -> None:
    """Draw the page."""
    _question()
    shelf = session.shelf(store, _PATIENCE)
    if shelf is None:
        _indexing()
        return
    filters = _filters(shelf)
    if not session.is_newest(store, shelf):
        _behind(time.monotonic())
    text = session.asked_for("q")
    if not text.strip() and not filters.any:
        drawn(overview(seen(shelf, len(store.reviews()))), "overview", session.act)
        return
    _answer(store, shelf, text, filters)


@st.fragment(run_every=1.0)
def _indexing() -> None:
    """Say how far the first index is, and draw the page again when it is there."""
    if not session.librarian().is_making():
        st.rerun()
    said = f"The search index is being made, once: {session.librarian().doing or 'reading the store'}. "
    drawn(notice(f"{said}The other views work meanwhile."), "indexing")


@st.fragment(run_every=1.0)
def _behind(since: float) -> None:
    """Say that the answer is from an older index, and draw the page again as soon as there is a newer one."""
    if not session.librarian().is_making() and time.monotonic() - since > _PAUSE:
        st.rerun()
    drawn(notice("The store is changing: the newest papers are being added to the search index."), "behind")


def _question() -> None:
    """The question box; the address keeps what is asked."""
    st.text_input(
        "Question",
        key=session.held("question", session.asked_for("q")),
        placeholder="muon isolation cuts",
        help="For example: muon isolation cuts; electron pT above 20 GeV; b-jet veto; lepton cuts in 1806.00242",
        on_change=lambda: session.set_address(q=st.session_state["question"].strip(), n=None),
    )


def _filters(shelf: Shelf) -> Filters:
    """The filters as the address has them, and the fields that change them."""
    there = offered(shelf.index, shelf.papers)
    years = [session.asked_for("from"), session.asked_for("to")]
    first, last = (int(year) if year.isdecimal() else None for year in years)
    objects, variables, experiments, statuses = (tuple(session.listed(name)) for name in _LISTS)
    chosen = Filters(objects, variables, experiments, statuses, first, last)
    options = {
        "object": there.objects,
        "variable": there.variables,
        "experiment": there.collaborations,
        "status": STATUSES,
    }
    with st.expander("Filters", expanded=chosen.any):
        for column, name in zip(st.columns(4), _LISTS, strict=True):
            key = f"filter-{name}"
            known = [one for one in getattr(chosen, _LISTS[name]) if one in options[name]]
            column.multiselect(
                name.capitalize(),
                options[name],
                key=session.held(key, known),
                on_change=_changed,
                args=(name, key),
                placeholder="all",
            )
        for column, name, year, label in zip(
            st.columns(4), ("from", "to"), (first, last), ("From year", "To year"), strict=False
        ):
            key = f"filter-{name}"
            years_known = [None, *there.years]
            column.selectbox(
                label,
                years_known,
                key=session.held(key, year if year in there.years else None),
                on_change=_changed_year,
                args=(name, key),
                format_func=lambda one: "any" if one is None else str(one),
            )
    return chosen


def _changed(name: str, key: str) -> None:
    session.set_address(**{name: ",".join(st.session_state[key])}, n=None)


def _changed_year(name: str, key: str) -> None:
    year = st.session_state[key]
    session.set_address(**{name: None if year is None else str(year)}, n=None)


def _answer(store: Store, shelf: Shelf, text: str, filters: Filters) -> None:
    shown = session.asked_for("n")
    number = min(max(int(shown), 1), 500) if shown.isdecimal() else SHOWN
    try:
        found = _answered(store, shelf, text, filters, number, f"{session.key_of(store)} {shelf.index.key}")
    except KgError as error:
        drawn(error_notice(error), "answer-error")
        return
    offer("search", search_exports(session.opened, found), search_sheet(found))
    drawn(answer(found, session.basket()), "answer", session.act)
    if found.shown < found.total and number < 500:
        st.button("Show more", on_click=lambda: session.set_address(n=str(number + 40)))


@st.cache_resource(max_entries=32, show_spinner=False)
def _answered(_store: Store, _shelf: Shelf, text: str, filters: Filters, number: int, key: str) -> Answered:
    """The answer, worked out once for each state of the graph and of its index."""

    def ask(asked: str, limit: int) -> Answer:
        return session.librarian().find(_store, _shelf, asked, limit)

    return answered(_store, ask, text, filters, standing(_store.reviews()), number)


__all__ = ["page"]
