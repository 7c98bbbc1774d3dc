"""The RDataFrame program: its text, what it cannot write, and, where ROOT is, that it selects what awkward selects."""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
import tomllib
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
import uproot

from codegen.errors import NothingToCompile
from codegen.generate import Program, generate
from codegen.plan.quantities import Between, Field, Missing, Of, Ranked, Together
from codegen.plan.requirements import Compare, PairTest, Within
from codegen.targets.rdataframe.formulas import formula_code
from codegen.targets.rdataframe.masks import MaskWriter
from codegen.targets.rdataframe.program import program_text
from tests.codegen.handmade import lepton, write
from tests.codegen.selections_from_cuts import HERE, NAMES, compiled, expected, module_of, row

ROOT_PYTHON = os.environ.get("ROOT_PYTHON", sys.executable)
"""A Python that has ROOT; the wheel `root` need not be in the environment of the tests."""

ELECTRONS = [row("electron", "pt", ">", 20, "GeV"), row("electron", "count", ">=", 1)]
HOSTILE = 'p_T > 20 GeV \\\n"""\nimport os; os._exit(3)\n*/ abort(); //??/\n\\" %s \\'


@cache
def has_root() -> bool:
    done = subprocess.run([ROOT_PYTHON, "-W", "ignore", "-c", "import ROOT"], capture_output=True, check=False)
    return done.returncode == 0


@pytest.fixture
def root():
    if not has_root():
        pytest.skip(f"{ROOT_PYTHON} cannot import ROOT (set ROOT_PYTHON to a Python that can)")


def program(name: str, target: str = "rdataframe") -> Program:
    table = tomllib.loads((HERE / "cuts" / f"{name}.toml").read_text(encoding="utf-8"))
    return compiled(table["cuts"], table.get("background", ()), target=target)


