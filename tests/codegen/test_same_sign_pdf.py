"""A second analysis, end to end: the baseline of 1704.07323, read from the real PDF, on real PHYSLITE files.

The loop below is written from the paper's text: at least one same-sign pair of leptons (table 1), one of them above
8 GeV, two jets, missing momentum above 50 GeV, and no opposite-sign same-flavour pair below 12 GeV or in 76 to
106 GeV. What PHYSLITE does not hold (mini-isolation, the CSV tagger, the muons' momentum uncertainty, triggers) is left
out on both sides, and the missing momentum is that of the selected leptons and jets.
"""

from __future__ import annotations

import math

import pytest
import uproot

from codegen.errors import Undetermined
from codegen.generate import generate
from codegen.running import run_program
from codegen.sandbox import Level, offers, reachable

PAPER = "1704.07323"
CHOICES = {"region": "preselection", "missing_momentum": "selected-objects"}
LEFT_OUT = ("mini_isolation", "pt_relative_uncertainty", "btag")


@pytest.fixture(scope="module")
def store(read, shared):
    if not (shared / "papers" / f"{PAPER}.pdf").exists():
        pytest.skip("no papers in the shared folder")
    found, _ = read(PAPER, "--depth", "2", "--library", str(shared / "papers"))
    return found


@pytest.fixture(scope="module")
def program(store):
    try:
        generate(store, PAPER, choices=CHOICES)
    except Undetermined as error:
        asked = [cut for question in error.questions for cut in question.cuts]
    without = [cut for cut in asked if store.cut(cut).variable in LEFT_OUT]
    assert without == asked
    return generate(store, PAPER, choices=CHOICES, without=without)


def test_the_text_leaves_open_what_no_file_of_atlas_can_answer(store):
    with pytest.raises(Undetermined) as error:
        generate(store, PAPER, choices={"region": "preselection"})
    assert {"missing_momentum", "btag"} <= {question.name for question in error.value.questions}


@pytest.mark.parametrize("name", ["ttbar_410470_rel21", "zee_700322"])
def test_the_cutflow_is_that_of_a_loop_written_from_the_text(program, shared, tmp_path, name):
    if reachable(offers()) < Level.CONFINED:
        pytest.skip("this machine confines no program")
    path = shared / "physlite" / f"{name}.root"
    (tmp_path / "p.py").write_text(program.text, encoding="utf-8")
    result = run_program(tmp_path / "p.py", [str(path)], tmp_path / "out").result
    alone, left, selected = looped(path)
    rows = {row["label"]: row for row in result["cutflow"]}
    for label, key in LABELS.items():
        assert (rows[label]["passed"], rows[label]["cumulative"]) == (alone[key], left[key]), label
    assert [row["index"] for row in result["selected"]] == selected


LABELS = {
    "dilepton: N ≥ 1, if same-sign": "pair",
    "dilepton: m > 8 GeV, if same-sign": "mass",
    "jet: N ≥ 2": "jets",
    "event: E_T^miss > 50 GeV": "missing",
    "dilepton: m < 12 GeV removed, if same-flavour opposite-sign": "low",
    "dilepton: not 76 < m < 106 GeV, if same-flavour opposite-sign": "z",
}


def looped(path):
    """Events that pass each requirement alone, those left after it, and the entries of those selected."""
    with uproot.open(path) as file:
        tree = file["CollectionTree"]
        names = {"e": ("AnalysisElectronsAuxDyn", 15e3, 2.5, 0.511), "m": ("AnalysisMuonsAuxDyn", 10e3, 2.4, 105.658)}
        read = {
            k: [tree[f"{n}.{a}"].array().tolist() for a in ("pt", "eta", "phi", "charge")]
            for k, (n, *_) in names.items()
        }
        jets_read = [tree[f"AnalysisJetsAuxDyn.{a}"].array().tolist() for a in ("pt", "eta", "phi")]
        number = tree.num_entries
    alone, left, selected = dict.fromkeys(LABELS.values(), 0), dict.fromkeys(LABELS.values(), 0), []
    for event in range(number):
        leptons = [
            (flavour, charge, vector(pt, eta, phi, mass))
            for flavour, (_, threshold, reach, mass) in names.items()
            for pt, eta, phi, charge in zip(*(column[event] for column in read[flavour]), strict=True)
            if pt > threshold and abs(eta) < reach
        ]
        jets = [
            vector(pt, eta, phi, 0.0)
            for pt, eta, phi in zip(*(column[event] for column in jets_read), strict=True)
            if pt > 40e3 and abs(eta) < 2.4
        ]
        pairs = [(a, b) for i, a in enumerate(leptons) for b in leptons[i + 1 :]]
        same = [mass_of(a[2], b[2]) for a, b in pairs if a[1] * b[1] > 0]
        opposite = [mass_of(a[2], b[2]) for a, b in pairs if a[1] * b[1] < 0 and a[0] == b[0]]
        vectors = [lepton[2] for lepton in leptons] + jets
        missing = math.hypot(sum(v[1] for v in vectors), sum(v[2] for v in vectors))
        passes = {
            "pair": bool(same),
            "mass": any(mass > 8e3 for mass in same),
            "jets": len(jets) >= 2,
            "missing": missing > 50e3,
            "low": not any(mass < 12e3 for mass in opposite),
            "z": not any(76e3 < mass < 106e3 for mass in opposite),
        }
        still = True
        for key, passed in passes.items():
            still = still and passed
            alone[key] += passed
            left[key] += still
        selected += [event] if still else []
    return alone, left, selected


def vector(pt, eta, phi, mass):
    x, y, z = pt * math.cos(phi), pt * math.sin(phi), pt * math.sinh(eta)
    return math.sqrt(x * x + y * y + z * z + mass * mass), x, y, z


def mass_of(a, b):
    e, x, y, z = (p + q for p, q in zip(a, b, strict=True))
    return math.sqrt(max(0.0, e * e - x * x - y * y - z * z))
