"""The whole of a run: inputs, inspection, the program over its batches, results joined, the folder written."""

from __future__ import annotations

import importlib.metadata
import platform
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from codegen import sandbox
from codegen.running import batches, fetch, grl, inputs, plots
from codegen.running.errors import Failure, NothingToRun, ProgramFailed
from codegen.running.folder import WRITER, chosen_folder, made_whole
from codegen.running.histograms import of_selected
from codegen.running.inspection import File, inspected
from codegen.running.merge import joined, with_good_runs
from codegen.running.pool import Confinement
from codegen.running.rounds import Program, Tried, tried
from codegen.running.source import Source, read_program
from codegen.running.watching import Watcher
from codegen.running.written import write_folder
from codegen.sandbox import MIB, Level, Limits

MEASURED = ("uproot", "awkward", "numpy")  # packages whose versions a result names


@dataclass(frozen=True)
class Settings:
    """How to run: the first `events` events of all inputs (None: all), in `jobs` processes, confined at least so far.

    seconds, memory: what each process of the program may use at most, on the clock and in bytes.
    """

    events: int | None = None
    jobs: int = 1
    nminus1: bool = False
    minimum_level: Level = Level.CONFINED
    seconds: float = 3600.0
    memory: int = 4096 * MIB
    good_runs: tuple[Path, ...] = ()

    def confinement(self) -> Confinement:
        """The sandbox's limits; raises `InvalidLimits`."""
        limits = Limits(
            wall_seconds=self.seconds,
            cpu_seconds=4 * self.seconds,
            memory_bytes=self.memory,
            file_bytes=512 * MIB,
            result_bytes=512 * MIB,
        )
        return Confinement(self.minimum_level, limits, sandbox.offers())


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
) -> Finished:
    """Run a program on inputs (paths, globs, https:// and root:// names) and write the result folder.

    Inputs that cannot be read are reported and the rest is done. Raises `NothingToRun` where none can, `ProgramFailed`
    where the program gives no result, `ProgramUnreadable`, `ResultFolderTaken`, `InvalidGoodRunList`, and what the
    sandbox raises; there is no new folder then.
    """
    settings, watcher = settings or Settings(), watcher or Watcher()
    source = read_program(program)
    target = chosen_folder(output, program)
    good = grl.read_good_run_lists(settings.good_runs) if settings.good_runs else None
    given, failures, twice = inputs.listed(arguments)
    for name in twice:
        watcher.said(f"{name} is given more than once: it is run once")
    confinement = settings.confinement()
    with tempfile.TemporaryDirectory(prefix="kg-run-", ignore_cleanup_errors=True) as name:
        work = Path(name).resolve()
        local, not_fetched = _fetched(given, work, watcher)
        files, unfit = inspected(local, source, good, confinement, settings.jobs, work, watcher)
        failures = _in_order([*failures, *not_fetched, *unfit], arguments)
        if not files:
            raise NothingToRun(failures)
        done = _run(files, source, settings, confinement, work, watcher)
    failures = _in_order([*failures, *done.failures], arguments)
    if not done.answers:
        raise ProgramFailed(failures, next((f.stderr for f in done.failures if f.stderr), ""))
    reads = [pair for answer in done.answers for pair in zip(answer.batch.files, answer.batch.reads, strict=True)]
    result = joined(done.answers)
    facts: dict[str, Any] | None = None
    notes: list[str] = []
    if good is not None:
        result, applied = with_good_runs(result, reads)
        facts = {"lists": list(good.sources), **applied}
        notes.append(f"good-run list: {applied['note']}")
    if histograms := result.get("histograms") or of_selected(result["selected"]):
        result["histograms"] = histograms
    result["provenance"] = _provenance(result["provenance"], source, reads, failures, settings, done, facts)
    if not plots.can_plot():
        notes.append(plots.MISSING)
    with made_whole(target) as new:
        write_folder(new, result, source, failures)
    return Finished(target, result, tuple(failures), tuple(notes))


def _fetched(given: Sequence[inputs.Input], work: Path, watcher: Watcher) -> tuple[list[inputs.Input], list[Failure]]:
    """Remote inputs brought into the work folder; local ones as they are."""
    local: list[inputs.Input] = []
    failures: list[Failure] = []
    (work / "fetched").mkdir()
    for number, one in enumerate(given):
        if one.path is not None:
            local.append(one)
            continue
        name = one.given
        try:
            path = fetch.fetched(
                name,
                work / "fetched",
                number,
                lambda size, of, name=name: watcher.fetched(name, size, of),  # type: ignore[misc]
            )
            watcher.said(f"{name}: {path.stat().st_size / 1e6:.1f} MB fetched")
            local.append(inputs.Input(name, path))
        except fetch.NotFetched as error:
            failures.append(Failure(name, str(error)))
    return local, failures


def _run(
    files: list[File], source: Source, settings: Settings, confinement: Confinement, work: Path, watcher: Watcher
) -> Tried:
    """All runs. With `--events`, files that fail make room for events of those behind them: dealt out anew then."""
    path = work / "program" / source.name
    path.parent.mkdir()
    path.write_bytes(source.text)
    failures: list[Failure] = []
    while True:
        place = Path(tempfile.mkdtemp(dir=work))
        program = Program(path, ("--nminus1",) if settings.nminus1 else (), place)
        dealt = batches.dealt(files, settings.events, settings.jobs)
        done = tried(dealt, program, confinement, settings.jobs, watcher)
        failed = {failure.file for failure in done.failures}
        failures += done.failures
        files = [file for file in files if file.given not in failed]
        if settings.events is None or not failed or not files or done.gave_up:
            done.failures = failures
            return done


def _in_order(failures: Sequence[Failure], arguments: Sequence[str]) -> list[Failure]:
    """Failures in the order of the arguments that they came from; files of one glob by name."""
    place = {argument: number for number, argument in enumerate(reversed(arguments))}
    return sorted(failures, key=lambda failure: (-place.get(failure.file, -1), failure.file))


def _provenance(
    own: dict[str, Any],
    source: Source,
    reads: Sequence[tuple[File, int]],
    failures: Sequence[Failure],
    settings: Settings,
    done: Tried,
    good: dict[str, Any] | None,
) -> dict[str, Any]:
    """What the program says of its papers, and what is known of this run; nothing of when it was."""
    levels = sorted(done.outcomes, key=lambda outcome: Level.named(outcome["level"]))
    return {
        **own,
        "written_by": WRITER,
        "program": source.name,
        "program_sha256": source.sha256,
        "inputs": [
            {
                "file": file.given,
                "bytes": file.size,
                "events": file.events,
                "events_read": events,
                "kind": "simulation" if file.simulation else "data",
            }
            for file, events in reads
        ],
        "failed": [{"file": failure.file, "why": failure.why} for failure in failures],
        "events_asked_for": settings.events,
        "good_run_list": good,
        "versions": {"python": platform.python_version(), **{name: _version(name) for name in MEASURED}},
        "confinement": {
            "asked_for": str(settings.minimum_level),
            "level": levels[0]["level"],
            "mechanisms": sorted({name for outcome in done.outcomes for name in outcome["mechanisms"]}),
            "attempts": sorted({name for outcome in done.outcomes for name in outcome["attempts"]}),
        },
    }


def _version(package: str) -> str:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return ""
