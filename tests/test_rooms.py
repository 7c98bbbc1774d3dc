"""The house rules of imports: each room rests on the ones before it, and no file on one that rests on it."""

from __future__ import annotations

import ast
import graphlib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MAY_IMPORT = {
    "kg": {"kg"},
    "ingest": {"kg", "ingest"},
    "retrieval": {"kg", "retrieval"},
    "codegen": {"kg", "codegen"},
    "ui": {"kg", "ingest", "retrieval", "codegen", "ui"},
}
FILES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
    for room in MAY_IMPORT
    for path in sorted((ROOT / room).rglob("*.py"))
}


def imported(nodes: list[ast.stmt]) -> Iterator[str]:
    """What statements import when the module is loaded: nothing inside functions or for type checkers only."""
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            for name in node.names:
                inner = f"{node.module}.{name.name}"
                yield inner if inner in FILES else node.module
        elif isinstance(node, ast.If) and "TYPE_CHECKING" not in ast.unparse(node.test):
            yield from imported([*node.body, *node.orelse])
        elif isinstance(node, ast.Try):
            yield from imported([*node.body, *node.orelse, *node.finalbody])


def anywhere(tree: ast.Module) -> Iterator[str]:
    """The names that a module imports at any time."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


@pytest.mark.parametrize("room", MAY_IMPORT)
def test_a_room_imports_only_the_rooms_it_rests_on(room: str) -> None:
    for module, path in FILES.items():
        if module.split(".")[0] == room:
            rooms = {name.split(".")[0] for name in anywhere(ast.parse(path.read_text("utf-8")))} & MAY_IMPORT.keys()
            assert rooms <= MAY_IMPORT[room], module


def test_no_circle_of_imports() -> None:
    graph = {
        module: {name for name in imported(ast.parse(path.read_text("utf-8")).body) if name in FILES and name != module}
        for module, path in FILES.items()
    }
    graphlib.TopologicalSorter(graph).prepare()  # raises CycleError, which names the circle
