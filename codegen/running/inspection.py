"""The inputs looked at, confined, before the program has its turn: `inspector` does it, this file starts it."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from codegen.running.errors import Failure
from codegen.running.grl import GoodRunList
from codegen.running.inputs import Input
from codegen.running.pool import Confinement, Ended, Order, runs
from codegen.running.source import Source
from codegen.running.watching import Watcher

TREES = ("CollectionTree", "EventData")
MOST_FILES = 500  # that one process looks at
_INSPECTOR = Path(__file__).with_name("inspector.py")


@dataclass(frozen=True)
class File:
    """A file that the program can be run on.

    path: where its bytes are. good: ranges [start, stop) of the entries in good luminosity blocks, None where no
    good-run list is applied.
    """

    given: str
    path: Path
    size: int
    events: int
    simulation: bool
    good: tuple[tuple[int, int], ...] | None


def inspected(
    inputs: Sequence[Input],
    source: Source,
    good: GoodRunList | None,
    confinement: Confinement,
    jobs: int,
    work: Path,
    watcher: Watcher,
) -> tuple[list[File], list[Failure]]:
    """The files that can be run on and those that cannot, both in the order of the inputs."""
    answers: dict[int, File | Failure] = {}
    size = max(1, min(MOST_FILES, math.ceil(len(inputs) / jobs)))
    todo = [list(range(start, min(start + size, len(inputs)))) for start in range(0, len(inputs), size)]
    turn = 0
    while todo:
        turn += 1
        orders = [_order(chunk, inputs, source, good, work / f"look-{turn}-{n}") for n, chunk in enumerate(todo)]
        again: list[list[int]] = []
        counted = len(answers)
        for news in runs(orders, confinement, jobs):
            if not isinstance(news, Ended):
                counted += 1
                watcher.inspected(min(counted, len(inputs)), len(inputs))
                continue
            chunk = todo[news.order]
            begun, found = _read(orders[news.order].folder / "answers.jsonl", len(chunk))
            for place, number in enumerate(chunk[: len(found)]):
                answers[number] = _judged(inputs[number], found[place])
            if len(found) < len(chunk):  # the process did not live to the end
                broken = chunk[min(begun, len(chunk) - 1)]
                answers[broken] = Failure(inputs[broken].given, f"reading it failed: {news.outcome['reason']}")
                rest = [number for number in chunk[len(found) :] if number != broken]
                again += [rest] if rest else []
        todo = again
    files = [answers[number] for number in range(len(inputs))]
    return [one for one in files if isinstance(one, File)], [one for one in files if isinstance(one, Failure)]


def _order(chunk: list[int], inputs: Sequence[Input], source: Source, good: GoodRunList | None, folder: Path) -> Order:
    paths = [_path(inputs[number]) for number in chunk]
    order = {
        "files": [str(path) for path in paths],
        "branches": source.branches,
        "other_names": source.other_names,
        "trees": TREES,
        "good": None if good is None else good.ranges,
    }
    written = folder.with_name(folder.name + ".files.json")
    written.write_text(json.dumps(order), "utf-8")
    return Order(_INSPECTOR, (str(written), "answers.jsonl"), (*paths, written), folder)


def _path(one: Input) -> Path:
    assert one.path is not None, "remote files are fetched first"
    return one.path


def _read(path: Path, length: int) -> tuple[int, list[dict[str, Any]]]:
    """Which file was begun last (its place in the chunk), and the answers that are whole."""
    begun, found = 0, []
    for line in _lines(path):
        if "file" in line:
            begun = line["file"] if isinstance(line["file"], int) else begun
        else:
            found.append(line)
    return max(begun, len(found[:length])), found[:length]


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    if path.is_file():
        for text in path.read_text("utf-8", "replace").splitlines():
            try:
                line = json.loads(text)
            except ValueError:
                return
            if isinstance(line, dict):
                yield line


def _judged(one: Input, answer: dict[str, Any]) -> File | Failure:
    if "why" in answer:
        return Failure(one.given, str(answer["why"]).replace(str(one.path), one.given))
    path = _path(one)
    good = answer["good"]
    ranges = None if good is None else tuple((int(start), int(stop)) for start, stop in good)
    return File(one.given, path, path.stat().st_size, int(answer["events"]), bool(answer["simulation"]), ranges)