def command(made: Program, folder: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    path = folder / "program.py"
    path.write_text(made.text, encoding="utf-8")
    call = [ROOT_PYTHON, "-I", str(path), *map(str, arguments), "-o", str(folder / "out")]
    return subprocess.run(call, capture_output=True, text=True, check=False, timeout=240)


def result(made: Program, folder: Path, *arguments: object):
    done = command(made, folder, *arguments)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return json.loads((folder / "out" / "result.json").read_text())


def assert_same(found, wanted):
    """The same events, quantities, and rows of the cutflow, in the same order."""
    rows = [{k: v for k, v in event.items() if not k.endswith("_GeV")} for event in found["selected"]]
    assert rows == [{k: event[k] for k in rows[0]} for event in wanted["selected"]] if rows else not wanted["selected"]
    for event, other in zip(found["selected"], wanted["selected"], strict=True):
        for name in set(event) - {"file", "index", "event_number"}:
            assert event[name] == pytest.approx(other[name], rel=1e-12)
    assert found["cutflow"] == wanted["cutflow"]
    assert found["not_applied"] == wanted["not_applied"]
    assert found["n_events"] == wanted["n_events"]


# --- the text, without ROOT -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_the_text_is_the_same_each_time_and_is_python(name):
    text = program(name).text
    assert text == program(name).text
    body = ast.parse(text).body
    names = {t.id for node in body if isinstance(node, ast.Assign) for t in node.targets if isinstance(t, ast.Name)}
    assert {"BRANCHES", "SELECTION", "READERS", "EVENT_LOOP", "CUTS", "NOT_APPLIED", "PROVENANCE"} <= names


@pytest.mark.parametrize("name", NAMES)
def test_each_cut_is_a_function_under_its_paper_and_quote(name):
    made = program(name)
    for report in made.report:
        for function in report.functions:
            before = made.text.split(f"\nbool {function}(")[0].rsplit("\n\n", 1)[1]
            comment = " ".join(line.removeprefix("// ") for line in before.split("\n"))
            assert report.stated.id in comment
            assert report.stated.cut.paper in comment
            assert report.stated.sentences[0][:40] in comment


@pytest.mark.parametrize("name", NAMES)
def test_it_needs_the_branches_that_the_awkward_program_needs(name):
    def branches(text: str) -> set[str]:
        listed = re.search(r"^BRANCHES = (\[.*?^\])", text, re.MULTILINE | re.DOTALL)
        assert listed is not None
        return set(ast.literal_eval(listed[1]))

    assert branches(program(name).text) <= branches(program(name, "awkward").text)


def test_comments_of_cpp_end_with_their_line():
    made = compiled([row("electron", "pt", ">", 20, "GeV", "", HOSTILE), ELECTRONS[1]], target="rdataframe")
    ast.parse(made.text)
    for line in made.text.split("\n"):
        assert not (line.startswith("//") and line.rstrip().endswith(("\\", "??/")))


@pytest.mark.parametrize(
    "test",
    [
        PairTest("any", "leptons", (), "mass", "<", 12.0, "GeV", second="jets"),
        PairTest("any", "leptons", (), "charge", "<", 1.0),
        PairTest("any", "leptons", ("unheard_of",), "mass", "<", 12.0, "GeV"),
        Compare(Of(Together((Ranked("jets", 0), Ranked("jets", 1))), "abs_eta"), "<", 2.0),
        Compare(Of(Missing(("jets",)), "eta"), "<", 2.0),
        Compare(Between("delta_r", Missing(("jets",)), Ranked("jets", 0)), "<", 2.0),
        Compare(Of(Together((Missing(("jets",)), Ranked("jets", 1))), "mass"), "<", 2.0, "GeV"),
        Within(relation=("same_flavour",), quantity="charge", op="<", bound=1.0),
    ],
)
def test_what_it_cannot_write_is_refused(test):
    with pytest.raises(NothingToCompile, match="rdataframe cannot write"):
        MaskWriter("quadruplet").test(test)


def test_a_plan_with_a_candidate_that_it_does_not_know_is_refused():
    plan = program("trilepton").plan
    first = [replace(d, form="leading") if hasattr(d, "form") else d for d in plan.definitions]
    with pytest.raises(NothingToCompile, match="form leading"):
        program_text(
            replace(plan, definitions=tuple(first)),
            program("trilepton").report,
            {"papers": [], "choices": {}},
            (),
            "A selection.",
        )


@pytest.mark.parametrize(
    ("expression", "wanted"),
    [
        ("(quality & 3) <= 1", "(bits & 3) <= 1"),
        ("(1 - 0.018) / 2 * pt", "((1.0 - 0.018) / 2.0) * value"),
        ("not (pt > 1 and eta < 2)", "!((value > 1) && (value < 2))"),
        ("-sqrt(pt) ** 2", "-std::pow(std::sqrt(value), 2.0)"),
    ],
)
def test_formulas_divide_in_double_precision_and_keep_their_brackets(expression, wanted):
    assert formula_code(expression, lambda link, name, entry, whole: "bits" if whole else "value") == wanted


def test_ends_of_a_range_go_with_what_is_left():
    inside = Compare(Field("abs_eta"), "in", (1.0, 2.0), closed=(True, False))
    assert MaskWriter("jet").test(inside) == "(jet.abs_eta >= 1) && (jet.abs_eta < 2)"
    assert MaskWriter("jet").negated(inside) == "(jet.abs_eta < 1) || (jet.abs_eta >= 2)"


# --- the program, with ROOT -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_it_selects_what_plain_loops_and_awkward_select(name, root, samples, tmp_path):
    found = result(program(name), tmp_path, samples["general"])
    assert [event["index"] for event in found["selected"]] == expected(name, samples["general"])
    assert_same(found, module_of(program(name, "awkward"), tmp_path).run([samples["general"]]))


@pytest.mark.parametrize("name", ["single_lepton", "ttbar_emu", "lepton_jets_mt", "trilepton"])
def test_links_of_a_tree_are_read(name, root, shared, tmp_path):
    path = shared / "physlite" / "zee_700322.root"
    assert_same(result(program(name), tmp_path, path), module_of(program(name, "awkward"), tmp_path).run([path]))


@pytest.mark.parametrize("name", ["z_to_ee", "same_sign_dilepton"])
@pytest.mark.parametrize("file", ["simulated", "simulated_rntuple"])
def test_the_events_that_the_expected_file_lists(name, file, root, shared, read, tmp_path):
    store, paper = read(str(shared / "selections" / f"{name}.tex"))
    wanted = json.loads((shared / "selections" / f"{name}.{file}.expected.json").read_text())
    found = result(generate(store, paper, target="rdataframe"), tmp_path, shared / "selections" / f"{file}.root")
    assert [event["index"] for event in found["selected"]] == wanted["selected"]
    assert [event["event_number"] for event in found["selected"]] == wanted["event_numbers"]


def test_benchmark_events_masses_and_cutflow(root, shared, read, samples, tmp_path):
    store, paper = read("1806.00242", "--depth", "2")
    made = generate(store, paper, target="rdataframe")
    wanted = json.loads((shared / "benchmark" / "h4l_expected.json").read_text())
    found = result(made, tmp_path, shared / "benchmark" / "h4l_events.root")
    masses = {event["index"]: event["m4l_GeV"] for event in found["selected"]}
    assert masses == {event["index"]: pytest.approx(event["m4l_GeV"], abs=1e-6) for event in wanted["events"]}
    awkward = module_of(generate(store, paper), tmp_path)
    assert_same(result(made, tmp_path, samples["four_lepton"]), awkward.run([samples["four_lepton"]]))


def test_events_without_a_cut_and_the_first_events_of_several_files(root, samples, tmp_path):
    files = [samples["general"], samples["four_lepton"], samples["general"]]
    found = result(program("trilepton"), tmp_path, *files, "--events", 3700, "--nminus1")
    assert found["n_events"] == 3700
    assert_same(found, module_of(program("trilepton", "awkward"), tmp_path).run(files, n_events=3700, nminus1=True))


def test_missing_branches_are_named_before_any_event_is_read(root, shared, tmp_path):
    done = command(program("single_lepton"), tmp_path, shared / "physlite" / "ttbar_410470_rel21.root")
    assert done.returncode == 1
    assert "GSFTrackParticlesAuxDyn.definingParametersCovMatrixDiag" in done.stderr
    assert "nearest: " in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("what", ["empty", "truncated", "text", "absent", "other tree"])
def test_files_that_hold_no_events(what, root, samples, tmp_path):
    path = tmp_path / "file.root"
    if what == "empty":
        path.write_bytes(b"")
    elif what == "truncated":
        path.write_bytes(samples["general"].read_bytes()[:20_000])
    elif what == "text":
        path.write_text("no ROOT file\n")
    elif what == "other tree":
        with uproot.recreate(path) as file:
            file["Events"] = {"x": [1, 2, 3]}
    done = command(compiled(ELECTRONS, target="rdataframe"), tmp_path, path)
    assert done.returncode == 1
    assert str(path) in done.stderr
    assert "Traceback" not in done.stderr


def test_a_file_with_damaged_data_is_reported_and_the_rest_done(root, samples, tmp_path):
    damaged = tmp_path / "damaged.root"
    data = bytearray(samples["general"].read_bytes())
    for place in range(30_000, len(data) * 2 // 3, 997):
        data[place] ^= 0xFF
    damaged.write_bytes(bytes(data))
    done = command(compiled(ELECTRONS, target="rdataframe"), tmp_path, damaged, samples["general"])
    assert done.returncode == 1
    assert "damaged.root" in done.stderr
    found = json.loads((tmp_path / "out" / "result.json").read_text())
    assert [one["file"] for one in found["failed"]] == [str(damaged)]
    assert found["n_events"] == 2500
    assert found["cutflow"][-1]["cumulative"] == len(found["selected"]) > 0


def test_text_of_a_paper_cannot_become_code(root, samples, tmp_path):
    made = compiled([row("electron", "pt", ">", 20, "GeV", "", HOSTILE), ELECTRONS[1]], target="rdataframe")
    assert result(made, tmp_path, samples["general"], "--events", 10)["n_events"] == 10


WRITE_EMPTY_TREE = """
import sys, array, ROOT
file = ROOT.TFile(sys.argv[1], "RECREATE")
tree = ROOT.TTree("CollectionTree", "")
number = array.array("Q", [0])
kept = []
for branch in sys.argv[2:]:
    if branch.endswith("eventNumber"):
        tree.Branch(branch, number, "eventNumber/l")
        continue
    kept.append(ROOT.std.vector["char" if "DFCommon" in branch or "quality" in branch else "float"]())
    tree.Branch(branch, kept[-1])
tree.Write()
file.Close()
"""


def test_a_tree_without_events(root, tmp_path):
    made = program("multijet_mht")
    listed = re.search(r"^BRANCHES = (\[.*?^\])", made.text, re.MULTILINE | re.DOTALL)
    assert listed is not None
    path = str(tmp_path / "none.root")
    call = [ROOT_PYTHON, "-W", "ignore", "-c", WRITE_EMPTY_TREE, path, *ast.literal_eval(listed[1])]
    subprocess.run(call, check=True, timeout=240)
    found = result(made, tmp_path, path)
    assert (found["n_events"], found["selected"]) == (0, [])
    assert {line["cumulative"] for line in found["cutflow"]} == {0}


def test_limits_that_vary_with_the_momentum(root, tmp_path):
    cases = [(pt, d) for pt in (12.0, 28.5, 100.0) for d in (0.05, 0.1, 0.19, 0.35, 0.45)]
    events = [{"muon": [lepton(pt)], "jet": [lepton(50.0, phi=d)]} for pt, d in cases]
    path = write(tmp_path / "events.root", events)
    near = row("muon", "delta_r", "removed <", "min(0.4, 0.04 + 10 GeV/p_T)", when="to jet")
    rows = [row("muon", "pt", ">", 10, "GeV"), row("jet", "pt", ">", 20, "GeV"), near, row("muon", "count", ">=", 1)]
    found = result(compiled(rows, target="rdataframe"), tmp_path, path)["selected"]
    assert [e["index"] for e in found] == [i for i, (pt, d) in enumerate(cases) if d >= min(0.4, 0.04 + 10.0 / pt)]
