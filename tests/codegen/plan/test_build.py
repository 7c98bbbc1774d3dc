"""What selections mean: classes of objects, ranks, pairs, sums, conditions; and what stops or is set aside."""

from __future__ import annotations

import pytest

from codegen.errors import Contradiction, InvalidChoice, NothingToCompile, Undetermined
from codegen.plan.nodes import Collection
from codegen.plan.quantities import Between, Count, Missing, Of, Ranked, ScalarSum, Together
from codegen.plan.requirements import AllOf, AnyOf, Compare, Not, PairTest
from codegen.plan.usable import UnknownUnit
from tests.codegen.selections_from_cuts import compiled, row

ELECTRON = row("electron", "pt", ">", 20, "GeV")
MUON = row("muon", "pt", ">", 20, "GeV")
JET = row("jet", "pt", ">", 30, "GeV")
TWO_JETS = row("jet", "count", ">=", 2)


def steps(program):
    return {step.cut: step for step in program.plan.events}


def test_signal_objects_start_from_baseline_ones():
    program = compiled(
        [
            row("electron", "pt", ">", 10, "GeV", "baseline"),
            row("electron", "pt", ">", 20, "GeV", "signal"),
            row("electron", "count", "==", 2, when="signal"),
        ]
    )
    signal = program.plan.collection("electrons")
    assert signal.parents == ("baseline_electrons",)
    assert [step.test.bound for step in signal.steps] == [20.0]


def test_objects_of_a_veto_stand_for_themselves_and_must_not_be_there():
    program = compiled(
        [
            row("muon", "pt", ">", 25, "GeV", "signal"),
            row("muon", "pt", ">", 10, "GeV", "veto"),
            row("muon", "count", "==", 1, when="signal"),
        ]
    )
    assert program.plan.collection("veto_muons").parents == ()
    additional = next(d for d in program.plan.definitions if isinstance(d, Collection) and d.without)
    assert additional.without == "muons"
    assert program.plan.events[-1].test == Compare(Count(additional.name), "==", 0.0)


def test_what_holds_for_all_electrons_holds_for_those_of_a_veto_unless_they_say_otherwise():
    signal = [row("electron", "pt", ">", 27, "GeV", "signal"), row("electron", "count", "==", 1, when="signal")]
    veto = row("electron", "pt", ">", 10, "GeV", "veto")
    common = compiled([row("electron", "abs_eta", "<", 2.47), *signal, veto]).plan
    assert common.collection("veto_electrons").parents == common.collection("electrons").parents
    apart = compiled([row("electron", "pt", ">", 20, "GeV"), *signal, veto]).plan
    assert apart.collection("veto_electrons").parents == ()


CHANNELS = [
    row("electron", "count", "==", 1, when="ee channel"),
    row("muon", "count", "==", 1, when="μμ channel"),
]


def test_channels_of_one_lepton_are_alternatives():
    program = compiled([ELECTRON, MUON, *CHANNELS])
    either = AnyOf((Compare(Count("electrons"), "==", 1.0), Compare(Count("muons"), "==", 1.0)))
    assert [step.test for step in program.plan.events] == [either, either]


def test_a_selected_lepton_of_the_other_channel_is_a_further_one():
    veto = row("lepton", "pt", ">", 10, "GeV", "veto")
    none = row("lepton", "count", "==", 0, when="additional")
    program = compiled([ELECTRON, MUON, veto, *CHANNELS, none])
    further = next(step for step in program.plan.events if step.cut not in {s.cut for s in program.plan.events[:2]})
    assert Compare(Count("leptons"), "<=", 1.0) in further.test.tests


def test_electrons_of_the_electron_channel_are_those_that_are_selected():
    in_channel = row("electron", "pt", ">", 30, "GeV", "ee channel")
    program = compiled([in_channel, MUON, *CHANNELS])
    assert [step.test.bound for step in program.plan.collection("electrons").steps] == [30.0]


def test_lepton_cuts_hold_for_electrons_and_muons():
    program = compiled([row("lepton", "pt", ">", 15, "GeV"), row("lepton", "count", "==", 2)])
    for name in ("electrons", "muons"):
        assert [step.test.bound for step in program.plan.collection(name).steps] == [15.0]


