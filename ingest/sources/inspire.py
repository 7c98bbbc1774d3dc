"""INSPIRE-HEP: reference lists, metadata, and which identifiers mean the same paper.

The records' shape is https://inspirehep.net/schemas/records/hep.json; 15 requests in 5 seconds are allowed
(https://github.com/inspirehep/rest-api-doc).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from ingest.sources.client import DAY, PoliteClient, RequestFailed
from ingest.sources.fetched import PaperMetadata
from kg.errors import InvalidIdentifier, PaperUnavailable
from kg.identifiers import PaperId, parse_paper_id
from kg.records import Reference

_FIELDS = ",".join(
    "control_number arxiv_eprints dois titles collaborations report_numbers earliest_date preprint_date references "
    "withdrawn".split()
)
Entry = Mapping[str, Any]


@dataclass
class Inspire:
    """INSPIRE behind a client; with a client that has no network, what the cache holds of it."""

    client: PoliteClient
    name: str = "INSPIRE"

    def references(self, paper: PaperId) -> tuple[Reference, ...]:
        """The paper's reference list in its order; raises `PaperUnavailable` where there is no answer or record."""
        return references_of(self._record(paper))

    def metadata(self, paper: PaperId) -> PaperMetadata:
        """What INSPIRE says of the paper; raises `PaperUnavailable` where there is no answer or record."""
        return metadata_of(self._record(paper))

    def _record(self, paper: PaperId) -> Entry:
        answer = self.client.get(self._url(paper), lifetime=30 * DAY, flaw=_flaw, nothing=_is_empty)
        if not answer.found:
            raise PaperUnavailable(f"no {paper}", where=self.name, why=f"HTTP status {answer.status}")
        data = json.loads(answer.body)
        hits = data.get("hits")
        if isinstance(hits, dict):
            records = [h for h in hits.get("hits") or [] if isinstance(h, dict)]
            if len(records) != 1:
                why = "it has no record of this paper" if not records else f"{len(records)} records fit"
                raise PaperUnavailable(f"no {paper}", where=self.name, why=why)
            data = records[0]
        record = data.get("metadata", data)
        if not isinstance(record, dict):
            raise RequestFailed(f"no usable answer from {self.name}", where=answer.url, why="the record is no object")
        return record

    def _url(self, paper: PaperId) -> str:
        base = f"{self.client.settings.inspire_url}/api"
        if paper.scheme in ("arxiv", "report"):
            # a search may name the fields it wants, and so leaves out the 3,000 authors of an LHC paper
            query = f"arxiv:{paper.value}" if paper.scheme == "arxiv" else f'r "{paper.value}"'
            return f"{base}/literature?{urlencode({'q': query, 'size': 2, 'fields': _FIELDS})}"
        # a DOI may hold brackets, which mean something else in a search
        kind = "literature" if paper.scheme == "inspire" else paper.scheme
        return f"{base}/{kind}/{quote(paper.value, safe='/()')}"


def references_of(record: Entry) -> tuple[Reference, ...]:
    """The references of a record; entries of several papers under one label give one `Reference` each."""
    found = []
    for position, entry in enumerate(_dicts(record.get("references")), start=1):
        found.append(_reference(entry, position))
    return tuple(found)


def _reference(entry: Entry, position: int) -> Reference:
    details = entry.get("reference")
    details = details if isinstance(details, dict) else {}
    label = str(details.get("label") or position)
    title = details.get("title")
    title = title.get("title", "") if isinstance(title, dict) else ""
    return Reference(
        label=label,
        number=int(label) if label.isascii() and label.isdigit() else None,
        arxiv_id=_arxiv_id(details.get("arxiv_eprint")),
        doi=next((str(d) for d in details.get("dois") or [] if d), ""),
        inspire_id=_record_id(entry),
        report_number=next((str(r) for r in details.get("report_numbers") or [] if r), ""),
        title=" ".join(str(title).split()),
        text=_text(details),
    )


def _text(details: Entry) -> str:
    """The entry in words: authors, journal, volume, page, year, whatever there is."""
    authors = [str(a.get("full_name", "")) for a in _dicts(details.get("authors"))]
    groups = [str(c) for c in details.get("collaborations") or []]
    printed = details.get("publication_info")
    printed = printed if isinstance(printed, dict) else {}
    names = ("journal_title", "journal_volume", "page_start", "artid", "year")
    journal = dict.fromkeys(str(printed[n]) for n in names if printed.get(n))
    loose = [str(m) for m in details.get("misc") or []]
    return ", ".join(p for p in ("; ".join([*authors, *groups]), " ".join(journal), *loose) if p)


def metadata_of(record: Entry) -> PaperMetadata:
    """The metadata of a record."""
    day = str(record.get("earliest_date") or record.get("preprint_date") or "")
    withdrawn = bool(record.get("withdrawn"))
    return PaperMetadata(
        title=_first(record, "titles", "title"),
        collaboration=_first(record, "collaborations", "value"),
        year=int(day[:4]) if day[:4].isdigit() else None,
        doi=_first(record, "dois", "value").lower(),
        arxiv_id=_arxiv_id(_first(record, "arxiv_eprints", "value")),
        inspire_id=str(record.get("control_number") or ""),
        report_number=_first(record, "report_numbers", "value"),
        withdrawn=withdrawn,
    )


def _flaw(body: bytes) -> str:
    try:
        return "" if isinstance(json.loads(body), dict) else "what came is no JSON object"
    except ValueError:
        return "what came is no JSON"


def _is_empty(body: bytes) -> bool:
    hits = json.loads(body).get("hits")
    return isinstance(hits, dict) and not hits.get("hits")


def _first(record: Entry, field: str, key: str) -> str:
    return next((" ".join(str(e[key]).split()) for e in _dicts(record.get(field)) if e.get(key)), "")


def _dicts(value: Any) -> list[dict[str, Any]]:
    return [e for e in value if isinstance(e, dict)] if isinstance(value, list) else []


def _arxiv_id(text: Any) -> str:
    """The arXiv id without version; "" for what is none."""
    try:
        paper = parse_paper_id(str(text or ""))
    except InvalidIdentifier:
        return ""
    return paper.value if paper.scheme == "arxiv" else ""


def _record_id(entry: Entry) -> str:
    """The INSPIRE id at the end of a record's link."""
    link = entry.get("record")
    tail = str(link.get("$ref", "")).rstrip("/").rsplit("/", 1)[-1] if isinstance(link, dict) else ""
    return tail if tail.isdigit() else ""
