"""Comparisons in a sentence: the longest piece at each token that the grammar accepts.

A sentence is a sea of words with islands of comparisons. The parser starts at every token that may begin
one and keeps the longest prefix that is a whole comparison.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

from lark import Lark, Transformer, Tree, UnexpectedInput
from lark import Token as LarkToken
from lark.lexer import Lexer

from ingest.documents.document import Span
from ingest.reading.token import Token
from kg import units, vocabulary

_STARTS = frozenset("VAR REL NUM NUMWORD BETWEEN FROM RANGE OUTSIDE MEMBER NOTMEMBER THRESH NO CHANGE".split())
_LONGEST = 40  # tokens; no comparison in a paper is longer


@dataclass(frozen=True, slots=True)
class Amount:
    """Numbers with one unit: `values` are a list (20, 15 and 10 GeV), `alternative` stands in parentheses."""

    values: tuple[float, ...]
    unit: str
    alternative: float | None = None
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Island:
    """A comparison: the tokens `first` to `last` (exclusive) of the sentence.

    `kind` is "bound" (op and amount), "range" (lo, hi; op "in" or "not_in") or "count" (op, amount, thing).
    `word` tells that a word or sign of comparison stands there.
    """

    kind: str
    first: int
    last: int
    op: str
    amount: Amount
    upper: Amount | None = None
    variable: Token | None = None
    thing: Token | None = None
    paired: bool = False
    word: bool = False

    @property
    def value(self) -> float | tuple[float, float]:
        """Its first number, or both ends of a range."""
        low = self.amount.values[0]
        return low if self.upper is None else (low, self.upper.values[0])

    @property
    def alternative(self) -> float | tuple[float, float] | None:
        """What stands in parentheses: another number, or a range with another end or two; None for nothing."""
        if self.upper is None:
            return self.amount.alternative
        low, high = self.amount.alternative, self.upper.alternative
        if low is None and high is None:
            return None
        return (self.amount.values[0] if low is None else low, self.upper.values[0] if high is None else high)

    def span(self, tokens: list[Token]) -> Span:
        """Where in the document it stands."""
        return Span(tokens[self.first].start, tokens[self.last - 1].end)


def wording(island: Island, variable: Token | None) -> str:
    """The comparison of a variable with a number as a condition, in one form: "p_T < 60 GeV"."""
    name = vocabulary.symbol_of(variable.name) if variable else "value"
    unit = f" {island.amount.unit}" if island.amount.unit else ""
    if island.upper is not None:
        word = "in" if island.op == "in" else "not in"
        return f"{name} {word} [{island.amount.values[0]:g}, {island.upper.values[0]:g}]{unit}"
    return f"{name} {island.op} {island.amount.values[0]:g}{unit}"


def wordings(island: Island, variable: Token | None) -> list[str]:
    """The same with a range as two comparisons, "p_T > 20 GeV" and "p_T < 60 GeV"; outside of it, as either of two."""
    if island.kind != "range" or island.upper is None:
        return [wording(island, variable)]
    signs = (">", "<") if island.op == "in" else ("<", ">")
    ends = zip(signs, (island.amount, island.upper), strict=True)
    both = [wording(Island("bound", island.first, island.last, op, a), variable) for op, a in ends]
    return both if island.op == "in" else [" or ".join(both)]


class _TokenLexer(Lexer):
    """Hands our tokens to lark as they are."""

    def __init__(self, conf: Any) -> None:
        pass

    def lex(self, lexer_state: Any, parser_state: Any = None) -> Iterator[LarkToken]:
        yield from lexer_state.text if not hasattr(lexer_state.text, "text") else lexer_state.text.text


@cache
def _parser() -> Lark:
    grammar = files("ingest.reading").joinpath("islands.lark").read_text(encoding="utf-8")
    terminals = (
        "REL VAR NUM UNIT BETWEEN FROM RANGE OUTSIDE MEMBER NOTMEMBER THRESH NUMWORD NO AND OR TO DASH COMMA SLASH "
        "LPAR RPAR LBR RBR WORD COND WP PAIR OBJ OPEN CHANGE"
    )
    return Lark(grammar + f"\n%declare {terminals}\n", parser="lalr", lexer=_TokenLexer)


def find_islands(tokens: list[Token], bare_brackets: bool = False) -> list[Island]:
    """The comparisons of a sentence, in order, not overlapping; light words are passed over.

    With `bare_brackets`, as in table cells, "[125, 200)" alone is a range.
    """
    starts = _STARTS | {"LBR"} if bare_brackets else _STARTS
    significant = [i for i, t in enumerate(tokens) if t.kind != "LIGHT"]
    islands, position = [], 0
    while position < len(significant):
        found = None
        if tokens[significant[position]].kind in starts:
            found = _parse(tokens, significant[position : position + _LONGEST])
        if found is None:
            position += 1
            continue
        island, used = found
        if _is_definite_none(tokens, island) or _with_or_without(tokens, island):
            position += 1
            continue
        islands.append(island)
        position += used
    return islands


def _is_definite_none(tokens: list[Token], island: Island) -> bool:
    """True for "neither contains the electron": what is known already is not said to be missing."""
    inside = tokens[island.first : island.last]
    definite = any("the" in t.text.lower().split() for t in inside if t.kind == "LIGHT")
    return island.kind == "count" and inside[0].kind == "NO" and definite


def _with_or_without(tokens: list[Token], island: Island) -> bool:
    """True for "both with and without conversion tracks": that they may be there or not is no requirement."""
    before = [t.text.lower() for t in tokens[: island.first] if t.kind not in ("LIGHT", "LPAR")][-2:]
    none = island.kind == "count" and tokens[island.first].kind == "NO"
    return none and before in (["with", "and"], ["with", "or"], ["with", "and/or"], ["having", "or"])


def _parse(tokens: list[Token], indices: list[int]) -> tuple[Island, int] | None:
    """The longest comparison at the beginning of these tokens and how many of them it takes."""
    interactive = _parser().parse_interactive("")
    accepted = None
    kinds = [tokens[i].kind for i in indices]
    for used, index in enumerate(indices, 1):
        try:
            interactive.feed_token(LarkToken(tokens[index].kind, index))
        except UnexpectedInput:
            break
        listed = "VAR" in kinds[: used - 1] and any(k in ("OR", "AND", "COMMA") for k in kinds[:used])
        if listed and kinds[used : used + 2] == ["REL", "VAR"]:
            break  # the 1.52 of "|η| < 1.37 or 1.52 < |η| < 2.47" begins another comparison
        if "$END" in interactive.choices():  # type: ignore[no-untyped-call]
            try:
                accepted = (interactive.copy().feed_eof(), used)  # type: ignore[no-untyped-call]
            except UnexpectedInput:
                continue
        if _begins_other_amount([tokens[i] for i in indices], used):
            break  # "|η| < 1.37 and 30 GeV for …" lists no values of |η|
        if kinds[used - 1 : used + 2] == ["UNIT", "REL", "VAR"] and _differ(
            *(tokens[i] for i in indices[used - 1 :][:3])
        ):
            break  # "kept above 25 GeV within |η| < 2.5" is no range in |η|
    if accepted is None:
        return None
    tree, used = accepted
    island = _Builder(tokens).transform(tree if isinstance(tree, Tree) else Tree("start", [tree]))
    if not isinstance(island, Island):
        return None
    ends = [a.end for a in (island.amount, island.upper) if a is not None]
    if island.kind != "count":  # a list that was cut short gives its tail back
        while tokens[indices[used - 1]].start >= max(ends):
            used -= 1
    first, last = indices[0], indices[used - 1] + 1
    return replace(island, first=first, last=last), used


def _begins_other_amount(said: list[Token], used: int) -> bool:
    """Whether what is joined to a comparison of a variable that has no unit is a number with one."""
    variable = next((t for t in said[:used] if t.kind == "VAR"), None)
    behind = [t for t in said[used:] if t.kind not in ("AND", "OR", "COMMA")][:2]
    joined = said[used - 1].kind == "NUM" and [t.kind for t in said[used : used + 1]] in (["AND"], ["OR"], ["COMMA"])
    if variable is None or not joined or [t.kind for t in behind] != ["NUM", "UNIT"]:
        return False
    return vocabulary.variables()[variable.name].dimension == "none" != units.dimension(behind[1].name)


def _differ(unit: Token, _: Token, variable: Token) -> bool:
    """Whether the variable has no values in that unit."""
    return units.dimension(unit.name) != vocabulary.variables()[variable.name].dimension


class _Builder(Transformer[Any, Any]):
    """Parse tree -> Island. A leaf is the index of a token."""

    def __init__(self, tokens: list[Token]) -> None:
        super().__init__(visit_tokens=False)
        self.tokens = tokens

    def _token(self, leaf: Any) -> Token:
        return self.tokens[int(leaf.value)]

    def var(self, c: list[Any]) -> Token:
        return self._token(c[0])

    def value(self, c: list[Any]) -> Amount:
        number = self._token(c[0])
        unit = self._token(c[1]).name if len(c) > 1 else ""
        assert number.number is not None
        return Amount((number.number,), unit, None, number.start, self._token(c[-1]).end)

    def listed(self, c: list[Any]) -> Any:
        return c[-1]

    def amount(self, c: list[Any]) -> Amount:
        values = [x for x in c if isinstance(x, Amount)]
        leaves = [self._token(x) for x in c if isinstance(x, LarkToken)]
        unit = next((t.name for t in leaves if t.kind == "UNIT"), "") or next((v.unit for v in values if v.unit), "")
        start, end = values[0].start, max([values[-1].end] + [t.end for t in leaves])
        if any(t.kind == "LPAR" for t in leaves):
            return Amount(values[0].values, unit, values[1].values[0], start, end)
        apart = values[0].unit and self._is_either(values)
        if values[0].unit and len(values) > 1 and leaves[-1:] == [] and (apart or not values[-1].unit):
            return Amount(values[0].values, values[0].unit, None, start, values[0].end)
        return Amount(tuple(v.values[0] for v in values), unit, None, start, end)

    point = amount

    def _is_either(self, values: list[Amount]) -> bool:
        """True for "5 GeV, or 15 GeV": no list of thresholds, the second is that of others."""
        ends = (values[0].end, values[-1].start)
        if any(t.kind == "RESPECTIVELY" for t in self.tokens):
            return False  # "an electron or muon with thresholds of 27 GeV or 24 GeV, respectively"
        return len(values) == 2 and any(t.kind == "OR" for t in self.tokens if ends[0] <= t.start < ends[1])

    def comparison(self, c: list[Any]) -> Island:
        variable = c[0] if isinstance(c[0], Token) else None
        relation = self._token(c[-2])
        return Island("bound", 0, 0, relation.name, c[-1], variable=variable, word=relation.text[0].isalpha())

    def flipped(self, c: list[Any]) -> Island:
        turned = {">": "<", ">=": "<=", "<": ">", "<=": ">="}
        op = self._token(c[1]).name
        return Island("bound", 0, 0, turned.get(op, op), c[0], variable=c[2])

    def prefixed(self, c: list[Any]) -> Island:
        first = self._token(c[0])
        second = self._token(c[2]) if len(c) == 4 else None
        op = first.name if second is None or second.name == "==" else second.name
        return Island("bound", 0, 0, op, c[-1], variable=c[1])

    def beyond(self, c: list[Any]) -> Island:
        """ "Not within ΔR = 0.4 of a lepton", "not within ΔR < 0.4", which leaves the 0.4 itself."""
        op = ">=" if self._token(c[2]).name == "<" else ">"
        return Island("bound", 0, 0, op, c[-1], variable=c[1], word=True)

    def far(self, c: list[Any]) -> Island | None:
        """ "Not within 15 GeV of the mass of the Z boson"."""
        word = next(self._token(x) for x in c if isinstance(x, LarkToken))
        if not word.text.lower().endswith("not within"):
            return None  # "outside of 76 < m < 106 GeV" names a range
        variable = c[0] if isinstance(c[0], Token) else None
        return Island("bound", 0, 0, ">", c[-1], variable=variable, word=True)

    def chain(self, c: list[Any]) -> Island | None:
        low, left, variable, right, high = c[-5:]
        left, right = self._token(left).name, self._token(right).name
        if left[0] == right[0] == "<":
            return _range("in", low, high, variable)
        if left[0] == right[0] == ">":
            return _range("in", high, low, variable)
        return None

    def inside(self, c: list[Any]) -> Island:
        return self._interval("in", c)

    def outside(self, c: list[Any]) -> Island:
        return self._interval("not_in", c)

    def _interval(self, op: str, c: list[Any]) -> Island:
        variable = next((x for x in c if isinstance(x, Token)), None)
        brackets = next((x for x in c if isinstance(x, tuple)), None)
        low, high = brackets or [x for x in c if isinstance(x, Amount)]
        return _range(op, low, high, variable)

    def brackets(self, c: list[Any]) -> tuple[Amount, Amount]:
        low, high = (x for x in c if isinstance(x, Amount))
        last = self._token(c[-1])
        unit = last.name if last.kind == "UNIT" else high.unit
        return low, Amount(high.values, unit, None, high.start, last.end)

    def threshold(self, c: list[Any]) -> Island:
        variable = next((x for x in c if isinstance(x, Token)), None)
        word = next(self._token(x) for x in c if isinstance(x, LarkToken))
        return Island("bound", 0, 0, word.name, c[-1], variable=variable, word=True)

    def changed(self, c: list[Any]) -> Island:
        """The new value of a lower threshold that was changed."""
        variable = next((x for x in c if isinstance(x, Token)), None)
        _, new = (x for x in c if isinstance(x, Amount))
        return Island("bound", 0, 0, ">", new, variable=variable, word=True)

    def number(self, c: list[Any]) -> Token:
        return self._token(c[0])

    def modifiers(self, c: list[Any]) -> None:
        return None

    def qualifier(self, c: list[Any]) -> None:
        return None

    def thing(self, c: list[Any]) -> tuple[Token, bool]:
        leaves = [self._token(x) for x in c if isinstance(x, LarkToken)]
        if leaves[-1].kind == "PAIR":  # "one opposite-sign pair": a pair of leptons where no noun says otherwise
            return replace(leaves[-1], kind="OBJ", name="dilepton"), False
        return leaves[-1], len(leaves) > 1

    def count(self, c: list[Any]) -> Island:
        relation = self._token(c[0]).name if isinstance(c[0], LarkToken) else ""
        number = next(x for x in c if isinstance(x, Token))
        return self._count(relation or "==", number, c, bool(relation))

    def part(self, c: list[Any]) -> Island:
        return self.count([x for i, x in enumerate(c) if i != 2])

    def open_count(self, c: list[Any]) -> Island:
        return self._count(self._token(c[1]).name, c[0], c, True)

    def open_behind(self, c: list[Any]) -> Island:
        """ "Two jets or more"."""
        return self._count(self._token(c[-1]).name, c[0], c[:-1], True)

    def few(self, c: list[Any]) -> Island:
        """A range of whole numbers: "two or three jets"."""
        words = [t for t in (self._token(x) for x in c if isinstance(x, LarkToken)) if t.kind == "NUMWORD"]
        low, high = [x for x in c if isinstance(x, Amount)] or [
            Amount((t.number or 0.0,), "", None, t.start, t.end) for t in words
        ]
        low, high = sorted((low, high), key=lambda amount: amount.values[0])  # "one or zero jets"
        thing, paired = next(x for x in c if isinstance(x, tuple))
        return Island("count", 0, 0, "in", low, high, thing=thing, paired=paired, word=True)

    def none(self, c: list[Any]) -> Island:
        word = self._token(c[0])
        return self._count("==", Token("NUM", word.text, word.start, word.end, number=0.0), c, True)

    def _count(self, op: str, number: Token, c: list[Any], said: bool) -> Island:
        thing, paired = next(x for x in c if isinstance(x, tuple))
        assert number.number is not None
        amount = Amount((number.number,), "", None, number.start, number.end)
        return Island("count", 0, 0, op, amount, thing=thing, paired=paired, word=said)


def _range(op: str, low: Amount, high: Amount, variable: Token | None) -> Island:
    unit = high.unit or low.unit
    first = Amount(low.values, low.unit or unit, low.alternative, low.start, low.end)
    return Island("range", 0, 0, op, first, Amount(high.values, unit, high.alternative, high.start, high.end), variable)