def test_a_rejected_pair_in_a_window_means_that_every_pair_is_outside():
    said = "Events are rejected if any pair of leptons of the same flavour and opposite charge has 81 < m < 101 GeV."
    program = compiled(
        [ELECTRON, MUON, row("lepton", "count", ">=", 2), row("dilepton", "mass", "not_in", [81, 101], "GeV", "", said)]
    )
    test = program.plan.events[-1].test
    assert isinstance(test, PairTest)
    assert (test.quantifier, test.op, test.relation) == ("every", "not_in", ("opposite_sign", "same_flavour"))


def test_the_ends_of_a_window_are_as_strict_as_they_are_written():
    rows = [ELECTRON, row("electron", "count", "==", 2)]
    for said, closed in (("66 < m < 116 GeV", (False, False)), ("66 ≤ m ≤ 116 GeV", (True, True))):
        program = compiled([*rows, row("dilepton", "mass", "in", [66, 116], "GeV", "ee pair", said)])
        assert program.plan.events[-1].test.closed == closed


def test_sums_run_over_the_objects_that_the_sentence_names():
    said = "H_T, the scalar sum of the transverse momenta of the electron and all jets, exceeds 100 GeV"
    program = compiled([ELECTRON, JET, TWO_JETS, row("event", "ht", ">", 100, "GeV", "", said)])
    assert program.plan.events[-1].test.quantity == ScalarSum(("electrons", "jets"))


def test_missing_momentum_of_unnamed_objects_is_a_question():
    rows = [ELECTRON, JET, TWO_JETS, row("event", "met", ">", 50, "GeV")]
    with pytest.raises(Undetermined, match="--choose missing_momentum=selected-objects") as error:
        compiled(rows)
    assert [question.name for question in error.value.questions] == ["missing_momentum"]
    program = compiled(rows, choices={"missing_momentum": "selected-objects"})
    assert program.plan.events[-1].test.quantity == Of(Missing(("leptons", "jets")), "pt")
    assert program.report[-1].kind == "proxy"
    assert "selected-objects" in program.text


def test_jets_of_the_missing_momentum_are_not_the_counted_ones():
    said = "H_T^miss is the negative vector sum of the transverse momenta of jets with p_T > 20 GeV"
    program = compiled(
        [JET, row("jet", "pt", ">", 20, "GeV", "", said), TWO_JETS, row("event", "mht", ">", 100, "GeV")]
    )
    missing = program.plan.events[-1].test.quantity.particle
    assert [step.test.bound for step in program.plan.collection(missing.collections[0]).steps] == [20.0]
    assert [step.test.bound for step in program.plan.collection("jets").steps] == [30.0]


def test_overlap_removal_goes_in_the_order_of_the_text():
    program = compiled(
        [
            ELECTRON,
            JET,
            TWO_JETS,
            row("jet", "delta_r", "removed <", 0.2, when="to electron"),
            row("electron", "delta_r", "removed <", 0.4, when="to jet"),
            row("electron", "count", "==", 1),
        ]
    )
    jets = program.plan.collection("separated_jets")
    electrons = program.plan.collection("separated_electrons")
    assert jets.steps[0].test.test.quantity.others == "electrons"
    assert electrons.steps[0].test.test.quantity.others == "separated_jets"
    assert program.plan.events[-1].test == Compare(Count("separated_electrons"), "==", 1.0)


def test_an_unknown_working_point_is_a_question_with_the_known_ones():
    rows = [row("electron", "identification", "is", "Excellent"), row("electron", "count", "==", 2)]
    with pytest.raises(Undetermined, match="electron_identification=Medium"):
        compiled(rows)
    program = compiled(rows, choices={"electron_identification": "Medium"})
    assert "DFCommonElectronsLHMedium" in program.text
    assert program.report[0].kind == "proxy"


def test_two_values_for_one_requirement_are_a_question():
    rows = [ELECTRON, row("electron", "pt", ">", 25, "GeV"), row("electron", "count", "==", 2)]
    with pytest.raises(Undetermined, match="different values for pt of electron"):
        compiled(rows)
    assert (
        compiled(rows, choices={"electron_pt": "all-required"}).plan.collection("electrons").steps[1].test.bound == 25
    )


def test_contradictory_cuts_are_named():
    with pytest.raises(Contradiction, match=r"p_T > 20 GeV.*p_T < 10 GeV"):
        compiled([ELECTRON, row("electron", "pt", "<", 10, "GeV")])


