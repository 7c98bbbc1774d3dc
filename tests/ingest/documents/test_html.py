"""HTML papers: arXiv's LaTeXML pages, plain pages, and pages that are no papers."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.documents.document import Document
from ingest.documents.html import read_html
from kg.errors import DocumentUnreadable

PAGE = (Path(__file__).parent / "latexml_page.html").read_bytes()


@pytest.fixture(scope="module")
def paper() -> Document:
    return read_html(PAGE, "2401.01234v2.html")


def latexml(body: str) -> bytes:
    return f'<!DOCTYPE html><html><body><article class="ltx_document">{body}</article></body></html>'.encode()


def paragraph(body: str) -> str:
    """The text that a paragraph of a LaTeXML page gives."""
    return read_html(latexml(f'<p class="ltx_p">{body}</p>')).text


def test_the_page_says_what_it_is(paper: Document) -> None:
    assert paper.title == "Search for heavy resonances in four-lepton events"
    assert (paper.arxiv_id, paper.collaboration, paper.edition) == ("2401.01234", "EXAMPLE", "html")
    assert paper.sha256 == hashlib.sha256(PAGE).hexdigest()


def test_sections_have_numbers_and_nest(paper: Document) -> None:
    assert [(s.level, s.number, s.path) for s in paper.sections] == [
        (1, "1", ("Event selection",)),
        (2, "1.1", ("Event selection", "Muons")),
        (1, "", ("References",)),
    ]


def test_formulas_read_as_in_the_other_editions(paper: Document) -> None:
    for text in ("p_T > 7 GeV and |η| < 2.7.", "E_T^miss < 50 GeV,", "d_0/σ(d_0) ≤ -3.", "139 fb^-1"):
        assert text in paper.text


def test_what_is_no_text_of_the_paper_is_left_out(paper: Document) -> None:
    for text in ("notText", "LaTeXML", "•", "(1)", "annotation", "mathrm"):
        assert text not in paper.text


def test_blocks_know_what_they_are(paper: Document) -> None:
    kinds = [b.kind for b in paper.blocks]
    for kind in ("title", "abstract", "heading", "paragraph", "footnote", "list_item", "equation", "caption", "table"):
        assert kind in kinds
    assert kinds.count("reference") == 2


def test_a_block_knows_its_anchor(paper: Document) -> None:
    offset = paper.text.index("Muons must")
    assert str(paper.place(offset)) == "2401.01234v2.html#S1.SS1.p1.1"


def test_citations_are_in_place_and_mean_references(paper: Document) -> None:
    (citation,) = paper.citations
    assert paper.quote(citation) == "[1, 2]"
    assert citation.labels == ("1", "2")
    assert {r.label for r in paper.references} == {"1", "2"}


@pytest.mark.parametrize(
    ("mark", "label"),
    [
        ("[24]", "24"),
        ("24.", "24"),
        ("(24)", "24"),
        ("[24a]", "24a"),
        ("Aad et al. (2012)", "Aad et al. (2012)"),
        ("", "1"),
    ],
)
def test_an_entry_goes_by_its_mark_or_its_place(mark: str, label: str) -> None:
    tag = f'<span class="ltx_tag ltx_tag_bibitem">{mark}</span>'
    item = f'<li class="ltx_bibitem" id="b">{tag}<span class="ltx_bibblock">A paper.</span></li>'
    (reference,) = read_html(latexml(f'<p class="ltx_p">Text.</p><ul class="ltx_biblist">{item}</ul>')).references
    assert (reference.label, reference.text) == (label, "A paper.")


def test_a_range_of_citations_means_all_of_them() -> None:
    items = "".join(
        f'<li class="ltx_bibitem" id="bib.bib{n}"><span class="ltx_tag ltx_tag_bibitem">[{n}]</span>'
        f'<span class="ltx_bibblock">Paper {n}</span></li>'
        for n in range(1, 7)
    )
    cite = '[<a href="#bib.bib2">2</a>–<a href="#bib.bib5">5</a>]'
    body = f'<p class="ltx_p">See <cite class="ltx_cite">{cite}</cite>.</p><ul class="ltx_biblist">{items}</ul>'
    (citation,) = read_html(latexml(body)).citations
    assert citation.labels == ("2", "3", "4", "5")


def test_a_note_on_the_title_is_written_once() -> None:
    note = '<span class="ltx_note ltx_role_thanks">Dedicated to all.</span>'
    paper = read_html(latexml(f'<h1 class="ltx_title ltx_title_document">Dimuons{note}</h1><p class="ltx_p">Text.</p>'))
    assert paper.title == "Dimuons"
    assert paper.text.count("Dedicated") == 1


def test_references_have_the_identifiers_they_print_or_link(paper: Document) -> None:
    first, second = paper.references
    assert (first.arxiv_id, first.doi) == ("1603.05598", "10.1140/epjc/s10052-016-4120-y")
    assert (second.report_number, second.arxiv_id) == ("ATLAS-CONF-2016-024", "")


def test_a_table_keeps_rows_columns_spans_and_headers(paper: Document) -> None:
    (table,) = paper.tables
    assert table.label == "Table 1"
    assert table.caption is not None
    assert paper.quote(table.caption) == "Table 1: Requirements on leptons."
    assert [(paper.quote(c), c.row, c.column, c.rowspan, c.colspan, c.header) for c in table.cells] == [
        ("Requirement", 0, 0, 2, 1, True),
        ("Lepton", 0, 1, 1, 2, True),
        ("Electron", 1, 1, 1, 1, True),
        ("Muon", 1, 2, 1, 1, True),
        ("Threshold", 2, 0, 1, 1, False),
        ("15 GeV", 2, 1, 1, 1, False),
        ("10 GeV", 2, 2, 1, 1, False),
    ]


def test_sentences_are_quotes_of_the_text(paper: Document) -> None:
    quotes = [paper.quote(s) for s in paper.sentences]
    assert "Muons must have p_T > 7 GeV and |η| < 2.7." in quotes


@pytest.mark.parametrize(
    ("mathml", "text"),
    [
        ("<msub><mi>p</mi><mi>T</mi></msub><mo>&gt;</mo><mn>7</mn><mspace width='0.2em'/><mi>GeV</mi>", "p_T > 7 GeV"),
        (
            "<mn>1.37</mn><mo>&lt;</mo><mrow><mo>|</mo><mi>η</mi><mo>|</mo></mrow><mo>&lt;</mo><mn>1.52</mn>",
            "1.37 < |η| < 1.52",
        ),
        ("<msub><mi>m</mi><mrow><mn>4</mn><mi>ℓ</mi></mrow></msub>", "m_4ℓ"),
        ("<mi mathvariant='normal'>Δ</mi><mi>R</mi><mo>⩾</mo><mn>0.4</mn>", "ΔR ≥ 0.4"),
        ("<msqrt><mi>s</mi></msqrt><mo>=</mo><mn>13</mn>", "√s = 13"),
        ("<mi>Z</mi><msup><mi>Z</mi><mo>∗</mo></msup>", "ZZ^*"),
        ("<mn>5</mn><mo>±</mo><mn>1</mn>", "5 ± 1"),
        ("<mo>−</mo><mn>1.5</mn>", "-1.5"),
        ("<msup><mn>10</mn><mrow><mo>−</mo><mn>3</mn></mrow></msup>", "10^-3"),
        ("<mover><mi>t</mi><mo>¯</mo></mover>", "t̄"),
        ("<msup><mi>t</mi><mo>′</mo></msup>", "t′"),
        ("<msup><mn>20</mn><mo>∘</mo></msup>", "20°"),
        ("<mn>2</mn><mo>⁢</mo><msup><mi>GeV</mi><mn>2</mn></msup>", "2 GeV^2"),
        ("<msup><mi>ρ</mi><mn>0</mn></msup><mo>⁢</mo><mi>n</mi>", "ρ^0 n"),
        ("<msup><mi>μ</mi><mo>+</mo></msup><msup><mi>μ</mi><mo>−</mo></msup>", "μ^+μ^-"),
        ("<mo>∼</mo><mn>30</mn><mo>%</mo>", "~30%"),
        ("<mi>ℬ</mi><mo>(</mo><mi>H</mi><mo>)</mo>", "B(H)"),
        ("<mmultiscripts><mi>p</mi><mi>T</mi><mn>2</mn><mprescripts/><none/><mn>3</mn></mmultiscripts>", "^3p_T^2"),
        ("<mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mn>2</mn></mfrac>", "(a+b)/2"),
        ("<semantics><mi>x</mi><annotation encoding='application/x-tex'>\\x</annotation></semantics>", "x"),
    ],
)
def test_formulas_without_tex_are_read_from_mathml(mathml: str, text: str) -> None:
    assert paragraph(f"so <math>{mathml}</math> holds") == f"so {text} holds"


def test_a_blank_written_as_a_length_is_a_blank() -> None:
    tex = r"\sigma=310~{\rm nb}\hskip 22.76228pt{\rm for}\hskip 8.5359pt plus 1.0ptp_{T}<0.2"
    assert paragraph(f'<math alttext="{tex}"><mi>σ</mi></math>') == "σ = 310 nb for p_T < 0.2"


def test_a_correction_between_letters_is_no_blank() -> None:
    tex = r"2946\mathrm{\,Me\kern-1.00006ptV}/\mskip-2.0mu c^{2}"
    assert paragraph(f'<math alttext="{tex}"><mi>x</mi></math>') == "2946 MeV/c^2"


def test_a_formula_with_commands_nobody_knows_is_read_from_mathml() -> None:
    assert paragraph(r'<math alttext="\ourmacro>7"><mi>q</mi><mo>&gt;</mo><mn>7</mn></math>') == "q > 7"


def test_tables_made_of_spans_are_tables() -> None:
    body = """<figure class="ltx_table"><figcaption class="ltx_caption">Table 2: Cuts</figcaption>
    <span class="ltx_tabular"><span class="ltx_tr"><span class="ltx_td ltx_th ltx_colspan_2">Cut</span></span>
    <span class="ltx_tr"><span class="ltx_td">jets</span><span class="ltx_td">at least 2</span></span></span>
    </figure>"""
    (table,) = read_html(latexml(body)).tables
    assert [(c.row, c.column, c.colspan) for c in table.cells] == [(0, 0, 2), (1, 0, 1), (1, 1, 1)]


def test_a_table_in_a_cell_is_part_of_the_cell() -> None:
    inner = '<table class="ltx_tabular"><tr><td>two</td></tr><tr><td>lines</td></tr></table>'
    body = f'<table class="ltx_tabular"><tr><th>Cut</th></tr><tr><td>{inner}</td></tr></table>'
    (table,) = read_html(latexml(body)).tables
    assert len(table.cells) == 2


def test_every_panel_of_a_figure_keeps_its_caption_and_text_beside_a_table_is_kept() -> None:
    body = """<figure class="ltx_figure"><figure class="ltx_figure"><figcaption>(a) Muons</figcaption></figure>
    <figure class="ltx_figure"><figcaption>(b) Jets</figcaption></figure><figcaption>Figure 1: Both</figcaption>
    </figure>
    <figure class="ltx_table"><figcaption>Table 1: Cuts</figcaption>
    <table class="ltx_tabular"><tr><th>Cut</th></tr><tr><td>two jets</td></tr></table>
    <p class="ltx_p">Jets have 30 GeV.</p></figure>"""
    paper = read_html(latexml(body))
    captions = [paper.quote(b) for b in paper.blocks if b.kind == "caption"]
    assert sorted(captions) == ["(a) Muons", "(b) Jets", "Figure 1: Both", "Table 1: Cuts"]
    assert paper.text.count("Jets have 30 GeV.") == 1
    (table,) = paper.tables
    assert table.caption is not None
    assert paper.quote(table.caption) == "Table 1: Cuts"


def test_commands_that_arxiv_could_not_convert_are_a_warning() -> None:
    document = read_html(latexml('<p class="ltx_p">A <span class="ltx_ERROR undefined">\\foo</span>jet.</p>'))
    assert document.text == "A jet."
    assert any("\\foo" in warning for warning in document.warnings)


PLAIN = """<html><head><title>Dimuon search</title></head><body><header><h1>Dimuon search</h1></header>
<nav><a href="#s">Selection</a></nav>
<p>We use 13 TeV data.</p><h2 id="s">2.1 Selection</h2>
<p>Muons need <i>p</i><sub>T</sub> &gt; 5 GeV, as in [<a href="#r1">1</a>].</p>
<ul><li>two muons</li><li>no jets</li></ul>
<table><caption>Table 1. Regions</caption>
<tr><td>Region</td><td>Cut</td></tr><tr><td>SR</td><td>m &gt; 100 GeV</td></tr></table>
<h2>References</h2><ol><li id="r1">CMS, JHEP 10 (2018) 1, arXiv:1804.04528</li><li>TOTEM note</li></ol>
<script>track()</script></body></html>"""


def test_a_plain_page_is_read_as_well() -> None:
    paper = read_html(PLAIN.encode(), "dimuons.html")
    assert paper.title == "Dimuon search"
    assert [(s.level, s.number, s.title) for s in paper.sections] == [(1, "2.1", "Selection"), (1, "", "References")]
    assert "Muons need p_T > 5 GeV, as in [1]." in paper.text
    assert [c.labels for c in paper.citations] == [("1",)]
    assert [(r.label, r.arxiv_id) for r in paper.references] == [("1", "1804.04528"), ("2", "")]
    assert [b.kind for b in paper.blocks].count("list_item") == 2
    (table,) = paper.tables
    assert [paper.quote(c) for c in table.cells if c.header] == ["Region", "Cut"]
    assert table.caption is not None
    assert "track" not in paper.text


@pytest.mark.parametrize("encoding", ["utf-8", "iso-8859-1", "utf-16"])
def test_the_encoding_is_found(encoding: str) -> None:
    meta = '<meta charset="iso-8859-1">' if encoding == "iso-8859-1" else ""
    page = f"<html><head>{meta}</head><body><h1>Möller</h1><p>µ of Møller scattering</p></body></html>"
    assert "μ of Møller scattering" in read_html(page.encode(encoding)).text


@pytest.mark.parametrize(
    "page",
    [
        b"",
        b"   ",
        b"<html><body></body></html>",
        b"<html><head><title>404 Not Found</title></head><body><p>No such paper.</p></body></html>",
        b"<html><body><h1>No HTML for '1806.00242'</h1><p>HTML is not available for the source.</p></body></html>",
        b"<html><body><h1>Access denied</h1><p>Too many requests.</p></body></html>",
        latexml('<h1 class="ltx_title">Conversion failed</h1>'),
        b"\x00\x01\x02\x03",
        b"%PDF-1.5",
    ],
)
def test_a_page_that_is_no_paper_is_refused(page: bytes) -> None:
    with pytest.raises(DocumentUnreadable):
        read_html(page, "page.html")


def test_hostile_pages_end_in_a_document_or_a_clear_error() -> None:
    for page in (
        b"<div>" * 50_000 + b"<p>deep</p>",
        latexml("<span>" * 20_000 + "x"),
        latexml('<table class="ltx_tabular"><tr><td rowspan="99999999" colspan="99999999">x</td></tr></table>'),
        latexml('<p class="ltx_p">' + "<math>" + "<msup>" * 5_000 + "</math></p>"),
        latexml(f'<p class="ltx_p"><math alttext="{"{" * 9000}x">x</math></p>'),
    ):
        try:
            assert len(read_html(page).text) < 1_000_000
        except DocumentUnreadable as error:
            assert str(error)  # noqa: PT017 (either outcome is right; what matters is which error)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "<p>",
                "</p>",
                "<table>",
                "<tr>",
                "<td>",
                "<li>",
                "<h2>",
                "<math>",
                "<mo>&lt;</mo>",
                "<sub>",
                "x ",
                "<a href='#x'>",
                "<figure>",
                "<figcaption>",
                "</figure>",
                "<msub>",
                "<cite class='ltx_cite'>",
                "\u00a0",
            ]
        ),
        max_size=30,
    )
)
def test_whatever_the_markup_spans_quote_the_text(parts: list[str]) -> None:
    document = read_html(latexml('<p class="ltx_p">begin</p>' + "".join(parts)))
    for block in document.blocks:
        assert document.quote(block).strip() == document.quote(block)
    for table in document.tables:
        assert all(table.start <= c.start <= c.end <= table.end for c in table.cells)
