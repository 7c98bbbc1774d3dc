"""Text as it is read: scripts, columns, what is left out, hyphens, blanks around relations."""

from __future__ import annotations

from ingest.documents.pdf import read_pdf

FILLER = """
Collision events recorded by the detector are reconstructed with the usual
algorithms of the experiment and are then passed on to the selection which
is described in this section of the paper together with its uncertainties.
"""


def text_of(data):
    return read_pdf(data, "paper.pdf").text


def test_a_subscript_is_written_with_an_underscore(sheet, pdf):
    page = sheet().lines(72, 700, FILLER).script(72, 600, "p", lower="T", after="> 7 GeV is required of muons.")
    assert "p_T > 7 GeV is required of muons." in text_of(pdf(page))


def test_missing_transverse_momentum_reads_the_same_in_whichever_order_it_is_drawn(sheet, pdf):
    upper_first = (
        sheet().lines(72, 700, FILLER).script(72, 600, "E", lower="T", upper="miss", after="is large in these events.")
    )
    page = sheet().lines(72, 700, FILLER).text(72, 600, "E").text(78, 598, "T", 7).text(78, 604, "miss", 7)
    page.text(98, 600, "is large in these events.")
    for drawn in (upper_first, page):
        assert "E_T^miss is large in these events." in text_of(pdf(drawn))


def test_exponents_and_ordinals(sheet, pdf):
    page = sheet().lines(72, 700, FILLER).script(72, 600, "a luminosity of 36 fb", upper="-1", after="was recorded.")
    page.script(72, 588, "the 1", upper="st", after="of the two leptons")
    text = text_of(pdf(page))
    assert "36 fb^-1 was recorded." in text
    assert "the 1st of the two leptons" in text


def test_relations_stand_between_blanks(sheet, pdf):
    page = sheet().lines(72, 700, FILLER + "Jets need pT>25 GeV and a rapidity <2.5 to be counted in this analysis.")
    assert "pT > 25 GeV and a rapidity < 2.5" in text_of(pdf(page))


def test_words_parted_at_a_line_end_are_joined_as_the_document_writes_them(sheet, pdf):
    page = sheet().lines(
        72,
        700,
        """Same-sign leptons are rare. Leptons that are reconstructed well are kept, so that the same-
        sign events are clean. A lepton is recon-
        structed from its track.""",
    )
    text = text_of(pdf(page))
    assert "the same-sign events" in text
    assert "is reconstructed from" in text


def test_two_columns_are_read_one_after_the_other(sheet, pdf):
    left = [f"left column line {n:02d} ends at the gut" for n in range(20)]
    right = [f"right column line {n:02d} begins there" for n in range(20)]
    page = sheet()
    for n, (one, other) in enumerate(zip(left, right, strict=True)):
        page.text(50, 700 - 12 * n, one).text(310, 700 - 12 * n, other)
    text = text_of(pdf(page))
    assert text.index("left column line 19") < text.index("right column line 00")
    assert "gut left column line 05" in text


def test_running_heads_page_numbers_and_draft_line_numbers_are_left_out(sheet, pdf):
    pages = []
    for n in range(1, 6):
        page = sheet().text(72, 800, "ATLAS Collaboration: a search for something").text(290, 40, str(n + 3))
        for k in range(12):
            page.text(40, 700 - 12 * k, f"{12 * n + k:3d}", 6)
            page.text(
                72, 700 - 12 * k, f"sentence number {k} on sheet {'abcdef'[n]} goes on for a whole line of the text"
            )
        pages.append(page)
    document = read_pdf(pdf(*pages), "paper.pdf")
    assert "a search for something" not in document.text
    assert "sentence number 3 on sheet b goes on" in document.text
    assert "line of the text sentence number 4" in document.text


def test_a_paragraph_goes_on_over_a_page(sheet, pdf):
    first = sheet().lines(72, 700, FILLER.strip() + "\nMuons must have a transverse momentum in the range that is")
    second = sheet().lines(72, 700, "given in the table and be isolated from other activity.\n" + FILLER)
    document = read_pdf(pdf(first, second), "paper.pdf")
    assert "in the range that is given in the table" in document.text
    assert document.place(document.text.index("given in the table")).page == 2


