"""What the rules reader makes of sentences that nobody wrote for it.

Only the part "tests" is looked at here; `tests/benchmarks/sentences.py` counts both. A case that is listed in
`gaps.toml` must fail: once the reader gets it right, its index has to leave the list.
"""

from __future__ import annotations

from typing import Any

import pytest

from ingest.documents.document import Span
from ingest.reading.proposal import Proposal
from kg.records import Value
from tests.ingest.reading.sentence_cases import Case, Row, agrees, cases, known_gaps, proposals_of, score

GAPS = known_gaps()
TESTS = [case for case in cases() if case.part == "tests"]


GAP = pytest.mark.xfail(strict=True, raises=AssertionError, reason="a known gap of the rules reader")


@pytest.mark.parametrize(
    "case",
    [pytest.param(c, id=f"{c.index} {c.kind}", marks=[GAP] if c.index in GAPS else []) for c in TESTS],
)
def test_the_reader_finds_what_a_physicist_reads(case: Case) -> None:
    proposals = proposals_of(case)
    assert score(case, proposals).perfect, (case.text, case.readings, [_shown(p) for p in proposals])


@pytest.mark.parametrize("case", [pytest.param(c, id=f"{c.index} {c.kind}") for c in TESTS if c.index not in GAPS])
def test_the_cuts_carry_the_conditions_that_the_sentence_states(case: Case) -> None:
    proposals = proposals_of(case)
    reached = score(case, proposals)
    assert reached.conditions_right == reached.conditions, (case.text, [_shown(p) for p in proposals])


def test_gaps_name_cases_that_are_tested() -> None:
    assert {case.index for case in TESTS} >= GAPS


def test_parts_follow_each_other_and_no_sentence_comes_twice() -> None:
    parts = [case.part for case in cases()]
    assert parts == sorted(parts, reverse=True)  # first "tests", then "held"
    assert set(parts) == {"tests", "held"}
    assert len({(case.previous, case.text) for case in cases()}) == len(parts)


def _read(object_: str, variable: str, op: str, value: Value, unit: str = "", veto: bool = False) -> Proposal:
    return Proposal(object_, variable, op, value, unit, "", veto, Span(0, 1), Span(0, 1))


@pytest.mark.parametrize(
    ("wanted", "read", "same"),
    [
        ({"op": "<", "value": 12, "unit": "GeV", "veto": True}, ("dilepton", "mass", ">=", 12.0, "GeV"), True),
        ({"op": "<", "value": 12, "unit": "GeV", "veto": True}, ("dilepton", "mass", "<", 12.0, "GeV"), False),
        ({"op": "not_in", "value": [76, 106]}, ("dilepton", "mass", "in", (76.0, 106.0), "", True), True),
        ({"op": ">", "value": 12}, ("dilepton", "mass", ">=", 12.0), False),
        ({"op": ">", "value": 12, "unit": "GeV"}, ("dilepton", "mass", ">", 12.0, "TeV"), False),
        ({"variable": "count", "op": "==", "value": 0}, ("dilepton", "count", ">", 0.0, "", True), True),
        ({"variable": "count", "op": ">", "value": 1}, ("dilepton", "count", ">=", 2.0), True),
        ({"variable": "count", "op": "==", "value": 2, "bare": True}, ("dilepton", "count", ">=", 2.0), True),
        ({"variable": "count", "op": "==", "value": 2}, ("dilepton", "count", ">=", 2.0), False),
        ({"object": "dijet", "op": ">", "value": 12}, ("dilepton", "mass", ">", 12.0), False),
        ({"object": "dijet/dilepton", "op": ">", "value": 12}, ("dilepton", "mass", ">", 12.0), True),
    ],
)
def test_a_veto_equals_the_requirement_of_the_opposite(wanted: Row, read: Any, same: bool) -> None:
    assert agrees({"object": "dilepton", "variable": "mass", **wanted}, _read(*read)) is same


def _shown(proposal: Proposal) -> str:
    value = proposal.value
    veto = "veto " if proposal.veto else ""
    return f"{veto}{proposal.object} {proposal.variable} {proposal.op} {value} {proposal.unit}|{proposal.applies_when}"
