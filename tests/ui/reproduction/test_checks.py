"""Every check of a result can fail, and says what it found."""

from __future__ import annotations

import copy

import pytest

from tests.ui.reproduction.told import SHA256, told
from ui.reproduction.checks import checks_of


def _failing(change) -> list[str]:
    values = told()
    cuts, result = copy.deepcopy(values.cuts["cuts"]), copy.deepcopy(values.result)
    change(cuts, result)
    return [check.statement for check in checks_of(cuts, SHA256, result) if not check.holds]


def test_a_sound_result_passes_all():
    assert _failing(lambda cuts, result: None) == []


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda cuts, result: cuts[1].update(status="unverified"), "verified against its sentence"),
        (lambda cuts, result: cuts[1].update(quotes=[]), "verified against its sentence"),
        (lambda cuts, result: result["provenance"].update(program_sha256="0" * 64), "the one shown here"),
        (lambda cuts, result: cuts[0].update({"class": "compiled"}), "has a row in the cutflow"),
        (lambda cuts, result: result["cutflow"][0].update(cut="cut:7"), "has a row in the cutflow"),
        (lambda cuts, result: result["cutflow"][0].update(passed=1), "pass its cut alone"),
        (lambda cuts, result: result["cutflow"].append({**result["cutflow"][0], "cumulative": 3}), "the row before"),
        (lambda cuts, result: result["selected"].pop(), "listed as selected"),
        (lambda cuts, result: result["cutflow"][0].update(without=11), "none has more than there are"),
        (lambda cuts, result: result["selected"][1].update(index=3), "selected twice"),
        (lambda cuts, result: result["provenance"].update(failed=[{"file": "b", "why": "broken"}]), "All files"),
        (lambda cuts, result: result.update(n_events=11), "All files"),
    ],
)
def test_what_is_wrong_is_found(change, words):
    failing = _failing(change)
    assert any(words in statement for statement in failing), failing


def test_a_cut_that_a_person_approved_counts_as_backed():
    assert _failing(lambda cuts, result: cuts[1].update(status="approved", quotes=[])) == []
