"""A run's selected events held against those of an independent reference, event by event."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import KgError

TOLERANCE_GEV = 1e-3
"""How far the four-lepton mass of an event may be off: 1 MeV, as the H→4ℓ benchmark is held here."""


class InvalidExpectation(KgError):
    """A file of expected events that does not have one of the known forms."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """Which events are missing, which are not expected, and which have another mass; entry numbers in the file."""

    expected: int
    missing: tuple[int, ...]
    extra: tuple[int, ...]
    other_mass: tuple[int, ...]

    @property
    def exact(self) -> bool:
        """The same events, each with the same mass where the reference gives one."""
        return not (self.missing or self.extra or self.other_mass)

    def in_words(self) -> str:
        """`exactly matched: 411 events`, or what differs."""
        if self.exact:
            return f"exactly matched: {self.expected} events"
        parts = [(self.missing, "missing"), (self.extra, "not expected"), (self.other_mass, "with another mass")]
        said = ", ".join(f"{len(events)} {what} (first {events[0]})" for events, what in parts if events)
        return f"not matched: of {self.expected} events {said}"


def read_expected(path: Path) -> dict[int, float | None]:
    """Entry number to four-lepton mass in GeV (None where none is given) of the events that a reference selects.

    Takes `{"events": [{"index", "m4l_GeV"?}]}` and `{"selected": [index, …]}` or `[{"index", …}]`.
    Raises `InvalidExpectation`.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        listed = data["events"] if "events" in data else data["selected"]
        return {int(e) if isinstance(e, int) else int(e["index"]): _mass(e) for e in listed}
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise InvalidExpectation("no expected events can be read", where=str(path), why=str(error)) from error


def _mass(event: Any) -> float | None:
    mass = event.get("m4l_GeV") if isinstance(event, dict) else None
    return float(mass) if mass is not None else None


def agreement(expected: Mapping[int, float | None], result: Mapping[str, Any]) -> Agreement:
    """The agreement of a `result.json` with the expectation; an event listed twice counts as not expected."""
    found: dict[int, float | None] = {}
    twice = []
    for event in result["selected"]:
        index = int(event["index"])
        if index in found:
            twice.append(index)
        found[index] = _mass(event)
    both = sorted(set(expected) & set(found))
    other = tuple(index for index in both if not _same_mass(expected[index], found[index]))
    extra = sorted({*(set(found) - set(expected)), *twice})
    return Agreement(len(expected), tuple(sorted(set(expected) - set(found))), tuple(extra), other)


def _same_mass(wanted: float | None, found: float | None) -> bool:
    if wanted is None:
        return True
    return found is not None and math.isfinite(found) and abs(found - wanted) <= TOLERANCE_GEV


__all__ = ["Agreement", "InvalidExpectation", "agreement", "read_expected"]
