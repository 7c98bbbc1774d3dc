"""The PHYSLITE branch documentation, checked against its own form and against the branch lists of real files."""

from __future__ import annotations

import csv
import tomllib
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from kg.datafiles import data_path

Record = dict[str, Any]

TOPICS = {
    "btagging", "clusters", "electrons", "event", "jets", "large_r_jets", "met",
    "muons", "photons", "taus", "tracks", "trigger", "truth", "vertices",
}  # fmt: skip
LISTS = {"open-data-2024": "zee_700322.branches.tsv", "release-21": "ttbar_410470_rel21.branches.tsv"}
UNITS = {"", "MeV", "MeV^2", "MeV^3", "GeV", "1/MeV", "mm", "mm^2", "rad", "s", "ns"}
CONTAINERS = {
    "AnalysisElectronsAuxDyn", "AnalysisMuonsAuxDyn", "AnalysisPhotonsAuxDyn", "AnalysisJetsAuxDyn",
    "BTagging_AntiKt4EMPFlowAuxDyn", "MET_Core_AnalysisMETAuxDyn", "METAssoc_AnalysisMETAux",
    "GSFTrackParticlesAuxDyn", "InDetTrackParticlesAuxDyn", "CombinedMuonTrackParticlesAuxDyn",
    "ExtrapolatedMuonTrackParticlesAuxDyn", "PrimaryVerticesAuxDyn", "EventInfoAuxDyn", "xTrigDecisionAux",
    "AnalysisTrigMatch_HLT_e26_lhtight_nod0_ivarlooseAuxDyn", "AnalysisTauJetsAuxDyn",
    "BTagging_AntiKt4EMPFlow_201903AuxDyn", "EventInfoAux", "AnalysisHLT_mu26_ivarmediumAuxDyn",
}  # fmt: skip
INVENTED = [
    *(f"AnalysisElectronsAuxDyn.{name}" for name in ("d0", "z0", "d0sig", "z0sinTheta", "ptcone20")),
    "AnalysisMuonsAuxDyn.m", "InDetTrackParticlesAuxDyn.pt", "InDetTrackParticlesAuxDyn.eta", "TruthElectronsAuxDyn.pt",
]  # fmt: skip
ANGLES = {"phi", "theta"}
MOMENTA = {"pt", "px", "py", "pz", "e", "mpx", "mpy", "sumet"}
LENGTHS = {"d0", "z0", "vz"}


def read_topics() -> dict[str, dict[str, Record]]:
    """The records of every topic file, by topic and then by the branch's full name."""
    paths = sorted(data_path("physlite", "branches").glob("*.toml"))
    return {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in paths}


def read_list(path: Path) -> defaultdict[str, set[str]]:
    """Types of every branch of a real file, by the last part of its path (one name can stand at two depths)."""
    types: defaultdict[str, set[str]] = defaultdict(set)
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            types[row["branch"].split("/")[-1]].add(row["typename"])
    return types


@pytest.fixture(scope="module")
def topics() -> dict[str, dict[str, Record]]:
    return read_topics()


@pytest.fixture(scope="module")
def records(topics: dict[str, dict[str, Record]]) -> dict[str, Record]:
    return {name: record for topic in topics.values() for name, record in topic.items()}


@pytest.fixture(scope="module")
def branch_lists(shared: Path) -> dict[str, defaultdict[str, set[str]]]:
    """Names and types in the real file of each release; skips where the shared folder is absent."""
    return {release: read_list(shared / "physlite" / name) for release, name in LISTS.items()}


def test_every_topic_has_its_file_and_no_branch_stands_in_two(topics, records) -> None:
    assert set(topics) == TOPICS
    assert sum(len(topic) for topic in topics.values()) == len(records)


def test_there_are_enough_records(records) -> None:
    assert len(records) >= 250


def test_records_have_their_keys_and_no_others(records) -> None:
    needed, optional = {"unit", "meaning", "use", "words", "types"}, {"see"}
    wrong = {name: set(record) for name, record in records.items() if not needed <= set(record) <= needed | optional}
    assert wrong == {}


