"""A paper as a source hands it over: bytes of one edition, and what the source knows of the paper."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

from kg.identifiers import PaperId
from kg.records import Edition

Kind = Literal["latex", "pdf", "html"]


@dataclass(frozen=True, slots=True)
class PaperMetadata:
    """What arXiv, INSPIRE or an index says of a paper; "" or None where it says nothing."""

    title: str = ""
    collaboration: str = ""
    year: int | None = None
    doi: str = ""
    arxiv_id: str = ""
    version: str = ""
    inspire_id: str = ""
    report_number: str = ""
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Fetched:
    """The bytes of one edition of a paper.

    `kind` says which reader they are for; `edition` what they are (a restatement is LaTeX, but it is not the
    paper). `data` is, for LaTeX, a tar archive (compressed or not) or a single TeX file, compressed or not.
    `name` is the file name they go by; `origin` where they were had, as shown to the user. `id` is None for a
    local file whose name tells nothing.
    """

    id: PaperId | None
    kind: Kind
    edition: Edition
    data: bytes
    name: str
    origin: str
    metadata: PaperMetadata | None = None


class Source(Protocol):
    """One place that papers come from."""

    @property
    def name(self) -> str:
        """What the user calls it: "library /papers", "cache", "arXiv", "bundled library"."""
        ...

    def fetch(self, paper: PaperId) -> Fetched:
        """The best edition it has; raises `PaperUnavailable` saying why it has none."""
        ...
