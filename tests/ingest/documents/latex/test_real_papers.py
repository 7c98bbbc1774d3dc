"""Real sources: what a physicist finds in these papers must be in their text."""

import time
from pathlib import Path

import pytest

from ingest.documents.document import Document
from ingest.documents.latex import read_latex

_READ: dict[str, Document] = {}


def paper(shared: Path, name: str) -> Document:
    if name not in _READ:
        path = shared / name
        if not path.exists():
            pytest.skip(f"no {path}")
        _READ[name] = read_latex(path.read_bytes(), path.name)
    return _READ[name]


@pytest.mark.parametrize(
    ("name", "sections", "tables", "citations"),
    [
        ("tex/1508.03176.tar.gz", 14, 10, 70),
        ("tex/atlas-ana-trig-2021-01.tar.gz", 15, 3, 30),
        ("tex/lhcb-b3munu-paper.tar.gz", 9, 1, 35),
        ("tex/atlas-thesis-rsmith.tar.gz", 90, 15, 130),
        ("tex/lhcb-thesis-pearce.tar.gz", 100, 50, 170),
    ],
)
def test_real_trees_are_read_within_seconds(
    shared: Path, name: str, sections: int, tables: int, citations: int
) -> None:
    started = time.monotonic()
    document = paper(shared, name)
    assert time.monotonic() - started < 20
    assert len(document.sections) >= sections
    assert len(document.tables) >= tables
    assert len(document.citations) >= citations
    assert not any("\ue000" <= c <= "\uf8ff" for c in document.text)
    assert not any(f"\\{word}" in document.text for word in ("ensuremath", "text", "frac", "begin", "item", "cite"))
    labels = {r.label for r in document.references}
    assert {label for c in document.citations for label in c.labels} <= labels


def test_the_h1_paper(shared: Path) -> None:
    document = paper(shared, "tex/1508.03176.tar.gz")
    assert document.collaboration == "H1"
    assert document.report_number == "DESY-15-120"
    assert "The two-pion invariant mass is required to be within the interval 0.3 < M_ππ < 1.5 GeV." in document.text
    assert "0.35 < x_L < 0.95" in [document.quote(c) for c in document.tables[0].cells]
    by_number = {r.number: r.arxiv_id for r in document.references}
    assert by_number[7] == "1001.0532"


def test_the_lhcb_paper(shared: Path) -> None:
    document = paper(shared, "tex/lhcb-b3munu-paper.tar.gz")
    assert document.title == "Search for the rare decay B^+ → μ^+μ^-μ^+ν_μ"
    assert document.collaboration == "LHCb"
    assert "2946 MeV/c^2 < M_μ^+μ^- < 3176 MeV/c^2" in document.text
    assert "4500 MeV/c^2 < M_corr < 5500 MeV/c^2" in document.text
    first = next(r for r in document.references if r.number == 3)
    assert (first.arxiv_id, first.doi) == ("1503.05613", "10.1103/PhysRevD.92.051102")


def test_the_cut_tables_of_the_theses(shared: Path) -> None:
    thesis = paper(shared, "tex/lhcb-thesis-pearce.tar.gz")
    table = next(t for t in thesis.tables if t.label == "Table 4.2" and "hltone" in thesis.quote(t.caption or t))
    cells = {(c.row, c.column): thesis.quote(c) for c in table.cells}
    assert cells[1, 0] == "Any track"
    assert (cells[1, 1], cells[1, 2]) == ("p_T", "> 800 MeV/c")
    thesis = paper(shared, "tex/atlas-thesis-rsmith.tar.gz")
    table = next(t for t in thesis.tables if t.label == "Table 8.2")
    rows = {thesis.quote(c): c.row for c in table.cells if c.column == 1}
    values = {c.row: thesis.quote(c) for c in table.cells if c.column == 2}
    assert values[rows["E_T^miss [GeV] >"]] == "250"


def test_the_synthetic_selections(shared: Path) -> None:
    document = paper(shared, "selections/z_to_ee.tex")
    cells = [document.quote(c) for c in document.tables[0].cells]
    assert "E_T > 22 GeV" in cells
    assert "66 GeV < m_ee < 116 GeV" in cells
    assert "E_T^cone20/E_T < 0.20" in cells
    document = paper(shared, "selections/same_sign_dilepton.tex")
    assert "invariant mass in the range 81 < m_ℓℓ < 101 GeV" in document.text
    assert document.warnings == ()
