"""The reference list: entries by their numbers, identifiers by link annotations first and by the text second."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ingest.documents.bibliography.entry import Identifiers, identifiers_in_text
from ingest.documents.pdf.hyphens import Hyphens
from ingest.documents.pdf.lines import Line
from ingest.documents.pdf.page import Link, Page
from kg.errors import KgError
from kg.identifiers import parse_paper_id
from kg.records import Reference

_BRACKETED = re.compile(r"\[(\d{1,4})\]\s*")
_DOTTED = re.compile(r"(\d{1,4})\.\s+(?=\D)")
_PARENTHESIS = re.compile(r"\((\d{1,4})\)\s+")


@dataclass(slots=True)
class Entry:
    """One entry: its printed number and its lines."""

    number: int
    lines: list[Line]
    links: list[Link] = field(default_factory=list)
    text: str = ""


def entries_of(lines: list[Line], hyphens: Hyphens) -> list[Entry]:
    """The entries of a reference list; a line that begins with the next number begins the next entry."""
    for mark in (_BRACKETED, _DOTTED, _PARENTHESIS):
        entries = _split(lines, mark)
        if len(entries) >= 2 or (entries and len(lines) < 8):
            for entry in entries:
                entry.text = _text(entry, hyphens, mark)
            return entries
    return []


def _split(lines: list[Line], mark: re.Pattern[str]) -> list[Entry]:
    entries: list[Entry] = []
    for line in lines:
        match = mark.match(line.text)
        number = int(match[1]) if match else 0
        expected = entries[-1].number + 1 if entries else 1
        if match and (number == expected or (expected < number <= expected + 3)):
            entries.append(Entry(number, [line]))
        elif entries:
            entries[-1].lines.append(line)
    return entries


def _text(entry: Entry, hyphens: Hyphens, mark: re.Pattern[str]) -> str:
    text = ""
    for line in entry.lines:
        text = hyphens.joined(text, line.text) + line.text if text else mark.sub("", line.text, count=1)
    return " ".join(text.split())


def attach_links(entries: list[Entry], pages: list[Page]) -> None:
    """Give each entry the web links whose boxes lie on its lines, in the order of the page."""
    where: dict[int, list[tuple[Line, Entry]]] = {}
    for entry in entries:
        for line in entry.lines:
            where.setdefault(line.page, []).append((line, entry))
    for page in pages:
        for link in page.links:
            if not link.uri:
                continue
            x, y = (link.box.x0 + link.box.x1) / 2, link.box.y0 + 0.35 * link.box.height
            near = [
                (abs(line.y + 0.2 * line.size - y), entry.number, entry)
                for line, entry in where.get(page.number, [])
                if abs(line.y + 0.2 * line.size - y) < 0.9 * line.size and line.x0 - 3 <= x <= line.x1 + 3
            ]
            if near:
                min(near, key=lambda n: n[:2])[2].links.append(link)


def references_of(entries: list[Entry]) -> list[Reference]:
    """The references: one for each paper that an entry names, at least one for each entry."""
    result = []
    for entry in entries:
        papers = _papers(entry) or (Identifiers(),)
        for paper in papers:
            result.append(
                Reference(
                    label=str(entry.number),
                    number=entry.number,
                    arxiv_id=paper.arxiv_id,
                    doi=paper.doi,
                    report_number=paper.report_number,
                    text=entry.text,
                )
            )
    return result


def _papers(entry: Entry) -> tuple[Identifiers, ...]:
    """Papers by the entry's links, in order, completed from its text."""
    linked = identifiers_in_text(_spelt(entry.links, entry.text))
    printed = identifiers_in_text(entry.text)
    if not linked:
        return printed
    if len(linked) == 1 and len(printed) <= 1:
        said = printed[0] if printed else Identifiers()
        one = linked[0]
        return (
            Identifiers(one.arxiv_id or said.arxiv_id, one.doi or said.doi, one.report_number or said.report_number),
        )
    return linked


def _spelt(links: list[Link], text: str) -> str:
    """The links' identifiers as an entry would print them, so that one rule decides which belong to one paper."""
    parts: list[str] = []
    errata = bool(re.search(r"erratum|addendum|corrigend", text, re.I))
    dois = 0
    for link in links:
        try:
            paper = parse_paper_id(link.uri)
        except KgError:
            continue
        if paper.scheme == "doi":
            dois += 1
            value = _doi_as_linked(link.uri)
            part = f"doi:{value}"
            if part in parts:
                continue
            parts.append(("Erratum: " if errata and dois > 1 else "") + part)
        elif paper.scheme == "arxiv":
            part = f"arXiv:{paper.value}"
            if part not in parts:
                parts.append(part)
    return " ; ".join(parts)


def _doi_as_linked(uri: str) -> str:
    match = re.search(r"10\.\d{4,9}/.*", uri)
    return match[0] if match else ""


__all__ = ["Entry", "attach_links", "entries_of", "references_of"]
