"""An import does not go round the gate: a verified cut brings its quote."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import InvalidRecord
from kg.records import Activity, Cut, Paper, Passage, Reading, edge
from kg.store.sqlite import SqliteStore


def reading() -> Reading:
    paper = Paper("1234.56789", edition="latex", sha256="a" * 64)
    passage = Passage(paper.id, 0, 25, "Muons must have pT > 7 GeV")
    cut = Cut(paper.id, "muon", "pt", ">", 7.0, "GeV", status="verified")
    activity = Activity("rules", "1")
    edges = (edge(cut.id, "QUOTED_FROM", passage.id, role="quote"), edge(cut.id, "WAS_GENERATED_BY", activity.id))
    return Reading(paper, "key", activity, passages=(passage,), cuts=(cut,), edges=edges)


def test_a_verified_cut_without_a_quote_is_refused(tmp_path: Path) -> None:
    with SqliteStore(tmp_path / "one.sqlite") as store:
        store.commit(reading())
        lines = list(store.dump())
    with SqliteStore(tmp_path / "two.sqlite") as other:
        with pytest.raises(InvalidRecord, match="no quote"):
            other.load([line for line in lines if line.get("relation") != "QUOTED_FROM"])
        assert other.counts()["papers"] == 0
        other.load(lines)
        assert list(other.dump()) == lines
