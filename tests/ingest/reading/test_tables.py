"""Tables of requirements in the layouts that papers use."""

from __future__ import annotations

import pytest

from ingest.documents.document import CellPieces, Document, DocumentBuilder
from ingest.reading.tables import read_tables
from tests.ingest.reading.documents import table

Cut = tuple[str, str, str, object, str, str]


def cuts(document: Document) -> set[Cut]:
    return {(p.object, p.variable, p.op, p.value, p.unit, p.applies_when) for p in read_tables(document)[0]}


def test_a_row_for_each_object_and_the_unit_in_the_header() -> None:
    found = cuts(table([["Object", "p_T (GeV)", "|η|"], ["Electrons", "> 15", "< 2.5"], ["Muons", "> 10", "< 2.4"]]))
    assert found == {
        ("electron", "pt", ">", 15.0, "GeV", ""),
        ("electron", "abs_eta", "<", 2.5, "", ""),
        ("muon", "pt", ">", 10.0, "GeV", ""),
        ("muon", "abs_eta", "<", 2.4, "", ""),
    }


def test_a_column_for_each_object() -> None:
    found = cuts(
        table([["", "Electrons", "Muons"], ["p_T", "> 7 GeV", "> 5 GeV"], ["Identification", "Loose", "Medium"]])
    )
    assert found == {
        ("electron", "pt", ">", 7.0, "GeV", ""),
        ("muon", "pt", ">", 5.0, "GeV", ""),
        ("electron", "identification", "is", "Loose", "", ""),
        ("muon", "identification", "is", "Medium", "", ""),
    }


def test_a_column_for_each_region_is_a_condition() -> None:
    found = cuts(table([["", "SRA", "SRB"], ["E_T^miss [GeV]", "> 200", "> 300"]], "Definition of the signal regions."))
    assert found == {("event", "met", ">", 200.0, "GeV", "SRA"), ("event", "met", ">", 300.0, "GeV", "SRB")}


def test_whole_requirements_in_the_cells() -> None:
    rows = [["Quantity", "Requirement"], ["Electron", "E_T > 22 GeV"], ["Electron", "1.37 < |η| < 1.52 excluded"]]
    assert cuts(table(rows)) == {
        ("electron", "et", ">", 22.0, "GeV", ""),
        ("electron", "abs_eta", "not_in", (1.37, 1.52), "", ""),
    }


def test_multiplicities_without_a_sign() -> None:
    rows = [["", "SRA", "SRB"], ["N_jets", "2-4", "≥ 5"], ["Number of leptons", "2", "3"]]
    assert cuts(table(rows, "Definition of the regions.")) == {
        ("jet", "count", "in", (2.0, 4.0), "", "SRA"),
        ("jet", "count", ">=", 5.0, "", "SRB"),
        ("lepton", "count", "==", 2.0, "", "SRA"),
        ("lepton", "count", "==", 3.0, "", "SRB"),
    }


def test_a_table_of_results_states_no_requirement() -> None:
    document = table([["Process", "p_T > 20 GeV"], ["tt", "12.1 ± 0.3"]], "Expected and observed yields.")
    found, left = read_tables(document)
    assert not found
    assert "results" in left[0].reason


def test_an_amount_without_its_unit_is_set_aside() -> None:
    found, left = read_tables(table([["Object", "p_T"], ["Electrons", "> 15"]]))
    assert not found
    assert any("unit" in u.reason for u in left)


def test_the_quote_of_a_cell_is_its_row() -> None:
    document = table([["Object", "p_T (GeV)", "|η|"], ["Electrons", "> 15", "< 2.5"]])
    quotes = {document.quote(p.quote) for p in read_tables(document)[0]}
    assert quotes == {"Electrons\t> 15\t< 2.5"}


def test_a_first_row_that_states_a_requirement_is_no_header() -> None:
    wanted = {
        ("photon", "identification", "is", "Tight", "", ""),
        ("photon", "etcone20_over_pt", "<", 0.07, "", ""),
    }
    rows = [["Identification", "Tight"], ["Calorimeter isolation", "E_T^cone20/p_T < 0.07"]]
    for headers in (0, 1):  # also where the table's rules make it look like one
        assert cuts(table(rows, "Requirements on photons.", headers)) == wanted


def test_counts_in_words() -> None:
    rows = [
        ["Number of electrons", "exactly 1"],
        ["Same-flavour opposite-charge pairs", "at least two"],
        ["b-tagged jets", "at least one"],
    ]
    assert cuts(table(rows, "Event selection.", 0)) == {
        ("electron", "count", "==", 1.0, "", ""),
        ("dilepton", "count", ">=", 2.0, "", "same-flavour opposite-sign"),
        ("bjet", "count", ">=", 1.0, "", ""),
    }


