"""What bytes are, told from the bytes."""

from __future__ import annotations

import gzip
import io
import tarfile

import pytest

from ingest.sources.sniff import is_cut_short, sniff


def tar(form: int) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=form) as archive:
        entry = tarfile.TarInfo("a.tex")
        entry.size = 3
        archive.addfile(entry, io.BytesIO(b"abc"))
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "content"),
    [
        (tar(tarfile.USTAR_FORMAT), "tar"),
        (tar(tarfile.PAX_FORMAT), "tar"),
        (gzip.compress(tar(tarfile.GNU_FORMAT), mtime=0), "tar"),
        (b"% comment\n\\documentclass{article}", "tex"),
        (b"%PDFLaTeX\n\\documentstyle{article}", "tex"),
        (gzip.compress(b"\\input harvmac\n", mtime=0), "tex"),
        (b"\n%PDF-1.4", "pdf"),
        (b"junk before %PDF-1.4", "pdf"),
        (b"%!PS-Adobe-2.0", "postscript"),
        (b"\xef\xbb\xbf<!DOCTYPE html>", "html"),
        (b"<?xml version='1.0'?>\n<!DOCTYPE html PUBLIC>", "html"),
        (b"<!-- saved page --><html>", "html"),
        (b"%auto-ignore\n", "stub"),
        (b" \n", "empty"),
        (b"", "empty"),
        (b"\x1f\x8b", "empty"),
        (b"PK\x03\x04", "unknown"),
    ],
)
def test_content_is_told_from_the_bytes(data: bytes, content: str) -> None:
    assert sniff(data) == content


def test_a_tar_archive_from_before_posix_is_one() -> None:
    old = bytearray(tar(tarfile.USTAR_FORMAT))
    old[257:265] = bytes(8)
    old[148:156] = b"%06o\0 " % (sum(old[:148]) + 8 * 0x20 + sum(old[156:512]))
    assert sniff(bytes(old)) == "tar"


def test_missing_ends_are_noticed() -> None:
    whole = gzip.compress(bytes(range(256)) * 1000)
    assert not is_cut_short(whole)
    assert all(is_cut_short(whole[:-cut]) for cut in (1, 8, 100))
    assert is_cut_short(b"%PDF-1.5\nobj")
    assert not is_cut_short(b"%PDF-1.5\nobj\n%%EOF\n")
    assert not is_cut_short(b"\\documentclass{article}")
