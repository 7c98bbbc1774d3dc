"""Questions as physicists type them, and what they name: objects, variables, thresholds, papers."""

from __future__ import annotations

from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.vocabulary import objects, variables
from retrieval.question import Question
from retrieval.understanding import EmptyQuestion, understood


def bound(asked: Question) -> tuple[float, float]:
    (only,) = asked.bounds
    return (only.low, only.high)


# --- the examples of the task ---


def test_muon_isolation_cuts() -> None:
    asked = understood("muon isolation cuts")
    assert asked.objects == ("muon",)
    assert asked.families == ("isolation",)
    assert asked.words == ()


def test_electron_pt_threshold_above_20_gev() -> None:
    asked = understood("electron pT threshold above 20 GeV")
    assert (asked.objects, asked.variables) == (("electron",), ("pt",))
    assert bound(asked) == (20.0, inf)
    assert asked.bounds[0].variables == ("pt",)


def test_d0_significance_below_3() -> None:
    asked = understood("which analyses use d0 significance below 3")
    assert asked.variables == ("d0_significance",)
    assert asked.bounds[0].high == 3.0


def test_b_jet_veto() -> None:
    asked = understood("b-jet veto")
    assert asked.objects == ("bjet",)
    assert asked.veto


def test_met_above_200() -> None:
    asked = understood("MET > 200")
    assert "met" in asked.variables
    assert bound(asked) == (200.0, inf)
    assert asked.objects in ((), ("event",))


def test_lepton_cuts_in_a_paper_and_what_it_cites() -> None:
    asked = understood("H→4l lepton cuts in 1806.00242 and what it cites")
    assert "lepton" in asked.objects
    assert asked.papers == ("1806.00242",)
    assert asked.with_cited
    assert asked.bounds == (), "the identifier is no number to compare with"


# --- values ---


@pytest.mark.parametrize(
    ("question", "low", "high"),
    [
        ("muon pT > 20 GeV", 20.0, inf),
        ("muon pT ≥ 20 GeV", 20.0, inf),
        ("muon pT over 20 GeV", 20.0, inf),
        ("muon pT of at least 20 GeV", 20.0, inf),
        ("20 < pT of muons", 20.0, inf),
        pytest.param("20 < muon pT", 20.0, inf),
        pytest.param("20 GeV < pT", 20.0, inf),
        ("$p_{\\rm T} \\geq 20$ GeV", 20.0, inf),
        ("muon pT > 20000 MeV", 20.0, inf),
        ("jet pT > 0.1 TeV", 100.0, inf),
        ("jet pT>30GeV", 30.0, inf),
        ("jet mass below 50 GeV", 0.0, 50.0),
        ("|η| < 2.47", 0.0, 2.47),
        ("|z0 sin θ| < 0.5 mm", 0.0, 0.5),
        ("|z0| < 0.05 cm", 0.0, 0.5),
        ("|d0| < 200 μm", 0.0, 0.2),
        ("m_ll between 66 and 116 GeV", 66.0, 116.0),
        ("mll 66-116 GeV", 66.0, 116.0),
        ("mll from 66 to 116 GeV", 66.0, 116.0),
        ("120 < m4l < 130 GeV", 120.0, 130.0),
        ("1.37 < |η| < 1.52", 1.37, 1.52),
        pytest.param("50 GeV < m_12 < 106 GeV", 50.0, 106.0),
        pytest.param("0.05 TeV < m_ll < 0.106 TeV", 50.0, 106.0),
        ("exactly two leptons", 2.0, 2.0),
        ("at least three b-tagged jets", 3.0, inf),
        ("electron pT of 7 GeV", 7.0, 7.0),
    ],
)
def test_thresholds_and_windows_in_base_units(question: str, low: float, high: float) -> None:
    found = bound(understood(question))
    assert found == pytest.approx((low, high))


def test_two_thresholds_each_with_its_variable() -> None:
    asked = understood("jets with pT >= 30 GeV and |eta| < 2.5")
    by_variable = {name: (b.low, b.high) for b in asked.bounds for name in b.variables}
    assert by_variable["pt"] == (30.0, inf)
    assert by_variable["abs_eta"] == (0.0, 2.5)


