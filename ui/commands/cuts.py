"""`kg cuts`: the cuts of a paper, each with its quote."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from kg.errors import KgError
from kg.records import canonical_json
from ui.guard import say
from ui.opened import opened_store, read_paper_in
from ui.plain import plain
from ui.screen import show, show_json, words

if TYPE_CHECKING:
    from kg.effective import MissingSource

_COLUMNS = (
    "id paper object variable op value unit applies_when veto status quote section page start end refers_to lineage"
).split()


class NoSuchName(KgError):
    """An object or variable that neither the paper's cuts nor the vocabulary have."""


@click.command("cuts")
@click.argument("paper")
@click.option(
    "--effective", is_flag=True, help="Also the cuts inherited from papers it defers to; its own values first."
)
@click.option("--object", "objects", multiple=True, metavar="NAME", help="Only this object; may be repeated.")
@click.option("--variable", "variables", multiple=True, metavar="NAME", help="Only this variable; may be repeated.")
@click.option(
    "--status",
    "statuses",
    multiple=True,
    type=click.Choice(["verified", "unverified", "approved", "rejected"]),
    help="Only this status; may be repeated.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "csv", "adl"]),
    default="table",
    show_default=True,
    help="How to print.",
)
def command(
    paper: str,
    effective: bool,
    objects: Sequence[str],
    variables: Sequence[str],
    statuses: Sequence[str],
    form: str,
) -> None:
    """List the cuts of a paper, each with its quote.

    PAPER is an arXiv id, a DOI, an INSPIRE id, or a file that was ingested.
    """
    from kg.effective import effective_cuts, missing_sources
    from kg.listing import cut_rows

    with opened_store() as store:
        found = read_paper_in(store, paper)
        cuts = effective_cuts(store, found.id) if effective else store.cuts(found.id)
        rows = cut_rows(store, cuts)
        missing = missing_sources(store, found.id) if effective else []
        sources = [store.paper(name) for name in sorted({row["paper"] for row in rows} | {found.id})]
    _check_names(rows, objects, variables)
    chosen = [
        row
        for row in rows
        if (not objects or row["object"] in objects)
        and (not variables or row["variable"] in variables)
        and (not statuses or row["status"] in statuses)
    ]
    if form == "json":
        show_json(chosen)
    elif form == "csv":
        sys.stdout.write(as_csv(chosen))
    elif form == "adl":
        from kg.export.adl import adl_text
        from ui.notices import restatement_notice

        sys.stdout.write(
            adl_text(chosen, paper=found.id, title=plain(found.title), note=restatement_notice(sources) or "")
        )
    else:
        _show(found, sources, rows, chosen, effective)
    for source in missing:
        say(f"kg: note: {_would_add(source)}")


def _would_add(source: MissingSource) -> str:
    about = plain(" ".join((*source.objects, *source.variables)) or "selection")
    target = plain(source.paper)
    return (
        f"{target}, for {about} details in {', '.join(source.referred_by)}, was not read; `kg ingest {target}` reads it"
    )


def as_csv(rows: Sequence[dict[str, Any]]) -> str:
    """Comma-separated values with a header; ranges, lists and lineage as JSON, text without control characters."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for row in rows:
        writer.writerow([_cell(row[name]) for name in _COLUMNS])
    return text.getvalue()


def _cell(value: Any) -> str:
    if isinstance(value, str):
        return plain(value)
    return "" if value is None else plain(canonical_json(value))


def _check_names(rows: Sequence[dict[str, Any]], objects: Sequence[str], variables: Sequence[str]) -> None:
    """Raise `NoSuchName` for a name that is in the vocabulary no more than among these cuts: a misspelling."""
    import difflib

    from kg import vocabulary

    for kind, names, known in (
        ("object", objects, set(vocabulary.objects()) | {row["object"] for row in rows}),
        ("variable", variables, set(vocabulary.variables()) | {row["variable"] for row in rows}),
    ):
        for name in names:
            if name not in known:
                nearest = difflib.get_close_matches(name, sorted(known), n=3, cutoff=0.4)
                raise NoSuchName(f"no {kind} is called {name!r}", nearest=nearest or sorted(known)[:10])


def _show(found: Any, sources: Sequence[Any], rows: Sequence[Any], chosen: Sequence[Any], effective: bool) -> None:
    from ui.cut_list import cut_list
    from ui.notices import restatement_notice

    show(words(f"{found.id} {found.title}", "bold"))
    if notice := restatement_notice(sources):
        show(words(notice, "yellow"))
    if not rows:
        show(words("No selection was found in this paper."))
        return
    show("", *cut_list(chosen))
    inherited = sum(row["paper"] != found.id for row in chosen)
    count = f"{len(chosen)} cuts" if len(chosen) == len(rows) else f"{len(chosen)} of {len(rows)} cuts"
    show("", words(f"{count}, {inherited} of them inherited" if effective else count, "dim"))
