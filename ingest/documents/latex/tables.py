r"""Tabulars: rows, columns and spans out of `tabular` and its relatives, whatever the column list says.

pandoc gives tables with `@{}`, `\multirow` or booktabs extras back unread, so all tables are read here; the
content of each cell goes the way of all text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ingest.documents.tex.arguments import Pending, Tokens
from ingest.documents.tex.mathematics import text_mode
from ingest.documents.tex.tokens import AMPERSAND, CLOSE, COMMAND, MATH, OPEN, Token, is_blank, stripped

TABULARS = frozenset(
    "tabular tabular* tabularx tabulary tabu longtabu longtable longtable* supertabular supertabular* "
    "xtabular xtabular* mpxtabular tblr longtblr array deluxetable ruledtabular-tabular".split()
)
_WITH_WIDTH = frozenset("tabular* tabularx tabulary xtabular* supertabular*".split())
_RULES = frozenset(
    "\\hline \\toprule \\midrule \\bottomrule \\hhline \\firsthline \\lasthline \\Xhline \\specialrule".split()
)
_PARTIAL_RULES = frozenset("\\cline \\cmidrule \\cdashline".split())
_ENDS_OF_HEAD = frozenset("\\endhead \\endfirsthead \\endfoot \\endlastfoot".split())
_SPACING = frozenset("\\addlinespace \\noalign \\morecmidrules \\defaultaddspace \\tabularnewline".split())


@dataclass
class SourceCell:
    """A cell as it stands in the source."""

    row: int
    column: int
    content: Tokens
    rowspan: int = 1
    colspan: int = 1
    header: bool = False


@dataclass
class SourceTable:
    """The cells of one tabular, and the tokens of captions and labels found inside (longtable)."""

    cells: list[SourceCell] = field(default_factory=list)
    captions: list[Tokens] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    columns: int = 0


@dataclass
class _Row:
    cells: list[SourceCell] = field(default_factory=list)
    ruled_below: bool = False
    partly_ruled_below: bool = False

    def filled(self) -> bool:
        return any(stripped(c.content) for c in self.cells)


def read_tabular(name: str, tokens: Tokens) -> SourceTable:
    r"""The table that stands between `\begin{name}` and `\end{name}`.

    Header rows are those before the first full rule that follows content; a row whose only filled cell spans
    all columns heads the rows below it.
    """
    pending = Pending(tokens)
    pending.optional()
    if name in _WITH_WIDTH:
        pending.argument()
        pending.optional()
    pending.argument()
    table = SourceTable()
    rows = _rows(pending, table)
    rows = _repeated_heads_dropped(rows)
    _mark_headers(rows, max((c.column + c.colspan for r in rows for c in r.cells), default=0))
    for number, row in enumerate(rows):
        for cell in row.cells:
            cell.row = number
    table.cells = _without_covered([c for r in rows for c in r.cells])
    table.columns = max([c.column + c.colspan for c in table.cells], default=0)
    return table


def _rows(pending: Pending, table: SourceTable) -> list[_Row]:
    rows: list[_Row] = []
    row, content = _Row(), Tokens()
    column, depth, nested = 0, 0, 0

    def end_cell() -> None:
        nonlocal content, column
        cell = _cell(content, column)
        row.cells.append(cell)
        column += cell.colspan
        content = []

    def end_row() -> None:
        nonlocal row, column
        end_cell()
        if row.filled() or len(row.cells) > 1:
            rows.append(row)
        row, column = _Row(), 0

    while pending.rest:
        token = pending.rest.pop()
        if token.kind == COMMAND and token.text in ("\\begin", "\\end"):
            nested += 1 if token.text == "\\begin" else -1
        if token.kind == OPEN:
            depth += 1
        elif token.kind == CLOSE:
            depth -= 1
        outer = nested <= 0 and depth <= 0
        if outer and token.kind == AMPERSAND:
            end_cell()
        elif outer and token.kind == COMMAND and token.text in ("\\\\", "\\tabularnewline", "\\cr"):
            pending.take_word("*")
            following = pending.peek()
            if following is not None and following.text.startswith("["):
                pending.optional()
            end_row()
        elif outer and token.kind == COMMAND and _is_rule(token):
            _rule(token, pending, rows)
        elif outer and token.kind == COMMAND and token.text in _ENDS_OF_HEAD:
            rows.append(_Row([SourceCell(0, 0, [token])]))
        elif outer and token.kind == COMMAND and token.text in _SPACING:
            _skip_spacing(token, pending)
        elif token.kind == COMMAND and token.text == "\\caption":
            pending.take_word("*")
            pending.optional()
            table.captions.append(pending.argument())
        elif token.kind == COMMAND and token.text == "\\label":
            table.labels.append("".join(t.text for t in pending.argument()))
        else:
            content.append(token)
    if stripped(content) or row.cells:
        end_row()
    return rows


def _is_rule(token: Token) -> bool:
    return token.text in _RULES or token.text in _PARTIAL_RULES


def _rule(token: Token, pending: Pending, rows: list[_Row]) -> None:
    if token.text in _PARTIAL_RULES:
        pending.optional("(", ")")
        pending.optional()
        pending.optional("(", ")")
        pending.argument()
        if rows:
            rows[-1].partly_ruled_below = True
        return
    if token.text in ("\\hhline", "\\Xhline"):
        pending.argument()
    elif token.text == "\\specialrule":
        for _ in range(3):
            pending.argument()
    else:
        pending.optional()
    if rows:
        rows[-1].ruled_below = True


def _skip_spacing(token: Token, pending: Pending) -> None:
    pending.optional()
    if token.text == "\\noalign":
        pending.argument()


def _cell(content: Tokens, column: int) -> SourceCell:
    r"""One cell; `\multicolumn` and `\multirow` may be nested in either order."""
    rowspan, colspan = 1, 1
    content = _unwrapped(stripped(content))
    for _ in range(3):
        pending = Pending(content)
        while pending.rest and (pending.rest[-1].text == "\\relax" or is_blank(pending.rest[-1])):
            pending.rest.pop()
        if not pending.rest or pending.rest[-1].kind != COMMAND:
            break
        name = pending.rest.pop().text
        if name == "\\multicolumn":
            colspan *= _count(pending.argument())
            pending.argument()
            content = pending.argument() + pending.rest[::-1]
        elif name == "\\multirow":
            pending.optional()
            rowspan *= _count(pending.argument())
            pending.optional()
            pending.argument()
            pending.optional()
            content = pending.argument() + pending.rest[::-1]
        else:
            break
        content = _unwrapped(stripped(content))
    return SourceCell(0, column, _balanced(content), rowspan, colspan)


def _count(tokens: Tokens) -> int:
    digits = "".join(t.text for t in tokens).strip().lstrip("-")
    return min(max(int(digits), 1), 200) if digits.isdecimal() else 1


def _unwrapped(content: Tokens) -> Tokens:
    """The content without braces round all of it."""
    while len(content) > 1 and content[0].kind == OPEN and content[-1].kind == CLOSE:
        depth = 0
        for index, token in enumerate(content):
            depth += (token.kind == OPEN) - (token.kind == CLOSE)
            if depth == 0 and index < len(content) - 1:
                return content
        content = stripped(content[1:-1])
    return content


def _balanced(content: Tokens) -> Tokens:
    """The content without braces and dollars that have no partner in the cell."""
    result: Tokens = []
    depth = 0
    for token in content:
        if token.kind == CLOSE:
            if depth == 0:
                continue
            depth -= 1
        depth += token.kind == OPEN
        result.append(token)
    for index in range(len(result) - 1, -1, -1):
        if depth == 0:
            break
        if result[index].kind == OPEN:
            depth -= 1
            del result[index]
    if sum(t.kind == MATH for t in result) % 2:
        last = max(i for i, t in enumerate(result) if t.kind == MATH)
        if last == 0:
            result.append(result[0])
        else:
            del result[last]
    return result


def _repeated_heads_dropped(rows: list[_Row]) -> list[_Row]:
    r"""A longtable writes its head once for the first page and once for the others, and has feet: one head stays."""
    kinds = [(i, r.cells[0].content[0].text) for i, r in enumerate(rows) if r.cells and _is_end_of_head(r)]
    if not kinds:
        return rows
    first = kinds[0][0]
    head = rows[:first]
    if head:
        head[-1].ruled_below = True
    return head + rows[kinds[-1][0] + 1 :]


def _is_end_of_head(row: _Row) -> bool:
    content = row.cells[0].content
    return len(row.cells) == 1 and len(content) == 1 and content[0].text in _ENDS_OF_HEAD


def _mark_headers(rows: list[_Row], columns: int) -> None:
    """Header rows end at the first full rule below content; rows that span the table head what follows them.

    A second band of column heads counts too: the band right below the first where it spans columns, or a row
    between rules whose first cell is empty; in both no cell is a number or a relation.
    """
    bands = _bands(rows)
    for index, band in enumerate(bands if len(bands) > 1 else []):
        second = index == 1 and any(c.colspan > 1 for r in band for c in r.cells) and len(bands) > 2
        corner = index > 1 and len(band) == 1 and not stripped(band[0].cells[0].content) and len(band[0].cells) > 2
        if index == 0 or ((second or corner) and not any(_is_value(c) for r in band for c in r.cells)):
            for cell in (c for r in band for c in r.cells):
                cell.header = True
    for row in rows:
        filled = [c for c in row.cells if stripped(c.content)]
        if len(filled) == 1 and columns > 1 and filled[0].colspan >= columns:
            filled[0].header = True


def _bands(rows: list[_Row]) -> list[list[_Row]]:
    """The rows between full rules, band by band."""
    bands: list[list[_Row]] = [[]]
    for row in rows:
        bands[-1].append(row)
        if row.ruled_below and any(r.filled() for r in bands[-1]):
            bands.append([])
    return [band for band in bands if band]


_VALUE = re.compile(r"^[\s~±+-]*[\d.]|[<>≤≥≠=∈±]|^[-–—]+$")


def _is_value(cell: SourceCell) -> bool:
    """Whether the cell holds a number or a relation, as no column head does."""
    return bool(_VALUE.search(text_mode(cell.content).strip()))


def _without_covered(cells: list[SourceCell]) -> list[SourceCell]:
    """The cells without the empty ones that a `\\multirow` above them covers."""
    spans = [c for c in cells if c.rowspan > 1]
    return [
        c
        for c in cells
        if stripped(c.content)
        or not any(s.row < c.row < s.row + s.rowspan and s.column <= c.column < s.column + s.colspan for s in spans)
    ]
