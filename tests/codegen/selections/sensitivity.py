#!/usr/bin/env python3
"""How many events each requirement of a selection decides on a file: the reference run again with each one left out.

    python sensitivity.py FILE NAME...        NAME as in NAME.reference.py

Misreadings that a reference knows by name (a link's key ignored, a list taken as sorted, …) are run as well.
"""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

import loops  # noqa: E402


def reference(name: str) -> ModuleType:
    """The module NAME.reference.py."""
    spec = importlib.util.spec_from_file_location(f"{name}_reference", HERE / f"{name}.reference.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def changes(name: str, path: str | Path) -> tuple[int, dict[str, int], dict[str, int]]:
    """Events selected, then by requirement left out and by misreading how many events enter or leave the selection."""
    module = reference(name)
    events = loops.read(path, [*module.NEEDED, loops.NUMBER])
    seen = loops.Need()
    whole = _selected(module, events, seen)
    left_out = {n: len(whole ^ _selected(module, events, loops.Need([n]))) for n in seen.names}
    misread = {n: len(whole ^ _selected(module, events, loops.Need((), [n]))) for n in seen.misreadings}
    return len(whole), left_out, misread


def _selected(module: ModuleType, events: list[loops.Event], need: loops.Need) -> set[int]:
    return {i for i, event in enumerate(events) if all(module.select(event, need))}


def main() -> int:
    if len(sys.argv) < 3:
        print((__doc__ or "").strip())
        return 2
    for name in sys.argv[2:]:
        count, left_out, misread = changes(name, sys.argv[1])
        print(f"{name}: {count} events selected of {Path(sys.argv[1]).name}")
        for title, table in (("left out", left_out), ("misread", misread)):
            for requirement, events in table.items():
                print(f"  {title:9} {requirement:45} {events:5}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
