"""Histograms and simulation weights in the result of a program, on hand-made events."""

from __future__ import annotations

import itertools
import json
import subprocess
import sys

import pytest

from tests.codegen.handmade import lepton, write
from tests.codegen.selections_from_cuts import compiled, module_of, row

ROWS = [
    row("electron", "pt", ">", 10, "GeV"),
    row("electron", "count", ">=", 1),
    row("jet", "pt", ">", 20, "GeV"),
    row("jet", "count", ">=", 2),
    row("event", "ht", ">", 100, "GeV"),
]
EVENTS = [
    {"electron": [lepton(12), lepton(42)], "jet": [lepton(30), lepton(80)]},
    {"electron": [lepton(22)], "jet": [lepton(30), lepton(90), lepton(5000)]},
    {"electron": [lepton(32)], "jet": [lepton(30), lepton(40)]},  # H_T of 70 GeV
    {"electron": [lepton(8)], "jet": [lepton(30), lepton(80)]},
]
WEIGHTS = [[2.0, 7.0], [-0.5], [3.0], []]


@pytest.fixture
def path(tmp_path):
    return write(tmp_path / "e.root", EVENTS, WEIGHTS)


def histograms(result):
    return {found["name"]: found for found in result["histograms"]}


def filled(found, key="counts"):
    """Lower edge to content of the bins that hold anything."""
    return {low: n for low, n in zip(found["edges"], found[key], strict=False) if n}


def test_selected_events_are_counted_with_what_lies_beyond_in_the_last_bin(path, tmp_path):
    found = histograms(module_of(compiled(ROWS), tmp_path).run([path]))
    assert filled(found["ht_GeV"]) == {100.0: 1, 2950.0: 1}
    assert filled(found["leading_electrons_pt_GeV"]) == {40.0: 1, 20.0: 1}
    assert filled(found["leading_jets_pt_GeV"]) == {80.0: 1, 980.0: 1}
    assert filled(found["number_of_jets"]) == {2.0: 1, 3.0: 1}
    assert filled(found["number_of_electrons"]) == {2.0: 1, 1.0: 1}
    assert found["ht_GeV"]["label"] == "H_T [GeV]"
    assert set(found["ht_GeV"]) == {"name", "label", "edges", "counts"}
    assert not any(name.endswith("nminus1") for name in found)


def test_before_the_cut_on_the_quantity(path, tmp_path):
    found = histograms(module_of(compiled(ROWS), tmp_path).run([path], nminus1=True))
    assert filled(found["ht_GeV_nminus1"]) == {50.0: 1, 100.0: 1, 2950.0: 1}
    assert filled(found["number_of_electrons_nminus1"]) == {0.0: 1, 1.0: 1, 2.0: 1}
    assert filled(found["ht_GeV"]) == {100.0: 1, 2950.0: 1}
    assert "leading_electrons_pt_GeV_nminus1" not in found


def test_all_cuts_on_a_quantity_are_left_out_at_once(path, tmp_path):
    rows = [*ROWS, row("event", "ht", "<", 3000, "GeV")]
    result = module_of(compiled(rows), tmp_path).run([path], nminus1=True)
    assert filled(histograms(result)["ht_GeV_nminus1"]) == {50.0: 1, 100.0: 1, 2950.0: 1}
    assert [found["without"] for found in result["cutflow"][-2:]] == [2, 2]


def test_two_files_add_up(path, tmp_path):
    module = module_of(compiled(ROWS), tmp_path)
    once, twice = (module.run([path] * n, weighted=True) for n in (1, 2))
    for one, two in zip(once["histograms"], twice["histograms"], strict=True):
        assert [2 * n for n in one["counts"]] == two["counts"]
        assert [2 * n for n in one["weighted_counts"]] == two["weighted_counts"]


