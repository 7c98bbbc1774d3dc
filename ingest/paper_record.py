"""The `Paper` that a source's answer and the document read out of it describe together."""

from __future__ import annotations

import hashlib
from pathlib import PurePath

from ingest.documents.document import Document
from ingest.sources.fetched import Fetched, PaperMetadata
from kg.errors import InvalidIdentifier
from kg.identifiers import PaperId, parse_paper_id
from kg.records import Paper


def content_digest(fetched: Fetched) -> str:
    """SHA-256 of the bytes, in hexadecimal: what `Paper.sha256` holds."""
    return hashlib.sha256(fetched.data).hexdigest()


def paper_record(fetched: Fetched, document: Document) -> Paper:
    """The paper's record. What the source knows (arXiv, INSPIRE) goes before what the document says of itself.

    `source` names the file but neither its folder nor the moment, so that the record is the same wherever
    the same bytes are read.
    """
    known = fetched.metadata or PaperMetadata()
    asked = fetched.id
    arxiv_id = (asked.value if asked and asked.scheme == "arxiv" else "") or known.arxiv_id or document.arxiv_id
    doi = (asked.value if asked and asked.scheme == "doi" else "") or known.doi or document.doi
    inspire_id = (asked.value if asked and asked.scheme == "inspire" else "") or known.inspire_id
    report = (
        (asked.value if asked and asked.scheme == "report" else "") or known.report_number or document.report_number
    )
    digest = content_digest(fetched)
    arxiv_id = _plain_arxiv_id(arxiv_id)
    named = {"doi": doi.lower(), "inspire": inspire_id, "report": report}
    version = asked.version if asked and asked.scheme == "arxiv" and fetched.edition != "restatement" else ""
    identity = (
        f"{arxiv_id}{version}"
        if arxiv_id
        else next((f"{scheme}:{value}" for scheme, value in named.items() if value), "")
    )
    return Paper(
        id=identity or f"local:{_stem(fetched.name)}:{digest[:8]}",
        edition=fetched.edition,
        title=known.title or document.title,
        collaboration=known.collaboration or document.collaboration,
        year=known.year or document.year,
        version=version or known.version,
        arxiv_id=arxiv_id,
        doi=doi.lower(),
        inspire_id=inspire_id,
        report_number=report,
        sha256=digest,
        source=f"{_place(fetched.origin)}, {fetched.name}",
        withdrawn=known.withdrawn,
        warnings=document.warnings,
    )


def _plain_arxiv_id(text: str) -> str:
    """The id without version; "" for what is none (a document may say anything of itself)."""
    try:
        found: PaperId = parse_paper_id(text) if text else PaperId("", "")
    except InvalidIdentifier:
        return ""
    return found.value if found.scheme == "arxiv" else ""


def _stem(name: str) -> str:
    """A file name without its endings and without what would be read as a separator of the id."""
    stem = PurePath(name).name.split(".")[0] or "paper"
    return "".join(c if c.isalnum() or c in "-_" else "-" for c in stem)


def _place(origin: str) -> str:
    """The kind of source: "library" of "library /home/ann/papers/1605.03171.pdf"; the cache holds arXiv's answers."""
    kinds = {"bundled library": "bundled library", "library": "library", "file": "file", "cache": "arXiv"}
    return next((kind for start, kind in kinds.items() if origin.startswith(start)), origin)
