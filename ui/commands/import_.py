"""`kg import`: an exported graph into the store, all of it or nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import click

from kg.errors import InvalidRecord
from kg.records import Json
from ui.guard import say
from ui.opened import opened_store


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True, allow_dash=True))
def command(file: Path) -> None:
    """Add the graph in a JSON Lines file to the store.

    FILE is what `kg export` writes; - is standard input. Papers in it replace
    readings of the same papers. Taken whole or not at all.
    """
    with click.open_file(str(file), "rb") as lines, opened_store(read_only=False) as store:
        taken = store.load(_parsed(lines, str(file)))
    say(", ".join(f"{count} {kind}" for kind, count in sorted(taken.items())) or f"{file} is empty; nothing was added")


def _parsed(lines: Iterator[bytes], name: str) -> Iterator[dict[str, Json]]:
    """The lines as JSON objects; raises `InvalidRecord` with the number of the first that is none."""
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise InvalidRecord(f"line {number} is no JSON", where=name, why=str(error)) from error
        if not isinstance(value, dict):
            raise InvalidRecord(f"line {number} is no record", where=name, why="expected a JSON object")
        yield value
