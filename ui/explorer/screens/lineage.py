"""Lineage: where cuts come from and how they relate, as a graph across papers."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from kg.records import Cut
from kg.store.base import Store
from ui.explorer import session
from ui.explorer.drawing import lineage as draw
from ui.explorer.drawn import Act, drawn
from ui.explorer.exporting import offer
from ui.explorer.screens.choosing import chosen_paper, read_paper
from ui.explorer.views.exports import lineage_exports
from ui.explorer.views.lineage import MOST_NODES, Graph, cuts_of_selection, graph
from ui.reproduction.page.markup import element

_DEPTHS = (1, 2, 3, 4, 5)


def page(store: Store) -> None:
    """Draw the page."""
    cuts, objects = _cuts(store)
    if not cuts:
        drawn(
            element("p", "Choose cuts in Search or in a paper, or a paper whose selection is followed."), "lineage-hint"
        )
        chosen_paper(store, "lineage-asked", lambda found: session.set_address(paper=found, cuts=None))
        return
    asked = session.asked_for("depth", "2")
    depth = int(asked) if asked in map(str, _DEPTHS) else 2
    left, middle, right = st.columns([1, 2, 1], vertical_alignment="bottom")
    left.selectbox(
        "Steps",
        _DEPTHS,
        key=session.held("lineage-depth", depth),
        on_change=lambda: session.set_address(depth=str(st.session_state["lineage-depth"])),
        help=f"How far relations are followed, as long as there are at most {MOST_NODES} cuts.",
    )
    if len(objects) > 1:
        middle.multiselect(
            "Objects",
            objects,
            key=session.held("lineage-object", _chosen(objects)),
            on_change=lambda: session.set_address(object=",".join(st.session_state["lineage-object"])),
            placeholder="all",
        )
    found = _graph(store, tuple(cuts), depth, session.key_of(store))
    with right:
        offer("lineage", lineage_exports(session.opened, found))
    drawn(draw.told(found), "lineage-told")
    chosen = session.asked_for("node")
    chosen = chosen if chosen in found.rows else found.roots[0]

    def acted(act: Act) -> None:
        if "show" in act:
            session.set_address(node=str(act["show"]))
        else:
            session.act(act)

    drawn(draw.stage(found, chosen), "lineage-graph", acted)
    drawn(draw.chosen_cut(found, chosen, session.basket()), "lineage-cut", acted)
    drawn(draw.as_list(found), "lineage-list")


@st.cache_resource(max_entries=16, show_spinner=False)
def _graph(_store: Store, cuts: tuple[Cut, ...], depth: int, key: str) -> Graph:
    """The graph, worked out once for each state of the store: a click in it changes nothing of it."""
    return graph(_store, cuts, depth)


def _chosen(objects: Sequence[str]) -> list[str]:
    """Those of the objects that the address names."""
    return [name for name in session.listed("object") if name in objects]


def _cuts(store: Store) -> tuple[list[Cut], list[str]]:
    """The cuts that the address names, one by one or by the selection of a paper; else those of the basket.

    With the selection of a paper come the objects that it has cuts on.
    """
    if names := session.listed("cuts"):
        return [store.cut(name) for name in names], []
    if name := session.asked_for("paper"):
        cuts = cuts_of_selection(store, read_paper(store, name).id)
        objects = list(dict.fromkeys(cut.object for cut in cuts))
        chosen = _chosen(objects) or objects
        return [cut for cut in cuts if cut.object in chosen], objects
    picked = [store.cut(name) for name in session.basket()]
    session.set_address(cuts=",".join(cut.id.removeprefix("cut:") for cut in picked))
    return picked, []


__all__ = ["page"]
