"""Own cuts first, then what a paper defers to others, its own values winning."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.effective import EffectiveCut, MissingSource, effective_cuts, missing_sources, slot, value_of
from kg.records import Cut
from tests.kg.readings import cut, reading

A, B, C, D = "1001.00001", "1001.00002", "1001.00003", "1001.00004"


def told(found: list[EffectiveCut]) -> list[tuple[object, ...]]:
    """What a person would read off: object, variable, value, chain."""
    return [(f.cut.object, f.cut.variable, f.cut.value, f.via) for f in found]


def test_a_deferred_detail_comes_after_the_papers_own_cuts(store):
    store.commit(reading(A, [cut(A, "muon", "pt", ">", 5.0, "GeV")], details=[(B, ("muon",), ("isolation",))]))
    store.commit(
        reading(
            B,
            [
                cut(B, "muon", "ptcone20_over_pt", "<", 0.15),
                cut(B, "electron", "ptcone20_over_pt", "<", 0.15),
                cut(B, "muon", "d0_significance", "<", 3.0),
            ],
        )
    )
    assert told(effective_cuts(store, A)) == [
        ("muon", "pt", 5.0, ()),
        ("muon", "ptcone20_over_pt", 0.15, (B,)),
    ]
    assert told(effective_cuts(store, A, max_depth=0)) == [("muon", "pt", 5.0, ())]


@pytest.mark.parametrize(
    ("deferred", "of", "inherited"),
    [
        (("lepton",), "electron", True),
        (("lepton",), "muon", True),
        (("lepton",), "lepton", True),
        (("electron",), "lepton", False),
        (("electron", "muon"), "lepton", True),
        (("electron",), "muon", False),
        (("jet",), "bjet", True),
        (("bjet",), "jet", False),
        (("jet",), "fatjet", False),
        ((), "photon", True),
    ],
)
def test_which_objects_a_sentence_speaks_of(store, deferred, of, inherited):
    store.commit(reading(A, details=[(B, deferred, ())]))
    store.commit(reading(B, [cut(B, of, "pt", ">", 20.0, "GeV")]))
    assert bool(effective_cuts(store, A)) is inherited


@pytest.mark.parametrize(
    ("deferred", "of", "inherited"),
    [
        (("isolation",), "ptcone20_over_pt", True),
        (("isolation",), "relative_isolation", True),
        (("isolation",), "pt", False),
        (("identification",), "identification", True),
        (("identification",), "muon_type", True),
        (("identification", "isolation"), "mini_isolation", True),
        (("ptcone20_over_pt",), "ptcone20_over_pt", True),
        (("ptcone20_over_pt",), "ptcone30_over_pt", False),
        ((), "pt", True),
    ],
)
def test_which_variables_a_sentence_speaks_of(store, deferred, of, inherited):
    store.commit(reading(A, details=[(B, (), deferred)]))
    store.commit(reading(B, [cut(B, "muon", of, "<", 0.15)]))
    assert bool(effective_cuts(store, A)) is inherited


def test_own_values_win_and_say_what_they_override(store):
    own = [
        cut(A, "muon", "pt", ">", 5.0, "GeV"),
        cut(A, "muon", "d0", "<", 1.0, "mm"),
        cut(A, "muon", "abs_eta", "<", 2.7),
    ]
    store.commit(reading(A, own, details=[(B, ("muon",), ())]))
    theirs = [
        cut(B, "muon", "pt", ">=", 7.0, "GeV"),
        cut(B, "muon", "d0", "<", 0.1, "cm"),
        cut(B, "muon", "abs_eta", ">", 0.1),
        cut(B, "muon", "pt", ">", 15.0, "GeV", applies_when="calo-tagged"),
    ]
    store.commit(reading(B, theirs))
    found = effective_cuts(store, A)
    assert told(found) == [
        ("muon", "pt", 5.0, ()),
        ("muon", "d0", 1.0, ()),
        ("muon", "abs_eta", 2.7, ()),
        ("muon", "abs_eta", 0.1, (B,)),
        ("muon", "pt", 15.0, (B,)),
    ]
    assert [c.value for c in found[0].overrides] == [7.0]
    assert found[1].overrides == (), "0.1 cm is 1 mm: said twice, not overridden"


def test_only_trusted_cuts_are_inherited_and_only_trusted_ones_override(store):
    doubtful = cut(A, "muon", "abs_eta", "<", 9.9, status="unverified")
    store.commit(reading(A, [doubtful], details=[(B, (), ())]))
    theirs = [
        cut(B, "muon", "abs_eta", "<", 2.5),
        cut(B, "muon", "pt", ">", 1.0, "GeV", status="unverified"),
        cut(B, "muon", "z0", "<", 10.0, "mm", status="approved"),
        cut(B, "muon", "d0", "<", 1.0, "mm", status="rejected"),
    ]
    store.commit(reading(B, theirs))
    assert told(effective_cuts(store, A)) == [
        ("muon", "abs_eta", 9.9, ()),
        ("muon", "abs_eta", 2.5, (B,)),
        ("muon", "z0", 10.0, (B,)),
    ]


def test_a_chain_of_papers_is_followed_through_what_each_sentence_says(store):
    store.commit(reading(A, details=[(B, ("muon",), ("isolation",))]))
    store.commit(reading(B, details=[(C, (), ())]))
    store.commit(reading(C, [cut(C, "muon", "relative_isolation", "<", 0.35), cut(C, "muon", "pt", ">", 5.0, "GeV")]))
    assert told(effective_cuts(store, A)) == [("muon", "relative_isolation", 0.35, (B, C))]
    assert effective_cuts(store, A, max_depth=1) == []


def test_circles_end_and_say_nothing_twice(store):
    store.commit(reading(A, [cut(A, "muon", "pt", ">", 5.0, "GeV")], details=[(A, (), ()), (B, (), ())]))
    store.commit(reading(B, [cut(B, "jet", "pt", ">", 30.0, "GeV")], details=[(C, (), ()), (A, (), ())]))
    store.commit(reading(C, [cut(C, "photon", "pt", ">", 25.0, "GeV")], details=[(A, (), ()), (B, (), ())]))
    for depth in (4, 9, 30):
        assert told(effective_cuts(store, A, max_depth=depth)) == [
            ("muon", "pt", 5.0, ()),
            ("jet", "pt", 30.0, (B,)),
            ("photon", "pt", 25.0, (B, C)),
        ]


def test_a_diamond_keeps_the_shortest_chain_and_what_a_nearer_paper_overrides_is_not_listed(store):
    store.commit(reading(A, details=[(B, (), ()), (C, (), ()), (D, (), ())]))
    store.commit(reading(B, [cut(B, "muon", "pt", ">", 7.0, "GeV")], details=[(D, (), ())]))
    store.commit(reading(C, details=[(D, (), ())]))
    store.commit(reading(D, [cut(D, "muon", "pt", ">", 5.0, "GeV"), cut(D, "muon", "abs_eta", "<", 2.5)]))
    assert told(effective_cuts(store, A)) == [("muon", "pt", 7.0, (B,)), ("muon", "abs_eta", 2.5, (D,))]


def test_papers_that_were_not_read_are_reported(store):
    store.commit(reading(A, details=[(B, ("muon",), ("isolation",)), (D, ("muon",), ())]))
    store.commit(reading(B, details=[(C, ("electron",), ()), (D, ("electron",), ("isolation",))]))
    assert missing_sources(store, A) == [
        MissingSource(C, (B,), ("electron",), ()),
        MissingSource(D, (A, B), ("electron", "muon"), ()),
    ]
    assert [m.paper for m in missing_sources(store, A, max_depth=1)] == [D]
    assert effective_cuts(store, A) == []


def test_removing_what_is_below_fixes_the_same_as_requiring_what_is_above():
    above = Cut(A, "event", "mass", ">=", 5.0, "GeV")
    assert slot(above) == slot(replace(above, op="<", veto=True))
    assert slot(above) != slot(replace(above, veto=True))
    assert slot(replace(above, op="in", value=(1.37, 1.52), veto=True)) == slot(replace(above, op="not_in"))
    assert slot(replace(above, op="!=")) == slot(replace(above, op="==", veto=True))


def test_values_are_compared_in_one_unit():
    assert value_of(Cut(A, "muon", "pt", ">", 0.007, "TeV")) == value_of(Cut(B, "muon", "pt", ">", 7000.0, "MeV"))
    assert value_of(Cut(A, "muon", "pt", ">", 7.0, "GeV")) != value_of(Cut(A, "muon", "pt", ">", 7.0, ""))
