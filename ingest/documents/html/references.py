"""The reference list of an HTML page: LaTeXML's bibliography, or the list under a heading "References"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bs4 import BeautifulSoup
from bs4.element import Tag

from ingest.documents.bibliography.entry import Identifiers, identifiers_in_text
from ingest.documents.html.inline import InlineReader, classes
from kg.records import Reference

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_TITLE = re.compile(r"(?:\d+\.?\s+)?(?:references|bibliography|literature cited)", re.I)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: its element, its anchors in the page, its label and its text."""

    tag: Tag
    anchors: tuple[str, ...]
    label: str
    text: str

    def references(self) -> tuple[Reference, ...]:
        """One `Reference` for each paper that the entry's text and links name, at least one."""
        links = [str(a["href"]) for a in self.tag.find_all("a", href=True)]
        found = identifiers_in_text(self.text)
        if not found:
            # links repeat what the text says; they count only where it says nothing
            found = identifiers_in_text(" ; ".join(links))[:1] or (Identifiers(),)
        elif len(found) == 1:
            found = (_with_links(found[0], links),)
        number = int(self.label) if self.label.isascii() and self.label.isdigit() else None
        return tuple(
            Reference(
                self.label,
                number,
                arxiv_id=one.arxiv_id,
                doi=one.doi,
                report_number=one.report_number,
                text=self.text,
            )
            for one in found
        )


def entries_of(page: BeautifulSoup | Tag) -> list[Entry]:
    """The reference entries of a page in their order; [] where it has none."""
    items = [t for t in page.find_all(class_="ltx_bibitem") if isinstance(t, Tag)] or _listed(page)
    reader = InlineReader({})
    return [_entry(tag, place, reader) for place, tag in enumerate(items, start=1)]


def _entry(tag: Tag, place: int, reader: InlineReader) -> Entry:
    mark = next((t for t in tag.find_all(class_="ltx_tag_bibitem") if isinstance(t, Tag)), None)
    label = _label(reader.text(mark)) if mark is not None else ""
    body = [c for c in tag.children if c is not mark]
    text = reader.text(*body)
    if not label and (printed := re.match(r"\[(\d{1,4}[a-z]?)\]\s*", text)):
        label, text = printed[1], text[printed.end() :]
    inner = [str(t["id"]) for t in tag.find_all(id=True)] + [
        str(t["name"]) for t in tag.find_all("a", attrs={"name": True})
    ]
    own = [str(tag["id"])] if tag.get("id") else []
    return Entry(tag, (*own, *inner), label or str(place), text)


def _label(mark: str) -> str:
    """What an entry is marked with, without its brackets: "24" of "[24]" and "24.", "Aad (2012)" as it is."""
    bracketed = re.fullmatch(r"\[(.*)\]\.?|\((\d+)\)\.?|(\d+)[.:)]", mark)
    return next((g for g in bracketed.groups() if g), "").strip() if bracketed else mark


def _listed(page: BeautifulSoup | Tag) -> list[Tag]:
    """The items of the first list after the last heading "References"."""
    headings = [h for h in page.find_all(_HEADINGS) if _TITLE.fullmatch(h.get_text(" ", strip=True))]
    if not headings:
        return []
    block = headings[-1].find_next(["ol", "ul"])
    return [c for c in block.children if isinstance(c, Tag) and c.name == "li"] if isinstance(block, Tag) else []


def _with_links(found: Identifiers, links: list[str]) -> Identifiers:
    """Identifiers of the text, with what is missing taken from links that name one paper only."""
    linked = identifiers_in_text(" ; ".join(links))
    if len(linked) != 1:
        return found
    agree = all(
        not a or not b or a.lower() == b.lower()
        for a, b in ((found.arxiv_id, linked[0].arxiv_id), (found.doi, linked[0].doi))
    )
    if not agree:
        return found
    return Identifiers(
        found.arxiv_id or linked[0].arxiv_id,
        found.doi or linked[0].doi,
        found.report_number or linked[0].report_number,
    )


def is_bibliography(tag: Tag) -> bool:
    """Whether an element holds LaTeXML's reference list."""
    return not classes(tag).isdisjoint(("ltx_bibliography", "ltx_biblist"))
