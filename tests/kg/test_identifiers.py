"""Identifiers in the spellings in which people and papers write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import InvalidIdentifier
from kg.identifiers import PaperId, parse_paper_id, reference_id
from kg.records import Reference


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("1806.00242", "1806.00242"),
        ("1806.00242v2", "1806.00242v2"),
        ("arXiv:1806.00242", "1806.00242"),
        ("ARXIV: 1806.00242V1", "1806.00242v1"),
        ("0901.0512", "0901.0512"),
        ("https://arxiv.org/abs/1806.00242v2", "1806.00242v2"),
        ("http://export.arxiv.org/pdf/1806.00242.pdf", "1806.00242"),
        ("arxiv.org/e-print/1806.00242", "1806.00242"),
        ("hep-ex/0601001", "hep-ex/0601001"),
        ("hep-ph/9901257v3", "hep-ph/9901257v3"),
        ("math.GT/0309136", "math/0309136"),
        ("10.1007/JHEP10(2017)132", "doi:10.1007/jhep10(2017)132"),
        ("doi:10.1016/j.physletb.2012.08.020", "doi:10.1016/j.physletb.2012.08.020"),
        ("https://doi.org/10.1103/PhysRevD.98.030001.", "doi:10.1103/physrevd.98.030001"),
        ("inspire:1124337", "inspire:1124337"),
        ("https://inspirehep.net/literature/1124337", "inspire:1124337"),
        ("CERN-EP-2018-123", "report:CERN-EP-2018-123"),
        ("ATLAS-CONF-2017-045", "report:ATLAS-CONF-2017-045"),
    ],
)
def test_usual_spellings(text, meant):
    assert str(parse_paper_id(text)) == meant
    assert str(parse_paper_id(f"  {text} ")) == meant


@pytest.mark.parametrize(
    "text", ["", "1806", "1813.00242", "1806.002421", "18O6.00242", "Higgs", "10.1007", "inspire:x", "../1806.00242"]
)
def test_what_is_no_identifier(text):
    with pytest.raises(InvalidIdentifier):
        parse_paper_id(text)


@given(st.integers(0, 99), st.integers(1, 12), st.integers(0, 99_999), st.sampled_from(["", "v1", "v12"]))
def test_every_arxiv_id_is_read_back_from_its_own_spelling(year, month, number, version):
    text = f"{year:02d}{month:02d}.{number:05d}"
    assert parse_paper_id(text + version) == PaperId("arxiv", text, version)
    assert parse_paper_id(str(parse_paper_id(text + version))) == PaperId("arxiv", text, version)


@given(st.text(max_size=30))
def test_any_text_is_an_identifier_or_a_clear_refusal(text):
    try:
        named = parse_paper_id(text)
    except InvalidIdentifier:
        return
    assert parse_paper_id(str(named)) == named


def test_a_reference_is_named_by_its_best_identifier():
    assert reference_id(Reference("1", arxiv_id="1605.03171", doi="10.1/X")) == "1605.03171"
    assert reference_id(Reference("1", doi="10.1007/JHEP", inspire_id="7")) == "doi:10.1007/jhep"
    assert reference_id(Reference("1", inspire_id="7", report_number="CMS-PAS-1")) == "inspire:7"
    assert reference_id(Reference("1", report_number="CMS-PAS-1")) == "report:CMS-PAS-1"
    spaced = reference_id(Reference("1", text="CMS  Collaboration,\nsubmitted"))
    assert spaced == reference_id(Reference("2", text="CMS Collaboration, submitted"))
    assert spaced.startswith("unidentified:")


def test_the_error_shows_no_more_than_the_beginning_of_a_long_text():
    with pytest.raises(InvalidIdentifier) as caught:
        parse_paper_id("a" * 100_000)
    assert len(str(caught.value)) < 400
