"""Which of several working points holds: the one that the selection names, with the thresholds it has."""

from __future__ import annotations

from dataclasses import replace

import pytest

from codegen.errors import InvalidChoice, Undetermined
from codegen.generate import compile_cuts
from tests.codegen.selections_from_cuts import PAPER, compiled, row, stated

BASE = [row("electron", "pt", ">", 20, "GeV"), row("electron", "count", ">=", 1)]
POINTS = [
    row("electron", "etcone20_over_pt", "<", 0.2, when="Default working point"),
    row("electron", "etcone20_over_pt", "<", 0.06, when="Tight working point"),
]


def bounds(program):
    """The upper bounds that electrons have to meet."""
    steps = program.plan.collection("electrons").steps
    return [step.test.bound for step in steps if step.test.op == "<"]


def test_the_point_that_is_named_has_its_thresholds():
    assert bounds(compiled([*BASE, *POINTS, row("electron", "isolation", "is", "Default")])) == [0.2]
    assert bounds(compiled([*BASE, *POINTS, row("lepton", "isolation", "is", "tight")])) == [0.06]


def test_a_point_is_asked_for_where_several_have_thresholds():
    with pytest.raises(Undetermined) as caught:
        compiled([*BASE, *POINTS])
    (question,) = caught.value.questions
    assert (question.name, question.options) == ("electron_isolation", ("Default", "Tight"))
    assert bounds(compiled([*BASE, *POINTS], choices={"electron_isolation": "Tight"})) == [0.06]
    with pytest.raises(InvalidChoice):
        compiled([*BASE, *POINTS], choices={"electron_isolation": "Medium"})


def test_the_only_point_is_meant_where_none_is_named():
    assert bounds(compiled([*BASE, POINTS[1]])) == [0.06]


def test_a_point_without_thresholds_stays_a_question():
    with pytest.raises(Undetermined):
        compiled([*BASE, *POINTS, row("electron", "isolation", "is", "Gradient")])


def test_the_papers_own_word_outweighs_that_of_the_paper_it_builds_on():
    cuts = stated([*BASE, *POINTS, row("electron", "isolation", "is", "Default")])
    cuts = [*cuts[:2], *(replace(s, via=("2902.00001",)) for s in cuts[2:])]
    own = stated([row("electron", "isolation", "is", "Tight")])
    assert bounds(compile_cuts([*cuts, *own], [PAPER], PAPER)) == [0.06]


def test_an_exception_of_the_paper_replaces_the_threshold_of_the_point_that_it_takes_over():
    cuts = stated([*BASE, *POINTS])
    cuts = [*cuts[:2], *(replace(s, via=("2902.00001",)) for s in cuts[2:])]
    rows = [row("electron", "isolation", "is", "Default"), row("electron", "etcone20_over_pt", "<", 0.4)]
    assert bounds(compile_cuts([*cuts, *stated(rows)], [PAPER], PAPER)) == [0.4]


def test_each_class_of_objects_may_have_its_own_point():
    rows = [row("electron", "pt", ">", 10, "GeV", "baseline"), row("electron", "pt", ">", 20, "GeV", "signal")]
    rows += [*POINTS, row("electron", "isolation", "is", "Tight", when="signal"), row("electron", "count", "==", 1)]
    program = compiled(rows)
    assert bounds(program) == [0.06]
    assert len(program.plan.collection("baseline_electrons").steps) == 1
