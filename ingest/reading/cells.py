"""One cell of a table of requirements: it states a comparison, its headers say of what."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from ingest.documents.document import Cell, Document, Span
from ingest.reading import context
from ingest.reading.atoms import squeeze
from ingest.reading.classes import CLASSES, OF_OBJECTS
from ingest.reading.conditions import joined, kind_of
from ingest.reading.cones import over_pt
from ingest.reading.dealt import Share, aligned_conditions, shares, spanned_objects
from ingest.reading.fractions import is_fraction
from ingest.reading.grid import CellContext, Grid
from ingest.reading.islands import Island, find_islands, wording
from ingest.reading.mentions import composite, find_mentions, find_pairs, members_of_pair
from ingest.reading.proposal import Proposal, Unread
from ingest.reading.regions import category_in, region_in
from ingest.reading.restrictions import RESTRICTS, find_restrictions
from ingest.reading.thresholds import SymbolicThreshold
from ingest.reading.tokens import Token
from kg import units, vocabulary


class CellReader:
    """Reads one body cell with its headers."""

    def __init__(self, grid: Grid, place: CellContext, thresholds: Mapping[str, SymbolicThreshold]) -> None:
        self.grid, self.place, self.thresholds = grid, place, thresholds
        self.document, self.table = grid.document, grid.table
        self.tokens = grid.tokens(place.cell)
        self.aside: list[str] = []
        self.bins = False
        self.beside: Share | None = None
        self.headers = (*reversed(place.row), *reversed(place.column), *place.group)
        self.quote = self._row_around(place.cell)

    def _row_around(self, cell: Cell) -> Span:
        """The row's text around the cell, as far as its cells follow each other without a gap or a spanning cell.

        Beyond those the order of the cells is ours and not the paper's, and a quote must be the paper's.
        """
        line = [c for c in self.place.line if c.rowspan == 1 or c == cell]
        run = [cell]
        for before in reversed([c for c in line if c.column < cell.column]):
            if before.column + before.colspan != run[0].column:
                break
            run.insert(0, before)
        for after in [c for c in line if c.column > cell.column]:
            if run[-1].column + run[-1].colspan != after.column:
                break
            run.append(after)
        return Span(run[0].start, run[-1].end)

    def read(self) -> tuple[list[Proposal], list[Unread]]:
        """The proposals of this cell."""
        text = self.document.quote(self.place.cell)
        why = context.why_not_a_cut(text, text)
        if why:
            return [], [Unread(self.place.cell, f"not a requirement: {why}")]
        islands = find_islands(self.tokens, bare_brackets=True)
        self.bins = len(islands) > 1 and not any(i.variable is not None or i.thing is not None for i in islands)
        proposals: list[Proposal] = []
        unread: list[Unread] = []
        aside = find_restrictions(self.tokens, islands, False)
        aligned = aligned_conditions(len(islands), [self.grid.tokens(h) for h in self.headers])
        self.aside = [wording(i, i.variable) for i in aside if i.variable is not None]
        for number, island in enumerate(islands):
            self.beside = aligned[number] if aligned else None
            if island in aside:
                unread.append(Unread(island.span(self.tokens), RESTRICTS))
                continue
            if self._ends_a_list(island):
                unread.append(Unread(island.span(self.tokens), "the last of a list of multiplicities"))
                continue
            for made in self._read_island(island):
                if isinstance(made, Proposal):
                    proposals.append(made)
                else:
                    unread.append(made)
        if not islands:
            proposals += self._names()
            proposals += self._counted() or self._symbolic() or self._bare_numbers()
        return proposals, unread

    # -- a comparison in the cell -------------------------------------------------------------------------

    def _read_island(self, island: Island) -> Iterator[Proposal | Unread]:
        focus = island.span(self.tokens)
        unit = island.amount.unit
        variable = island.variable or self._own_variable(island) or self._header_variable(unit)
        if variable is not None and any(is_fraction(t) for t in self.tokens[island.first : island.last]):
            variable = over_pt(variable) or variable
        if island.kind == "count" and island.thing is not None:
            if island.thing.name == "event":
                yield Unread(focus, "a number of events")
                return
            inside = self.tokens[island.first : island.last]
            if island.thing.name == "jet" and any(t.text.lower() == "tagged" for t in inside):
                yield Unread(focus, "jets tagged as something that the vocabulary does not know")
                return
            yield from self._made(island.thing.name, "count", island.op, island.value, "", focus, island.thing)
            return
        if variable is None:
            thing = self._object("count")
            if (
                thing
                and not unit
                and island.kind == "bound"
                and island.amount.values[0] == int(island.amount.values[0])
            ):
                yield from self._made(thing, "count", island.op, island.amount.values[0], "", focus, None)
            else:
                yield Unread(focus, "no header says which variable this is")
            return
        unit = unit or self._header_unit(variable)
        term = vocabulary.variables()[variable.name]
        if variable.name in vocabulary.comparisons()["qualitative"]["variables"]:
            yield Unread(focus, f"a number compared with {variable.name}, which has none")
            return
        if units.dimension(unit) != term.dimension and variable.name != "delta_phi":
            yield Unread(focus, f"{variable.name} has no unit {unit or 'missing'!r}")
            return
        thing = term.object or variable.object or self._object(variable.name, before=island.first)
        if not thing:
            yield Unread(focus, f"no header says whose {variable.name} it is")
            return
        op, value = self._op(island), island.value
        if len(island.amount.values) > 1 and variable.name == "count":
            op, value = "in", (min(island.amount.values), max(island.amount.values))
            yield from self._made(thing, variable.name, op, value, unit, focus, variable)
            return
        caption = [] if self.table.caption is None else [self.grid.tokens(self.table.caption)]
        given = list(shares(island, [self.grid.tokens(h) for h in self.headers], caption, thing))
        for order, share in enumerate(given):
            for owner in [share.object] if share.object else self._owners(thing, variable):
                made = self._made(owner, variable.name, op, share.value, unit, focus, variable, share)
                yield from (replace(p, order=order) for p in made)
        if len(given) == 1 and island.alternative is not None:
            yield Unread(focus, "a second value in parentheses, and no header that it belongs to")

    def _owners(self, thing: str, variable: Token | None) -> list[str]:
        """The object, or those of all columns that the cell covers."""
        if vocabulary.objects()[thing].is_pair or (variable is not None and variable.object):
            return [thing]
        if variable is not None and vocabulary.variables()[variable.name].object:
            return [thing]
        return spanned_objects([self.grid.tokens(c) for c in self.place.column]) or [thing]

    def _op(self, island: Island) -> str:
        thrown = context.rejection_words(self.document.quote(self.place.cell) + " " + self._header_text(self.place.row))
        if thrown and island.op in ("in", "not_in"):
            return "not_in" if island.op == "in" else "in"
        return island.op

    def _made(
        self,
        thing: str,
        variable: str,
        op: str,
        value: float | str | tuple[float, float],
        unit: str,
        focus: Span,
        token: Token | None,
        share: Share | None = None,
    ) -> Iterator[Proposal]:
        if thing == "vertex" and variable == "count":
            thing, variable = "event", "n_primary_vertices"
        term = vocabulary.variables()[variable]
        thing = term.object or thing
        if variable in ("mass", "abs_mass_minus_mz", "charge_relation"):
            thing = composite(thing) or thing
        if term.family == "separation":
            thing = vocabulary.objects()[thing].members or thing  # a distance in a pair is one of its members
        conditions = self._conditions()
        if (
            self.table.caption is not None
            and term.family in OF_OBJECTS
            and not any(kind_of(c) in ("class", "rank") for c in conditions)
        ):
            named = {c for m in find_mentions(self.grid.tokens(self.table.caption)) for c in m.conditions}
            conditions += list(named & set(CLASSES)) if len(named & set(CLASSES)) == 1 else []
        if self.table.caption is not None and not any(kind_of(c) == "rank" for c in conditions):
            conditions += members_of_pair(self.grid.tokens(self.table.caption), thing)
        share = self.beside or share
        if share is not None and share.condition:
            conditions = [c for c in conditions if c not in share.instead] + [share.condition]
        if token is not None and token.condition:
            conditions.append(token.condition)
        conditions += [*self._labels(), *self.aside, *(["bin"] if self.bins else [])]
        if self.place.in_regions and self.table.caption is not None:
            conditions.append(category_in(self.document.quote(self.table.caption)))
        headers = tuple(Span(h.start, h.end) for h in self._context_spans())
        doubt = "an earlier column of the table has the same header" if self.place.doubtful else ""
        text = joined(conditions)
        yield Proposal(thing, variable, op, value, unit, text, False, self.quote, focus, headers, reason=doubt)

    def _labels(self) -> list[str]:
        """The signal regions that the rows of this cell lead to, where the table names them in its cells."""
        labels = [re.sub(r"(?:\s*\^?\(?[†‡*∗§]\)?)+$", "", self.document.quote(c)) for c in self.place.labels]
        if not labels and not self.place.in_regions:
            return []
        whole = f"signal regions of {self.table.label or 'the table'}"
        return [" or ".join(labels)] if 0 < len(labels) <= 12 else [whole]

    def _context_spans(self) -> list[Span]:
        inside = (self.quote.start, self.quote.end)
        spans: list[Span] = [h for h in self.headers if not inside[0] <= h.start < inside[1]]
        if self.table.caption is not None:
            spans.append(self.table.caption)
        return sorted({Span(s.start, s.end) for s in spans}, key=lambda s: s.start)

    def _ends_a_list(self, island: Island) -> bool:
        """True for the "≥ 3 b tags" of "0, 1, 2, ≥ 3 b tags", which together require nothing."""
        before = [t.kind for t in self.tokens[max(0, island.first - 2) : island.first]]
        return island.kind == "count" and before == ["NUM", "COMMA"]

    # -- what the headers say -----------------------------------------------------------------------------

    def _header_text(self, cells: Iterable[Cell]) -> str:
        return " ".join(self.document.quote(c) for c in cells)

    def _own_variable(self, island: Island) -> Token | None:
        before = [t for t in self.tokens[: island.first] if t.kind == "VAR"]
        return before[-1] if before else None

    def _header_variable(self, unit: str) -> Token | None:
        """The variable that the nearest header names, of the cell's dimension where the cell has a unit."""
        for header in self.headers:
            for token in reversed(self.grid.tokens(header)):
                if token.kind != "VAR":
                    continue
                dimension = vocabulary.variables()[token.name].dimension
                if not unit or dimension == units.dimension(unit):
                    return token
        return None

    def _header_unit(self, variable: Token) -> str:
        wanted = vocabulary.variables()[variable.name].dimension
        for header in self.headers:
            for token in self.grid.tokens(header):
                if token.kind == "UNIT" and units.dimension(token.name) == wanted:
                    return token.name
        return ""

    def _object(self, variable: str, before: int | None = None) -> str:
        """The object: from the cell itself, else the headers beside, over and above it, else the caption."""
        own = [m.object for m in find_mentions(self.tokens[:before]) if not m.relative]
        if own and own[-1] != "event":
            return own[-1]
        general = ""
        for header in self.headers:
            things = [m.object for m in find_mentions(self.grid.tokens(header)) if not m.relative]
            if vocabulary.family_of(variable) == "isolation":
                things = [t for t in things if t != "track"]  # isolation by tracks is still that of a lepton
            for thing in things:
                if thing in ("lepton", "jet") and not general:
                    general = thing
                elif thing != "event" and (not general or vocabulary.covers(general, thing)):
                    return thing
        if general:
            return general
        if self.table.caption is None:
            return ""
        things = [m.object for m in find_mentions(self.grid.tokens(self.table.caption)) if not m.relative]
        return next((t for t in things if t not in ("event", "vertex")), "")

    def _conditions(self) -> list[str]:
        """What the headers say beyond object and variable: the region, the kind of lepton, the channel."""
        found = _conditions_in(self.tokens)
        for header in self.headers:
            text = self.document.quote(header)
            tokens = self.grid.tokens(header)
            conditions = _conditions_in(tokens)
            region = region_in(text)
            label = self._is_label(header, text, tokens)
            if label and (header in self.place.classes or not (conditions or region)):
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
        if symbol_in(self.document, header) in self.thresholds:
            return False
        if header in self.place.row and any(t.kind == "VAR" for t in self.tokens):
            return False  # the cell says all by itself, what stands beside it is its title
        return len(text) <= 40 and re.search(r"[A-Za-zμℓ]", text) is not None

    # -- cells without a comparison -----------------------------------------------------------------------

    def _names(self) -> Iterator[Proposal]:
        """Working points and charge relations: "Medium" beside "Identification", "opposite" beside "Charges"."""
        variables = {t.name for h in self.headers for t in self.grid.tokens(h) if t.kind == "VAR"}
        focus = Span(self.place.cell.start, self.place.cell.end)
        graded = [v for v in ("btag", "isolation", "identification") if v in variables]
        points = [t for t in self.tokens if t.kind == "WP"]
        pair = self._captioned_pair() if len(points) == 2 and any(t.kind == "LPAR" for t in self.tokens) else ()
        if graded and pair:  # "Loose (Medium)" in a table of requirements on electrons (muons)
            for point, owner in zip(points, pair, strict=True):
                yield from self._made(owner, graded[0], "is", point.name, "", focus, None)
            return
        for token in self.tokens:
            if token.kind == "WP" and graded:
                thing = "bjet" if graded[0] == "btag" else self._object(graded[0])
                for owner in self._owners(thing, None) if thing else ():
                    yield from self._made(owner, graded[0], "is", token.name, "", focus, None)
                return
        if "charge_relation" in variables:
            words = self.document.quote(self.place.cell).lower()
            relation = "opposite_sign" if "opposite" in words else "same_sign" if "same" in words else ""
            if relation:
                yield from self._made(
                    self._object("charge_relation") or "dilepton", "charge_relation", "is", relation, "", focus, None
                )

    def _captioned_pair(self) -> tuple[str, ...]:
        """The objects of "electrons (muons)" in a header or the caption; () where neither has such words."""
        spans = [*self.headers, *([] if self.table.caption is None else [self.table.caption])]
        for tokens in map(self.grid.tokens, spans):
            for pair in find_pairs(tokens):
                if tokens[pair.first].kind == "OBJ":
                    return tokens[pair.first].name, tokens[pair.second].name
        return ()

    def _counted(self) -> list[Proposal]:
        """ "b-tagged jets | at least one", "Additional leptons | none": how many of what the row names."""
        told = [t for t in self.tokens if t.kind not in ("LIGHT", "DASH")]
        none = [t.text.lower() for t in told] in (["none"], ["no"])
        numbers = [t for t in told if t.kind in ("NUM", "NUMWORD") and t.number is not None]
        relations = [t for t in told if t.kind == "REL"]
        if not none and (len(numbers) != 1 or len(relations) != 1 or len(told) != 2):
            return []
        for header in self.place.row:
            tokens = self.grid.tokens(header)
            things = [m.object for m in find_mentions(tokens) if not m.relative and m.object != "event"]
            if not things or any(t.kind == "VAR" and t.name != "count" for t in tokens):
                continue
            focus = Span(self.place.cell.start, self.place.cell.end)
            value = 0.0 if none else numbers[0].number
            assert value is not None
            made = self._made(things[0], "count", "==" if none else relations[0].name, value, "", focus, None)
            return [replace(p, implied=none) for p in made]
        return []

    def _symbolic(self) -> list[Proposal]:
        """A number beside "I_1", where the prose requires I_mini < I_1."""
        numbers = [t for t in self.tokens if t.kind == "NUM" and t.number is not None]
        if len(numbers) != 1 or len(self.tokens) > 2:
            return []
        for header in self.headers:
            threshold = self.thresholds.get(symbol_in(self.document, header))
            if threshold is None:
                continue
            term = vocabulary.variables()[threshold.variable]
            unit = next((t.name for t in [*self.tokens, *self.grid.tokens(header)] if t.kind == "UNIT"), "")
            thing = term.object or self._object(threshold.variable)
            if thing and units.dimension(unit) == term.dimension and numbers[0].number is not None:
                focus = Span(self.place.cell.start, self.place.cell.end)
                made = self._made(thing, term.name, threshold.op, numbers[0].number, unit, focus, None)
                other = threshold.alternative
                return [
                    replace(p, headers=(*p.headers, threshold.stated), applies_when=joined([p.applies_when, other]))
                    for p in made
                ]
        return []

    def _bare_numbers(self) -> Iterator[Proposal]:
        """A number or "2-4" under a header that counts objects, "50-200" under one that names another variable."""
        variable = self._header_variable("")
        if variable is None or variable.name in vocabulary.comparisons()["qualitative"]["variables"]:
            return
        numbers = [t for t in self.tokens if t.kind in ("NUM", "NUMWORD")]
        rest = [t for t in self.tokens if t.kind not in ("NUM", "NUMWORD", "DASH", "LIGHT")]
        if rest or len(numbers) not in (1, 2):
            return
        term = vocabulary.variables()[variable.name]
        thing = term.object or variable.object or self._object(variable.name)
        values = [t.number for t in numbers if t.number is not None]
        unit = self._header_unit(variable)
        counts = variable.name in ("count", "n_primary_vertices", "n_tracks")
        if not thing or units.dimension(unit) != term.dimension or (len(values) == 1 and not counts):
            return
        if len(values) == 2 and values[0] >= values[1]:
            return
        value: float | tuple[float, float] = values[0] if len(values) == 1 else (values[0], values[1])
        focus = Span(self.place.cell.start, self.place.cell.end)
        yield from self._made(thing, variable.name, "==" if len(values) == 1 else "in", value, unit, focus, variable)


def _conditions_in(tokens: list[Token]) -> list[str]:
    """The conditions that a header names, "not stand-alone" too; a "lepton veto" is a requirement of its own."""
    found = []
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
