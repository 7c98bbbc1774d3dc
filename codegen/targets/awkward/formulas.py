"""Expressions of measures as Python on the arrays of a chunk."""

from __future__ import annotations

import ast


def measure_code(expression: str) -> str:
    """An expression of `kg.measures` in terms of local functions: `own` for the object, one for each link.

    >>> measure_code("abs(track.d0) / pt")
    "np.abs(track('d0')) / own('pt')"
    """
    return ast.unparse(_Translated().visit(ast.parse(expression, mode="eval")).body)


class _Translated(ast.NodeTransformer):
    def visit_Call(self, node: ast.Call) -> ast.expr:
        assert isinstance(node.func, ast.Name)
        inside = self.visit(node.args[0])
        if node.func.id == "count":
            return _parsed(f"ak.to_numpy(ak.sum({ast.unparse(inside)}, axis=1))")
        return _parsed(f"np.{node.func.id}({ast.unparse(inside)})")

    def visit_Subscript(self, node: ast.Subscript) -> ast.expr:
        assert isinstance(node.value, ast.Attribute)
        assert isinstance(node.value.value, ast.Name)
        return _parsed(f"{node.value.value.id}({node.value.attr!r}, {ast.unparse(node.slice)})")

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        assert isinstance(node.value, ast.Name)
        return _parsed(f"{node.value.id}({node.attr!r})")

    def visit_Name(self, node: ast.Name) -> ast.expr:
        return _parsed(f"own({node.id!r})")

    def visit_BoolOp(self, node: ast.BoolOp) -> ast.expr:
        sign = " & " if isinstance(node.op, ast.And) else " | "
        return _parsed(sign.join(f"({ast.unparse(self.visit(value))})" for value in node.values))

    def visit_UnaryOp(self, node: ast.UnaryOp) -> ast.expr:
        inside = ast.unparse(self.visit(node.operand))
        return _parsed(f"~({inside})" if isinstance(node.op, ast.Not) else f"-({inside})")


def _parsed(text: str) -> ast.expr:
    return ast.parse(text, mode="eval").body


__all__ = ["measure_code"]
