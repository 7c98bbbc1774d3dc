"""A user's own files as papers: ingested, and asked for again by the file."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.ui.conftest import Kg
from ui.commands.export import write_whole

TEX = r"""\documentclass{article}
\title{A search with [bold]markup[/bold]}
\begin{document}
\section{Event selection}
Muons are required to have $p_T > 7$ GeV. Events must contain at least two jets with $p_T > 30$ GeV.
\end{document}
"""


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    path = tmp_path / "our_draft.tex"
    path.write_text(TEX)
    return path


def test_a_file_is_read_and_found_again_by_its_content(kg: Kg, paper: Path) -> None:
    assert kg("ingest", str(paper)).code == 0
    (paper.parent / "elsewhere").mkdir()
    moved = paper.rename(paper.parent / "elsewhere" / paper.name)
    text = kg("cuts", str(moved)).out
    assert text.startswith("local:our_draft:")
    assert "p_T > 7 GeV" in text
    assert "[bold]markup[/bold]" in text


def test_a_file_may_be_named_by_the_beginning_of_its_id(kg: Kg, paper: Path) -> None:
    kg("ingest", str(paper))
    assert kg("show", "local:our_draft").code == 0


def test_a_file_that_changed_since_is_not_taken_for_the_one_that_was_read(kg: Kg, paper: Path) -> None:
    kg("ingest", str(paper))
    paper.write_text(TEX.replace("7", "8"))
    answer = kg("cuts", str(paper))
    assert answer.code == 1
    assert f"`kg ingest {paper}` reads it" in answer.err
    assert "nearest: local:our_draft:" in answer.err


def test_a_file_that_is_not_there_names_its_neighbours(kg: Kg, paper: Path) -> None:
    kg("ingest", str(paper))
    answer = kg("cuts", str(paper.with_name("our_daft.tex")))
    assert answer.code == 1
    assert "nearest: our_draft.tex" in answer.err


def test_a_paper_without_a_selection_says_so(kg: Kg, paper: Path) -> None:
    paper.write_text(r"\documentclass{article}\begin{document}We thank our colleagues.\end{document}")
    assert kg("ingest", str(paper)).code == 0
    assert "No selection was found in this paper." in kg("cuts", str(paper)).out
    assert kg("cuts", str(paper), "--format", "json").out == "[]\n"


def test_export_writes_into_a_device_and_through_a_link(tmp_path: Path) -> None:
    target = tmp_path / "target.jsonl"
    link = tmp_path / "link.jsonl"
    link.symlink_to(target)
    assert write_whole(link, iter([b"a\n", b"b\n"])) == 2
    assert link.is_symlink()
    assert target.read_bytes() == b"a\nb\n"
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    assert write_whole(pipe, iter([b"a\n"])) == 1
    assert os.read(reader, 10) == b"a\n"
    os.close(reader)
    assert pipe.is_fifo()