def test_regions_are_kept_apart():
    rows = [
        JET,
        row("jet", "count", ">=", 2, when="SR1"),
        row("jet", "count", ">=", 4, when="SR2"),
        row("jet", "count", "==", 1, when="CR-W"),
    ]
    with pytest.raises(Undetermined, match="region=SR1"):
        compiled(rows)
    program = compiled(rows, choices={"region": "SR2"})
    assert [step.test.bound for step in program.plan.events] == [4.0]
    assert [report.kind for report in program.report] == ["compiled", "left out", "compiled", "left out"]
    with pytest.raises(InvalidChoice, match="SR3"):
        compiled(rows, choices={"region": "SR3"})


def test_a_cut_can_be_left_out():
    program = compiled([JET, TWO_JETS])
    jet_cut = program.report[0].stated.id
    reports = compiled([JET, TWO_JETS], without=[jet_cut]).report
    assert [report.kind for report in reports] == ["left out", "compiled"]
    with pytest.raises(InvalidChoice, match="no single cut"):
        compiled([JET, TWO_JETS], without=["cut:nonesuch"])


def test_a_unit_that_nothing_converts_is_named():
    with pytest.raises(UnknownUnit, match="furlong"):
        compiled([row("electron", "d0", "<", 1, "furlong")])


def test_nothing_that_could_be_compiled():
    for rows in ([], [row("event", "trigger", "is", "required")]):
        with pytest.raises(NothingToCompile):
            compiled(rows)


def test_what_is_not_understood_stands_in_the_report_and_in_the_program():
    program = compiled([JET, TWO_JETS, row("event", "razor_mr", ">", 100, "GeV")])
    assert program.report[-1].kind == "not understood"
    assert "event: M_R > 100 GeV" in program.text.split('"""')[1]


@pytest.mark.parametrize(
    ("said", "fraction", "tagger"),
    [
        ("b-tagged with DL1dv01, D > 2, where f_c = 0.018", "0.018", "DL1dv01"),
        ("The score of GN2v01 is log(p_b/(0.2 p_c + 0.8 p_u)) and must exceed 2", "0.2", "GN2v01"),
    ],
)
def test_a_tag_by_the_formula_of_the_text(said, fraction, tagger):
    program = compiled([JET, row("bjet", "btag", ">", 2, said=said), row("bjet", "count", ">=", 1)])
    assert f'btag("{tagger}_pb") / ({fraction} * btag("{tagger}_pc") + (1 - {fraction})' in program.text
    assert program.report[1].kind == "compiled"


def test_a_tag_without_its_fraction_is_a_proxy():
    program = compiled([JET, row("bjet", "btag", ">", 2, said="DL1d > 2"), row("bjet", "count", ">=", 1)])
    assert program.report[1].kind == "proxy"
    assert "0.018" in program.report[1].reason


def test_the_quantifier_nearest_before_the_number_counts():
    said = "At least one SFOS pair must exist, and every SFOS pair must have a mass of at least 12 GeV."
    rows = [ELECTRON, MUON, row("lepton", "count", "==", 3)]
    pair = "same-flavour opposite-sign"
    program = compiled(
        [*rows, row("dilepton", "count", ">=", 1, "", pair, said), row("dilepton", "mass", ">=", 12, "GeV", pair, said)]
    )
    assert program.plan.events[-1].test.quantifier == "every"


def test_a_sum_of_something_else_does_not_say_what_h_t_is():
    said = "H_T must exceed 200 GeV."
    other = "The sum of the transverse momenta of tracks around the muon is its isolation."
    program = compiled([MUON, JET, TWO_JETS, row("event", "ht", ">", 200, "GeV", "", said)], background=[other])
    assert program.plan.events[-1].test.quantity == ScalarSum(("jets",))


def test_an_upper_limit_on_a_distance_to_nothing_is_not_understood():
    program = compiled([JET, TWO_JETS, row("electron", "delta_r", "<", 0.2)])
    assert program.report[-1].kind == "not understood"


def test_the_third_of_several_that_are_ordered_is_no_lepton_that_a_pair_leaves_over():
    ordered = "The p_T of the first, second and third lepton must exceed 25 GeV, 22 GeV and 17 GeV."
    pair = "The pair closest to the Z boson mass must have a mass within 15 GeV of it."
    rows = [ELECTRON, MUON, row("lepton", "count", "==", 3)]
    rows += [row("dilepton", "abs_mass_minus_mz", "<", 15, "GeV", "", pair)]
    rows += [row("lepton", "pt", ">", 17, "GeV", "third", ordered)]
    test = compiled(rows).plan.events[-1].test
    assert (test.quantity.particle.collection, test.quantity.particle.rank) == ("leptons", 2)


