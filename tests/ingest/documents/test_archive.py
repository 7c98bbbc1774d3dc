"""Source archives are read in memory and not trusted."""

import gzip
import io
import tarfile
import zlib

import pytest

from ingest.documents.archive import unpack
from kg.errors import DocumentUnreadable

TEX = b"\\documentclass{article}\\begin{document}x\\end{document}"


def archive(files: dict[str, bytes], others: tuple[tarfile.TarInfo, ...] = (), mode: str = "w:gz") -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode=mode) as tar:  # type: ignore[call-overload]
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))
        for info in others:
            tar.addfile(info)
    return buffer.getvalue()


def special(name: str, kind: bytes, target: str = "") -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, target
    return info


@pytest.mark.parametrize("mode", ["w:gz", "w"])
def test_a_tar_gives_its_files_by_path(mode: str) -> None:
    tree = unpack(archive({"./main.tex": TEX, "sub/a.tex": b"a"}, mode=mode), "1806.00242.tar.gz")
    assert tree.files == {"main.tex": TEX, "sub/a.tex": b"a"}
    assert tree.warnings == ()


def test_a_gzipped_file_and_a_bare_one_are_trees_of_one_file() -> None:
    assert unpack(gzip.compress(TEX, mtime=0), "paper.tex.gz").files == {"paper.tex": TEX}
    assert unpack(TEX, "paper.tex").files == {"paper.tex": TEX}


@pytest.mark.parametrize(
    "name", ["../evil.tex", "a/../../evil.tex", "/etc/evil.tex", "..\\evil.tex", "C:/evil.tex", "C:\\evil.tex"]
)
def test_what_points_outside_is_refused(name: str) -> None:
    tree = unpack(archive({"main.tex": TEX, name: b"x"}))
    assert set(tree.files) == {"main.tex"}
    assert "outside" in tree.warnings[0]


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.FIFOTYPE])
def test_links_and_devices_are_refused(kind: bytes) -> None:
    tree = unpack(archive({"main.tex": TEX}, (special("a.tex", kind, "/etc/passwd"),)))
    assert set(tree.files) == {"main.tex"}
    assert "'a.tex' refused" in tree.warnings[0]


def test_a_bomb_of_ten_gigabytes_is_stopped_early() -> None:
    deflate = zlib.compressobj(9, wbits=31)
    block = b"\0" * (1 << 20)
    bomb = b"".join(deflate.compress(block) for _ in range(64))
    # the rest of the 10 GB would only be unpacked by someone who does not stop
    bomb += deflate.flush()
    with pytest.raises(DocumentUnreadable, match="beyond measure"):
        unpack(bomb, "bomb.tar.gz")


def test_a_header_that_lies_about_its_size_breaks_nothing() -> None:
    info = tarfile.TarInfo("huge.tex")
    info.size = 10**12
    data = archive({"main.tex": TEX}, mode="w")[:1024] + info.tobuf()
    tree = unpack(data, "lying.tar")
    assert tree.files == {"main.tex": TEX}
    assert any("huge.tex" in w or "breaks off" in w for w in tree.warnings)


def test_many_files_are_counted() -> None:
    tree = unpack(archive({f"f{i}.tex": b"" for i in range(5100)}, mode="w"))
    assert len(tree.files) == 5000
    assert "more than 5000 files" in tree.warnings[-1]


def test_a_truncated_archive_gives_what_came_before_the_break() -> None:
    noise = bytes((i * i * 7 + i // 3) % 251 for i in range(300_000))
    data = archive({"main.tex": TEX, "data.txt": noise})
    tree = unpack(data[: len(data) // 2], "cut.tar.gz")
    assert tree.files["main.tex"] == TEX
    assert any("truncated" in w for w in tree.warnings)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "empty"),
        (b"%PDF-1.5\n...", "PDF"),
        (gzip.compress(b"%PDF-1.4 ...", mtime=0), "PDF"),
        (b"<!DOCTYPE html><html>captcha</html>", "HTML"),
        (b"%!PS-Adobe-2.0", "PostScript"),
        (gzip.compress(b"%auto-ignore\nThis submission has been withdrawn by the authors.", mtime=0), "withdrawn"),
        (b"PK\x03\x04" + b"\0" * 600, "packed"),
        (b"\x1f\x8b\x08\x00garbage-that-is-no-deflate-stream", "gzip"),
        (b"\x1f\x8b\x08", "gzip"),
    ],
)
def test_what_is_no_source_says_what_it_is(data: bytes, why: str) -> None:
    with pytest.raises(DocumentUnreadable, match=why):
        unpack(data, "1806.00242")


def test_figures_are_left_out() -> None:
    assert set(unpack(archive({"main.tex": TEX, "fig/a.pdf": b"%PDF", "b.png": b"x"})).files) == {"main.tex"}
