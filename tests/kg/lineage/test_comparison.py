"""Two selections side by side."""

from __future__ import annotations

import pytest

from kg.effective import EffectiveCut
from kg.lineage.comparison import compare
from tests.kg.readings import cut

A, B, C = "1001.00001", "1001.00002", "1001.00003"


def selection(paper, *cuts):
    return [EffectiveCut(cut(paper, *arguments)) for arguments in cuts]


def conditional(paper, when, *arguments):
    return EffectiveCut(cut(paper, *arguments, applies_when=when))


def verdicts(first, second):
    return [row.verdicts[0] for row in compare([first, second])]


@pytest.mark.parametrize(
    ("mine", "other", "verdict"),
    [
        (("muon", "pt", ">", 25.0, "GeV"), ("muon", "pt", ">=", 25_000.0, "MeV"), "same"),
        (("muon", "pt", ">", 25.0, "GeV"), ("muon", "pt", ">", 30.0, "GeV"), "tighter"),
        (("muon", "abs_eta", "<", 2.4), ("muon", "abs_eta", "<", 2.5), "looser"),
        (("dilepton", "mass", ">", 12.0, "GeV"), ("dilepton", "mass", "in", (76.0, 106.0), "GeV"), "tighter"),
        (("dijet", "mass", "in", (60.0, 100.0), "GeV"), ("dijet", "mass", "in", (76.0, 106.0), "GeV"), "different"),
        (("muon", "identification", "is", "Loose"), ("muon", "identification", "is", "Tight"), "tighter"),
        (("muon", "identification", "is", "Loose"), ("muon", "identification", "is", "MVA"), "different"),
        (("jet", "count", ">=", 2.0), ("jet", "count", ">", 1.0), "same"),
    ],
)  # fmt: skip
def test_the_verdict_is_on_the_other_paper(mine, other, verdict):
    assert verdicts(selection(A, mine), selection(B, other)) == [verdict]


def test_what_only_one_has_stands_alone():
    mine, other = selection(A, ("muon", "pt", ">", 25.0, "GeV")), selection(B, ("jet", "pt", ">", 25.0, "GeV"))
    rows = compare([mine, other])
    assert [(row.verdicts, [found is None for found in row.cuts]) for row in rows] == [
        (("not there",), [False, True]),
        (("only there",), [True, False]),
    ]


def test_a_lower_threshold_does_not_face_an_upper_one():
    mine, other = selection(A, ("muon", "pt", ">", 25.0, "GeV")), selection(B, ("muon", "pt", "<", 200.0, "GeV"))
    assert verdicts(mine, other) == ["not there", "only there"]


def test_thresholds_for_different_ranks_face_their_like():
    mine = [
        conditional(A, rank, "lepton", "pt", ">", v, "GeV") for rank, v in (("leading", 20.0), ("subleading", 15.0))
    ]
    other = [
        conditional(B, rank, "lepton", "pt", ">", v, "GeV") for rank, v in (("subleading", 20.0), ("leading", 25.0))
    ]
    assert [[f.cut.value for f in row.cuts] for row in compare([mine, other])] == [[20.0, 25.0], [15.0, 20.0]]
    assert verdicts(mine, other) == ["tighter", "tighter"]


def test_a_requirement_on_leptons_faces_those_on_electrons_and_muons():
    mine = selection(A, ("electron", "d0", "<", 0.2, "mm"), ("muon", "d0", "<", 0.5, "mm"))
    other = selection(B, ("lepton", "d0", "<", 0.5, "mm"))
    assert verdicts(mine, other) == ["looser", "same"]
    assert verdicts(other, mine) == ["tighter", "same"]


def test_under_a_condition_the_same_threshold_is_looser():
    mine, other = (
        selection(A, ("muon", "pt", ">", 15.0, "GeV")),
        [conditional(B, "calo-tagged", "muon", "pt", ">", 15.0, "GeV")],
    )
    assert verdicts(mine, other) == ["looser"]
    assert verdicts(other, mine) == ["tighter"]


def test_a_tighter_threshold_under_a_condition_is_different():
    mine, other = (
        selection(A, ("muon", "pt", ">", 5.0, "GeV")),
        [conditional(B, "calo-tagged", "muon", "pt", ">", 15.0, "GeV")],
    )
    assert verdicts(mine, other) == ["different"]


def test_unverified_cuts_take_no_part():
    unverified = [EffectiveCut(cut(B, "muon", "pt", ">", 25.0, "GeV", status="unverified"))]
    assert verdicts(selection(A, ("muon", "pt", ">", 25.0, "GeV")), unverified) == ["not there"]


def test_of_three_papers_each_is_seen_from_the_first():
    muon = ("muon", "pt", ">")
    rows = compare(
        [
            selection(A, (*muon, 20.0, "GeV")),
            selection(B, (*muon, 25.0, "GeV"), ("jet", "pt", ">", 30.0, "GeV")),
            selection(C, (*muon, 15.0, "GeV"), ("jet", "pt", ">", 30_000.0, "MeV")),
        ]
    )
    assert [row.verdicts for row in rows] == [("tighter", "looser"), ("only there", "only there")]


def test_every_cut_has_its_place():
    mine = selection(A, *(("jet", "count", "==", float(n)) for n in range(5)), ("jet", "pt", ">", 30.0, "GeV"))
    other = selection(B, *(("jet", "count", ">=", float(n)) for n in range(3)), ("jet", "count", "==", 2.0))
    rows = compare([mine, other])
    assert {row.cuts[0].cut for row in rows if row.cuts[0]} == {found.cut for found in mine}
    assert {row.cuts[1].cut for row in rows if row.cuts[1]} == {found.cut for found in other}


def test_two_jets_are_a_tighter_requirement_than_at_least_two():
    assert verdicts(selection(A, ("jet", "count", ">=", 2.0)), selection(B, ("jet", "count", "==", 2.0))) == ["tighter"]


@pytest.mark.parametrize(
    ("when", "of_region"),
    [("SR1", True), ("CR0b, leading", True), ("3L control region", True), ("4μ channel", False), ("to lepton", False)],
)
def test_what_one_paper_requires_in_a_region_of_its_own_is_known(when, of_region):
    mine = [conditional(A, when, "jet", "pt", ">", 30.0, "GeV")]
    assert [row.of_one_region for row in compare([mine, []])] == [of_region]
    assert [row.of_one_region for row in compare([mine, mine])] == [False]
