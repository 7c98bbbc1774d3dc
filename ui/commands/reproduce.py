"""`kg reproduce`: from a paper and files to code, its result and a report, in one command."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.errors import InvalidIdentifier
from ui.guard import complain, say
from ui.opened import opened_store
from ui.plain import plain
from ui.screen import show, show_json, table, words

if TYPE_CHECKING:
    from ui.reproduction.whole import Reproduced

_WRONG_USE = 2
_MOST_FAILURES = 20


@click.command("reproduce")
@click.argument("paper")
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Folder for everything. Default: reproduced-PAPER here.",
)
@click.option(
    "--depth",
    type=click.IntRange(min=0),
    metavar="N",
    default=2,
    show_default=True,
    help="How far to follow papers that are cited for details.",
)
@click.option(
    "--library",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    metavar="DIR",
    help="A folder of papers named by arXiv id, looked into first.",
)
@click.option("--offline", is_flag=True, help="Fetch no papers: library, cache and bundled library only.")
@click.option("--choose", "chosen", multiple=True, metavar="NAME=OPTION", help="Settle what the text leaves open.")
@click.option("--without", multiple=True, metavar="CUT", help="Leave this cut out; may be repeated.")
@click.option("--events", type=click.IntRange(min=1), metavar="N", help="Only the first N events of all files.")
@click.option(
    "--jobs", type=click.IntRange(min=1), default=1, show_default=True, metavar="N", help="So many processes."
)
@click.option(
    "--confine",
    type=click.Choice(["none", "limits", "confined"]),
    default="confined",
    show_default=True,
    help="How far the program must be confined; where this machine cannot, it is not run.",
)
@click.option(
    "--vary-choices/--no-vary-choices",
    default=True,
    show_default=True,
    help="Run the other options of open choices too, and count the events that each changes.",
)
@click.option(
    "--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True, help="How to print."
)
@click.pass_context
def command(
    ctx: click.Context,
    paper: str,
    files: tuple[str, ...],
    output: Path | None,
    depth: int,
    library: Path | None,
    offline: bool,
    chosen: tuple[str, ...],
    without: tuple[str, ...],
    events: int | None,
    jobs: int,
    confine: str,
    vary_choices: bool,
    form: str,
) -> None:
    """Do the whole way in one command: read the papers, write the code, run it, check it, and write a report.

    \b
      kg reproduce 1806.00242 data/*.root -o higgs

    The folder holds the program, selection.py; its result, run/; the selection,
    cuts.json and subgraph.json; and report.html, one page that needs no network.
    A step whose inputs have not changed is not done again: interrupted, the same
    command goes on where it stopped.
    """
    from codegen.errors import Undetermined
    from ui.commands.generate import NotDetermined, choice, say_what_to_settle
    from ui.reproduction.folder import default_folder, working_folder
    from ui.reproduction.page.words import counted
    from ui.reproduction.papers import papers_read
    from ui.reproduction.whole import Request, reproduced
    from ui.run_progress import run_progress

    choices = dict(choice(text) for text in chosen)
    request = Request(paper, files, depth, library, offline, choices, without, events, jobs, confine, vary_choices)
    shown = output or default_folder(paper)
    with working_folder(shown) as (folder, steps):
        try:
            with opened_store(read_only=False) as store:
                found, report = papers_read(store, paper, depth, library, offline)
        except InvalidIdentifier as error:
            complain(str(error))
            ctx.exit(_WRONG_USE)
        _say_step("papers", any(outcome.state == "read" for outcome in report.outcomes))
        with opened_store() as store, run_progress() as watcher:
            try:
                made = reproduced(store, found, request, folder, steps, watcher, _say_step)
            except Undetermined as error:
                say_what_to_settle(store, error)
                raise NotDetermined(
                    f"the text leaves {counted(len(error.questions), 'question')} open",
                    why="settle them with --choose or --without",
                ) from error
    show_json(_answer(made, shown)) if form == "json" else _show(made, shown)
    _say_failures(made)
    ctx.exit(1 if made.failed or not all(check.holds for check in made.checks) else 0)


def _say_step(name: str, work: bool) -> None:
    say(f"{name}: {'done' if work else 'as before'}")


def _answer(made: Reproduced, shown: Path) -> dict[str, object]:
    classes: dict[str, int] = {}
    for row in made.cuts["cuts"]:
        classes[row["class"]] = classes.get(row["class"], 0) + 1
    return {
        "folder": str(shown),
        "report": str(shown / "report.html"),
        "steps": {name: "done" if work else "as before" for name, work in made.steps.items()},
        "n_events": made.result["n_events"],
        "selected": len(made.result["selected"]),
        "classes": dict(sorted(classes.items())),
        "failed": made.failed,
        "checks": [{"statement": c.statement, "holds": c.holds, "found": c.found} for c in made.checks],
    }


def _show(made: Reproduced, shown: Path) -> None:
    from codegen.running.tables import cutflow_table, not_applied

    result = dict(made.result)
    head, *rows = cutflow_table(result)
    show(table(head, rows, right=head[1:]))
    for label, _ in not_applied(result):
        show(words(f"not applied: {label}", "dim"))
    for check in made.checks:
        if not check.holds:
            show(words(f"CHECK FAILED: {check.statement} Found: {check.found}.", "red"))
    held = sum(check.holds for check in made.checks)
    show("", words(f"{len(result['selected'])} of {result['n_events']} events selected", "bold"))
    show(words(f"{held} of {len(made.checks)} checks hold. The report is {shown / 'report.html'}"))


def _say_failures(made: Reproduced) -> None:
    failed = made.failed
    for row in failed[:_MOST_FAILURES]:
        say(f"kg: not run: {plain(row['file'])}: {plain(row['why'])}")
    if len(failed) > _MOST_FAILURES:
        say(f"kg: and {len(failed) - _MOST_FAILURES} more, in the report")
