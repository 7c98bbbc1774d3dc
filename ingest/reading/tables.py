"""Tables: which of them state requirements, and what their cells and headers state."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from ingest.documents.document import Document, Span, Table
from ingest.documents.sentences import split_sentences
from ingest.reading import context
from ingest.reading.bounds import stated_bound, titled
from ingest.reading.cells import CellReader
from ingest.reading.conditions import joined, kind_of, parts
from ingest.reading.exemptions import Exemption, exemption_behind, exemption_in
from ingest.reading.footmarks import with_footnotes
from ingest.reading.grid import Grid
from ingest.reading.headers import symbol_in
from ingest.reading.islands import find_islands
from ingest.reading.isolation_symbols import find_symbols
from ingest.reading.isolations import find_isolations
from ingest.reading.next_rows import with_next_rows
from ingest.reading.not_here import says_elsewhere
from ingest.reading.points import lists_points
from ingest.reading.proposal import Proposal, Unread
from ingest.reading.thresholds import find_thresholds
from ingest.reading.tokens import tokenise
from kg import vocabulary

_RESULTS = "the caption or the cells speak of results with their uncertainties, not of requirements"
_ELSEWHERE = "not a requirement: the text says so of the table"
_DEFINES = re.compile(r"(?i)requirement|criteria|definition|selection of")
_OF_ALL = re.compile(
    r"(?i)\bnone of (?:the|these|its) (?:requirements?|criteria|cuts|conditions)\b"
    r"|\b(?:requirements?|criteria|cuts|conditions) (?:in|of|listed in|given in) (?:the|this) table\b"
)
_UNCERTAIN = re.compile(r"\d\s*±\s*\d")  # not the charges of "ℓ±ℓ±"
_MEASURED = 3  # cells with an uncertainty, of which a table of requirements has none


def read_tables(document: Document) -> tuple[list[Proposal], list[Unread]]:
    """The cuts of all tables of requirements, and the cells that were set aside."""
    proposals: list[Proposal] = []
    unread: list[Unread] = []
    thresholds, isolations = find_thresholds(document), find_isolations(document)
    named = find_symbols(document)
    for table in document.tables:
        reason = why_not_requirements(document, table)
        symbols = [c for c in table.cells if symbol_in(document, c) in thresholds]
        if reason and (not symbols or reason == _RESULTS or reason.startswith(_ELSEWHERE)):
            unread.append(Unread(Span(table.start, table.end), reason))
            continue
        grid = Grid(document, table, named)
        made: list[tuple[int, Proposal]] = []
        for cell in (*grid.heads(), *grid.body()):
            found, left = CellReader(grid, cell, thresholds, isolations).read()
            made += [(cell.cell.row, p) for p in found]
            unread += left
        stated = with_footnotes(document, table, _exempted(document, table, made))
        stated = with_next_rows(document, stated)
        proposals += [one for p in stated for one in _of_each_class(p)]
    return proposals, unread


def result_captions(document: Document) -> frozenset[int]:
    """Where the captions of tables begin that are none of requirements."""
    others = [t for t in document.tables if t.caption is not None and why_not_requirements(document, t)]
    return frozenset(t.caption.start for t in others if t.caption is not None)


def _of_each_class(proposal: Proposal) -> list[Proposal]:
    """A cell under several heads, "loose" and "tight", states its requirement for each of these classes."""
    conditions = parts(proposal.applies_when)
    classes = [c for c in conditions if kind_of(c) == "class" and c != "additional"]
    if len(classes) < 2:
        return [proposal]
    rest = [c for c in conditions if c not in classes]
    return [replace(proposal, applies_when=joined([*rest, one]), order=k) for k, one in enumerate(classes)]


def _exempted(document: Document, table: Table, made: Sequence[tuple[int, Proposal]]) -> list[Proposal]:
    """The cuts of the rows, with the exemptions that the caption states: "The upper three do not apply to …"."""
    proposals = [p for _, p in made]
    caption = document.quote(table.caption) if table.caption else ""
    rows = sorted({row for row, _ in made})
    said = [part for a, b in split_sentences(caption, 0, len(caption)) for part in caption[a:b].split("; ")]
    for exemption in filter(None, map(exemption_behind, said, ["", *said])):
        place = exemption.place
        meant = set(rows[:place] if place > 0 else rows[place:] if place else rows)
        if place or exemption.families or exemption.variables:
            proposals = [
                exemption.applied(p) if row in meant and exemption.holds_for(p) else p
                for (row, _), p in zip(made, proposals, strict=True)
            ]
    for exemption in _told_behind(document, table):
        proposals = [exemption.applied(p) if exemption.holds_for(p) else p for p in proposals]
    return proposals


def _told_behind(document: Document, table: Table) -> Iterator[Exemption]:
    """The exemptions from all of a table in the paragraph behind it: "None of the requirements is applied to …"."""
    behind = next((b for b in document.blocks if b.start >= table.end and b.kind != "caption"), None)
    if behind is None or behind.kind != "paragraph":
        return
    text = document.quote(behind)
    for a, b in split_sentences(text, 0, len(text)):
        exemption = exemption_in(text[a:b]) if _OF_ALL.search(text[a:b]) else None
        if exemption is not None and not (exemption.place or exemption.variables):
            yield exemption


# "Acceptance for leptons and jets": no result where the cells bound what the heads name
_ACCEPTANCE = re.compile(
    r"(?i)\bacceptance (?:for|of|in) (?:the )?(?:leptons?|electrons?|muons?|photons?|jets?|objects?)\b"
)


def why_not_requirements(document: Document, table: Table) -> str:
    """Why the table is not one of requirements, or ""."""
    if told := says_elsewhere(document, table):
        return f"{_ELSEWHERE} ({told})"
    caption = titled(document, table)
    head = caption.split(". ")[0]
    section = context.section_without_selection(document.section_path(table.start))
    defines = _DEFINES.search(caption) is not None
    if not defines and sum(_UNCERTAIN.search(document.quote(c)) is not None for c in table.cells) >= _MEASURED:
        return _RESULTS
    if stated_bound(document, table):
        return ""
    heads = " ".join(document.quote(c) for c in table.cells if c.header)
    if lists_points(heads, head) and _bounds_variables(Grid(document, table)):
        return ""  # "Working points of the isolation and their efficiencies"
    accepts = _ACCEPTANCE.search(head) is not None and _bounds_variables(Grid(document, table))
    if _words("results").search(head) and not _DEFINES.search(head) and not accepts:
        return "the caption speaks of results, not of requirements"
    headers = " ".join(document.quote(c) for c in table.cells if c.header)
    if accepts or _words("requirements").search(f"{caption} {headers}"):
        return ""
    return f"the section {section!r} describes no selection" if section else _no_comparison(document, table)


def _no_comparison(document: Document, table: Table) -> str:
    islands = find_islands(tokenise(document.text, table.start, table.end))
    if sum(i.variable is not None for i in islands) >= 2 or _bounds_variables(Grid(document, table)):
        return ""
    return "neither caption nor headers name requirements"


def _bounds_variables(grid: Grid) -> bool:
    """True for a table whose headers name variables and whose cells bound them: "m_ℓℓ | > 5 GeV", "Mass | 50–106 GeV".

    A number by itself beside a variable, or with an uncertainty, is a result.
    """
    bounded = 0
    of_points = lists_points(" ".join(grid.text(c) for c in grid.table.cells if c.row in grid.header_rows), "")
    for place in grid.body():
        heads = [t for cell in (*place.row, *place.column) for t in grid.tokens(cell)]
        named = any(t.kind == "VAR" and t.name != "count" for t in heads)
        kinds = [t.kind for t in grid.tokens(place.cell)]
        if of_points and not named:
            continue  # how efficient a working point is
        if any(s in grid.text(place.cell) for s in "%±") or (named and kinds and set(kinds) <= {"NUM", "UNIT"}):
            return False
        ranged = kinds[:3] == ["NUM", "DASH", "NUM"] and set(kinds[3:]) <= {"UNIT"}
        bounded += named and (ranged or bool(find_islands(grid.tokens(place.cell), bare_brackets=True)))
    return bounded >= 2


@cache
def _words(group: str) -> re.Pattern[str]:
    words = sorted(vocabulary.contexts()["tables"][group], key=len, reverse=True)
    return re.compile(r"(?i)(?<!\w)(?:" + "|".join(map(re.escape, words)) + r")(?!\w)")
