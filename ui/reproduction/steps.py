"""Which steps are done, in `steps.json`: each with the content hash of what it was made from, and of what it made.

A step counts as done while both hold. It is written down after its files are in place, so that whatever happens in
between, the step is done again; the files appear whole, or not at all.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ui.commands.export import write_whole
from ui.reproduction.digest import digest_of_file

STEPS = "steps.json"
WRITER = "kg reproduce"
VERSION = 1


@dataclass(frozen=True)
class Step:
    """A step as it was done: the hash of its inputs, and of each file that it made, by its path in the folder."""

    key: str
    files: Mapping[str, str]


@dataclass
class Steps:
    """The steps done in a folder, by name."""

    folder: Path
    done: dict[str, Step] = field(default_factory=dict)

    @classmethod
    def of_json(cls, folder: Path, told: Any) -> Steps:
        """The steps that `steps.json` tells of; what is damaged counts as not done."""
        steps = cls(folder)
        rows = told.get("steps") if told.get("version") == VERSION else None
        for name, row in rows.items() if isinstance(rows, dict) else ():
            if isinstance(row, dict) and isinstance(row.get("key"), str) and isinstance(row.get("files"), dict):
                steps.done[name] = Step(row["key"], row["files"])
        return steps

    def is_done(self, name: str, key: str) -> bool:
        """Whether the step was done on just these inputs, and its files are still as it made them."""
        step = self.done.get(name)
        return step is not None and step.key == key and all(self._as_made(*made) for made in step.files.items())

    def record(self, name: str, key: str, files: Iterable[str]) -> None:
        """Write down that the step is done and made these files, named by their paths in the folder."""
        made = {file: digest_of_file(self.folder / file) for file in sorted(files)}
        self.done[name] = Step(key, made)
        self.write()

    def forget(self, name: str) -> None:
        """Take away what the step made, and that it was done: it would not fit to what stands beside it any more."""
        step = self.done.pop(name, None)
        if step is not None:
            self.write()
            for file in step.files:
                (self.folder / file).unlink(missing_ok=True)

    def write(self) -> None:
        """Write `steps.json`; raises `FileNotWritten`."""
        rows = {name: {"key": step.key, "files": dict(step.files)} for name, step in sorted(self.done.items())}
        told = {"written_by": WRITER, "version": VERSION, "steps": rows}
        write_whole(self.folder / STEPS, iter([json.dumps(told, ensure_ascii=False, indent=1).encode() + b"\n"]))

    def _as_made(self, file: str, digest: str) -> bool:
        try:
            return digest_of_file(self.folder / file) == digest
        except OSError:
            return False


__all__ = ["STEPS", "WRITER", "Step", "Steps"]
