"""Spelling: what papers, LaTeX, keyboards and Unicode write differently is one word."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from retrieval.folding import LONGEST, folded, plurals


def words(text: str) -> list[str]:
    return [token.text for token in folded(text)]


@pytest.mark.parametrize(
    "spelling", ["pT", "p_T", "PT", "p_{T}", "$p_{\\rm T}$", "$p_\\mathrm{T}$", "p_{\\text{T}}", "ｐＴ"]
)
def test_transverse_momentum_has_one_form(spelling: str) -> None:
    assert words(spelling) == ["pt"]


@pytest.mark.parametrize(
    "spelling", ["η", "|η|", "\\eta", "$|\\eta|$", "Eta", "eta", "|\\eta|", "\\left|\\eta\\right|"]
)
def test_pseudorapidity_has_one_form(spelling: str) -> None:
    assert words(spelling) == ["eta"]


@pytest.mark.parametrize(
    ("spelling", "form"),
    [
        ("ΔR", "deltar"),
        ("E_T^miss", "etmiss"),
        ("E_{\\mathrm{T}}^{\\mathrm{miss}}", "etmiss"),
        ("μ", "mu"),
        ("µ", "mu"),
        ("τ", "tau"),
        ("φ", "phi"),
        ("ϕ", "phi"),
        ("ℓ", "l"),
        ("4ℓ", "4l"),
        ("$\\ell$", "l"),
        ("χ²", "chi2"),
        ("m_{4\\ell}", "m4l"),
        ("ﬁducial", "fiducial"),
        ("Müon", "müon"),
    ],
)
def test_greek_letters_and_marks(spelling: str, form: str) -> None:
    assert words(spelling)[0] == form


@pytest.mark.parametrize(
    ("written", "sign"),
    [
        (">", ">"), (">=", "≥"), ("=>", "≥"), ("≥", "≥"), ("\\geq", "≥"), ("\\ge", "≥"), ("<", "<"),
        ("<=", "≤"), ("≤", "≤"), ("\\leq", "≤"), ("\\le", "≤"), ("=", "="), ("==", "="), ("!=", "≠"), ("≠", "≠"),
        ("≫", ">"), ("≪", "<"), ("＞", ">"),
    ],
)  # fmt: skip
def test_signs_of_comparison(written: str, sign: str) -> None:
    assert [token.text for token in folded(f"pT {written} 20") if token.kind == "sign"] == [sign]


@pytest.mark.parametrize(("written", "sign"), [("⩾", "≥"), ("⩽", "≤"), ("\\geqslant", "≥"), ("\\leqslant", "≤")])
def test_slanted_signs_of_comparison(written: str, sign: str) -> None:
    assert [token.text for token in folded(f"pT {written} 20") if token.kind == "sign"] == [sign]


@pytest.mark.parametrize("command", ["\\left", "\\lesson", "\\textbook", "\\italic"])
def test_a_longer_command_is_not_taken_for_the_shorter_one_it_begins_with(command: str) -> None:
    """`\\left` is not `\\le`: no sign of comparison comes out of it."""
    assert all(token.kind == "word" for token in folded(f"{command} x"))


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("20GeV", ["20", "gev"]),
        ("pT>20", ["pt", ">", "20"]),
        ("0.5mm", ["0.5", "mm"]),
        ("1.37<|η|<1.52", ["1.37", "<", "eta", "<", "1.52"]),
        ("2.5e3", ["2.5e3"]),
        ("d0/σ(d0)", ["d0", "sigma", "d0"]),
        ("b-jet", ["b", "jet"]),
        ("H→4ℓ", ["h", "4l"]),
        ("Z→μμ", ["z", "mumu"]),
        ("", []),
        ("  \t\n", []),
        ("?!…«»()", []),
    ],
)
def test_texts_are_cut_into_words_numbers_and_signs(text: str, tokens: list[str]) -> None:
    assert words(text) == tokens


def test_identifiers_that_differ_by_a_digit_stay_different() -> None:
    assert words("ptcone20") != words("ptcone30")
    assert words("topoetcone20") != words("etcone20")


def test_what_was_typed_is_kept_beside_the_folded_form() -> None:
    (token,) = folded("GeV")
    assert (token.text, token.raw) == ("gev", "GeV")


def test_only_the_beginning_of_a_very_long_text_is_read() -> None:
    assert sum(len(token.raw) for token in folded("muon " * 10_000)) <= LONGEST


physics = st.text(st.sampled_from("pTηΔφℓμ_^{}$\\|<>=≥≤≠0123456789.eE+- GeVmc²½ﬁ"), max_size=40)


@given(st.one_of(st.text(max_size=80), physics))
@example("\\" * 50)
@example("{" * 2500)
@example("1e999")
@example("\ud800")
@example("\u202epT\u202c")
@example("٢٠ GeV")
def test_any_text_folds_to_tokens_that_are_words_numbers_or_signs(text: str) -> None:
    for token in folded(text):
        assert token.text
        assert token.kind in ("word", "sign", "number")
        if token.kind == "number":
            float(token.text)
        if token.kind == "sign":
            assert token.text in "<>≥≤=≠"


@given(st.one_of(st.text(max_size=80), physics))
@example("ß İ ŉ")
def test_folding_what_is_folded_changes_no_number_and_no_sign(text: str) -> None:
    once = folded(text)
    again = folded(" ".join(token.text for token in once))
    assert [t.text for t in again if t.kind == "sign"] == [t.text for t in once if t.kind == "sign"]
    numbers = [t.text for t in again if t.kind == "number"]
    assert all(t.text in numbers for t in once if t.kind == "number")


@given(st.text(st.characters(categories=["Ll", "Lu", "Nd", "Zs"], max_codepoint=0x250), max_size=60))
def test_composed_and_decomposed_letters_are_one(text: str) -> None:
    assert words(unicodedata.normalize("NFC", text)) == words(unicodedata.normalize("NFD", text))


@pytest.mark.parametrize(
    ("singular", "plural"),
    [
        (("muon",), ("muons",)),
        (("identification", "category"), ("identification", "categories")),
        (("jet",), ("jets",)),
    ],
)
def test_plurals_are_known_with_their_singulars(singular: tuple[str, ...], plural: tuple[str, ...]) -> None:
    assert list(plurals(singular)) == [singular, plural]


@pytest.mark.parametrize("word", ["mass", "pt", "20", "ptcone20"])
def test_what_is_no_plain_word_has_no_plural(word: str) -> None:
    assert list(plurals((word,))) == [(word,)]
