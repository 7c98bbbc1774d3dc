"""Settings of the sources, declared once: the environment gives defaults, the command line overrides them."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import platformdirs

ARXIV_URL = "https://export.arxiv.org"
ARXIV_HTML_URL = "https://arxiv.org"
INSPIRE_URL = "https://inspirehep.net"


def default_cache_dir() -> Path:
    """`KG_CACHE`, or the user's cache folder for CutGraph."""
    return Path(os.environ.get("KG_CACHE") or platformdirs.user_cache_dir("cutgraph"))


@dataclass(frozen=True)
class SourceSettings:
    """Where papers may come from, and how long to wait for them.

    `arxiv_url` and `inspire_url` are base URLs without a final slash; arXiv serves its HTML edition only
    from the main site, so that has its own. Times are seconds, sizes bytes.
    """

    library: Path | None = None
    offline: bool = False
    cache_dir: Path = field(default_factory=default_cache_dir)
    arxiv_url: str = ARXIV_URL
    arxiv_html_url: str = ARXIV_HTML_URL
    inspire_url: str = INSPIRE_URL
    connect_timeout: float = 10.0
    read_timeout: float = 30.0
    total_timeout: float = 300.0
    max_bytes: int = 200_000_000
    attempts: int = 4
    longest_wait: float = 120.0

    @classmethod
    def from_environment(
        cls,
        library: Path | None = None,
        offline: bool = False,
        environment: Mapping[str, str] = os.environ,
    ) -> SourceSettings:
        """Settings with `KG_CACHE`, `KG_ARXIV_URL` and `KG_INSPIRE_URL` taken from the environment."""
        arxiv = environment.get("KG_ARXIV_URL", "").rstrip("/")
        inspire = environment.get("KG_INSPIRE_URL", "").rstrip("/")
        cache = environment.get("KG_CACHE")
        return cls(
            library=library,
            offline=offline,
            cache_dir=Path(cache) if cache else default_cache_dir(),
            arxiv_url=arxiv or ARXIV_URL,
            arxiv_html_url=arxiv or ARXIV_HTML_URL,
            inspire_url=inspire or INSPIRE_URL,
        )
