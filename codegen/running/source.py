"""What a program says of itself: read from its text, never by importing it."""

from __future__ import annotations

import ast
import difflib
import hashlib
from dataclasses import dataclass
from pathlib import Path

from codegen.running.errors import ProgramUnreadable

LARGEST = 20_000_000  # bytes; no program that a person could read is larger


@dataclass(frozen=True)
class Source:
    """A program as run: file name, bytes, the branches it needs and other names that it takes for some of them.

    options: the options that its command line has, such as "--events". by_model: how many of its masks a language model
    wrote.
    """

    name: str
    text: bytes
    branches: tuple[str, ...]
    other_names: dict[str, str]
    options: frozenset[str]
    by_model: int

    @property
    def sha256(self) -> str:
        """Of the very bytes that are run."""
        return hashlib.sha256(self.text).hexdigest()


def read_program(path: Path) -> Source:
    """The program in a file; its module-level `BRANCHES` and `OTHER_NAMES`, empty if it has none.

    Raises `ProgramUnreadable`.
    """
    try:
        if path.is_file() and path.stat().st_size > LARGEST:
            raise ProgramUnreadable("not a program", where=str(path), why=f"it is larger than {LARGEST} bytes")
        text = path.read_bytes()
    except OSError as error:
        near = difflib.get_close_matches(path.name, sorted(found.name for found in path.parent.glob("*.py")))
        raise ProgramUnreadable(
            "cannot read the program", where=str(path), why=error.strerror or str(error), nearest=near
        ) from error
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        line = f" (line {error.lineno})" if isinstance(error, SyntaxError) and error.lineno else ""
        raise ProgramUnreadable(
            "not a Python program", where=str(path), why=f"{getattr(error, 'msg', error)}{line}"
        ) from error
    known = _constants(tree)
    branches, others, papers = known.get("BRANCHES"), known.get("OTHER_NAMES"), known.get("PROVENANCE")
    by_model = papers.get("written_by_model") if isinstance(papers, dict) else None
    return Source(
        path.name,
        text,
        tuple(name for name in branches if isinstance(name, str)) if isinstance(branches, list | tuple) else (),
        {k: v for k, v in others.items() if isinstance(k, str) and isinstance(v, str)}
        if isinstance(others, dict)
        else {},
        frozenset(
            node.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.startswith("--")
        ),
        len(by_model) if isinstance(by_model, list) else 0,
    )


def _constants(tree: ast.Module) -> dict[str, object]:
    """Module-level names that are literals, or lists and mappings of literals and of such names."""
    known: dict[str, object] = {}
    for statement in tree.body:
        if isinstance(statement, ast.Assign) and len(statement.targets) == 1:
            target = statement.targets[0]
            if isinstance(target, ast.Name):
                known[target.id] = _value(statement.value, known)
    return known


def _value(node: ast.expr, known: dict[str, object]) -> object:
    if isinstance(node, ast.Constant):
        return node.value
    if isinstance(node, ast.Name):
        return known.get(node.id)
    if isinstance(node, ast.List | ast.Tuple):
        return [_value(item, known) for item in node.elts]
    if isinstance(node, ast.Dict):
        pairs = [(_value(k, known), _value(v, known)) for k, v in zip(node.keys, node.values, strict=True) if k]
        return {key: value for key, value in pairs if isinstance(key, str)}
    return None
