"""The link of a view and its files to save, in one place of every page."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from urllib.parse import urlencode

import streamlit as st

from kg.errors import KgError
from ui.explorer.drawing.files import files
from ui.explorer.drawing.parts import error_notice
from ui.explorer.drawn import Act, File, drawn
from ui.explorer.views.exports import Export
from ui.explorer.views.sheets import Sheet


def offer(page: str, exports: Mapping[str, Export], sheet: Sheet | None = None) -> None:
    """A button that shows the link of this view, a button for each file, and the view as a figure to save."""
    with st.popover("Link and files"):
        query = urlencode(sorted(st.query_params.to_dict().items()))
        base = st.context.url or ""
        st.text("This link opens the view again:")
        st.code(f"{base.split('?')[0]}{'?' if query else ''}{query}", language=None, wrap_lines=True)
        buttons(page, exports, sheet)


@st.fragment
def buttons(page: str, exports: Mapping[str, Export], sheet: Sheet | None = None) -> None:
    """A button for each file, which is made when it is asked for; one that cannot be made says why."""
    wanted = f"{page}-wanted"
    name = st.session_state.pop(wanted, "")
    made, failed = None, None
    if name in exports:
        mime, make = exports[name]
        try:
            made = File(name, mime, make())
        except KgError as error:
            failed = error

    drawn(files(list(exports), sheet), f"{page}-files", partial(_asked, wanted), file=made)
    if failed is not None:
        drawn(error_notice(failed), f"{page}-files-failed")


def _asked(wanted: str, act: Act) -> None:
    st.session_state[wanted] = str(act.get("file", ""))


__all__ = ["buttons", "offer"]
