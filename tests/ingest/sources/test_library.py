"""The user's library of files named by identifier."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.sources.library import LibraryFolder, matching_files
from kg.errors import PaperUnavailable
from kg.identifiers import PaperId, parse_paper_id

TEX = rb"\documentclass{article}\begin{document}Muons.\end{document}"
PDF = b"%PDF-1.5 ..."


def library(folder: Path, **files: bytes) -> LibraryFolder:
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return LibraryFolder(folder)


@pytest.mark.parametrize(
    "name", ["hep-ex_0601001.pdf", "hep-ex-0601001.pdf", "hep-ex0601001.pdf", "hep-ex_0601001v2.pdf"]
)
def test_old_ids_are_found_however_the_slash_is_written(name: str) -> None:
    assert matching_files([name, "hep-ex_0601002.pdf"], PaperId("arxiv", "hep-ex/0601001")) == [name]


@pytest.mark.parametrize(
    ("name", "paper"),
    [
        ("ATLAS-CONF-2016-024.tex", "ATLAS-CONF-2016-024"),
        ("10.1007_JHEP10_2017_132.pdf", "10.1007/JHEP10(2017)132"),
        ("arXiv_1704.07323.pdf", "1704.07323"),
        ("1704.07323.PDF", "1704.07323"),
    ],
)
def test_files_are_found_by_any_identifier(name: str, paper: str) -> None:
    assert matching_files([name, "other.pdf"], parse_paper_id(paper)) == [name]


def test_a_longer_id_is_another_paper() -> None:
    assert matching_files(["1704.073231.pdf", "11704.07323.pdf"], PaperId("arxiv", "1704.07323")) == []


def test_latex_before_html_before_pdf() -> None:
    names = ["1704.07323.pdf", "1704.07323.html", "1704.07323.tex", "1704.07323.tar.gz", "1704.07323.png"]
    assert [n.split(".", 2)[2] for n in matching_files(names, PaperId("arxiv", "1704.07323"))] == [
        "tar.gz",
        "tex",
        "html",
        "pdf",
    ]


def test_without_a_version_the_highest_is_taken_and_with_one_only_that() -> None:
    names = ["1704.07323v1.pdf", "1704.07323v10.pdf", "1704.07323v2.pdf"]
    assert matching_files(names, PaperId("arxiv", "1704.07323"))[0] == "1704.07323v10.pdf"
    assert matching_files(names, PaperId("arxiv", "1704.07323", "v2")) == ["1704.07323v2.pdf"]


def test_a_paper_says_which_file_it_came_from(tmp_path: Path) -> None:
    found = library(tmp_path, **{"1704.07323v2.pdf": PDF}).fetch(PaperId("arxiv", "1704.07323"))
    assert found.origin == f"library {tmp_path / '1704.07323v2.pdf'}"
    assert (found.kind, found.id) == ("pdf", PaperId("arxiv", "1704.07323", "v2"))


def test_a_file_that_is_not_what_its_name_says_is_passed_over(tmp_path: Path) -> None:
    found = library(tmp_path, **{"1704.07323.tar.gz": b"\x1f\x8bbroken", "1704.07323.pdf": PDF})
    assert found.fetch(PaperId("arxiv", "1704.07323")).kind == "pdf"


def test_a_missing_paper_names_its_neighbours(tmp_path: Path) -> None:
    with pytest.raises(PaperUnavailable, match="no file of that name") as caught:
        library(tmp_path, **{"1704.07323.pdf": PDF}).fetch(PaperId("arxiv", "1704.07324"))
    assert caught.value.nearest == ("1704.07323",)


def test_a_library_that_is_no_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(PaperUnavailable, match="no folder"):
        LibraryFolder(tmp_path / "nowhere").fetch(PaperId("arxiv", "1704.07323"))


def test_a_restatement_in_a_library_stays_one(tmp_path: Path) -> None:
    text = b"% Restatement by the CutGraph project: not the text of arXiv:1806.00242\n" + TEX
    assert library(tmp_path, **{"1806.00242.tex": text}).fetch(PaperId("arxiv", "1806.00242")).edition == "restatement"
