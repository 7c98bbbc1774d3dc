"""Where a selection leaves a choice open."""

from __future__ import annotations

import pytest

from kg.lineage.choices import open_choices, rules
from kg.records import Reference
from tests.kg.readings import cut, reading

A, B, C = "1001.00001", "1001.00002", "1001.00003"


def asked(store, *cuts, **more):
    store.commit(reading(A, cuts, **more))
    return {choice.rule.name: [found.cut.id for found in choice.cuts] for choice in open_choices(store, A)}


def test_every_rule_asks_a_question_and_takes_one_of_its_options():
    assert len({rule.name for rule in rules()}) >= 8
    for rule in rules():
        assert rule.question.endswith("?")
        assert rule.taken in rule.options
        assert len(rule.options) >= 2


M12 = cut(A, "dilepton", "mass", "in", (50.0, 106.0), "GeV", applies_when="leading pair")


def test_which_pair_is_leading_is_open(store):
    assert asked(store, M12)["pair_assignment"] == [M12.id]


def test_which_pair_is_leading_is_said_by_a_requirement_on_the_distance_to_the_z_mass(store):
    nearest = cut(A, "dilepton", "abs_mass_minus_mz", "<", 15.0, "GeV", applies_when="leading pair")
    assert "pair_assignment" not in asked(store, M12, nearest)


LOOSE = cut(A, "electron", "identification", "is", "Loose")


def test_loose_of_which_definition_is_open(store):
    assert asked(store, LOOSE)["working_point"] == [LOOSE.id]


def test_a_paper_referred_to_for_the_identification_defines_the_working_point(store):
    references = (Reference("6", arxiv_id=B),)
    assert "working_point" not in asked(
        store, LOOSE, references=references, details=[(B, ("electron",), ("identification",))]
    )


def test_a_paper_referred_to_for_something_else_does_not(store):
    assert "working_point" in asked(
        store, LOOSE, references=(Reference("6", arxiv_id=B),), details=[(B, ("electron",), ("isolation",))]
    )


@pytest.mark.parametrize(
    ("made", "rule"),
    [
        (cut(A, "event", "met", ">", 50.0, "GeV"), "missing_momentum"),
        (cut(A, "electron", "abs_eta", "<", 2.47), "electron_eta"),
        (cut(A, "lepton", "pt", ">", 20.0, "GeV", applies_when="leading"), "leading_by"),
        (cut(A, "muon", "d0_significance", "<", 3.0), "impact_parameter_origin"),
    ],
)
def test_a_choice_is_found_by_what_the_cut_is_about(store, made, rule):
    assert asked(store, made) == {rule: [made.id]}


def test_the_order_of_removal_matters_only_for_several_steps(store):
    steps = [
        cut(A, "jet", "delta_r", "<", 0.2, applies_when="to electron", veto=True),
        cut(A, "electron", "delta_r", "<", 0.4, applies_when="to jet", veto=True),
    ]
    assert "overlap_removal_order" not in asked(store, steps[0])
    store.commit(reading(A, steps, key="again"))
    assert [c.rule.name for c in open_choices(store, A)] == ["overlap_removal_order"]


def test_contradictory_statements_of_the_paper_are_a_choice(store):
    two = [cut(A, "muon", "pt", ">", 25.0, "GeV"), cut(A, "muon", "pt", ">", 20.0, "GeV")]
    assert asked(store, *two) == {"rival_statements": [two[0].id, two[1].id]}


def test_sources_that_disagree_are_a_choice(store):
    store.commit(reading(B, [cut(B, "muon", "pt", ">", 25.0, "GeV")]))
    store.commit(reading(C, [cut(C, "muon", "pt", ">", 20.0, "GeV")]))
    references = (Reference("1", arxiv_id=B), Reference("2", arxiv_id=C))
    found = asked(store, references=references, details=[(B, ("muon",), ()), (C, ("muon",), ())])
    assert list(found) == ["rival_sources"]
    assert len(found["rival_sources"]) == 2


def test_a_plain_selection_leaves_nothing_open(store):
    assert asked(store, cut(A, "muon", "pt", ">", 25.0, "GeV"), cut(A, "jet", "count", ">=", 2.0)) == {}