def test_a_threshold_with_a_unit_is_not_one_on_a_ratio() -> None:
    """Muons above 20 GeV with a tight isolation: the isolation, a ratio, has no GeV."""
    (only,) = understood("muons above 20 GeV with a tight isolation").bounds
    assert only.dimension == "energy"
    assert not any("cone" in name or "isolation" in name for name in only.variables)


@pytest.mark.parametrize(
    ("question", "counted"),
    [("exactly two leptons", "lepton"), ("at least three b-tagged jets", "bjet"), ("three muons", "muon")],
)
def test_numbers_before_objects_count_them(question: str, counted: str) -> None:
    asked = understood(question)
    assert asked.objects == (counted,)
    assert asked.variables == ("count",)


@pytest.mark.parametrize(
    ("question", "low", "high"),
    [
        ("jet pT > 1,000 GeV", 1000.0, inf),
        ("relative isolation below 15%", -inf, 0.15),
        ("muon pT not above 20 GeV", 0.0, 20.0),
    ],
)
def test_other_ways_to_write_a_threshold(question: str, low: float, high: float) -> None:
    assert bound(understood(question)) == pytest.approx((low, high))


@pytest.mark.parametrize("question", ["muon pT at 13 TeV", "electron pT at √s = 13 TeV", "lepton pT in Run 2"])
def test_the_energy_of_the_collisions_and_the_run_are_no_thresholds(question: str) -> None:
    assert understood(question).bounds == ()


def test_a_window_that_leaves_nothing_is_no_bound() -> None:
    assert understood("pT between 50 and 20 GeV").bounds == ()


@pytest.mark.parametrize("number", ["1e400", "9" * 400])
def test_numbers_beyond_all_numbers_are_no_bounds(number: str) -> None:
    asked = understood(f"muon pT > {number}")
    assert all(abs(b.low) < inf or abs(b.high) < inf for b in asked.bounds)
    asked.to_json()


# --- vetoes, conditions, names ---


@pytest.mark.parametrize(
    "question", ["b-jet veto", "no b-jets", "events with b jets are rejected", "vetoed b-tagged jets"]
)
def test_words_of_vetoes(question: str) -> None:
    asked = understood(question)
    assert asked.veto
    assert "bjet" in asked.objects


@pytest.mark.parametrize(
    ("question", "condition"),
    [
        ("SS leptons", "same-sign"),
        ("OF pair", "different-flavour"),
        ("opposite sign muons", "opposite-sign"),
        ("leading jet pT", "leading"),
        ("pT of the second muon", "subleading"),
    ],
)
def test_conditions(question: str, condition: str) -> None:
    assert condition in understood(question).conditions


def test_small_words_are_not_abbreviations() -> None:
    """OF is opposite flavour, "of" a word; SF same flavour; so it is only in capitals."""
    assert understood("momentum of the muon").conditions == ()
    assert understood("pair of leptons").conditions == ()


@pytest.mark.parametrize("question", ["tight electrons", "electrons that pass Tight identification"])
def test_working_points(question: str) -> None:
    assert "Tight" in understood(question).names


def test_isolation_variables_that_differ_by_a_digit_are_two() -> None:
    assert "ptcone30_over_pt" in understood("ptcone30/pT < 0.15").variables
    assert "ptcone20_over_pt" not in understood("ptcone30/pT < 0.15").variables


# --- papers and collaborations ---


@pytest.mark.parametrize(
    ("question", "paper"),
    [
        ("muon cuts in 1806.00242", "1806.00242"),
        ("muon cuts in arXiv:1806.00242v2, please", "arXiv:1806.00242v2"),
        ("cuts of (hep-ex/0601001)?", "hep-ex/0601001"),
        ("jets in 10.1007/JHEP10(2017)132", "10.1007/JHEP10(2017)132"),
        ("jets in inspire:1676214.", "inspire:1676214"),
        ("electrons in ATLAS-CONF-2016-024", "ATLAS-CONF-2016-024"),
    ],
)
def test_papers_are_named_as_people_name_them(question: str, paper: str) -> None:
    asked = understood(question)
    assert asked.papers == (paper,)
    assert asked.bounds == ()
    assert not asked.with_cited


