"""The application that Streamlit runs, from the top, whenever something is clicked.

All views are one page at one address, told apart by `?view=`: a page of Streamlit's own for each would make a link to
it ask the server for files that are not there.
"""

from __future__ import annotations

import streamlit as st

from kg.errors import KgError
from ui.explorer import session
from ui.explorer.drawing.frame import FRAME, navigation
from ui.explorer.drawn import drawn, register
from ui.explorer.screens import compare, generate, lineage, paper, review, search
from ui.explorer.screens.trouble import begin, trouble

VIEWS = {
    "search": ("Search", search.page),
    "paper": ("Paper", paper.page),
    "lineage": ("Lineage", lineage.page),
    "compare": ("Compare", compare.page),
    "review": ("Review", review.page),
    "generate": ("Generate", generate.page),
}


def main() -> None:
    """Draw the view that the address names."""
    session.begin()
    asked = session.asked_for("view", "search")
    view = asked if asked in VIEWS else "search"
    title, draw = VIEWS[view]
    st.set_page_config(page_title=f"{title} – CutGraph", layout="wide")
    st.html(FRAME)
    register()
    titles = {name: title for name, (title, _) in VIEWS.items()}
    drawn(navigation(titles, view, len(session.basket())), "navigation", session.act)
    try:
        with session.opened() as store:
            if session.has_papers(store):
                draw(store)
            else:
                begin()
    except KgError as error:
        trouble(error)


if __name__ == "__main__":
    main()
