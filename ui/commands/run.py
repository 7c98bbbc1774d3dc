"""`kg run`: a generated program on files, confined, and the result in a folder."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.errors import KgError
from ui.guard import say
from ui.plain import plain
from ui.screen import show, show_json, table, words

if TYPE_CHECKING:
    from codegen.running import Finished
    from codegen.running.errors import Failure

_FILE = click.Path(path_type=Path, dir_okay=False)
_MOST_FAILURES = 20


@click.command("run")
@click.argument("program", type=click.Path(path_type=Path))
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT…")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Folder for the result. Default: PROGRAM-run, PROGRAM-run-2, … here.",
)
@click.option("--events", type=click.IntRange(min=1), metavar="N", help="Only the first N events of all inputs.")
@click.option(
    "--jobs", type=click.IntRange(min=1), default=1, show_default=True, metavar="N", help="So many processes."
)
@click.option("--nminus1", is_flag=True, help="Count too, for each cut, what is selected without it.")
@click.option("--weights", is_flag=True, help="Add up simulation weights too, in the cutflow and the histograms.")
@click.option(
    "--set", "options", multiple=True, metavar="NAME=OPTION", help="Another option of an open choice, for this run."
)
@click.option(
    "--vary-choices", "vary", is_flag=True, help="Run every other option of each open choice; table what it changes."
)
@click.option(
    "--scheduler", default="", metavar="ADDRESS", help="Run on a Dask cluster; needs a program of the target coffea."
)
@click.option(
    "--confine",
    type=click.Choice(["none", "limits", "confined"]),
    help="How far the program must be confined; where this machine cannot, it is not run."
    "  [default: confined; limits with --scheduler]",
)
@click.option(
    "--time-limit", type=float, default=3600.0, show_default=True, metavar="S", help="Seconds for each process."
)
@click.option(
    "--memory-limit", type=int, default=4096, show_default=True, metavar="MB", help="Memory for each process, in MB."
)
@click.option(
    "--grl", "good_runs", type=_FILE, multiple=True, metavar="FILE", help="Good-run list (XML), for data only."
)
@click.option(
    "--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True, help="How to print."
)
@click.pass_context
def command(
    ctx: click.Context,
    program: Path,
    inputs: tuple[str, ...],
    output: Path | None,
    events: int | None,
    jobs: int,
    nminus1: bool,
    weights: bool,
    options: tuple[str, ...],
    vary: bool,
    scheduler: str,
    confine: str | None,
    time_limit: float,
    memory_limit: int,
    good_runs: tuple[Path, ...],
    form: str,
) -> None:
    """Run a generated program on files, confined, and write the result to a folder.

    \b
      kg run h4l.py data/*.root -o result --jobs 4
      kg run h4l.py https://…/DAOD_PHYSLITE.root --events 1000
      kg run h4l.py data.root --grl data15_13TeV.xml
      kg run h4l.py opendata:410470 --events 10000 --weights
      kg run h4l_coffea.py data/*.root --scheduler tcp://10.0.0.1:8786

    INPUT is a DAOD_PHYSLITE file, a pattern, an https:// or root:// name, or a
    sample of ATLAS Open Data, opendata:[RELEASE/]DATASET[:SKIM]. Remote files are
    fetched one after another (--jobs at a time), and not kept. The program reads
    these files and nothing else, writes into the result folder and nowhere else,
    and has no network. Inputs that cannot be read are named, the rest is done, and
    the exit code is 1.

    With --scheduler the workers of the cluster do the reading: they must see the
    files under the same names, and nothing confines them.
    """
    if not (math.isfinite(time_limit) and time_limit > 0) or memory_limit <= 0:
        raise click.UsageError("--time-limit and --memory-limit must be above zero")
    from codegen.running import NothingToRun, ProgramFailed, Settings, run_program
    from codegen.sandbox import MIB, Level
    from ui.run_progress import run_progress

    level = Level.named(confine or ("limits" if scheduler else "confined"))
    settings = Settings(
        events, jobs, nminus1, level, time_limit, memory_limit * MIB, good_runs, weights, options, vary, scheduler
    )
    try:
        with run_progress() as watcher:
            finished = run_program(program, inputs, output, settings, watcher)
    except (NothingToRun, ProgramFailed) as error:
        _say_tail(getattr(error, "stderr", ""))
        if len(error.failures) < 2:
            raise
        _say_failures(error.failures, "")
        raise KgError(error.what, why=f"each of {len(error.failures)} inputs failed, see above") from error
    if form == "json":
        show_json(_answer(finished))
    else:
        _show(finished)
    _say_tail(next((failure.stderr for failure in finished.failures if failure.stderr), ""))
    _say_failures(finished.failures, f", in {finished.folder}/inputs.json")
    ctx.exit(1 if finished.failures else 0)


def _answer(finished: Finished) -> dict[str, object]:
    result = finished.result
    return {
        "folder": str(finished.folder),
        "selected": len(result["selected"]),
        "n_events": result["n_events"],
        "cutflow": result["cutflow"],
        "not_applied": result["not_applied"],
        **{key: result[key] for key in ("variations", "weights") if key in result},
        "failed": [failure.as_record() for failure in finished.failures],
        "confinement": result["provenance"]["confinement"],
        "notes": list(finished.notes),
    }


def _show(finished: Finished) -> None:
    from codegen.running.tables import cutflow_table, not_applied, variation_table

    result = finished.result
    head, *rows = cutflow_table(result)
    show(table(head, rows, right=head[1:]))
    unanswered = not_applied(result, without_left_out=True)
    for label, _ in unanswered:
        show(words(f"not applied: {label}", "dim"))
    if left_out := len(not_applied(result)) - len(unanswered):
        show(words(f"left out of the program: {left_out} more cuts, see {finished.folder}/cutflow.md", "dim"))
    if result.get("variations"):
        head, *rows = variation_table(result)
        show("", table(head, [row for row in rows if row[-1]], right=head[2:]))
        for choice, option, why in (row[:3] for row in rows if not row[-1]):
            show(words(f"{choice}={option}: {why}", "dim"))
    confinement = result["provenance"]["confinement"]
    show("", words(f"{len(result['selected'])} of {result['n_events']} events selected, in {finished.folder}", "bold"))
    for note in finished.notes:
        show(words(note, "dim"))
    if confinement["level"] != "confined":
        show(words(f"The program ran at the level {confinement['level']} only.", "yellow"))
    if attempts := confinement["attempts"]:
        show(words(f"The program tried what it may not, and went on: {'; '.join(attempts)}", "yellow"))


def _say_failures(failures: Sequence[Failure], where: str) -> None:
    from codegen.running.errors import in_lines

    lines = in_lines(failures)
    for line in lines[:_MOST_FAILURES]:
        say(f"kg: not run: {plain(line)}")
    if len(lines) > _MOST_FAILURES:
        say(f"kg: and {len(lines) - _MOST_FAILURES} more reasons{where}")


def _say_tail(stderr: str) -> None:
    if stderr:
        say("The program's last words:")
        for line in stderr.splitlines():
            say(f"  | {' ' * (len(line) - len(line.lstrip()))}{plain(line)}")
