"""What must be said wherever a paper is shown: above all, that a restatement is not the paper."""

from __future__ import annotations

from collections.abc import Iterable

from kg.records import Paper

EDITIONS = {
    "latex": "LaTeX source",
    "pdf": "PDF",
    "html": "HTML",
    "restatement": "restatement",
    "unread": "not read",
}

_RESTATEMENT = (
    "is a restatement of the selection in CutGraph's own words, not the paper itself: its quotes are not the paper's."
)


def restatement_notice(papers: Iterable[Paper]) -> str:
    """One sentence that names the restatements among `papers`; "" where there are none."""
    ids = sorted({paper.id for paper in papers if paper.edition == "restatement"})
    if not ids:
        return ""
    if len(ids) == 1:
        return f"Note: what was read as {ids[0]} {_RESTATEMENT}"
    listed = ", ".join(ids[:-1]) + " and " + ids[-1]
    return f"Note: what was read as {listed} " + _RESTATEMENT.replace("is a restatement", "are restatements").replace(
        "not the paper itself: its", "not the papers themselves: their"
    ).replace("the paper's", "the papers'")
