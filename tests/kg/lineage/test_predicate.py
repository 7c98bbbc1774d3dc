"""Cuts as sets of values: what implies, equals and excludes what."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.lineage.predicate import compared, disjoint, equal, implies, predicate_of
from kg.records import Cut


def of(variable, op, value, unit="", *, veto=False):
    return predicate_of(Cut("x", "muon", variable, op, value, unit, veto=veto))


@pytest.mark.parametrize(
    ("tighter", "looser"),
    [
        (of("abs_eta", "<", 2.47), of("abs_eta", "<", 2.5)),
        (of("pt", ">", 25.0, "GeV"), of("pt", ">", 20_000.0, "MeV")),
        (of("mass", "in", (80.0, 100.0), "GeV"), of("mass", "in", (76.0, 106.0), "GeV")),
        (of("mass", "in", (80.0, 100.0), "GeV"), of("mass", ">", 12.0, "GeV")),
        (of("mass", "not_in", (76.0, 106.0), "GeV"), of("mass", "not_in", (80.0, 100.0), "GeV")),
        (of("mass", ">", 110.0, "GeV"), of("mass", "not_in", (76.0, 106.0), "GeV")),
        (of("count", "==", 3.0), of("count", ">", 2.0)),
        (of("count", "in", (2.0, 4.0)), of("count", "<", 5.0)),
        (of("identification", "is", "Tight"), of("identification", "is", "Loose")),
        (of("identification", "is", "MVA"), of("identification", "is_not", "cut-based")),
        (of("pt", ">", 1.0, "TeV"), of("pt", ">", 900.0, "GeV")),
    ],
)
def test_the_tighter_of_two_requirements_implies_the_looser(tighter, looser):
    assert implies(tighter, looser)
    assert not implies(looser, tighter)
    assert (compared(tighter, looser), compared(looser, tighter)) == ("tighter", "looser")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (of("pt", ">", 7.0, "GeV"), of("pt", "<", 7.0, "GeV", veto=True)),
        (of("pt", ">", 7.0, "GeV"), of("pt", ">=", 7000.0, "MeV")),
        (of("z0", "<", 0.5, "mm"), of("z0", "<", 500.0, "um")),
        (of("abs_eta", "in", (1.37, 1.52), veto=True), of("abs_eta", "not_in", (1.37, 1.52))),
        (of("abs_eta", "in", (0.0, 0.8)), of("abs_eta", "<", 0.8)),
        (of("count", ">", 2.0), of("count", ">=", 3.0)),
        (of("count", "==", 0.0), of("count", ">=", 1.0, veto=True)),
        (of("count", "<", 1.0), of("count", "==", 0.0)),
        (of("count", "in", (2.0, 4.0)), of("count", "not_in", (2.0, 4.0), veto=True)),
        (of("identification", "is", "Tight"), of("identification", "is", "tight")),
        (of("trigger", "is_not", "required"), of("trigger", "is", "required", veto=True)),
    ],
)
def test_requirements_that_let_the_same_pass_are_equal(one, other):
    assert equal(one, other)
    assert compared(one, other) == "same"
    assert not disjoint(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (of("pt", ">", 20.0, "GeV"), of("pt", "<", 20.0, "GeV")),
        (of("pt", ">", 20.0, "GeV"), of("pt", "<=", 20.0, "GeV")),
        (of("mass", "in", (76.0, 106.0), "GeV"), of("mass", "in", (76.0, 106.0), "GeV", veto=True)),
        (of("count", "==", 1.0), of("count", "==", 2.0)),
        (of("count", "<", 2.0), of("count", ">", 1.0)),
        (of("charge_relation", "is", "same_sign"), of("charge_relation", "is", "opposite_sign")),
        (of("charge_relation", "is", "same_sign"), of("charge_relation", "is_not", "same_sign")),
    ],
)
def test_what_nothing_can_meet_is_disjoint(one, other):
    assert disjoint(one, other)
    assert disjoint(other, one)
    assert not implies(one, other)


def test_counts_that_share_one_number_are_not_disjoint():
    assert not disjoint(of("count", ">=", 2.0), of("count", "<=", 2.0))


def test_a_working_point_excludes_no_looser_one():
    assert not disjoint(of("identification", "is", "Tight"), of("identification", "is", "Loose"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (of("pt", ">", 7.0, "GeV"), of("pt", ">", 7.0)),
        (of("isolation", "is", "Loose"), of("isolation", "<", 0.1)),
        (of("identification", "is", "LooseLH"), of("identification", "is", "Loose")),
        (of("ptcone20_over_pt", "is", "Loose"), None),
    ],
)
def test_what_cannot_be_compared_is_neither_implied_nor_excluded(one, other):
    assert not implies(one, other)
    assert not implies(other, one)


def test_sets_of_another_dimension_are_not_excluded():
    assert not disjoint(of("pt", ">", 7.0, "GeV"), of("pt", "<", 7.0))


@pytest.mark.parametrize(
    ("op", "value"),
    [(">", (1.0, 2.0)), ("in", 3.0), (">", "Tight"), ("<", float("nan")), ("in", (5.0, float("inf")))],
)
def test_a_value_that_does_not_fit_its_comparison_gives_no_set(op, value):
    assert of("pt", op, value, "GeV") is None


def test_a_range_upside_down_lets_nothing_pass():
    assert of("mass", "in", (106.0, 76.0), "GeV") is None


numbers = st.integers(0, 12).map(float)
ranges = st.tuples(numbers, numbers).filter(lambda ends: ends[0] < ends[1])
cuts = st.builds(
    lambda variable, pair, veto: Cut("x", "jet", variable, pair[0], pair[1], veto=veto),
    st.sampled_from(["pt", "eta", "count"]),
    st.one_of(
        st.tuples(st.sampled_from([">", ">=", "<", "<=", "==", "!="]), numbers),
        st.tuples(st.sampled_from(["in", "not_in"]), ranges),
    ),
    st.booleans(),
)
PROBES = [n / 4 for n in range(-4, 56)]


def passes(cut: Cut, x: float) -> bool:
    """The requirement, evaluated as it is written; ends of a range belong to it for counts only."""
    lo, hi = cut.value if isinstance(cut.value, tuple) else (cut.value, cut.value)
    inside = lo <= x <= hi if cut.variable == "count" else lo < x < hi
    met = {
        ">": x > lo, ">=": x >= lo, "<": x < lo, "<=": x <= lo, "==": x == lo, "!=": x != lo,
        "in": inside, "not_in": not inside,
    }[cut.op]  # fmt: skip
    return met != cut.veto


@given(cuts)
def test_the_set_holds_exactly_the_values_that_pass(cut):
    found = predicate_of(cut)
    allowed = [x for x in PROBES if (cut.variable == "eta" or x >= 0) and (cut.variable != "count" or x == int(x))]
    assert [x for x in allowed if found and found.contains(x)] == [x for x in allowed if passes(cut, x)]


@given(cuts, cuts, cuts)
def test_implication_is_an_order(a, b, c):
    p, q, r = (predicate_of(cut) for cut in (a, b, c))
    if p is None or q is None or r is None:
        return
    assert implies(p, p)
    single = any(low == high for s in (p, q, r) for low, _, high, _ in s.spans)
    if implies(p, q) and implies(q, r) and (p.whole or not single):
        assert implies(p, r)
    if implies(p, q) and implies(q, p):
        assert equal(q, p)


@given(cuts, cuts)
def test_what_implies_does_not_exclude_and_excluding_is_mutual(a, b):
    p, q = predicate_of(a), predicate_of(b)
    if p is None or q is None:
        return
    assert disjoint(p, q) == disjoint(q, p)
    if implies(p, q):
        assert not disjoint(p, q)
    if disjoint(p, q):
        # measured quantities are never exactly at a threshold
        ends = set() if p.whole else {end for s in (p, q) for span in s.spans for end in (span[0], span[2])}
        assert not any(p.contains(x) and q.contains(x) for x in PROBES if x not in ends)
