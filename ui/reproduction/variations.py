"""How many events each open choice changes: the selection with every other option of it, run on the same files."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from codegen.choices import Alternative, change
from codegen.generate import generate
from codegen.running import Settings, Watcher, run_program
from codegen.running.errors import last_words
from kg.errors import KgError
from kg.records import Json
from kg.store.base import Store

Row = Mapping[str, Any]


def variations(
    store: Store,
    paper_id: str,
    cuts: Row,
    result: Row,
    files: Sequence[str],
    settings: Settings,
    place: Path,
    watcher: Watcher,
) -> list[dict[str, Json]]:
    """For each option that was not taken: how many events it selects, gains and loses beside `result`, or why not.

    `cuts` as `cuts.json` has them; `place` is a folder for what the runs write, which nobody needs afterwards.
    """
    found: list[dict[str, Json]] = []
    for choice, option in _others(cuts):
        answers = {**cuts["choices"], choice: option}
        row: dict[str, Json] = {"choice": choice, "option": option}
        watcher.said(f"with {choice}={option}")
        try:
            program = generate(store, paper_id, choices=answers, without=cuts["without"])
            path = place / f"{len(found)}.py"
            path.write_text(program.text, "utf-8")
            run = run_program(path, files, place / f"{len(found)}", replace(settings, nminus1=False))
        except KgError as error:
            found.append({**row, "why": last_words(getattr(error, "stderr", "")) or str(error)})
            continue
        changed = change(Alternative(choice, option), result["selected"], run.result["selected"])
        found.append({**row, "selected": changed.selected, "gained": changed.gained, "lost": changed.lost})
    return found


def place_in(folder: Path, name: str) -> tempfile.TemporaryDirectory[str]:
    """A folder for what is made on the way, named so that a process that is killed leaves it to the next to remove."""
    return tempfile.TemporaryDirectory(prefix=f".{name}-", dir=folder, ignore_cleanup_errors=True)


def _others(cuts: Row) -> Iterator[tuple[str, str]]:
    for choice in cuts["open_choices"]:
        for option in choice["options"]:
            if option["name"] != choice["taken"] and not option["why_not"]:
                yield choice["choice"], option["name"]


__all__ = ["place_in", "variations"]
