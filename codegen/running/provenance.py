"""What a result says of how it came about; nothing of when."""

from __future__ import annotations

import importlib.metadata
import platform
from collections.abc import Sequence
from typing import Any

from codegen.running.errors import Failure
from codegen.running.folder import WRITER
from codegen.running.inspection import File
from codegen.running.settings import Settings
from codegen.running.source import Source
from codegen.sandbox import Level

MEASURED = ("uproot", "awkward", "numpy")  # packages whose versions a result names


def provenance(
    own: dict[str, Any],
    source: Source,
    reads: Sequence[tuple[File, int]],
    failures: Sequence[Failure],
    settings: Settings,
    outcomes: Sequence[dict[str, Any]],
    good: dict[str, Any] | None,
) -> dict[str, Any]:
    """What the program says of its papers (`own`), and what is known of this run."""

    def forbidden(attempt: str) -> bool:
        return not (settings.scheduler and attempt.startswith("network "))

    levels = sorted(outcomes, key=lambda outcome: Level.named(outcome["level"]))
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
            "mechanisms": sorted({name for outcome in outcomes for name in outcome["mechanisms"]}),
            "attempts": sorted({name for outcome in outcomes for name in outcome["attempts"] if forbidden(name)}),
        }
        | ({"cluster": "its workers are confined by nothing"} if settings.scheduler else {}),
    }


def _version(package: str) -> str:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return ""


__all__ = ["MEASURED", "provenance"]
