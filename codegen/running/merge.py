"""Results on batches of files joined into the result on all of them: pure, and the same however they were dealt out."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import Any

from codegen.running.answers import Answer, Row
from codegen.running.errors import ResultInvalid
from codegen.running.grl import CUT
from codegen.running.histograms import joined_histograms
from codegen.running.inspection import File

GRL_LABEL = "good-run list (data files only, after the other cuts)"


def joined(answers: Sequence[Answer]) -> Row:
    """The answers in their order as one: "selected", "n_events", "cutflow", "not_applied", "histograms"?, "weights"?.

    Selected events follow one another, numbers of the cutflow are added cut by cut. Raises `ResultInvalid` where two
    answers have other cuts.
    """
    first = answers[0]
    for answer in answers:
        if [_who(row) for row in answer.cutflow] != [_who(row) for row in first.cutflow]:
            name = answer.batch.files[0].given
            raise ResultInvalid("the cutflow has other rows than on the first file", where=name)
    result: Row = {
        "selected": [row for answer in answers for row in answer.selected],
        "n_events": sum(answer.batch.events for answer in answers),
        "cutflow": [_added(rows) for rows in zip(*(answer.cutflow for answer in answers), strict=True)],
        "not_applied": first.not_applied,
        "provenance": first.provenance,
    }
    if histograms := joined_histograms([answer.histograms for answer in answers]):
        result["histograms"] = histograms
    if weights := [answer.weights for answer in answers if answer.weights is not None]:
        without = [name for one in weights for name in one["files_without"]]
        result["weights"] = weights[0] | {"sum": math.fsum(one["sum"] for one in weights), "files_without": without}
    return result


def with_good_runs(result: Row, reads: Iterable[tuple[File, int]]) -> tuple[Row, Row]:
    """The result with the good-run list applied to its data files, and what to say of it.

    reads: the files, and how many events of each were read. The list's row is the last of the cutflow, so that every
    number in it is exact; it is not there when all files are simulation.
    """
    reads = list(reads)
    data = {file.given: file.good for file, _ in reads if file.good is not None}
    simulation = [file.given for file, _ in reads if file.good is None]
    facts: Row = {"applied_to": list(data), "not_applied_to_simulation": simulation}
    if not data:
        return result, facts | {"note": "every input is simulation: the good-run list was not applied"}
    good = sum(
        reads_of if file.good is None else sum(max(0, min(stop, reads_of) - start) for start, stop in file.good)
        for file, reads_of in reads
    )
    kept = [row for row in result["selected"] if _is_good(row["index"], data.get(row["file"]))]
    row: Row = {"cut": CUT, "name": CUT, "label": GRL_LABEL, "passed": good, "cumulative": len(kept)}
    note = "applied to what the program selected, as the last row of the cutflow; the rows before it are without it"
    if any("without" in one for one in result["cutflow"]):
        row["without"] = len(result["selected"])
        note += ", and so are the numbers of what is selected without a cut"
    if result.get("histograms"):
        note += ", and so are the histograms that the program made"
    return {**result, "selected": kept, "cutflow": [*result["cutflow"], row]}, facts | {"note": note}


def _is_good(index: int, ranges: tuple[tuple[int, int], ...] | None) -> bool:
    if ranges is None:
        return True
    place = bisect_right(ranges, (index, math.inf)) - 1
    return place >= 0 and index < ranges[place][1]


def _who(row: Row) -> list[tuple[str, Any]]:
    return sorted((key, value) for key, value in row.items() if isinstance(value, str))


def _added(rows: Sequence[Row]) -> Row:
    keys = dict.fromkeys(key for row in sorted(rows, key=len, reverse=True) for key in row)
    return {key: _sum([row[key] for row in rows if key in row]) for key in keys}


def _sum(values: list[Any]) -> Any:
    """Numbers added, anything else as it is in the first."""
    if any(isinstance(value, bool) or not isinstance(value, int | float) for value in values):
        return values[0]
    return sum(values) if all(isinstance(value, int) for value in values) else math.fsum(values)
