"""What a Neo4j server plans once is planned before somebody waits for it.

A server that was just started takes seconds to plan each kind of question, the longest the ones of a lineage; it keeps
the plans for whoever asks the same kind later.
"""

from __future__ import annotations

import os
import threading
from contextlib import suppress

from kg.errors import KgError
from kg.store.neo4j.address import is_neo4j
from kg.store.open import open_store
from ui.explorer.views.lineage import cuts_of_selection, graph
from ui.explorer.views.paper import shown

_DEPTH = 2  # as the lineage view begins with


def warm_in_background(url: str | None) -> None:
    """Have the server plan what a paper's page and its lineage ask, in a thread beside; nothing for a file."""
    if is_neo4j(url or os.environ.get("KG_STORE") or ""):
        threading.Thread(target=warm, args=(url,), name="warming", daemon=True).start()


def warm(url: str | None) -> None:
    """Ask for a paper and its lineage; whoever comes first is told what is wrong where that fails."""
    with suppress(KgError), open_store(url, read_only=True) as store:
        for paper in store.papers(unread=False)[-1:]:  # the newest by id: it builds on others
            shown(store, paper)
            graph(store, cuts_of_selection(store, paper.id), _DEPTH)


__all__ = ["warm", "warm_in_background"]
