"""Lineage asks a server in as few questions as a person would write, and gets the answers of SQLite."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kg.lineage.origins import lineage
from kg.records import Reference
from kg.store.sqlite import SqliteStore
from tests.kg.readings import cut, reading

pytest.importorskip("neo4j", reason="the extra neo4j is not installed")

from kg.store.neo4j.connection import Connection
from kg.store.neo4j.store import Neo4jStore

PAPERS = [f"1001.0000{n}" for n in range(6)]


def test_lineage_takes_one_question_a_level_and_one_for_the_sentences(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A chain of six papers, each of which cites the next and sends its reader there."""
    asked: list[Any] = []
    real = Connection.ask
    with SqliteStore(tmp_path / "g.sqlite") as small, Neo4jStore(url) as store:
        for n, paper in enumerate(PAPERS):
            later = PAPERS[n + 1 : n + 2]
            made = reading(
                paper,
                [cut(paper, "muon", "pt", ">", 5.0, "GeV"), cut(paper, "muon", "abs_eta", "<", 2.7)],
                references=[Reference("1", arxiv_id=other) for other in later],
                details=[(other, ("muon",), ("identification",)) for other in later],
            )
            small.commit(made)
            store.commit(made)
        start = small.cuts(PAPERS[0])[0]
        expected = lineage(small, start, 5)
        assert expected.size == 6
        monkeypatch.setattr(Connection, "ask", lambda self, q, **v: asked.append(q) or real(self, q, **v))
        assert lineage(store, start, 5) == expected
        assert len(asked) <= 5 + 1
