"""Small papers for the tests of this folder."""

import gzip
import io
import tarfile
from collections.abc import Callable

import pytest

from ingest.documents.document import Document
from ingest.documents.latex import read_latex

Read = Callable[..., Document]


@pytest.fixture
def read() -> Read:
    """Reads a paper made of a body and a preamble."""

    def reading(body: str, preamble: str = "") -> Document:
        source = f"\\documentclass{{article}}\n{preamble}\n\\begin{{document}}\n{body}\n\\end{{document}}\n"
        return read_latex(source.encode(), "paper.tex")

    return reading


@pytest.fixture
def read_tree() -> Read:
    """Reads a source archive of the files given by path."""

    def reading(files: dict[str, str | bytes], name: str = "1234.56789.tar.gz") -> Document:
        buffer = io.BytesIO()
        with tarfile.open(fileobj=buffer, mode="w") as archive:
            for path, content in files.items():
                data = content.encode() if isinstance(content, str) else content
                info = tarfile.TarInfo(path)
                info.size = len(data)
                archive.addfile(info, io.BytesIO(data))
        return read_latex(gzip.compress(buffer.getvalue(), mtime=0), name)

    return reading
