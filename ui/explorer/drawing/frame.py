"""What stands around every view: the way from one to the other, and less empty space than Streamlit leaves."""

from __future__ import annotations

import json
from collections.abc import Mapping

from ui.reproduction.page.markup import Markup, element

FRAME = """<style>
.stMainBlockContainer { padding: 1rem clamp(.8rem, 3vw, 3rem) 3rem; max-width: 84rem; }
.stAppHeader { display: none; }
</style>"""


def navigation(titles: Mapping[str, str], here: str, basket: int) -> Markup:
    """Links to the views; the basket's tells how many cuts are in it."""
    items = []
    for name, title in titles.items():
        shown = f"{title} · basket {basket}" if name == "generate" and basket else title
        items.append(
            element(
                "li",
                element(
                    "button",
                    shown,
                    type="button",
                    data_act=json.dumps({"go": name}),
                    aria_current="page" if name == here else None,
                ),
            )
        )
    return element(
        "header",
        element("h1", "CutGraph", element("span", f": {titles[here]}", class_="unseen")),
        element("nav", element("ul", items), aria_label="Views"),
        class_="frame",
    )


__all__ = ["FRAME", "navigation"]
