"""All sources in their order: the user's library, the cache, arXiv, the bundled library."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from ingest.sources.arxiv_org import ArxivOrg
from ingest.sources.bundled import BundledLibrary
from ingest.sources.cache import AnswerCache
from ingest.sources.client import PoliteClient
from ingest.sources.fetched import Fetched, PaperMetadata, Source
from ingest.sources.inspire import Inspire
from ingest.sources.library import LibraryFolder
from ingest.sources.local import looks_like_file, read_local
from ingest.sources.rate import RateLimit
from ingest.sources.settings import SourceSettings
from kg.errors import PaperUnavailable
from kg.identifiers import PaperId, parse_paper_id
from kg.records import Reference


class PaperSources:
    """Where papers come from, in the order of the design.

    `warnings` collects what went wrong without stopping anything (a cache that cannot be written).
    """

    def __init__(
        self,
        settings: SourceSettings | None = None,
        *,
        bundled: BundledLibrary | None = None,
        clock: Callable[[], float] = time.time,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.settings = settings or SourceSettings.from_environment()
        self.warnings: list[str] = []
        self._clock, self._sleep = clock, sleep
        self._cache = AnswerCache(self.settings.cache_dir, clock, self.warnings)
        self._library = LibraryFolder(self.settings.library) if self.settings.library else None
        self._bundled = bundled or BundledLibrary()
        self._cached_arxiv = ArxivOrg(self._client("arXiv", None), name="cache")
        self._cached_inspire = Inspire(self._client("INSPIRE", None), name="cache")
        online = not self.settings.offline
        self._arxiv = ArxivOrg(self._client("arXiv", self._limit("arxiv", 1, 3.0))) if online else None
        self._inspire = Inspire(self._client("INSPIRE", self._limit("inspire", 15, 5.0))) if online else None

    def open(self, text: str) -> Fetched:
        """The paper that a user names: a file, or an identifier in any usual spelling.

        Raises `InvalidIdentifier` for neither, `PaperUnavailable` where no source has it.
        """
        if looks_like_file(text):
            return read_local(Path(text))
        return self.fetch(parse_paper_id(text))

    def fetch(self, paper: PaperId) -> Fetched:
        """The paper from the first source that has it; raises `PaperUnavailable` with every source's reason.

        The answer's `id` is the arXiv id where one is known, whatever identifier was asked for.
        """
        reasons: list[str] = []
        if self._library is not None:
            try:
                return self._library.fetch(paper)
            except PaperUnavailable as error:
                reasons.append(f"{self._library.name}: {_reason(error)}")
        known, unresolved = self._resolve(paper)
        if unresolved:
            reasons.append(f"INSPIRE: {unresolved}")
        if self._library is not None and known != paper:
            try:
                return self._library.fetch(known)
            except PaperUnavailable as error:
                reasons.append(f"{self._library.name}, as {known}: {_reason(error)}")
        nearest: list[str] = []
        for source in self._sources_of(known):
            try:
                return source.fetch(known)
            except PaperUnavailable as error:
                reasons.append(f"{source.name}: {_reason(error)}")
                nearest += error.nearest
        if self._arxiv is None:
            reasons.append("arXiv: not asked (offline)")
        raise PaperUnavailable(f"{paper} could not be had", why="; ".join(reasons), nearest=dict.fromkeys(nearest))

    def _sources_of(self, paper: PaperId) -> tuple[Source, ...]:
        """The sources after the user's library; arXiv has papers by arXiv id only."""
        by_arxiv_id = (self._cached_arxiv, self._arxiv) if paper.scheme == "arxiv" else ()
        return (*(s for s in by_arxiv_id if s is not None), self._bundled)

    def resolve(self, paper: PaperId) -> PaperId:
        """The arXiv id that a DOI, INSPIRE id or report number means; the same identifier where none is known."""
        return self._resolve(paper)[0]

    def metadata(self, paper: PaperId) -> PaperMetadata | None:
        """What is known of a paper without its text: from the bundled index, arXiv (or its cache), INSPIRE."""
        known = self.resolve(paper)
        if found := self._bundled.metadata(known):
            return found
        for source in (self._cached_arxiv, self._arxiv):
            if source is None or known.scheme != "arxiv":
                continue
            try:
                return source.metadata(known)
            except PaperUnavailable:
                continue
        try:
            return self._ask_inspire(known)
        except PaperUnavailable:
            return None

    def references(self, paper: PaperId) -> tuple[Reference, ...]:
        """The paper's reference list from INSPIRE (or its cache); raises `PaperUnavailable` with the reason."""
        return (self._inspire or self._cached_inspire).references(replace(paper, version=""))

    def _resolve(self, paper: PaperId) -> tuple[PaperId, str]:
        """The identifier to go by, and why no arXiv id was found ("" where one was)."""
        if paper.scheme == "arxiv":
            return paper, ""
        known = self._bundled.resolve(paper)
        if known != paper:
            return known, ""
        try:
            record = self._ask_inspire(paper)
        except PaperUnavailable as error:
            return paper, _reason(error)
        if record.arxiv_id:
            return PaperId("arxiv", record.arxiv_id), ""
        return paper, "it knows the paper, but no arXiv id of it"

    def _ask_inspire(self, paper: PaperId) -> PaperMetadata:
        return (self._inspire or self._cached_inspire).metadata(replace(paper, version=""))

    def _client(self, server: str, limit: RateLimit | None) -> PoliteClient:
        return PoliteClient(server, self.settings, self._cache, limit, self._sleep)

    def _limit(self, name: str, count: int, seconds: float) -> RateLimit:
        file = self.settings.cache_dir / f"{name}.requests.json"
        return RateLimit(count, seconds, file, self._clock, self._sleep)


def _reason(error: PaperUnavailable) -> str:
    return error.why or str(error)
