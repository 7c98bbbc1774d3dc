"""`kg branches`: what measures something on PHYSLITE, and what a real file has of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kg.branches import branches
from kg.store.sqlite import SqliteStore
from tests.retrieval import graphs as g
from tests.ui.conftest import Kg


@pytest.fixture(autouse=True)
def surroundings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_EMBEDDER", "none")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "users-cache"))


@pytest.fixture
def graph(kg: Kg, tmp_path: Path) -> Kg:
    with SqliteStore(tmp_path / "graph.sqlite") as store:
        g.fill(store)
    return kg


def found(kg: Kg, *arguments: str) -> Any:
    answer = kg("branches", *arguments, "--format", "json")
    assert answer.code == 0, answer.err
    return json.loads(answer.out)


# --- questions ---


def test_a_question_needs_no_store(kg: Kg) -> None:
    answer = kg("branches", "muon isolation in a cone of 0.3")
    assert answer.code == 0
    assert "AnalysisMuonsAuxDyn.ptcone30" in answer.out


@pytest.mark.parametrize(
    ("question", "right"),
    [
        ("muon pT", {"AnalysisMuonsAuxDyn.pt"}),
        ("electron pseudorapidity", {"AnalysisElectronsAuxDyn.eta"}),
        ("jet vertex tagger", {"AnalysisJetsAuxDyn.Jvt", "AnalysisJetsAuxDyn.NNJvtPass"}),
        ("tight photon identification", {"AnalysisPhotonsAuxDyn.DFCommonPhotonsIsEMTight"}),
        ("number of primary vertices", {"PrimaryVerticesAuxDyn.vertexType"}),
    ],
)
def test_the_first_branch_is_the_right_one(kg: Kg, question: str, right: set[str]) -> None:
    (first,) = found(kg, question, "-n", "1")["branches"]
    assert f"{first['container']}.{first['attribute']}" in right


def test_the_d0_significance_of_muons_is_measured_by_d0_and_its_covariance(kg: Kg) -> None:
    (first,) = found(kg, "muon d0 significance", "-n", "1")["branches"]
    assert first["attribute"] in ("d0", "definingParametersCovMatrixDiag", "definingParametersCovMatrix")


def test_the_event_number_is_that_of_the_event(kg: Kg) -> None:
    (first,) = found(kg, "event number", "-n", "1")["branches"]
    assert first["attribute"] == "eventNumber"


def test_a_hit_says_how_the_branch_is_used_and_what_it_measures(kg: Kg) -> None:
    (hit,) = found(kg, "muon ptcone30", "-n", "1")["branches"]
    assert hit["id"] == "branch:AnalysisMuonsAuxDyn.ptcone30"
    assert hit["unit"] == "MeV"
    assert hit["use"]
    assert 0 < hit["score"] <= 1
    assert [row["expression"] for row in hit["measures"]]


@pytest.mark.parametrize("text", ["", "?!", "\ud800"])
def test_questions_without_a_word(kg: Kg, text: str) -> None:
    answer = kg("branches", text)
    assert answer.code == 1
    assert "the question has no words" in answer.err


@pytest.mark.parametrize(
    "text", ["x" * 10_000, "'; DROP TABLE", "NEAR(", "ミューオン", "muon\x00", "muon \udfff", "🙂 muon"]
)
def test_absurd_questions_are_answered_all_the_same(kg: Kg, text: str) -> None:
    for form in ("table", "json"):
        assert kg("branches", "--format", form, "--", text).code == 0


@pytest.mark.parametrize("arguments", [(), ("muon", "--cut", "01234567"), ("muon", "-n", "0")])
def test_wrong_use(kg: Kg, arguments: tuple[str, ...]) -> None:
    assert kg("branches", *arguments).code == 2


def test_an_unknown_thing_is_told(kg: Kg) -> None:
    out = " ".join(kg("branches", "unicorn").out.split())
    assert "unicorn" in out
    assert "muon" in out


# --- cuts ---


def test_the_branches_of_a_cut_with_the_expression_that_computes_it(graph: Kg) -> None:
    made = found(graph, "--cut", g.MUON_ISOLATION.id)
    assert made["cut"]["id"] == g.MUON_ISOLATION.id
    names = {record["id"] for row in made["measures"] for record in row["records"]}
    assert "branch:AnalysisMuonsAuxDyn.ptcone30" in names
    assert all(row["expression"] for row in made["measures"])
    answer = graph("branches", "--cut", g.MUON_ISOLATION.id[4:12])
    assert "ptcone30 / pt" in answer.out


def test_a_cut_on_leptons_has_the_branches_of_electrons_and_muons(graph: Kg, tmp_path: Path) -> None:
    from tests.kg.readings import cut, reading

    lepton = cut("2002.00002", "lepton", "pt", ">", 25.0, "GeV")
    with SqliteStore(tmp_path / "graph.sqlite") as store:
        store.commit(reading("2002.00002", [lepton]))
    objects = {row["object"] for row in found(graph, "--cut", lepton.id)["measures"]}
    assert {"electron", "muon"} <= objects


def test_a_cut_without_a_branch_says_why(graph: Kg, tmp_path: Path) -> None:
    from tests.kg.readings import cut, reading

    none = cut("2002.00002", "event", "mt2", ">", 100.0, "GeV")
    with SqliteStore(tmp_path / "graph.sqlite") as store:
        store.commit(reading("2002.00002", [none]))
    answer = graph("branches", "--cut", none.id)
    assert answer.code == 0
    assert "PHYSLITE has no branch for it" in " ".join(answer.out.split())


@pytest.mark.parametrize("name", ["zzzzzzzz", "cut:0000000000000000"])
def test_a_cut_that_is_not_in_the_store(graph: Kg, name: str) -> None:
    answer = graph("branches", "--cut", name)
    assert (answer.code, answer.out) == (1, "")
    assert "no cut" in answer.err


# --- files ---

FILES = {
    "physlite/zee_700322.root": ("TTree", "open-data-2024"),
    "physlite/ttbar_410470_rel21.root": ("TTree", "release-21"),
    "selections/simulated_rntuple.root": ("RNTuple", "open-data-2024"),
}


@pytest.mark.parametrize("name", FILES)
def test_a_real_file(kg: Kg, shared: Path, name: str) -> None:
    path = shared / name
    if not path.exists():
        pytest.skip(f"{path} is not there")
    form, release = FILES[name]
    made = found(kg, str(path))
    assert (made["form"], made["release"]) == (form, release)
    assert made["entries"] > 0
    there, missing = ({row["branch"] for row in made[key]} for key in ("there", "missing"))
    assert not there & missing
    assert there | missing == {n for n, b in branches().items() if release in dict(b.types)}
    if name.startswith("physlite"):
        assert missing == set(), "every record of a release is in the file of that release"
        assert made["other_type"] == []
        assert len(there) >= 250
    else:
        assert "AnalysisMuonsAuxDyn.pt" in there


def test_a_real_file_as_a_table_with_everything(kg: Kg, shared: Path) -> None:
    path = shared / "physlite/zee_700322.root"
    if not path.exists():
        pytest.skip(f"{path} is not there")
    answer = kg("branches", str(path), "--all")
    out = " ".join(answer.out.split())
    assert "TTree CollectionTree, 100 entries" in out
    assert "0 are missing" in out
    assert "AnalysisMuonsAuxDyn.ptcone30" in out


def made_file(path: Path, names: list[str], tree: str = "CollectionTree") -> Path:
    """A ROOT file with these branches, each one number an event."""
    import numpy as np
    import uproot

    with uproot.recreate(path) as file:
        made = file.mktree(tree, {name: np.dtype("float32") for name in names})
        made.extend({name: np.arange(3, dtype="float32") for name in names})
    return path


@pytest.mark.filterwarnings("ignore")
def test_a_file_that_lacks_a_branch_is_told_what_comes_nearest(kg: Kg, tmp_path: Path) -> None:
    names = [
        "AnalysisMuonsAuxDyn.pt",
        "AnalysisMuonsAuxDyn.eta",
        "AnalysisMuonsAuxDyn.ptcone20",
        "AnalysisMuonsAuxDyn.ptvarcone30",
    ]
    path = made_file(tmp_path / "small.root", names)
    made = found(kg, str(path))
    assert (made["form"], made["tree"], made["entries"], made["branches"]) == ("TTree", "CollectionTree", 3, 4)
    missing = {row["branch"]: row["nearest"] for row in made["missing"]}
    assert "AnalysisMuonsAuxDyn.ptcone30" in missing
    assert set(missing["AnalysisMuonsAuxDyn.ptcone30"]) <= set(names)
    assert missing["AnalysisMuonsAuxDyn.ptcone30"]
    assert "AnalysisMuonsAuxDyn.pt" in {row["branch"] for row in made["there"]}
    answer = kg("branches", str(path))
    assert answer.code == 0
    assert "Missing, and what comes nearest" in answer.out


@pytest.mark.filterwarnings("ignore")
def test_a_file_with_a_tree_of_other_things(kg: Kg, tmp_path: Path) -> None:
    path = made_file(tmp_path / "other.root", ["x", "y"])
    made = found(kg, str(path))
    assert made["there"] == []
    assert made["release"] == ""


@pytest.mark.filterwarnings("ignore")
def test_a_root_file_without_a_tree_of_physlite_names_what_it_has(kg: Kg, tmp_path: Path) -> None:
    path = made_file(tmp_path / "ntuple.root", ["x"], "nominal")
    answer = kg("branches", str(path))
    assert (answer.code, answer.out) == (1, "")
    assert "CollectionTree" in answer.err
    assert "nominal" in answer.err


def test_an_empty_root_file(kg: Kg, tmp_path: Path) -> None:
    import uproot

    with uproot.recreate(tmp_path / "empty.root"):
        pass
    assert "no tree of PHYSLITE" in kg("branches", str(tmp_path / "empty.root")).err


@pytest.mark.filterwarnings("ignore")
def test_a_histogram_called_like_the_tree(kg: Kg, tmp_path: Path) -> None:
    import numpy as np
    import uproot

    path = tmp_path / "histogram.root"
    with uproot.recreate(path) as file:
        file["CollectionTree"] = np.histogram([1.0, 2.0])
    answer = kg("branches", str(path))
    assert answer.code == 1
    assert str(path) in answer.err


@pytest.mark.parametrize("content", [b"", b"root", b"root" + bytes(300), b"%PDF-1.5", b"\xff" * 5000])
def test_files_that_are_no_root_files(kg: Kg, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "file.root"
    path.write_bytes(content)
    answer = kg("branches", str(path))
    assert (answer.code, answer.out) == (1, "")
    assert "no tree of PHYSLITE" in answer.err or "cannot be read as ROOT" in answer.err
    assert str(path) in answer.err


@pytest.mark.parametrize("share", [0.1, 0.5, 0.99])
@pytest.mark.parametrize("name", ["physlite/zee_700322.root", "selections/simulated_rntuple.root"])
def test_a_real_file_cut_short(kg: Kg, shared: Path, tmp_path: Path, name: str, share: float) -> None:
    if not (shared / name).exists():
        pytest.skip(f"{name} is not there")
    data = (shared / name).read_bytes()
    path = tmp_path / "file.root"
    path.write_bytes(data[: int(len(data) * share)])
    answer = kg("branches", str(path))
    assert (answer.code, answer.out) == (1, "")
    assert "defect" not in answer.err
    assert str(path) in answer.err


def test_a_file_that_is_not_there_names_its_neighbours(kg: Kg, tmp_path: Path) -> None:
    (tmp_path / "muons.root").write_bytes(b"")
    answer = kg("branches", str(tmp_path / "muon.root"))
    assert answer.code == 1
    assert "nearest: muons.root" in answer.err


def test_a_folder_is_called_a_folder(kg: Kg, tmp_path: Path) -> None:
    answer = kg("branches", str(tmp_path))
    assert answer.code == 1
    assert "does not exist" not in answer.err
