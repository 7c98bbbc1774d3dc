"""`kg papers`: the papers in the store."""

from __future__ import annotations

from typing import Any

import click

from kg.records import Paper
from kg.store.base import Store
from ui.notices import EDITIONS, restatement_notice
from ui.opened import opened_store
from ui.screen import show, show_json, table, words


@click.command("papers")
@click.option("--all", "with_unread", is_flag=True, help="Also the papers that are only cited.")
@click.option(
    "--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True, help="How to print."
)
def command(with_unread: bool, form: str) -> None:
    """List the papers in the store."""
    with opened_store() as store:
        rows = [_row(store, paper) for paper in store.papers(unread=with_unread)]
        unread = store.counts().get("unread_papers", 0)
        papers = store.papers(unread=False)
    if form == "json":
        show_json(rows)
        return
    if not rows:
        show(words("No paper was read yet. `kg ingest 1806.00242 --depth 2` reads one and what it builds on."))
        return
    show(
        table(
            ["paper", "edition", "cuts", "year", "title"],
            [
                [row["paper"], EDITIONS[row["edition"]], str(row["cuts"]), str(row["year"] or ""), row["title"]]
                for row in rows
            ],
            right=["cuts"],
        )
    )
    if unread and not with_unread:
        show(words(f"\n{unread} more are cited and were not read; --all lists them.", "dim"))
    if notice := restatement_notice(papers):
        show("", words(notice))


def _row(store: Store, paper: Paper) -> dict[str, Any]:
    cuts = store.cuts(paper.id)
    return {
        "paper": paper.id,
        "title": paper.title,
        "edition": paper.edition,
        "collaboration": paper.collaboration,
        "year": paper.year,
        "version": paper.version,
        "doi": paper.doi,
        "cuts": len(cuts),
        "verified": sum(cut.status == "verified" for cut in cuts),
        "warnings": len(paper.warnings),
    }
