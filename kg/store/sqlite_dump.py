"""The whole graph of a SQLite store as JSON values, and back; the caller holds the transaction.

Form of a line: `kg.store.lines.node_json` for records, `{"kind": "Object", "id", "name"}` and the same for Variable,
`{"kind": "Edge", "source", "relation", "target", "properties"}` for edges. The key of a reading is a
property of the edge from its paper to its activity.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from heapq import merge

from kg.branches import branch_nodes, measured_by
from kg.errors import InvalidRecord
from kg.identifiers import reference_id
from kg.records import Activity, Cut, Edge, Json, Paper, Passage, Record, Review, SetAside
from kg.store.checks import DERIVED, TO_PAPER
from kg.store.identity import citation, cited_claims, cited_reference, own_claims, unread_paper
from kg.store.lines import check_citation, check_values, edge_json, edge_of_json, node_json, node_of_json
from kg.store.rows import activity_of, cut_of, edge_order, paper_of, passage_of, review_of, review_row, set_aside_of
from kg.store.sqlite_edges import all_edges, cited_papers
from kg.store.sqlite_write import (
    forget,
    insert_activity,
    insert_claims,
    insert_cuts,
    insert_edges,
    insert_paper,
    insert_passages,
    insert_set_aside,
)

_PASSAGE = 'paper, start, id, "end", quote, section, page, place, prefix, suffix'


def dump(db: sqlite3.Connection) -> Iterator[dict[str, Json]]:
    """Nodes by kind (in the order of `NODE_KINDS`) and id, then edges by source, relation, target."""
    unread = cited_papers(db)
    for paper_id in sorted([*unread, *(i for (i,) in db.execute("SELECT id FROM paper"))]):
        if paper_id in unread:
            yield node_json(unread_paper(paper_id, map(cited_reference, unread[paper_id])))
        else:
            yield node_json(paper_of(*db.execute("SELECT record FROM paper WHERE id = ?", (paper_id,)).fetchone()))
    for row in db.execute("SELECT id, reader, version, settings FROM activity ORDER BY id"):
        yield node_json(activity_of(row))
    for row in db.execute(f"SELECT {_PASSAGE} FROM passage ORDER BY id"):
        yield node_json(passage_of(row))
    for row in db.execute("SELECT * FROM cut ORDER BY id"):
        yield node_json(cut_of(row))
    for kind in ("Object", "Variable"):
        column = kind.lower()
        for (name,) in db.execute(f"SELECT DISTINCT {column} FROM cut ORDER BY {column}"):
            yield {"kind": kind, "id": f"{column}:{name}", "name": name}
    measured = measured_by([name for (name,) in db.execute("SELECT DISTINCT variable FROM cut")])
    for branch in branch_nodes(measured):
        yield branch.to_json()
    for row in db.execute("SELECT * FROM set_aside ORDER BY id"):
        yield node_json(set_aside_of(row))
    for row in db.execute("SELECT * FROM review ORDER BY id"):
        yield node_json(review_of(row))
    yield from map(edge_json, merge(all_edges(db), measured, key=edge_order))


def load(db: sqlite3.Connection, lines: Iterable[Mapping[str, Json]]) -> dict[str, int]:
    """Take in the lines of a dump, in its order; see `Store.load`."""
    loading = _Loading(db)
    for number, line in enumerate(lines, 1):
        try:
            check_values(line)
            loading.take(line)
        except InvalidRecord as error:
            raise InvalidRecord(error.what, where=f"line {number}", why=error.why, nearest=error.nearest) from error
        except sqlite3.IntegrityError as error:
            raise InvalidRecord("a record twice", where=f"line {number}", why=str(error)) from error
    loading.finish()
    return dict(sorted(loading.counts.items()))


class _Loading:
    """One import: the papers taken so far, and which of them still lack the key of their reading."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self.db = db
        self.counts: Counter[str] = Counter()
        self.papers: set[str] = set()
        self.unkeyed: set[str] = set()
        db.execute("CREATE TEMP TABLE passage_owner (id TEXT PRIMARY KEY, paper TEXT NOT NULL) WITHOUT ROWID")

    def take(self, line: Mapping[str, Json]) -> None:
        """One line; raises `InvalidRecord`, and `sqlite3.IntegrityError` for what is there already."""
        kind = str(line.get("kind"))
        if kind == "Edge":
            self._edge(edge_of_json(line))
        elif kind in ("Object", "Variable"):
            if line.get("id") != f"{kind.lower()}:{line.get('name')}":
                raise InvalidRecord(f"{kind} {line.get('id')}", why=f"its name is {line.get('name')!r}")
        elif kind == "Branch":
            if line.get("id") != f"branch:{line.get('container')}.{line.get('attribute')}".rstrip("."):
                raise InvalidRecord(f"Branch {line.get('id')}", why="its container and attribute say otherwise")
        else:
            self._node(node_of_json(line))
        self.counts[kind] += 1

    def _node(self, node: Record) -> None:
        if isinstance(node, Passage | Cut | SetAside) and node.paper not in self.papers:
            raise InvalidRecord(node.id, why=f"no line before it is the paper {node.paper}")
        match node:
            case Paper(edition="unread"):
                pass  # follows from the references to it
            case Paper():
                if node.id in self.papers:
                    raise InvalidRecord(f"paper {node.id} twice")
                forget(self.db, node.id)
                insert_paper(self.db, node, "", "")
                insert_claims(self.db, own_claims(node))
                self.papers.add(node.id)
                self.unkeyed.add(node.id)
            case Activity():
                insert_activity(self.db, node)
            case Passage():
                insert_passages(self.db, [node])
                self.db.execute("INSERT INTO temp.passage_owner VALUES (?, ?)", (node.id, node.paper))
            case Cut():
                insert_cuts(self.db, [node])
            case SetAside():
                insert_set_aside(self.db, [node])
            case Review():
                self.db.execute("INSERT OR IGNORE INTO review VALUES (?,?,?,?,?,?,?)", review_row(node))

    def _edge(self, edge: Edge) -> None:
        if edge.relation == "CITES":
            self._citation(edge)
        elif edge.relation == "MEASURED_BY":
            # documentation that every CutGraph has, in its own version: nothing to store
            if not (edge.source.startswith("variable:") and edge.target.startswith("branch:")):
                raise InvalidRecord(
                    f"the edge {edge.source} MEASURED_BY {edge.target}", why="not a variable and a branch"
                )
        elif edge.relation in DERIVED:
            self._check_derived(edge)
        elif edge.relation == "WAS_GENERATED_BY" and edge.source in self.papers:
            if not isinstance(edge.get("key"), str):
                raise InvalidRecord(f"paper {edge.source}", why="its edge to an activity has no key")
            values = (edge.get("key"), edge.target, edge.source)
            self.db.execute("UPDATE paper SET reading_key = ?, activity = ? WHERE id = ?", values)
            self.unkeyed.discard(edge.source)
        else:
            owner = self._owner(edge.source)
            if owner not in self.papers:
                raise InvalidRecord(f"an edge from {edge.source}", why="no line before it has this id")
            properties = dict(edge.properties)
            target = str(properties.pop("cited_as", edge.target)) if edge.relation in TO_PAPER else edge.target
            raw = Edge(edge.source, edge.relation, target, tuple(sorted(properties.items())))
            insert_edges(self.db, owner, [raw])

    def _owner(self, node: str) -> str:
        """The paper whose reading gave the node, "" if no line did."""
        if node.startswith("passage:"):
            row = self.db.execute("SELECT paper FROM temp.passage_owner WHERE id = ?", (node,)).fetchone()
        elif node.startswith("cut:"):
            row = self.db.execute("SELECT paper FROM cut WHERE id = ?", (node,)).fetchone()
        else:
            return node
        return str(row[0]) if row else ""

    def _citation(self, edge: Edge) -> None:
        if edge.source not in self.papers:
            raise InvalidRecord(f"an edge from {edge.source}", why="no line before it has this id")
        check_citation(edge)
        reference = cited_reference(edge)
        target = reference_id(reference)
        if reference.arxiv_id and target != edge.target:
            raise InvalidRecord(f"the citation of {edge.target} by {edge.source}", why=f"its properties mean {target}")
        insert_edges(self.db, edge.source, [citation(edge.source, reference)])
        insert_claims(self.db, cited_claims(reference))

    def _check_derived(self, edge: Edge) -> None:
        """STATES, ON and OF follow from cuts and reviews: they must be so, and need not be stored."""
        check = {
            "STATES": "SELECT 1 FROM cut WHERE paper = ?1 AND id = ?2",
            "ON": "SELECT 1 FROM cut WHERE id = ?1 AND 'object:' || object = ?2",
            "OF": """SELECT 1 FROM cut WHERE id = ?1 AND 'variable:' || variable = ?2
                UNION ALL SELECT 1 FROM review WHERE id = ?1 AND cut = ?2""",
        }[edge.relation]
        if not self.db.execute(check, (edge.source, edge.target)).fetchone():
            raise InvalidRecord(
                f"the edge {edge.source} {edge.relation} {edge.target}", why="the records say otherwise"
            )

    def finish(self) -> None:
        """Check what only the whole can show."""
        if self.unkeyed:
            raise InvalidRecord(
                f"paper {min(self.unkeyed)}", where="the import", why="no edge to an activity has its key"
            )
        for relation, table, there in (
            ("QUOTED_FROM", "passage", "SELECT 1 FROM passage p WHERE p.paper = edge.paper AND p.id = edge.target"),
            ("WAS_GENERATED_BY", "activity", "SELECT 1 FROM activity a WHERE a.id = edge.target"),
        ):
            query = f"""SELECT source, target FROM edge WHERE relation = ? AND NOT EXISTS ({there})
                ORDER BY source LIMIT 1"""
            if row := self.db.execute(query, (relation,)).fetchone():
                raise InvalidRecord(
                    f"{row[0]} {relation} {row[1]}", where="the import", why=f"there is no such {table}"
                )
        query = """SELECT id FROM cut WHERE status = 'verified' AND NOT EXISTS (SELECT 1 FROM edge
            WHERE edge.paper = cut.paper AND edge.relation = 'QUOTED_FROM' AND edge.source = cut.id)
            ORDER BY id LIMIT 1"""
        if row := self.db.execute(query).fetchone():
            raise InvalidRecord(f"cut {row[0]}", where="the import", why="it is verified and has no quote")
        query = "SELECT id, activity FROM paper WHERE activity NOT IN (SELECT id FROM activity) ORDER BY id LIMIT 1"
        if row := self.db.execute(query).fetchone():
            raise InvalidRecord(f"paper {row[0]}", where="the import", why=f"there is no activity {row[1]}")
        self.db.execute("DELETE FROM activity WHERE id NOT IN (SELECT activity FROM paper)")
        self.db.execute("DROP TABLE temp.passage_owner")


__all__ = ["dump", "load"]
