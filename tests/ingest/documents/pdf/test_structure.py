"""Sections, front matter, tables, citations and references of small papers drawn here."""

from __future__ import annotations

import pytest

from ingest.documents.pdf import read_pdf

PROSE = """
Collision events recorded by the detector are reconstructed with the usual
algorithms of the experiment and are then passed on to the selection which
is described in this section of the paper together with its uncertainties.
"""


def rows_of(document, table):
    """The table as {(row, column): text}."""
    return {(c.row, c.column): document.quote(c) for c in table.cells}


@pytest.fixture
def paper(sheet, pdf):
    """Two pages: front matter with an abstract, two sections, and a reference list with links."""
    first = sheet().text(20, 250, "arXiv:1806.00242v2  [hep-ex]  3 Jan 2019", 16, angle=90)
    first.text(300, 800, "CERN-EP-2018-109")
    first.text(72, 740, "Measurement of the Higgs boson mass in", 18, "bold").text(
        72, 718, "four-lepton decays", 18, "bold"
    )
    first.text(230, 680, "The ATLAS Collaboration", 12)
    first.lines(90, 640, PROSE + "The mass is found to be in agreement with earlier results of this kind. ")
    first.text(72, 540, "1 Introduction", 14, "bold").lines(
        72, 520, PROSE + "See Ref. [2] and Refs. [1, 2] for the details."
    )
    first.text(72, 440, "2 Event selection", 14, "bold").text(72, 420, "2.1 Muons", 12, "bold").lines(
        72, 404, "Muons have a mass of the pair in [106, 160] GeV and are described in [1].\n" + PROSE
    )
    second = sheet().text(72, 740, "References", 14, "bold")
    second.text(72, 716, "[1] A. Author, A first paper on muons, JHEP 01 (2017)").text(
        90, 704, "1, arXiv:1603.05598 [hep-ex]."
    )
    second.text(72, 688, "[2] B. Author, A second paper, with a hidden number,").text(
        90, 676, "Eur. Phys. J. C 70 (2018) 5."
    )
    second.link(90, 674, 200, 686, uri="https://doi.org/10.1140/epjc/s10052-018-0001-1")
    second.link(205, 674, 240, 686, uri="http://arxiv.org/abs/1512.01234")
    return read_pdf(pdf(first, second), "paper.pdf")


def test_front_matter(paper):
    assert paper.title == "Measurement of the Higgs boson mass in four-lepton decays"
    assert paper.collaboration == "ATLAS"
    assert paper.arxiv_id == "1806.00242"
    assert paper.year == 2019
    assert paper.report_number == "CERN-EP-2018-109"
    assert paper.edition == "pdf"


def test_an_abstract_needs_no_heading(paper):
    assert [paper.quote(b)[:22] for b in paper.blocks if b.kind == "abstract"] == ["Collision events recor"]


def test_sections_nest_by_their_numbers(paper):
    assert [(s.level, s.number, s.title) for s in paper.sections] == [
        (1, "1", "1 Introduction"),
        (1, "2", "2 Event selection"),
        (2, "2.1", "2.1 Muons"),
        (1, "", "References"),
    ]
    assert paper.section_path(paper.text.index("Muons have")) == ("2 Event selection", "2.1 Muons")


def test_citations_stand_in_place_and_intervals_are_none(paper):
    cited = [(paper.quote(c), c.labels) for c in paper.citations]
    assert cited == [("[2]", ("2",)), ("[1, 2]", ("1", "2")), ("[1]", ("1",))]


def test_references_by_text_and_by_link(paper):
    by_label = {r.label: r for r in paper.references}
    assert by_label["1"].arxiv_id == "1603.05598"
    assert by_label["2"].doi == "10.1140/epjc/s10052-018-0001-1"
    assert by_label["2"].arxiv_id == "1512.01234"
    assert len(paper.references) == 2


def test_every_place_is_on_its_page(paper):
    assert paper.place(paper.text.index("1 Introduction")).page == 1
    assert paper.place(paper.text.index("A second paper")).page == 2


