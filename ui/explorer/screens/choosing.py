"""Choosing a paper: a field for an id or words of its title, and the papers that fit."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from kg.errors import NotInStore
from kg.records import Paper
from kg.store.base import Store
from ui.explorer import session
from ui.explorer.drawing.parts import acting, notice
from ui.explorer.drawn import Act, drawn
from ui.explorer.views.paper import matching
from ui.reproduction.page.markup import element


def chosen_paper(store: Store, key: str, chosen: Callable[[str], None], label: str = "Paper") -> None:
    """A field that calls `chosen` with the id of the read paper that is meant; else it lists those that may be."""
    text = st.text_input(label, key=key, placeholder="1806.00242, or words of the title")
    if not text.strip():
        return
    papers = session.papers(store)
    fitting = matching(papers, text)
    buttons = [element("li", acting("choose", f"Choose {p.id}", choose=p.id), " ", _named(p)) for p in fitting]

    def acted(act: Act) -> None:
        if "choose" in act:
            st.session_state[key] = ""
            chosen(str(act["choose"]))
        else:
            session.act(act)

    if not fitting:
        drawn(
            notice(f"No paper in the store has “{text}” in its id or title. kg ingest {text} may read it."),
            f"{key}-none",
        )
    else:
        drawn(element("ul", buttons, class_="papers"), f"{key}-fitting", acted)


def _named(paper: Paper) -> str:
    said = ", ".join(str(part) for part in (paper.collaboration, paper.year) if part)
    return f"{paper.id}  {paper.title}  {said}"


def read_paper(store: Store, text: str) -> Paper:
    """The read paper of that id; raises `NotInStore`."""
    paper = store.paper(text)
    if paper.edition == "unread":
        raise NotInStore(f"{paper.id} was not read", why=f"papers cite it; kg ingest {paper.id} reads it")
    return paper


__all__ = ["chosen_paper", "read_paper"]
