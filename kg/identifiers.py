"""Identifiers of papers: arXiv ids old and new, DOIs, INSPIRE ids, ATLAS and CMS report numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.errors import InvalidIdentifier
from kg.records import Reference, content_id

_ARXIV_URL = r"(?:https?://)?(?:[a-z]+\.)?arxiv\.org/(?:abs|pdf|html|src|e-print)/"
_NEW = r"(?P<new>\d{4}\.\d{4,5})"
_OLD = r"(?P<old>[a-z][a-z-]+(?:\.[A-Z]{2})?/\d{7})"
_ARXIV = re.compile(rf"(?:arxiv:\s*|{_ARXIV_URL})?(?:{_NEW}|{_OLD})(?P<version>v\d+)?(?:\.pdf)?/?", re.I)
_DOI = re.compile(r"(?:doi:\s*|(?:https?://)?(?:dx\.)?doi\.org/)?(?P<doi>10\.\d{4,9}/[^\s\"<>]+)", re.I)
_INSPIRE = re.compile(r"(?:inspire:|(?:https?://)?inspirehep\.net/(?:api/)?(?:literature|record)/)(?P<id>\d+)/?", re.I)
_REPORT = re.compile(r"(?:report:)?(?P<report>[A-Z]{2,}(?:-[A-Z0-9]+)*-\d{2,4}-\d{2,4}(?:-\d+)?)")


_SHOWN = 200  # characters of what is no identifier, in the error

_VERSIONED = re.compile(rf"({_NEW}|{_OLD})v(\d+)".replace("?P<new>", "?:").replace("?P<old>", "?:"))


@dataclass(frozen=True, slots=True)
class PaperId:
    """A paper's identifier: its scheme ("arxiv", "doi", "inspire", "report"), value and arXiv version ("v2" or "")."""

    scheme: str
    value: str
    version: str = ""

    def __str__(self) -> str:
        return self.value + self.version if self.scheme == "arxiv" else f"{self.scheme}:{self.value}"


def parse_paper_id(text: str) -> PaperId:
    """The identifier that `text` writes, in whichever usual spelling; raises `InvalidIdentifier`.

    >>> str(parse_paper_id("https://arxiv.org/abs/1806.00242v2"))
    '1806.00242v2'
    >>> str(parse_paper_id("doi:10.1007/JHEP10(2017)132"))
    'doi:10.1007/jhep10(2017)132'
    """
    text = text.strip()
    if match := _ARXIV.fullmatch(text):
        new, old = match["new"], match["old"]
        if new and not 1 <= int(new[2:4]) <= 12:
            raise InvalidIdentifier(f"{text!r} is no arXiv id", why=f"there is no month {new[2:4]}")
        return PaperId("arxiv", new or _old_style(old), (match["version"] or "").lower())
    if match := _DOI.fullmatch(text):
        return PaperId("doi", match["doi"].rstrip(".,;").lower())
    if match := _INSPIRE.fullmatch(text):
        return PaperId("inspire", match["id"])
    if match := _REPORT.fullmatch(text):
        return PaperId("report", match["report"])
    raise InvalidIdentifier(
        f"{text if len(text) <= _SHOWN else text[:_SHOWN] + '…'!r} is no paper",
        why="expected an arXiv id (1806.00242), a DOI (10.…/…), an INSPIRE id (inspire:123) or a file",
    )


def _old_style(text: str) -> str:
    archive, number = text.lower().split("/")
    return f"{archive.split('.')[0]}/{number}"


def split_version(paper_id: str) -> tuple[str, int]:
    """A paper's id without its arXiv version, and the version's number, 0 for none.

    >>> split_version("1806.00242v2"), split_version("hep-ex/0601001"), split_version("local:v2:12ab34cd")
    (('1806.00242', 2), ('hep-ex/0601001', 0), ('local:v2:12ab34cd', 0))
    """
    match = _VERSIONED.fullmatch(paper_id)
    return (match[1], int(match[2])) if match else (paper_id, 0)


def reference_id(reference: Reference) -> str:
    """The id of the paper that a reference means: by arXiv id, else DOI, INSPIRE id, report number, else its text.

    >>> reference_id(Reference("24", arxiv_id="1605.03171", doi="10.1140/epjc/s10052-016-4261-z"))
    '1605.03171'
    """
    if reference.arxiv_id:
        return reference.arxiv_id
    named = {"doi": reference.doi.lower(), "inspire": reference.inspire_id, "report": reference.report_number}
    for scheme, value in named.items():
        if value:
            return f"{scheme}:{value}"
    return content_id("unidentified", " ".join(reference.text.split()))