def test_linked_citations_are_known_by_their_targets(sheet, pdf):
    page = sheet().lines(72, 700, PROSE + "The range [1, 2] is shown and details are given [2] for all of it.")
    page.text(72, 600, "References", 14, "bold")
    page.text(72, 580, "[1] A. Author, A paper, arXiv:1603.05598.").text(
        72, 566, "[2] B. Author, A paper, arXiv:1512.01234."
    )
    x = 72 + 6 * "The range [1, 2] is shown and details are given [2]".index("[2]")
    page.link(x, 662, x + 18, 674, to=(1, 72, 576))
    document = read_pdf(pdf(page), "paper.pdf")
    assert [document.quote(c) for c in document.citations] == ["[2]"]


def test_a_line_of_prose_may_begin_with_the_name_of_a_table(sheet, pdf):
    page = sheet().lines(
        72,
        700,
        PROSE
        + "The requirements that are placed on jets and leptons are given in the\nTable 3. They hold for all regions.",
    )
    document = read_pdf(pdf(page), "paper.pdf")
    assert "given in the Table 3. They hold" in document.text
    assert not any(b.kind == "caption" for b in document.blocks)


@pytest.mark.parametrize("mark", ["\x88", "-", "1."])
@pytest.mark.parametrize("margin", [92, 72])
def test_a_list_ends_where_the_text_returns_to_the_margin(sheet, pdf, mark, margin):
    if margin == 72 and mark != "\x88":
        pytest.skip("at the margin, only a bullet is sure to begin an item")
    page = sheet().lines(72, 720, PROSE + "Electrons must have:")
    page.text(margin, 672, f"{mark} pT > 30 GeV;").text(margin, 660, f"{mark} a calorimeter isolation of less than 5%")
    page.text(margin + 12, 648, "of the momentum of the electron.")
    page.lines(72, 636, "There must be no further electrons or muons in the event, which is\nthen called clean.")
    shown = "•" if mark == "\x88" else mark
    document = read_pdf(pdf(page), "paper.pdf")
    assert [(b.kind, document.quote(b)) for b in document.blocks][-3:] == [
        ("list_item", f"{shown} pT > 30 GeV;"),
        ("list_item", f"{shown} a calorimeter isolation of less than 5% of the momentum of the electron."),
        ("paragraph", "There must be no further electrons or muons in the event, which is then called clean."),
    ]


@pytest.fixture
def ruled(sheet, pdf):
    """A table with rules around its cells; the first cell of the body spans two rows, the last row spans columns."""
    page = sheet().lines(72, 760, PROSE).text(72, 700, "Table 1: Requirements on leptons.")
    for x, text in ((80, "Lepton"), (190, "Variable"), (300, "Cut")):
        page.text(x, 670, text)
    page.text(80, 641, "muon")
    for y, name, cut in ((650, "pT", "> 7 GeV"), (632, "eta", "< 2.7")):
        page.text(190, y, name).text(300, y, cut)
    page.text(80, 614, "all").text(220, 614, "isolated and prompt")
    for y in (684, 664, 626, 608):
        page.rule(72, y, 400, y)
    page.rule(180, 645, 400, 645)
    for x in (72, 180, 400):
        page.rule(x, 608, x, 684)
    page.rule(290, 626, 290, 684)
    return read_pdf(pdf(page.lines(72, 580, PROSE)), "paper.pdf")


def test_a_ruled_table(ruled):
    (table,) = ruled.tables
    assert table.label == "Table 1"
    assert ruled.quote(table.caption) == "Table 1: Requirements on leptons."
    cells = {ruled.quote(c): c for c in table.cells}
    assert [t for t, c in cells.items() if c.header] == ["Lepton", "Variable", "Cut"]
    assert (cells["muon"].row, cells["muon"].rowspan) == (1, 2)
    assert (cells["pT"].row, cells["pT"].column, cells["eta"].row) == (1, 1, 2)
    assert cells["> 7 GeV"].column == cells["< 2.7"].column == 2
    assert (cells["isolated and prompt"].column, cells["isolated and prompt"].colspan) == (1, 2)


def test_prose_around_a_table_is_not_mixed_with_it(ruled):
    assert "together with its uncertainties." in ruled.text
    assert not any("GeV" in ruled.quote(b) for b in ruled.blocks if b.kind == "paragraph")


