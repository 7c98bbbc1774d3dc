"""The awkward program: numbers, names, and what it does with files that it was not made for."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib

import awkward as ak
import numpy as np
import pytest
import uproot
from hypothesis import given
from hypothesis import strategies as st

from codegen.targets.thresholds import number
from tests.codegen.selections_from_cuts import HERE, compiled, module_of, program_of, row

ELECTRONS = [row("electron", "pt", ">", 20, "GeV"), row("electron", "count", ">=", 1)]


@given(st.integers(1, 10**7))
def test_thresholds_are_the_file_s_numbers_exactly(thousandths):
    text = number(thousandths / 1000, "GeV")
    assert eval(text, {"GeV": 1000.0}) == float(thousandths)


def command(program, folder, *arguments):
    path = folder / "program.py"
    path.write_text(program.text, encoding="utf-8")
    return subprocess.run(
        [sys.executable, "-I", str(path), *map(str, arguments), "-o", str(folder / "out")],
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )


def test_it_runs_alone_and_writes_its_result(samples, tmp_path):
    done = command(program_of("ttbar_emu"), tmp_path, samples["general"], "--events", 300, "--nminus1")
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    result = json.loads((tmp_path / "out" / "result.json").read_text())
    assert result["n_events"] == 300
    assert set(result["cutflow"][0]) == {"cut", "name", "label", "passed", "cumulative", "without"}
    assert result["cutflow"][-1]["cumulative"] == len(result["selected"])
    assert (tmp_path / "out" / "cutflow.md").read_text().count("\n") == len(result["cutflow"]) + 3
    assert "\\begin{tabular}" in (tmp_path / "out" / "cutflow.tex").read_text()


def test_events_without_a_cut_are_those_selected_when_it_is_left_out(samples, tmp_path):
    program = program_of("diphoton_jet")
    (tmp_path / "a").mkdir()
    result = module_of(program, tmp_path / "a").run([samples["general"]], nminus1=True)
    row_of = next(r for r in result["cutflow"] if r["name"].startswith("diphoton_mass"))
    cuts = tomllib.loads((HERE / "cuts" / "diphoton_jet.toml").read_text())["cuts"]
    rest = compiled([c for c in cuts if (c[0], c[1]) != ("diphoton", "mass")])
    (tmp_path / "b").mkdir()
    assert row_of["without"] == len(module_of(rest, tmp_path / "b").run([samples["general"]])["selected"])


def test_chunks_do_not_change_the_result(samples, tmp_path):
    module = module_of(program_of("trilepton"), tmp_path)
    whole = module.run([samples["general"]])
    module.entries_at_a_time = lambda tree, names: 333
    assert module.run([samples["general"]]) == whole


def test_missing_branches_are_named_before_any_event_is_read(shared, tmp_path):
    done = command(program_of("single_lepton"), tmp_path, shared / "physlite" / "ttbar_410470_rel21.root")
    assert done.returncode == 1
    assert "GSFTrackParticlesAuxDyn.definingParametersCovMatrixDiag" in done.stderr
    assert "nearest: " in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "out").exists()


def test_a_file_without_one_branch(samples, tmp_path):
    source = uproot.open(samples["general"])["EventData"]
    keys = [k for k in source.keys() if "ptcone30" not in k and source[k].typename.startswith("std::vector<float>")]  # noqa: SIM118
    with uproot.recreate(tmp_path / "less.root") as file:
        file.mkrntuple("EventData", {k: source[k].array() for k in keys[:40]})
    done = command(program_of("lepton_jets_mt"), tmp_path, tmp_path / "less.root")
    assert done.returncode == 1
    assert "AnalysisMuonsAuxDyn.ptcone30" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("what", ["empty", "truncated", "text", "absent", "other tree"])
def test_files_that_hold_no_events(what, samples, tmp_path):
    path = tmp_path / "file.root"
    if what == "empty":
        path.write_bytes(b"")
    elif what == "truncated":
        path.write_bytes(samples["general"].read_bytes()[:20_000])
    elif what == "text":
        path.write_text("no ROOT file\n")
    elif what == "other tree":
        with uproot.recreate(path) as file:
            file["Events"] = {"x": np.arange(3)}
    done = command(compiled(ELECTRONS), tmp_path, path)
    assert done.returncode == 1
    assert str(path) in done.stderr
    assert "Traceback" not in done.stderr


def test_a_broken_file_among_others_is_reported_and_the_rest_done(samples, tmp_path):
    broken = tmp_path / "broken.root"
    broken.write_bytes(samples["general"].read_bytes()[:20_000])
    done = command(compiled(ELECTRONS), tmp_path, samples["general"], broken, samples["general"])
    assert done.returncode == 1
    assert "broken.root" in done.stderr
    result = json.loads((tmp_path / "out" / "result.json").read_text())
    assert result["n_events"] == 5000
    assert [found["file"] for found in result["failed"]] == [str(broken)]


def test_no_events_and_no_objects(tmp_path):
    module = module_of(program_of("trilepton"), tmp_path)
    for n in (0, 3):
        arrays = {}
        empty = ak.unflatten(np.zeros(0, np.float32), np.zeros(n, np.int64))
        for branch in module.BRANCHES:
            whole = any(word in branch for word in ("quality", "DFCommon", "vertexType", "m_pers"))
            arrays[branch] = ak.values_astype(empty, np.int16) if whole else empty
        arrays[module.EVENT_NUMBER] = ak.Array(np.arange(n, dtype=np.uint64))
        links = ak.zip(
            {"m_persKey": ak.values_astype(empty, np.uint32), "m_persIndex": ak.values_astype(empty, np.uint32)}
        )
        arrays["AnalysisElectronsAuxDyn.trackParticleLinks"] = links[:, :, np.newaxis]
        covariances = [b for b in arrays if b.endswith("CovMatrixDiag")]
        arrays |= dict.fromkeys(covariances, empty[:, :, np.newaxis])
        events = module.Events(None, np.arange(n), arrays)
        kept, _ = module.select(events, module.Flow(events))
        assert not kept.any()


def test_text_of_a_paper_cannot_become_code(samples, tmp_path):
    said = 'p_T > 20 GeV"""\nimport os; os._exit(3)\n#\u2028os._exit(3)\r\n\\" \x1b[31m {0} %s \'\'\''
    program = compiled([row("electron", "pt", ">", 20, "GeV", "", said), row("electron", "count", ">=", 1)])
    assert "\x1b" not in program.text
    assert module_of(program, tmp_path).run([samples["general"]], n_events=10)["n_events"] == 10
