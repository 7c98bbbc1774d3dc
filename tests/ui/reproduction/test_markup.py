"""Elements and texts."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.reproduction.page.histogram import ticks
from ui.reproduction.page.markup import UnsafeMarkup, element, text
from ui.reproduction.page.notation import parts, typeset


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.said = ""

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)

    def handle_data(self, data):
        self.said += data


@given(st.text(alphabet=st.characters(exclude_categories=["Cc", "Cf", "Cs", "Co", "Zl", "Zp"])))
def test_any_text_comes_back_as_that_text(written):
    reader = _Reader()
    reader.feed(element("p", written))
    reader.close()
    assert reader.tags == ["p"]
    assert reader.said == written


@given(st.text())
def test_a_text_brings_no_element_but_the_mark_of_an_invisible_sign(written):
    reader = _Reader()
    reader.feed(text(written))
    reader.close()
    assert set(reader.tags) <= {"span"}


@pytest.mark.parametrize(
    "link",
    ["javascript:alert(1)", "//example.org", "https://example.org", "data:text/html,x", 'https://arxiv.org/abs/" x='],
)
def test_a_link_elsewhere_is_refused(link):
    with pytest.raises(UnsafeMarkup):
        element("a", "here", href=link)


@pytest.mark.parametrize("name", ["onclick", "ONLOAD", "src", "style", "formaction", "a b"])
def test_an_attribute_that_runs_or_loads_is_refused(name):
    with pytest.raises(UnsafeMarkup):
        element("p", "x", **{name: "x"})


def test_indices_are_set_and_names_left_alone():
    assert typeset("|z_0 sin θ| < 0.5 mm") == "|z<sub>0</sub> sin θ| &lt; 0.5 mm"
    assert typeset("m_ℓℓ") == "m<sub>ℓℓ</sub>"
    for name in ("is_loose", "ptcone20_over_pt", "a_longer_name", "x_"):
        assert parts(name) == [("", name)]


@given(st.floats(-1e6, 1e6), st.floats(1e-3, 1e6), st.integers(3, 12))
def test_ticks_lie_within_the_axis_and_are_few(low, width, most):
    found = ticks(low, low + width, most)
    assert 1 <= len(found) <= most + 1
    assert all(low - width * 1e-6 <= value <= low + width * (1 + 1e-6) for value in found)
