"""A cut in a model's words -> a proposal with its place in the document, and with what speaks against it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.documents.document import Document, Span, Table
from ingest.models.checks import Checks
from ingest.models.names import condition_text, conditions_of, object_of, unit_of, value_of, variable_of
from ingest.models.pieces import Piece
from ingest.models.replies import SaidCut
from ingest.reading.proposal import Proposal
from ingest.reading.tokens import tokenise
from kg import units, vocabulary
from kg.records import Value

_TOLD = 80


@dataclass(frozen=True, slots=True)
class Proposed:
    """A model's cut: as it said it, as a proposal, and whether its quote stands in the document."""

    said: SaidCut
    proposal: Proposal
    found: bool


class Proposing:
    """Makes proposals of what a model said on the pieces of one document."""

    def __init__(self, document: Document, checks: Checks) -> None:
        self.document, self.checks = document, checks

    def of(self, piece: Piece, said: SaidCut, place: Span | None) -> Proposed:
        """The proposal; its `reason` tells why it cannot be verified, whatever the gate says besides.

        `place` is where the quote stands, None for nowhere in the piece.
        """
        value = value_of(said.value)
        thing, own = object_of(said.object)
        variable = variable_of(said.variable)
        unit = unit_of(said.unit)
        if place is None:
            start = piece.spans[0]
            where = Span(start.start, min(start.end, start.start + _TOLD))
            made = self._made(said, thing, variable, value, unit or "", own, where, where, ())
            quoted = " ".join(said.quote.split())[:_TOLD]
            return Proposed(said, replace(made, reason=f"the model's quote is not in the text: “{quoted}”"), False)
        quote, headers = self._around(place, value)
        focus = self._focus(quote, place, value)
        made = self._made(said, thing, variable, value, unit or "", own, quote, focus, headers)
        return Proposed(said, self._judged(said, made, unit), True)

    def _made(
        self,
        said: SaidCut,
        thing: str,
        variable: str,
        value: Value,
        unit: str,
        own: tuple[str, ...],
        quote: Span,
        focus: Span,
        headers: tuple[Span, ...],
    ) -> Proposal:
        """The proposal with the vocabulary's names, as far as it has any for what the model said."""
        conditions = condition_text((*own, *conditions_of(said.applies_when)))
        term = vocabulary.variables().get(variable)
        if term is not None and term.object:
            thing = term.object
        return Proposal(
            thing or _plain(said.object),
            variable or _plain(said.variable),
            said.op,
            value,
            unit,
            conditions,
            said.veto,
            quote,
            focus,
            headers,
        )

    def _judged(self, said: SaidCut, made: Proposal, unit: str | None) -> Proposal:
        if unit is None:
            return replace(made, reason=f"no unit called {_plain(said.unit)!r}")
        if made.object not in vocabulary.objects():
            return replace(made, reason=f"no object called {made.object!r}")
        made = self._with_text(made)
        if made.variable not in vocabulary.variables():
            return replace(made, reason=f"no variable called {made.variable!r}")
        if not isinstance(made.value, str):
            dimension = vocabulary.variables()[made.variable].dimension
            if units.dimension(made.unit) != dimension and made.variable != "delta_phi":
                return replace(made, reason=f"{made.variable} has no unit {made.unit or 'missing'!r}")
        return self.checks.judged(made)

    def _with_text(self, made: Proposal) -> Proposal:
        """What the model left open, as the text has it: the unit behind the number, the isolation that is meant."""
        tokens = [
            token
            for span in (made.quote, *made.headers)
            for token in tokenise(self.document.text, span.start, span.end)
        ]
        named = list(dict.fromkeys(t.name for t in tokens if t.kind == "VAR"))
        if made.variable not in named:
            close = [name for name in named if made.variable == vocabulary.family_of(name)]
            close += [name for name in named if {name, made.variable} == {"eta", "abs_eta"}]
            if len(close) == 1:
                made = replace(made, variable=close[0])
        if not made.unit and not isinstance(made.value, str) and made.variable in vocabulary.variables():
            value = made.value if isinstance(made.value, float) else made.value[-1]
            behind = [b.name for a, b in pairwise(tokens) if a.number == value and b.kind == "UNIT"]
            inside = [t.name for s in made.headers for t in tokenise(self.document.quote(s)) if t.kind == "UNIT"]
            fitting = vocabulary.variables()[made.variable].dimension
            found = [u for u in (*behind, *inside) if units.dimension(u) == fitting]
            made = replace(made, unit=found[0]) if found else made
        return made

    def _around(self, place: Span, value: Value) -> tuple[Span, tuple[Span, ...]]:
        """The sentence, or the row of a table with its headers, that states what is quoted."""
        for table in self.document.tables:
            if table.start <= place.start < table.end:
                return self._row(table, place, value)
        sentences = [s for s in self.document.sentences if s.start < place.end and place.start < s.end]
        holding = [s for s in sentences if self._numbers_in(s, value)]
        return (holding or sentences or [place])[0], ()

    def _row(self, table: Table, place: Span, value: Value) -> tuple[Span, tuple[Span, ...]]:
        inside = [c for c in table.cells if c.start < place.end and place.start < c.end]
        holding = [c for c in inside if self._numbers_in(c, value)] or inside
        if not holding:
            return place, ()
        cell = holding[0]
        row = [c for c in table.cells if c.row == cell.row]
        heads = [c for c in table.cells if c.row < cell.row and (c.header or c.row == 0) and c.start < c.end]
        above = [c for c in heads if c.column <= cell.column < c.column + c.colspan]
        headers = [Span(c.start, c.end) for c in above]
        if table.caption is not None:
            headers.append(table.caption)
        return Span(min(c.start for c in row), max(c.end for c in row)), tuple(headers)

    def _focus(self, quote: Span, place: Span, value: Value) -> Span:
        """Where the numbers stand: inside what the model quoted, else in the sentence."""
        for span in (Span(max(quote.start, place.start), min(quote.end, place.end)), quote):
            if span.start < span.end and (numbers := self._numbers_in(span, value)):
                return Span(min(n.start for n in numbers), max(n.end for n in numbers))
        return Span(max(quote.start, place.start), min(quote.end, max(place.end, quote.start + 1)))

    def _numbers_in(self, span: Span, value: Value) -> list[Span]:
        """The places of all of the value's numbers, () where one of them is missing."""
        wanted = () if isinstance(value, str) else value if isinstance(value, tuple) else (value,)
        tokens = tokenise(self.document.text, span.start, span.end)
        found = [next((t for t in tokens if t.number == number), None) for number in wanted]
        return [Span(t.start, t.end) for t in found if t] if found and all(found) else []


def _plain(words: str) -> str:
    """The model's own words, short enough for a list."""
    return " ".join(words.split())[:40] or "(none)"


__all__ = ["Proposed", "Proposing"]
