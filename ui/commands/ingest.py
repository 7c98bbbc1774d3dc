"""`kg ingest`: papers in."""

from __future__ import annotations

import logging
import os
import traceback
import warnings
from pathlib import Path
from typing import Any

import click

from ingest.dry_run import foresee
from ingest.paper_reader import DocumentPaperReader
from ingest.pipeline import ingest
from ingest.report import IngestReport
from ingest.sources.chain import PaperSources
from ingest.sources.settings import SourceSettings
from kg.errors import InvalidIdentifier, KgError
from ui.guard import complain, say
from ui.ingest_summary import show_plan, show_report
from ui.opened import opened_store
from ui.progress import shown_progress
from ui.screen import show_json

_WRONG_USE = 2


class _Reader(click.Choice[str]):
    """The readers there are; those of the design that are still to come are told apart from misspelt ones."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The reader's name; click's usage error for any other."""
        if value in ("llm", "both"):
            self.fail(f"{value!r} comes with the language-model reader, which is not in this version; use 'rules'.")
        return super().convert(value, param, ctx)


@click.command("ingest")
@click.argument("papers", metavar="PAPER...", nargs=-1, required=True)
@click.option(
    "--depth",
    type=click.IntRange(min=0),
    metavar="N",
    default=0,
    show_default=True,
    help="How far to follow papers that are cited for details; 0 reads only PAPER.",
)
@click.option("--max-papers", type=click.IntRange(min=1), metavar="N", help="Read at most N papers in all.")
@click.option(
    "--library",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    metavar="DIR",
    help="A folder of papers named by arXiv id (.tar.gz, .tex, .html, .pdf), looked into first.",
)
@click.option("--reader", type=_Reader(["rules"]), default="rules", show_default=True, help="What finds the cuts.")
@click.option("--offline", is_flag=True, help="Touch no network: library, cache and bundled library only.")
@click.option("--dry-run", is_flag=True, help="Show what would be read, store nothing, touch no network.")
@click.option(
    "--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True, help="How to print."
)
@click.pass_context
def command(
    ctx: click.Context,
    papers: tuple[str, ...],
    depth: int,
    max_papers: int | None,
    library: Path | None,
    reader: str,
    offline: bool,
    dry_run: bool,
    form: str,
) -> None:
    """Read papers and store their cuts, each with the sentence that states it.

    PAPER is an arXiv id, a DOI, an INSPIRE id or a local file (.tex, .tar.gz, .pdf).

    Papers are looked for in --library, in the cache, on arXiv, and last among the
    bundled restatements. Each paper is stored as soon as it is read: interrupted,
    the same command goes on where it stopped. A paper that was read and has not
    changed is not read again.
    """
    _quiet_libraries()
    settings = SourceSettings.from_environment(library=library, offline=offline or dry_run)
    sources = PaperSources(settings)
    paper_reader = DocumentPaperReader(sources.references, reader)
    if dry_run:
        plan = foresee(
            papers, sources=sources, reader=paper_reader, depth=depth, max_papers=max_papers, online=not offline
        )
        show_json(plan.to_json()) if form == "json" else show_plan(plan)
        ctx.exit(_code([p.error for p in plan.papers if p.depth == 0 and p.error]))
    with opened_store(read_only=False) as store, shown_progress() as watch:
        report = ingest(
            papers, store=store, sources=sources, reader=paper_reader, depth=depth, max_papers=max_papers, watch=watch
        )
    if any(outcome.state == "read" for outcome in report.outcomes):
        _make_searchable()
    show_json(report.to_json()) if form == "json" else show_report(report)
    for warning in sources.warnings:
        say(f"kg: warning: {warning}")
    _show_tracebacks(report)
    if report.stopped:
        raise report.stopped
    ctx.exit(_code([o.error for o in report.asked_and_failed]))


def _make_searchable() -> None:
    """Bring the search index up to date, so that the first question need not; it can always be made later."""
    from ui.searching import opened_index

    try:
        with opened_store() as store, opened_index(store):
            pass
    except KgError as error:
        say(f"kg: note: the search index was not made: {error}; `kg query` makes it")


def _code(errors: list[Exception | None]) -> int:
    """0 without errors; 2 where all are identifiers that are none; else 1. Each error is named on standard error."""
    for error in errors:
        complain(str(error))
    return 0 if not errors else _WRONG_USE if all(isinstance(e, InvalidIdentifier) for e in errors) else 1


def _show_tracebacks(report: IngestReport) -> None:
    """With KG_DEBUG=1, where the unforeseen errors of single papers came from."""
    if os.environ.get("KG_DEBUG"):
        for outcome in report.outcomes:
            if outcome.error is not None:
                say("".join(traceback.format_exception(outcome.error)))


def _quiet_libraries() -> None:
    """Keep what PDF and HTML libraries mutter about broken files off the user's screen; the readers report it."""
    logging.getLogger().addHandler(logging.NullHandler())
    warnings.simplefilter("ignore")
