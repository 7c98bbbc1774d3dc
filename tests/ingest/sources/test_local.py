"""Local files as papers, and TeX files packed with what they input."""

from __future__ import annotations

import io
import os
import tarfile
from pathlib import Path

import pytest

from ingest.sources.local import looks_like_file, read_local
from ingest.sources.texpack import MAX_FILES, pack_tex
from kg.errors import InvalidIdentifier, PaperUnavailable
from kg.identifiers import PaperId

TEX = b"\\documentclass{article}\n\\begin{document}\n%s\n\\end{document}\n"


def members(data: bytes) -> dict[str, bytes]:
    with tarfile.open(fileobj=io.BytesIO(data)) as archive:
        return {m.name: f.read() for m in archive if (f := archive.extractfile(m)) is not None}


def test_a_tex_file_brings_what_it_inputs(tmp_path: Path) -> None:
    (tmp_path / "sections").mkdir()
    (tmp_path / "paper.tex").write_bytes(
        b"\\documentclass{ours}\\usepackage[x]{defs, amsmath}\\begin{document}\\input{sections/selection}\\input more\n"
        b"\\bibliography{refs}% \\input{secret}\n\\end{document}"
    )
    for name in ("sections/selection.tex", "more.tex", "defs.sty", "ours.cls", "refs.bib", "paper.bbl", "secret.tex"):
        (tmp_path / name).write_bytes(b"text of " + name.encode())
    (tmp_path / "unrelated.tex").write_bytes(b"x")
    assert sorted(members(read_local(tmp_path / "paper.tex").data)) == [
        "defs.sty",
        "more.tex",
        "ours.cls",
        "paper.bbl",
        "paper.tex",
        "refs.bib",
        "sections/selection.tex",
    ]


def test_the_archive_depends_on_contents_only(tmp_path: Path) -> None:
    packed = []
    for name, time in (("one", 1_000), ("two", 2_000_000_000)):
        folder = tmp_path / name
        folder.mkdir()
        for file in ("b.tex", "a.tex", "paper.tex"):
            (folder / file).write_bytes(TEX % b"\\input{a}\\input{b}" if file == "paper.tex" else b"x")
            os.utime(folder / file, (time, time))
        packed.append(pack_tex(folder / "paper.tex"))
    assert packed[0] == packed[1]


@pytest.mark.parametrize("target", ["../secret", "/etc/passwd", "link", "sub/../../secret", "\\jobname", "a\0b"])
def test_nothing_outside_the_folder_is_taken(target: str, tmp_path: Path) -> None:
    (tmp_path / "secret.tex").write_text("secret")
    folder = tmp_path / "paper"
    folder.mkdir()
    (folder / "link.tex").symlink_to(tmp_path / "secret.tex")
    (folder / "paper.tex").write_bytes(TEX % f"\\input{{{target}}}".encode())
    assert list(members(pack_tex(folder / "paper.tex"))) == ["paper.tex"]


def test_a_file_that_inputs_itself_is_taken_once(tmp_path: Path) -> None:
    (tmp_path / "paper.tex").write_bytes(TEX % b"\\input{paper}\\input{./paper.tex}")
    assert list(members(pack_tex(tmp_path / "paper.tex"))) == ["paper.tex"]


def test_a_tree_of_too_many_files_is_refused(tmp_path: Path) -> None:
    for number in range(MAX_FILES + 2):
        (tmp_path / f"part{number}.tex").write_bytes(b"\\input{part%d}" % (number + 1))
    with pytest.raises(PaperUnavailable, match="files or"):
        pack_tex(tmp_path / "part0.tex")


def test_a_missing_file_names_its_neighbours(tmp_path: Path) -> None:
    (tmp_path / "1704.07323.pdf").write_bytes(b"%PDF-1.5")
    with pytest.raises(InvalidIdentifier, match=r"1704\.0732\.pdf") as caught:
        read_local(tmp_path / "1704.0732.pdf")
    assert caught.value.nearest == ("1704.07323.pdf",)


@pytest.mark.parametrize(
    "name", ["x" * 5000 + ".pdf", "~nobody-of-this-name/a.pdf", "a\0b.pdf", "/root-of-nothing/a.pdf", ""]
)
def test_a_name_that_no_file_has_is_wrong_use(name: str) -> None:
    looks_like_file(name)
    with pytest.raises(InvalidIdentifier):
        read_local(Path(name))


def test_an_html_file_may_begin_with_anything(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_bytes("<p>Muons.</p>".encode("utf-16"))
    assert read_local(tmp_path / "page.html").kind == "html"


def test_a_folder_is_no_paper(tmp_path: Path) -> None:
    with pytest.raises(InvalidIdentifier, match="is a folder"):
        read_local(tmp_path)


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("a.pdf", b"", "empty"),
        ("a.tar.gz", b"\x1f\x8bxx", "damaged gzip"),
        ("a.pdf", b"%!PS-Adobe", "PostScript"),
        ("a.pdf", b"\x00\x01\x02", "neither TeX"),
        ("a.docx", b"PK\x03\x04", "neither TeX"),
    ],
)
def test_what_is_no_paper_is_refused_with_the_reason(name: str, data: bytes, why: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(PaperUnavailable, match=why):
        read_local(tmp_path / name)


@pytest.mark.parametrize(
    ("name", "paper"),
    [
        ("1704.07323v2.pdf", PaperId("arxiv", "1704.07323", "v2")),
        ("hep-ex_0601001.pdf", PaperId("arxiv", "hep-ex/0601001")),
        ("ATLAS-CONF-2016-024.pdf", PaperId("report", "ATLAS-CONF-2016-024")),
        ("my-analysis.pdf", None),
        ("draft_2020.pdf", None),
    ],
)
def test_the_name_tells_the_identifier_where_it_is_one(name: str, paper: PaperId | None, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(b"%PDF-1.5")
    assert read_local(tmp_path / name).id == paper


def test_an_identifier_is_not_mistaken_for_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "1704.07323").write_text("a file that happens to be here")
    (tmp_path / "notes").write_text("x")
    for text in ("1704.07323", "hep-ex/0601001", "10.1007/JHEP10(2017)132", "https://arxiv.org/pdf/1704.07323.pdf"):
        assert not looks_like_file(text)
    for text in ("./1704.07323", "notes", "missing.tex", "/nowhere/paper.tar.gz", "~/paper.pdf"):
        assert looks_like_file(text)


def test_a_file_name_that_is_no_utf8_is_a_name(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"pap\xffer.tex")
    try:
        path.write_bytes(TEX % b"Muons.")
    except OSError:
        pytest.skip("this file system has UTF-8 names only")
    found = read_local(path)
    assert found.name.encode() == "pap�er.tex".encode()
    assert found.origin.encode().endswith(b"er.tex")


def test_a_missing_file_in_a_folder_that_is_gone_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    with pytest.raises(InvalidIdentifier, match=r"no file x\.tex"):
        read_local(Path("x.tex"))
