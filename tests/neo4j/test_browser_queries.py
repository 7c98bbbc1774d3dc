"""The questions that docs/lab.md gives for Neo4j Browser, asked of the bundled papers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.records import Json
from tests.conftest import ROOT
from tests.neo4j.shared import session_folder, stores

pytest.importorskip("neo4j", reason="the extra neo4j is not installed")

QUERIES = re.findall(r"```cypher\n(.*?)```", (ROOT / "docs" / "lab.md").read_text(encoding="utf-8"), re.DOTALL)
MINE = "1806.00242"


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[list[dict[str, Json]]]]:
    """The rows of each question, over 1806.00242 and what it builds on as bundled, and one invented paper.

    They are asked as `kg query --cypher` asks, so that what it permits is enough for them.
    """
    from click.testing import CliRunner

    from kg.store.cypher import read_cypher
    from kg.store.neo4j.store import Neo4jStore
    from tests.kg.readings import cut, reading
    from ui.main import cli

    with stores(session_folder(tmp_path_factory)) as found:
        url = found.url(Path("browser"))
        done = CliRunner().invoke(cli, ["--store", url, "ingest", MINE, "--depth", "2", "--offline"])
        assert done.exit_code == 0, done.output
        with Neo4jStore(url) as store:
            shared = store.cuts(MINE)[0]
            other = cut(
                "2001.00001", shared.object, shared.variable, shared.op, shared.value, shared.unit,
                applies_when=shared.applies_when, veto=shared.veto,
            )  # fmt: skip
            store.commit(reading("2001.00001", [other]))
        yield [read_cypher(url, query) for query in QUERIES]


def test_there_are_six() -> None:
    assert len(QUERIES) == 6


def test_papers_that_share_a_cut(answers: list[list[dict[str, Json]]]) -> None:
    assert [row["paper"] for row in answers[0]] == ["2001.00001"]
    assert len(answers[0][0]["shared"]) == 1


def test_thresholds_over_the_years(answers: list[list[dict[str, Json]]]) -> None:
    assert {"threshold", "unit", "year", "paper", "applies_when"} == set(answers[1][0])
    assert all(row["unit"] == "GeV" and row["threshold"] > 0 for row in answers[1])
    assert "1708.02810" in {row["paper"] for row in answers[1]}
    assert [row["year"] for row in answers[1]] == sorted(row["year"] for row in answers[1])


def test_the_way_to_the_origin(answers: list[list[dict[str, Json]]]) -> None:
    ways = [row["path"] for row in answers[2]]
    assert ways
    assert all(way[0] == MINE and 2 <= len(way) <= 4 for way in ways)
    assert all(row["sent_by"] for row in answers[2])


def test_sentences_of_cuts(answers: list[list[dict[str, Json]]]) -> None:
    assert answers[3]
    assert all(row["quote"] and row["cut"].startswith("cut:") for row in answers[3])


def test_what_nobody_has_read(answers: list[list[dict[str, Json]]]) -> None:
    assert len(answers[4]) == 10, "as many as `kg store copy` counts unread papers"
    assert answers[4][0]["cited_by"] >= answers[4][-1]["cited_by"]


def test_full_text(answers: list[list[dict[str, Json]]]) -> None:
    assert answers[5]
    assert all(re.search("isolat", row["sentence"], re.IGNORECASE) for row in answers[5])
