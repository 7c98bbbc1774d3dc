"""The references against results that are known without them, and against the events that are to decide each cut."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("uproot")

from tests.codegen.selections import sensitivity
from tests.codegen.selections.papers import HERE, PAPERS

REFERENCES = sorted({(paper.reference, paper.sample) for paper in PAPERS})
IMPLIED = {"h4l": {"3.1"}}  # the three ranges by muon type imply |η| < 2.7


def run(name: str, path: Path) -> dict[str, Any]:
    loops = sensitivity.loops
    return loops.run(sensitivity.reference(name), path)


def test_the_four_lepton_reference_reproduces_the_benchmark(shared: Path) -> None:
    expected = json.loads((shared / "benchmark" / "h4l_expected.json").read_text())
    result = run("h4l", shared / "benchmark" / "h4l_events.root")
    assert [e["index"] for e in result["selected"]] == [e["index"] for e in expected["events"]]
    assert [e["event_number"] for e in result["selected"]] == [e["eventNumber"] for e in expected["events"]]
    assert [e["m4l_GeV"] for e in result["selected"]] == pytest.approx(
        [e["m4l_GeV"] for e in expected["events"]], abs=1e-6
    )
    assert {row["cut"]: row["cumulative"] for row in result["cutflow"]} == expected["cutflow"]


@pytest.mark.parametrize("name", ["z_to_ee", "same_sign_dilepton"])
@pytest.mark.parametrize("file", ["selections/simulated", "selections/simulated_rntuple", "physlite/zee_700322"])
def test_shared_selections_are_reproduced_on_trees_and_ntuples(shared: Path, name: str, file: str) -> None:
    expected = json.loads((shared / "selections" / f"{name}.{Path(file).name}.expected.json").read_text())
    result = run(name, shared / f"{file}.root")
    assert [e["index"] for e in result["selected"]] == expected["selected"]
    assert [e["event_number"] for e in result["selected"]] == expected["event_numbers"]
    assert [r["cumulative"] for r in result["cutflow"]] == [r["cumulative"] for r in expected["cutflow"]]


def test_a_missing_branch_is_named(shared: Path) -> None:
    with pytest.raises(
        sensitivity.loops.MissingBranches, match=r"GSFTrackParticlesAuxDyn\.definingParametersCovMatrixDiag"
    ):
        run("h4l", shared / "physlite" / "ttbar_410470_rel21.root")


@pytest.mark.parametrize(("name", "sample"), REFERENCES)
def test_every_requirement_decides_several_events(samples: dict[str, Path], name: str, sample: str) -> None:
    selected, left_out, misread = sensitivity.changes(name, samples[sample])
    assert selected >= 50
    implied = IMPLIED.get(name, set())
    assert {requirement for requirement, events in left_out.items() if events < 3} == implied
    without_effect = {"any vertex"}  # without a primary vertex no track passes the requirement on z0 either
    assert {reading for reading, events in misread.items() if not events} <= without_effect


def test_a_reference_runs_as_a_program(samples: dict[str, Path], tmp_path: Path) -> None:
    out = tmp_path / "result.json"
    script = HERE / "diphoton_jet.reference.py"
    subprocess.run([sys.executable, str(script), str(samples["general"]), str(out)], check=True)
    result = json.loads(out.read_text())
    assert result["cutflow"][-1]["cumulative"] == len(result["selected"]) > 50
    assert set(result["selected"][0]) == {"file", "index", "event_number"}


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.name)
def test_each_paper_has_a_reading_and_a_key(paper: Any) -> None:
    key = json.loads(paper.tex.with_suffix(".key.json").read_text())
    assert key["paper"] == paper.name
    assert all({"object", "variable", "op", "value", "unit", "quote"} <= set(cut) for cut in key["cuts"])
    assert (HERE / f"{paper.reference}.spec.md").read_text().startswith(f"# {paper.reference}")
    assert (HERE / f"{paper.reference}.reference.py").is_file()
