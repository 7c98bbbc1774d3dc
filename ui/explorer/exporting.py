"""The link of a view and its files to save, in one place of every page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from urllib.parse import urlencode

import streamlit as st

Export = tuple[str, Callable[[], bytes]]
"""MIME type, and what makes the file when it is asked for."""


def offer(page: str, exports: Mapping[str, Export]) -> None:
    """A button that shows the link of this view and a button for each file, by the file's name."""
    with st.popover("Link and files"):
        query = urlencode(sorted(st.query_params.to_dict().items()))
        base = st.context.url or ""
        st.text("This link opens the view again:")
        st.code(f"{base.split('?')[0]}{'?' if query else ''}{query}", language=None, wrap_lines=True)
        buttons(page, exports)


def buttons(page: str, exports: Mapping[str, Export]) -> None:
    """A button for each file."""
    for name, (mime, made) in exports.items():
        label = f"Save {name.rsplit('.', 1)[-1].upper()}"
        st.download_button(label, made, name, mime, key=f"{page}-{name}", on_click="ignore")


__all__ = ["Export", "buttons", "offer"]