def test_the_mass_of_the_chosen_pair_in_a_sentence_that_speaks_of_what_it_leaves_over():
    said = "Its mass must be in the range 80 < m < 103 GeV, and the lepton left over is assigned to the W boson."
    rows = [ELECTRON, MUON, row("lepton", "count", "==", 3)]
    rows += [row("lepton", "pt", ">", 22, "GeV", "remaining")]
    rows += [row("dilepton", "mass", "in", (80.0, 103.0), "GeV", "", said)]
    test = compiled(rows).plan.events[-1].test
    assert {leg.candidate for leg in test.quantity.particle.particles} == {"z_pair"}


def test_the_mass_of_three_leptons_away_from_the_z_boson():
    rows = [ELECTRON, MUON, row("lepton", "count", "==", 3)]
    rows += [row("trilepton", "abs_mass_minus_mz", ">", 15, "GeV")]
    test = compiled(rows).plan.events[-1].test
    assert len(test.quantity.quantity.particle.particles) == 3
    assert test.bound == 15.0


def test_a_veto_on_events_with_a_pair_looks_at_every_pair_although_one_is_chosen():
    chosen = "The pair closest to the Z boson mass must have a mass within 15 GeV of it."
    veto = "Events with a same-flavour opposite-charge pair of mass below 12 GeV are rejected."
    rows = [ELECTRON, MUON, row("lepton", "count", "==", 3)]
    rows += [row("dilepton", "abs_mass_minus_mz", "<", 15, "GeV", "", chosen)]
    rows += [row("dilepton", "mass", "removed <", 12, "GeV", "same-flavour opposite-sign", veto)]
    test = compiled(rows).plan.events[-1].test
    assert isinstance(test, Not)
    assert isinstance(test.test, PairTest)
    assert (test.test.quantifier, test.test.op, test.test.bound) == ("any", "<", 12.0)


def test_thresholds_in_ranges_leave_no_objects_outside_of_all_of_them():
    ranges = [("|η| < 2.4", 25), ("|η| < 4.4, |η| > 2.4", 30)]
    jets = [row("jet", "pt", ">", value, "GeV", when) for when, value in ranges]
    text = compiled([*jets, TWO_JETS]).text
    assert "((jets.abs_eta < 2.4) | ((jets.abs_eta < 4.4) & (jets.abs_eta > 2.4)))" in text


@pytest.mark.parametrize(
    "ranges",
    [[("|η| < 2.4", 25)], [("|η| < 2.4", 25), ("|η| > 2.4", 30)], [("|η| < 2.4", 25), ("", 20)]],
)
def test_a_range_without_an_end_and_a_threshold_for_all_leave_none_out(ranges):
    jets = [row("jet", "pt", ">", value, "GeV", when) for when, value in ranges]
    assert "(jets.abs_eta < 2.4) |" not in compiled([*jets, TWO_JETS]).text


def test_the_angle_of_a_pair_to_a_jet_is_that_of_the_momentum_of_both_together():
    photons = [row("photon", "pt", ">", 30, "GeV"), row("photon", "count", ">=", 2), JET, row("jet", "count", ">=", 1)]
    apart = row("diphoton", "delta_phi", ">", 0.6, when="to jet")
    between = row("diphoton", "delta_phi", ">", 0.6)
    two = Ranked("photons", 0), Ranked("photons", 1)
    found = [compiled([*photons, angle]).plan.events[-1].test.quantity for angle in (apart, between)]
    assert found == [Between("delta_phi", Together(two), Ranked("jets", 0)), Between("delta_phi", *two)]


def test_thresholds_of_some_types_come_on_top_of_one_for_all_and_ranges_of_all_types_leave_no_others():
    common = [row("muon", "pt", ">", 6, "GeV"), row("muon", "count", ">=", 1)]
    typed = [row("muon", "pt", ">", 15, "GeV", "calo-tagged"), row("muon", "pt", ">", 10, "GeV", "stand-alone")]
    ranges = [row("muon", "abs_eta", "<", 0.1, "", "calo-tagged"), row("muon", "abs_eta", ">", 2.5, "", "stand-alone")]

    def closes(rows):
        return any(isinstance(s.test, AllOf) for s in compiled(rows).plan.collection("muons").steps)

    assert not closes([*common, *typed])
    assert closes([common[1], *typed])
    assert closes([*common, row("muon", "abs_eta", "<", 2.7), *ranges])
