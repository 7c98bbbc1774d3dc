"""The gate lets through only what stands in the quoted text."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ingest.documents.document import Document, Span
from ingest.reading.gate import objection
from ingest.reading.proposal import Proposal
from tests.ingest.reading.documents import prose


def proposal(document: Document, **changes: object) -> Proposal:
    """Muon p_T > 7 GeV, quoted from the whole paragraph."""
    start = document.text.index("\n\n") + 2
    span = Span(start, len(document.text))
    made = Proposal("muon", "pt", ">", 7.0, "GeV", "", False, span, span)
    return replace(made, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("sentence", "changes"),
    [
        ("Muons must have p_T > 7 GeV.", {}),
        ("Muons must have p_T > 7.0 GeV.", {}),
        ("Muons with 7 < p_T < 20 GeV are used.", {"op": "in", "value": (7.0, 20.0)}),
        ("At least four leptons are required.", {"variable": "count", "op": ">=", "value": 4.0, "unit": ""}),
        ("Events with no b jets are kept.", {"variable": "count", "op": "==", "value": 0.0, "unit": ""}),
        ("The leptons have opposite charge.", {"variable": "charge_relation", "value": "opposite_sign", "unit": ""}),
        ("Electrons satisfy the Loose working point.", {"variable": "identification", "value": "Loose", "unit": ""}),
    ],
)
def test_what_stands_in_the_quote_is_verified(sentence: str, changes: dict[str, object]) -> None:
    document = prose(sentence)
    assert objection(document, proposal(document, **changes)) == ""


@pytest.mark.parametrize(
    ("sentence", "changes", "reason"),
    [
        ("Muons must have p_T > 6 GeV.", {}, "the number 7"),
        ("Muons must have p_T > 17 GeV.", {}, "the number 7"),
        ("Muons must have p_T > 7 MeV.", {}, "the unit GeV"),
        ("Muons must have p_T > 7.", {}, "the unit GeV"),
        ("Muons with 7 < p_T < 20 GeV are used.", {"op": "in", "value": (7.0, 25.0)}, "the number 25"),
        ("Leptons are required.", {"variable": "count", "op": ">=", "value": 4.0, "unit": ""}, "the number 4"),
        (
            "The leptons have the same charge.",
            {"variable": "charge_relation", "value": "opposite_sign", "unit": ""},
            "opp",
        ),
        (
            "Electrons satisfy the Tight working point.",
            {"variable": "identification", "value": "Loose", "unit": ""},
            "Loose",
        ),
        ("Muons must have p_T > 7 GeV.", {"reason": "in doubt"}, "in doubt"),
    ],
)
def test_what_does_not_stand_in_the_quote_is_not(sentence: str, changes: dict[str, object], reason: str) -> None:
    document = prose(sentence)
    assert reason in objection(document, proposal(document, **changes))


def test_offsets_outside_the_document_are_refused() -> None:
    document = prose("Muons must have p_T > 7 GeV.")
    beyond = Span(len(document.text), len(document.text) + 30)
    assert "offsets" in objection(document, proposal(document, quote=beyond))


def test_the_unit_may_stand_in_the_header() -> None:
    document = prose("p_T [GeV]", "> 7")
    start = document.text.index("> 7")
    header = Span(document.text.index("p_T"), start - 1)
    bare = proposal(document, quote=Span(start, start + 3))
    assert "unit" in objection(document, bare)
    assert objection(document, replace(bare, headers=(header,))) == ""


ISOLATION = {"object": "photon", "variable": "topoetcone40", "op": "<", "unit": ""}


@pytest.mark.parametrize(
    "sentence",
    [
        "Photons must have E_T^cone40 < 0.022 p_T + 2.45 GeV.",
        "Photons must have E_T^cone40 below 2.45 GeV plus 2.2% of the photon p_T.",
    ],
)
def test_a_limit_that_varies_stands_in_the_quote_with_all_its_numbers(sentence: str) -> None:
    document = prose(sentence)
    assert objection(document, proposal(document, **ISOLATION, value="0.022 p_T + 2.45 GeV")) == ""
    assert "does not stand" in objection(document, proposal(document, **ISOLATION, value="0.022 p_T + 2.5 GeV"))


@pytest.mark.parametrize(
    ("sentence", "value", "unit"),
    [
        ("Photons must have E_T^cone40 < 0.022 p_T + 2.45 GeV.", 2.45, "GeV"),
        ("Photons must have E_T^cone40 < 0.022 p_T + 2.45.", 0.022, ""),
        ("Photons must have E_T^cone40 < 2.45 GeV + 0.1 |η|.", 2.45, "GeV"),
        ("Photons must have E_T^cone40 below 2.45 GeV plus 2.2% of the energy of the cluster.", 0.022, ""),
        ("Photons must have E_T^cone40 < min(5 GeV, 0.05 m_γγ).", 5.0, "GeV"),
    ],
)
def test_one_number_of_a_limit_of_several_terms_is_not_verified(sentence: str, value: float, unit: str) -> None:
    document = prose(sentence)
    assert objection(document, proposal(document, **ISOLATION | {"unit": unit}, value=value)) != ""
