"""The face of the sandbox: run a program confined, and say what came of it."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from codegen.sandbox import diagnosis, folder, paths, probe
from codegen.sandbox.levels import Level, LevelNotReached, Wall, level_of
from codegen.sandbox.limits import Limits
from codegen.sandbox.outcome import Outcome
from codegen.sandbox.plan import Offers, Plan
from codegen.sandbox.transcript import Transcript, listen
from kg.errors import KgError

_BOOTSTRAP = Path(__file__).with_name("bootstrap.py")


class RunImpossible(KgError):
    """The run could not be started: the program, an input or the result folder is not as it must be."""


class SandboxFailed(KgError):
    """The sandbox itself failed, so that nothing can be said of the program."""


def run_confined(
    program: Path,
    arguments: Sequence[str] = (),
    *,
    inputs: Sequence[Path] = (),
    result_dir: Path,
    limits: Limits | None = None,
    minimum_level: Level = Level.CONFINED,
    python: Path | None = None,
    extra_read: Sequence[Path] = (),
    environment: Mapping[str, str] | None = None,
    on_line: Callable[[str], None] | None = None,
    offers: Offers | None = None,
) -> Outcome:
    """Run a Python program in a fresh process, as far confined as this machine can, and wait for its end.

    The program starts in `result_dir` (made if absent), the only place it may write besides a private temporary
    folder that is removed; so relative paths in `arguments` mean files there. It may read `inputs` (files or folders),
    the interpreter with its packages, the system's libraries, and `extra_read`, which it may also execute. Its
    environment is built from nothing, plus `environment`. `python`: the interpreter, this one by default. `on_line`
    gets each line of its standard output as it comes, control characters taken out. `offers`: what to confine with,
    in place of all that `probe.offers()` finds.

    The run is ended when `on_line` raises or the caller is interrupted. Raises `RunImpossible`, `LevelNotReached`
    (the program was not started), `SandboxFailed`; whatever the program does is an `Outcome`.
    """
    limits = limits or Limits()
    found = probe.offers() if offers is None else offers
    if probe.reachable(found) < minimum_level:
        raise _not_reached(minimum_level, "; ".join(probe.missing(found)))
    python = Path(sys.executable) if python is None else python.absolute()
    result_dir = _result_folder(result_dir)
    readable = [*paths.of_interpreter(python), *map(Path, paths.SYSTEM_CODE), *(path.absolute() for path in extra_read)]
    given = list(map(_existing, (program, *inputs)))
    place = _outside([result_dir, *readable, *given])
    with tempfile.TemporaryDirectory(prefix="kg-sandbox-", dir=place, ignore_cleanup_errors=True) as name:
        base = Path(name).resolve()
        scratch = base / "private"
        for made in (scratch / "home", scratch / "cache", base / "root"):
            made.mkdir(parents=True)
        (base / "outside").write_text("the program may not read this\n")
        order = base / "order.json"
        given += [order, _BOOTSTRAP]
        order.write_text(json.dumps(_order(given[0], arguments, [*readable, *given], [result_dir, scratch])), "utf-8")
        plan = Plan(
            command=[str(python), "-s", "-P", "-B", str(_BOOTSTRAP), str(order)],
            environment={**_environment(scratch), **(environment or {})},
            readable=[str(path) for path in readable],
            inputs=[str(path) for path in given],
            folder=str(result_dir),
            scratch=str(scratch),
            base=str(base),
            launcher=os.getpid(),
            minimum_level=int(minimum_level),
            limits=limits,
            offers=found,
        )
        (base / "plan.json").write_text(plan.to_json(), "utf-8")
        before = folder.snapshot(result_dir)
        try:
            heard = listen(probe.own_python("codegen.sandbox.supervise", str(base / "plan.json")), on_line)
        finally:
            folder.remove(scratch)
            removed = folder.cleaned(result_dir, before)
    return _outcome(heard, removed, limits, minimum_level, result_dir)


def _outcome(heard: Transcript, removed: list[str], limits: Limits, minimum: Level, result_dir: Path) -> Outcome:
    report = heard.report
    if "walls" not in report or "error" in report:
        why = str(report.get("error") or heard.complaint or "the supervising process gave no answer")
        raise SandboxFailed("the program was not run", where="the sandbox", why=why)
    walls = {Wall[name] for name in report["walls"]}
    level = level_of(walls)
    if level < minimum:
        raise _not_reached(minimum, "; ".join(wall.value for wall in Wall if wall not in walls))
    if not report["all_ended"]:
        raise SandboxFailed("some processes of the program could not be ended", where="the sandbox")
    bound = report["bound"]
    status = report.get("program_status", report["status"])
    if not bound:  # what was written between the last look and the end
        size, count = folder.measure(result_dir, most_bytes=limits.result_bytes, most_files=limits.result_files)
        bound = "result_bytes" if size > limits.result_bytes else "result_files" if count > limits.result_files else ""
    verdict = diagnosis.verdict(bound, status, heard.exception, heard.attempts, removed, heard.stderr, limits)
    code = None if status is None else os.waitstatus_to_exitcode(status)
    return Outcome(
        status=verdict[0],
        reason=verdict[1],
        cause=verdict[2],
        exit_code=code if code is None or code >= 0 else None,
        signal=-code if code is not None and code < 0 else None,
        stdout=heard.stdout,
        stderr=heard.stderr,
        wall_seconds=report["wall"],
        cpu_seconds=report["cpu"],
        memory_bytes=report["peak"],
        level=level,
        mechanisms=tuple(report["mechanisms"]),
        attempts=tuple(heard.attempts),
        removed=tuple(removed),
    )


def _not_reached(minimum: Level, lacking: str) -> LevelNotReached:
    return LevelNotReached(f"the level {minimum} is not reached", where="the sandbox on this machine", why=lacking)


def _outside(granted: Iterable[Path]) -> Path:
    """A folder for temporary files that no path open to the program contains."""
    real = [path.resolve() for path in granted]
    places = [Path(tempfile.gettempdir()), Path("/var/tmp"), Path.home() / ".cache"]
    for place in places:
        if os.access(place, os.W_OK) and not any(place.resolve().is_relative_to(path) for path in real):
            return place
    why = "the inputs or the result folder contain every folder for temporary files"
    raise RunImpossible("no room for the sandbox", where=", ".join(map(str, places)), why=why)


def _existing(path: Path) -> Path:
    if not path.exists():
        raise RunImpossible("nothing to read", where=str(path), why="there is no such file")
    return path.absolute()


def _result_folder(path: Path) -> Path:
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise RunImpossible("no result folder", where=str(path), why=error.strerror or str(error)) from error
    return path.resolve()


def _order(
    program: Path, arguments: Sequence[str], readable: Iterable[Path], writable: Iterable[Path]
) -> dict[str, Any]:
    allowed = [*map(str, readable), *paths.SYSTEM_SETTINGS, *paths.DEVICES, paths.SHARED_MEMORY, "/proc"]
    return {
        "program": str(program),
        "arguments": list(arguments),
        "readable": allowed,
        "writable": [*map(str, writable), paths.SHARED_MEMORY],
    }


def _environment(scratch: Path) -> dict[str, str]:
    """All that the program sees of its environment: no secrets, no settings of the user's, one thread per process."""
    cache = str(scratch / "cache")
    threads = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS")
    return {
        "PATH": "/usr/bin:/bin",
        "LANG": "C.UTF-8",
        "TZ": "UTC",
        "HOME": str(scratch / "home"),
        "TMPDIR": str(scratch),
        "XDG_CACHE_HOME": cache,
        "XDG_CONFIG_HOME": str(scratch / "home"),
        "MPLCONFIGDIR": cache,
        "MPLBACKEND": "Agg",
        "NUMBA_CACHE_DIR": cache,
        "PYTHONHASHSEED": "0",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONUNBUFFERED": "1",
        **dict.fromkeys(threads, "1"),
    }
