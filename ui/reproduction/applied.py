"""Where a program applies each of its functions: the lines that define it, and those of the selection that use it."""

from __future__ import annotations

import ast
from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True)
class Lines:
    """Lines of a program, counted from 1: the first and last of a function, and those that hand it on to be applied."""

    first: int
    last: int
    used: tuple[int, ...] = ()


def lines_of(program: str, names: Collection[str]) -> dict[str, Lines]:
    """The lines of the module-level functions of these names; a name that the program does not define is left out.

    >>> text = "@cut('cut:1', '')\\ndef f(x):\\n    return x\\n\\ndef select(x):\\n    return f(x)\\nALL = [f]\\n"
    >>> lines_of(text, ["f", "g"])
    {'f': Lines(first=1, last=3, used=(6,))}
    """
    tree = ast.parse(program)
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    used: dict[str, set[int]] = {name: set() for name in names}
    for function in functions:
        for node in ast.walk(function):
            if isinstance(node, ast.Name) and node.id in used and function.name != node.id:
                used[node.id].add(node.lineno)
    found = {}
    for function in functions:
        if function.name in used:
            first = min([function.lineno, *(decorator.lineno for decorator in function.decorator_list)])
            found[function.name] = Lines(first, function.end_lineno or first, tuple(sorted(used[function.name])))
    return found


__all__ = ["Lines", "lines_of"]
