"""Markup on the page, and what was clicked in it: the one place where HTML of our own reaches the browser.

The markup comes from `ui.reproduction.page.markup`, in which a text can be nothing but a text. It is shown in a shadow
root, so that neither Streamlit's styles nor ours reach the other. What carries `data-act` (JSON) tells it to Python
when it is clicked; links to anchors of the same markup are followed in the browser alone.
"""

from __future__ import annotations

import base64
import json
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from kg.records import Json
from ui.reproduction.page.markup import Markup

Act = Mapping[str, Any]
_HERE = Path(__file__).parent


@dataclass(frozen=True)
class File:
    """A file for the browser to save."""

    name: str
    mime: str
    data: bytes

    def to_json(self) -> Json:
        """With an id of its own: the browser saves it once, however often it is shown what was drawn last."""
        text = base64.b64encode(self.data).decode("ascii")
        return {"id": uuid.uuid4().hex, "name": self.name, "mime": self.mime, "data": text}


@cache
def _texts() -> tuple[str, str]:
    return (_HERE / "drawn.js").read_text("utf-8"), (_HERE / "drawn.css").read_text("utf-8")


def register() -> None:
    """Make the component known to Streamlit; once for each run of the script."""
    js, css = _texts()
    st.session_state["_component"] = st.components.v2.component(
        "cutgraph.drawn", html='<div class="drawn"></div>', css=css, js=js
    )


def drawn(
    markup: Markup,
    key: str,
    acted: Callable[[Act], None] | None = None,
    *,
    go: str = "",
    remember: Mapping[str, Json] | None = None,
    keys: Mapping[str, str] | None = None,
    file: File | None = None,
) -> None:
    """Show the markup; `acted` is called with what was clicked, before the page is drawn again.

    `go` is an anchor to bring into view, once each time it changes; `keys` are acts that a key alone does;
    `file` is saved by the browser.
    """

    def told() -> None:
        act = _act_of(st.session_state.get(key))
        if act is not None and acted is not None:
            acted(act)

    # in a list: in a dictionary Streamlit looks for data frames, for which it loads pandas first
    told_to_browser = {
        "html": str(markup),
        "go": go,
        "remember": remember,
        "keys": dict(keys or {}),
        "file": file.to_json() if file is not None else None,
    }
    st.session_state["_component"](
        data=[told_to_browser],
        key=key,
        on_act_change=told,
    )


def _act_of(value: Any) -> Act | None:
    """What the browser said, None where it is not what our own script says."""
    said = value.get("act") if value is not None else None
    try:
        act = json.loads(said) if isinstance(said, str) else None
    except ValueError:
        return None
    return act if isinstance(act, dict) else None


__all__ = ["Act", "File", "drawn", "register"]
