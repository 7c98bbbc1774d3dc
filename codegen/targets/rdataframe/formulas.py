"""Expressions of measures as C++ on the columns of an event."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable

from codegen.errors import NothingToCompile

Value = Callable[[str, str, int | None, bool], str]
"""Writes a value: of a link ("" for the object itself), an attribute, the number of an entry, if its bits count."""

_SIGNS = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.BitAnd: "&", ast.Eq: "==", ast.NotEq: "!=",
    ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.And: "&&", ast.Or: "||",
}  # fmt: skip


def formula_code(expression: str, value: Value) -> str:
    """The expression in C++, in double precision; raises `NothingToCompile` for what this target cannot write.

    >>> formula_code("abs(track.d0) / pt", lambda link, name, entry, whole: f"{link or 'own'}_{name}")
    'std::abs(track_d0) / own_pt'
    """
    return _Writer(expression, value).code(ast.parse(expression.strip(), mode="eval").body)


def is_decision(expression: str) -> bool:
    """Whether the expression is true or false.

    >>> is_decision("muonType == 2"), is_decision("pt")
    (True, False)
    """
    tree = ast.parse(expression.strip(), mode="eval").body
    return isinstance(tree, ast.Compare | ast.BoolOp) or (
        isinstance(tree, ast.UnaryOp) and isinstance(tree.op, ast.Not)
    )


class _Writer:
    def __init__(self, expression: str, value: Value) -> None:
        self.expression, self.value = expression, value

    def code(self, node: ast.expr, whole: bool = False, exact: bool = False) -> str:
        """`whole`: operands of bits; `exact`: a whole number may stand as it is, since nothing is divided."""
        match node:
            case ast.Constant(int(number)) if exact or whole:
                return repr(number)
            case ast.Constant(number):
                return repr(float(str(number)))
            case ast.Name(name):
                return self.value("", name, None, whole)
            case ast.Attribute(ast.Name(link), name):
                return self.value(link, name, None, whole)
            case ast.Subscript(ast.Attribute(ast.Name(link), name), ast.Constant(int(entry))):
                return self.value(link, name, entry, whole)
            case ast.UnaryOp(ast.USub(), inner):
                return f"-{self._inner(inner, whole)}"
            case ast.UnaryOp(ast.Not(), inner):
                return f"!{self._inner(inner)}"
            case ast.BinOp(left, ast.Pow(), right):
                return f"std::pow({self.code(left)}, {self.code(right)})"
            case ast.BinOp(left, sign, right):
                bits = isinstance(sign, ast.BitAnd)
                return f"{self._inner(left, bits)} {_SIGNS[type(sign)]} {self._inner(right, bits)}"
            case ast.Compare(left, [sign], [right]):
                return f"{self._inner(left, exact=True)} {_SIGNS[type(sign)]} {self._inner(right, exact=True)}"
            case ast.BoolOp(sign, values):
                return f" {_SIGNS[type(sign)]} ".join(self._inner(v) for v in values)
            case ast.Call(ast.Name(name), [inner]) if name != "count":
                return f"std::{name}({self.code(inner)})"
        raise NothingToCompile(f"the target rdataframe cannot write {ast.unparse(node)}", where=self.expression)

    def _inner(self, node: ast.expr, whole: bool = False, exact: bool = False) -> str:
        text = self.code(node, whole, exact)
        return text if re.fullmatch(r"[\w:.]+(\(.*\))?", text) and _closed(text) else f"({text})"


def _closed(text: str) -> bool:
    """Whether the first bracket of a call closes at the end of the text, so that no brackets are needed around it."""
    depth = 0
    for place, sign in enumerate(text):
        depth += (sign == "(") - (sign == ")")
        if depth == 0 and sign == ")" and place < len(text) - 1:
            return False
    return True


__all__ = ["Value", "formula_code", "is_decision"]
