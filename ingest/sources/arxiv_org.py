"""arXiv: metadata through the package `arxiv`, then LaTeX source before HTML before PDF.

Requests are spaced as https://info.arxiv.org/help/api/tou.html asks: one every three seconds, over all
processes of this user, with a User-Agent that says who asks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import arxiv  # type: ignore[import-untyped,unused-ignore]
import requests

from ingest.sources.client import DAY, FOR_GOOD, NotCached, PoliteClient, RequestFailed
from ingest.sources.fetched import Fetched, Kind, PaperMetadata
from ingest.sources.sniff import is_cut_short, is_html_paper, sniff
from kg.errors import PaperUnavailable
from kg.identifiers import PaperId

# how authors say it in the comment field: "This paper has been withdrawn by …", "Withdrawn: …"
_WITHDRAWN = re.compile(r"\b(?:been|is|was)\s+withdrawn\b|^\W*withdrawn\b|\bwithdrawn by\b", re.I)
_COLLABORATION = re.compile(r"(?:the\s+)?(?P<name>[\w\-/ ]+?)\s+collaborations?", re.I)


class ArxivWithdrawn(PaperUnavailable):
    """The authors withdrew the paper."""


@dataclass
class ArxivOrg:
    """arXiv behind a client; with a client that has no network, what the cache holds of it."""

    client: PoliteClient
    name: str = "arXiv"

    def fetch(self, paper: PaperId) -> Fetched:
        """The best edition of an arXiv paper.

        Raises `ArxivWithdrawn`, or `PaperUnavailable` saying for each edition why it was not had.
        """
        if paper.scheme != "arxiv":
            raise PaperUnavailable(f"no {paper}", where=self.name, why="it has papers by arXiv id only")
        failures: list[str] = []
        known: PaperMetadata | None
        try:
            known = self.metadata(paper)
        except (RequestFailed, NotCached) as error:
            # the interface for metadata is often down when the papers themselves can be had
            known = None
            failures.append(f"metadata: {error.why}")
        if known and known.withdrawn and not paper.version:
            raise ArxivWithdrawn(
                f"{paper} was withdrawn by its authors", where=self.name, nearest=_earlier(paper, known)
            )
        version = paper.version or (known.version if known else "")
        exact = PaperId(paper.scheme, paper.value, version)
        for edition in (self._source, self._html, self._pdf):
            try:
                kind, data, name, origin = edition(exact)
            except PaperUnavailable as error:
                failures.append(f"{edition.__name__.strip('_')}: {error.why}")
                continue
            return Fetched(
                exact if paper.version else PaperId("arxiv", paper.value), kind, kind, data, name, origin, known
            )
        raise PaperUnavailable(f"no edition of {paper} could be had", where=self.name, why=_joined(failures))

    def metadata(self, paper: PaperId) -> PaperMetadata:
        """What arXiv says of the paper; raises `PaperUnavailable` for an id it does not have."""
        interface = arxiv.Client(page_size=1, delay_seconds=0, num_retries=0)
        interface.query_url_format = self.client.settings.arxiv_url + "/api/query?{}"
        # the package has no public way to say how requests are made; ours are cached, spaced and retried
        interface._session = _CachedSession(self.client)
        try:
            found = next(interface.results(arxiv.Search(id_list=[str(paper)], max_results=1)), None)
        except arxiv.ArxivError as error:
            raise PaperUnavailable(
                f"no {paper}", where=self.name, why=f"arXiv does not accept this id ({error})"
            ) from error
        if found is None or "/api/errors" in found.entry_id:
            raise PaperUnavailable(f"no {paper}", where=self.name, why="arXiv has no paper of this id")
        return _metadata(found)

    def _source(self, paper: PaperId) -> tuple[Kind, bytes, str, str]:
        url = f"{self.client.settings.arxiv_url}/e-print/{paper}"
        answer = self.client.get(url, lifetime=_lifetime(paper), flaw=_flaw_of_source)
        content = _found(answer.status, answer.body, url, "arXiv has no source of it")
        origin = "cache" if answer.cached else self.name
        if content == "pdf":
            return "pdf", answer.body, _file_name(paper, ".pdf"), origin
        if content == "html":
            return "html", answer.body, _file_name(paper, ".html"), origin
        if content in ("stub", "empty", "postscript", "unknown"):
            raise PaperUnavailable(f"no source of {paper}", where=url, why=_WHY_NO_SOURCE[content])
        packed = answer.body[:2] == b"\x1f\x8b"
        ending = (".tar" if content == "tar" else ".tex") + (".gz" if packed else "")
        return "latex", answer.body, _file_name(paper, ending), origin

    def _html(self, paper: PaperId) -> tuple[Kind, bytes, str, str]:
        url = f"{self.client.settings.arxiv_html_url}/html/{paper}"
        answer = self.client.get(url, lifetime=DAY if not paper.version else 30 * DAY, flaw=_flaw_of_html)
        _found(answer.status, answer.body, url, "arXiv has no HTML of it")
        if not is_html_paper(answer.body):
            raise PaperUnavailable(f"no HTML of {paper}", where=url, why="arXiv has no HTML of it")
        return "html", answer.body, _file_name(paper, ".html"), "cache" if answer.cached else self.name

    def _pdf(self, paper: PaperId) -> tuple[Kind, bytes, str, str]:
        url = f"{self.client.settings.arxiv_url}/pdf/{paper}"
        answer = self.client.get(url, lifetime=_lifetime(paper), flaw=_flaw_of_pdf)
        _found(answer.status, answer.body, url, "arXiv has no PDF of it")
        return "pdf", answer.body, _file_name(paper, ".pdf"), "cache" if answer.cached else self.name


_WHY_NO_SOURCE = {
    "stub": "the submission has no source (a placeholder)",
    "empty": "the source is empty",
    "postscript": "the source is PostScript, which is not read",
    "unknown": "the source is neither TeX nor PDF",
}


def _joined(failures: list[str]) -> str:
    """The reasons of all editions; one reason that all share is said once."""
    shared = {f.split(": ", 1)[1] for f in failures}
    return shared.pop() if len(shared) == 1 else "; ".join(failures)


def _lifetime(paper: PaperId) -> float | None:
    """A version never changes; "the latest" does."""
    return FOR_GOOD if paper.version else 30 * DAY


def _file_name(paper: PaperId, ending: str) -> str:
    return str(paper).replace("/", "_") + ending


def _found(status: int, body: bytes, url: str, why: str) -> str:
    if status != 200:
        raise PaperUnavailable("nothing there", where=url, why=f"{why} (HTTP status {status})")
    return sniff(body)


def _flaw_of_source(body: bytes) -> str:
    if sniff(body) == "html" and not is_html_paper(body):
        return "an HTML page came instead of the source"
    return "the source is cut short" if is_cut_short(body) else "the answer is empty" if not body else ""


def _flaw_of_html(body: bytes) -> str:
    # arXiv says "HTML is not available for the source" with status 200 or 404: that is an answer, too
    return "" if sniff(body) == "html" else "what came is no HTML"


def _flaw_of_pdf(body: bytes) -> str:
    content = sniff(body)
    if content != "pdf":
        return f"{'an HTML page' if content == 'html' else 'something else'} came instead of PDF"
    return "the PDF is cut short" if is_cut_short(body) else ""


def _earlier(paper: PaperId, known: PaperMetadata) -> list[str]:
    """The version before the withdrawn one, which arXiv usually still has."""
    number = int(known.version[1:]) if known.version[1:].isdigit() else 1
    return [f"{paper.value}v{number - 1}"] if number > 1 else []


def _metadata(found: arxiv.Result) -> PaperMetadata:
    short = found.entry_id.rsplit("/abs/", 1)[-1]
    match = re.fullmatch(r"(.+?)(v\d+)?", short)
    groups = (_COLLABORATION.fullmatch(a.name.strip()) for a in found.authors)
    return PaperMetadata(
        title=" ".join(found.title.split()),
        collaboration=next((g["name"] for g in groups if g), ""),
        year=found.published.year,
        doi=(found.doi or "").lower(),
        arxiv_id=match[1] if match else short,
        version=(match[2] or "") if match else "",
        withdrawn=_WITHDRAWN.search(found.comment or "") is not None,
    )


class _CachedSession(requests.Session):
    """Gives the package `arxiv` its feeds through the polite client."""

    def __init__(self, client: PoliteClient) -> None:
        super().__init__()
        self._client = client

    def get(self, url: str | bytes, **_: Any) -> requests.Response:
        answer = self._client.get(str(url), lifetime=30 * DAY, flaw=_flaw_of_feed, nothing=_is_empty_feed)
        response = requests.Response()
        response.status_code, response._content = answer.status, answer.body
        return response


def _flaw_of_feed(body: bytes) -> str:
    return "" if b"<feed" in body[:2000] else "what came is no Atom feed"


def _is_empty_feed(body: bytes) -> bool:
    return b"<entry" not in body
