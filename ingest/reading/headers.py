"""What the headers of a table cell say of it: variable, unit, object and conditions."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from itertools import pairwise

from ingest.documents.document import Cell, Document, Span
from ingest.reading.atoms import squeeze
from ingest.reading.grid import CellContext, Grid
from ingest.reading.labels import find_pairs
from ingest.reading.mention import Mention
from ingest.reading.mentions import composite, find_mentions, graded_class
from ingest.reading.regions import region_in
from ingest.reading.tokens import Token
from kg import units, vocabulary

_LEAST, _MOST = re.compile(r"(?i)\bmin(?:imum|imal)?\b\.?"), re.compile(r"(?i)\bmax(?:imum|imal)?\b\.?")


class Headers:
    """The headers beside and over one cell, the nearest first; `symbols` are names of thresholds, no labels."""

    def __init__(self, grid: Grid, place: CellContext, symbols: Collection[str] = ()) -> None:
        self.grid, self.place, self.symbols = grid, place, symbols
        self.document, self.table = grid.document, grid.table
        self.cells = (*reversed(place.row), *reversed(place.column), *place.group)
        self.own = grid.tokens(place.cell)

    def tokens(self) -> list[list[Token]]:
        """The tokens of each header."""
        return [self.grid.tokens(cell) for cell in self.cells]

    def caption(self) -> list[Token]:
        """The tokens of the caption, [] for none."""
        return [] if self.table.caption is None else self.grid.tokens(self.table.caption)

    def text(self, cells: Iterable[Cell]) -> str:
        """The words of some headers."""
        return " ".join(self.document.quote(c) for c in cells)

    def variable(self, unit: str) -> Token | None:
        """The variable that the nearest header names, of the cell's dimension where the cell has a unit."""
        for tokens in self.tokens():
            for token in reversed(tokens):
                if token.kind != "VAR":
                    continue
                dimension = vocabulary.variables()[token.name].dimension
                if not unit or dimension == units.dimension(unit):
                    return token
        return None

    def unit(self, variable: Token) -> str:
        """The unit that a header gives for the variable: "p_T [GeV]"."""
        wanted = vocabulary.variables()[variable.name].dimension
        for tokens in self.tokens():
            for token in tokens:
                if token.kind == "UNIT" and units.dimension(token.name) == wanted:
                    return token.name
        return ""

    def relation(self, variable: Token) -> str:
        """The comparison that stands with the variable in its header: "Minimum p_T", "|η| <"; "" for none."""
        for cell, tokens in zip(self.cells, self.tokens(), strict=True):
            if variable not in tokens or any(t.kind in ("NUM", "NUMWORD") for t in tokens):
                continue
            signs = [t.name for t in tokens if t.kind == "REL"]
            words = self.document.quote(cell)
            if len(signs) == 1:
                return signs[0]
            if signs or (_LEAST.search(words) and _MOST.search(words)):
                return ""
            return ">=" if _LEAST.search(words) else "<=" if _MOST.search(words) else ""
        return ""

    def object(self, variable: str, before: int | None = None) -> str:
        """The object: from the cell itself, else the headers beside, over and above it, else the caption."""
        own = [m.object for m in find_mentions(self.own[:before]) if not m.relative]
        if own and own[-1] != "event":
            return own[-1]
        general = ""
        for tokens in self.tokens():
            things = [self._whole(m, tokens) for m in find_mentions(tokens) if not m.relative]
            if vocabulary.family_of(variable) == "isolation":
                things = [t for t in things if t != "track"]  # isolation by tracks is still that of a lepton
            for thing in things:
                if thing in ("lepton", "jet") and not general:
                    general = thing
                elif thing != "event" and (not general or vocabulary.covers(general, thing)):
                    return thing
        return general or self._captioned()

    def _captioned(self) -> str:
        """The object that the caption names first, "" for none."""
        things = [m.object for m in find_mentions(self.caption()) if not m.relative]
        return next((t for t in things if t not in ("event", "vertex")), "")

    def _whole(self, mention: Mention, tokens: list[Token]) -> str:
        """The object of a mention; a "pair" that nobody names is one of what the caption speaks of."""
        unnamed = tokens[mention.index].kind == "PAIR" and self._captioned() in ("photon", "jet", "bjet")
        return composite(self._captioned()) if unnamed else mention.object

    def reference(self, thing: str) -> str:
        """The jet of "ΔR to jets": what a header says a distance of `thing` is measured to; "" for nothing."""
        named = [m.object for tokens in self.tokens() for m in find_mentions(tokens) if m.relative]
        return next((n for n in named if n not in (thing, "event", "vertex")), "")

    def captioned_pair(self) -> tuple[str, ...]:
        """The objects of "electrons (muons)" in a header or the caption; () where neither has such words."""
        for tokens in (*self.tokens(), self.caption()):
            for pair in find_pairs(tokens):
                if tokens[pair.first].kind == "OBJ":
                    return tokens[pair.first].name, tokens[pair.second].name
        return ()

    def conditions(self) -> list[str]:
        """What the headers say beyond object and variable: the region, the kind of lepton, the channel."""
        found = conditions_in(self.own)
        for header, tokens in zip(self.cells, self.tokens(), strict=True):
            text = self.document.quote(header)
            conditions = conditions_in(tokens)
            region = region_in(text)
            label = self._is_label(header, text, tokens)
            if label and [t.kind for t in tokens] == ["WP"]:
                found.append(graded_class(tokens[0]))  # the columns "loose" and "tight" of a table of electrons
            elif label and (header in self.place.classes or not (conditions or region)):
                found.append(text)
            else:
                found += [*conditions, *([region] if region else [])]
        return found

    def _is_label(self, header: Cell, text: str, tokens: list[Token]) -> bool:
        """True for a header that names a region or class by a label of its own: "InSR1", "HH", "Baseline"."""
        if header in self.place.classes and not any(t.kind in ("VAR", "UNIT") for t in tokens):
            return len(text) <= 40 and not _is_neutral(text)
        if any(t.kind in ("VAR", "OBJ", "UNIT", "PAIR") for t in tokens) or _is_neutral(text):
            return False
        if symbol_in(self.document, header) in self.symbols:
            return False
        if header in self.place.row and any(t.kind == "VAR" for t in self.own):
            return False  # the cell says all by itself, what stands beside it is its title
        return len(text) <= 40 and re.search(r"[A-Za-zμℓ]", text) is not None

    def labels(self) -> list[str]:
        """The signal regions that the rows of this cell lead to, where the table names them in its cells."""
        labels = [re.sub(r"(?:\s*\^?\(?[†‡*∗§]\)?)+$", "", self.document.quote(c)) for c in self.place.labels]
        if not labels and not self.place.in_regions:
            return []
        whole = f"signal regions of {self.table.label or 'the table'}"
        return [" or ".join(labels)] if 0 < len(labels) <= 12 else [whole]

    def spans(self, quote: Span) -> tuple[Span, ...]:
        """The headers and the caption outside of the quote, in the order of the text."""
        spans: list[Span] = [h for h in self.cells if not quote.start <= h.start < quote.end]
        if self.table.caption is not None:
            spans.append(self.table.caption)
        return tuple(sorted({Span(s.start, s.end) for s in spans}, key=lambda s: s.start))


