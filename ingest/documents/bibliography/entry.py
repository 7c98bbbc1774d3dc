"""The identifiers that stand in the text of one bibliography entry.

Spellings met in print: "arXiv:1806.00242 [hep-ex]", "hep-ph/9306204", "[1207.7214]", "doi:10.1007/…",
"https://doi.org/10.1016/…", "ATLAS-CONF-2016-012". One entry may hold several papers ("[24a, 24b]").
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from urllib.parse import unquote

_ARCHIVES = (
    "hep-ex|hep-ph|hep-th|hep-lat|nucl-ex|nucl-th|astro-ph|gr-qc|quant-ph|cond-mat|math-ph|physics|math|cs|stat|nlin|"
    "acc-phys|chao-dyn|comp-gas|q-bio|q-fin"
)
_NEW = r"(?P<{}>\d{{2}}(?:0[1-9]|1[0-2])\.\d{{4,5}})"
_ARXIV = re.compile(
    rf"""(?:arxiv\s*[:.]?\s*|arxiv\.org/(?:abs|pdf|html|src|e-print|format)/|eprint[:\s]+)(?:{_NEW.format("new")}(?!\d))
       | [\[(]\s*{_NEW.format("bare")}(?:v\d+)?\s*(?:\[[a-z.-]+\]|\([a-z.-]+\))?\s*[\])]
       | (?<![\w/.-])(?P<old>(?:{_ARCHIVES})(?:\.[a-z-]{{2,8}})?/\d{{7}})(?!\d)
       | arxiv\s*[:.]?\s*(?:abs/|pdf/)?(?P<old2>(?:{_ARCHIVES})(?:\.[a-z-]{{2,8}})?/\d{{7}})(?!\d)
       | arxiv\.org/(?:abs|pdf|html|src|e-print|format)/(?P<old3>(?:{_ARCHIVES})(?:\.[a-z-]{{2,8}})?/\d{{7}})(?!\d)""",
    re.I | re.X,
)
_DOI = re.compile(r"(?<![\w.])10\.\d{4,9}(?:/|%2F)[^\s\"<>\[\]{},;\\]+(?:,[^\s\"<>\[\]{},;\\]*\d)?", re.I)
_REPORT = re.compile(
    r"(?<![\w/-])(?:(?:CMS|ATLAS|ATL|ALICE|CERN|LHCB|LHCb|DESY|FERMILAB|SLAC|BNL|KEK|LPCC|LHCC|LEP|CDF|H1|ZEUS|TOTEM|IPPP|"
    r"MPP|TTP|IFJPAN|IFT|FTUV|LTH|MCnet|MCNET|CLNS|LU-TP|LUTP|DO|D0|FZJ|JINST|BABAR|BELLE|TUM|KA-TP|ZH-TH|CP3|NIKHEF|LAL)"
    r"(?:-[A-Za-z0-9]+)*-\d{2,4}(?:-\d{2,6})?(?:-[A-Z]+(?:-\d+)?)?|LHCb-[A-Z]+-\d{4}-\d{3}|DESY[ -]\d\d-\d{3})(?![\w])"
)
# what is left of a DOI when a sentence, a bracket or the next identifier follows it without a blank
_NEXT = re.compile(r"(?:[.,;]?(?:arxiv[:.]|https?:|doi:|\[|inspire)).*$", re.I)
_AMENDMENT = re.compile(r"erratum|errata|addendum|corrigend|publisher.?s note", re.I)


@dataclass(frozen=True, slots=True)
class Identifiers:
    """What names one cited paper: arXiv id without version, DOI as printed, report number; "" where absent."""

    arxiv_id: str = ""
    doi: str = ""
    report_number: str = ""

    def __bool__(self) -> bool:
        return bool(self.arxiv_id or self.doi or self.report_number)


def identifiers_in_text(text: str) -> tuple[Identifiers, ...]:
    """The identifiers of each paper that an entry's text names, in the order of the text; () where there are none.

    A second arXiv id or DOI means a second paper; that of an erratum does not, nor does the same one written twice.

    >>> identifiers_in_text("JHEP 10 (2017) 132, doi:10.1007/JHEP10(2017)132, arXiv:1706.09936 [hep-ex].")
    (Identifiers(arxiv_id='1706.09936', doi='10.1007/JHEP10(2017)132', report_number=''),)
    >>> [i.arxiv_id for i in identifiers_in_text("hep-ph/9306204; https://arxiv.org/abs/1207.7214v2")]
    ['hep-ph/9306204', '1207.7214']
    """
    papers: list[Identifiers] = []
    seen: set[tuple[str, str]] = set()
    end = 0
    for start, stop, scheme, value in _found(text):
        between, end = text[end:start], stop
        if (scheme, value.lower()) in seen:
            continue
        if scheme == "doi" and papers and _AMENDMENT.search(between):
            continue
        seen.add((scheme, value.lower()))
        if papers and _fits(papers[-1], scheme, value):
            if not getattr(papers[-1], scheme):
                papers[-1] = replace(papers[-1], **{scheme: value})
        else:
            papers.append(Identifiers(**{scheme: value}))
    return tuple(papers)


def _fits(paper: Identifiers, scheme: str, value: str) -> bool:
    """Whether an identifier may belong to the paper before it: one arXiv id and DOI each, reports of two offices."""
    present: str = getattr(paper, scheme)
    return not present or (scheme == "report_number" and present.split("-")[0] != value.split("-")[0])


def _found(text: str) -> list[tuple[int, int, str, str]]:
    """(start, end, field of `Identifiers`, value) of each identifier, in the order of the text."""
    found: list[tuple[int, int, str, str]] = []
    for match in _DOI.finditer(text):
        doi = _clean_doi(match.group())
        found.append((match.start(), match.start() + len(doi), "doi", doi))
    # an arXiv DOI (10.48550/arXiv.…) names the arXiv paper; other DOIs may hold what looks like a report number
    taken = [(start, end) for start, end, _, doi in found if not doi.lower().startswith("10.48550/")]
    found = [f for f in found if not f[3].lower().startswith("10.48550/")]
    for match in _ARXIV.finditer(text):
        new = match["new"] or match["bare"]
        old = match["old"] or match["old2"] or match["old3"]
        if not _inside(match.start(), taken):
            found.append((match.start(), match.end(), "arxiv_id", new or _old_style(old)))
    for match in _REPORT.finditer(text):
        if not _inside(match.start(), taken):
            found.append((match.start(), match.end(), "report_number", match.group().replace(" ", "-")))
    return sorted(found)


def _inside(position: int, spans: list[tuple[int, int]]) -> bool:
    return any(start <= position < end for start, end in spans)


def _old_style(text: str) -> str:
    """`hep-ph/9306204` without capitals and subject class: math.GT/0309136 is math/0309136."""
    archive, number = text.lower().split("/")
    return f"{archive.split('.')[0]}/{number}"


def _clean_doi(text: str) -> str:
    """A DOI without the punctuation and unbalanced brackets that follow it in print."""
    doi = _NEXT.sub("", unquote(text))
    while doi and (doi[-1] in ".,;:'’”" or (doi[-1] == ")" and doi.count(")") > doi.count("("))):
        doi = doi[:-1]
    return doi
