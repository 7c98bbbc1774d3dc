"""A run of a program, for the explorer: the file chosen, the result, and what one cut removes."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from codegen.running import Settings, Watcher, run_program
from codegen.sandbox import Level, SandboxFailed
from kg.datafiles import data_path
from kg.errors import KgError

SAMPLES = {
    "four_lepton.root": "300 simulated events with four leptons",
    "general.root": "300 simulated events of many kinds",
}
LEVELS = ("confined", "limits", "none")
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Ran:
    """What a run gave, without the list of selected events: only their number is shown.

    file: what the file is called. path: where it is.
    """

    file: str
    path: str
    selected: int
    n_events: int
    cutflow: tuple[Row, ...]
    histograms: tuple[Row, ...]
    not_applied: tuple[Row, ...]
    confinement: Row
    notes: tuple[str, ...]
    failures: tuple[str, ...]
    provenance: Row

    def to_json(self) -> dict[str, Any]:
        """As `kg run --format json` prints it, with the histograms."""
        return {
            "file": self.file,
            "selected": self.selected,
            "n_events": self.n_events,
            "cutflow": list(self.cutflow),
            "histograms": list(self.histograms),
            "not_applied": list(self.not_applied),
            "notes": list(self.notes),
            "provenance": dict(self.provenance),
        }


class NoRoom(KgError):
    """The folder for temporary files takes no more, or cannot be written."""


def _disk_says(error: OSError) -> str:
    """Why a file of a run cannot be written or read, and where."""
    place = error.filename or tempfile.gettempdir()
    return f"{error.strerror or error} ({place}); files of a run are kept in {tempfile.gettempdir()} while it lasts"


def kept_upload(data: bytes | memoryview, file: Path, shown: str) -> None:
    """The upload as a file, whole or not at all; raises `NoRoom`."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    except OSError as error:
        file.unlink(missing_ok=True)
        raise NoRoom("the upload cannot be kept", where=shown, why=_disk_says(error)) from error


def sample(name: str) -> Path:
    """The bundled file of simulated events."""
    return data_path("samples", name)


def ran(program: str, file: str, shown: str, level: str, watcher: Watcher | None = None, nminus1: bool = True) -> Ran:
    """Run the program's text over one file, as `kg run --nminus1` does; `shown` is what the file is called.

    Raises what `codegen.running.run_program` raises, and `NoRoom`. Nothing of it stays on the disk.
    """
    settings = Settings(nminus1=nminus1, minimum_level=Level.named(level), seconds=600.0)
    try:
        with tempfile.TemporaryDirectory(prefix="kg-explore-", ignore_cleanup_errors=True) as name:
            script = Path(name) / "selection.py"
            script.write_text(program, encoding="utf-8")
            done = run_program(script, [file], Path(name) / "run", settings, watcher, {file: shown})
            result = done.result
    except SandboxFailed as error:
        raise SandboxFailed(error.what, where=f"{error.where}, on {shown}", why=error.why) from error
    except OSError as error:
        raise NoRoom("the program was not run", where=shown, why=_disk_says(error)) from error
    provenance = dict(result["provenance"])
    return Ran(
        shown,
        file,
        len(result["selected"]),
        int(result["n_events"]),
        tuple(result["cutflow"]),
        tuple(result.get("histograms") or ()),
        tuple(result.get("not_applied") or ()),
        provenance["confinement"],
        tuple(done.notes),
        tuple(str(failure) for failure in done.failures),
        provenance,
    )


@dataclass(frozen=True)
class Removed:
    """What one cut removes: events selected with all cuts and without it, and the steps of the cutflow it makes."""

    cut: str
    label: str
    selected: int
    without: int | None
    steps: tuple[Row, ...]
    before: tuple[int, ...]


def removed_by(result: Ran, cut_id: str) -> Removed | None:
    """What the cut removes, None where the program does not apply it."""
    before, left = [], result.n_events
    steps = []
    for row in result.cutflow:
        if row["cut"] == cut_id:
            steps.append(row)
            before.append(left)
        left = row["cumulative"]
    if not steps:
        return None
    counts = [row["without"] for row in steps if isinstance(row.get("without"), int)]
    label = str(steps[0]["label"])
    return Removed(cut_id, label, result.selected, counts[0] if counts else None, tuple(steps), tuple(before))


def pairs(result: Ran, other: Ran | None = None) -> list[tuple[Row, Row | None]]:
    """Histograms, each with the one to lay over it: of `other`, or what the program itself filled without the
    requirements on that quantity.
    """
    names = {row["name"]: row for row in result.histograms}
    over = {row["name"]: row for row in other.histograms} if other is not None else {}
    found: list[tuple[Row, Row | None]] = []
    for name, row in names.items():
        if name.endswith("_nminus1") and name.removesuffix("_nminus1") in names:
            continue
        beside = over.get(name) if other is not None else names.get(f"{name}_nminus1")
        found.append((row, beside if beside is not None and beside["edges"] == row["edges"] else None))
    return found


def cutflow_table(result: Ran) -> Sequence[Sequence[str]]:
    """The cutflow as rows of a table, headings first."""
    rows = [["cut", "label", "passed", "cumulative", "without"]]
    rows += [
        [str(r["cut"]), str(r["label"]), str(r["passed"]), str(r["cumulative"]), str(r.get("without", ""))]
        for r in result.cutflow
    ]
    return rows


__all__ = [
    "LEVELS",
    "SAMPLES",
    "NoRoom",
    "Ran",
    "Removed",
    "cutflow_table",
    "kept_upload",
    "pairs",
    "ran",
    "removed_by",
    "sample",
]
