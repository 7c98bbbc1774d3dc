"""What a mask function that a model wrote may consist of, checked before any of it runs.

It is one function `mask(events)` of comparisons and arithmetic: `events["BRANCH"]`, numbers, local names, and the
functions of numpy and awkward below. No import, no other attribute, no loop without an end: the sandbox is the wall,
and this keeps the program safe for somebody who runs it without one.
"""

from __future__ import annotations

import ast
import difflib
from collections.abc import Collection

from kg.errors import KgError

LONGEST = 4000  # characters of a function that a person can still read
NUMPY = frozenset(
    "abs absolute sqrt hypot exp log sin cos tan sinh cosh tanh arcsin arccos arctan arctan2 arcsinh minimum maximum"
    " where logical_and logical_or logical_not logical_xor isin isfinite isnan sign clip mod floor ceil round power"
    " zeros_like ones_like full_like pi inf nan newaxis int64 float64 float32 uint64 bool_".split()
)
AWKWARD = frozenset(
    "num any all sum prod min max argmin argmax mean sort argsort firsts singletons flatten ravel fill_none is_none"
    " local_index cartesian combinations argcombinations argcartesian unzip zip ones_like zeros_like full_like where"
    " broadcast_arrays pad_none drop_none mask values_astype count count_nonzero concatenate".split()
)
BUILTINS = frozenset("abs min max sum len range float int bool enumerate zip True False None".split())
RECORDS = frozenset({"m_persKey", "m_persIndex"})  # an element link's two numbers
_NODES = (
    ast.Module, ast.FunctionDef, ast.arguments, ast.arg, ast.Return, ast.Assign, ast.AugAssign, ast.Expr, ast.BinOp,
    ast.UnaryOp, ast.BoolOp, ast.Compare, ast.Call, ast.keyword, ast.Name, ast.Attribute, ast.Subscript, ast.Slice,
    ast.Constant, ast.Tuple, ast.List, ast.IfExp, ast.Starred, ast.expr_context, ast.operator, ast.unaryop, ast.boolop,
    ast.cmpop,
)  # fmt: skip


class Refused(KgError):
    """A function that is not run, and why: the reason goes back to the model."""


def branches_of_mask(code: str, known: Collection[str]) -> tuple[str, ...]:
    """The branches that the function reads, sorted. Raises `Refused`; of an unknown branch it names the nearest.

    >>> branches_of_mask('def mask(events):\\n    return abs(events["M.d0"]) < 1', ["M.d0"])
    ('M.d0',)
    """
    if len(code) > LONGEST:
        raise Refused(f"the function has {len(code)} characters", why=f"the most is {LONGEST}")
    try:
        body = ast.parse(code).body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise Refused("not a Python function", why=str(error)) from error
    if len(body) != 1 or not isinstance(function := body[0], ast.FunctionDef) or function.name != "mask":
        raise Refused("not one function named mask", why="the answer is `def mask(events): …` and nothing else")
    arguments = function.args
    if [one.arg for one in arguments.args] != ["events"] or len(ast.dump(arguments)) != len(_ONLY_EVENTS):
        raise Refused("mask takes one argument, events")
    if function.decorator_list or function.returns is not None:
        raise Refused("mask has a decorator or an annotation", why="neither is needed")
    nodes = list(ast.walk(function))
    names = [node for node in nodes if isinstance(node, ast.Name)]
    local = {"events", "np", "ak", *BUILTINS, *(name.id for name in names if isinstance(name.ctx, ast.Store))}
    reads = [node for node in nodes if isinstance(node, ast.Subscript) and _is_events(node.value)]
    for node in nodes:
        _check(node, local)
    found: dict[str, None] = {}
    for read in reads:
        if not isinstance(read.slice, ast.Constant) or not isinstance(read.slice.value, str):
            raise Refused("events is asked for something else than a branch by name", where=ast.unparse(read))
        found[read.slice.value] = None
    if sum(map(_is_events, names)) != len(reads):
        raise Refused('events is used otherwise than as events["BRANCH"]')
    if unknown := [name for name in found if name not in known]:
        near = dict.fromkeys(n for name in unknown for n in difflib.get_close_matches(name, known, n=3, cutoff=0.5))
        raise Refused(f"no branch {', '.join(unknown)}", why="the files do not have it", nearest=list(near))
    if not found:
        raise Refused("the function reads no branch", why="a mask that looks at nothing is no cut")
    return tuple(sorted(found))


_ONLY_EVENTS = ast.dump(ast.parse("def mask(events): pass").body[0].args)  # type: ignore[attr-defined]


def _is_events(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id == "events"


def _check(node: ast.AST, local: Collection[str]) -> None:
    if not isinstance(node, _NODES):
        raise Refused(f"{type(node).__name__} is not allowed in a mask", why="arithmetic and comparisons of arrays are")
    if isinstance(node, ast.FunctionDef) and node.name != "mask":
        raise Refused("a function within the function", where=node.name)
    if isinstance(node, ast.Name) and node.id not in local:
        raise Refused(f"the name {node.id!r} is not allowed", nearest=difflib.get_close_matches(node.id, local))
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) and node.id in ("events", "np", "ak", *BUILTINS):
        raise Refused(f"{node.id} is given another meaning")
    if isinstance(node, ast.Attribute):
        owner = node.value.id if isinstance(node.value, ast.Name) else ""
        allowed = {"np": NUMPY, "ak": AWKWARD}.get(owner, RECORDS)
        if node.attr not in allowed:
            near = difflib.get_close_matches(node.attr, allowed)
            raise Refused(f"{owner or 'an array'}.{node.attr} is not allowed in a mask", nearest=near)


__all__ = ["Refused", "branches_of_mask"]
