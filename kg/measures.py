"""What a variable is on DAOD_PHYSLITE: the tables `data/physlite/measures.toml` and `links.toml`, and their language.

An expression is a piece of Python syntax that is parsed and translated, never evaluated as Python:

* numbers; `name`, an attribute of the object's own container (`pt`); `link.name`, an attribute of what a link leads to
  (`track.d0`, `vertex.z`); a list's entry by a whole number, `track.definingParametersCovMatrixDiag[0]`;
* `+ - * / **`, unary minus, `&` of whole numbers; comparisons `== != < <= > >=`; `and`, `or`, `not`;
* the functions `abs sqrt sin cos tan sinh cosh tanh exp log`, of one number, and `count`, of a comparison over a
  whole container (`count(vertices.vertexType == 1)`).

Nothing else is allowed: no other call, no keyword, no string, no subscript but a whole number.
"""

from __future__ import annotations

import ast
import difflib
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from kg.datafiles import data_path
from kg.errors import KgError

FUNCTIONS = ("abs", "sqrt", "sin", "cos", "tan", "sinh", "cosh", "tanh", "exp", "log", "count")

_NODES = (
    ast.Expression, ast.BinOp, ast.UnaryOp, ast.Compare, ast.BoolOp, ast.Call, ast.Name, ast.Attribute, ast.Subscript,
    ast.Constant, ast.Load, ast.Add, ast.Sub, ast.Mult, ast.Div, ast.Pow, ast.BitAnd, ast.USub, ast.And, ast.Or,
    ast.Not, ast.Eq, ast.NotEq, ast.Lt, ast.LtE, ast.Gt, ast.GtE,
)  # fmt: skip


class InvalidExpression(KgError):
    """An expression that the language of measures does not have."""


class NoMeasure(KgError):
    """No branch, and no expression of branches, measures the variable."""


@dataclass(frozen=True, slots=True)
class Measure:
    """How `variable` of `object` is computed; `value` is the working point or name that it is for, "" for a number.

    `unit` is that of the result: "MeV", "mm", "rad" or "". `proxy` is a sentence where it is not exactly the quantity
    that papers mean.
    """

    object: str
    variable: str
    expression: str
    branches: tuple[str, ...]
    releases: tuple[str, ...]
    value: str = ""
    unit: str = ""
    proxy: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Container:
    """Where an object's attributes stand, its rest mass in MeV, and the attribute of its charge ("" for none)."""

    object: str
    container: str
    mass_mev: float
    charge: str


@dataclass(frozen=True, slots=True)
class Link:
    """How `object` leads to entries of `target`; see the head of `links.toml` for the forms."""

    object: str
    name: str
    form: Literal["list", "single", "first_where", "all"]
    target: str
    releases: tuple[str, ...]
    branches: tuple[str, ...] = ()
    key: int = 0
    where: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Unavailable:
    """What no branch answers, and why. `stops`: a selection that asks for it is undetermined without it."""

    object: str
    variable: str
    why: str
    stops: bool


@cache
def measures() -> tuple[Measure, ...]:
    """The rows of `measures.toml` in their order."""
    return tuple(Measure(**_tuples(row)) for row in _table("measures.toml")["measure"])


@cache
def unavailable() -> tuple[Unavailable, ...]:
    """The rows of what no branch answers."""
    return tuple(Unavailable(**row) for row in _table("measures.toml")["unavailable"])


@cache
def containers() -> dict[str, Container]:
    """Containers by canonical object."""
    return {
        name: Container(name, row["container"], float(row["mass_MeV"]), row["charge"])
        for name, row in _table("links.toml")["container"].items()
    }


@cache
def links() -> tuple[Link, ...]:
    """The rows of `links.toml`."""
    return tuple(Link(**_tuples(row)) for row in _table("links.toml")["link"])


def link_of(object_name: str, name: str, release: str) -> Link:
    """The link of that name: the object's own, else the event's; raises `NoMeasure` with the names there are."""
    for owner in (_like(object_name), "event"):
        for link in links():
            if link.object == owner and link.name == name and release in link.releases:
                return link
    known = sorted({link.name for link in links() if link.object in (_like(object_name), "event")})
    raise NoMeasure(f"no link {name!r} of {object_name}", where=f"release {release}", nearest=known)


def measure_of(object_name: str, variable: str, release: str, value: str = "") -> Measure | None:
    """The measure of the variable in that release, for that working point; names are compared without regard to case.

    >>> measure_of("electron", "identification", "open-data-2024", "tight").expression
    'DFCommonElectronsLHTight != 0'
    """
    for row in measures():
        asked = (row.object, row.variable) == (_like(object_name), variable) and release in row.releases
        if asked and _same_name(row.value, value):
            return row
    return None


