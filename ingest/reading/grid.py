"""A table as a grid: which headers stand over and beside a cell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from ingest.documents.document import Cell, Document, Span, Table
from ingest.reading.decisions import decision_of
from ingest.reading.footmarks import without_mark
from ingest.reading.islands import Island, find_islands
from ingest.reading.isolation_symbols import with_symbols
from ingest.reading.labelled_cases import cases_of_row, without_cases
from ingest.reading.symbols import letters_object
from ingest.reading.tokens import Token, tokenise

_CLASSES = re.compile(r"(?i)\b(categor|region|channel|class|sample|selection\b|bin\b)")
_NONE = re.compile(r"(?i)\s*(?:none|no|vetoe?d?|absent|rejected|not allowed|none allowed)\s*")
_NUMBERS = re.compile(r"\d[\d.,\s–-]*")
_ONLY_IF = re.compile(r"(?i)\W*\b(?:if|when|where|in case)\b")
_QUALITIES = {"identification", "isolation", "btag", "charge_relation"}
_LABEL = re.compile(r"(?:[A-Z]\w{0,4})?(?:SR|CR|VR)[-_ ]?\w+")


def _as_object(tokens: list[Token]) -> list[Token]:
    """Reads a cell that is nothing but a symbol as the object it stands for: γ_1 is the leading photon."""
    thing, rank = letters_object(tokens[0].text) if len(tokens) == 1 and tokens[0].kind == "WORD" else ("", "")
    if not thing:
        return tokens
    named = replace(tokens[0], kind="OBJ", name=thing)
    return [replace(named, kind="COND", name=rank), named] if rank else [named]


def says_none(text: str) -> bool:
    """True for a cell that allows none of what its label names."""
    return _NONE.fullmatch(text) is not None or text.strip() in ("0", "= 0", "=0")


@dataclass(frozen=True, slots=True)
class CellContext:
    """A body cell with the header cells beside it (`row`), over it (`column`) and the group heading above its row.

    `labels` are the cells that name signal regions ("SR1") in the rows of the cell; `doubtful` tells that another
    column has the same header, `in_regions` that the table defines regions by such labels.
    `classes` are those of `row` that stand in a column of categories or regions, `corner` the heads of their columns.
    """

    cell: Cell
    row: tuple[Cell, ...]
    column: tuple[Cell, ...]
    group: tuple[Cell, ...]
    line: tuple[Cell, ...]
    labels: tuple[Cell, ...] = ()
    doubtful: bool = False
    in_regions: bool = False
    classes: tuple[Cell, ...] = ()
    corner: tuple[Cell, ...] = ()


class Grid:
    """The cells of a table by place, with spans filled in."""

    def __init__(self, document: Document, table: Table, symbols: Mapping[str, Token] | None = None) -> None:
        self.document, self.table, self.symbols = document, table, symbols or {}
        self._tokens: dict[tuple[int, int], list[Token]] = {}
        self.at: dict[tuple[int, int], Cell] = {}
        for cell in table.cells:
            for r in range(cell.row, cell.row + cell.rowspan):
                for c in range(cell.column, cell.column + cell.colspan):
                    self.at.setdefault((r, c), cell)
        self.rows = sorted({r for r, _ in self.at})
        self.width = max((c for _, c in self.at), default=-1) + 1
        self.header_rows = self._header_rows()
        self.first_value_column = self._first_value_column()

    def tokens(self, span: Span) -> list[Token]:
        """The tokens of a cell or caption; kept, as each cell of a column asks for its header again."""
        key = (span.start, span.end)
        if key not in self._tokens:
            end = key[0] + len(without_mark(self.document.quote(span)))
            self._tokens[key] = _as_object(with_symbols(tokenise(self.document.text, key[0], end), self.symbols))
        return self._tokens[key]

    def all_tokens(self) -> Iterator[Token]:
        """The tokens of all cells and the caption."""
        for span in (*self.table.cells, *filter(None, (self.table.caption,))):
            yield from self.tokens(span)

    def text(self, cell: Cell) -> str:
        """The cell's text."""
        return self.document.quote(cell)

    def _header_rows(self) -> set[int]:
        """The rows at the top that are marked as headers; else the first, unless it already states something."""
        marked: set[int] = set()
        for row in self.rows:
            cells = [c for c in self._line(row) if self.text(c)]
            if not cells or not all(c.header for c in cells) or self._is_group(row) or self._states_as_below(row):
                if cells:
                    break
                continue
            marked.add(row)
        if marked or not self.rows:
            return marked
        first = self.rows[0]
        compared = any(s in self.text(c) for c in self._line(first) for s in "<>≤≥=")
        line = [c for c in self._line(first) if self.text(c)]
        states = any(self._holds_value(line[0], c) for c in line[1:])
        return set() if compared or states or len(self._line(first)) < 2 else {first}

    def _states_as_below(self, row: int) -> bool:
        """True for a row that only looks like a header: it states a requirement, as the row below it does.

        The head of a column may hold a comparison as well ("p_T > 20 GeV"), but then what stands below does not name
        a variable again.
        """
        line = [c for c in self._line(row) if self.text(c)]
        for cell in line[1:]:
            below = self.at.get((row + cell.rowspan, cell.column))
            label = next((c for c in self._line(row + cell.rowspan) if self.text(c)), None)
            if below is None or label is None or not self._holds_value(line[0], cell):
                continue
            if self._holds_value(label, below) and (self._names_variable(below) or not self._names_variable(cell)):
                return True
        return False

    def _names_variable(self, cell: Cell) -> bool:
        return any(t.kind == "VAR" for t in self.tokens(cell))

    def _holds_value(self, label: Cell, cell: Cell) -> bool:
        """Whether the cell says what is required of that which `label` names: "Tight", "exactly 1", "opposite"."""
        tokens = self.tokens(cell)
        kinds = {t.kind for t in tokens}
        if any(s in self.text(cell) for s in "<>≤≥=∈") or (kinds & {"REL", "OPEN"} and kinds & {"NUM", "NUMWORD"}):
            return True
        if _NONE.fullmatch(self.text(cell)) and self._is_counted(label):
            return True
        if self.width == 2 and _NUMBERS.fullmatch(self.text(cell)) and self._is_counted(label):
            return True
        if self.width == 2 and tokens and tokens[0].kind in ("NUM", "NUMWORD") and self._is_counted(label):
            return "VAR" not in kinds  # "two of same flavour and opposite charge"
        named = {t.name for t in self.tokens(label) if t.kind == "VAR"} & _QUALITIES
        graded = "WP" in kinds and (named or any(t.kind == "WPNOUN" for t in self.tokens(label)))
        charged = "charge_relation" in named and re.match(r"(?i)(?:opposite|same)\b", self.text(cell)) is not None
        return bool(graded or charged)

    def _is_counted(self, label: Cell) -> bool:
        """True for "Isolated electrons", "Number of jets": objects, and no other variable of theirs."""
        tokens = self.tokens(label)
        return any(t.kind == "OBJ" for t in tokens) and not any(t.kind == "VAR" and t.name != "count" for t in tokens)

    def states_count(self, cell: Cell) -> bool:
        """True for "Exactly two leptons", which requires something by itself wherever it stands."""
        counts = [i for i in find_islands(self.tokens(cell)) if i.kind == "count"]
        return any(i.word and i.thing is not None and i.thing.name != "event" for i in counts)

    def _first_value_column(self) -> int:
        """The first column with a comparison or a number under the headers; those before it only say of what."""
        body = [c for c in self.table.cells if c.row not in self.header_rows]
        valued = [c.column for c in body if self._compares(c) and not self._labels_values(c)]
        valued += [c.column for c in body if _NUMBERS.fullmatch(self.text(c)) and self._may_hold_values(c.column)]
        return min(valued, default=1)

    def _labels_values(self, cell: Cell) -> bool:
        """True for a label that holds a comparison: "E_T < 15 GeV: identification", "Jets with p_T > 30 GeV"."""
        behind = self.at.get((cell.row, cell.column + cell.colspan))
        if cell.column or behind is None or not self.text(behind):
            return False
        return bool(self.cases(cell) or self.counted_with(cell, behind))

    def counted_with(self, cell: Cell, behind: Cell) -> list[Island]:
        """The requirements on what is counted in "Jets with p_T > 30 GeV | at least two"; [] where nothing is."""
        told = find_islands(self.tokens(cell))
        rest = without_cases(self.tokens(cell), told)
        counted = any(t.kind == "OBJ" for t in rest) and not any(t.kind == "VAR" and t.name != "count" for t in rest)
        kinds = {t.kind for t in self.tokens(behind)}
        number = says_none(self.text(behind)) or bool(kinds & {"NUM", "NUMWORD"})
        return told if counted and number and not kinds & {"VAR", "UNIT", "OBJ"} else []

    def cases(self, cell: Cell) -> list[Island]:
        """The comparisons of a row's label that say for which objects the row is."""
        return cases_of_row(self.tokens(cell))

    def _may_hold_values(self, column: int) -> bool:
        """False for a first column of running numbers, whose header names no variable."""
        return column > 0 or any(t.kind == "VAR" for t in tokenise(self._head_text(column)))

    def _line(self, row: int) -> tuple[Cell, ...]:
        """The cells that cover a row, each once, from left to right."""
        return tuple(dict.fromkeys(self.at[row, c] for c in range(self.width) if (row, c) in self.at))

    def _is_group(self, row: int) -> bool:
        """True for a row with one heading across the table, or with nothing but its first cell."""
        filled = [c for c in self._line(row) if self.text(c)]
        if len(filled) != 1 or self.width < 2:
            return False
        return filled[0].colspan >= self.width or (filled[0].column == 0 and filled[0].rowspan == 1)

    def body(self) -> list[CellContext]:
        """The body cells with text, row by row, each with its headers."""
        found: list[CellContext] = []
        group: tuple[Cell, ...] = ()
        for row in self.rows:
            if row in self.header_rows:
                continue
            line = [c for c in self._line(row) if self.text(c)]
            if self._is_group(row) and not any(s in self.text(line[0]) for s in "<>≤≥="):
                group = (line[0],)
                continue
            for cell in line:
                states = (self._compares(cell) and not self.cases(cell)) or self.states_count(cell)
                if cell.row != row or (cell.column < self.first_value_column and not states):
                    continue
                beside = self._beside(cell)
                if _LABEL.match(self.text(cell)):
                    continue
                found.append(
                    CellContext(
                        cell,
                        beside,
                        self._over(cell),
                        group,
                        tuple(c for c in line if c.row == row),
                        self._labels(cell),
                        cell.column in self.in_doubt,
                        self.names_regions,
                        tuple(c for c in beside if _CLASSES.search(self._head_text(c.column))),
                        tuple(dict.fromkeys(head for c in beside if c != cell for head in self._over(c))),
                    )
                )
        return found

    def heads(self) -> list[CellContext]:
        """Header cells over columns that name signal regions: a comparison there holds for the regions below."""
        found = []
        for cell in self.table.cells:
            if cell.row in self.header_rows:
                columns = range(cell.column, cell.column + cell.colspan)
                under = [self.at[r, c] for r in self.rows for c in columns if (r, c) in self.at]
                under = [c for c in under if c.column in columns and c.column + c.colspan - 1 in columns]
                labels = tuple(dict.fromkeys(c for c in under if _LABEL.match(self.text(c))))
                if labels:
                    found.append(CellContext(cell, (), (), (), (cell,), labels, in_regions=True))
        return found

    def _labels(self, cell: Cell) -> tuple[Cell, ...]:
        """The cells behind it that name regions within its rows.

        A region that reaches over more rows holds them all, so that what one of them says does not bind it.
        """
        rows = range(cell.row, cell.row + cell.rowspan)
        found = [self.at[r, c] for r in rows for c in range(cell.column + 1, self.width) if (r, c) in self.at]
        named = dict.fromkeys(c for c in found if _LABEL.match(self.text(c)))
        return tuple(c for c in named if c.row >= cell.row and c.row + c.rowspan <= cell.row + cell.rowspan)

    @cached_property
    def names_regions(self) -> bool:
        """True if three or more cells of the table name regions."""
        return sum(bool(_LABEL.match(self.text(c))) for c in self.table.cells if c.row not in self.header_rows) >= 3

    def _head_text(self, column: int) -> str:
        cells = dict.fromkeys(self.at[row, column] for row in sorted(self.header_rows) if (row, column) in self.at)
        return " ".join(self.text(c) for c in cells)

    @cached_property
    def in_doubt(self) -> set[int]:
        """Columns whose header says the same as that of a column before them: one of the two must be misprinted."""
        words = [self._head_text(column) for column in range(self.width)]
        symbols = "_|^"  # two columns may well be called "Electrons"; not so two variables
        return {
            column for column, text in enumerate(words) if text in words[:column] and any(s in text for s in symbols)
        }

    def _beside(self, cell: Cell) -> tuple[Cell, ...]:
        """The cells of the columns that say of what, in all rows that the cell covers."""
        rows = range(cell.row, cell.row + cell.rowspan)
        columns = range(min(cell.column, self.first_value_column))
        found = [self.at[row, column] for row in rows for column in columns if (row, column) in self.at]
        named = dict.fromkeys(c for c in found if self.text(c) and c != cell)
        first = self.at.get((cell.row, 0))
        if cell.column > 0 and (not named or ((first is None or not self.text(first)) and self.width > 2)):
            named = dict.fromkeys([*self._continued(cell.row), *named])
        return tuple(named)

    def _continued(self, row: int) -> list[Cell]:
        """The first cell of a row above whose own is empty below it: "Electrons" before the second of its lines."""
        for above in reversed([r for r in self.rows if r < row and r not in self.header_rows]):
            first = self.at.get((above, 0))
            if first is not None and self.text(first):
                names = any(t.kind in ("OBJ", "PAIR") for t in self.tokens(first)) and not self._compares(first)
                return [first] if names and not self._is_group(above) else []
        return []

    def _compares(self, cell: Cell) -> bool:
        """True for a comparison; one behind "if" says for which objects the row is: "Vertex tag, if p_T < 60 GeV"."""
        behind = self.at.get((cell.row, cell.column + cell.colspan))
        if behind is not None and decision_of(self.text(behind)):
            return False  # "1.37 < |η| < 1.52 | excluded"
        text = _ONLY_IF.split(self.text(cell))[0]
        return any(s in text for s in "<>≤≥") and any(c.isdigit() for c in text)

    def _over(self, cell: Cell) -> tuple[Cell, ...]:
        columns = range(cell.column, cell.column + cell.colspan)
        return tuple(
            dict.fromkeys(
                self.at[row, c]
                for row in sorted(self.header_rows)
                for c in columns
                if (row, c) in self.at and self.text(self.at[row, c])
            )
        )
