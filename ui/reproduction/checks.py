"""What can be checked of a result without believing the program: that its numbers agree, and that they are of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from codegen.plan.report import APPLIED

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Check:
    """A statement that should hold, whether it does, and what was found."""

    statement: str
    holds: bool
    found: str


def checks_of(cuts: Sequence[Row], program_sha256: str, result: Row) -> list[Check]:
    """All checks of a run: `cuts` as `cuts.json` has them, the hash of the program, `result.json`."""
    flow, selected, events = result["cutflow"], result["selected"], result["n_events"]
    return [
        _sentences(cuts),
        _program(program_sha256, result),
        _rows(cuts, result),
        _numbers(flow, events),
        _selected(flow, selected, events),
        _entries(selected),
        _read(result),
    ]


def _sentences(cuts: Sequence[Row]) -> Check:
    wrong = [row for row in cuts if row["class"] in APPLIED and not _is_backed(row)]
    applied = sum(row["class"] in APPLIED for row in cuts)
    found = f"{applied} cuts are applied" if not wrong else f"not so: {', '.join(row['label'] for row in wrong)}"
    return Check(
        "Each cut that is applied was verified against its sentence, or approved by a person.", not wrong, found
    )


def _is_backed(row: Row) -> bool:
    return row["status"] == "approved" or (row["status"] == "verified" and bool(row["quotes"]))


def _program(sha256: str, result: Row) -> Check:
    ran = str(result["provenance"].get("program_sha256", ""))
    return Check("The program that ran is the one shown here, byte for byte.", ran == sha256, f"SHA-256 {sha256}")


def _rows(cuts: Sequence[Row], result: Row) -> Check:
    applied = {row["id"] for row in cuts if row["class"] in APPLIED}
    told = {row["cut"] for row in result["cutflow"]}
    lost, strange = sorted(applied - told), sorted(told - applied)
    found = f"{len(applied)} cuts in {len(result['cutflow'])} rows"
    if lost or strange:
        found = "; ".join(
            part
            for part in (f"no row: {', '.join(lost)}" * bool(lost), f"no cut: {', '.join(strange)}" * bool(strange))
            if part
        )
    return Check(
        "Every cut that is compiled has a row in the cutflow, and every row is of such a cut.",
        not lost and not strange,
        found,
    )


def _numbers(flow: Sequence[Row], events: int) -> Check:
    left = [events, *(row["cumulative"] for row in flow)]
    falls = all(before >= after for before, after in pairwise(left))
    # without a cut there may be fewer: an object that it let through may be one too many, or remove others
    within = all(row["cumulative"] <= row["passed"] <= events and row.get("without", 0) <= events for row in flow)
    return Check(
        "No row has more events left than the row before, nor than pass its cut alone; none has more than there are.",
        falls and within,
        f"{len(flow)} rows, from {events} events to {left[-1]}",
    )


def _selected(flow: Sequence[Row], selected: Sequence[Row], events: int) -> Check:
    left = flow[-1]["cumulative"] if flow else events
    return Check(
        "As many events are listed as selected as the last row of the cutflow has.",
        left == len(selected),
        f"{len(selected)} events are listed, {left} are left",
    )


def _entries(selected: Sequence[Row]) -> Check:
    entries = {(row["file"], row["index"]) for row in selected}
    return Check(
        "No event is selected twice.", len(entries) == len(selected), f"{len(entries)} different entries of the files"
    )


def _read(result: Row) -> Check:
    inputs = result["provenance"].get("inputs", [])
    read = sum(row["events_read"] for row in inputs)
    failed = len(result["provenance"].get("failed", []))
    found = f"{read} events of {len(inputs)} {'file' if len(inputs) == 1 else 'files'}"
    if failed:
        found += f"; {failed} {'file' if failed == 1 else 'files'} could not be run"
    return Check("All files that were given were run.", not failed and read == result["n_events"], found)


__all__ = ["Check", "checks_of"]
