"""The order of the sources, and what is said when none of them has a paper."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.sources.bundled import BundledLibrary
from ingest.sources.chain import PaperSources
from kg.errors import InvalidIdentifier, PaperUnavailable
from kg.identifiers import PaperId
from tests.ingest.sources.serving import Clock, Say, Script, inspire_record, settings_for

TEX = rb"\documentclass{article}\begin{document}Muons.\end{document}"
PDF = b"%PDF-1.5 ..."
INDEX = """
[[paper]]
id = "1806.00242"
folder = "1806.00242"
title = "Measurement of the Higgs boson mass"
doi = "10.1016/j.physletb.2018.07.050"
report_number = "CERN-EP-2018-085"
collaboration = "ATLAS"
year = 2018

[[paper]]
id = "ATLAS-CONF-2016-024"
folder = "ATLAS-CONF-2016-024"
title = "Electron efficiency"
doi = ""
"""


@pytest.fixture
def bundled(tmp_path: Path) -> BundledLibrary:
    folder = tmp_path / "bundled"
    for name in ("1806.00242", "ATLAS-CONF-2016-024"):
        (folder / name).mkdir(parents=True)
        (folder / name / f"{name}.tex").write_bytes(TEX)
    (folder / "index.toml").write_text(INDEX)
    return BundledLibrary(folder)


def sources(script: Script, tmp_path: Path, clock: Clock, bundled: BundledLibrary, **settings: object) -> PaperSources:
    return PaperSources(settings_for(script, tmp_path, **settings), bundled=bundled, clock=clock, sleep=clock.sleep)


def test_the_library_comes_before_the_network(
    script: Script, tmp_path: Path, clock: Clock, bundled: BundledLibrary
) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "1806.00242.pdf").write_bytes(PDF)
    found = sources(script, tmp_path, clock, bundled, library=tmp_path / "mine").open("1806.00242")
    assert (found.kind, found.origin) == ("pdf", f"library {tmp_path / 'mine' / '1806.00242.pdf'}")
    assert script.asked == []


def test_arxiv_comes_before_the_bundled_library_and_then_the_cache(
    script: Script, tmp_path: Path, clock: Clock, bundled: BundledLibrary
) -> None:
    script.paper("1806.00242")
    script.on("/e-print/1806.00242v1", Say(body=TEX))
    found = sources(script, tmp_path, clock, bundled).open("1806.00242")
    assert (found.edition, found.origin) == ("latex", "arXiv")
    asked = len(script.asked)
    for offline in (False, True):
        again = sources(script, tmp_path, clock, bundled, offline=offline).open("1806.00242")
        assert (again.data, again.origin) == (found.data, "cache")
    assert len(script.asked) == asked


def test_the_bundled_library_comes_last_and_says_that_it_restates(
    script: Script, tmp_path: Path, clock: Clock, bundled: BundledLibrary
) -> None:
    found = sources(script, tmp_path, clock, bundled).open("1806.00242")
    assert (found.edition, found.kind, found.origin) == ("restatement", "latex", "bundled library")
    assert "/api/query?1806.00242" in script.asked


def test_offline_nothing_touches_the_network(
    script: Script, tmp_path: Path, clock: Clock, bundled: BundledLibrary
) -> None:
    offline = sources(script, tmp_path, clock, bundled, offline=True)
    assert offline.open("1806.00242").edition == "restatement"
    for asked in ("1704.07323", "10.1007/JHEP10(2017)132", "inspire:123"):
        with pytest.raises(PaperUnavailable, match="not asked"):
            offline.open(asked)
    with pytest.raises(PaperUnavailable):
        offline.references(PaperId("arxiv", "1806.00242"))
    assert offline.metadata(PaperId("arxiv", "1704.07323")) is None
    assert script.asked == []


@pytest.mark.parametrize("text", ["doi:10.1016/j.physletb.2018.07.050", "CERN-EP-2018-085", "1806.00242v2"])
def test_every_identifier_leads_to_the_bundled_paper(
    text: str, script: Script, tmp_path: Path, clock: Clock, bundled: BundledLibrary
) -> None:
    found = sources(script, tmp_path, clock, bundled, offline=True).open(text)
    assert found.id == PaperId("arxiv", "1806.00242")


def test_a_paper_without_arxiv_id_goes_by_its_report_number(
    script: Script, tmp_path: Path, clock: Clock, bundled: BundledLibrary
) -> None:
    found = sources(script, tmp_path, clock, bundled, offline=True).open("ATLAS-CONF-2016-024")
    assert found.id == PaperId("report", "ATLAS-CONF-2016-024")


def test_a_doi_is_looked_up_in_inspire(script: Script, tmp_path: Path, clock: Clock, bundled: BundledLibrary) -> None:
    record = inspire_record(control_number=5, arxiv_eprints=[{"value": "1704.07323"}])
    script.on("/api/doi/10.1007/jhep10(2017)132", Say(body=record))
    script.paper("1704.07323")
    script.on("/e-print/1704.07323v1", Say(body=TEX))
    found = sources(script, tmp_path, clock, bundled).open("10.1007/JHEP10(2017)132")
    assert (found.id, found.origin) == (PaperId("arxiv", "1704.07323"), "arXiv")


def test_every_source_says_why_it_has_nothing(
    script: Script, tmp_path: Path, clock: Clock, bundled: BundledLibrary
) -> None:
    (tmp_path / "mine").mkdir()
    with pytest.raises(PaperUnavailable) as caught:
        sources(script, tmp_path, clock, bundled, library=tmp_path / "mine").open("1806.00243")
    text = str(caught.value)
    for part in (
        "1806.00243 could not be had",
        f"library {tmp_path / 'mine'}: no file of that name",
        "cache: not in the cache",
        "arXiv: arXiv has no paper of this id",
        "bundled library: it restates 2 papers",
        "nearest: 1806.00242",
    ):
        assert part in text


def test_a_withdrawn_paper_is_said_to_be_withdrawn(
    script: Script, tmp_path: Path, clock: Clock, bundled: BundledLibrary
) -> None:
    script.paper("1704.07323", comment="This paper has been withdrawn by the author")
    with pytest.raises(PaperUnavailable, match="withdrawn"):
        sources(script, tmp_path, clock, bundled).open("1704.07323")


def test_neither_file_nor_identifier_is_wrong_use(
    script: Script, tmp_path: Path, clock: Clock, bundled: BundledLibrary
) -> None:
    for text in ("abc", "", "1813.00242", str(tmp_path / "missing.tex")):
        with pytest.raises(InvalidIdentifier):
            sources(script, tmp_path, clock, bundled).open(text)
    assert script.asked == []


def test_a_damaged_index_of_the_bundled_library_is_named(
    script: Script, tmp_path: Path, clock: Clock, bundled: BundledLibrary
) -> None:
    (tmp_path / "bundled" / "index.toml").write_text("[[paper")
    with pytest.raises(PaperUnavailable, match="bundled library"):
        sources(script, tmp_path, clock, bundled, offline=True).open("1806.00242")


def test_the_shipped_library_has_every_paper_of_its_index() -> None:
    library = BundledLibrary()
    for name, known in library.papers().items():
        found = library.fetch(PaperId("arxiv", known.arxiv_id) if known.arxiv_id else PaperId("report", name))
        assert found.edition == "restatement"
