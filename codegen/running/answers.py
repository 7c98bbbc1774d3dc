"""What a program wrote as `result.json`, read with mistrust."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from codegen.running.batches import Batch
from codegen.running.errors import Failure, ResultInvalid
from codegen.running.histograms import is_histogram, is_number

Row = dict[str, Any]


@dataclass(frozen=True)
class Answer:
    """A program's result on a batch; file names as the user gave them.

    selected: one row for each selected event. cutflow: one row for each cut. histograms: {"name", "label", "edges",
    "counts"} each. weights: {"branch", "sum", "files_without"} where simulation weights were added up, else None.
    failed: the files that the program itself says it could not read.
    """

    batch: Batch
    selected: list[Row]
    cutflow: list[Row]
    not_applied: list[Any]
    histograms: list[Row]
    weights: Row | None
    provenance: Row
    failed: list[Failure]


def read_answer(path: Path, batch: Batch) -> Answer:
    """The result that a run on this batch left. Raises `ResultInvalid`; `FileNotFoundError` where it wrote none."""
    try:
        raw = json.loads(path.read_text("utf-8"), parse_constant=_no_number)
    except FileNotFoundError:
        raise
    except (OSError, ValueError, RecursionError) as error:
        raise ResultInvalid("the program's result.json cannot be read", why=str(error)[:300]) from error
    _must(isinstance(raw, dict), "it is no object")
    given = {str(file.path): file.given for file in batch.files}
    failed = [_failure(one, given) for one in _list(raw, "failed", optional=True)]
    answer = Answer(
        batch,
        [_event(row, batch, given) for row in _list(raw, "selected")],
        [_cut(row) for row in _list(raw, "cutflow")],
        _list(raw, "not_applied", optional=True),
        [row for row in _list(raw, "histograms", optional=True) if is_histogram(row)],
        _weights(raw["weights"], given) if "weights" in raw else None,
        raw["provenance"] if isinstance(raw.get("provenance"), dict) else {},
        failed,
    )
    read = raw.get("n_events", batch.events)
    _must(bool(failed) or read == batch.events, f"it read {read} of {batch.events} events")
    return answer


def _event(row: Any, batch: Batch, given: Mapping[str, str]) -> Row:
    _must(isinstance(row, dict), "a selected event is no object")
    name, index = row.get("file"), row.get("index")
    _must(isinstance(name, str) and name in given, f"it selects an event of {str(name)[:200]!r}, which is no input")
    most = {file.given: reads for file, reads in zip(batch.files, batch.reads, strict=True)}[given[name]]
    _must(_is_whole(index) and 0 <= index < most, f"it selects entry {str(index)[:30]} of {most} in {given[name]}")
    _must(_is_whole(row.get("event_number")), f"entry {index} of {given[name]} has no event number")
    return {**row, "file": given[name]}


def _cut(row: Any) -> Row:
    _must(isinstance(row, dict), "a row of the cutflow is no object")
    for key in ("cut", "label"):
        _must(isinstance(row.get(key), str), f"a row of the cutflow has no {key}")
    for key in ("passed", "cumulative"):
        _must(_is_whole(row.get(key)) and row[key] >= 0, f"no number of events {key} in the row {row['label'][:100]!r}")
    return dict(row)


def _weights(row: Any, given: Mapping[str, str]) -> Row:
    _must(isinstance(row, dict) and isinstance(row.get("branch"), str), "its weights name no branch")
    _must(is_number(row.get("sum")), "its weights have no sum")
    without = _list(row, "files_without", optional=True)
    _must(all(isinstance(name, str) and name in given for name in without), "it weighs a file that is no input")
    return {"branch": row["branch"], "sum": row["sum"], "files_without": [given[name] for name in without]}


def _failure(one: Any, given: Mapping[str, str]) -> Failure:
    _must(isinstance(one, dict) and one.get("file") in given, "it could not read a file that is no input")
    path = one["file"]
    return Failure(given[path], str(one.get("why", "the program could not read it")).replace(path, given[path]))


def _list(raw: Row, key: str, *, optional: bool = False) -> list[Any]:
    value = raw.get(key, [] if optional else None)
    _must(isinstance(value, list), f"no list {key!r}")
    return list(value or [])


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _no_number(text: str) -> float:
    raise ValueError(f"{text} is no number that JSON knows")


def _must(holds: bool, why: str) -> None:
    if not holds:
        raise ResultInvalid("the program's result.json is not a result", why=why)
