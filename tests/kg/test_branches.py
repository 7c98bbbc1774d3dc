"""The documented branches of DAOD_PHYSLITE, and the variables that they measure."""

from __future__ import annotations

import re

import pytest

from kg.branches import NoSuchBranch, branch, branch_nodes, branches, measured_by, measuring, releases, split_name
from kg.measures import measures
from kg.vocabulary import variables


def test_there_is_a_record_for_what_an_analysis_needs() -> None:
    assert len(branches()) >= 250
    for name in (
        "AnalysisMuonsAuxDyn.pt",
        "AnalysisMuonsAuxDyn.ptcone30",
        "AnalysisElectronsAuxDyn.eta",
        "AnalysisPhotonsAuxDyn.pt",
        "AnalysisJetsAuxDyn.pt",
        "MET_Core_AnalysisMETAuxDyn.mpx",
        "InDetTrackParticlesAuxDyn.d0",
        "PrimaryVerticesAuxDyn.z",
    ):
        assert branch(name).name == name


def test_every_record_says_what_it_is_and_in_which_releases_of_which_type() -> None:
    for record in branches().values():
        assert record.meaning.endswith("."), record.name
        assert record.types, record.name
        assert {release for release, _ in record.types} <= set(releases()), record.name
        assert all(kind for _, kind in record.types), record.name


def test_energies_are_in_mev_and_lengths_in_mm() -> None:
    """PHYSLITE keeps ATLAS's internal units."""
    assert branch("AnalysisMuonsAuxDyn.pt").unit == "MeV"
    assert branch("AnalysisJetsAuxDyn.m").unit == "MeV"
    assert branch("InDetTrackParticlesAuxDyn.d0").unit == "mm"
    assert branch("AnalysisMuonsAuxDyn.eta").unit == ""


def test_related_branches_are_documented_too() -> None:
    for record in branches().values():
        assert set(record.see) <= set(branches()), record.name
        assert record.name not in record.see


@pytest.mark.parametrize(
    ("name", "container", "attribute"),
    [
        ("AnalysisMuonsAuxDyn.pt", "AnalysisMuonsAuxDyn", "pt"),
        ("AnalysisMuonsAuxDyn.trackLink.m_persIndex", "AnalysisMuonsAuxDyn", "trackLink.m_persIndex"),
        ("index_ref", "index_ref", ""),
    ],
)  # fmt: skip
def test_container_and_attribute(name: str, container: str, attribute: str) -> None:
    assert split_name(name) == (container, attribute)


@pytest.mark.parametrize("name", ["AnalysisMuonsAuxDyn.ptcone33", "AnalysisMuons.ptcone30", "muons.pt", "", "\ud800"])
def test_a_branch_that_is_not_documented_is_told_with_the_nearest(name: str) -> None:
    with pytest.raises(NoSuchBranch) as refused:
        branch(name)
    if "ptcone" in name:
        assert "AnalysisMuonsAuxDyn.ptcone30" in refused.value.nearest


def test_records_as_nodes_have_the_fields_of_the_contract() -> None:
    node = branch("AnalysisMuonsAuxDyn.ptcone30").to_json()
    assert node["kind"] == "Branch"
    assert node["id"] == "branch:AnalysisMuonsAuxDyn.ptcone30"
    assert (node["container"], node["attribute"]) == ("AnalysisMuonsAuxDyn", "ptcone30")
    assert {"types", "unit", "meaning", "use"} <= set(node)


def test_every_branch_that_a_measure_reads_is_documented() -> None:
    missing = {name for row in measures() for name in row.branches} - set(branches())
    assert missing == set()


def test_isolation_of_muons_is_measured_by_the_cone_and_the_momentum() -> None:
    edges = [e for e in measured_by({"ptcone30_over_pt"}) if dict(e.properties)["object"] == "muon"]
    assert {e.target for e in edges} == {"branch:AnalysisMuonsAuxDyn.ptcone30", "branch:AnalysisMuonsAuxDyn.pt"}
    assert {e.source for e in edges} == {"variable:ptcone30_over_pt"}


def test_edges_run_from_known_variables_to_documented_branches_each_once() -> None:
    edges = measured_by()
    assert len(set(edges)) == len(edges)
    assert edges == sorted(edges, key=lambda e: (e.source, e.target, str(e.properties)))
    for made in edges:
        assert made.relation == "MEASURED_BY"
        assert made.target.removeprefix("branch:") in branches()
    assert {node.id for node in branch_nodes(edges)} == {made.target for made in edges}


def test_what_branches_measure_are_variables_of_the_vocabulary() -> None:
    assert {e.source.removeprefix("variable:") for e in measured_by()} - set(variables()) == set()


def test_the_measures_of_a_branch_read_it() -> None:
    for name, rows in measuring().items():
        for row in rows:
            assert name in row.branches
    assert any(row.variable == "pt" for row in measuring()["AnalysisMuonsAuxDyn.pt"])


def test_no_two_records_say_the_same_of_different_quantities() -> None:
    """Cones of another size are other variables: their meanings name their size."""
    for name, record in branches().items():
        found = re.search(r"cone(\d\d)", name)
        if found and name.startswith("AnalysisMuonsAuxDyn"):
            assert f"0.{int(found[1]) // 10}" in record.meaning or found[1] in record.meaning, name