def test_weights_are_added_up_beside_the_events(path, tmp_path):
    result = module_of(compiled(ROWS), tmp_path).run([path], weighted=True)
    rows = {found["name"]: found for found in result["cutflow"]}
    assert result["weights"]["sum"] == 2.0 - 0.5 + 3.0 + 1.0
    assert rows["electron_pt"]["weighted_cumulative"] == 4.5
    assert rows["event_ht"]["weighted_passed"] == 2.0 - 0.5 + 1.0
    assert rows["event_ht"]["weighted_cumulative"] == 1.5
    assert rows["event_ht"]["cumulative"] == 2
    assert [found["weight"] for found in result["selected"]] == [2.0, -0.5]
    assert filled(histograms(result)["ht_GeV"], "weighted_counts") == {100.0: 2.0, 2950.0: -0.5}


def test_without_being_asked_for_there_are_no_weights(path, tmp_path):
    result = module_of(compiled(ROWS), tmp_path).run([path])
    assert "weights" not in result
    assert not any("weighted_passed" in found for found in result["cutflow"])
    assert not any("weight" in found for found in result["selected"])


def command(program, folder, *arguments):
    path = folder / "program.py"
    path.write_text(program.text, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-I", str(path), *map(str, arguments), "-o", str(folder / "out")],
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout, json.loads((folder / "out" / "result.json").read_text())


def test_a_file_without_weights_is_said_and_left_out_of_the_weighted_numbers(path, tmp_path):
    bare = write(tmp_path / "bare.root", EVENTS)
    said, result = command(compiled(ROWS), tmp_path, path, bare, "--weights")
    assert f"no simulation weights in {bare}" in said
    assert result["weights"] == {"branch": "EventInfoAuxDyn.mcEventWeights", "sum": 5.5, "files_without": [str(bare)]}
    assert result["cutflow"][-1]["cumulative"] == 4
    assert result["cutflow"][-1]["weighted_cumulative"] == 1.5
    assert "| all events | 8 | 8 | 5.5 | 5.5 |" in (tmp_path / "out" / "cutflow.md").read_text()


def test_no_file_with_weights(tmp_path):
    bare = write(tmp_path / "bare.root", EVENTS)
    said, result = command(compiled(ROWS), tmp_path, bare, "--weights")
    assert "no simulation weights" in said
    assert not any("weighted_cumulative" in found for found in result["cutflow"])


def test_what_is_not_applied_stands_in_head_cutflow_result_and_summary(path, tmp_path):
    rows = [*ROWS, row("event", "trigger", "is", "required"), row("jet", "width", "<", 0.1)]
    program = compiled(rows)
    kinds = {report.stated.cut.variable: report.kind for report in program.report}
    assert (kinds["trigger"], kinds["width"]) == ("not possible", "not understood")
    said, result = command(program, tmp_path, path)
    assert "2 requirements of the text are not applied: 1 not possible, 1 not understood" in said
    assert {item["class"] for item in result["not_applied"]} == {"not possible", "not understood"}
    table = (tmp_path / "out" / "cutflow.md").read_text()
    assert "(not applied, not understood: " in table
    assert "not understood, " in program.text.split('"""')[1]


def test_the_quantities_of_four_leptons(read, samples, tmp_path):
    from codegen.generate import generate

    store, paper = read("1806.00242", "--depth", "2")
    result = module_of(generate(store, paper), tmp_path).run([samples["four_lepton"]], nminus1=True)
    found = histograms(result)
    assert {"m4l_GeV", "m12_GeV", "m34_GeV", "m12_GeV_nminus1", "m34_GeV_nminus1"} <= set(found)
    n = len(result["selected"])
    without = {row["name"]: row["without"] for row in result["cutflow"]}
    assert sum(found["m12_GeV"]["counts"]) == sum(found["m4l_GeV"]["counts"]) == n
    assert sum(found["m12_GeV_nminus1"]["counts"]) == without["dilepton_mass_leading_pair"] > n
    for row_ in found["m12_GeV"], found["m34_GeV"]:
        low, high = (50, 106) if row_["name"] == "m12_GeV" else (12, 115)
        assert all(low <= edge < high for edge in filled(row_))
    masses = [event["m4l_GeV"] for event in result["selected"]]
    edges = found["m4l_GeV"]["edges"]
    inside = [sum(a <= mass < b for mass in masses) for a, b in itertools.pairwise(edges)]
    inside[0] += sum(mass < edges[0] for mass in masses)
    inside[-1] += sum(mass >= edges[-1] for mass in masses)
    assert inside == found["m4l_GeV"]["counts"]
