"""Tables of requirements in the layouts that papers use."""

from __future__ import annotations

from ingest.documents.document import Document
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
