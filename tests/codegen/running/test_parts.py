"""The parts of a run that are functions from values to values."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import codegen.running
from codegen.running import InvalidGoodRunList, read_good_run_lists
from codegen.running.batches import dealt
from codegen.running.histograms import of_selected
from codegen.running.inspection import File
from codegen.running.source import read_program
from codegen.running.tables import in_latex, in_markdown

MODULES = sorted(m.name for m in pkgutil.walk_packages(codegen.running.__path__, "codegen.running."))


@pytest.mark.parametrize("name", MODULES)
def test_examples(name):
    assert doctest.testmod(importlib.import_module(name)).failed == 0


@given(st.lists(st.integers(1, 1000), min_size=1, max_size=130), st.integers(1, 8), st.none() | st.integers(1, 5000))
def test_files_are_dealt_out_in_order_and_completely(sizes, jobs, events):
    files = [File(f"{n}.root", Path(f"/{n}.root"), 1000, size, True, None) for n, size in enumerate(sizes)]
    batches = dealt(files, events, jobs)
    given_out = [file for batch in batches for file in batch.files]
    assert given_out == files[: len(given_out)]
    assert sum(batch.events for batch in batches) == min(sum(sizes), events or sum(sizes))
    assert not any(batch.cut_short for batch in batches[:-1])
    assert all(len(batch.files) <= 50 for batch in batches)


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=200))
def test_a_histogram_holds_every_selected_event_once(values):
    rows = [{"file": "a", "index": 0, "event_number": 0, "m_GeV": value} for value in values]
    for histogram in of_selected(rows):
        assert sum(histogram["counts"]) == len(values)
        for low, high, count in zip(histogram["edges"], histogram["edges"][1:], histogram["counts"], strict=False):
            assert count == sum(low <= value < high for value in values)


def test_branches_and_other_names_are_read_from_the_text(tmp_path):
    path = tmp_path / "p.py"
    path.write_text('A = "x.y"\nBRANCHES = [A, "z.w"]\nOTHER_NAMES = {A: "old.y"}\nraise SystemExit("imported")\n')
    source = read_program(path)
    assert source.branches == ("x.y", "z.w")
    assert source.other_names == {"x.y": "old.y"}


def test_real_good_run_lists(shared):
    found = read_good_run_lists(sorted((shared / "grl").glob("*.xml")))
    assert found.ranges[276262] == ((72, 84), (86, 110), (118, 288), (292, 379))
    assert {min(found.ranges) // 1000, max(found.ranges) // 1000} == {276, 311}
    assert len(found.sources) == 2


@pytest.mark.parametrize(
    "text",
    [
        "",
        "prose",
        "<LumiRangeCollection/>",
        "<html><body/></html>",
        "<LumiRangeCollection><LumiBlockCollection><Run>x</Run></LumiBlockCollection></LumiRangeCollection>",
        '<LumiRangeCollection><LumiBlockCollection><Run>1</Run><LBRange Start="5" End="2"/></LumiBlockCollection>'
        "</LumiRangeCollection>",
    ],
)
def test_what_is_no_good_run_list(text, tmp_path):
    path = tmp_path / "grl.xml"
    path.write_text(text)
    with pytest.raises(InvalidGoodRunList, match=r"grl\.xml"):
        read_good_run_lists([path])


def test_entities_of_a_good_run_list_are_not_followed(tmp_path):
    secret, path = tmp_path / "secret", tmp_path / "grl.xml"
    secret.write_text("7")
    path.write_text(
        f'<!DOCTYPE L [<!ENTITY x SYSTEM "{secret.as_uri()}">]><LumiRangeCollection><LumiBlockCollection>'
        '<Run>&x;</Run><LBRange Start="1" End="2"/></LumiBlockCollection></LumiRangeCollection>'
    )
    with pytest.raises(InvalidGoodRunList):
        read_good_run_lists([path])


def test_tables_keep_their_columns_whatever_a_label_holds():
    rows = [["cut", "left"], ["a | b & c \\ \n d $x$ 50%", "7"]]
    assert in_markdown(rows).splitlines()[2] == "| a \\| b & c \\\\ d $x$ 50% | 7 |"
    assert in_latex(rows).splitlines()[4] == r"a $|$ b \& c \textbackslash{} d \$x\$ 50\% & 7 \\"
