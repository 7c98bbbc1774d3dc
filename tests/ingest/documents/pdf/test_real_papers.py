"""What anybody can read on the pages of the real papers."""

from __future__ import annotations

import re

import pytest

from ingest.documents.pdf import read_pdf


@pytest.fixture(scope="module")
def read(shared):
    """The document of a shared PDF, read once."""
    known = {}

    def document(name):
        if name not in known:
            path = shared / name
            if not path.is_file():
                pytest.skip(f"{path} is not there")
            known[name] = read_pdf(path.read_bytes(), path.name)
        return known[name]

    return document


def cell_at(document, label, row_start, head):
    """Texts of the cells in the row that begins with `row_start`, under the column headed `head`."""
    table = next(t for t in document.tables if t.label == label)
    column = next(c.column for c in table.cells if c.header and document.quote(c) == head)
    rows = [c.row for c in table.cells if c.column == 0 and document.quote(c) == row_start]
    return [document.quote(c) for c in table.cells if c.row in rows and c.column == column]


def test_front_matter_of_a_cms_paper(read):
    paper = read("papers/1704.07323.pdf")
    assert paper.title.startswith(
        "Search for physics beyond the standard model in events with two leptons of same sign"
    )
    assert paper.title.endswith("√s = 13 TeV")
    assert (paper.arxiv_id, paper.collaboration, paper.year) == ("1704.07323", "CMS", 2017)
    assert paper.report_number == "CMS-SUS-16-035"
    assert paper.doi == "10.1140/epjc/s10052-017-5079-z"


def test_sections_of_a_cms_paper(read):
    numbers = [s.number for s in read("papers/1706.09933.pdf").sections]
    assert [n for n in numbers if n][:-1] == "1 2 3 3.1 3.2 3.3 4 4.1 4.2 4.3 5 6 7".split()


def test_text_hidden_under_a_figure_is_left_out(read):
    # page 5 carries an older page 3 of the draft, unseen, in which the detector paper was Ref. [49]
    paper = read("papers/1704.07323.pdf")
    assert paper.text.count("superconducting solenoid of 6 m internal diameter") == 1
    assert "can be found in Ref. [52]." in paper.text
    assert "can be found in Ref. [49]." not in paper.text


def test_the_simple_table_of_thresholds(read):
    paper = read("papers/1704.07323.pdf")
    assert cell_at(paper, "Table 1", "Electrons", "p_T (GeV)") == ["> 15"]
    assert cell_at(paper, "Table 1", "Jets", "|η|") == ["< 2.4"]


def test_signal_regions_with_cells_over_many_rows(read):
    paper = read("papers/1704.07323.pdf")
    table = next(t for t in paper.tables if t.label == "Table 2")
    cells = {paper.quote(c): c for c in table.cells}
    region = cells["SR24"]
    above = [
        paper.quote(c) for c in table.cells if not c.header and c.column < 4 and c.row <= region.row < c.row + c.rowspan
    ]
    assert above == ["2", "< 120", "50 - 200", "2-4"]
    last = cells["SR46 (++) / SR47 (--)"]
    assert last.row <= region.row < last.row + last.rowspan


def test_a_cell_of_several_lines_is_one_cell(read):
    paper = read("papers/1812.06302.pdf")
    (jets,) = cell_at(paper, "Table 1", "Dijet", "Jet requirement")
    assert jets == "0 W-tagged jets 0 t-tagged jets 2–3 jets"


def test_every_table_has_its_caption(read):
    for name, count in (("1605.03171", 6), ("1704.07323", 8), ("1710.09154", 7), ("1706.09933", 3), ("1707.06193", 2)):
        paper = read(f"papers/{name}.pdf")
        assert sorted(t.label for t in paper.tables) == [f"Table {n}" for n in range(1, count + 1)]
        assert all(t.caption and paper.quote(t.caption).startswith(t.label) for t in paper.tables)


def test_references_carry_their_numbers_and_identifiers(read):
    paper = read("papers/1704.07323.pdf")
    by_number = {r.number: r for r in paper.references}
    assert sorted(by_number) == list(range(1, 73))
    assert by_number[24].arxiv_id == "1605.03171"
    assert by_number[1].arxiv_id == "hep-ph/9306204"


def test_citations_are_in_place(read):
    paper = read("papers/1704.07323.pdf")
    start = paper.text.index("isolation requirements, can be found in Ref. ")
    (mark,) = [c for c in paper.citations if start < c.start < start + 60]
    assert mark.labels == ("24",)
    assert not any("350" in paper.quote(c) for c in paper.citations)


def test_no_running_head_page_number_or_soft_hyphen_is_left(read):
    for name in ("1605.03171", "1704.07323", "1706.09933", "1812.06302"):
        paper = read(f"papers/{name}.pdf")
        assert not re.search("[\ufffe\u00ad\x02]", paper.text)
        heads = [s.title for s in paper.sections]
        assert len(heads) == len(set(heads))


def test_two_short_papers(read):
    one, other = read("selections/same_sign_dilepton.pdf"), read("selections/z_to_ee.pdf")
    assert [s.number for s in one.sections if s.number] == ["1", "2", "3", "4"]
    assert cell_at(other, "Table 1", "Transition region", "Requirement") == ["1.37 < |η| < 1.52 excluded"]
    assert "gives a shift of 62(9) MeV with respect" in other.text
    assert "E^cone20_T" in one.text  # scripts stay in the order of the text layer, but for E_T^miss and its like
