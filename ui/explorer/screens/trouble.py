"""What went wrong, and what to do first where there is nothing to explore yet."""

from __future__ import annotations

import streamlit as st

from kg.errors import KgError, NotInStore
from ui.explorer import session
from ui.explorer.demo import read_bundled
from ui.explorer.drawing.parts import error_notice
from ui.explorer.drawing.welcome import welcome
from ui.explorer.drawn import drawn


def trouble(error: KgError) -> None:
    """Say what failed and why, and what can be done about it."""
    gone = isinstance(error, NotInStore) and error.what == "there is no store"
    if gone and not session.was_there():
        begin()
        return
    if gone:
        why = "it was there before: it was moved or deleted. Put it back, and try again"
        error = NotInStore("the store is gone", where=error.where, why=why)
    drawn(error_notice(error), "trouble")
    st.button("Try again", key="trouble-again")


def begin() -> None:
    """What to do first: papers are read on the command line; the bundled ones can be read here."""
    drawn(welcome(), "welcome")
    if st.button("Read the bundled papers", key="demo", type="primary"):
        with st.spinner("Reading 1806.00242 and the papers it builds on …"):
            try:
                read_bundled(session.store_url())
            except KgError as error:
                drawn(error_notice(error), "demo-error")
                return
        st.rerun()


__all__ = ["begin", "trouble"]
