"""Numbers with units, and expressions of measures, as a program writes them."""

from __future__ import annotations

import ast
from decimal import Decimal

FLAVOURS = {"electron": 11, "muon": 13}
"""By the numbers of the Particle Data Group."""

_FACTORS = {"GeV": Decimal(1000), "MeV": Decimal(1), "TeV": Decimal(1000000), "keV": Decimal("0.001"), "mm": Decimal(1),
            "cm": Decimal(10), "um": Decimal("0.001"), "rad": Decimal(1), "": Decimal(1)}  # fmt: skip


def number(value: float, unit: str) -> str:
    """A threshold in the units of the file: `22 * GeV`, or the number itself where the product is not exact.

    >>> number(22.0, "GeV"), number(0.5, "mm"), number(2.0, "cm"), number(2.001, "GeV")
    ('22 * GeV', '0.5', '20', '2.001 * GeV')
    """
    exact = Decimal(repr(float(value))) * _FACTORS[unit]
    if unit == "GeV" and float(value) * 1000.0 == float(exact):
        return f"{_plain(float(value))} * GeV"
    return _plain(float(exact))


def _plain(value: float) -> str:
    return f"{int(value)}" if value == int(value) and abs(value) < 1e15 else repr(value)


def energy(value: float) -> str:
    """An energy in GeV."""
    return number(value, "GeV")


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


__all__ = ["FLAVOURS", "energy", "measure_code", "number"]
