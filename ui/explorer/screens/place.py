"""The sentence of a cut in its paragraph, and on its page: what is there now, and the rest as soon as it is read."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import streamlit as st

from kg.records import Paper
from kg.store.base import Store
from ui.explorer.documents import Documents, surroundings
from ui.explorer.drawing.paper import opened_cut
from ui.explorer.settings import LIBRARY
from ui.reproduction.page.markup import Markup

_PATIENCE = 0.4  # seconds that a click waits for the paragraph


@st.cache_resource(show_spinner=False)
def documents() -> Documents:
    """The texts of papers, shared by all visitors."""
    library = os.environ.get(LIBRARY)
    return Documents(Path(library) if library else None)


def detail(store: Store, row: Mapping[str, Any]) -> tuple[Markup, Paper | None]:
    """What is known of the cut's place, and its paper where more of it is still being read."""
    paper = store.paper(row["paper"])
    passage = next((p for p, role in store.passages([row["id"]])[row["id"]] if role != "header"), None)
    if passage is None:
        return opened_cut(row, None, None, busy=False), None
    documents().page(paper, passage, 0)
    text = documents().text(paper, _PATIENCE)
    image = documents().page(paper, passage, 0)
    busy = documents().busy(paper)
    return opened_cut(row, surroundings(passage, text), image, busy), paper if busy else None


@st.fragment(run_every=0.5)
def until_read(paper: Paper) -> None:
    """Draw the view again as soon as the paper's text and image are there."""
    if not documents().busy(paper):
        st.rerun()


__all__ = ["detail", "documents", "until_read"]