def test_releases_are_those_that_are_documented(records) -> None:
    releases = set(tomllib.loads(data_path("physlite", "releases.toml").read_text(encoding="utf-8")))
    assert set(LISTS) == releases
    assert [name for name, record in records.items() if not set() < set(record["types"]) <= releases] == []


def test_units_come_from_a_closed_set(records) -> None:
    assert {name: record["unit"] for name, record in records.items() if record["unit"] not in UNITS} == {}


@pytest.mark.parametrize(
    ("attributes", "unit"), [(ANGLES, "rad"), (MOMENTA, "MeV"), (LENGTHS, "mm"), ({"eta", "charge", "pdgId"}, "")]
)
def test_common_attributes_have_the_units_of_the_event_data_model(records, attributes: set[str], unit: str) -> None:
    found = {name: r["unit"] for name, r in records.items() if name.split(".", 1)[1] in attributes}
    assert found
    assert {name: given for name, given in found.items() if given != unit} == {}


@pytest.mark.parametrize("field", ["meaning", "use"])
def test_texts_are_sentences(records, field: str) -> None:
    def is_sentence(text: str) -> bool:
        return text == text.strip() and text.endswith(".") and not text.endswith("..") and "  " not in text

    texts = {name: record[field] for name, record in records.items() if record[field] or field == "meaning"}
    assert {name: text for name, text in texts.items() if not is_sentence(text)} == {}


def test_the_meaning_is_one_or_two_sentences_and_starts_with_a_capital(records) -> None:
    meanings = {name: record["meaning"] for name, record in records.items()}
    assert [name for name, text in meanings.items() if not text[0].isupper() and text[0] != "χ"] == []
    assert [name for name, text in meanings.items() if text.count(". ") > 1] == []


def test_a_meaning_is_shared_only_by_branches_of_the_same_attribute(records) -> None:
    attributes = defaultdict(set)
    for name, record in records.items():
        attributes[record["meaning"]].add(name.split(".", 1)[1])
    assert {meaning: found for meaning, found in attributes.items() if len(found) > 1} == {}


def test_the_words_are_paraphrases_and_never_the_name_itself(records) -> None:
    for name, record in records.items():
        words = [word.casefold() for word in record["words"]]
        assert words, name
        assert all(word == word.strip() != "" for word in words), name
        assert len(set(words)) == len(words), name
        assert not {name.casefold(), name.split(".", 1)[1].casefold()} & set(words), name


def test_related_branches_are_records(records) -> None:
    related = {name: set(record.get("see", [])) for name, record in records.items()}
    assert {name: others - set(records) for name, others in related.items() if others - set(records)} == {}
    assert [name for name, others in related.items() if name in others] == []


def test_the_containers_that_analyses_need_are_covered(records) -> None:
    assert CONTAINERS - {name.split(".", 1)[0] for name in records} == set()


def test_every_split_link_comes_with_its_parent(records) -> None:
    parts = [name for name in records if name.endswith((".m_persKey", ".m_persIndex"))]
    assert parts
    assert [name for name in parts if name.rsplit(".", 1)[0] not in records] == []


@pytest.mark.parametrize("invented", INVENTED)
def test_names_that_language_models_invent_are_not_documented(records, invented: str) -> None:
    assert invented not in records


@pytest.mark.parametrize("release", LISTS)
def test_every_claimed_name_has_that_type_in_the_real_file(records, branch_lists, release: str) -> None:
    claimed = {name: record["types"][release] for name, record in records.items() if release in record["types"]}
    real = branch_lists[release]
    assert claimed
    assert {name: (given, real[name]) for name, given in claimed.items() if given not in real[name]} == {}


@pytest.mark.parametrize("release", LISTS)
def test_no_release_is_left_out_in_which_the_branch_exists(records, branch_lists, release: str) -> None:
    real = branch_lists[release]
    assert [name for name, record in records.items() if name in real and release not in record["types"]] == []
