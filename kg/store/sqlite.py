"""The graph in one SQLite file: readers work while a writer writes, and a killed writer loses nothing committed."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from kg.branches import measured_by
from kg.errors import InvalidIdentifier, NotInStore, StoreError
from kg.identifiers import parse_paper_id
from kg.records import Activity, Cut, Edge, Json, Paper, Passage, Reading, Review, SetAside
from kg.store import sqlite_dump, sqlite_lineage
from kg.store.base import Quotation
from kg.store.checks import checked
from kg.store.identity import cited_reference, unread_paper
from kg.store.migrations import MIGRATIONS, applied, migrate
from kg.store.nearest import nearest_ids
from kg.store.rows import activity_of, cut_of, edge_order, paper_of, passage_of, review_of, review_row, set_aside_of
from kg.store.sqlite_connection import check_path, connect, roll_back, write_ahead
from kg.store.sqlite_edges import (
    canonical_id,
    citations_of,
    cited_papers,
    count_cited,
    edges_from,
    find_edges,
    names_of,
    owners,
)
from kg.store.sqlite_errors import told_plainly
from kg.store.sqlite_readings import reading_of
from kg.store.sqlite_write import forget, insert_reading

_IN = "IN (SELECT value FROM json_each(?))"
_CUT = "paper, position, id, object, variable, op, value, unit, applies_when, veto, status, reason"
_PASSAGE = 'p.paper, p.start, p.id, p."end", p.quote, p.section, p.page, p.place, p.prefix, p.suffix'


class SqliteStore:
    """A `kg.store.base.Store` in the file `path`; made if it is not there, unless `read_only`.

    Waits `patience` seconds for another writer before it raises `StoreError`.
    """

    def __init__(self, path: Path, *, read_only: bool = False, patience: float = 20.0) -> None:
        self.path, self.read_only = path, read_only
        if read_only and not path.exists():
            raise NotInStore("there is no store", where=str(path), why="nothing has been ingested into it yet")
        check_path(path)
        with told_plainly(path):
            self._db = connect(path, read_only=read_only, patience=patience)
            try:
                self._prepare(patience)
            except BaseException:
                self._db.close()
                raise

    def _prepare(self, patience: float) -> None:
        if not self.read_only:
            applied(self._db, str(self.path))
            write_ahead(self._db, patience)
            migrate(self._db, str(self.path))
        elif len(applied(self._db, str(self.path))) < len(MIGRATIONS):
            raise StoreError(
                "the store was made by an older version of CutGraph",
                where=str(self.path),
                why="opened for reading only it cannot be brought up to date; open it for writing once",
            )

    def commit(self, reading: Reading) -> bool:
        """See `Store.commit`."""
        paper_id = reading.paper.id
        if self.reading_key(paper_id) == reading.key:
            return False
        reading = checked(reading)
        with self._writing():
            if self.reading_key(paper_id) == reading.key:
                return False
            forget(self._db, paper_id)
            insert_reading(self._db, reading)
        return True

    def commit_all(self, readings: Iterable[Reading]) -> int:
        """See `Store.commit_all`."""
        return sum(self.commit(reading) for reading in readings)

    def add_review(self, review: Review) -> None:
        """See `Store.add_review`."""
        self.cut(review.cut)
        self.take_reviews([review])

    def take_reviews(self, reviews: Iterable[Review]) -> None:
        """See `Store.take_reviews`."""
        with self._writing():
            self._db.executemany("INSERT OR IGNORE INTO review VALUES (?,?,?,?,?,?,?)", map(review_row, reviews))

    def reading_key(self, paper_id: str) -> str | None:
        """See `Store.reading_key`."""
        with told_plainly(self.path):
            row = self._db.execute("SELECT reading_key FROM paper WHERE id = ?", (paper_id,)).fetchone()
        return row[0] if row else None

    def reading_keys(self) -> dict[str, str]:
        """See `Store.reading_keys`."""
        with told_plainly(self.path):
            return dict(self._db.execute("SELECT id, reading_key FROM paper ORDER BY id"))

    def state(self) -> tuple[int, ...]:
        """See `Store.state`."""
        with told_plainly(self.path):
            (others,) = self._db.execute("PRAGMA data_version").fetchone()
        return (int(others), self._db.total_changes)

    def derived_folder(self) -> Path | None:
        """See `Store.derived_folder`."""
        return self.path.with_name(f"{self.path.name}.search")

    def paper_of_key(self, key: str) -> str | None:
        """See `Store.paper_of_key`."""
        with told_plainly(self.path):
            row = self._db.execute("SELECT id FROM paper WHERE reading_key = ? ORDER BY id LIMIT 1", (key,)).fetchone()
        return row[0] if row else None

    def resolve(self, identifier: str) -> str | None:
        """See `Store.resolve`."""
        text = identifier.strip()
        with self._snapshot():
            if self._known(text):
                return text
            try:
                named = parse_paper_id(text)
            except InvalidIdentifier:
                return self._by_beginning(text)
            if self._known(str(named)):
                return str(named)
            name = named.value if named.scheme == "arxiv" else str(named)
            paper_id = canonical_id(self._db, name)
            return paper_id if self._known(paper_id) and self._may_be_version(paper_id, named.version) else None

    def _may_be_version(self, paper_id: str, version: str) -> bool:
        """False where a version was asked for, and it is known that what was read is another."""
        row = self._db.execute("SELECT record FROM paper WHERE id = ?", (paper_id,)).fetchone() if version else None
        return row is None or paper_of(row[0]).version in ("", version)

    def _known(self, paper_id: str) -> bool:
        """Whether that is the canonical id of a paper read or cited."""
        if self._db.execute("SELECT 1 FROM paper WHERE id = ?", (paper_id,)).fetchone():
            return True
        if paper_id.startswith("cut:") or canonical_id(self._db, paper_id) != paper_id:
            return False
        query = f"""SELECT 1 FROM edge WHERE target {_IN} AND relation IN ('CITES', 'REFERS_TO', 'DEFERS_TO')
            AND relation NOT IN ('QUOTED_FROM', 'WAS_GENERATED_BY') LIMIT 1"""
        return self._db.execute(query, (json.dumps(names_of(self._db, paper_id)),)).fetchone() is not None

    def _by_beginning(self, text: str) -> str | None:
        beginning = text if text.startswith("local:") else f"local:{text}"
        if beginning == "local:":
            return None
        found = [i for (i,) in self._db.execute("SELECT id FROM paper WHERE id >= ? ORDER BY id LIMIT 6", (beginning,))]
        found = [paper_id for paper_id in found if paper_id.startswith(beginning)]
        if len(found) > 1:
            raise NotInStore(
                f"{text!r} is not unique", where=str(self.path), why="several papers begin so", nearest=found
            )
        return found[0] if found else None

    def papers(self, unread: bool = True) -> list[Paper]:
        """See `Store.papers`."""
        with self._snapshot():
            papers = [paper_of(text) for (text,) in self._db.execute("SELECT record FROM paper ORDER BY id")]
            if unread:
                papers += [unread_paper(i, map(cited_reference, es)) for i, es in cited_papers(self._db).items()]
        return sorted(papers, key=lambda paper: paper.id)

    def paper(self, identifier: str) -> Paper:
        """See `Store.paper`."""
        with self._snapshot():
            paper_id = self.resolve(identifier)
            if paper_id is None:
                ids = [i for (i,) in self._db.execute("SELECT id FROM paper")]
                raise NotInStore(
                    f"no paper {identifier.strip()}",
                    where=str(self.path),
                    why="not ingested",
                    nearest=nearest_ids(identifier, ids),
                )
            if row := self._db.execute("SELECT record FROM paper WHERE id = ?", (paper_id,)).fetchone():
                return paper_of(row[0])
            return unread_paper(paper_id, map(cited_reference, citations_of(self._db, names_of(self._db, paper_id))))

    def cuts(self, paper_id: str) -> list[Cut]:
        """See `Store.cuts`."""
        query = f"SELECT {_CUT} FROM cut WHERE paper = ? ORDER BY position, id"
        with told_plainly(self.path):
            return [cut_of(row) for row in self._db.execute(query, (paper_id,))]

    def cut(self, identifier: str) -> Cut:
        """See `Store.cut`."""
        name = identifier.strip()
        name = name if name.startswith("cut:") else f"cut:{name}"
        with told_plainly(self.path):
            rows = self._db.execute(f"SELECT {_CUT} FROM cut WHERE id >= ? ORDER BY id LIMIT 6", (name,)).fetchall()
        found = [cut for cut in map(cut_of, rows) if cut.id.startswith(name)]
        if found and (found[0].id == name or len(found) == 1) and name != "cut:":
            return found[0]
        why = f"{len(found)} or more cuts begin so" if found else "no cut has this id or begins so"
        raise NotInStore(
            f"no cut {identifier.strip()}",
            where=str(self.path),
            why=why,
            nearest=[c.id for c in found[:3]] or self._cuts_beside(name),
        )

    def _cuts_beside(self, name: str) -> list[str]:
        """The stored ids next to a cut id in the alphabet: a mistyped end lands there."""
        after = self._db.execute("SELECT id FROM cut WHERE id >= ? ORDER BY id LIMIT 1", (name,)).fetchall()
        before = self._db.execute("SELECT id FROM cut WHERE id < ? ORDER BY id DESC LIMIT 1", (name,)).fetchall()
        return sorted(cut_id for (cut_id,) in before + after)

    def passages(self, cut_ids: Iterable[str]) -> dict[str, list[Quotation]]:
        """See `Store.passages`."""
        wanted = list(dict.fromkeys(cut_ids))
        found: dict[str, list[Quotation]] = {cut_id: [] for cut_id in wanted}
        query = f"""SELECT e.source, coalesce(json_extract(e.properties, '$.role'), 'quote') AS role, {_PASSAGE}
            FROM edge e JOIN passage p ON p.paper = e.paper AND p.id = e.target
            WHERE e.paper IN (SELECT paper FROM cut WHERE id {_IN}) AND e.relation = 'QUOTED_FROM' AND e.source {_IN}
            ORDER BY role = 'header', p.start, p.id"""
        ids = json.dumps(wanted)
        with told_plainly(self.path):
            for cut_id, role, *row in self._db.execute(query, (ids, ids)):
                found[cut_id].append((passage_of(row), role))
        return found

    def passage(self, identifier: str) -> Passage:
        """See `Store.passage`."""
        query = f"SELECT {_PASSAGE} FROM passage p WHERE p.paper {_IN} AND p.id = ?"
        with told_plainly(self.path):
            row = self._db.execute(query, (json.dumps(owners(self._db, [identifier])), identifier)).fetchone()
        if row is None:
            raise NotInStore(f"no passage {identifier}", where=str(self.path))
        return passage_of(row)

    def activity(self, identifier: str) -> Activity:
        """See `Store.activity`."""
        query = "SELECT id, reader, version, settings FROM activity WHERE id = ?"
        with told_plainly(self.path):
            row = self._db.execute(query, (identifier,)).fetchone()
        if row is None:
            raise NotInStore(f"no activity {identifier}", where=str(self.path))
        return activity_of(row)

    def set_aside(self, paper_id: str) -> list[SetAside]:
        """See `Store.set_aside`."""
        query = 'SELECT * FROM set_aside WHERE paper = ? ORDER BY start, "end", reason, id'
        with told_plainly(self.path):
            return [set_aside_of(row) for row in self._db.execute(query, (paper_id,))]

    def edges(
        self,
        source: str | Collection[str] | None = None,
        relation: str | Collection[str] | None = None,
        target: str | Collection[str] | None = None,
    ) -> list[Edge]:
        """See `Store.edges`."""
        sources, relations, targets = _set(source), _set(relation), _set(target)
        with self._snapshot():
            found = find_edges(self._db, sources, relations, targets)
            if relations is not None and "MEASURED_BY" not in relations:
                return found
            variables = {name for (name,) in self._db.execute("SELECT DISTINCT variable FROM cut")}
        if sources is not None:
            variables &= {name.removeprefix("variable:") for name in sources if name.startswith("variable:")}
        names = None if targets is None else {name.removeprefix("branch:") for name in targets}
        return sorted([*found, *measured_by(variables, names)], key=edge_order)

    def referrals(self, paper_id: str) -> list[tuple[Passage, Edge]]:
        """See `Store.referrals`."""
        query = f"SELECT {_PASSAGE} FROM passage p WHERE p.paper = ? AND p.id {_IN} ORDER BY p.start, p.id"
        with self._snapshot():
            mine = self._db.execute("SELECT source FROM edge WHERE paper = ? AND relation = 'REFERS_TO'", (paper_id,))
            sources = sorted({source for (source,) in mine})
            edges = edges_from(self._db, [paper_id], sources, ("REFERS_TO",))
            passages = [passage_of(row) for row in self._db.execute(query, (paper_id, json.dumps(sources)))]
        return [(passage, edge) for passage in passages for edge in edges if edge.source == passage.id]

    def cuts_of(
        self,
        papers: Collection[str],
        variables: Collection[str] | None = None,
        objects: Collection[str] | None = None,
    ) -> list[Cut]:
        """See `Store.cuts_of`."""
        with told_plainly(self.path):
            return sqlite_lineage.cuts_of(self._db, papers, variables, objects)

    def citations(
        self, *, citing: Collection[str] | None = None, cited: Collection[str] | None = None
    ) -> dict[tuple[str, str], str]:
        """See `Store.citations`."""
        with self._snapshot():
            return sqlite_lineage.citations(self._db, citing, cited)

    def referrals_of(
        self, *, referring: Collection[str] | None = None, referred: Collection[str] | None = None
    ) -> list[tuple[str, Edge]]:
        """See `Store.referrals_of`."""
        with self._snapshot():
            return sqlite_lineage.referrals_of(self._db, referring, referred)

    def reviews(self, cut_id: str | None = None) -> list[Review]:
        """See `Store.reviews`."""
        query = "SELECT * FROM review WHERE ?1 IS NULL OR cut = ?1 ORDER BY time, id"
        with told_plainly(self.path):
            return [review_of(row) for row in self._db.execute(query, (cut_id,))]

    def counts(self) -> dict[str, int]:
        """See `Store.counts`."""
        counted = {
            "papers": "paper",
            "passages": "passage",
            "cuts": "cut",
            "activities": "activity",
            "reviews": "review",
            "set_aside": "set_aside",
        }
        with self._snapshot():
            counts = {n: self._db.execute(f"SELECT count(*) FROM {t}").fetchone()[0] for n, t in counted.items()}
            for kind in ("object", "variable"):
                (counts[f"{kind}s"],) = self._db.execute(f"SELECT count(DISTINCT {kind}) FROM cut").fetchone()
            counts["unread_papers"] = count_cited(self._db)
        return dict(sorted(counts.items()))

    def readings(self, papers: Iterable[str]) -> Iterator[Reading]:
        """See `Store.readings`."""
        for paper_id in papers:
            with self._snapshot():
                found = reading_of(self._db, paper_id)
            if found is not None:
                yield found

    def dump(self) -> Iterator[dict[str, Json]]:
        """See `Store.dump`. Shows the graph as it is when the first line is taken, whatever is committed meanwhile."""
        with told_plainly(self.path):
            db = connect(self.path, read_only=True, patience=20.0)
            try:
                db.execute("BEGIN")
                yield from sqlite_dump.dump(db)
            finally:
                db.close()

    def load(self, lines: Iterable[Mapping[str, Json]]) -> dict[str, int]:
        """See `Store.load`."""
        with self._writing():
            return sqlite_dump.load(self._db, lines)

    def close(self) -> None:
        """See `Store.close`."""
        self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """One transaction: all of it or nothing, whatever is raised."""
        if self.read_only:
            raise StoreError("the store cannot be written", where=str(self.path), why="it was opened for reading only")
        with told_plainly(self.path):
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._db.execute("COMMIT")
            finally:
                roll_back(self._db)

    @contextmanager
    def _snapshot(self) -> Iterator[None]:
        """Several look-ups that see one state of the graph."""
        with told_plainly(self.path):
            within = self._db.in_transaction
            if not within:
                self._db.execute("BEGIN")
            try:
                yield
            finally:
                if not within:
                    roll_back(self._db)


def _set(wanted: str | Collection[str] | None) -> Collection[str] | None:
    if wanted is None:
        return None
    return {wanted} if isinstance(wanted, str) else set(wanted)


__all__ = ["SqliteStore"]
