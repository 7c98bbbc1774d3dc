"""The whole of a run: inputs, the program over them in every way asked for, results joined, the folder written."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from codegen.choices import change
from codegen.running import grl, inputs, plots
from codegen.running.answers import Row
from codegen.running.errors import Failure, NothingToRun, ProgramFailed, last_words
from codegen.running.folder import chosen_folder, made_whole
from codegen.running.groups import ran
from codegen.running.histograms import of_selected
from codegen.running.merge import joined, with_good_runs
from codegen.running.provenance import provenance
from codegen.running.rounds import Tried
from codegen.running.settings import Settings
from codegen.running.source import read_program
from codegen.running.watching import Watcher
from codegen.running.ways import Way, ways
from codegen.running.written import write_folder


@dataclass(frozen=True)
class Finished:
    """A run that gave a result: its folder, what `result.json` holds, the inputs that gave none, and remarks."""

    folder: Path
    result: dict[str, Any]
    failures: tuple[Failure, ...]
    notes: tuple[str, ...] = field(default=())


def run_program(
    program: Path,
    arguments: Sequence[str],
    output: Path | None = None,
    settings: Settings | None = None,
    watcher: Watcher | None = None,
    called: Mapping[str, str] | None = None,
) -> Finished:
    """Run a program on inputs (paths, globs, https://, root:// and opendata: names) and write the result folder.

    Inputs that cannot be read are reported and the rest is done. `called` says how paths are to be called in the
    result and in errors, where the user knows them by another name, as uploads. Raises `NothingToRun` where none can,
    `ProgramFailed` where the program gives no result, `ProgramUnreadable`, `OptionNotTaken`, `InvalidChoice`,
    `ResultFolderTaken`, `InvalidGoodRunList`, and what the sandbox raises; there is no new folder then.
    """
    settings, watcher = settings or Settings(), watcher or Watcher()
    source = read_program(program)
    to_run = ways(program, source, settings)
    target = chosen_folder(output, program)
    good = grl.read_good_run_lists(settings.good_runs) if settings.good_runs else None
    given, failures, twice = inputs.listed(arguments, called)
    for name in twice:
        watcher.said(f"{name} is given more than once: it is run once")
    confinement = settings.confinement()
    with tempfile.TemporaryDirectory(prefix="kg-run-", ignore_cleanup_errors=True) as name:
        work = Path(name).resolve()
        done = ran(given, source, to_run, good, settings, confinement, work, watcher)
    asked = done.asked
    names = [(called or {}).get(argument, argument) for argument in arguments]
    failures = _in_order([*failures, *done.unfit, *asked.failures], names)
    if not asked.answers and not asked.failures:
        raise NothingToRun(failures)
    if not asked.answers:
        raise ProgramFailed(failures, next((f.stderr for f in asked.failures if f.stderr), ""))
    reads = [pair for answer in asked.answers for pair in zip(answer.batch.files, answer.batch.reads, strict=True)]
    result = joined(asked.answers)
    facts: dict[str, Any] | None = None
    notes: list[str] = []
    if good is not None:
        result, applied = with_good_runs(result, reads)
        facts = {"lists": list(good.sources), **applied}
        notes.append(f"good-run list: {applied['note']}")
    if histograms := result.get("histograms") or of_selected(result["selected"]):
        result["histograms"] = histograms
    if settings.vary:
        varied = [
            _variation(way, one, result, reads if good is not None else None)
            for way, one in zip(to_run[1:], done.varied, strict=True)
        ]
        result["variations"] = varied
        notes += [] if varied else ["the program has no open choice with another option that it can take"]
    notes += [
        f"no simulation weights in {name}: the weighted numbers leave it out"
        for name in result.get("weights", {}).get("files_without", ())
    ]
    result["provenance"] = provenance(result["provenance"], source, reads, failures, settings, asked.outcomes, facts)
    if source.by_model:
        notes.append(f"{source.by_model} of its masks were written by a language model: read them")
    if not plots.can_plot():
        notes.append(plots.MISSING)
    with made_whole(target) as new:
        write_folder(new, result, source, failures)
    return Finished(target, result, tuple(failures), tuple(notes))


def _variation(way: Way, done: Tried, result: Row, reads: Any) -> Row:
    """What another option changes: {"choice", "option", "selected", "gained", "lost"}, or "why" it could not be run."""
    assert way.tries is not None
    row: Row = {"choice": way.tries.name, "option": way.tries.option}
    if done.failures:
        first = done.failures[0]
        return row | {"why": f"not possible on {first.file}: {last_words(first.stderr) or first.why}"}
    other = joined(done.answers)
    if reads is not None:
        other, _ = with_good_runs(other, reads)
    found = change(way.tries, result["selected"], other["selected"])
    return row | {"selected": found.selected, "gained": found.gained, "lost": found.lost}


def _in_order(failures: Sequence[Failure], arguments: Sequence[str]) -> list[Failure]:
    """Failures in the order of the arguments that they came from; files of one glob or data set by name."""
    place = {argument: number for number, argument in enumerate(reversed(arguments))}
    return sorted(failures, key=lambda failure: (-place.get(failure.file, -1), failure.file))
