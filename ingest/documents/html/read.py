"""An HTML page as a document: sections, paragraphs, lists, equations, tables, captions, citations, references."""

from __future__ import annotations

import hashlib
import re
import warnings

from bs4 import BeautifulSoup, MarkupResemblesLocatorWarning, XMLParsedAsHTMLWarning
from bs4.element import Tag

from ingest.documents.document import Document, DocumentBuilder
from ingest.documents.html.blocks import BlockReader
from ingest.documents.html.inline import InlineReader
from ingest.documents.html.references import entries_of
from kg.errors import DocumentUnreadable

MAX_BYTES = 50_000_000
_REFUSAL = re.compile(
    r"\b(?:404|403|500|502|503|not found|not available|access denied|forbidden|error|unavailable|captcha|"
    r"just a moment|sign in|log ?in|robot)\b",
    re.I,
)
_COLLABORATION = re.compile(r"\b(?:[Tt]he\s+)?([A-Z][\w-]*(?:,? (?:and )?[A-Z][\w-]*)*) Collaborations?\b")


def read_html(data: bytes, name: str = "") -> Document:
    """The paper on an HTML page.

    Raises `DocumentUnreadable` for a page that is none: an error page, a page without paragraphs, other bytes.
    """
    where = name or "the HTML page"
    if len(data) > MAX_BYTES:
        raise DocumentUnreadable("no paper", where=where, why=f"it is larger than {MAX_BYTES:,} bytes")
    try:
        page = _parsed(data)
        _refuse_other_pages(page, where)
        return _document(page, data, name)
    except RecursionError as error:
        raise DocumentUnreadable("no paper", where=where, why="its elements are nested too deeply") from error


def _parsed(data: bytes) -> BeautifulSoup:
    try:
        # most pages are UTF-8 and say so late or not at all; guessing is for the rest
        markup: str | bytes = data.decode("utf-8")
    except UnicodeDecodeError:
        markup = data
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
        warnings.simplefilter("ignore", MarkupResemblesLocatorWarning)
        return BeautifulSoup(markup, "lxml")


def _refuse_other_pages(page: BeautifulSoup, where: str) -> None:
    """Raise `DocumentUnreadable` for a page that is no paper."""
    if page.find(class_=["ltx_document", "ltx_page_main"]) is not None:
        if page.find(class_=["ltx_p", "ltx_tabular"]) is None:
            raise DocumentUnreadable("no paper", where=where, why="the page has no text; its conversion failed")
        return
    heading = next((t for t in (page.find("h1"), page.find("title")) if isinstance(t, Tag)), None)
    title = heading.get_text(" ", strip=True) if heading is not None else ""
    paragraphs = [p.get_text(" ", strip=True) for p in page.find_all(["p", "li", "td"])]
    words = sum(len(p.split()) for p in paragraphs)
    if "HTML is not available for the source" in page.get_text(" ") or (_REFUSAL.search(title) and words < 400):
        raise DocumentUnreadable("no paper", where=where, why=f"the page says {title[:80]!r}")
    if not words:
        raise DocumentUnreadable("no paper", where=where, why="the page has no paragraphs")


def _document(page: BeautifulSoup, data: bytes, name: str) -> Document:
    builder = DocumentBuilder("html", hashlib.sha256(data).hexdigest())
    entries = entries_of(page)
    labels = {anchor: entry.label for entry in entries for anchor in entry.anchors}
    inline = InlineReader(labels)
    _describe(page, builder)
    root = page.find(class_="ltx_document") or page.find("article") or page.find("main") or page.body or page
    BlockReader(builder, inline, name, {id(e.tag): e for e in entries}).read(root)
    builder.references += [reference for entry in entries for reference in entry.references()]
    if inline.errors:
        builder.warnings.append(
            f"{len(inline.errors)} commands were not converted to HTML by arXiv and are left out: "
            + ", ".join(sorted(set(inline.errors))[:10])
        )
    return builder.build()


def _describe(page: BeautifulSoup, builder: DocumentBuilder) -> None:
    """Title, identifiers and collaboration, as far as the page names them."""
    heading = page.find(class_="ltx_title_document")
    if heading is None and page.find(class_="ltx_document") is None:
        heading = page.find("h1") or page.find("title")
    builder.title = _meta(page, "citation_title") or (
        InlineReader({}).text(heading) if isinstance(heading, Tag) else ""
    )
    builder.doi = _meta(page, "citation_doi")
    mark = page.find(id="watermark-tr")
    stamp = mark.get_text(" ", strip=True) if isinstance(mark, Tag) else ""
    found = re.search(r"arXiv:(\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})", stamp)
    builder.arxiv_id = _meta(page, "citation_arxiv_id") or (found[1] if found else "")
    authors = page.find(class_="ltx_authors")
    group = _COLLABORATION.search(authors.get_text(" ", strip=True)) if isinstance(authors, Tag) else None
    builder.collaboration = group[1] if group else ""


def _meta(page: BeautifulSoup, name: str) -> str:
    tag = page.find("meta", attrs={"name": name})
    return " ".join(str(tag.get("content") or "").split()) if isinstance(tag, Tag) else ""
