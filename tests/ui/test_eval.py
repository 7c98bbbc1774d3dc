"""`kg eval extraction`: keys held against cuts in a file, a folder of papers, or the store."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.ui.conftest import Kg

TEX = r"""\documentclass{article}
\title{A search}
\begin{document}
\section{Event selection}
Muons are required to have $p_T > 27$ GeV and $|\eta| < 2.5$.
\end{document}
"""


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """A folder with one paper."""
    folder = tmp_path / "library"
    folder.mkdir()
    (folder / "a_search.tex").write_text(TEX)
    return folder


@pytest.fixture
def key(tmp_path: Path) -> Path:
    """Its key: one core cut that is there, one detail that is not."""
    cuts = [
        {"object": "muon", "variable": "pt", "op": ">", "value": 27, "unit": "GeV", "quote": "", "weight": "core"},
        {"object": "jet", "variable": "pt", "op": ">", "value": 30, "unit": "GeV", "quote": "", "weight": "detail"},
    ]
    path = tmp_path / "a_search.key.json"
    path.write_text(json.dumps({"paper": "a_search", "cuts": cuts}))
    return path


def test_a_keyed_paper_is_read_from_the_folder(kg: Kg, key: Path, library: Path) -> None:
    answer = kg("eval", "extraction", str(key), "--library", str(library), "--list")
    assert answer.code == 0
    assert "1.00 (1/1)" in answer.out, "core"
    assert "0.00 (0/1)" in answer.out, "detail"
    assert "jet pt > 30 GeV (detail)" in answer.out
    assert "1 unkeyed" in answer.out, "the cut on |η|"


def test_json_and_markdown_say_the_same(kg: Kg, key: Path, library: Path) -> None:
    [one] = json.loads(kg("eval", "extraction", str(key), "--library", str(library), "--format", "json").out)
    assert (one["core"], one["detail"], one["quotes_verified"]) == (1.0, 0.0, 1.0)
    table = kg("eval", "extraction", str(key), str(key), "--library", str(library), "--format", "markdown").out
    assert table.splitlines()[0].startswith("| paper | cuts | core recall |")
    assert table.splitlines()[-1].startswith("| all | 4 | 1.00 (2/2) | 0.00 (0/2) | 0 | 2 |")


def test_cuts_of_a_file_are_those_that_kg_cuts_prints(kg: Kg, key: Path, library: Path, tmp_path: Path) -> None:
    paper = str(library / "a_search.tex")
    assert kg("ingest", paper, "--offline").code == 0
    (tmp_path / "cuts.json").write_text(kg("cuts", paper, "--format", "json").out)
    (tmp_path / "paper.txt").write_text("nothing of the kind")
    ours = json.loads(kg("eval", "extraction", str(key), "--library", str(library), "--format", "json").out)
    files = ["--cuts", str(tmp_path / "cuts.json")]
    theirs = json.loads(kg("eval", "extraction", str(key), *files, "--format", "json").out)
    assert theirs == [one | {"quotes_verified": None} for one in ours]
    [wrong] = json.loads(
        kg("eval", "extraction", str(key), *files, "--text", str(tmp_path / "paper.txt"), "--format", "json").out
    )
    assert wrong["quotes_verified"] == 0
    assert [h["why"] for h in wrong["hallucinated"]] == ["quote is not in the paper"], "agreeing cuts are right"
    stored = json.loads(key.read_text()) | {"paper": json.loads((tmp_path / "cuts.json").read_text())[0]["paper"]}
    key.write_text(json.dumps(stored))
    from_store = json.loads(kg("eval", "extraction", str(key), "--format", "json").out)
    assert from_store[0]["core"] == 1.0


def test_a_malformed_key_fails_with_one_line(kg: Kg, key: Path, library: Path) -> None:
    key.write_text('{"cuts": [{}]}')
    answer = kg("eval", "extraction", str(key), "--library", str(library))
    assert answer.code == 1
    assert len(answer.err.splitlines()) == 1
    assert "entry 1 of cuts" in answer.err


def test_a_paper_that_the_folder_does_not_have_is_told_with_the_nearest(kg: Kg, key: Path, library: Path) -> None:
    key.write_text('{"paper": "a_searsh", "cuts": []}')
    answer = kg("eval", "extraction", str(key), "--library", str(library))
    assert answer.code == 1
    assert "nearest: a_search.tex" in answer.err


@pytest.mark.parametrize("options", [["--text", "{key}"], ["--cuts", "{key}", "--library", "."], ["--edition", "pdf"]])
def test_options_that_do_not_go_together_are_wrong_use(kg: Kg, key: Path, options: list[str]) -> None:
    assert kg("eval", "extraction", str(key), *(option.format(key=key) for option in options)).code == 2
