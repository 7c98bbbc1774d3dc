"""From papers to events: the two papers of the shared folder, and the bundled four-lepton benchmark."""

from __future__ import annotations

import json

import pytest

from codegen.generate import generate
from tests.codegen.selections.papers import PAPERS
from tests.codegen.selections_from_cuts import expected, module_of, selected

FILES = {
    "simulated": "selections/simulated.root",
    "simulated_rntuple": "selections/simulated_rntuple.root",
    "zee_700322": "physlite/zee_700322.root",
}


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize("edition", ["tex", "pdf"])
@pytest.mark.parametrize("name", ["z_to_ee", "same_sign_dilepton"])
def test_the_events_are_those_that_the_expected_file_lists(name, edition, file, shared, read, tmp_path):
    store, paper = read(str(shared / "selections" / f"{name}.{edition}"))
    wanted = json.loads((shared / "selections" / f"{name}.{file}.expected.json").read_text())
    result = module_of(generate(store, paper), tmp_path).run([shared / FILES[file]])
    assert [row["index"] for row in result["selected"]] == wanted["selected"]
    assert [row["event_number"] for row in result["selected"]] == wanted["event_numbers"]
    assert result["cutflow"][-1]["cumulative"] == len(wanted["selected"])


@pytest.fixture(scope="module")
def benchmark(read):
    store, paper = read("1806.00242", "--depth", "2")
    return generate(store, paper)


def test_benchmark_events_and_masses(benchmark, shared, tmp_path):
    wanted = json.loads((shared / "benchmark" / "h4l_expected.json").read_text())
    result = module_of(benchmark, tmp_path).run([shared / "benchmark" / "h4l_events.root"])
    masses = {row["index"]: row["m4l_GeV"] for row in result["selected"]}
    assert sorted(masses) == [row["index"] for row in wanted["events"]]
    for row in wanted["events"]:
        assert masses[row["index"]] == pytest.approx(row["m4l_GeV"], abs=1e-6)


def test_benchmark_cutflow_where_its_order_and_the_table_agree(benchmark, shared, tmp_path):
    """Rows of the benchmark's table whose cuts, taken with all before them, are the same set in this program."""
    wanted = json.loads((shared / "benchmark" / "h4l_expected.json").read_text())["cutflow"]
    result = module_of(benchmark, tmp_path).run([shared / "benchmark" / "h4l_events.root"])
    found = {row["name"]: row["cumulative"] for row in result["cutflow"]}
    same = {
        "1.3": "event_n_primary_vertices",
        "2.1": "electron_identification",
        "2.2": "electron_et",
        "2.3": "electron_abs_eta",
        "2.4": "electron_ptcone20_over_pt",
        "2.5": "electron_etcone20_over_pt",
        "2.7": "electron_z0_sin_theta",  # the last of the electron's
        "3.7": "muon_pt_calo_tagged",  # the last of the muon's
        "4.1": "dilepton_number_same_flavour_opposite_sign",
        "4.4": "dilepton_mass_subleading_pair",  # after 4.2, 4.3 and 4.4, in another order
        "4.5": "lepton_delta_r_different_flavour",
        "4.6": "dilepton_mass_same_flavour_opposite_sign",
        "4.8": "muon_number_combined_4mu_channel",
    }
    assert {number: found[name] for number, name in same.items()} == {number: wanted[number] for number in same}


def test_benchmark_on_events_of_our_own(benchmark, samples, tmp_path):
    assert selected(benchmark, samples["four_lepton"], tmp_path) == expected("h4l", samples["four_lepton"])


def test_benchmark_cuts_that_no_such_file_can_answer_are_named_and_do_not_stop(benchmark):
    missing = {r.stated.cut.variable for r in benchmark.report if r.kind == "not possible"}
    assert missing == {"trigger", "good_run_list", "vertex_fit", "mass_constraint"}
    assert all(r.kind in ("compiled", "proxy", "not possible") for r in benchmark.report)


def test_program_says_that_its_papers_are_restatements(benchmark):
    head = benchmark.text.split('"""')[1]
    assert "1806.00242 (restatement)" in head
    assert "its quotes are not the paper's" in head


def test_each_mask_has_its_cut_paper_section_and_quote(benchmark):
    for report in benchmark.report:
        for function in report.functions:
            body = benchmark.text.split(f"def {function}(")[1].split("\n    return")[0]
            comment = " ".join(line.strip().removeprefix("# ") for line in body.split("\n")[1:])
            assert report.stated.id in comment
            assert report.stated.cut.paper in comment
            assert report.stated.section in comment
            assert report.stated.sentences[0][:40] in comment


def test_the_same_bytes_ten_times(read):
    store, paper = read("1806.00242", "--depth", "2")
    assert len({generate(store, paper).text for _ in range(10)}) == 1


def test_the_adl_target_writes_the_same_selection(read):
    store, paper = read("1806.00242", "--depth", "2")
    text = generate(store, paper, target="adl").text
    assert "object electrons" in text
    assert "select pT(Muon) > 5" in text


def test_the_head_says_what_the_text_leaves_open(benchmark):
    head = benchmark.text.split('"""')[1]
    assert "What the text leaves open" in head


@pytest.mark.parametrize("edition", ["tex", "pdf"])
@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.name)
def test_our_own_papers_from_text_to_events(paper, edition, read, samples, tmp_path):
    library = ("--library", str(paper.library), "--depth", "2") if paper.library else ()
    store, name = read(str(paper.tex.with_suffix(f".{edition}")), *library)
    wanted = expected(paper.reference, samples[paper.sample])
    assert selected(generate(store, name), samples[paper.sample], tmp_path) == wanted
