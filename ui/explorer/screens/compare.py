"""Compare: the effective selections of two or more papers side by side."""

from __future__ import annotations

import streamlit as st

from kg.records import Paper
from kg.store.base import Store
from ui.commands.diff import VERDICTS
from ui.explorer import session
from ui.explorer.drawing import compare as draw
from ui.explorer.drawing.parts import paper_line
from ui.explorer.drawn import Act, drawn
from ui.explorer.exporting import offer
from ui.explorer.screens.choosing import chosen_paper, read_paper
from ui.explorer.views.compare import Compared, compared
from ui.explorer.views.exports import compare_exports
from ui.explorer.views.sheets import compare_sheet
from ui.reproduction.page.markup import element

_MOST = 8


def page(store: Store) -> None:
    """Draw the page."""
    papers = [read_paper(store, name) for name in session.listed("papers")[:_MOST]]
    names = [paper.id for paper in papers]
    label = "Add a paper" if papers else "First paper"
    chosen_paper(store, "compare-asked", lambda found: session.set_address(papers=",".join([*names, found])), label)
    if len(papers) < 2:
        said = "Choose another paper to compare it with." if papers else "Choose two papers or more."
        drawn(element("div", element("p", said), (paper_line(paper) for paper in papers)), "compare-hint", session.act)
        return
    verdicts = [verdict for verdict in session.listed("only") if verdict in VERDICTS]
    everything = session.asked_for("all") == "1"
    left, right = st.columns([3, 2], vertical_alignment="bottom")
    left.multiselect(
        "Only these verdicts",
        VERDICTS,
        key=session.held("compare-only", verdicts),
        on_change=lambda: session.set_address(only=",".join(st.session_state["compare-only"])),
        placeholder="all",
    )
    found = _compared(store, tuple(papers), tuple(verdicts), everything, session.key_of(store))
    if found.regions:
        right.checkbox(
            f"Also {found.regions} requirements in regions that only one paper has",
            key=session.held("compare-all", everything),
            on_change=lambda: session.set_address(all="1" if st.session_state["compare-all"] else None),
        )
    offer("compare", compare_exports(session.opened, found), compare_sheet(found))

    def acted(act: Act) -> None:
        if "show" in act:
            session.set_address(row=str(act["show"]))
        elif "papers" in act and "go" not in act:
            session.set_address(papers=str(act["papers"]))
        else:
            session.act(act)

    drawn(draw.chosen(found), "compare-papers", acted)
    drawn(draw.side_by_side(found, session.asked_for("row")), "compare-rows", acted)


@st.cache_resource(max_entries=16, show_spinner=False)
def _compared(
    _store: Store, papers: tuple[Paper, ...], verdicts: tuple[str, ...], everything: bool, key: str
) -> Compared:
    """The comparison, worked out once for each state of the graph."""
    return compared(_store, papers, verdicts, everything)


__all__ = ["page"]