@pytest.mark.parametrize(
    "words",
    [
        "and what it cites",
        "and its references",
        "together with what it cites",
        "and the papers it cites",
        "and cited papers",
    ],
)
def test_ways_to_say_what_it_cites(words: str) -> None:
    assert understood(f"muon isolation in 1806.00242 {words}").with_cited


@pytest.mark.parametrize(
    "question",
    [
        "isolation of muons across papers",
        "isolation for muons which analyses use",
        "pT thresholds of muons, all papers",
    ],
)
def test_objects_are_not_lost_before_the_word_papers(question: str) -> None:
    assert understood(question).objects == ("muon",)


def test_what_names_a_paper_by_its_subject_is_not_what_is_asked_of_it() -> None:
    asked = understood("electron pT in the search for top squarks")
    assert asked.objects == ("electron",)
    assert asked.variables == ("pt",)


def test_what_it_cites_needs_a_paper() -> None:
    assert not understood("muon isolation and what it cites").with_cited


def test_several_papers() -> None:
    assert understood("muons in 1806.00242 and 1708.02810").papers == ("1806.00242", "1708.02810")


@pytest.mark.parametrize("word", ["CMS", "cms"])
def test_collaborations_of_the_store(word: str) -> None:
    asked = understood(f"jet pT cuts by {word}", collaborations=["ATLAS", "CMS"])
    assert asked.collaborations == ("CMS",)
    assert asked.objects == ("jet",)


def test_a_collaboration_that_the_store_does_not_have_is_a_word() -> None:
    assert "lhcb" in understood("muons of LHCb", collaborations=["ATLAS"]).words


# --- misspellings and unknown things ---


@pytest.mark.parametrize(
    ("typed", "read"),
    [("elektron", "electron"), ("isollation", "isolation"), ("identificaton", "identification")],
)
def test_a_misspelt_word_is_read_as_the_nearest_and_said(typed: str, read: str) -> None:
    asked = understood(f"muon {typed}", is_known=lambda word: False)
    assert any(typed in note and read in note for note in asked.notes)


def test_a_word_that_texts_have_is_not_corrected() -> None:
    asked = understood("muon isollation", is_known=lambda word: True)
    assert asked.notes == ()


@pytest.mark.parametrize("beside", ["", pytest.param(" pT"), pytest.param(" isolation")])
@pytest.mark.parametrize("thing", ["unicorn", "sphaleron", "ミューオン", "изоляция"])
def test_an_unknown_object_is_told_with_the_nearest_known_ones(thing: str, beside: str) -> None:
    asked = understood(f"{thing}{beside}", is_known=lambda word: False)
    (note,) = [note for note in asked.notes if thing in note]
    assert any(name in note for name in objects())


def test_an_object_nearly_spelt_right_is_suggested_first() -> None:
    asked = understood("photn pT", is_known=lambda word: False)
    assert any("photon" in note for note in asked.notes)


# --- whatever is typed ---


@pytest.mark.parametrize("text", ["", " ", "\t\n", "?!…", "'\"", "*", "(((", "--", "\ud800", "🙂", "\x00", "\u202e"])
def test_questions_without_a_word_are_refused_with_an_example(text: str) -> None:
    with pytest.raises(EmptyQuestion, match="muon isolation cuts"):
        understood(text)


typed = st.lists(
    st.one_of(
        st.sampled_from(
            [*objects(), *variables(), "between", "and", "to", "at least", "no", "veto", "GeV", "MeV", "cm"]
        ),
        st.sampled_from([">", "<", ">=", "≤", "=", "!=", "<", "-", "(", "SS", "OF", "leading", "1806.00242", "CMS"]),
        st.floats(allow_nan=False, allow_infinity=False, width=32).map(str),
        st.integers(-(10**20), 10**20).map(str),
        st.text(max_size=6),
    ),
    max_size=12,
).map(" ".join)


@given(typed)
def test_any_question_is_understood_or_empty(text: str) -> None:
    try:
        asked = understood(text, collaborations=["CMS"])
    except EmptyQuestion:
        return
    assert set(asked.objects) <= set(objects())
    assert set(asked.variables) <= set(variables())
    assert all(b.low <= b.high for b in asked.bounds)
    assert asked == understood(text, collaborations=["CMS"])
