"""Text from papers is data: nothing in it reaches the terminal as a command."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.plain import escaped_json, plain


@pytest.mark.parametrize(
    ("hostile", "shown"),
    [
        ("p_T\x1b[2J > 7", "p_T > 7"),
        ("p_T\x9b2J > 7", "p_T > 7"),
        ("a\x1b]0;title\x07b", "ab"),
        ("a\x1b]8;;http://evil\x1b\\b", "ab"),
        ("one\r\ntwo\tthree", "one two three"),
        ("\u202e7 > Tp\u202c", "7 > Tp"),
        ("|η| < 2.47, ΔR, μ, E_T^miss, 4ℓ", "|η| < 2.47, ΔR, μ, E_T^miss, 4ℓ"),
        ("[red]not markup[/red]", "[red]not markup[/red]"),
    ],
)
def test_only_printing_characters_are_left(hostile: str, shown: str) -> None:
    assert plain(hostile) == shown


@given(st.text())
def test_nothing_that_a_terminal_acts_on_is_left(text: str) -> None:
    assert all(c.isprintable() or c == " " or ord(c) > 0xFF for c in plain(text).replace("\xad", ""))
    assert "\x1b" not in plain(text)


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_json_means_the_same_after_escaping(text: str) -> None:
    written = escaped_json(json.dumps([text], ensure_ascii=False))
    assert json.loads(written) == [text]
    assert "\x9b" not in written
