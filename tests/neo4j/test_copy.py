"""One store into another and back: equal at the end, and going on where it was cut short."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.records import Reading, Reference, Review
from kg.store.base import Store
from kg.store.copy import NotCopied, copy_store, export_digest
from kg.store.sqlite import SqliteStore
from tests.kg.conftest import StoreFactory
from tests.kg.readings import cut, reading


def some(papers: int = 8) -> list[Reading]:
    """Papers that cite each other under several names."""
    made = []
    for n in range(papers):
        paper = f"1001.0000{n}"
        references = [
            Reference(str(i), doi=f"10.1007/{i}", arxiv_id=f"1001.0000{i}" if i % 2 else "") for i in range(papers)
        ]
        cuts = [cut(paper, "muon", "pt", ">", float(n + i), "GeV") for i in range(3)]
        made.append(reading(paper, cuts, references=references, details=[(f"doi:10.1007/{n}", ("muon",), ())]))
    return made


@pytest.fixture
def filled(tmp_path: Path) -> Iterable[SqliteStore]:
    with SqliteStore(tmp_path / "from.sqlite") as store:
        store.commit_all(some())
        store.add_review(Review(some()[0].cuts[0].id, "reject", "Ada", "2026-11-21T12:00:00Z"))
        yield store


def test_there_and_back_again(filled: SqliteStore, url: str, tmp_path: Path) -> None:
    from kg.store.neo4j.store import Neo4jStore

    with Neo4jStore(url) as server, SqliteStore(tmp_path / "back.sqlite") as back:
        done = copy_store(filled, server)
        assert (done.papers, done.there) == (8, 0)
        assert done.counts == filled.counts()
        assert server.reviews() == filled.reviews()
        assert copy_store(server, back).digest == done.digest == export_digest(filled)
        assert list(back.dump()) == list(filled.dump())


class CutShort(SqliteStore):
    """A source that fails after some papers."""

    def readings(self, papers: Iterable[str]) -> Iterable[Reading]:  # type: ignore[override]
        for n, made in enumerate(super().readings(papers)):
            if n == 3:
                raise KeyboardInterrupt
            yield made


def test_a_copy_that_was_cut_short_goes_on(filled: SqliteStore, url: str, tmp_path: Path) -> None:
    from kg.store.neo4j.store import Neo4jStore

    with Neo4jStore(url) as server:
        server.commit_all(some()[:3])
        with CutShort(filled.path) as failing, pytest.raises(KeyboardInterrupt):
            copy_store(failing, server)
        whole = server.papers(unread=False)
        assert all(len(server.cuts(paper.id)) == 3 for paper in whole)
        done = copy_store(filled, server)
        assert done.there == len(whole) >= 3
        assert done.papers + done.there == 8
        again = copy_store(filled, server)
        assert (again.papers, again.there) == (0, 8)


def test_a_target_with_other_papers_is_not_touched(filled: SqliteStore, tmp_path: Path) -> None:
    with SqliteStore(tmp_path / "to.sqlite") as target:
        target.commit(reading("1503.00001"))
        before = list(target.dump())
        with pytest.raises(NotCopied, match=r"1 papers that the source has not.*1503\.00001"):
            copy_store(filled, target)
        assert list(target.dump()) == before


def test_a_difference_at_the_end_is_found(filled: SqliteStore, tmp_path: Path) -> None:
    """A target that says it has a reading, and has another content under that key."""
    with SqliteStore(tmp_path / "to.sqlite") as target:
        first = some()[0]
        target.commit(reading(first.paper.id, [], key=first.key))
        with pytest.raises(NotCopied, match="differ after the copy"):
            copy_store(filled, target)


def test_readings_come_back_as_they_were_given(open_at: StoreFactory, tmp_path: Path) -> None:
    with open_at(tmp_path) as store:
        assert store.commit_all(some()) == 8
        names = [made.paper.id for made in some()]
        again: list[Reading] = list(store.readings([*names, "1503.00001"]))
        assert [made.paper.id for made in again] == names
        (tmp_path / "other").mkdir()
        with open_at(tmp_path / "other") as other:
            other.commit_all(reversed(again))
            assert same(other, store)
        assert store.commit_all(again) == 0


def same(one: Store, other: Store) -> bool:
    return list(one.dump()) == list(other.dump())


def test_the_command(filled: SqliteStore, tmp_path: Path) -> None:
    from ui.commands.store import command

    done = CliRunner().invoke(command, ["copy", f"sqlite:///{filled.path}", f"sqlite:///{tmp_path}/to.sqlite"])
    assert done.exit_code == 0, done.output
    assert "8 papers copied" in done.stderr
    assert export_digest(filled) in done.stderr
