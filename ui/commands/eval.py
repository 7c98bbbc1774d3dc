"""`kg eval`: how good it is, measured against keys that people wrote."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ui.codegen_evaluation import command as codegen
from ui.eval_retrieval import command as retrieval
from ui.opened import opened_store, read_paper_in
from ui.screen import show, show_json

if TYPE_CHECKING:
    from ingest.evaluation.key import AnswerKey
    from ingest.evaluation.measures import Measures

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
_FOLDER = click.Path(path_type=Path, exists=True, file_okay=False)


@click.group("eval")
def command() -> None:
    """Measure extraction, retrieval and generated code against answers that people wrote."""


command.add_command(retrieval)
command.add_command(codegen)


@command.command("extraction")
@click.argument("keys", metavar="KEY...", nargs=-1, required=True, type=_FILE)
@click.option("--cuts", type=_FILE, metavar="FILE", help="Cuts to measure, as `kg cuts --format json` prints them.")
@click.option("--text", type=_FILE, metavar="FILE", help="Text of the paper of --cuts, in which its quotes must stand.")
@click.option("--library", type=_FOLDER, metavar="DIR", help="Read the paper that each KEY names from this folder.")
@click.option(
    "--edition", type=click.Choice(["latex", "html", "pdf"]), help="Which file of --library, where there are several."
)
@click.option(
    "--reader",
    "readers",
    type=click.Choice(["rules", "llm", "both"]),
    multiple=True,
    help="Measure this reader, run by run, on the papers of --library; may be given several times.",
)
@click.option(
    "--pieces",
    type=click.Choice(["chunked", "bulk"]),
    multiple=True,
    default=["chunked"],
    show_default=True,
    help="How a model is shown a paper; may be given several times.",
)
@click.option(
    "--runs", type=click.IntRange(min=1), metavar="N", default=1, show_default=True, help="With a model: so many runs."
)
@click.option("--seeds", metavar="N,N,…", help="With a model: one run for each of these seeds; by default 1 to --runs.")
@click.option("--temperature", type=click.FloatRange(min=0), help="With a model; by default KG_LLM_TEMPERATURE, or 0.")
@click.option("--fresh", is_flag=True, help="With a model: ask anew, whatever replies are kept; needed for times.")
@click.option("--judge", is_flag=True, help="With --reader: let the model judge the cuts that no key lists.")
@click.option("--plot", type=click.Path(path_type=Path), metavar="FILE", help="With --reader: draw the runs.")
@click.option("--list", "listed", is_flag=True, help="Also list what is missed, hallucinated and unkeyed.")
@click.option("--format", "form", type=click.Choice(["table", "json", "markdown"]), default="table", show_default=True)
def extraction(
    keys: tuple[Path, ...],
    cuts: Path | None,
    text: Path | None,
    library: Path | None,
    edition: str | None,
    readers: tuple[str, ...],
    pieces: tuple[str, ...],
    runs: int,
    seeds: str | None,
    temperature: float | None,
    fresh: bool,
    judge: bool,
    plot: Path | None,
    listed: bool,
    form: str,
) -> None:
    """Hold the cuts of papers against answer keys.

    KEY is a JSON file with the paper, its cuts, and numbers that are no cuts. What is
    measured are the cuts of --cuts; of the paper read from --library; without either,
    of the paper in the store.

    Core and detail recall: the key's cuts that were found. Hallucinated: provably
    wrong. Unkeyed: neither right nor proven wrong.

    With --reader the papers of --library are read anew, by a model once for each seed,
    and the medians over runs are printed: what is found among verified cuts, and what is
    hallucinated before the gate and after it.
    """
    if cuts is not None and library is not None:
        raise click.UsageError("--cuts and --library exclude each other")
    if text is not None and cuts is None:
        raise click.UsageError("--text needs --cuts")
    if edition is not None and library is None:
        raise click.UsageError("--edition needs --library")
    if readers and library is None:
        raise click.UsageError("--reader needs --library, whose papers are read")
    if plot is not None and not readers:
        raise click.UsageError("--plot needs --reader")
    from ingest.evaluation.key import read_key

    read = [read_key(path) for path in keys]
    if readers and library is not None:
        from ui.eval_runs import RunOptions, measure_readers

        options = RunOptions(readers, pieces, runs, seeds, temperature, fresh, judge, plot)
        measure_readers(read, library, edition, options, form)
        return
    measured = [_measured(key, cuts, text, library, edition) for key in read]
    if form == "json":
        show_json([one.to_json() for one in measured])
        return
    from ui.evaluation_table import measures_lists, measures_markdown, measures_table

    if form == "markdown":
        sys.stdout.write(measures_markdown(measured))
    else:
        show(measures_table(measured))
    if listed:
        show(*measures_lists(measured))


def _measured(
    key: AnswerKey, cuts: Path | None, text: Path | None, library: Path | None, edition: str | None
) -> Measures:
    """The measures of the cuts that the options mean; raises `InvalidKey`, `PaperUnavailable`, `NotInStore`."""
    from ingest.evaluation.key import InvalidKey, read_cuts
    from ingest.evaluation.measures import measure

    if cuts is not None:
        return measure(key, read_cuts(cuts), _text(text) if text else None)
    if not key.paper:
        raise InvalidKey(f"{key.source} names no paper", why="only --cuts can be measured with it")
    if library is not None:
        from ingest.evaluation.extraction import extract

        extracted = extract(key.paper, library, edition)
        return measure(key, extracted.rows, extracted.text)
    from kg.listing import cut_rows

    with opened_store() as store:
        paper = read_paper_in(store, key.paper)
        return measure(key, cut_rows(store, store.cuts(paper.id)))


def _text(path: Path) -> str:
    from kg.errors import DocumentUnreadable

    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        raise DocumentUnreadable(f"{path} cannot be read", why=error.strerror or str(error)) from error
