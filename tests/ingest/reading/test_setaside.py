"""What is not read as a cut is told, with its reason: no silent gaps."""

from __future__ import annotations

from ingest.documents.document import CellPieces, Document, DocumentBuilder
from ingest.reading.reading import read_paper
from kg.records import Paper, SetAside


def set_aside(*sentences: str, section: str = "Event selection") -> tuple[Document, tuple[SetAside, ...]]:
    """What the rules reader leaves of a paragraph."""
    builder = DocumentBuilder("latex", "0" * 64)
    builder.heading(1, section, number="3")
    builder.block("paragraph", " ".join(sentences))
    document = builder.build()
    return document, read_paper(document, Paper("1806.00242", "latex")).reading.set_aside


def test_a_requirement_without_anything_that_can_be_compared_is_told() -> None:
    sentence = "Muons are required to be isolated from other activity in the event."
    _, [left] = set_aside(sentence, "Muons must have pT > 7 GeV.")
    assert (left.verdict, left.text, left.sentence) == ("not_understood", sentence, "")
    assert left.section == "Event selection"


def test_a_number_that_is_no_requirement_is_told_with_the_kind_of_number() -> None:
    document, left = set_aside("The data correspond to an efficiency above 95 at pT > 40 GeV.")
    assert left
    assert {one.verdict for one in left} == {"no_requirement"}
    assert all(document.text[one.start : one.end] == one.text for one in left)


def test_a_quantity_beside_a_cut_that_no_comparison_takes_is_told() -> None:
    _, left = set_aside("Jets must satisfy pT > 30 GeV, where the calibration starts from 12 GeV deposits.")
    assert [(one.text, one.verdict) for one in left] == [("12 GeV", "not_understood")]


def test_what_is_read_whole_leaves_nothing() -> None:
    assert set_aside("Electrons must have pT > 7 GeV and |η| < 2.47.")[1] == ()


def test_a_noun_alone_and_sections_without_a_selection_are_no_requirements() -> None:
    assert set_aside("The requirements are collected in Table 1.")[1] == ()
    assert set_aside("Muons are required to be isolated.", section="Introduction")[1] == ()


def test_a_cell_that_was_not_understood_comes_with_its_row() -> None:
    builder = DocumentBuilder("latex", "0" * 64)
    builder.heading(1, "Event selection", number="3")
    rows = [["Requirement", "Region A"], ["Electron pT [GeV]", "> 20"], ["Quality of the flux", "< 2.8"]]
    cells = [CellPieces((text,), r, c) for r, row in enumerate(rows) for c, text in enumerate(row)]
    builder.table(cells, ("Requirements of the selection.",))
    reading = read_paper(builder.build(), Paper("1806.00242", "latex")).reading
    [left] = [one for one in reading.set_aside if one.text == "< 2.8"]
    assert left.sentence.split("\t") == ["Quality of the flux", "< 2.8"]
