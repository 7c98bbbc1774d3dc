"""The generator of simulated events: the same events each time, with the names and types of real files."""

from __future__ import annotations

from pathlib import Path

import pytest

uproot = pytest.importorskip("uproot")
ak = pytest.importorskip("awkward")

from tests.codegen.events.samples import SAMPLES, make  # noqa: E402
from tests.codegen.events.schema import BRANCHES, KEYS  # noqa: E402

TYPES = {"f4": "float", "i1": "int8_t", "u1": "uint8_t", "i2": "int16_t", "u2": "uint16_t", "i4": "int32_t",
         "u4": "uint32_t", "u8": "uint64_t", "str": "std::string"}  # fmt: skip


@pytest.fixture(scope="module", params=sorted(SAMPLES))
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    path = tmp_path_factory.mktemp("made") / f"{request.param}.root"
    return path, make(request.param, path, 400)


def real_types(shared: Path) -> dict[str, str]:
    lines = (shared / "physlite" / "zee_700322.branches.tsv").read_text().splitlines()
    return dict(line.split("\t") for line in lines[1:])


def typename(kind: str) -> str:
    """The C++ type of a kind of the schema, as uproot reports it for a TTree."""
    inner, depth = TYPES[kind.rstrip("*")], kind.count("*")
    return "std::vector<" * depth + inner + ">" * depth


def test_every_branch_stands_in_a_real_file_with_its_type(shared: Path) -> None:
    real = real_types(shared)
    for name, kind in BRANCHES.items():
        if kind.startswith("link"):
            wanted = "std::vector<std::vector<ElementLink<" if kind == "link**" else "vector<ElementLink<"
            assert real[name].startswith(wanted), name
        else:
            assert real[name] == typename(kind), name


def test_fields_of_the_ntuple_have_the_types_of_the_schema(made: tuple[Path, list[str]]) -> None:
    ntuple = uproot.open(made[0])["EventData"]
    for name, kind in BRANCHES.items():
        field = ntuple[name.replace(".", ":", 1)]
        if kind.startswith("link"):
            inner = " * ".join(["var"] * kind.count("*"))
            assert str(field.array().type) == f"400 * {inner} * {{m_persKey: uint32, m_persIndex: uint32}}"
        else:
            # an RNTuple spells fixed-width integers std::int32_t, and holds flags as char
            assert field.typename.replace("std::", "").replace("char", "int8_t") == typename(kind).replace(
                "std::", ""
            ), name


def test_the_same_seed_gives_the_same_events(made: tuple[Path, list[str]], tmp_path: Path) -> None:
    path, special = made
    again = tmp_path / "again.root"
    assert make(path.stem, again, 400) == special
    first, second = uproot.open(path)["EventData"].arrays(), uproot.open(again)["EventData"].arrays()
    assert all(ak.array_equal(first[field], second[field], equal_nan=True) for field in first.fields)
    make(path.stem, again, 400, seed=8)
    other = uproot.open(again)["EventData"]["AnalysisMuonsAuxDyn:pt"].array()
    assert ak.to_list(other) != ak.to_list(first["AnalysisMuonsAuxDyn:pt"])


def test_traps_of_real_files_are_set(made: tuple[Path, list[str]]) -> None:
    ntuple = uproot.open(made[0])["EventData"]
    types = ntuple["PrimaryVerticesAuxDyn:vertexType"].array()
    assert ak.all(types[:, -1] == 0)
    assert ak.any(types[:, 0] != 1)
    assert ak.all(ak.num(ntuple["EventInfoAuxDyn:mcEventWeights"].array()) == 3)
    pt = ntuple["AnalysisMuonsAuxDyn:pt"].array()
    assert ak.any(pt[:, 1:] > pt[:, :-1])
    assert ak.any(ntuple["AnalysisElectronsAuxDyn:topoetcone20"].array() < 0)
    assert ak.any(ntuple["GSFTrackParticlesAuxDyn:vz"].array() != 0)
    keys = set(ak.flatten(ntuple["AnalysisMuonsAuxDyn:inDetTrackParticleLink"].array()["m_persKey"]).to_list())
    assert {KEYS["InDetTrackParticles"], KEYS["InDetForwardTrackParticles"]} <= keys
    links = ntuple["AnalysisJetsAuxDyn:btaggingLink"].array()
    assert ak.any(links["m_persIndex"] != ak.local_index(links["m_persIndex"]))
    numbers = ntuple["EventInfoAuxDyn:eventNumber"].array().to_list()
    assert len(set(numbers)) == len(numbers)
    assert max(numbers) > 2**32
