"""Selections of six kinds, compiled from their typed cuts, against independent programs in plain loops."""

from __future__ import annotations

import pytest

from tests.codegen.selections_from_cuts import NAMES, expected, program_of, selected


@pytest.mark.parametrize("name", NAMES)
def test_on_the_sample_that_every_cut_decides(name, samples, tmp_path):
    wanted = expected(name, samples["general"])
    assert len(wanted) > 50
    assert selected(program_of(name), samples["general"], tmp_path) == wanted


@pytest.mark.parametrize("name", NAMES)
def test_on_four_lepton_events(name, samples, tmp_path):
    assert selected(program_of(name), samples["four_lepton"], tmp_path) == expected(name, samples["four_lepton"])


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("file", ["physlite/zee_700322.root", "selections/simulated.root"])
def test_on_trees(name, file, shared, tmp_path):
    try:
        wanted = expected(name, shared / file)
    except Exception as missing:
        if type(missing).__name__ != "MissingBranches":
            raise
        pytest.skip(f"{file} has not all that {name} needs")
    assert selected(program_of(name), shared / file, tmp_path) == wanted


@pytest.mark.parametrize("name", NAMES)
def test_every_cut_is_compiled_or_of_another_region(name):
    for report in program_of(name).report:
        if "control region" in report.stated.names:
            assert report.kind == "left out"
        else:
            assert report.kind in ("compiled", "proxy"), report
            assert report.functions


@pytest.mark.parametrize("name", NAMES)
def test_the_same_bytes_each_time(name):
    assert program_of(name).text == program_of(name).text
