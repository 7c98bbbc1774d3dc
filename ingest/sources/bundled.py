"""The bundled library: restatements, in this project's own words, that ship with CutGraph.

`index.toml` in that folder lists the papers:

    [[paper]]
    id = "1806.00242"                 # arXiv id or report number
    folder = "1806.00242"             # holds `1806.00242.tex`, its `.bbl` and what they input
    title = "…"
    doi = "10.1016/j.physletb.2018.09.019"
    report_number = ""
    collaboration = "ATLAS"
    year = 2018
"""

from __future__ import annotations

import difflib
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest.sources.fetched import Fetched, PaperMetadata
from ingest.sources.texpack import pack_tex
from kg.datafiles import data_root
from kg.errors import InvalidIdentifier, PaperUnavailable
from kg.identifiers import PaperId, parse_paper_id


@dataclass
class BundledLibrary:
    """The restatements in a folder (by default the one that ships); edition "restatement" on every answer."""

    folder: Path | None = None
    name: str = "bundled library"
    _papers: dict[str, PaperMetadata] | None = None

    def fetch(self, paper: PaperId) -> Fetched:
        """The restatement; raises `PaperUnavailable` with the papers there are."""
        papers = self.papers()
        known = self.metadata(paper)
        folder = next((f for f, entry in papers.items() if entry is known), None)
        if folder is None:
            nearest = difflib.get_close_matches(paper.value, sorted(papers), n=3, cutoff=0.7)
            raise PaperUnavailable(
                f"no {paper}", where=self.name, why=f"it restates {len(papers)} papers, not this one", nearest=nearest
            )
        path = self._root / folder / f"{folder}.tex"
        if not path.is_file():
            raise PaperUnavailable(f"no {paper}", where=self.name, why=f"{path} is missing: a broken installation")
        return Fetched(
            _main_id(papers[folder]), "latex", "restatement", pack_tex(path), path.name, self.name, papers[folder]
        )

    def resolve(self, paper: PaperId) -> PaperId:
        """The identifier the paper goes by (arXiv id where it has one), or the same one for an unknown paper."""
        bare = PaperId(paper.scheme, paper.value)
        known = self.metadata(bare)
        return paper if known is None or paper.scheme == "arxiv" else _main_id(known)

    def metadata(self, paper: PaperId) -> PaperMetadata | None:
        """What the index says of the paper, None for one it does not have."""
        bare = PaperId(paper.scheme, paper.value)
        return next((p for p in self.papers().values() if bare in _ids(p)), None)

    def papers(self) -> dict[str, PaperMetadata]:
        """What there is: folder name to metadata, sorted; empty where no library came along."""
        if self._papers is None:
            index = self._root / "index.toml"
            try:
                entries = tomllib.loads(index.read_text("utf-8")).get("paper", [])
            except FileNotFoundError:
                entries = []
            except (OSError, ValueError) as error:
                raise PaperUnavailable(
                    "the bundled library has no readable index", where=str(index), why=str(error)
                ) from error
            self._papers = {_folder(e): _metadata(e) for e in sorted(entries, key=_folder)}
        return self._papers

    @property
    def _root(self) -> Path:
        return self.folder or data_root() / "library"


def _folder(entry: dict[str, Any]) -> str:
    return str(entry.get("folder") or str(entry["id"]).replace("/", "_"))


def _metadata(entry: dict[str, Any]) -> PaperMetadata:
    try:
        paper = parse_paper_id(str(entry["id"]))
    except InvalidIdentifier:
        paper = PaperId("", "")
    year = entry.get("year")
    return PaperMetadata(
        title=str(entry.get("title", "")),
        collaboration=str(entry.get("collaboration", "")),
        year=int(year) if year else None,
        doi=str(entry.get("doi", "")),
        arxiv_id=paper.value if paper.scheme == "arxiv" else str(entry.get("arxiv_id", "")),
        inspire_id=str(entry.get("inspire_id", "")),
        report_number=str(entry.get("report_number", "")) or (paper.value if paper.scheme == "report" else ""),
    )


def _ids(known: PaperMetadata) -> list[PaperId]:
    """The identifiers of a paper without version, the one it goes by first."""
    named = (
        ("arxiv", known.arxiv_id),
        ("doi", known.doi.lower()),
        ("inspire", known.inspire_id),
        ("report", known.report_number),
    )
    return [PaperId(scheme, value) for scheme, value in named if value]


def _main_id(known: PaperMetadata) -> PaperId:
    return _ids(known)[0]