def test_a_header_with_a_comparison_stays_a_header() -> None:
    rows = [["Region", "N_jets = 2", "N_jets ≥ 3"], ["m_T", "> 100 GeV", "> 150 GeV"]]
    found = cuts(table(rows, "Definition of the signal regions."))
    assert {c[:5] for c in found} == {("event", "mt", ">", 100.0, "GeV"), ("event", "mt", ">", 150.0, "GeV")}


def test_a_cell_over_two_columns_holds_for_both() -> None:
    builder = DocumentBuilder("latex", "0" * 64)
    builder.heading(1, "Event selection")
    cells = [
        CellPieces(("Requirement",), 0, 0, header=True),
        CellPieces(("Electrons",), 0, 1, header=True),
        CellPieces(("Muons",), 0, 2, header=True),
        CellPieces(("p_T",), 1, 0),
        CellPieces(("> 12 GeV",), 1, 1, colspan=2),
    ]
    builder.table(cells, ("Table 1: Requirements on leptons.",), "Table 1")
    assert cuts(builder.build()) == {("electron", "pt", ">", 12.0, "GeV", ""), ("muon", "pt", ">", 12.0, "GeV", "")}


def test_values_of_a_list_go_to_the_ranks_of_the_row() -> None:
    rows = [["Leading, second, third lepton", "p_T > 25, 20, 15 GeV"], ["Mass", "m_ℓℓ > 12 GeV"]]
    assert cuts(table(rows, "Event selection.", 0)) == {
        ("lepton", "pt", ">", 25.0, "GeV", "leading"),
        ("lepton", "pt", ">", 20.0, "GeV", "subleading"),
        ("lepton", "pt", ">", 15.0, "GeV", "third"),
        ("dilepton", "mass", ">", 12.0, "GeV", ""),
    }


def test_values_in_parentheses_go_to_what_the_caption_pairs() -> None:
    rows = [["Quantity", "Requirement"], ["|η|", "< 2.47 (2.5)"], ["Identification", "Loose (Medium)"]]
    assert cuts(table(rows, "Requirements on electrons (muons).")) == {
        ("electron", "abs_eta", "<", 2.47, "", ""),
        ("muon", "abs_eta", "<", 2.5, "", ""),
        ("electron", "identification", "is", "Loose", "", ""),
        ("muon", "identification", "is", "Medium", "", ""),
    }


def test_negated_types_and_exemptions_in_the_caption() -> None:
    rows = [["|d_0|", "not stand-alone", "< 1 mm"], ["p_T", "all", "> 5 GeV"]]
    assert cuts(table(rows, "Requirements on muons.", 0)) == {
        ("muon", "d0", "<", 1.0, "mm", "not stand-alone"),
        ("muon", "pt", ">", 5.0, "GeV", ""),
    }
    rows = [["|d_0|", "< 1 mm"], ["p_T", "> 5 GeV"]]
    caption = "Requirements on muons. The upper one does not apply to stand-alone muons."
    assert cuts(table(rows, caption, 0)) == {
        ("muon", "d0", "<", 1.0, "mm", "not stand-alone"),
        ("muon", "pt", ">", 5.0, "GeV", ""),
    }


def test_lines_of_one_cell_are_aligned_with_those_beside_it() -> None:
    rows = [["Pseudorapidity", "combined stand-alone", "|η| < 2.5 2.5 < |η| < 2.7"], ["p_T", "all", "> 5 GeV"]]
    assert cuts(table(rows, "Requirements on muons.", 0)) == {
        ("muon", "abs_eta", "<", 2.5, "", "combined"),
        ("muon", "abs_eta", "in", (2.5, 2.7), "", "stand-alone"),
        ("muon", "pt", ">", 5.0, "GeV", ""),
    }


@pytest.mark.parametrize(
    ("said", "exempt"),
    [
        ("Stand-alone muons have no track in the ID; none of the requirements is applied to them.", True),
        ("The requirements in the table do not apply to stand-alone muons.", True),
        ("Stand-alone muons have no track in the ID.", False),
    ],
)
def test_a_paragraph_behind_a_table_exempts_from_all_of_it(said: str, exempt: bool) -> None:
    builder = DocumentBuilder("latex", "0" * 64)
    builder.heading(1, "Definition")
    rows = [["", "Electrons", "Muons"], ["|z_0 sin θ|", "< 0.5 mm", "< 0.5 mm"], ["|d_0|", "—", "< 1 mm"]]
    cells = [
        CellPieces((text,), r, c, header=r < 1) for r, row in enumerate(rows) for c, text in enumerate(row) if text
    ]
    builder.table(cells, ("Table 1: Requirements on leptons.",), "Table 1")
    builder.block("paragraph", said)
    found = {(p.object, p.variable): p.applies_when for p in read_tables(builder.build())[0]}
    assert found["electron", "z0_sin_theta"] == ""
    assert found["muon", "z0_sin_theta"] == found["muon", "d0"] == ("not stand-alone" if exempt else "")
