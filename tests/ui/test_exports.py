"""`kg show --report`, `kg export --format …` and `kg cuts --format adl` from end to end."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import networkx as nx
import pytest

from tests.ui.conftest import Kg

TEX = r"""\documentclass{article}
\title{A search}
\begin{document}
\section{Event selection}
Muons are required to have $p_T > 27$ GeV and $|\eta| < 2.5$. Muons are required to be isolated from other activity.
The data correspond to an integrated luminosity above 36 fb$^{-1}$.
\end{document}
"""


@pytest.fixture
def paper(kg: Kg, tmp_path: Path) -> str:
    """A paper with two cuts, in the store; a second one beside it."""
    for name, text in (("search.tex", TEX), ("other.tex", TEX.replace("27", "28"))):
        (tmp_path / name).write_text(text)
        assert kg("ingest", str(tmp_path / name), "--offline").code == 0
    return str(tmp_path / "search.tex")


def test_the_report_names_what_was_not_understood(kg: Kg, paper: str) -> None:
    answer = kg("show", paper, "--report")
    assert answer.code == 0
    assert "2 (2 verified)" in answer.out
    assert "Muons are required to be isolated from other activity." in " ".join(answer.out.split())
    report = json.loads(kg("show", paper, "--report", "--format", "json").out)
    assert len(report["not_understood"]) == 1
    assert sum(group["count"] for group in report["numbers"]) >= 1
    assert len(kg("show", paper, "--report", "--all").out) > len(answer.out)


def test_one_papers_export_is_part_of_the_whole(kg: Kg, paper: str, tmp_path: Path) -> None:
    whole, one = kg("export").out.splitlines(), kg("export", paper).out.splitlines()
    assert 0 < len(one) < len(whole)
    assert set(one) <= set(whole)
    (tmp_path / "one.jsonl").write_text("\n".join(one) + "\n")
    assert kg("--store", f"sqlite:///{tmp_path}/new.sqlite", "import", str(tmp_path / "one.jsonl")).code == 0
    assert kg("--store", f"sqlite:///{tmp_path}/new.sqlite", "export").out.splitlines() == one


def test_every_format_gives_the_same_bytes_on_standard_output_and_in_a_file(kg: Kg, paper: str, tmp_path: Path) -> None:
    for form in ("jsonl", "prov-jsonld", "graphml", "csv"):
        for arguments in ([], [paper]):
            path = tmp_path / "out"
            assert kg("export", *arguments, "--format", form, "-o", str(path)).code == 0
            assert kg("export", *arguments, "--format", form).out == path.read_text()


def test_the_formats_are_what_they_say(kg: Kg, paper: str, tmp_path: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(kg("export", "--format", "csv").out)))
    assert sorted(row["value"] for row in rows) == ["2.5", "2.5", "27", "28"]
    document = json.loads(kg("export", paper, "--format", "prov-jsonld").out)
    assert sum("cg:Cut" in node["@type"] for node in document["@graph"]) == 2
    (tmp_path / "one.graphml").write_text(kg("export", paper, "--format", "graphml").out)
    read = nx.read_graphml(tmp_path / "one.graphml", force_multigraph=True)
    assert sum(kind == "Cut" for _, kind in read.nodes(data="kind")) == 2


def test_a_selection_as_adl(kg: Kg, paper: str) -> None:
    answer = kg("cuts", paper, "--format", "adl")
    assert answer.code == 0
    assert "object muons\n  take Muon\n  select pT(Muon) > 27  # cut:" in answer.out
    assert "select abs(eta(Muon)) < 2.5  # cut:" in answer.out
    assert "Event selection" in answer.out


def test_an_unknown_paper_is_not_exported(kg: Kg, paper: str) -> None:
    answer = kg("export", "1503.07589")
    assert (answer.code, answer.out) == (1, "")
    assert "kg ingest 1503.07589" in answer.err
