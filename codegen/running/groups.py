"""The inputs in groups: those of this machine at once, remote ones a few at a time, so that the disk holds only these.

A group is fetched, looked at, and run in every way that was asked for, before the next one is fetched.
"""

from __future__ import annotations

import itertools
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from codegen.running import batches, fetch
from codegen.running.batches import Batch
from codegen.running.errors import Failure
from codegen.running.grl import GoodRunList
from codegen.running.inputs import Input
from codegen.running.inspection import File, inspected
from codegen.running.pool import Confinement
from codegen.running.rounds import Program, Tried, tried
from codegen.running.settings import Settings
from codegen.running.source import Source
from codegen.running.watching import Watcher
from codegen.running.ways import Way


@dataclass
class Ran:
    """What became of the inputs: `asked` as asked for, `varied` for each other way, `unfit` those not run."""

    asked: Tried
    varied: list[Tried]
    unfit: list[Failure] = field(default_factory=list)


def ran(
    given: Sequence[Input],
    source: Source,
    ways: Sequence[Way],
    good: GoodRunList | None,
    settings: Settings,
    confinement: Confinement,
    work: Path,
    watcher: Watcher,
) -> Ran:
    """The program run in all ways on all inputs, or on as many as give the events asked for."""
    path = work / "program" / source.name
    path.parent.mkdir()
    path.write_bytes(source.text)
    done = Ran(Tried(), [Tried() for _ in ways[1:]])
    fetched = work / "fetched"
    for group in _groups(given, settings.jobs):
        left = None if settings.events is None else settings.events - done.asked.events
        if left is not None and left <= 0:
            break
        if done.asked.gave_up:
            done.unfit += [
                Failure(one.given, "not run: the program failed alike on the inputs before") for one in group
            ]
            continue
        fetched.mkdir()
        local, lost = _fetched(group, fetched, watcher)
        files, unfit = inspected(local, source, good, confinement, settings.jobs, _place(work), watcher)
        done.unfit += [*lost, *unfit]
        if files:
            asked = _asked_for(files, left, Program(path, ways[0].options, work), settings, confinement, watcher)
            done.asked.add(asked)
            again = [answer.batch for answer in asked.answers]
            for way, sum_of in zip(ways[1:], done.varied, strict=True):
                if again and not sum_of.failures:  # one file less, and its numbers could not be compared
                    if not sum_of.answers:
                        watcher.said(f"with {way.tries}")
                    program = Program(path, way.options, _place(work))
                    sum_of.add(tried(again, program, confinement, settings.jobs, Watcher()))
        shutil.rmtree(fetched, ignore_errors=True)
    return done


def _groups(given: Sequence[Input], jobs: int) -> Iterator[list[Input]]:
    for remote, alike in itertools.groupby(given, lambda one: one.path is None):
        inputs = list(alike)
        size = jobs if remote else len(inputs)
        yield from (inputs[start : start + size] for start in range(0, len(inputs), size))


def _fetched(given: Sequence[Input], folder: Path, watcher: Watcher) -> tuple[list[Input], list[Failure]]:
    """Remote inputs brought into the folder; local ones as they are."""
    local: list[Input] = []
    failures: list[Failure] = []
    for number, one in enumerate(given):
        if one.path is not None:
            local.append(one)
            continue
        name = one.given
        try:
            path = fetch.fetched(
                name,
                folder,
                number,
                lambda size, of, name=name: watcher.fetched(name, size, of),  # type: ignore[misc]
            )
            watcher.said(f"{name}: {path.stat().st_size / 1e6:.1f} MB fetched")
            local.append(Input(name, path))
        except fetch.NotFetched as error:
            failures.append(Failure(name, str(error)))
    return local, failures


def _asked_for(
    files: list[File],
    events: int | None,
    program: Program,
    settings: Settings,
    confinement: Confinement,
    watcher: Watcher,
) -> Tried:
    """All runs as asked for. Files that fail make room for events of those behind them: dealt out anew then."""
    failures: list[Failure] = []
    while True:
        here = Program(program.path, program.options, _place(program.work))
        done = tried(_dealt(files, events, settings), here, confinement, settings.jobs, watcher)
        failed = {failure.file for failure in done.failures}
        failures += done.failures
        files = [file for file in files if file.given not in failed]
        if events is None or not failed or not files or done.gave_up:
            done.failures = failures
            return done


def _dealt(files: list[File], events: int | None, settings: Settings) -> list[Batch]:
    if settings.scheduler:  # the cluster deals them out itself
        return [Batch(tuple(files), tuple(file.events for file in files))]
    return batches.dealt(files, events, settings.jobs)


def _place(work: Path) -> Path:
    return Path(tempfile.mkdtemp(dir=work))


__all__ = ["Ran", "ran"]