def conditions_in(tokens: list[Token]) -> list[str]:
    """The conditions that a header names, "not stand-alone" too; a "lepton veto" is a requirement of its own.

    "Loose electrons" and "tight muons" are classes of objects.
    """
    found = [
        graded_class(grade)
        for grade, thing in pairwise(tokens)
        if grade.name in ("Loose", "Tight") and grade.kind == "WP" and thing.name in ("electron", "muon", "lepton")
    ]
    for before, token in zip([None, *tokens], tokens, strict=False):
        if token.kind != "COND" or (before and before.kind == "OBJ" and token.name == "veto"):
            continue
        negated = before is not None and (before.kind == "EXCEPT" or before.text.lower() in ("not", "non", "no"))
        found.append(f"not {token.name}" if negated else token.name)
    return found


def symbol_in(document: Document, cell: Span) -> str:
    """The lone symbol that a header cell holds, without its unit, as thresholds are looked up."""
    return squeeze(re.sub(r"[\s(\[].*$", "", document.quote(cell)))


def _is_neutral(text: str) -> bool:
    words = re.sub(r"[^a-z ]", "", text.lower()).strip()
    return not words or words in vocabulary.contexts()["tables"]["neutral"]


__all__ = ["Headers", "conditions_in", "symbol_in"]
