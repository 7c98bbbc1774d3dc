"""A grammar of the part of ADL that CutGraph writes, and what its lines say, read back as predicates.

The grammar follows the ADL files of ADL4HEP: `object` and `region` blocks, `take`, `select` and `reject`, comparisons,
`[]` and `][` for ranges, `#` to the end of a line for comments.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from lark import Lark, Token, Tree

GRAMMAR = r"""
file: (object_block | region_block)+
object_block: "object" NAME (":" union | take+) statement*
union: "Union" "(" NAME ("," NAME)+ ")"
take: "take" NAME
region_block: "region" NAME statement*
statement: VERB sum comparison?
VERB.2: "select" | "reject"
comparison: SIGN NUMBER -> one | RANGE NUMBER NUMBER -> two
SIGN: ">=" | "<=" | "==" | "!=" | ">" | "<"
RANGE: "[]" | "]["
sum: call (PLUS call)*
call: NAME "(" arguments ")" | NAME -> bare
arguments: argument (","? argument)*
argument: sum | element
element: NAME "[" INT "]"
PLUS: "+"
NAME: /[A-Za-z][A-Za-z0-9]*/
INT: /\d+/
NUMBER.1: /-?\d+(\.\d+)?(e[+-]?\d+)?/
COMMENT: /#[^\n]*/
%ignore COMMENT
%ignore /\s+/
"""
PARSER = Lark(GRAMMAR, start="file", parser="lalr", propagate_positions=True)

VARIABLES = {
    "pT": "pt", "eta": "eta", "abseta": "abs_eta", "absd0": "d0", "absdz": "z0", "m": "mass", "dR": "delta_r",
    "size": "count", "MET": "met", "fHT": "ht", "et": "et", "relIsoall": "relative_isolation",
    "etcone20OverPt": "etcone20_over_pt", "z0SinTheta": "z0_sin_theta",
}  # fmt: skip
OPERATORS = {"[]": "in", "][": "not_in"}


@dataclass(frozen=True)
class Statement:
    """A line read back: its block, variable, operator, numbers, whether it rejects, and the cut its comment names."""

    block: str
    variable: str
    op: str
    numbers: tuple[float, ...]
    veto: bool
    cut: str
    expression: str


def read_adl(text: str) -> list[Statement]:
    """The statements of an ADL file that name a cut; raises lark's errors for what is not in the grammar."""
    lines = text.splitlines()
    found = []
    for block in PARSER.parse(text).children:
        name = str(block.children[0])
        for statement in block.find_data("statement"):
            line = lines[statement.meta.line - 1]
            if (cut := re.search(r"# (cut:[0-9a-f]{16}), ", line)) is not None:
                found.append(_statement(name, statement, cut[1], line))
    return found


def blocks(text: str) -> list[str]:
    """The names of the blocks in their order."""
    return [str(block.children[0]) for block in PARSER.parse(text).children]


def _statement(block: str, tree: Tree[Token], cut: str, line: str) -> Statement:
    verb, left, comparison = tree.children
    sign, *numbers = comparison.children
    return Statement(
        block=block,
        variable=_variable(left),
        op=OPERATORS.get(str(sign), str(sign)),
        numbers=tuple(float(number) for number in numbers),
        veto=str(verb) == "reject",
        cut=cut,
        expression=line.split("#")[0].split(None, 1)[1].strip(),
    )


def _variable(tree: Tree[Token]) -> str:
    """The variable that the outermost function stands for; `abs` belongs to the function inside it."""
    call = tree.children[0]
    name = str(call.children[0])
    if name == "abs":
        inner = next(t for t in call.iter_subtrees_topdown() if t.data == "call" and t is not call)
        name = f"abs{inner.children[0]}"
    return VARIABLES.get(name, name)
