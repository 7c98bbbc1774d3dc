"""Runs of the generated benchmark program: what is selected, how results are joined, what the folder holds."""

from __future__ import annotations

import json
import shutil
from collections import Counter

import pytest

from codegen.running import NothingToRun, ProgramFailed, ResultFolderTaken, Settings, run_program
from tests.codegen.running.conftest import EVENTS
from tests.codegen.selections_from_cuts import expected


def listed(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_events_are_those_of_the_loops_file_by_file_in_the_order_given(h4l, made, tmp_path):
    names = [str(made[2]), str(made[0])]
    found = run_program(h4l, names, tmp_path / "out", Settings(jobs=2)).result
    wanted = [
        (name, index) for name, path in zip(names, (made[2], made[0]), strict=True) for index in expected("h4l", path)
    ]
    assert wanted
    assert [(row["file"], row["index"]) for row in found["selected"]] == wanted
    assert found["cutflow"][-1]["cumulative"] == len(wanted)
    assert found["n_events"] == 2 * EVENTS
    assert json.loads((tmp_path / "out" / "result.json").read_text()) == found


def test_the_same_bytes_for_one_job_and_three(h4l, made, tmp_path):
    for jobs in (1, 3):
        run_program(h4l, [*map(str, made)], tmp_path / str(jobs), Settings(jobs=jobs, nminus1=True))
    assert listed(tmp_path / "1") == listed(tmp_path / "3")
    assert {"result.json", "cutflow.md", "cutflow.tex", "inputs.json", "h4l.py"} < set(listed(tmp_path / "1"))


def test_first_events_of_the_whole_input(h4l, made, tmp_path):
    found = run_program(h4l, [*map(str, made)], tmp_path / "out", Settings(events=EVENTS + 20, jobs=2)).result
    wanted = [(str(made[0]), i) for i in expected("h4l", made[0])]
    wanted += [(str(made[1]), i) for i in expected("h4l", made[1]) if i < 20]
    assert [(row["file"], row["index"]) for row in found["selected"]] == wanted
    assert found["n_events"] == EVENTS + 20
    assert [one["events_read"] for one in found["provenance"]["inputs"]] == [EVENTS, 20]


def test_provenance_names_program_inputs_versions_and_confinement(h4l, made, tmp_path):
    provenance = run_program(h4l, [str(made[0])], tmp_path / "out").result["provenance"]
    assert provenance["papers"][0]["id"] == "1806.00242"
    assert provenance["inputs"] == [
        {
            "file": str(made[0]),
            "bytes": made[0].stat().st_size,
            "events": EVENTS,
            "events_read": EVENTS,
            "kind": "simulation",
        }
    ]
    assert set(provenance["versions"]) == {"python", "uproot", "awkward", "numpy"}
    assert provenance["confinement"]["level"] == "confined"
    assert provenance["confinement"]["mechanisms"]


@pytest.fixture
def broken(tmp_path, made):
    """Files that each have something wrong, by what the report must say of them."""
    whole = made[1].read_bytes()
    (tmp_path / "empty.root").write_bytes(b"")
    (tmp_path / "prose.root").write_text("This is not a file of events.\n")
    (tmp_path / "cut.root").write_bytes(whole[: len(whole) // 2])
    return {
        "empty.root": "empty file",
        "prose.root": "not a ROOT file",
        "cut.root": "truncated",
        "none.root": "no such file",
    }


def test_broken_files_are_named_and_the_rest_is_done(h4l, made, broken, tmp_path):
    names = [str(made[0]), *(str(tmp_path / name) for name in broken), str(made[1])]
    done = run_program(h4l, names, tmp_path / "out", Settings(jobs=2))
    assert [failure.file for failure in done.failures] == names[1:-1]
    for failure, reason in zip(done.failures, broken.values(), strict=True):
        assert reason in failure.why
    assert [one["file"] for one in done.result["provenance"]["inputs"]] == [names[0], names[-1]]
    assert len(done.result["selected"]) == len(expected("h4l", made[0])) + len(expected("h4l", made[1]))
    assert [one["file"] for one in json.loads((tmp_path / "out" / "inputs.json").read_text())["failed"]] == names[1:-1]


def test_nothing_to_run_leaves_nothing(h4l, broken, tmp_path):
    before = sorted(tmp_path.iterdir())
    with pytest.raises(NothingToRun, match="empty file"):
        run_program(h4l, [str(tmp_path / name) for name in broken], tmp_path / "out")
    assert sorted(tmp_path.iterdir()) == before


def test_files_are_called_what_the_user_calls_them(h4l, made, broken, tmp_path):
    bad = next(str(tmp_path / name) for name in broken)
    called = {str(made[0]): "my [upload].root", bad: "yours.root"}
    done = run_program(h4l, [str(made[0]), bad], tmp_path / "out", called=called)
    assert {row["file"] for row in done.result["selected"]} == {"my [upload].root"}
    assert [failure.file for failure in done.failures] == ["yours.root"]
    said = "".join(path.read_text() for path in (tmp_path / "out").glob("*.json"))
    assert str(made[0]) not in said
    assert bad not in said


def test_missing_branches_are_named_with_the_nearest(h4l, shared, tmp_path):
    with pytest.raises(NothingToRun) as error:
        run_program(h4l, [str(shared / "physlite" / "ttbar_410470_rel21.root")], tmp_path / "out")
    assert "AnalysisElectronsAuxDyn.ptcone20_Nonprompt_All_MaxWeightTTVALooseCone_pt1000 (nearest: " in str(error.value)
    assert "AnalysisElectronsAuxDyn.ptcone20_TightTTVA_pt1000" in str(error.value)
    assert not (tmp_path / "out").exists()


def test_a_file_of_no_events(h4l, tmp_path):
    import awkward as ak
    import numpy as np

    from tests.codegen.events.fourlepton import four_lepton_events
    from tests.codegen.events.write import arrays, write_rntuple

    events = arrays(event for _, event in four_lepton_events(np.random.default_rng(0), 2))
    write_rntuple({name: ak.Array(values)[:0] for name, values in events.items()}, tmp_path / "zero.root")
    with pytest.raises(NothingToRun, match="no events"):
        run_program(h4l, [str(tmp_path / "zero.root")], tmp_path / "out")


def test_each_file_once_patterns_sorted_and_folders_refused(h4l, made, tmp_path):
    pattern = str(made[0].parent / "[ab].root")
    done = run_program(h4l, [str(made[1]), pattern, str(made[0].parent)], tmp_path / "out")
    assert [one["file"] for one in done.result["provenance"]["inputs"]] == [str(made[1]), str(made[0])]
    assert "name its files" in done.failures[0].why


def test_files_from_the_web(h4l, made, server, tmp_path):
    done = run_program(h4l, [f"{server}/b.root", f"{server}/gone.root"], tmp_path / "out")
    assert {row["file"] for row in done.result["selected"]} == {f"{server}/b.root"}
    assert [row["index"] for row in done.result["selected"]] == expected("h4l", made[1])
    assert "404" in done.failures[0].why


def test_xrootd_says_what_it_needs(h4l, tmp_path, monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(NothingToRun, match="extra `xrootd`"):
        run_program(h4l, ["root://nowhere.example//file.root"], tmp_path / "out")


def test_an_earlier_result_is_replaced_and_nothing_else_is(h4l, made, tmp_path):
    out = tmp_path / "out"
    run_program(h4l, [str(made[0])], out)
    run_program(h4l, [str(made[1])], out)
    assert json.loads((out / "result.json").read_text())["provenance"]["inputs"][0]["file"] == str(made[1])
    (out / "notes.txt").write_text("mine")
    before = listed(out)
    with pytest.raises(ResultFolderTaken, match=r"notes\.txt"):
        run_program(h4l, [str(made[0])], out)
    assert listed(out) == before


def test_default_folders_are_numbered(h4l, made, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    names = [run_program(h4l, [str(made[0])], settings=Settings(events=5)).folder.name for _ in range(3)]
    assert names == ["h4l-run", "h4l-run-2", "h4l-run-3"]


def test_plots_are_the_same_bytes_each_time(h4l, made, tmp_path):
    pytest.importorskip("mplhep")
    for name in ("one", "two"):
        run_program(h4l, [str(made[0])], tmp_path / name)
    plots = listed(tmp_path / "one" / "plots")
    assert plots == listed(tmp_path / "two" / "plots")
    assert {"cutflow.png", "cutflow.svg"} < set(plots)
    assert any(name.startswith("histogram-") for name in plots)
    assert plots["cutflow.png"].startswith(b"\x89PNG")
    assert b"<dc:date>" not in plots["cutflow.svg"]


def test_without_matplotlib_the_rest_is_there(h4l, made, tmp_path, monkeypatch):
    monkeypatch.setattr("codegen.running.plots.can_plot", lambda: False)
    done = run_program(h4l, [str(made[0])], tmp_path / "out")
    assert any("extra `plots`" in note for note in done.notes)
    assert not (tmp_path / "out" / "plots").exists()
    assert (tmp_path / "out" / "result.json").exists()


GRL = """<?xml version="1.0"?>
<!DOCTYPE LumiRangeCollection SYSTEM "http://nowhere.example/LumiRangeCollection.dtd">
<LumiRangeCollection><NamedLumiRange><Name>made up</Name>
<LumiBlockCollection><Run>310000</Run><LBRange Start="2" End="3"/><LBRange Start="5" End="5"/></LumiBlockCollection>
</NamedLumiRange></LumiRangeCollection>
"""


def test_good_runs_are_required_of_data_and_not_of_simulation(h4l, made, data, tmp_path):
    (tmp_path / "grl.xml").write_text(GRL)
    settings = Settings(good_runs=(tmp_path / "grl.xml",))
    done = run_program(h4l, [str(data), str(made[1])], tmp_path / "out", settings)
    good = {*range(10, 30), *range(40, 50)}  # blocks 2, 3 and 5
    wanted = [i for i in expected("h4l", data) if i in good]
    assert 0 < len(wanted) < len(expected("h4l", data))
    by_file = Counter(row["file"] for row in done.result["selected"])
    assert [row["index"] for row in done.result["selected"] if row["file"] == str(data)] == wanted
    assert by_file[str(made[1])] == len(expected("h4l", made[1]))
    row = done.result["cutflow"][-1]
    assert (row["cut"], row["passed"], row["cumulative"]) == ("good_run_list", 30 + EVENTS, sum(by_file.values()))
    told = done.result["provenance"]["good_run_list"]
    assert told["applied_to"] == [str(data)]
    assert told["not_applied_to_simulation"] == [str(made[1])]


def test_good_runs_on_simulation_alone_say_that_they_were_not_applied(h4l, made, tmp_path):
    (tmp_path / "grl.xml").write_text(GRL)
    done = run_program(h4l, [str(made[0])], tmp_path / "out", Settings(good_runs=(tmp_path / "grl.xml",)))
    assert len(done.result["selected"]) == len(expected("h4l", made[0]))
    assert all(row["cut"] != "good_run_list" for row in done.result["cutflow"])
    assert any("not applied" in note for note in done.notes)


def test_bytes_that_are_wrong_inside_a_file_take_only_that_file_away(h4l, made, tmp_path):
    bad = tmp_path / "bad.root"
    shutil.copyfile(made[1], bad)
    size = bad.stat().st_size
    with bad.open("r+b") as file:  # the pages of an RNTuple; its header and footer stay
        file.seek(size // 4)
        file.write(b"\xff" * (size // 4))
    done = run_program(h4l, [str(made[0]), str(bad), str(made[2])], tmp_path / "out")
    assert [failure.file for failure in done.failures] == [str(bad)]
    assert {one["file"] for one in done.result["provenance"]["inputs"]} == {str(made[0]), str(made[2])}
    wanted = len(expected("h4l", made[0])) + len(expected("h4l", made[2]))
    assert len(done.result["selected"]) == wanted


def test_a_program_that_always_fails_is_given_up_early(made, written, tmp_path):
    for number in range(12):
        shutil.copyfile(made[0], tmp_path / f"{number:02}.root")
    with pytest.raises(ProgramFailed, match="failed alike"):
        run_program(written("raise RuntimeError('no')\n"), [str(tmp_path / "*.root")], tmp_path / "out")
    assert not (tmp_path / "out").exists()
