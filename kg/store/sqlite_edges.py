"""The edges of the graph as SQL: those stored, those that follow from other tables, and canonical targets."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator

from kg.identifiers import split_version
from kg.records import Edge, canonical_json
from kg.store.checks import DERIVED, TO_PAPER
from kg.store.identity import cited_reference, scheme_ids
from kg.store.rows import edge_of, edge_order, paper_of

CANONICAL = """coalesce(
    (SELECT c.target FROM claim c WHERE c.alias = e.target ORDER BY c.rank, c.target LIMIT 1), e.target)"""
"""The canonical id of the target of a row `e` of `edge`: see `kg.store.identity`."""

_INDEXED_BY_TARGET = "relation NOT IN ('QUOTED_FROM', 'WAS_GENERATED_BY')"
_IN = "IN (SELECT value FROM json_each(?))"


def canonical_id(db: sqlite3.Connection, paper_id: str) -> str:
    """The paper that an identifier means, itself if nobody claims it."""
    row = db.execute("SELECT target FROM claim WHERE alias = ? ORDER BY rank, target LIMIT 1", (paper_id,)).fetchone()
    return row[0] if row else paper_id


def names_of(db: sqlite3.Connection, paper_id: str) -> list[str]:
    """All identifiers whose canonical id is that of the paper (itself too, unless it is an alias of another)."""
    plain = split_version(paper_id)[0]
    names = {paper_id, plain}
    if row := db.execute("SELECT record FROM paper WHERE id = ?", (paper_id,)).fetchone():
        names.update(scheme_ids(paper_of(row[0])))
    for edge in citations_of(db, [plain]):
        names.update(scheme_ids(cited_reference(edge)))
    return sorted(name for name in names if canonical_id(db, name) == paper_id)


def citations_of(db: sqlite3.Connection, names: Iterable[str]) -> Iterator[Edge]:
    """The CITES edges to papers by the names that the references use."""
    query = f"""SELECT source, target, properties FROM edge
        WHERE target {_IN} AND relation = 'CITES' AND {_INDEXED_BY_TARGET}"""
    for source, target, properties in db.execute(query, (json.dumps(list(names)),)):
        yield edge_of(source, "CITES", target, target, properties)


def find_edges(
    db: sqlite3.Connection,
    sources: Collection[str] | None,
    relations: Collection[str] | None,
    targets: Collection[str] | None,
) -> list[Edge]:
    """The edges that match all three, each once, sorted."""
    found: dict[Edge, None] = {}
    if relations is None or set(relations) - DERIVED | set(relations) & {"CITES"}:
        found |= dict.fromkeys(_stored(db, sources, relations, targets))
    for relation, source, target, properties, table in _FOLLOWING:
        if relations is not None and relation not in relations:
            continue
        where, values, possible = ["1"], [], True
        for column, wanted in ((source, sources), (target, targets)):
            if wanted is not None:
                prefix, name = column
                where.append(f"{name} {_IN}")
                names = [w[len(prefix) :] for w in wanted if w.startswith(prefix)]
                values.append(json.dumps(names))
                possible = possible and bool(names)
        if not possible:
            continue
        query = f"SELECT {source[1]}, {target[1]}, {properties} FROM {table} WHERE {' AND '.join(where)}"
        for start, end, text in db.execute(query, values):
            end = target[0] + end
            found[edge_of(source[0] + start, relation, end, end, text)] = None
    return sorted(found, key=edge_order)


_FOLLOWING = (
    ("STATES", ("", "paper"), ("", "id"), "'{}'", "cut"),
    ("ON", ("", "id"), ("object:", "object"), "'{}'", "cut"),
    ("OF", ("", "id"), ("variable:", "variable"), "'{}'", "cut"),
    ("OF", ("", "id"), ("", "cut"), "'{}'", "review"),
    ("WAS_GENERATED_BY", ("", "id"), ("", "activity"), "json_object('key', reading_key)", "paper"),
)
"""Relations that other tables hold: (relation, (prefix, column) of source and target, properties, table)."""


def _stored(
    db: sqlite3.Connection,
    sources: Collection[str] | None,
    relations: Collection[str] | None,
    targets: Collection[str] | None,
) -> Iterator[Edge]:
    if sources is not None:
        yield from edges_from(db, owners(db, sources), sources, relations, targets)
    elif targets is not None:
        yield from _stored_by_target(db, relations, targets)
    else:
        query = f"SELECT e.source, e.relation, {CANONICAL}, e.target, e.properties FROM edge e"
        for row in db.execute(query):
            if relations is None or row[1] in relations:
                yield edge_of(*row)


def edges_from(
    db: sqlite3.Connection,
    papers: Collection[str],
    sources: Collection[str],
    relations: Collection[str] | None,
    targets: Collection[str] | None = None,
) -> list[Edge]:
    """The stored edges that start at nodes which the readings of these papers gave, sorted."""
    query = f"""SELECT e.source, e.relation, {CANONICAL} AS t, e.target, e.properties FROM edge e
        WHERE e.paper {_IN} AND e.source {_IN}"""
    values = [json.dumps(list(papers)), json.dumps(list(sources))]
    if relations is not None:
        query += f" AND e.relation {_IN}"
        values.append(json.dumps(list(relations)))
    if targets is not None:
        query += f" AND t {_IN}"
        values.append(json.dumps(list(targets)))
    return sorted({edge_of(*row) for row in db.execute(query, values)}, key=edge_order)


def _stored_by_target(
    db: sqlite3.Connection, relations: Collection[str] | None, targets: Collection[str]
) -> Iterator[Edge]:
    columns = f"SELECT e.source, e.relation, {CANONICAL}, e.target, e.properties FROM edge e WHERE"
    raw = {name for target in targets for name in names_of(db, target)}
    passages = [t for t in targets if t.startswith("passage:")]
    for query, values in (
        (f"{columns} e.target {_IN} AND e.{_INDEXED_BY_TARGET}", [sorted(raw)]),
        (
            f"{columns} e.paper {_IN} AND e.relation = 'QUOTED_FROM' AND e.target {_IN}",
            [owners(db, passages), passages],
        ),
        (
            f"""{columns} e.paper IN (SELECT id FROM paper WHERE activity {_IN}) AND e.relation = 'WAS_GENERATED_BY'""",
            [[t for t in targets if t.startswith("activity:")]],
        ),
    ):
        if values[0]:
            for row in db.execute(query, [json.dumps(v) for v in values]):
                if relations is None or row[1] in relations:
                    yield edge_of(*row)


def owners(db: sqlite3.Connection, nodes: Iterable[str]) -> list[str]:
    """The papers whose readings gave these papers, passages and cuts."""
    nodes = list(nodes)
    papers = {node for node in nodes if not node.startswith(("cut:", "passage:"))}
    for table in ("cut", "passage"):
        if ids := [node for node in nodes if node.startswith(f"{table}:")]:
            query = f"SELECT paper FROM {table} WHERE id {_IN}"
            papers.update(paper for (paper,) in db.execute(query, (json.dumps(ids),)))
    return sorted(papers)


def all_edges(db: sqlite3.Connection) -> Iterator[Edge]:
    """Every edge of the graph once, sorted, without holding more than those between two nodes in memory."""
    parts = [f"SELECT e.source AS s, e.relation AS r, {CANONICAL} AS t, e.target AS raw, e.properties AS p FROM edge e"]
    for relation, (before, source), (prefix, target), properties, table in _FOLLOWING:
        end = f"'{prefix}' || {target}"
        parts.append(f"SELECT '{before}' || {source}, '{relation}', {end}, {end}, {properties} FROM {table}")
    key: tuple[str, str, str] | None = None
    between: set[Edge] = set()
    for row in db.execute(" UNION ALL ".join(parts) + " ORDER BY s, r, t"):
        if row[:3] != key:
            yield from sorted(between, key=edge_order)
            key, between = row[:3], set()
        between.add(edge_of(*row))
    yield from sorted(between, key=edge_order)


def count_cited(db: sqlite3.Connection) -> int:
    """How many cited papers were not read."""
    query = f"""SELECT count(DISTINCT t) FROM (SELECT {CANONICAL} AS t FROM (
            SELECT DISTINCT target FROM edge WHERE {_INDEXED_BY_TARGET} AND target NOT GLOB 'cut:*') e)
        WHERE t NOT IN (SELECT id FROM paper)"""
    (count,) = db.execute(query).fetchone()
    return int(count)


def cited_papers(db: sqlite3.Connection) -> dict[str, list[Edge]]:
    """For each cited paper that was not read, by canonical id, the CITES edges to it."""
    query = f"""SELECT DISTINCT e.source, e.relation, {CANONICAL} AS t, e.target, e.properties FROM edge e
        WHERE e.relation {_IN} AND t NOT IN (SELECT id FROM paper) ORDER BY t"""
    found: dict[str, list[Edge]] = {}
    for row in db.execute(query, (canonical_json(sorted(TO_PAPER)),)):
        edges = found.setdefault(row[2], [])
        if row[1] == "CITES":
            edges.append(edge_of(*row))
    return found
