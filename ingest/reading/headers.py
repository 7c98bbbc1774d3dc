"""What the headers of a table cell say of it: variable, unit, object and conditions."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from itertools import pairwise

from ingest.documents.document import Cell, Document, Span
from ingest.reading.atoms import squeeze
from ingest.reading.bounds import stated_bound, titled
from ingest.reading.channel_words import channel_of
from ingest.reading.conditions import kind_of, owner_of
from ingest.reading.grid import CellContext, Grid
from ingest.reading.islands import Island
from ingest.reading.labelled_cases import cases_of_columns, in_words, without_cases
from ingest.reading.labels import find_pairs
from ingest.reading.mention import Mention
from ingest.reading.mentions import composite, find_mentions, graded_class, own_conditions, with_sorts
from ingest.reading.not_here import names_this
from ingest.reading.points import is_point_name, lists_points, point_condition
from ingest.reading.qualifiers import CHANNELS
from ingest.reading.regions import region_in
from ingest.reading.row_sums import UNKNOWN, sum_in
from ingest.reading.tokens import Token
from ingest.reading.topics import topic_of
from kg import units, vocabulary

_LEAST, _MOST = re.compile(r"(?i)\bmin(?:imum|imal)?\b\.?"), re.compile(r"(?i)\bmax(?:imum|imal)?\b\.?")

_OF_THE_W = re.compile(
    r"(?i)(?:(?:class|category) )?(?:ℓ_?)?W(?: (?:boson|class|category|selection|candidate|criteria))?"
)
_EXTRAS = ("extra", "extras", "extra condition", "extra conditions", "extra requirement", "extra requirements")
_FURTHER = re.compile(r"^(?:additional|further|other|extra|special|specific|particular|own) ")

# what a header names beside the object: isolation by tracks is still that of a lepton, as is its vertex association
_APART = {"isolation": ("track",), "impact_parameter": ("track", "vertex")}


_ANGLES = ("delta_phi", "delta_r", "delta_eta")


def _without_ends(tokens: list[Token]) -> list[Token]:
    """The tokens without what an angle is measured to: the H_T^miss of "Δφ to H_T^miss", "Δφ between jet and MET"."""
    at = next((k for k, t in enumerate(tokens) if t.kind == "VAR" and t.name in _ANGLES), None)
    if at is None or any(t.kind in ("COMMA", "SLASH", "SEMI") for t in tokens[at:]):
        return tokens
    return tokens[: at + 1]


class Headers:
    """The headers beside and over one cell, the nearest first; `symbols` are names of thresholds, no labels."""

    def __init__(self, grid: Grid, place: CellContext, symbols: Collection[str] = ()) -> None:
        self.grid, self.place, self.symbols = grid, place, symbols
        self.document, self.table = grid.document, grid.table
        self.cells = (*reversed(place.row), *reversed(place.column), *place.group)
        self.own = grid.tokens(place.cell)
        self.cases = self._cases()

    def _cases(self) -> dict[Cell, list[Island]]:
        """By label, the comparisons that say for which objects its row or column is."""
        found = {cell: self.grid.cases(cell) for cell in self.place.row}
        for cell in self.place.column:
            line = [c for c in self.table.cells if c.row == cell.row and c.column >= self.grid.first_value_column]
            found[cell] = cases_of_columns([self.grid.tokens(c) for c in line]).get(
                next((k for k, c in enumerate(line) if c == cell), -1), []
            )
        return {cell: cases for cell, cases in found.items() if cases}

    def tokens(self) -> list[list[Token]]:
        """The tokens of each header, but for the comparisons that only say for which objects it is."""
        return [without_cases(self.grid.tokens(cell), self._apart(cell)) for cell in self.cells]

    def _apart(self, cell: Cell) -> list[Island]:
        """The comparisons of a header that are not of what its cell asks for."""
        beside = cell in self.place.row and cell.column + cell.colspan == self.place.cell.column
        return self.cases.get(cell) or (self.grid.counted_with(cell, self.place.cell) if beside else [])

    def caption(self) -> list[Token]:
        """The tokens of the caption, [] for none."""
        return [] if self.table.caption is None else self.grid.tokens(self.table.caption)

    def text(self, cells: Iterable[Cell]) -> str:
        """The words of some headers."""
        return " ".join(self.document.quote(c) for c in cells)

    def variable(self, unit: str) -> Token | None:
        """The variable that the nearest header names, of the cell's dimension where the cell has a unit."""
        for tokens in self.tokens():
            if (dealt := self._of_column(tokens)) is not None:
                return dealt
            for token in reversed(_without_ends(tokens)):
                if token.kind != "VAR":
                    continue
                dimension = vocabulary.variables()[token.name].dimension
                if not unit or dimension == units.dimension(unit):
                    return token
        return None

    def _sum(self) -> tuple[str, Token | None]:
        """The sum that the row names by its parts, and the token of the word."""
        caption = "" if self.table.caption is None else self.document.quote(self.table.caption)
        for cell in self.place.row:
            tokens = self.grid.tokens(cell)
            if tokens and (name := sum_in(self.document.quote(cell), tokens, caption)):
                return name, tokens[0]
        return "", None

    def summed(self, unit: str) -> Token | None:
        """The H_T, L_T or S_T that the row names by its parts, None for none."""
        name, at = self._sum()
        fits = at is not None and name not in ("", UNKNOWN) and units.dimension(unit) == "energy"
        return Token("VAR", at.text, at.start, at.end, name) if fits and at is not None else None

    def sums_unknown(self) -> bool:
        """Whether the row names a sum that the vocabulary does not have."""
        return self._sum()[0] == UNKNOWN

    def _of_column(self, tokens: list[Token]) -> Token | None:
        """The one of "p_T^cone20/E_T, p_T^cone30/p_T" that is of the flavour over the cell: electrons come first."""
        both = [t for t in tokens if t.kind == "VAR" and vocabulary.family_of(t.name) == "isolation"]
        named = [t.name for c in self.place.column for t in self.grid.tokens(c) if t.kind == "OBJ"]
        joined = any(t.kind in ("COMMA", "SLASH", "SEMI", "OR", "AND") for t in tokens)
        if len(both) != 2 or len({t.name for t in both}) != 2 or not joined or len(set(named)) != 1:
            return None
        return {"electron": both[0], "muon": both[1]}.get(named[0])

    def joined(self, variable: Token) -> list[Token]:
        """The variable and those that its header lists with it: both of "Δφ(j_1, H_T^miss), Δφ(j_2, H_T^miss)"."""
        line = next((tokens for tokens in self.tokens() if variable in tokens), [])
        plain = all(t.kind in ("VAR", "COMMA", "AND", "OR", "SLASH", "LIGHT", "SEMI") for t in line)
        listed = [t for t in line if t.kind == "VAR" and t.name == variable.name and t.condition]
        return listed if plain and len({t.condition for t in listed}) == len(listed) > 1 else [variable]

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
            signs += [t.name for t in tokens if t.kind == "THRESH" and t.text.lower().startswith("threshold")]
            if len(signs) == 1:
                return signs[0]
            if signs or (_LEAST.search(words) and _MOST.search(words)):
                return ""
            said = ">=" if _LEAST.search(words) else "<=" if _MOST.search(words) else ""
            return said or self._captioned_bound()
        return ""

    def _captioned_bound(self) -> str:
        """The comparison that the text states for all numbers of the table, "" for none."""
        return stated_bound(self.document, self.table)

    def object(self, variable: str, said: list[Token] | None = None) -> str:
        """The object: from what the cell says (all of it, or `said`), else its headers, else the caption."""
        own = [m.object for m in find_mentions(self.own if said is None else said) if not m.relative]
        if own and own[-1] != "event":
            return own[-1]
        general = ""
        for tokens in self.tokens():
            things = [self._whole(m, tokens) for m in find_mentions(tokens) if not m.relative]
            things = [t for t in things if t not in _APART.get(vocabulary.family_of(variable), ())]
            for thing in things:
                if thing in ("lepton", "jet") and not general:
                    general = thing
                elif thing != "event" and (not general or vocabulary.covers(general, thing)):
                    return thing
        return (
            general or self._above() or self._captioned() or self._told() or topic_of(self.document, self.table.start)
        )

    def _above(self) -> str:
        """The object over the names of the rows, or that alone has the types which the headers name; "" for none."""
        above = [m.object for head in self.place.corner for m in find_mentions(self.grid.tokens(head))]
        above += [owner for tokens in self.tokens() for t in tokens if (owner := owner_of(t.name)) and t.kind == "COND"]
        return next((t for t in above if t not in ("event", "vertex")), "")

    def _captioned(self) -> str:
        """The object that the caption names first, "" for none."""
        things = [m.object for m in find_mentions(self.caption()) if not m.relative]
        return next((t for t in things if t not in ("event", "vertex")), "")

    def _told(self) -> str:
        """The one sort of lepton or photon that the paragraph right before the table speaks of, "" for none."""
        before = [b for b in self.document.blocks if b.end <= self.table.start and b.kind != "caption"]
        tokens = self.grid.tokens(before[-1]) if before and before[-1].kind == "paragraph" else []
        named = {
            t.name for t in tokens if t.kind == "OBJ" and t.name in ("electron", "muon", "photon", "tau", "lepton")
        }
        return next(iter(named)) if len(named) == 1 else ""

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

    def conditions(self, own: list[Token]) -> list[str]:
        """What the cell's words and the headers say beyond object and variable: region, kind of lepton, channel."""
        found = conditions_in(own)
        for header, tokens in zip(self.cells, self.tokens(), strict=True):
            text = self.document.quote(header)
            named = channel_of(text)
            conditions = (
                [named] if named else [] if _asks_more(text) or _plain(text) in _EXTRAS else conditions_in(tokens)
            )
            region = region_in(text)
            label = not named and header not in self.cases and self._is_label(header, text, tokens)
            if not (conditions or region) and self._names_point(header, text, tokens):
                known = [t.name for t in tokens if t.kind == "WP"]
                found.append(point_condition(known[0] if known else text))
            elif label and [t.kind for t in tokens] == ["WP"]:
                found.append(graded_class(tokens[0]))  # the columns "loose" and "tight" of a table of electrons
            elif label and _OF_THE_W.fullmatch(text.strip()):
                found.append("remaining")  # the columns "Z" and "W" of a table of leptons
            elif label and text.strip().lower() in ("selected", "signal"):
                found.append("signal")
            elif label and (header in self.place.classes or not (conditions or region)):
                found.append(text)
            else:
                found += [*conditions, *([region] if region else [])]
            found += in_words(self.cases.get(header, ()))
        return with_sorts(found)

    def channel_of_events(self) -> list[str]:
        """The channel of the columns "Electrons" and "Muons" for what is asked of events: E_T^miss of each channel."""
        heads = [[t for t in tokens if t.kind != "LIGHT"] for tokens in self.tokens()]
        named = [t[0].name for t in heads if len(t) == 1 and t[0].kind == "OBJ" and t[0].name in CHANNELS]
        return [CHANNELS[named[0]]] if len(named) == 1 else []

    def of_four(self, thing: str, own: list[Token]) -> list[str]:
        """The channel of "Four muons | at least three combined": what is asked of the types of four, if there are."""
        said = [own, *map(self.grid.tokens, self.place.row)]
        typed = any(t.kind == "COND" and kind_of(t.name) == "type" for s in said for t in s)
        four = any(b.kind == "OBJ" and b.name == thing and a.number == 4 for s in said for a, b in pairwise(s))
        channel = {"muon": "4μ channel", "electron": "4e channel"}.get(thing)
        return [channel] if channel and typed and four else []

    def _names_point(self, header: Cell, text: str, tokens: list[Token]) -> bool:
        """True for a header that is the name of a working point, in a table of working points."""
        tracks = [t for t in tokens if t.kind == "OBJ" and t.name == "track"]  # "Track only" among points
        others = [t for t in tokens if t not in tracks]
        if header in self.place.group or any(t.kind in ("VAR", "OBJ", "UNIT", "PAIR") for t in others):
            return False
        caption = titled(self.document, self.table)
        named = re.fullmatch(r"[A-Za-z][\w -]{2,30}", text) is not None and not _is_neutral(text)
        return named and (is_point_name(text) or lists_points(self.text(self.place.corner), caption))

    def _is_label(self, header: Cell, text: str, tokens: list[Token]) -> bool:
        """True for a header that names a region or class by a label of its own: "InSR1", "HH", "Baseline"."""
        if header in self.place.classes and not any(t.kind in ("VAR", "UNIT") for t in tokens):
            return len(text) <= 40 and not _is_neutral(text)
        if any(t.kind in ("VAR", "OBJ", "UNIT", "PAIR") for t in tokens) or _is_neutral(text):
            return False
        if symbol_in(self.document, header) in self.symbols:
            return False
        states = any(t.kind == "VAR" for t in self.own) or self.grid.states_count(self.place.cell)
        outer = header.column < max((c.column for c in self.place.row), default=0) and [t.kind for t in tokens] == [
            "WP"
        ]
        if header in self.place.row and states and not outer:
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
    found += ["remaining" for m in find_mentions(tokens) if "remaining" in m.conditions and not m.relative]
    for before, token, behind in zip([None, *tokens], tokens, [*tokens[1:], None], strict=False):
        found += own_conditions(token.text) if token.kind == "OBJ" else ()
        if token.kind != "COND" or (before and token.name == "veto" and (behind is None or behind.kind != "OBJ")):
            continue  # a lepton veto, a J/ψ veto: the title of the row
        found.append(f"not {token.name}" if _is_negated(tokens, token) else token.name)
    return found


