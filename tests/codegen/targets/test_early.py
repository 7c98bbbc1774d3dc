"""What an event must have for more of it to be read: asked for by every row, and never more than a row asks for."""

from __future__ import annotations

import pytest

from codegen.generate import generate
from codegen.plan.nodes import Collection, Plan, Step
from codegen.plan.quantities import Count, Field, Missing, Of, Ranked, Together
from codegen.plan.requirements import AllOf, AnyOf, Compare, IfThere, Not, PairTest, Relation
from codegen.targets.early import Least, least_numbers
from codegen.targets.fields import Needs
from tests.codegen.selections_from_cuts import module_of

PT = Step("cut:pt", "pt", Compare(Field("pt"), ">", 20.0, "GeV"))
TWO = Compare(Count("electrons"), ">=", 2.0)


def least(*tests, needs=((("electron",), 2),), asked_by=("cut:n",)):
    electrons = Collection("electrons", "electron", (), (PT,), needs, asked_by=asked_by)
    steps = tuple(Step(f"cut:{i}", f"test_{i}", test) for i, test in enumerate(tests))
    plan = Plan("open-data-2024", definitions=(electrons,), events=steps)
    return least_numbers(plan, Needs(plan))


@pytest.mark.parametrize(
    "test",
    [
        TWO,
        Compare(Count("electrons"), ">", 1.0),
        Compare(Count("electrons"), "==", 2.0),
        Compare(Count("electrons"), "in", (2.0, 3.0)),
        Compare(Of(Together((Ranked("electrons", 0), Ranked("electrons", 1))), "mass"), "in", (66.0, 116.0), "GeV"),
        Relation(("opposite_sign",), Ranked("electrons", 0), Ranked("electrons", 1)),
        PairTest("any", "electrons", (), "mass", ">", 5.0, "GeV"),
        AllOf((TWO, Compare(Count("electrons"), ">=", 1.0))),
        AnyOf((TWO, Compare(Count("electrons"), ">=", 3.0))),
    ],
)
def test_two_electrons_are_asked_for(test):
    assert least(test) == (Least(("electron",), 2, ("cut:n", "cut:0")),)


@pytest.mark.parametrize(
    "test",
    [
        Compare(Count("electrons"), "<", 3.0),
        Compare(Count("electrons"), "!=", 2.0),
        Compare(Of(Ranked("electrons", 1), "pt"), "!=", 5.0),
        Compare(Of(Missing(("electrons",)), "pt"), ">", 30.0, "GeV"),
        Not(TWO),
        IfThere(Compare(Of(Ranked("electrons", 1), "pt"), ">", 30.0, "GeV")),
        AnyOf((TWO, Compare(Of(Missing(("electrons",)), "pt"), ">", 30.0, "GeV"))),
        PairTest("every", "electrons", (), "mass", ">", 5.0, "GeV"),
    ],
)
def test_an_event_without_electrons_may_pass(test):
    assert least(test) == ()


def test_one_of_two_electrons_is_all_that_each_row_asks_for():
    assert least(Compare(Of(Ranked("electrons", 0), "pt"), ">", 30.0, "GeV")) == (
        Least(("electron",), 1, ("cut:n", "cut:0")),
    )


def test_objects_that_no_event_needs_leave_nothing_to_ask_for():
    assert least(TWO, needs=(), asked_by=()) == ()


@pytest.mark.parametrize("paper", ["1806.00242", "z_to_ee.tex"])
def test_what_is_not_read_changes_nothing(paper, read, shared, samples, tmp_path):
    known = (paper, "--depth", "2") if paper[0] == "1" else (str(shared / "selections" / paper),)
    program = generate(*read(*known))
    assert "flow.only(events, " in program.text
    module = module_of(program, tmp_path)
    for sample in samples.values():
        module.FEW = 1.0
        found = module.run([sample], nminus1=True)
        module.FEW = -1.0
        assert module.run([sample], nminus1=True) == found
