"""`kg ingest`: papers in."""

from __future__ import annotations

import gc
import logging
import os
import traceback
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ingest.cut_reader import RulesReader
from ingest.dry_run import foresee
from ingest.paper_reader import DocumentPaperReader
from ingest.pipeline import PaperReader, ingest
from ingest.report import IngestReport
from ingest.sources.chain import PaperSources
from ingest.sources.settings import SourceSettings
from kg.errors import InvalidIdentifier, KgError
from ui.guard import complain, say
from ui.ingest_summary import show_plan, show_report
from ui.model_reading import (
    AHEAD,
    ModelOptions,
    model_options,
    model_readers_for,
    show_forecast,
    show_usage,
    usage_json,
)
from ui.opened import opened_store
from ui.progress import shown_progress
from ui.screen import show_json

if TYPE_CHECKING:
    from ingest.models.opened import ModelReaders

_WRONG_USE = 2


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
@click.option(
    "--reader",
    type=click.Choice(["rules", "llm", "both"]),
    default="rules",
    show_default=True,
    help="What finds the cuts: rules, the language model of KG_LLM_URL and KG_LLM_MODEL, or both.",
)
@model_options
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
    pieces: str,
    all_sections: bool,
    budget: int | None,
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

    A model's cuts go through the same gate as those of the rules, and never take the
    place of cuts that the rules have read. Its replies are kept: the same command
    after an interruption asks only for what is missing.
    """
    _quiet_libraries()
    settings = SourceSettings.from_environment(library=library, offline=offline or dry_run)
    sources = PaperSources(settings)
    readers = None if reader == "rules" else model_readers_for(ModelOptions(pieces, all_sections, budget))
    if dry_run:
        ctx.exit(_dry_run(papers, sources, readers, reader, depth, max_papers, offline, form))
    with opened_store(read_only=False) as store, shown_progress() as watch:
        paper_reader: PaperReader = DocumentPaperReader(sources.references, RulesReader())
        if readers is not None:
            from ingest.models.without_loss import WithoutLoss

            named, both = (DocumentPaperReader(sources.references, readers.named(name)) for name in (reader, "both"))
            paper_reader = WithoutLoss(store, named, both)
        gc.freeze()  # libraries last to the end: looking through them again and again takes a tenth of the time
        report = ingest(
            papers,
            store=store,
            sources=sources,
            reader=paper_reader,
            depth=depth,
            max_papers=max_papers,
            watch=watch,
            ahead=AHEAD if readers is not None else 0,
        )
    if any(outcome.state == "read" for outcome in report.outcomes):
        _make_searchable()
    used = {} if readers is None else {"model": usage_json(readers)}
    show_json(report.to_json() | used) if form == "json" else show_report(report)
    if readers is not None and form != "json":
        show_usage(readers)
    for warning in sources.warnings:
        say(f"kg: warning: {warning}")
    _show_tracebacks(report)
    if report.stopped:
        raise report.stopped
    ctx.exit(_code([o.error for o in report.asked_and_failed]))


def _dry_run(
    papers: tuple[str, ...],
    sources: PaperSources,
    readers: ModelReaders | None,
    reader: str,
    depth: int,
    max_papers: int | None,
    offline: bool,
    form: str,
) -> int:
    """Show the plan and, with a model, what it would cost; the exit code."""
    forecast = None
    if readers is not None:
        from ingest.models.forecast import Forecasting

        forecast = Forecasting(reader, readers.asking, readers.settings)
    paper_reader = DocumentPaperReader(sources.references, forecast or RulesReader())
    plan = foresee(papers, sources=sources, reader=paper_reader, depth=depth, max_papers=max_papers, online=not offline)
    had = sum(1 for paper in plan.papers if paper.origin)
    if form == "json":
        show_json(plan.to_json() | ({"model": forecast.to_json(had)} if forecast else {}))
    else:
        show_plan(plan)
        if forecast is not None:
            show_forecast(forecast, had)
    return _code([p.error for p in plan.papers if p.depth == 0 and p.error])


def _make_searchable() -> None:
    """Bring the search index up to date, so that the first question need not; it can always be made later.

    A Neo4j store has indexes of its own besides that on this machine.
    """
    from ui.searching import index_inside, neo4j_of, opened_index

    try:
        with opened_store() as store, opened_index(store) as (_, model):
            inside = neo4j_of(store) is not None
        if inside:
            with opened_store(read_only=False) as store:
                index_inside(store, model)
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
