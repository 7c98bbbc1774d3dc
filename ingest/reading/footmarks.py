"""Footnotes of a table: the mark behind a value, and who the note exempts from it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from ingest.documents.document import Document, Span, Table
from ingest.reading.exemptions import Exemption, exemption_in
from ingest.reading.proposal import Proposal

_SIGNS = "†‡§¶*∗"
_MARK = re.compile(rf"\s*(?:\^\{{?\(?(?P<letter>[a-h])\)?\}}?|\^?\(?(?P<sign>[{_SIGNS}]+)\)?)$")
_NOTE = re.compile(rf"(?:^|(?<=\s))\^?\(?(?P<mark>[a-h]|[{_SIGNS}]+)\)?[.:]?\s*(?=[A-Z])")
# "Not for stand-alone muons": what a sentence would call "does not apply to"
# "Entries with a dagger (†) do not apply to …": a sentence of the caption that speaks of the mark itself
_SPOKEN = re.compile(
    rf"(?i)\b(?:entries|rows?|values|numbers|requirements|criteria|limits|cuts|cells|lines?|those|quantities|items|marked|what)"
    rf"\b[^.;]{{0,60}}?(?:\^?\(?(?P<sign>[{_SIGNS}]+)\)?|\^\{{?\(?(?P<letter>[a-h])\)?\}}?"
    r"|[‘“'\"`](?P<quoted>[a-h])[’”'\"])"
)
_SENTENCE = re.compile(r"(?:(?<=[.;])\s+|^\s*)(?=\S)")
_NAMED = {"dagger": "†", "daggers": "†", "double dagger": "‡", "asterisk": "*", "star": "*", "asterisks": "*"}
_BY_NAME = re.compile(r"(?i)\b(?:an?|the) (?P<name>double dagger|dagger|asterisk|star)\b")
_MEANS = re.compile(
    r"(?i)\b(?:means?|denotes?|indicates?|stands? for|signif(?:y|ies))\b(?: that)?:?\s+"
    r"|(?<=[†‡§¶*∗)]):\s+"
)
_SHORT = re.compile(
    r"(?i)^(?:(?:these|this|it) (?:is|are) )?"
    r"(?:not (?:required|applied|imposed|used|demanded)?\s?(?:of|for|to|on|in case of)?|except(?:ing)? (?:for|of)?"
    r"|all (?:muons|electrons|leptons|photons)? ?(?:but|except(?: for)?))\s"
)
_BEHIND = 3  # blocks behind a table that may hold its notes
_OF_NOTES = ("paragraph", "footnote", "caption", "list_item")  # in a PDF a note that begins with "*" looks like an item


def without_mark(text: str) -> str:
    """The text of a cell without the mark of a footnote behind it.

    >>> without_mark("< 0.5 mm ^a"), without_mark("> 20 GeV†"), without_mark("m^2")
    ('< 0.5 mm', '> 20 GeV', 'm^2')
    """
    return _MARK.sub("", text)


def with_footnotes(document: Document, table: Table, proposals: Iterable[Proposal]) -> list[Proposal]:
    """The cuts of a table, with the types that the note to a mark at their cell, row or column exempts."""
    known = list(proposals)
    marked = [(cell, mark) for cell in table.cells if (mark := _mark_of(document.quote(cell)))]
    notes = _notes(document, table) if marked else {}
    for cell, mark in marked:
        note = notes.get(mark)
        if note is None or (exemption := _exempts(document.quote(note))) is None:
            continue
        for index, proposal in enumerate(known):
            spans = (proposal.focus, *proposal.headers)
            heads_row = cell.column == 0 and proposal.quote.start <= cell.start < proposal.focus.start
            meant = heads_row or any(cell.start <= s.start < cell.end for s in spans)
            if meant and exemption.holds_for(proposal):
                applied = exemption.applied(proposal)
                headers = proposal.headers if applied == proposal else tuple({*proposal.headers, note})
                known[index] = replace(applied, headers=tuple(sorted(headers, key=lambda s: s.start)))
    return known


def _mark_of(text: str) -> str:
    match = _MARK.search(text)
    return (match["letter"] or match["sign"]) if match else ""


def _exempts(note: str) -> Exemption | None:
    """The exemption that a note states, also in short: "Not required of stand-alone muons", "Except for …"."""
    return exemption_in(_SHORT.sub("This does not apply to ", note))


def _notes(document: Document, table: Table) -> dict[str, Span]:
    """Mark -> its note, without the mark: in a cell of its own, in the caption, or right behind the table."""
    after = [b for b in document.blocks if b.start >= table.end and b.kind in _OF_NOTES]
    places: list[Span] = [c for c in table.cells if not _mark_of(document.quote(c))]
    places += [*filter(None, (table.caption,)), *after[:_BEHIND]]
    found: dict[str, Span] = {}
    for place in places:
        matches = list(_NOTE.finditer(document.quote(place)))
        ends = [*(m.start() for m in matches[1:]), place.end - place.start]
        for match, end in zip(matches, ends, strict=False):
            found.setdefault(match["mark"], Span(place.start + match.end(), place.start + end))
        for mark, span in _spoken_of(document, place):
            found.setdefault(mark, span)
    return found


def _spoken_of(document: Document, place: Span) -> Iterator[tuple[str, Span]]:
    """The marks that sentences of a caption or a note speak of: "Entries with a dagger (†) do not apply to …"."""
    text = document.quote(place)
    starts = [m.end() for m in _SENTENCE.finditer(text)]
    for start, end in zip(starts, [*starts[1:], len(text)], strict=False):
        match, named = _SPOKEN.search(text, start, end), _BY_NAME.search(text, start, end)
        mark = (match["sign"] or match["letter"] or match["quoted"]) if match else ""
        mark = mark or (_NAMED[named["name"].lower()] if named else "")
        if mark and (means := _MEANS.search(text, start, end)):
            start = means.end()
        if mark and start < end:
            yield mark, Span(place.start + start, place.start + end)


__all__ = ["with_footnotes", "without_mark"]
