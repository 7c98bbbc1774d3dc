"""Limits that vary with the momentum: their text, and how they compare."""

from __future__ import annotations

import pytest

from kg.effective import value_of
from kg.limits import Term, limit, limit_of, named
from kg.lineage.predicate import compared, disjoint, predicate_of
from kg.lineage.relations import refines, same_as
from kg.records import Cut, from_json, to_json


def cut(value, op="<", *, veto=False, paper="a"):
    return Cut(paper, "photon", "topoetcone40", op, value, veto=veto)


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("0.022 p_T + 2.45 GeV", "0.022 p_T + 2.45 GeV"),
        ("2.45 GeV + 0.022 pT", "0.022 p_T + 2.45 GeV"),
        ("0.022*pt + 2.45 GeV", "0.022 p_T + 2.45 GeV"),
        ("0.022 × E_T + 2450 MeV", "0.022 E_T + 2450 MeV"),
        ("0.04 + 10 GeV/p_T", "0.04 + 10 GeV/p_T"),
        ("min(0.04 + 10 GeV/p_T, 0.4)", "min(0.4, 0.04 + 10 GeV/p_T)"),
    ],
)
def test_one_text_for_one_limit(text, canonical):
    found = limit_of(text)
    assert found is not None
    assert found.text == canonical
    assert limit_of(found.text) == found


@pytest.mark.parametrize(
    "text",
    [
        "Tight",
        "",
        "2.45 GeV",
        "0.022 p_T + 2.45",
        "0.022 p_T + 2.45 mm",
        "0.04 + 10/p_T",
        "0.1 p_T + 0.2 p_T",
        "p_T + x",
    ],
)
def test_other_texts_are_none(text):
    assert limit_of(text) is None


def test_terms_that_do_not_add_up_are_no_limit():
    assert limit(((Term(0.04), Term(0.022, "", "pt", 1)),)) is None
    assert limit(((Term(2.0, "GeV"), Term(3.0, "GeV")),)) is None


def test_a_limit_is_no_name():
    assert named(cut("0.022 p_T + 2.45 GeV")) == ""
    assert named(Cut("a", "photon", "identification", "is", "Tight")) == "Tight"


def test_limits_are_equal_whatever_their_units_and_order_of_terms():
    assert same_as(cut("0.022 p_T + 2.45 GeV"), cut(limit_of("2450 MeV + 0.022 E_T").text, paper="b"))
    assert same_as(cut("0.022 p_T + 2.45 GeV"), cut("0.022 p_T + 2.45 GeV", ">=", veto=True, paper="b"))
    assert value_of(cut("0.022 p_T + 2.45 GeV")) != value_of(cut("0.022 p_T + 2.5 GeV"))


def test_a_limit_is_tighter_where_every_term_is():
    tight, loose, crossing = (cut(f"{a} p_T + {b} GeV") for a, b in ((0.02, 2), (0.03, 2.5), (0.01, 3)))
    assert refines(tight, loose)
    assert not refines(loose, tight)
    assert compared(predicate_of(tight), predicate_of(crossing)) == "different"
    assert not disjoint(predicate_of(tight), predicate_of(crossing))
    assert compared(predicate_of(tight), predicate_of(cut(2.45))) == "different"


def test_the_least_of_several_is_below_each():
    cone, plain = (Cut("a", "muon", "delta_r", ">", v) for v in ("min(0.4, 0.04 + 10 GeV/p_T)", "0.04 + 10 GeV/p_T"))
    assert compared(predicate_of(plain), predicate_of(cone)) == "tighter"


def test_it_goes_through_json():
    one = cut("min(0.4, 0.04 + 10 GeV/p_T)")
    assert from_json(to_json(one)) == one