def _is_negated(tokens: list[Token], condition: Token) -> bool:
    """True for the "stand-alone" of "not stand-alone", "except for stand-alone muons", "not for stand-alone ones"."""
    for token in reversed(tokens[: tokens.index(condition)]):
        if token.kind == "EXCEPT" or token.text.lower() in ("not", "non", "no", "but"):
            return True
        if token.kind not in ("LIGHT", "FOR", "DASH") and token.text.lower() not in ("for", "if", "on", "of"):
            return False
    return False


def symbol_in(document: Document, cell: Span) -> str:
    """The lone symbol that a header cell holds, without its unit, as thresholds are looked up."""
    return squeeze(re.sub(r"[\s(\[].*$", "", document.quote(cell)))


def comes_first(label: str) -> bool:
    """True for the heading "Preselection", under which objects are the baseline ones."""
    return _plain(label) in vocabulary.contexts()["tables"]["first"]


def _is_neutral(text: str) -> bool:
    words = _plain(text)
    return not words or names_this(text) or words in vocabulary.contexts()["tables"]["neutral"] or _asks_more(text)


def _asks_more(text: str) -> bool:
    """True for "Additional requirement", "Further cuts", which say nothing of the objects."""
    words = _plain(text)
    return bool(_FURTHER.match(words)) and _FURTHER.sub("", words) in vocabulary.contexts()["tables"]["neutral"]


def _plain(text: str) -> str:
    return re.sub(r"[^a-z ]", "", text.lower().replace("-", " ")).strip()


__all__ = ["Headers", "comes_first", "conditions_in", "symbol_in"]
