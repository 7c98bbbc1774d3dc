"""Paper: the effective selection, each cut with its sentence in its paragraph, and the neighbourhood."""

from __future__ import annotations

import streamlit as st

from kg.records import Paper
from kg.store.base import Store
from ui.explorer import session
from ui.explorer.drawing import paper as draw
from ui.explorer.drawing.overview import listed
from ui.explorer.drawn import Act, drawn
from ui.explorer.exporting import offer
from ui.explorer.screens.choosing import chosen_paper, read_paper
from ui.explorer.screens.place import detail, until_read
from ui.explorer.views.exports import cut_exports
from ui.explorer.views.overview import newest
from ui.explorer.views.paper import Shown, shown
from ui.explorer.views.sheets import paper_sheet
from ui.reproduction.page.markup import element


def page(store: Store) -> None:
    """Draw the page."""
    name = session.asked_for("paper")
    chosen_paper(store, "paper-asked", lambda found: session.set_address(paper=found, cut=None))
    if not name:
        hint = element("p", "Choose a paper by its id or words of its title.")
        drawn(element("div", hint, listed(newest(session.papers(store).values()))), "paper-hint", session.act)
        return
    paper = read_paper(store, name)
    found = _shown(store, paper, session.key_of(store))
    offer("paper", cut_exports(session.opened, f"cuts-{paper.id.replace('/', '-')}", found.rows), paper_sheet(found))
    drawn(draw.heading(paper), "paper-heading")
    _selection(store, found)
    drawn(draw.neighbourhood(found), "paper-neighbours", session.act)


@st.cache_resource(max_entries=16, show_spinner=False)
def _shown(_store: Store, paper: Paper, key: str) -> Shown:
    """The page's contents, worked out once for each state of the graph."""
    return shown(_store, paper)


def _selection(store: Store, found: Shown) -> None:
    opened = session.asked_for("cut")
    row = next((row for row in (*found.rows, *found.rejected) if row["id"] == opened), None)
    beneath, waiting = detail(store, row) if row is not None else (None, None)

    def acted(act: Act) -> None:
        if "show" in act:
            session.set_address(cut=str(act["show"]))
        else:
            session.act(act)

    markup = draw.selection(found, session.basket(), opened, beneath)
    drawn(markup, "paper-selection", acted, go=draw.anchor(opened) if row is not None else "")
    if waiting is not None:
        until_read(waiting)


__all__ = ["page"]
