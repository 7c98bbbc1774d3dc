"""A whole reading: passages, cuts and edges of one small paper."""

from __future__ import annotations

from dataclasses import replace

from ingest.documents.document import At, DocumentBuilder
from ingest.reading.reading import read_paper, reading_key
from kg.records import Reading
from tests.ingest.reading.documents import PAPER, citing, prose


def reading(*sentences: str) -> Reading:
    return read_paper(prose(*sentences), PAPER).reading


def test_every_verified_cut_has_a_verbatim_passage() -> None:
    document = prose("Muons must have p_T > 7 GeV.", "At least two muons are required.")
    read = read_paper(document, PAPER).reading
    passages = {p.id: p for p in read.passages}
    quoted = {e.source: passages[e.target] for e in read.edges if e.relation == "QUOTED_FROM"}
    assert len(read.cuts) == 2
    for cut in read.cuts:
        passage = quoted[cut.id]
        assert document.text[passage.start : passage.end] == passage.quote
        assert passage.section == "Event selection"


def test_a_requirement_said_twice_is_one_cut_with_two_quotes() -> None:
    read = reading("Muons must have p_T > 7 GeV.", "As said above, muons are required to have p_T > 7 GeV.")
    assert len(read.cuts) == 1
    assert sum(e.relation == "QUOTED_FROM" for e in read.edges) == 2


def test_cuts_stand_in_the_order_of_the_text() -> None:
    read = reading("The three leading leptons must have p_T above 20, 15 and 10 GeV, respectively.")
    assert [c.value for c in sorted(read.cuts, key=lambda c: c.position)] == [20.0, 15.0, 10.0]


def test_a_cut_defers_to_the_paper_its_sentence_sends_the_reader_to() -> None:
    document = citing("Muons must have p_T > 7 GeV; details of the muon identification are given in Ref. ", "11", ".")
    read = read_paper(document, PAPER).reading
    assert {(e.relation, e.target) for e in read.edges if e.relation in ("REFERS_TO", "DEFERS_TO")} == {
        ("REFERS_TO", "1603.05598"),
        ("DEFERS_TO", "1603.05598"),
    }


def test_a_paper_does_not_refer_to_itself() -> None:
    document = citing("Details of the muon identification can be found in Ref. ", "11", ".")
    read = read_paper(document, replace(PAPER, id="1603.05598")).reading
    assert not [e for e in read.edges if e.relation in ("REFERS_TO", "DEFERS_TO")]


def test_the_same_document_gives_the_same_reading() -> None:
    sentences = ("Muons must have p_T > 7 GeV and |η| < 2.7.", "Electrons must have E_T > 7 GeV.")
    assert reading(*sentences) == reading(*sentences)


def test_the_key_changes_with_bytes_and_edition() -> None:
    keys = {reading_key("a", "latex"), reading_key("b", "latex"), reading_key("a", "pdf")}
    assert len(keys) == 3


def test_a_quote_over_a_page_break_stays_on_the_page_of_the_cut() -> None:
    builder = DocumentBuilder("pdf", "0" * 64)
    builder.heading(1, "Event selection")
    builder.block("paragraph", At(page=3), "Muons must have p_T > 7 GeV and", At(page=4), " |η| < 2.7.")
    read = read_paper(builder.build(), PAPER).reading
    quotes = {p.page: p.quote for p in read.passages}
    assert quotes == {3: "Muons must have p_T > 7 GeV and", 4: "|η| < 2.7."}


def test_a_paper_without_a_selection_gives_no_cut() -> None:
    document = prose("The luminosity is 36.1 fb^-1.", "The Higgs boson has a mass of 125 GeV.", section="Introduction")
    assert read_paper(document, PAPER).reading.cuts == ()
