"""The tables of measures and links: every row is readable, and says itself which branches it needs."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kg.measures import (
    InvalidExpression,
    NoMeasure,
    branches_of,
    containers,
    link_of,
    links,
    measure_of,
    measures,
    names_of,
    parse,
    references,
    unavailable,
    why_unavailable,
)
from kg.vocabulary import objects

RELEASE = "open-data-2024"
PHYSLITE = Path(os.environ.get("KG_SHARED", Path(__file__).parents[3] / "shared")) / "physlite"
FILES = {"open-data-2024": "zee_700322", "release-21": "ttbar_410470_rel21"}


@pytest.mark.parametrize("row", measures(), ids=lambda m: f"{m.object}-{m.variable}-{m.value}-{m.releases[0]}")
def test_row_names_exactly_the_branches_that_its_expression_reads(row):
    for release in row.releases:
        assert set(row.branches) == set(branches_of(row.object, row.expression, release))


@pytest.mark.parametrize(("release", "name"), FILES.items())
def test_every_branch_of_the_tables_is_in_a_real_file_of_that_release(release, name):
    if not PHYSLITE.is_dir():
        pytest.skip(f"no folder {PHYSLITE}")
    lines = (PHYSLITE / f"{name}.branches.tsv").read_text().splitlines()
    there = {line.split("\t")[0].split("/")[-1] for line in lines}
    needed = {b for row in measures() if release in row.releases for b in row.branches}
    needed |= {b for link in links() if release in link.releases for b in link.branches}
    assert needed <= there


def test_rows_are_unique_for_object_variable_name_and_release():
    keys = [(m.object, m.variable, m.value.casefold(), r) for m in measures() for r in m.releases]
    assert len(keys) == len(set(keys))


def test_objects_are_those_of_the_vocabulary():
    known = set(objects())
    assert {m.object for m in measures()} <= known
    assert set(containers()) <= known
    assert {row.object for row in unavailable()} <= known


def test_working_points_are_found_whatever_their_case():
    assert measure_of("electron", "identification", RELEASE, "LOOSE").branches == (
        "AnalysisElectronsAuxDyn.DFCommonElectronsLHLoose",
    )
    assert measure_of("muon", "identification", RELEASE, "medium").expression == "(quality & 3) <= 1"
    assert measure_of("electron", "identification", RELEASE, "nonesuch") is None
    assert "Medium" in names_of("muon", "identification", RELEASE)


def test_b_jets_are_measured_as_jets():
    assert measure_of("bjet", "pt", RELEASE).branches == ("AnalysisJetsAuxDyn.pt",)


def test_releases_differ_where_the_files_do():
    assert "CovMatrixDiag[0]" in measure_of("muon", "d0_significance", "open-data-2024").expression
    assert "CovMatrix[0]" in measure_of("muon", "d0_significance", "release-21").expression
    assert link_of("jet", "btag", "release-21").target == "BTagging_AntiKt4EMPFlow_201903AuxDyn"


def test_links_of_the_event_serve_every_object():
    assert link_of("electron", "vertex", RELEASE).where == "vertexType == 1"
    with pytest.raises(NoMeasure, match="nearest: track, vertex, vertices"):
        link_of("electron", "trak", RELEASE)


def test_missing_momentum_stops_and_the_trigger_does_not():
    assert why_unavailable("event", "met").stops
    assert not why_unavailable("event", "trigger").stops
    assert why_unavailable("electron", "pt") is None


@pytest.mark.parametrize(
    "text",
    [
        "__import__('os').system('true')",
        "open",
        "pt if eta else phi",
        "[pt]",
        "lambda: pt",
        "a.b.c",
        "pt[eta]",
        "pt[-1]",
        "pt['a']",
        "abs(pt, eta)",
        "abs(x=pt)",
        "f(pt)",
        "'pt'",
        "True",
        "pt @ eta",
        "abs",
        "pt +",
        "",
        "(" * 500 + "pt" + ")" * 500,
    ],
)
def test_what_the_language_does_not_have_is_refused(text):
    if text == "open":
        assert references(text) == (("", "open"),)  # a name is an attribute of the container, whatever it is
        return
    with pytest.raises(InvalidExpression):
        parse(text)


def test_references_of_a_linked_expression():
    assert references("(track.z0 + track.vz - vertex.z) * sin(track.theta)") == (
        ("track", "z0"),
        ("track", "vz"),
        ("vertex", "z"),
        ("track", "theta"),
    )
