"""One cell of a table of requirements: it states a comparison, its headers say of what."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from ingest.documents.document import Cell, Span
from ingest.reading import context
from ingest.reading.classes import CLASSES, OF_OBJECTS, serves_a_veto
from ingest.reading.conditions import RANKS, joined, kind_of
from ingest.reading.cones import over_pt
from ingest.reading.dealt import Share, aligned, shares, spanned_objects
from ingest.reading.ellipses import find_ellipses
from ingest.reading.excluded import is_crack, is_left_out, with_gaps
from ingest.reading.forbidden import class_of_none, described, forbidden_by, is_none
from ingest.reading.fractions import is_fraction
from ingest.reading.grid import CellContext, Grid, says_none
from ingest.reading.headers import Headers, comes_first
from ingest.reading.islands import Island, find_islands, wording
from ingest.reading.isolations import Isolation, meant
from ingest.reading.mentions import composite, find_mentions, members_of_pair
from ingest.reading.not_here import labelled_elsewhere
from ingest.reading.otherwise import with_other_sorts
from ingest.reading.parallels import with_shared_units
from ingest.reading.portions import opening_count, other_types, portions, with_bare_ranges
from ingest.reading.proposal import Proposal, Unread
from ingest.reading.regions import category_in
from ingest.reading.restrictions import RESTRICTS, find_restrictions
from ingest.reading.thresholds import SymbolicThreshold
from ingest.reading.tokens import Token
from ingest.reading.unsigned import counted, read_unsigned, working_points
from ingest.reading.whom import says_whom
from ingest.reading.worded import read_worded
from kg import units, vocabulary

_OF_MEMBERS = ("identification", "isolation", "impact_parameter")
_UNSHARED = "a second value in parentheses, and no header that it belongs to"
_RELATIONS = ("charge_relation", "flavour_relation")


class CellReader:
    """Reads one cell with its headers."""

    def __init__(
        self,
        grid: Grid,
        place: CellContext,
        thresholds: Mapping[str, SymbolicThreshold],
        isolations: Sequence[Isolation] = (),
    ) -> None:
        self.grid, self.place, self.thresholds, self.isolations = grid, place, thresholds, isolations
        self.document, self.table = grid.document, grid.table
        self.tokens = with_other_sorts(grid.tokens(place.cell))
        self.headers = Headers(grid, place, thresholds.keys())
        compared = with_gaps(self.tokens, find_islands(self.tokens, bare_brackets=True))
        found = with_shared_units(self.tokens, with_bare_ranges(self.tokens, compared))
        shared = find_ellipses(self.tokens, found, lambda island: island.variable)
        self.islands = sorted([*found, *shared], key=lambda island: island.first)
        self.aside: list[str] = []
        self.bins = False
        self.beside: Share | None = None
        self.own = self.tokens
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
        islands = self.islands
        beside = (*self.place.row, *self.place.column, *self.place.group, *self.place.corner)
        labels = [self.document.quote(c) for c in beside]
        if other := labelled_elsewhere(labels, bool(islands)):
            return [], [Unread(self.place.cell, f"not a requirement: a number of {other!r}")]
        named = any(i.variable is not None or i.thing is not None for i in islands)
        proposals: list[Proposal] = []
        unread: list[Unread] = []
        aside = find_restrictions(self.tokens, islands, False)
        stated = [i for i in islands if i not in aside and not (i.kind == "count" and says_whom(self.tokens, i))]
        lined = aligned(stated, [self.tokens], ranked=False)
        parts = portions(self.tokens, stated) if not lined else []
        dealt = dict(zip((i.first for i in stated), parts, strict=False))
        lined = lined or (aligned(stated, self.headers.tokens()) if not dealt else [])
        bare = len(islands) > 1 and not named and not dealt and not lined
        self.bins = bare and all(self._op(i) != "not_in" for i in islands)
        self.aside = [wording(i, i.variable) for i in aside if i.variable is not None]
        for island in islands:
            self.beside = lined[stated.index(island)] if lined and island in stated else None
            self.own = self.tokens[slice(*dealt[island.first])] if island.first in dealt else self.tokens
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
        self.beside, self.own = None, self.tokens
        make = partial(self._made, Span(self.place.cell.start, self.place.cell.end))
        owners = partial(self._owners, variable=None)
        if not islands:
            proposals += read_unsigned(self.headers, make, owners, self.thresholds)
        else:
            proposals += working_points(self.headers, make, owners)
            proposals += self._counted_first(make)
        pairs = [p for p in proposals if p.variable == "count" and vocabulary.objects()[p.object].is_pair]
        if not pairs and not any(p.variable in _RELATIONS for p in proposals):
            worded = read_worded(self.document, self.headers, self.quote)
            proposals += [p for p in worded if not islands or p.variable in _RELATIONS]
        if not proposals and not unread and self._states_something():
            unread.append(Unread(self.place.cell, "a cell of a table of requirements in which nothing was understood"))
        return proposals, unread

    def _states_something(self) -> bool:
        """True for a cell that holds a strength or a number and is no mere label, which it gave no requirement for."""
        graded = any(t.kind == "WP" for t in self.tokens)
        numbers = [t for t in self.tokens if t.kind in ("NUM", "NUMWORD")]
        few = len(self.tokens) <= 6
        return bool(self.place.row) and few and (graded or bool(numbers))

    def _counted_first(self, make: partial[Iterator[Proposal]]) -> list[Proposal]:
        """The "at least four" of "Jets | at least four with p_T > 25 GeV", "Leptons | at least four, in two pairs"."""
        self.own = self.tokens[: opening_count(self.tokens, self.islands)]
        return counted(self.headers, self.own, make) if self.own else []

    # -- a comparison in the cell -------------------------------------------------------------------------

    def _read_island(self, island: Island) -> Iterator[Proposal | Unread]:
        focus = island.span(self.tokens)
        unit = island.amount.unit
        variable = island.variable or self._own_variable(island) or self.headers.summed(unit) or self._of_use(unit)
        if variable is None and island.kind != "count" and self.headers.sums_unknown():
            yield Unread(focus, "of a sum that has no name")
            return
        variable = variable or self.headers.variable(unit)
        if variable is not None and any(is_fraction(t) for t in self.tokens[island.first : island.last]):
            variable = over_pt(variable) or variable
        if island.kind == "count" and island.thing is not None:
            yield from self._read_count(island, focus, island.thing)
            return
        if variable is None:
            thing = (len(self._spanned()) > 1 and self._named_beside()) or self.headers.object("count", self.own)
            thing = thing if self.headers.cells else ""  # a number that nothing stands beside or over
            if (
                thing
                and not unit
                and island.kind == "bound"
                and island.amount.values[0] == int(island.amount.values[0])
            ):
                yield from self._made(focus, thing, "count", island.op, island.amount.values[0], "", None)
            else:
                yield Unread(focus, "no header says which variable this is")
            return
        unit = unit or self.headers.unit(variable)
        if defined := self._defined(island, variable, unit):
            yield from defined
            return
        term = vocabulary.variables()[variable.name]
        if variable.name in vocabulary.comparisons()["qualitative"]["variables"]:
            yield Unread(focus, f"a number compared with {variable.name}, which has none")
            return
        if units.dimension(unit) != term.dimension and variable.name != "delta_phi":
            yield Unread(focus, f"{variable.name} has no unit {unit or 'missing'!r}")
            return
        thing = term.object or variable.object or self.headers.object(variable.name, self._said_before(island))
        thing = thing or ("dilepton" if variable.name == "abs_mass_minus_mz" else "")
        if not thing:
            yield Unread(focus, f"no header says whose {variable.name} it is")
            return
        op, value = self._op(island), island.value
        if variable.name == "count" and not all(float(v).is_integer() for v in island.amount.values):
            yield Unread(focus, "no whole number of objects")
            return
        if len(island.amount.values) > 1 and variable.name == "count":
            op, value = "in", (min(island.amount.values), max(island.amount.values))
            yield from self._made(focus, thing, variable.name, op, value, unit, variable)
            return
        several = island.alternative is not None or len(island.amount.values) > 1
        labels = [self.own, *self.headers.tokens()] if several else self.headers.tokens()
        given = list(shares(island, labels, [self.headers.caption()], thing))
        doubt = _UNSHARED if len(given) == 1 and island.alternative is not None else ""
        for order, share in enumerate(given):
            whose = share.object or (self.beside.object if self.beside else "")
            for owner in [whose] if whose else self._owners(thing, variable):
                for at, token in enumerate(self._tokens_of(variable, share)):
                    made = self._made(focus, owner, token.name, op, share.value, unit, token, share, island)
                    yield from (replace(p, order=order + at, reason=p.reason or doubt) for p in made)
        if doubt:
            yield Unread(focus, doubt)

    def _of_use(self, unit: str) -> Token | None:
        """The p_T of the column over "H_T | > 45 GeV" in a table of jets: the row says what the jets are used for."""
        used = [t for c in self.place.row for t in self.grid.tokens(c) if t.kind == "VAR"]
        used = [t for t in used if t.name == "count" or vocabulary.variables()[t.name].object == "event"]
        over = [t for c in self.place.column for t in self.grid.tokens(c) if t.kind == "VAR"]
        over = [t for t in over if vocabulary.family_of(t.name) == "kinematics" and not t.object]
        fits = [t for t in over if not unit or vocabulary.variables()[t.name].dimension == units.dimension(unit)]
        return fits[-1] if used and fits and len(over) == 1 else None

    def _is_summed_missing(self) -> bool:
        """True for the row "H_T^miss" of such a table: its jets are those that the missing momentum is made of."""
        used = {t.name for c in self.place.row for t in self.grid.tokens(c) if t.kind == "VAR"}
        return bool(used) and used <= {"mht", "met"}

    def _tokens_of(self, variable: Token, share: Share) -> list[Token]:
        """The variable and those listed with it, all of which the value is for unless it has been dealt to one."""
        dealt = self.beside or share
        if variable.condition and dealt.condition and variable.condition in dealt.instead:
            return [replace(variable, condition="")]
        return self.headers.joined(variable)

    def _said_before(self, island: Island) -> list[Token]:
        """The words that say whose the comparison is: its own portion of the cell, else all before it."""
        if self.own is not self.tokens:
            return self.own
        before = self.tokens[: island.first]
        if any(not m.relative for m in find_mentions(before)):
            return before
        stop = min((i.first for i in self.islands if i.first >= island.last), default=len(self.tokens))
        behind = self.tokens[island.last : stop]  # "p_T > 64 GeV for the leading jet"
        return behind if [t.kind for t in behind[:1]] == ["FOR"] else before

    def _defined(self, island: Island, variable: Token, unit: str) -> list[Proposal]:
        """The number of a row "Isolation" as that of the isolation which the text defines."""
        thing = self.headers.object(variable.name, self._said_before(island))
        named = [c for c in self.headers.cells if variable in self.grid.tokens(c)]
        label = self.headers.text(named or [self.place.cell])
        owners = self._owners(thing, variable) if thing else []
        found = []
        for share in shares(island, self.headers.tokens(), [self.headers.caption()], thing):
            for owner in [share.object] if share.object else owners:
                value = share.value[-1] if isinstance(share.value, tuple) else share.value
                known = meant(self.isolations, variable, label, owner, unit, value)
                if known is None:
                    return []
                token, stated = known
                focus = island.span(self.tokens)
                made = self._made(focus, owner, token.name, self._op(island), share.value, unit, token, share, island)
                found += [replace(p, headers=(*p.headers, stated)) for p in made]
        return found

    def _read_count(self, island: Island, focus: Span, thing: Token) -> Iterator[Proposal | Unread]:
        """ "≥ 2 jets", "no electrons or muons with p_T > 7 GeV"."""
        if thing.name == "event":
            yield Unread(focus, "a number of events")
            return
        if says_whom(self.tokens, island):
            yield Unread(focus, "a number of objects that says of whom a requirement is")
            return
        inside = self.tokens[island.first : island.last]
        if thing.name == "jet" and any(t.text.lower() == "tagged" for t in inside):
            yield Unread(focus, "jets tagged as something that the vocabulary does not know")
            return
        told = described(self.tokens, self.islands, island) if is_none(self.tokens, island) else []
        names = [v.name for i in told for v in [i.variable] if v is not None]
        pairs = vocabulary.objects()[thing.name]
        op = pairs.bare_count if pairs.is_pair and island.op == "==" and not island.word else island.op
        for made in self._made(focus, thing.name, "count", op, island.value, "", thing):
            extra = [c for name in names for c in class_of_none(name, made.applies_when.split(", "))]
            yield replace(made, applies_when=joined([*made.applies_when.split(", "), *extra]))

    def _owners(self, thing: str, variable: Token | None) -> list[str]:
        """The object, or those of all columns that the cell covers."""
        if vocabulary.objects()[thing].is_pair or (variable is not None and variable.object):
            return [thing]
        if variable is not None and vocabulary.variables()[variable.name].object:
            return [thing]
        columns = self._spanned()
        beside = self._named_beside()
        if beside and columns and not any(vocabulary.covers(beside, c) or c == beside for c in columns):
            return [beside]  # the rows "Jets" of a table with the columns "Electron" and "Muon"
        return columns or [thing]

    def _spanned(self) -> list[str]:
        """The objects of the columns that the cell covers."""
        return spanned_objects([self.grid.tokens(c) for c in self.place.column])

    def _named_beside(self) -> str:
        """The object that the row or its group names, "" for none."""
        for cell in (*reversed(self.place.row), *self.place.group):
            named = [m.object for m in find_mentions(self.grid.tokens(cell)) if not m.relative]
            if named and named[0] not in ("event", "vertex"):
                return named[0]
        return ""

    def _op(self, island: Island) -> str:
        """What is left out by the words of the cell or its row is never asked for."""
        if island.op != "in":
            return island.op
        thrown = context.rejection_words(f"{self.document.quote(self.place.cell)} {self.headers.text(self.place.row)}")
        out = is_left_out(self.tokens, self.islands, island) or is_crack(self.tokens, self.islands, island)
        return "not_in" if thrown or out else "in"

    def _made(
        self,
        focus: Span,
        thing: str,
        variable: str,
        op: str,
        value: float | str | tuple[float, float],
        unit: str,
        token: Token | None,
        share: Share | None = None,
        island: Island | None = None,
    ) -> Iterator[Proposal]:
        if thing == "vertex" and variable == "count":
            thing, variable = "event", "n_primary_vertices"
        term = vocabulary.variables()[variable]
        thing = term.object or thing
        if variable in ("mass", "abs_mass_minus_mz", *_RELATIONS):
            thing = composite(thing) or thing
        conditions = self.headers.conditions(self.own)
        others = other_types(self.own, self.tokens, self.grid.all_tokens()) if self.own is not self.tokens else None
        conditions += others or []
        conditions = [c for c in conditions if not comes_first(c)] + [
            "baseline" for c in conditions if comes_first(c) and term.family in OF_OBJECTS
        ]
        if (members := vocabulary.objects()[thing].members) and term.family in _OF_MEMBERS:
            thing = members  # "Selection of the pair | Identification | Tight": both of them must be
            conditions += RANKS[:2]
        if term.family == "separation":
            thing = vocabulary.objects()[thing].members or thing  # a distance in a pair is one of its members
            if op[:1] == ">" and self._is_of_both_flavours():
                thing, conditions = "lepton", [*(c for c in conditions if not c.startswith("to ")), "different-flavour"]
                token = None if token is None else replace(token, condition="")
            reference = "" if token is not None and token.condition else self.headers.reference(thing)
            reference = "" if "different-flavour" in conditions else reference
            conditions += [f"to {reference}"] if reference else []
        if thing == "event" and not any(kind_of(c) == "channel" for c in conditions):
            conditions += self.headers.channel_of_events()
        if token is not None and thing == "jet" and token == self._of_use(unit) and self._is_summed_missing():
            conditions.append("mht")
        if variable == "count":
            conditions += self.headers.of_four(thing, self.own)
        if variable in _RELATIONS:
            conditions = [c for c in conditions if kind_of(c) != "pair"]
        if island is not None and (self._none_beside() or forbidden_by(self.tokens, self.islands, island)):
            conditions += class_of_none(variable, conditions)
        if term.family in OF_OBJECTS and not any(kind_of(c) in ("class", "rank") for c in conditions):
            named = {c for m in find_mentions(self.headers.caption()) for c in m.conditions}
            conditions += list(named & set(CLASSES)) if len(named & set(CLASSES)) == 1 else []
            conditions += ["veto"] if not conditions and self._serves_a_veto() else []
        if not any(kind_of(c) == "rank" for c in conditions):
            conditions += members_of_pair(self.headers.caption(), thing)
        if term.family in OF_OBJECTS and not any(kind_of(c) in ("class", "rank") for c in conditions):
            heads = [*self.place.group, *self.place.row, *self.place.column]  # "2. Photons of the pair"
            conditions += next(filter(None, (members_of_pair(self.grid.tokens(h), thing) for h in heads)), [])
        share = self.beside or share
        if share is not None and share.condition:
            conditions = [c for c in conditions if c not in share.instead] + [share.condition]
        if token is not None and token.condition:
            conditions.append(token.condition)
        conditions += [*self.headers.labels(), *self.aside, *(["bin"] if self.bins else [])]
        if self.place.in_regions and self.table.caption is not None:
            conditions.append(category_in(self.document.quote(self.table.caption)))
        doubt = "an earlier column of the table has the same header" if self.place.doubtful else ""
        doubt = "the table does not say which the others are" if others == [] else doubt
        text, headers = joined(conditions), self.headers.spans(self.quote)
        yield Proposal(thing, variable, op, value, unit, text, False, self.quote, focus, headers, reason=doubt)

    def _is_of_both_flavours(self) -> bool:
        """True for the row "ΔR, an electron and a muon", "ΔR(e, μ)": of two leptons of different flavour."""
        named = [t for c in self.place.row for t in self.grid.tokens(c) if t.kind == "OBJ"]
        called = {t.name for t in named}
        arguments = {t.object for c in self.place.row for t in self.grid.tokens(c) if t.kind == "VAR"} | {
            t.condition.removeprefix("to ") for c in self.place.row for t in self.grid.tokens(c) if t.kind == "VAR"
        }
        return called == {"electron", "muon"} or (not called and arguments - {""} == {"electron", "muon"})

    def _none_beside(self) -> bool:
        """True for the label of "Electrons with p_T > 10 GeV | none"."""
        beside = [c for c in self.place.line if c.column == self.place.cell.column + self.place.cell.colspan]
        none = [c for c in beside if says_none(self.document.quote(c))]
        return self.place.cell.column == 0 and any(self.grid.counted_with(self.place.cell, c) for c in none)

    def _serves_a_veto(self) -> bool:
        """True in a table of "leptons used to reject events"."""
        caption = "" if self.table.caption is None else self.document.quote(self.table.caption)
        return serves_a_veto(caption) and not re.search(r"(?i)\b(?:columns?|rows?|parts?|lines?)\b", caption)

    def _ends_a_list(self, island: Island) -> bool:
        """True for the "≥ 3 b tags" of "0, 1, 2, ≥ 3 b tags", which together require nothing."""
        before = [t.kind for t in self.tokens[max(0, island.first - 2) : island.first]]
        return island.kind == "count" and before == ["NUM", "COMMA"]

    def _own_variable(self, island: Island) -> Token | None:
        before = [t for t in self.tokens[: island.first] if t.kind == "VAR"]
        return before[-1] if before else None


__all__ = ["CellReader"]
