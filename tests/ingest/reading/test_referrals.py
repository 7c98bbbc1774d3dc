"""What a citation is for: details of the selection, or something else."""

from __future__ import annotations

import pytest

from ingest.reading.referrals import find_referrals
from tests.ingest.reading.documents import citing


@pytest.mark.parametrize(
    ("before", "objects", "variables"),
    [
        ("Details of the muon identification can be found in Ref. ", ("muon",), ("identification",)),
        (
            "The lepton identification and isolation requirements are described in Ref. ",
            ("lepton",),
            ("identification", "isolation"),
        ),
        ("The event selection is described in detail in Ref. ", (), ()),
        ("More details of the muon reconstruction are given in Ref. ", ("muon",), ()),
        ("Electrons are subject to the isolation requirements of Ref. ", ("electron",), ("isolation",)),
        (
            "Muons must be isolated. They are subject to the impact parameter requirements of Ref. ",
            ("muon",),
            ("impact_parameter",),
        ),
        ("The impact parameters have to fulfil the requirements quoted in Ref. ", (), ("impact_parameter",)),
        (
            "With the Tight isolation, muons are identified as described in Ref. ",
            ("muon",),
            ("identification", "isolation"),
        ),
        (
            "Impact parameters and isolation of muons follow Ref. ",
            ("muon",),
            ("impact_parameter", "isolation"),
        ),
        (
            "All types of muons are used in the regions that are described in Ref. ",
            ("muon",),
            ("identification", "kinematics"),
        ),
        (
            "Electrons are reconstructed. Those with a track are used, like the leptons of others. They fulfil the "
            "isolation requirements of Ref. ",
            ("electron",),
            ("isolation",),
        ),
    ],
)
def test_details_of_the_selection(before: str, objects: tuple[str, ...], variables: tuple[str, ...]) -> None:
    (referral,) = find_referrals(citing(before, "11", "."))
    assert (referral.kind, referral.objects, referral.variables) == ("details", objects, variables)


@pytest.mark.parametrize(
    ("before", "behind"),
    [
        ("Electrons are selected as described in Ref. ", ", with the Loose working point of the identification."),
        ("Electrons are selected in the same way as in Ref. ", " with the Tight isolation."),
        ("For electrons the selection of Ref. ", " is used with the Loose identification and isolation."),
    ],
)
def test_a_choice_of_working_points_does_not_narrow_what_is_deferred(before: str, behind: str) -> None:
    (referral,) = find_referrals(citing(before, "11", behind))
    assert (referral.kind, referral.objects, referral.variables) == ("details", ("electron",), ())


@pytest.mark.parametrize(
    "before",
    [
        "A detailed description of the detector can be found in Ref. ",
        "The muon efficiencies are described in Ref. ",
        "Events are generated with the program described in Ref. ",
        "The Higgs boson was found by two experiments ",
    ],
)
def test_other_citations_are_not_followed(before: str) -> None:
    (referral,) = find_referrals(citing(before, "11", "."))
    assert referral.kind == "citation"


def test_following_an_earlier_analysis_is_not_taking_over_its_values() -> None:
    (referral,) = find_referrals(citing("The event selection follows closely the one of Ref. ", "11", "."))
    assert referral.kind == "follows"


def test_what_is_said_of_that_paper_holds_here() -> None:
    (referral,) = find_referrals(
        citing("The electron selection follows Ref. ", "11", ": the isolation requirements of that paper are used.")
    )
    assert (referral.kind, referral.objects, referral.variables) == ("details", ("electron",), ("isolation",))


def test_the_sentence_behind_a_citation_may_go_on_about_it() -> None:
    document = citing(
        "Muons are reconstructed as in Ref. ", "11", ". The isolation requirements given there are applied to muons."
    )
    (_, referral) = find_referrals(document)
    assert (referral.kind, referral.labels) == ("details", ("11",))
    assert (referral.objects, referral.variables) == (("muon",), ("isolation",))
