"""Quotes looked for as a model may write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.documents.document import Span
from ingest.models.quotes import find_quote
from tests.ingest.reading.documents import prose

TEXT = "Signal muons – if isolated – must have p_T^μ ≥ 20.5 GeV and |η| < 2.4."
DOCUMENT = prose(TEXT)
WHOLE = [Span(0, len(DOCUMENT.text))]


@pytest.mark.parametrize(
    "quote",
    [TEXT, "p_T^μ ≥ 20.5 GeV", "pT^μ >= 20.5 GeV", "signal MUONS - if isolated", "“p_T^μ ≥ 20.5 GeV”", "|η|<2.4."],
)
def test_a_quote_is_found_however_it_is_set(quote: str) -> None:
    assert find_quote(DOCUMENT, WHOLE, quote) is not None


@pytest.mark.parametrize(
    "quote",
    ["", "GeV", "p_T^μ ≥ 25 GeV", "0.5 GeV and", "p_T^μ ≥ 2", "|η| < 2", "muons must be isolated", "p_T^μ > 20.5"],
)
def test_what_is_not_there_or_cuts_a_number_is_not_found(quote: str) -> None:
    assert find_quote(DOCUMENT, WHOLE, quote) is None


def test_only_the_spans_shown_are_searched() -> None:
    assert find_quote(DOCUMENT, [Span(0, 20)], "p_T^μ ≥ 20.5 GeV") is None


@given(st.integers(0, len(DOCUMENT.text) - 1), st.integers(8, 60))
def test_a_found_place_holds_the_quote(start: int, length: int) -> None:
    quote = DOCUMENT.text[start : start + length]
    found = find_quote(DOCUMENT, WHOLE, quote)
    if found is not None:
        assert DOCUMENT.quote(found).replace(" ", "").strip(".,;:-–") in quote.replace(" ", "") or found.start <= start


@given(st.text(max_size=50))
def test_any_quote_is_found_or_not(quote: str) -> None:
    found = find_quote(DOCUMENT, WHOLE, quote)
    assert found is None or 0 <= found.start < found.end <= len(DOCUMENT.text)
