"""A coffea program on a Dask cluster of two workers."""

from __future__ import annotations

import contextlib
import warnings

import pytest

from codegen.generate import generate
from codegen.running import OptionNotTaken, Settings, run_program
from codegen.sandbox import Level
from tests.codegen.selections_from_cuts import expected


@pytest.fixture(scope="module")
def program(read, tmp_path_factory):
    store, paper = read("1806.00242", "--depth", "2")
    path = tmp_path_factory.mktemp("program") / "h4l_coffea.py"
    path.write_text(generate(store, paper, target="coffea").text, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def cluster():
    pytest.importorskip("coffea", reason="needs the extra `coffea`")
    distributed = pytest.importorskip("distributed", reason="needs the extra `coffea`")
    with contextlib.ExitStack() as stack:
        stack.enter_context(warnings.catch_warnings())
        warnings.simplefilter("ignore")
        yield stack.enter_context(
            distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, processes=True)
        )


def test_the_same_events_as_the_loops(program, made, cluster, tmp_path):
    settings = Settings(scheduler=cluster.scheduler_address, minimum_level=Level.LIMITS, weights=True)
    done = run_program(program, [*map(str, made)], tmp_path / "out", settings)
    assert [(row["file"], row["index"]) for row in done.result["selected"]] == [
        (str(path), index) for path in made for index in expected("h4l", path)
    ]
    assert done.failures == ()
    confinement = done.result["provenance"]["confinement"]
    assert (confinement["level"], confinement["attempts"]) == ("limits", [])
    assert "confined by nothing" in confinement["cluster"]


def test_a_cluster_cannot_be_confined(program, made, tmp_path):
    with pytest.raises(OptionNotTaken, match="confined by nothing"):
        run_program(program, [str(made[0])], tmp_path / "out", Settings(scheduler="tcp://127.0.0.1:1"))


def test_events_cannot_be_counted_out_on_a_cluster(program, made, tmp_path):
    settings = Settings(scheduler="tcp://127.0.0.1:1", minimum_level=Level.LIMITS, events=5)
    with pytest.raises(OptionNotTaken, match="--events"):
        run_program(program, [str(made[0])], tmp_path / "out", settings)
