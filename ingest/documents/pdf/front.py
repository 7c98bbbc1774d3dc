"""What the first page says about the paper: title, collaboration, identifiers, abstract."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.documents.pdf.lines import Line

_STAMP = re.compile(
    r"arXiv:\s*(?P<id>\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})\s*(?P<version>v\d+)?\s*(?:\[[\w.-]+\])?\s*"
    r"(?:\d{1,2}\s+[A-Z][a-z]{2}\s+(?P<year>(?:19|20)\d\d))?"
)
_COLLABORATION = re.compile(
    r"(?:\b[Tt]he\s+|^)(?P<name>[A-Z][\w+/&-]*(?:(?:\s+and|,)?\s+[A-Z][\w+/&-]*){0,4}?)\s+[Cc]ollaborations?\b", re.M
)
_REPORT = re.compile(
    r"\b(?:CERN-(?:PH-)?EP|CMS|ATLAS|ATL|LHCb|LHCB|ALICE|DESY|FERMILAB|SLAC|KEK|H1prelim)-(?:[A-Z0-9]+-)*\d{2,4}(?:-\d{2,4})?\b"
)
_DOI = re.compile(r"10\.\d{4,9}/[^\s\"<>]+[^\s\"<>.,;)\]]|10\.\d{4,9}/[^\s\"<>]*\([^\s)]*\)[^\s\"<>.,;]*")


@dataclass(frozen=True, slots=True)
class Front:
    """What the first page says; empty where it says nothing."""

    title: tuple[Line, ...] = ()
    collaboration: str = ""
    arxiv_id: str = ""
    version: str = ""
    year: int | None = None
    report_number: str = ""
    doi: str = ""


def front_of(lines: list[Line], stamp: str, body: float) -> Front:
    """Reads the first page's lines and the text that runs up its side."""
    before = _before_abstract(lines)
    text = "\n".join(line.text for line in before)
    whole = "\n".join(line.text for line in lines)
    mark = _STAMP.search(stamp) or _STAMP.search(text)
    reports = [m.group() for m in _REPORT.finditer(text)]
    experiment = [r for r in reports if not r.startswith("CERN")]
    dates = re.search(r"\b(19|20)\d\d\b", text)
    doi = _DOI.search(whole)
    return Front(
        title=tuple(_title(before, body)),
        collaboration=_collaboration(text),
        arxiv_id=mark["id"] if mark else "",
        version=(mark["version"] or "") if mark else "",
        year=int(mark["year"]) if mark and mark["year"] else int(dates.group()) if dates else None,
        report_number=(experiment or reports or [""])[0],
        doi=doi.group() if doi else "",
    )


def _before_abstract(lines: list[Line]) -> list[Line]:
    for index, line in enumerate(lines):
        if re.match(r"\s*a\s*b\s*s\s*t\s*r\s*a\s*c\s*t\b", line.text, re.I):
            return lines[:index]
    return lines


def _title(lines: list[Line], body: float) -> list[Line]:
    """The largest lines that hold words; those beside them of the same size go with them."""
    wordy = [
        line
        for line in lines
        if len(re.findall(r"[A-Za-z]{3,}", line.text)) >= 2 and not _COLLABORATION.match(line.text)
    ]
    if not wordy:
        return []
    largest = max(line.size for line in wordy)
    if largest < 1.05 * body:
        wordy = [line for line in wordy if line.bold]
        if not wordy:
            return []
        largest = wordy[0].size
    start = next(i for i, line in enumerate(lines) if line.size >= 0.97 * largest and any(line is w for w in wordy))
    title = [lines[start]]
    for line in lines[start + 1 :]:
        near = 0 < title[-1].y - line.y < 2.2 * largest
        if (
            not near
            or len(title) == 8
            or line.bold != title[0].bold
            or line.size < 0.85 * largest
            or _COLLABORATION.match(line.text)
        ):
            break
        title.append(line)
    return title


def _collaboration(text: str) -> str:
    match = _COLLABORATION.search(text)
    if not match:
        return ""
    name = re.sub(r"^[Tt]he\s+", "", match["name"])
    return re.sub(r"\s+", " ", name).strip(" *∗†")


__all__ = ["Front", "front_of"]