def test_text_hidden_in_a_clipped_figure_is_left_out(sheet, pdf):
    hidden = "BT /courier 10 Tf 1 0 0 1 72 500 Tm (An older version asked for 15 GeV here.) Tj ET"
    page = sheet().lines(72, 700, FILLER * 4).form(hidden, clip=(300, 100, 500, 200))
    assert "older version" not in text_of(pdf(page))


def test_labels_inside_a_figure_are_left_out_and_its_caption_stays(sheet, pdf):
    labels = "BT /courier 10 Tf 1 0 0 1 150 400 Tm (Entries / 20 GeV) Tj ET 100 300 200 150 re S"
    page = sheet().lines(72, 740, FILLER * 3).form(labels).text(72, 250, "Figure 1: Distribution of the leading jet.")
    document = read_pdf(pdf(page), "paper.pdf")
    assert "Entries" not in document.text
    captions = [document.quote(b) for b in document.blocks if b.kind == "caption"]
    assert captions == ["Figure 1: Distribution of the leading jet."]


def test_a_page_that_is_one_large_form_is_read(sheet, pdf):
    lines = [
        f"BT /courier 10 Tf 1 0 0 1 72 {700 - 12 * n} Tm (Line {n} of a page wrapped by another program.) Tj ET"
        for n in range(30)
    ]
    assert "Line 29 of a page" in text_of(pdf(sheet().form("\n".join(lines))))


def test_text_turned_by_a_quarter_is_read_upright(sheet, pdf):
    page = sheet()
    for n in range(12):
        page.text(100 + 12 * n, 100, f"Line {n} of a landscape page with a wide table on it.", angle=90)
    text = text_of(pdf(page))
    assert text.index("Line 0 of") < text.index("Line 11 of")


def test_a_footnote_does_not_break_into_the_sentence_above_it(sheet, pdf):
    first = (
        sheet()
        .lines(72, 700, FILLER * 3 + "The angle is measured around the beam axis which is")
        .text(72, 100, "1 The origin of the coordinates lies in the middle.", 8)
    )
    second = sheet().lines(72, 700, "also the axis of the magnet.\n" + FILLER * 3)
    document = read_pdf(pdf(first, second), "paper.pdf")
    assert "the beam axis which is also the axis of the magnet." in document.text
    assert [document.quote(b) for b in document.blocks if b.kind == "footnote"] == [
        "1 The origin of the coordinates lies in the middle."
    ]


def test_a_table_over_both_columns_parts_the_columns_above_it_from_those_below(sheet, pdf):
    page = sheet()
    for n in range(12):
        page.text(50, 760 - 12 * n, f"upper left line {n:02d} fills it all").text(
            310, 760 - 12 * n, f"upper right line {n:02d} as well it"
        )
    page.text(50, 590, "Table 1: Regions.")
    for y in (580, 562, 530):
        page.rule(50, y, 520, y)
    for row, texts in enumerate(
        (("Region", "Jets", "Missing momentum"), ("one", ">= 2", "> 200 GeV"), ("two", ">= 4", "> 300 GeV"))
    ):
        for x, text in zip((60, 200, 380), texts, strict=True):
            page.text(x, 567 - 14 * row, text)
    for n in range(12):
        page.text(50, 500 - 12 * n, f"lower left line {n:02d} fills it all").text(
            310, 500 - 12 * n, f"lower right line {n:02d} as well it"
        )
    document = read_pdf(pdf(page), "paper.pdf")
    order = [
        document.text.index(f"{where} line {n}")
        for where in ("upper left", "upper right", "lower left", "lower right")
        for n in ("00", "11")
    ]
    assert order == sorted(order)
    (table,) = document.tables
    assert [document.quote(c) for c in table.cells if c.row == 2] == ["two", ">= 4", "> 300 GeV"]