def names_of(object_name: str, variable: str, release: str) -> tuple[str, ...]:
    """The working points or names for which the variable has a measure."""
    return tuple(
        row.value
        for row in measures()
        if (row.object, row.variable) == (_like(object_name), variable) and release in row.releases and row.value
    )


def why_unavailable(object_name: str, variable: str) -> Unavailable | None:
    """The row that says why no branch answers, None where there is none."""
    return next((row for row in unavailable() if (row.object, row.variable) == (object_name, variable)), None)


def parse(expression: str) -> ast.expr:
    """The expression's syntax tree, checked; raises `InvalidExpression`.

    >>> parse("track.d0 / sqrt(track.definingParametersCovMatrixDiag[0])").__class__.__name__
    'BinOp'
    """
    try:
        tree = ast.parse(expression.strip(), mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise InvalidExpression(f"cannot read {expression[:80]!r}", why=str(error)) from None
    called = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    for node in ast.walk(tree):
        _check(node, expression, called)
    return tree.body


def references(expression: str) -> tuple[tuple[str, str], ...]:
    """The attributes that the expression reads, each once, as (link name or "", attribute).

    >>> references("abs(track.d0) / pt")
    (('track', 'd0'), ('', 'pt'))
    """
    return tuple(dict.fromkeys(_references(parse(expression))))


def branches_of(object_name: str, expression: str, release: str) -> tuple[str, ...]:
    """The full names of all branches that the expression needs, those of its links included, each once.

    >>> branches_of("electron", "pt", "open-data-2024")
    ('AnalysisElectronsAuxDyn.pt',)
    """
    found: dict[str, None] = {}
    own = containers()[object_name].container
    for link_name, attribute in references(expression):
        if not link_name:
            found[f"{own}.{attribute}"] = None
            continue
        link = link_of(object_name, link_name, release)
        found.update(dict.fromkeys(link.branches))
        found[f"{link.target}.{attribute}"] = None
    return tuple(found)


def _references(tree: ast.expr) -> Iterator[tuple[str, str]]:
    if isinstance(tree, ast.Attribute) and isinstance(tree.value, ast.Name):
        yield tree.value.id, tree.attr
    elif isinstance(tree, ast.Name):
        yield "", tree.id
    else:
        children = tree.args if isinstance(tree, ast.Call) else ast.iter_child_nodes(tree)
        for child in children:
            if isinstance(child, ast.expr):
                yield from _references(child)


def _check(node: ast.AST, expression: str, called: set[int]) -> None:
    where = f"the expression {expression[:80]}"
    if not isinstance(node, _NODES):
        raise InvalidExpression(f"{type(node).__name__} is not allowed", where=where)
    if isinstance(node, ast.Call):
        name = node.func.id if isinstance(node.func, ast.Name) else ast.unparse(node.func)
        if name not in FUNCTIONS or len(node.args) != 1 or node.keywords:
            near = difflib.get_close_matches(name, FUNCTIONS, cutoff=0.0)
            raise InvalidExpression(f"no function {name!r}", where=where, nearest=near)
    elif isinstance(node, ast.Attribute) and not isinstance(node.value, ast.Name):
        raise InvalidExpression("a link leads one step", where=where)
    elif isinstance(node, ast.Subscript) and not (
        isinstance(node.slice, ast.Constant) and type(node.slice.value) is int and node.slice.value >= 0
    ):
        raise InvalidExpression("a subscript is a whole number", where=where)
    elif isinstance(node, ast.Constant) and type(node.value) not in (int, float):
        raise InvalidExpression(f"{node.value!r} is no number", where=where)
    elif isinstance(node, ast.Name) and node.id in FUNCTIONS and id(node) not in called:
        raise InvalidExpression(f"{node.id} is a function", where=where)


def _table(name: str) -> dict[str, Any]:
    return tomllib.loads(data_path("physlite", name).read_text(encoding="utf-8"))


def _tuples(row: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}


def _like(object_name: str) -> str:
    """A b jet is a jet of which more is asked."""
    return "jet" if object_name == "bjet" else object_name


def _same_name(first: str, second: str) -> bool:
    return first.replace(" ", "").casefold() == second.replace(" ", "").casefold()


__all__ = [
    "FUNCTIONS",
    "Container",
    "InvalidExpression",
    "Link",
    "Measure",
    "NoMeasure",
    "Unavailable",
    "branches_of",
    "containers",
    "link_of",
    "links",
    "measure_of",
    "measures",
    "names_of",
    "parse",
    "references",
    "unavailable",
    "why_unavailable",
]
