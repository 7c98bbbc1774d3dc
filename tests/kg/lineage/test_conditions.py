"""Conditions of cuts: which of two is narrower."""

from __future__ import annotations

import pytest

from kg.lineage.conditions import compared, nested


@pytest.mark.parametrize(
    ("narrower", "wider"),
    [
        ("calo-tagged", ""),
        ("combined, 4μ channel", "4μ channel"),
        ("calo-tagged", "calo-tagged or segment-tagged"),
        ("calo-tagged, 4μ channel", "calo-tagged or segment-tagged"),
        ("same-flavour opposite-sign", "same-flavour"),
        ("same-flavour opposite-sign", "opposite-sign"),
        ("combined", "not stand-alone"),
        ("leading", "not subleading"),
    ],
)
def test_more_conditions_or_fewer_alternatives_are_narrower(narrower, wider):
    assert compared(narrower, wider) == "narrower"
    assert compared(wider, narrower) == "wider"
    assert nested(narrower, wider)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("barrel", "endcap"),
        ("not stand-alone", "stand-alone"),
        ("leading", "leading pair"),
        ("leading pair", "not leading"),
        ("SR1", "SR2"),
        ("4μ channel, leading", "4e channel"),
        ("not stand-alone", "combined, 4μ channel or 4e channel, SR1".replace("combined, ", "")),
    ],
)
def test_conditions_that_do_not_include_each_other_are_different(one, other):
    assert compared(one, other) == "different"
    assert not nested(one, other)


def test_the_order_in_which_conditions_are_joined_does_not_matter():
    assert compared("leading, SR1", "SR1, leading") == "equal"
    assert compared("calo-tagged or segment-tagged", "segment-tagged or calo-tagged") == "equal"
