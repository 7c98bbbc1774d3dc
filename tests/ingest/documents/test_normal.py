"""One spelling for every character: facts of Unicode and of how papers print."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.documents.normal import normalise


@pytest.mark.parametrize(
    ("printed", "plain"),
    [
        ("eﬃciency of the ﬁt", "efficiency of the fit"),
        ("−2.5", "-2.5"),
        ("∆R", "ΔR"),
        ("5 µm", "5 μm"),
        ("p_T ⩾ 7\u2009GeV", "p_T ≥ 7 GeV"),
        ("m ⩽ 1", "m ≤ 1"),
        ("m ≦ 1 ≧ 0", "m ≤ 1 ≥ 0"),
        ("trans\u00adverse", "transverse"),
        ("139 fb⁻¹", "139 fb^-1"),
        ("d₀", "d_0"),
        ("𝑝T", "pT"),
        ("∣η∣", "|η|"),
        ("ϕ", "φ"),
        ("e\u0301", "é"),
        ("1.37–1.52", "1.37–1.52"),
    ],
)
def test_a_sign_has_one_code_point(printed: str, plain: str) -> None:
    assert normalise(printed) == plain


@given(st.text())
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once


@given(st.text(alphabet=st.characters(max_codepoint=127)))
def test_ascii_stays(text: str) -> None:
    assert normalise(text) == text
