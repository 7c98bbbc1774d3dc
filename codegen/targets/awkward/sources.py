"""The sources of the helpers that a program needs."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from functools import cache
from pathlib import Path

_HERE = Path(__file__).parent
_FILES = ("objects", "ranges", "kinematics", "pairs", "quadruplets", "links")


def parts(names: Sequence[str]) -> str:
    """The parts of that name one after the other: what a program ends with."""
    texts = [(_HERE / "parts" / f"{name}.py").read_text(encoding="utf-8") for name in names]
    return "\n\n".join(text.split("# --- begin ---\n")[1].strip("\n") + "\n" for text in texts)


def helper_sources(text: str) -> list[str]:
    """The sources of the helpers that a text speaks of, and of those that they do, in their order."""
    known = _helpers()
    wanted: set[str] = set()
    waiting = [text]
    while waiting:
        names = {node.id for node in ast.walk(ast.parse(waiting.pop())) if isinstance(node, ast.Name)}
        for name in names & set(known) - wanted:
            wanted.add(name)
            waiting.append(known[name])
    return [source for name, source in known.items() if name in wanted]


@cache
def _helpers() -> dict[str, str]:
    """The functions and classes of the helper files, by name, in their order."""
    found = {}
    for name in _FILES:
        text = (_HERE / "helpers" / f"{name}.py").read_text(encoding="utf-8")
        lines = text.split("\n")
        for node in ast.parse(text).body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                found[node.name] = "\n".join(lines[node.lineno - 1 : node.end_lineno])
    return found


__all__ = ["helper_sources", "parts"]
