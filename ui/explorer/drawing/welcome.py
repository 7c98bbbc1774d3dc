"""What to do first, as markup."""

from __future__ import annotations

from ui.explorer.demo import DEPTH, PAPER
from ui.reproduction.page.markup import Markup, element


def welcome() -> Markup:
    """For an empty store: how papers come into it."""
    return element(
        "section",
        element("h2", "There are no papers in this store yet"),
        element("p", "Papers are read on the command line, for example"),
        element("pre", element("code", f"kg ingest {PAPER} --depth {DEPTH}"), tabindex=0),
        element(
            "p",
            "To try it out without a network, read the papers that come with CutGraph: restatements, in CutGraph's own "
            f"words, of the selection of {PAPER} and of the papers it builds on.",
        ),
    )


__all__ = ["welcome"]
