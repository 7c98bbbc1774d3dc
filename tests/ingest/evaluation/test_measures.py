"""The measures of an extraction: what counts as found, as wrong, and as neither."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from ingest.evaluation.agreement import agreement
from ingest.evaluation.claim import claim_of
from ingest.evaluation.extraction import extract
from ingest.evaluation.key import AnswerKey, InvalidKey, read_cuts, read_key
from ingest.evaluation.measures import measure
from ingest.evaluation.text import skeleton, stands_in
from ingest.evaluation.verdict import contradiction

Row = dict[str, Any]


def row(obj: str, variable: str, op: str, value: object, unit: str = "", quote: str = "", **more: object) -> Row:
    """A cut as JSON."""
    made = {"paper": "x", "object": obj, "variable": variable, "op": op, "value": value, "unit": unit, "quote": quote}
    return made | more


@pytest.mark.parametrize(
    ("key", "cut", "agrees"),
    [
        (row("muon", "pt", ">", 7, "GeV"), row("muon", "pt", ">=", 7000, "MeV"), 2),
        (row("muon", "pt", ">", 7, "GeV"), row("mu", "p_T", ">", "7", "GeV/c"), 2),
        (row("muon", "pt", ">", 7, "GeV"), row("muon", "pt", "<", 7, "GeV"), 0),
        (row("muon", "pt", ">", 7, "GeV"), row("muon", "pt", "<", 7, "GeV", veto=True), 2),
        (row("muon", "pt", ">", 7, "GeV"), row("electron", "pt", ">", 7, "GeV"), 0),
        (row("muon", "pt", ">", 7, "GeV"), row("lepton", "pt", ">", 7, "GeV"), 1),
        (row("event", "met", ">", 50, "GeV"), row("jet", "met", ">", 50, "GeV"), 1),
        (row("muon", "ptcone20_over_pt", "<", 0.15), row("muon", "ptcone30_over_pt", "<", 0.15), 0),
        (row("muon", "eta", "in", [-2.4, 2.4]), row("muon", "abs_eta", "<", 2.4), 2),
        (row("jet", "count", ">=", 2), row("jet", "count", ">", 1), 2),
        (row("jet", "count", ">=", 2), row("jet", "count", ">", 3), 0),
        (row("lepton", "count", "==", 0), row("lepton", "count", ">", 0, veto=True), 2),
        (row("dilepton", "charge", "is", "same sign"), row("dilepton", "charge_relation", "is", "SS"), 2),
        (row("muon", "id", "is", "Medium working point"), row("muon", "identification", "is", "medium"), 2),
        (row("muon", "d0", "<", 0.5, "mm"), row("muon", "d0", "<", 0.05, "cm"), 2),
        (row("muon", "d0", "<", 0.5, "mm"), row("muon", "d0", "<", 0.5, "cm"), 0),
    ],
)
def test_what_agrees(key: Row, cut: Row, agrees: int) -> None:
    assert agreement(key, cut) == agrees


def test_an_alternative_that_holds_for_vetoes_only() -> None:
    key = row("tau", "count", "==", 0, alternatives=[{"variable": "pt", "op": ">", "value": 20, "as_veto": True}])
    assert agreement(key, row("tau", "pt", ">", 20)) == 0
    assert agreement(key, row("tau", "pt", ">", 20, applies_when="tau veto")) == 2


def test_a_range_is_its_two_ends_and_the_reverse() -> None:
    window = row("dilepton", "mass", "in", [76, 106], "GeV", "76 < m < 106 GeV")
    ends = [
        row("dilepton", "mass", ">", 76, "GeV", "76 < m < 106 GeV"),
        row("dilepton", "mass", "<", 106, "GeV", "m < 106"),
    ]
    assert str(measure(AnswerKey("x", (window,)), ends).core) == "1 of 1"
    assert str(measure(AnswerKey("x", tuple(ends)), [window]).core) == "2 of 2"
    assert str(measure(AnswerKey("x", (window,)), ends[:1]).core) == "0 of 1"


def test_core_cuts_come_before_details_and_repeats_are_right_too() -> None:
    key = AnswerKey("x", (row("lepton", "pt", ">", 20, weight="detail"), row("lepton", "pt", ">", 20, weight="core")))
    once = measure(key, [row("lepton", "pt", ">", 20, quote="above 20")])
    assert (str(once.core), str(once.detail), once.right) == ("1 of 1", "0 of 1", 1)
    thrice = measure(key, [row("lepton", "pt", ">", 20)] * 3)
    assert (str(thrice.core), str(thrice.detail), thrice.right) == ("1 of 1", "1 of 1", 3)


@pytest.mark.parametrize(
    ("cut", "why"),
    [
        (row("muon", "pt", ">", 7, "GeV", "muons above 5 GeV"), "value 7 gev is not in its quote"),
        (row("muon", "pt", ">", 7, "GeV", "muons above 7000 MeV"), ""),
        (row("muon", "pt", ">", 7, "GeV", "muons with pT < 7 GeV"), "direction contradicts its quote"),
        (row("muon", "pt", ">", 7, "GeV", "muons with pT < 7 GeV are rejected"), ""),
        (row("jet", "count", ">=", 2, "", "events with a pair of jets"), ""),
        (row("jet", "count", "==", 0, "", "no jet above 30 GeV"), ""),
        (row("jet", "count", ">=", 3, "", "three jets"), ""),
        (row("dilepton", "mass", "in", [81, 101], "GeV", "within 10 GeV of the Z boson mass"), ""),
        (row("muon", "identification", "is", "tight", "", "anything"), ""),
    ],
)
def test_what_a_quote_contradicts(cut: Row, why: str) -> None:
    assert contradiction(cut) == why


def test_a_number_that_the_key_calls_no_cut_is_hallucinated_where_the_quotes_overlap() -> None:
    key = AnswerKey("x", (), ({"quote": "an efficiency of 95 at 30 GeV", "numbers": [30], "why": "plateau"},))
    found = measure(key, [row("jet", "pt", ">", 30, "GeV", "The trigger has an efficiency of 95 at 30 GeV.")])
    assert [j.why for j in found.hallucinated] == ["not a cut: plateau"]
    other = measure(key, [row("jet", "pt", ">", 30, "GeV", "Jets must have pT above 30 GeV.")])
    assert (len(other.hallucinated), len(other.unkeyed)) == (0, 1)


def test_a_quote_that_is_not_in_the_paper_is_hallucinated() -> None:
    cut = row("jet", "pt", ">", 30, "GeV", "jets with p_T > 30 GeV")
    assert measure(AnswerKey("x", ()), [cut], "We take jets with pT > 30 GeV.").quotes.ratio == 1.0
    [wrong] = measure(AnswerKey("x", ()), [cut], "We take muons.").hallucinated
    assert wrong.why == "quote is not in the paper"


def test_cuts_of_other_papers_are_left_out() -> None:
    key = AnswerKey("1704.07323", (row("jet", "pt", ">", 30),))
    cuts = [row("jet", "pt", ">", 30, paper="1605.03171"), row("jet", "pt", ">", 30, paper="arXiv:1704.07323v2")]
    assert measure(key, cuts).cuts == 1


def test_what_a_quote_may_differ_in() -> None:
    paper = skeleton("with E_T^miss ≥ 50 GeV, and |η| < 2.4.")
    assert stands_in("E^miss_T \\geq 50 GeV … |η| < 2.4", paper)
    assert not stands_in("E^miss_T \\geq 50 GeV … |η| < 2.5", paper)
    assert not stands_in("", paper)


def test_a_range_without_width_is_an_equality() -> None:
    assert claim_of(row("jet", "count", "in", [2, 2])).sense == "equal"
    assert claim_of(row("jet", "abs_eta", "not_in", [0, 2.4])).sense == "above"


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("no JSON", "is not JSON"),
        ("[]", "is no answer key"),
        ("{}", "no list of cuts"),
        ('{"cuts": [{"object": "jet"}]}', "entry 1 of cuts.*has no variable, op, value, unit, quote"),
        ('{"cuts": [3]}', "entry 1 of cuts"),
        ('{"cuts": [], "not_cuts": [{"quote": "x"}]}', "not_cuts.*has no numbers"),
        ('{"cuts": [], "paper": 3}', "its paper is 3"),
    ],
)
def test_malformed_keys_are_told_with_the_place(tmp_path: Path, text: str, complaint: str) -> None:
    path = tmp_path / "key.json"
    path.write_text(text)
    with pytest.raises(InvalidKey, match=complaint):
        read_key(path)
    with pytest.raises(InvalidKey):
        read_cuts(path) if text != "[]" else read_cuts(tmp_path / "missing.json")


KEYED = ["papers/1605.03171", "papers/1704.07323", "papers/1705.04673", "papers/1706.09933"]
KEYED += ["selections/same_sign_dilepton", "selections/z_to_ee"]


@pytest.mark.parametrize("name", KEYED)
def test_the_measures_are_those_of_the_published_scorer(shared: Path, tmp_path: Path, name: str) -> None:
    """On what is extracted now, and on the same cuts distorted in many ways, so that every rule is met."""
    folder, paper = name.split("/")
    key_path = shared / ("benchmark/keys" if folder == "papers" else folder) / f"{paper}.json"
    if folder == "selections":
        key_path = key_path.with_suffix(".key.json")
    extracted = extract(paper, shared / folder, "pdf")
    (tmp_path / "paper.txt").write_text(extracted.text)
    key = read_key(key_path)
    pool = [*extracted.rows, *(dict(cut, paper=paper, status="verified", veto=False) for cut in key.cuts)]
    for number, cuts in enumerate([list(extracted.rows), distorted(pool, random.Random(paper))]):
        path = tmp_path / f"{number}.json"
        path.write_text(json.dumps(cuts))
        command = [sys.executable, shared / "benchmark" / "score_cuts.py", key_path, path, "--json"]
        answer = subprocess.run([*command, "--text", tmp_path / "paper.txt"], capture_output=True, check=True)
        theirs, ours = json.loads(answer.stdout), measure(key, read_cuts(path), extracted.text).to_json()
        assert {ours_name: ours[ours_name] for ours_name in SAME} == {n: theirs[SAME[n]] for n in SAME}
        assert sorted(map(str, ours["loose"])) == sorted(map(str, theirs["object_loose"]))


SAME = {"core": "core", "detail": "detail", "core_found": "core_matched", "detail_found": "detail_matched"}
SAME |= {"cuts": "product_cuts"} | {n: n for n in ("right", "quotes_verified", "missed", "hallucinated", "unkeyed")}

_DISTORTIONS: dict[str, list[Any]] = {
    "object": ["electron", "muons", "lepton", "b-jet", "event", "isolated track"],
    "variable": ["pt", "p_T", "|eta|", "eta", "mll", "count", "n", "met", "id", "charge", "dxy", "delta_phi"],
    "op": [">", ">=", "<", "<=", "==", "!=", "in", "not_in", "is", "≥", "outside", "~"],
    "value": [0, 1, 2, 7, "15", "tight", "ss", True, [0, 2.5], [-2.4, 2.4], [106, 76], [2, 2], ["a", "b"], 0.1],
    "unit": ["GeV", "MeV", "TeV", "", "%", "mm", "cm", "um", "radians", "GeV/c", "parsec"],
    "veto": [True, False],
    "applies_when": ["tau veto", "SR", None],
    "status": ["rejected", "approved", None],
    "quote": ["", "events with two jets above 20 GeV are removed", "pT above 10 GeV … at least two"],
}


def distorted(pool: list[Row], draw: random.Random) -> list[Row]:
    """Cuts of the pool with up to three fields changed to something else."""
    made = []
    for cut in draw.sample(pool, min(80, len(pool))):
        fields = draw.sample(sorted(_DISTORTIONS), draw.randrange(4))
        made.append(dict(cut) | {field: draw.choice(_DISTORTIONS[field]) for field in fields})
    return made