def test_columns_without_vertical_rules(sheet, pdf):
    page = sheet().lines(72, 760, PROSE).text(72, 700, "Table 2: Signal regions.")
    for y in (690, 672, 620):
        page.rule(72, y, 420, y)
    table = (
        ("Region", "Njets", "HT [GeV]"),
        ("SR1", ">= 2", "> 300"),
        ("SR2", ">= 4", "> 600"),
        ("SR3", ">= 6", "> 900"),
    )
    for row, texts in enumerate(table):
        for x, text in zip((80, 200, 320), texts, strict=True):
            page.text(x, 677 - 16 * row, text)
    document = read_pdf(pdf(page), "paper.pdf")
    cells = rows_of(document, document.tables[0])
    assert [cells[0, c] for c in range(3)] == ["Region", "Njets", "HT [GeV]"]
    assert [cells[r, 0] for r in (1, 2, 3)] == ["SR1", "SR2", "SR3"]
    assert cells[3, 2] == "> 900"


def test_a_label_set_between_two_rows_stands_for_all_rows_between_the_rules(sheet, pdf):
    page = sheet().lines(72, 760, PROSE).text(72, 700, "Table 2: Requirements on muons.")
    for y in (690, 674, 604):
        page.rule(72, y, 420, y)
    for x, text in zip((80, 200, 320), ("Object", "Type", "Range"), strict=True):
        page.text(x, 679, text)
    ranges = ("combined", "< 2.5"), ("stand-alone", "< 2.7"), ("segment-tagged", "< 0.1"), ("calo-tagged", "< 0.2")
    for row, texts in enumerate((*ranges, ("other", "none"))):
        for x, text in zip((200, 320), texts, strict=True):
            page.text(x, 662 - 12 * row, text)
    page.text(80, 632, "Muons")  # the middle of six rows, of which there are five
    document = read_pdf(pdf(page), "paper.pdf")
    label = next(c for c in document.tables[0].cells if document.quote(c) == "Muons")
    first = next(c for c in document.tables[0].cells if document.quote(c) == "combined")
    assert (label.row, label.rowspan) == (first.row, 5)


def test_labels_in_the_middle_of_their_rows_have_a_column_of_their_own(sheet, pdf):
    page = sheet().lines(72, 760, PROSE).text(72, 700, "Table 2: Requirements on leptons.")
    for y in (690, 672, 626, 580):
        page.rule(72, y, 420, y)
    page.text(260, 677, "loose").text(340, 677, "tight")
    rows = (("pT", "> 10 GeV", "> 25 GeV"), ("eta", "< 2.5", "< 2.4"))
    for top, label in ((655, "Electrons"), (609, "Muons")):
        page.text(80, top - 7, label)
        for row, texts in enumerate(rows):
            for x, text in zip((170, 260, 340), texts, strict=True):
                page.text(x, top - 14 * row, text)
    document = read_pdf(pdf(page), "paper.pdf")
    cells = rows_of(document, document.tables[0])
    assert (cells[1, 0], cells[3, 0]) == ("Electrons", "Muons")
    assert [cells[r, 1] for r in (1, 2, 3, 4)] == ["pT", "eta", "pT", "eta"]
    assert {c.rowspan for c in document.tables[0].cells if c.column == 0} == {2}


def test_a_table_without_any_rule_is_rows_of_text(sheet, pdf):
    page = sheet().lines(72, 760, PROSE).text(72, 700, "Table 3: Working points.")
    for row, texts in enumerate((("Point", "Efficiency"), ("Loose", "95%"), ("Tight", "80%"))):
        for x, text in zip((150, 300), texts, strict=True):
            page.text(x, 680 - 13 * row, text)
    document = read_pdf(pdf(page.lines(72, 610, PROSE)), "paper.pdf")
    cells = rows_of(document, document.tables[0])
    assert cells[1, 0] == "Loose"
    assert cells[1, 1] == "95%"
    assert document.tables[0].label == "Table 3"


def test_the_rest_of_a_formula_that_a_line_breaks_off_is_no_displayed_one(sheet, pdf):
    page = sheet().text(72, 740, "1 Types of muons", 14, "bold").lines(72, 716, PROSE)
    page.text(72, 656, "Combined muons have tracks in both parts, which are fitted. They are used for 0.1 <")
    page.text(200, 644, "|eta| < 2.5.").lines(72, 620, PROSE)
    document = read_pdf(pdf(page), "paper.pdf")
    assert not [b for b in document.blocks if b.kind == "equation"]
    assert any("used for 0.1 < |eta| < 2.5." in " ".join(document.quote(s).split()) for s in document.sentences)
