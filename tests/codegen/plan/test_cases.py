"""Requirements of events in a case: events of another case pass, and a case without a reading is told."""

from __future__ import annotations

from codegen.plan.quantities import Count
from codegen.plan.requirements import AnyOf, Compare, Not
from tests.codegen.selections_from_cuts import compiled, row

JETS = [row("jet", "pt", ">", 30, "GeV"), row("jet", "count", ">=", 1)]


def test_events_with_another_number_of_jets_pass():
    program = compiled([*JETS, row("event", "ht", ">", 300, "GeV", "N(jet) == 1")])
    test = program.plan.events[-1].test
    assert isinstance(test, AnyOf)
    assert test.tests[0] == Not(Compare(Count("jets"), "==", 1.0))


def test_a_case_of_one_object_is_a_case_of_the_one_that_is_meant():
    program = compiled([*JETS, row("jet", "pt", ">", 80, "GeV", "leading, |η| < 1.5")])
    mask = program.text.split("def jet_pt_leading")[1].split("\n\n")[0]
    assert "abs_eta" in mask


def test_a_case_that_nothing_says_how_to_decide_is_not_understood():
    program = compiled([*JETS, row("event", "ht", ">", 300, "GeV", "N(bjet) == 1")])
    assert len(program.plan.events) == 1  # that there is a jet


def test_what_is_near_a_photon_is_taken_from_the_objects_of_the_veto():
    program = compiled(
        [
            row("photon", "pt", ">", 20, "GeV"),
            row("electron", "pt", ">", 10, "GeV", "veto"),
            row("electron", "delta_r", "removed <", 0.2, when="veto, to photon"),
            row("electron", "count", "==", 0, when="veto"),
        ]
    )
    assert program.plan.collection("separated_veto_electrons").parents == ("veto_electrons",)
    assert program.plan.events[-1].test == Compare(Count("separated_veto_electrons"), "==", 0.0)
